"""What is in the way of names and badges, found by where it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import ceil
from typing import Final, NamedTuple

from bpmn_xml.render.geometry import Box, Point, between

_CELL: Final = 128.0
_CELLS: Final = 500
_CROWD: Final = 60
"""Least side of a cell of the grid in px, most cells in a row, most obstacles of a cell."""


class Obstacle(NamedTuple):
    """Something that is in the way of names, and whose it is."""

    box: Box
    weight: float
    owner: str = ""


class Terrain:
    """What is in the way, found by where it is. Where there is a crowd, not all is remembered."""

    def __init__(self, extent: Box) -> None:
        self._side = max(_CELL, extent.width / _CELLS, extent.height / _CELLS)
        self._cells: dict[tuple[int, int], dict[Obstacle, None]] = {}

    def add(self, obstacle: Obstacle) -> None:
        """Enter an obstacle."""
        for place in self._covered(obstacle.box):
            cell = self._cells.setdefault(place, {})
            if len(cell) < _CROWD:
                cell[obstacle] = None

    def remove(self, obstacle: Obstacle) -> None:
        """Take an obstacle out again."""
        for place in self._covered(obstacle.box):
            self._cells[place].pop(obstacle, None)

    def met(self, box: Box) -> list[Obstacle]:
        """Find what a box shares more than a border with, in the order of entering."""
        x, y, width, height = box
        right, bottom = x + width, y + height
        found: list[Obstacle] = []
        places = self._covered(box)
        for place in places:
            for obstacle in self._cells.get(place, ()):
                left, top, width, height = obstacle.box
                if left < right and x < left + width and top < bottom and y < top + height:
                    found.append(obstacle)
        return list(dict.fromkeys(found)) if len(places) > 1 else found

    def _covered(self, box: Box) -> list[tuple[int, int]]:
        side = self._side
        x, y, width, height = box
        left, right = int(x // side), int((x + width) // side)
        top, bottom = int(y // side), int((y + height) // side)
        if left == right and top == bottom:
            return [(left, top)]
        rows = range(top, bottom + 1)
        return [(column, row) for column in range(left, right + 1) for row in rows]


def pieces(points: Sequence[Point]) -> Iterator[Box]:
    """Cover a route with narrow boxes, a slanting piece with many small ones."""
    for a, b in pairwise(points):
        slant = min(abs(a[0] - b[0]), abs(a[1] - b[1]))
        count = max(1, min(64, ceil(slant / 8)))
        for n in range(count):
            (x, y), (u, v) = between(a, b, n / count), between(a, b, (n + 1) / count)
            left, top = min(x, u) - 0.5, min(y, v) - 0.5
            yield Box(left, top, abs(x - u) + 1, abs(y - v) + 1)
