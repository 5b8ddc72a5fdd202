"""A scene: what is drawn and where, free of BPMN's model, of colours of a theme, and of any format.

`figures` and `lines` stand in the order in which they are painted, which is also the order in
which they are read aloud. Coordinates are the file's own (px, y down).
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from bpmn_xml.errors import Finding
from bpmn_xml.render.composing.icons.parts import Icon
from bpmn_xml.render.geometry import Box, Point

LINE_HEIGHT = 1.2
"""Distance of two lines of text, in font sizes."""


class Colours(msgspec.Struct, frozen=True, kw_only=True):
    """Colours that the file gives, as #rrggbb."""

    fill: str | None = None
    stroke: str | None = None
    text: str | None = None


class Caption(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of text around a middle (or, when not centred, from the middle of the left side)."""

    lines: tuple[str, ...]
    at: Point
    size: float = 12.0
    centred: bool = True
    turned: bool = False  # reads from the bottom to the top
    outside: bool = False  # stands beside its element, on the canvas
    name: str = ""  # the text of one that may be set elsewhere, before it was wrapped
    box: Box  # what it covers


class Tip(StrEnum):
    """What marks an end of a line. The values are Graphviz's arrow shapes."""

    NONE = "none"
    ARROW = "normal"
    OPEN_ARROW = "onormal"
    RING = "odot"
    DIAMOND = "odiamond"


class Dash(StrEnum):
    """How a line is broken, as SVG writes it."""

    NONE = ""
    SHORT = "5,4"
    LONG = "9,6"
    DOTTED = "0.1,5"
    DASH_DOT = "8,4,1.5,4"


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One shape: its outline first, then the icons that lie on it."""

    id: str  # of the drawn group: the element's id, made unique
    element: str  # id of the BPMN element
    kind: str  # "user-task"
    box: Box
    outline: Icon  # all parts are filled like the element, the first one is its shape
    parts: Icon = ()
    texts: tuple[Caption, ...] = ()
    colours: Colours = Colours()
    parent: str = ""  # id of the figure it lies in
    container: bool = False
    runs: bool = False  # a run has something to say about it
    title: str = ""  # shown as a tooltip
    words: str = ""  # read aloud


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One edge: its route from border to border, and what stands on it."""

    id: str
    element: str
    kind: str
    points: tuple[Point, ...]
    parent: str = ""  # id of the figure it lies in
    source: str = ""  # ids of the elements it connects
    target: str = ""
    tail: Tip = Tip.NONE
    head: Tip = Tip.NONE
    dash: Dash = Dash.NONE
    width: float = 1.5
    parts: Icon = ()
    texts: tuple[Caption, ...] = ()
    colours: Colours = Colours()
    runs: bool = False
    title: str = ""
    words: str = ""


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """One plane, ready to be drawn."""

    name: str
    frame: Box
    figures: tuple[Figure, ...]
    lines: tuple[Line, ...]
    notes: tuple[Finding, ...] = ()
    element: str = ""  # what it is the inside of: a process, a collaboration, a sub-process

    @property
    def drawn(self) -> tuple[Figure | Line, ...]:
        """Return all that is drawn, in the order of painting."""
        return (*self.figures, *self.lines)

    def content(self) -> dict[str, list[Figure]]:
        """List figures by the element that they lie in, "" where that is not drawn."""
        present, found = {figure.element for figure in self.figures}, dict[str, list[Figure]]()
        for figure in self.figures:
            owner = figure.parent if figure.parent in present else ""
            found.setdefault(owner, []).append(figure)
        return found
