"""Colours that only some elements wear, as classes: a page with a strict policy lets no `style` in.

A class is named after its colours, so that the classes of several pictures on one page agree:
`fill-bbdefb`, and `fill-bbdefb-20304a` where the two themes differ.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Values = tuple[str, ...]
"""One value per theme of a picture."""


class ColourClasses:
    """Gathers the classes of one picture while it is drawn.

    >>> colours = ColourClasses()
    >>> colours.named("fill", ("#ffcdd2",)), colours.named("stroke", ("#ffffff", "#14171b"))
    ('fill-ffcdd2', 'stroke-ffffff-14171b')
    >>> list(colours.rules(".bpmn-xml.light", 0))
    ['.bpmn-xml.light .fill-ffcdd2.fill-ffcdd2{fill:#ffcdd2}', \
'.bpmn-xml.light .stroke-ffffff-14171b.stroke-ffffff-14171b{stroke:#ffffff}']
    """

    def __init__(self) -> None:
        self._found: dict[str, tuple[str, Values]] = {}

    def named(self, what: str, values: Sequence[str]) -> str:
        """Give the class that sets a property to a colour (one per theme), "" where none asks."""
        if not any(values):
            return ""
        plain = [value.removeprefix("#") for value in dict.fromkeys(values)]
        name = "-".join((what, *plain))
        self._found.setdefault(name, (what, tuple(values)))
        return name

    def rules(self, root: str, theme: int) -> Iterator[str]:
        """Write the rules; the doubled name outweighs what a state would say."""
        for name, (what, values) in self._found.items():
            yield f"{root} .{name}.{name}{{{what}:{values[min(theme, len(values) - 1)]}}}"


def classed(*names: str) -> str:
    """Join class names, leaving empty ones out."""
    return " ".join(filter(None, names))
