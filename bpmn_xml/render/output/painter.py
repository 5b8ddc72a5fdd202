"""Which colours and widths a drawn thing has: the theme's, the file's, or a run's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from bpmn_xml.render.composing.icons.parts import Ink
from bpmn_xml.render.composing.scene import Caption, Colours, Figure, Line
from bpmn_xml.render.overlay import Edit, Found, Heat, Mark, Overlay, Progress, State
from bpmn_xml.render.theme import Paint, Theme, coloured, readable

NONE: Final = Colours()

_DEEPEST: Final = 50
"""So many lanes within lanes one sees through."""

BOLDER: Final[Mapping[State, float]] = {
    Progress.DONE: 0.5,
    Progress.ACTIVE: 1.5,
    Progress.WAITING: 1.5,
    Progress.FAILED: 1.5,
    Progress.INTERRUPTED: 1.0,
    Progress.UNTOUCHED: 0.0,
    Heat.NONE: 0.0,
    Heat.COLD: 0.0,
    Heat.COOL: 0.5,
    Heat.WARM: 1.0,
    Heat.HOT: 1.75,
    Heat.HOTTEST: 2.5,
    Edit.ADDED: 1.5,
    Edit.REMOVED: 1.5,
    Edit.CHANGED: 1.5,
    Edit.MOVED: 0.5,
    Edit.SAME: 0.0,
    Found.ERROR: 2.0,
    Found.WARNING: 1.5,
    Found.NOTE: 0.5,
    Found.CLEAN: 0.0,
}
"""How much wider, in px, a run's state makes a line: states do not rely on colour."""


class Painter:
    """Answers per drawn thing; holds the theme and what a run lays over the picture."""

    def __init__(
        self, theme: Theme, overlay: Overlay | None = None, figures: Iterable[Figure] = ()
    ) -> None:
        self.theme = theme
        self.overlay = overlay
        self._figures = {figure.element: figure for figure in figures}

    def mark(self, drawn: Figure | Line) -> Mark | None:
        """Return what an overlay says about a thing; nothing without one, or of what it leaves."""
        if self.overlay is None:
            return None
        if not (drawn.runs or self.overlay.whole or drawn.element in self.overlay.marks):
            return None
        return self.overlay.mark(drawn.element)

    def state(self, drawn: Figure | Line) -> State | None:
        """Return the state a run left a thing in."""
        mark = self.mark(drawn)
        return mark.state if mark else None

    def bolder(self, drawn: Figure | Line) -> float:
        """Tell how much wider the lines of a thing are, in px."""
        state = self.state(drawn)
        return BOLDER[state] if state else 0.0

    def own(self, drawn: Figure | Line) -> bool:
        """Tell whether a thing wears colours of the file."""
        return self.state(drawn) is None and self.paint(drawn) != self.theme.plain

    def paint(self, drawn: Figure | Line) -> Paint:
        """Return the colours of a thing."""
        state = self.state(drawn)
        if state is not None:
            return self.theme.states[state]
        own = drawn.colours
        if own == NONE:
            return self.theme.plain
        return coloured(self.theme, fill=own.fill, stroke=own.stroke, text=own.text)

    def usual(self, drawn: Figure | Line) -> Paint:
        """Return the colours that the stylesheet gives to a thing of its state."""
        state = self.state(drawn)
        return self.theme.states[state] if state else self.theme.plain

    def ground(self, drawn: Figure | Line) -> str:
        """Return the colour of what a thing lies on: its container's inside, or the canvas."""
        container = self._figures.get(drawn.parent)
        for _ in range(_DEEPEST):
            if container is None or not _is_see_through(container):
                break
            container = self._figures.get(container.parent)
        return self.paint(container).fill if container else self.theme.canvas

    def letters(self, drawn: Figure | Line, text: Caption) -> str:
        """Return the colour of a text, within its element or on what lies beside it."""
        paint = self.paint(drawn)
        if not text.outside and not _is_see_through(drawn):
            return paint.text
        if self.own(drawn):
            own = drawn.colours
            paint = coloured(self.theme, fill=None, stroke=own.stroke, text=own.text)
        return readable(paint.text, self.ground(drawn))


def _is_see_through(drawn: Figure | Line) -> bool:
    """Tell whether a thing has no inside of its own, as a text annotation has none."""
    return all(part.ink is Ink.LINE for part in getattr(drawn, "outline", ()))
