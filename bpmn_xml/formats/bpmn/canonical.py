"""One spelling for one model: prefixes, the order of elements, ids and numbers of the drawing.

Two files that say the same, whatever tools have saved them, become the same text, as far as their
ids agree. Nothing that a reader of the model could tell is changed, but where elements stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

import msgspec

from bpmn_xml.formats.bpmn.writer import PREFIXES
from bpmn_xml.formats.xml.namespaces import DRAFTS, NAMESPACES, XSI
from bpmn_xml.model import (
    Bounds,
    BPMNDiagram,
    BPMNEdge,
    BPMNShape,
    Definitions,
    DiagramElement,
    FlowElement,
    FlowElementsContainer,
    Namespaces,
    Point,
    SequenceFlow,
    SubProcess,
)
from bpmn_xml.model.ids import UniqueIds
from bpmn_xml.model.walk import walk


def canonical(definitions: Definitions) -> Definitions:
    """The same model in the one order and with the one set of prefixes.

    Flow elements are sorted by their ids; sequence flows stand behind their nodes, those that
    leave one node in the order in which they are asked (13.4.2). Shapes are sorted by what they
    show and named after it.

    >>> from bpmn_xml.model import EndEvent, Process, StartEvent
    >>> ends = EndEvent(id="b"), StartEvent(id="a")
    >>> model = Definitions(id="d", root_elements=(Process(id="p", flow_elements=ends),))
    >>> [element.id for element in canonical(model).root_elements[0].flow_elements]
    ['a', 'b']
    """
    return msgspec.structs.replace(
        definitions,
        root_elements=tuple([_sorted(root) for root in definitions.root_elements]),
        diagrams=tuple(_drawings(definitions)),
        namespaces=_prefixes(definitions),
        exporter=None,
        exporter_version=None,
    )


def _prefixes(definitions: Definitions) -> Namespaces:
    """The usual prefixes for BPMN's namespaces, then the others by their prefix."""
    keys = ("", "bpmndi", "dc", "di") if definitions.diagrams else ("",)
    own = [(PREFIXES[key], NAMESPACES[key]) for key in keys]
    taken = {*NAMESPACES.values(), *DRAFTS, XSI}
    names = {prefix for prefix, _ in own}
    others = {
        prefix: space
        for prefix, space in reversed(definitions.namespaces.bindings)
        if prefix and space not in taken and prefix not in names
    }
    return Namespaces((*own, *sorted(others.items())))


def _sorted(root: Any) -> Any:
    """A root element with the inside of all its containers sorted, the innermost first."""
    if not isinstance(root, FlowElementsContainer):
        return root
    order: list[Any] = [root]
    for container in order:
        order += [inner for inner in container.flow_elements if isinstance(inner, SubProcess)]
    made: dict[int, Any] = {}
    for container in reversed(order):
        flows = [e for e in container.flow_elements if isinstance(e, SequenceFlow)]
        others = [e for e in container.flow_elements if not isinstance(e, SequenceFlow)]
        inside = [made.get(id(e), e) for e in sorted(others, key=_name)]
        inside += sorted(flows, key=lambda flow: flow.source_ref)
        made[id(container)] = msgspec.structs.replace(container, flow_elements=tuple(inside))
    return made[id(root)]


def _name(element: FlowElement) -> str:
    return element.id


def _drawings(definitions: Definitions) -> Iterator[BPMNDiagram]:
    """Each drawing with its shapes in order, in tenths of a pixel, named after what they show."""
    kept = [one for one, _ in walk(definitions) if not isinstance(one, BPMNShape | BPMNEdge)]
    ids = UniqueIds(getattr(element, "id", None) or "" for element in kept)
    planes = [sorted(diagram.plane.elements, key=_shown) for diagram in definitions.diagrams]
    names = [[ids.make(f"{_shown(shape)[1] or 'none'}_di") for shape in plane] for plane in planes]
    named = [list(zip(plane, row, strict=True)) for plane, row in zip(planes, names, strict=True)]
    new = {shape.id: name for row in named for shape, name in row if shape.id is not None}
    for diagram, row in zip(definitions.diagrams, named, strict=True):
        shapes = tuple([_shape(shape, name, new) for shape, name in row])
        plane = msgspec.structs.replace(diagram.plane, elements=shapes)
        yield msgspec.structs.replace(diagram, plane=plane)


def _shown(shape: DiagramElement) -> tuple[bool, str, list[tuple[float, float]]]:
    """What a shape or edge is named after and sorted by: what it shows, and where."""
    corners = [shape.bounds] if isinstance(shape, BPMNShape) else getattr(shape, "waypoints", ())
    places = [(place.x, place.y) for place in corners]
    return isinstance(shape, BPMNEdge), getattr(shape, "bpmn_element", None) or "", places


def _shape(shape: DiagramElement, name: str, new: Mapping[str, str]) -> DiagramElement:
    """A shape or edge under its new id, with the new ids of the shapes that it names."""
    if isinstance(shape, BPMNShape):
        return msgspec.structs.replace(
            shape,
            id=name,
            bounds=_rounded(shape.bounds),
            choreography_activity_shape=_renamed(shape.choreography_activity_shape, new),
        )
    if isinstance(shape, BPMNEdge):
        return msgspec.structs.replace(
            shape,
            id=name,
            waypoints=tuple([_rounded(point) for point in shape.waypoints]),
            source_element=_renamed(shape.source_element, new),
            target_element=_renamed(shape.target_element, new),
        )
    return shape


def _renamed(shape: str | None, new: Mapping[str, str]) -> str | None:
    return None if shape is None else new.get(shape, shape)


Place = TypeVar("Place", Bounds, Point)


def _rounded(place: Place) -> Place:
    fields = ("x", "y", "width", "height") if isinstance(place, Bounds) else ("x", "y")
    numbers = {name: round(getattr(place, name), 1) for name in fields}
    return msgspec.structs.replace(place, **numbers)
