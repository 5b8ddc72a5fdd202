"""Points, boxes and lines in whole pixels; y grows downwards."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import isqrt
from typing import NamedTuple

Spot = tuple[int, int]
"""A point: x and y."""


class Area(NamedTuple):
    """A rectangle: its upper left corner and its size.

    >>> Area(0, 0, 100, 80).moved(10, 20).right
    110
    """

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The y of the lower side."""
        return self.y + self.height

    @property
    def middle(self) -> Spot:
        """The centre, rounded to the upper left."""
        return self.x + self.width // 2, self.y + self.height // 2

    def moved(self, dx: int, dy: int) -> Area:
        """Shift the area."""
        return Area(self.x + dx, self.y + dy, self.width, self.height)

    def grown(self, by: int) -> Area:
        """Push all sides outwards."""
        return Area(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def holds(self, other: Area) -> bool:
        """Tell whether another area is inside."""
        return (
            self.x <= other.x
            and other.right <= self.right
            and self.y <= other.y
            and other.bottom <= self.bottom
        )

    def overlaps(self, other: Area) -> bool:
        """Tell whether both share more than a border."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


def around(areas: Iterable[Area]) -> Area:
    """Find the smallest area that holds all; nothing is held by an empty area at the origin."""
    known = list(areas)
    if not known:
        return Area(0, 0, 0, 0)
    x, y = min(area.x for area in known), min(area.y for area in known)
    right, bottom = max(area.right for area in known), max(area.bottom for area in known)
    return Area(x, y, right - x, bottom - y)


def simplified(route: Iterable[Spot]) -> list[Spot]:
    """Drop points that are no corners; at least both ends stay.

    >>> simplified([(0, 0), (5, 0), (9, 0), (9, 0), (9, 4)])
    [(0, 0), (9, 0), (9, 4)]
    """
    result: list[Spot] = []
    for spot in route:
        if result and result[-1] == spot:
            continue
        if len(result) > 1 and _in_line(result[-2], result[-1], spot):
            result.pop()
        result.append(spot)
    return result if len(result) != 1 else result * 2


def _in_line(one: Spot, two: Spot, three: Spot) -> bool:
    return one[0] == two[0] == three[0] or one[1] == two[1] == three[1]


def is_slanting(route: Iterable[Spot]) -> bool:
    """Tell whether a part of a route is neither level nor upright.

    >>> is_slanting([(0, 0), (5, 0), (5, 9)]), is_slanting([(0, 0), (5, 9)])
    (False, True)
    """
    return any(x1 != x2 and y1 != y2 for (x1, y1), (x2, y2) in pairwise(route))


def half_width_at(contour: str, width: int, height: int, shift: int) -> int:
    """Measure from the middle of a shape to its side, `shift` below its middle.

    >>> half_width_at("box", 100, 80, 10), half_width_at("diamond", 50, 50, 10)
    (50, 15)
    >>> half_width_at("circle", 36, 36, 10)
    14
    """
    if contour == "circle":
        return isqrt(max(0, (width // 2) ** 2 - shift**2))
    if contour == "diamond":
        return max(0, width // 2 - abs(shift) * width // height)
    return width // 2
