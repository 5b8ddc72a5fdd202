"""Which colours and widths a drawn thing has: the theme's, the file's, or a run's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml.render.overlay import State
from bpmn_xml.render.scene import Colours
from bpmn_xml.render.theme import coloured, readable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpmn_xml.render.overlay import Mark, Overlay
    from bpmn_xml.render.scene import Figure, Line, Text
    from bpmn_xml.render.theme import Paint, Theme

NONE: Final = Colours()

BOLDER: Final[Mapping[State, float]] = {
    State.DONE: 0.5,
    State.ACTIVE: 1.5,
    State.WAITING: 1.5,
    State.FAILED: 1.5,
    State.UNTOUCHED: 0.0,
}
"""How much wider, in px, a run's state makes a line: states do not rely on colour."""


class Painter:
    """Answers per drawn thing; holds the theme and what a run lays over the picture."""

    def __init__(self, theme: Theme, overlay: Overlay | None = None) -> None:
        self.theme = theme
        self.overlay = overlay

    def mark(self, drawn: Figure | Line) -> Mark | None:
        """Return what a run says about a thing; nothing without a run, or about a pool."""
        if self.overlay is None:
            return None
        return self.overlay.mark(drawn.element) if drawn.runs else None

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

    def letters(self, drawn: Figure | Line, text: Text) -> str:
        """Return the colour of a text: beside its element it stands on the canvas."""
        colour = self.paint(drawn).text
        return readable(self._wanted(drawn), self.theme.canvas) if text.outside else colour

    def _wanted(self, drawn: Figure | Line) -> str:
        if self.state(drawn) is not None:
            return self.paint(drawn).text
        if drawn.colours == NONE:
            return self.theme.plain.text
        own = coloured(self.theme, fill=None, stroke=drawn.colours.stroke, text=drawn.colours.text)
        return own.text
