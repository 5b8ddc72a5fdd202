"""Diagram interchange (12): where the elements are drawn. All measures are in pixels.

The abstract types of the DI namespace are here too; those whose names say too little on their
own (`Node`, `Edge`, `Shape`, `Label`, `Plane`, `Style`) begin with `Diagram`.
"""

from __future__ import annotations

from typing import Literal

from bpmn_xml.model.foundation import Element, ForeignElement

MessageVisibleKind = Literal["initiating", "non_initiating"]
ParticipantBandKind = Literal[
    "top_initiating",
    "middle_initiating",
    "bottom_initiating",
    "top_non_initiating",
    "middle_non_initiating",
    "bottom_non_initiating",
]


class Point(Element, frozen=True, kw_only=True):
    """A point of a drawing; y grows downwards (12)."""

    x: float
    y: float


class Bounds(Element, frozen=True, kw_only=True):
    """A rectangle: its upper left corner and its size (12)."""

    x: float
    y: float
    width: float
    height: float


class Font(Element, frozen=True, kw_only=True):
    """How the letters of labels look (12)."""

    name: str | None = None
    size: float | None = None
    is_bold: bool | None = None
    is_italic: bool | None = None
    is_underline: bool | None = None
    is_strike_through: bool | None = None


class DiagramElement(Element, frozen=True, kw_only=True):
    """What a drawing is made of (12). `extension_elements` are those of its `extension`."""

    id: str | None = None
    extension_elements: tuple[ForeignElement, ...] = ()


class DiagramNode(DiagramElement, frozen=True, kw_only=True):
    """What has a place of its own (12)."""


class DiagramPlane(DiagramNode, frozen=True, kw_only=True):
    """A surface with its elements (12)."""

    elements: tuple[DiagramElement, ...] = ()


class DiagramShape(DiagramNode, frozen=True, kw_only=True):
    """A node with bounds (12)."""

    bounds: Bounds


class LabeledShape(DiagramShape, frozen=True, kw_only=True):
    """A shape that can have labels (12)."""


class DiagramLabel(DiagramNode, frozen=True, kw_only=True):
    """A text; without bounds the tool places it (12)."""

    bounds: Bounds | None = None


class DiagramEdge(DiagramElement, frozen=True, kw_only=True):
    """A line through its waypoints (12)."""

    waypoints: tuple[Point, ...] = ()


class LabeledEdge(DiagramEdge, frozen=True, kw_only=True):
    """An edge that can have labels (12)."""


class DiagramStyle(Element, frozen=True, kw_only=True):
    """How elements of a drawing look (12)."""

    id: str | None = None


class Diagram(Element, frozen=True, kw_only=True):
    """A drawing; the resolution is in pixels per inch (12)."""

    id: str | None = None
    name: str | None = None
    documentation: str | None = None
    resolution: float | None = None


class BPMNLabel(DiagramLabel, frozen=True, kw_only=True):
    """Where the name of an element is written (12)."""

    label_style: str | None = None


class BPMNLabelStyle(DiagramStyle, frozen=True, kw_only=True):
    """The font of labels (12)."""

    font: Font | None = None


class BPMNShape(LabeledShape, frozen=True, kw_only=True):
    """The box, circle or diamond of one element (12)."""

    bpmn_element: str | None = None
    is_horizontal: bool | None = None
    is_expanded: bool | None = None
    is_marker_visible: bool | None = None
    is_message_visible: bool | None = None
    participant_band_kind: ParticipantBandKind | None = None
    choreography_activity_shape: str | None = None
    label: BPMNLabel | None = None


class BPMNEdge(LabeledEdge, frozen=True, kw_only=True):
    """The line of one flow or association (12)."""

    bpmn_element: str | None = None
    source_element: str | None = None
    target_element: str | None = None
    message_visible_kind: MessageVisibleKind | None = None
    label: BPMNLabel | None = None


class BPMNPlane(DiagramPlane, frozen=True, kw_only=True):
    """The surface of one drawing, of a process, collaboration or sub-process (12)."""

    bpmn_element: str | None = None


class BPMNDiagram(Diagram, frozen=True, kw_only=True):
    """One drawing (12)."""

    plane: BPMNPlane
    label_styles: tuple[BPMNLabelStyle, ...] = ()
