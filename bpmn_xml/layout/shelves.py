"""Put boxes that nothing connects in rows, like books on shelves."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt
from typing import Final

import msgspec

from bpmn_xml.layout.geometry import Spot

_BETWEEN: Final = 40
_LEAST_WIDTH: Final = 500


class Shelves(msgspec.Struct, frozen=True):
    """The upper left corner of every box, and the size of all shelves."""

    corners: list[Spot]
    width: int
    height: int


def fill_shelves(sizes: Sequence[tuple[int, int]], width: int) -> Shelves:
    """Fill rows of at least a given width, in order; more boxes make wider rows.

    >>> fill_shelves([(100, 80), (300, 50), (100, 80)], 0).corners
    [(0, 0), (140, 0), (0, 120)]
    """
    room = sum((w + _BETWEEN) * (h + _BETWEEN) for w, h in sizes)
    width = max(width, _LEAST_WIDTH, isqrt(2 * room))
    corners: list[Spot] = []
    x = y = height = widest = 0
    for box_width, box_height in sizes:
        if x and x + box_width > width:
            x, y, height = 0, y + height + _BETWEEN, 0
        corners.append((x, y))
        x += box_width + _BETWEEN
        widest, height = max(widest, x - _BETWEEN), max(height, box_height)
    return Shelves(corners, widest, y + height)
