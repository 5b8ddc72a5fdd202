"""Where there is room: keeps what covers the picture in a grid and finds the emptiest place."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bpmn_xml.render.geometry import Box

CELL: Final = 120.0
"""Side of a cell of the grid, in px."""


class FreeSpace:
    """What is left of a picture beside the boxes that should not be covered."""

    def __init__(self, boxes: Iterable[Box] = ()) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}
        for box in boxes:
            self.add(box)

    def add(self, box: Box) -> None:
        """Put a box on the picture."""
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def overlap(self, box: Box, own: Box | None = None) -> float:
        """Tell how much of other boxes a box would cover, in square px.

        What it covers of its `own` box, which has been added or does not count, is let be.
        """
        near = {other for cell in _cells(box) for other in self._cells.get(cell, ())}
        return sum(_common(box, other) for other in near if other != own)

    def settle(self, places: Sequence[Box], own: Box | None = None) -> Box:
        """Take the place that covers least, the first of equal ones, and keep it."""
        best = min(places, key=lambda place: self.overlap(place, own))
        self.add(best)
        return best


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    columns = range(int(box.x // CELL), int(box.right // CELL) + 1)
    rows = range(int(box.y // CELL), int(box.bottom // CELL) + 1)
    return product(columns, rows)


def _common(a: Box, b: Box) -> float:
    width = min(a.right, b.right) - max(a.x, b.x)
    height = min(a.bottom, b.bottom) - max(a.y, b.y)
    return width * height if width > 0 and height > 0 else 0.0
