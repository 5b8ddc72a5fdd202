"""What has its place already: shapes, names and lines, found by where they are."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise, product
from typing import Final

import msgspec

from bpmn_xml.layout.geometry import Area, Spot

_BUCKET: Final = 256
_LEAST_POWER: Final = 8  # of two: so many px are the narrowest strips of lines wide
_HEAD: Final = 10  # the length of an arrow head, and its width

Bucket = tuple[int, int]
"""A square part of the drawing: the number of its column, and of its row."""

Line = tuple[int, int, int]
"""A straight piece of a route: the coordinate it keeps, and the range of the other one."""


class Areas(msgspec.Struct):
    """Areas in buckets, so that those near a place are found without asking all."""

    buckets: dict[Bucket, list[tuple[str, Area]]]

    def add(self, key: str, area: Area) -> None:
        """Enter an area."""
        for bucket in _buckets(area):
            self.buckets.setdefault(bucket, []).append((key, area))

    def remove(self, key: str, area: Area) -> None:
        """Take an area out again."""
        for bucket in _buckets(area):
            self.buckets[bucket].remove((key, area))

    def meeting(self, area: Area) -> dict[str, Area]:
        """Find what overlaps an area."""
        return {
            key: other
            for bucket in _buckets(area, self.buckets)
            for key, other in self.buckets.get(bucket, ())
            if other.overlaps(area)
        }


class Strips(msgspec.Struct):
    """Level lines, or upright ones, so that those near a place are found without asking all.

    Each stands in the strips across it that it has a part in. These are of powers of two wide, and
    wider than it is long: so they are two at most.
    """

    strips: dict[tuple[int, int], list[Line]]
    powers: set[int]

    def add(self, line: Line) -> None:
        """Enter a line."""
        power, strips = _strips(line)
        self.powers.add(power)
        for number in strips:
            insort(self.strips.setdefault((power, number), []), line)

    def remove(self, line: Line) -> None:
        """Take a line out again."""
        power, strips = _strips(line)
        for number in strips:
            lines = self.strips[power, number]
            del lines[bisect_left(lines, line)]

    def between(self, low: int, high: int, start: int, end: int) -> Iterator[Line]:
        """Find the lines that keep a coordinate from one to another, and have a part in a range."""
        for power in self.powers:
            first = start >> power
            for number in range(first, (end >> power) + 1):
                lines = self.strips.get((power, number), ())
                near = lines[bisect_left(lines, (low,)) : bisect_left(lines, (high + 1,))]
                yield from (
                    line
                    for line in near
                    if line[1] <= end
                    and start <= line[2]
                    # of two strips in the first one that is looked at
                    and number == max(first, line[1] >> power)
                )


class Field(msgspec.Struct):
    """Shapes, names, and all pieces of lines.

    `ends` are the points where lines are docked, and how many are.
    """

    shapes: Areas
    names: Areas
    level: Strips
    upright: Strips
    ends: Counter[Spot]

    def add_route(self, route: Sequence[Spot]) -> None:
        """Take note of a line."""
        self.ends.update({route[0], route[-1]})
        self.names.add(*_head(route))
        for lines, line in self._pieces(route):
            lines.add(line)

    def remove_route(self, route: Sequence[Spot]) -> None:
        """Forget a line."""
        self.ends -= Counter({route[0], route[-1]})
        self.names.remove(*_head(route))
        for lines, line in self._pieces(route):
            lines.remove(line)

    def _pieces(self, route: Sequence[Spot]) -> Iterator[tuple[Strips, Line]]:
        """Give each piece of a route with those that it is one of."""
        for (x1, y1), (x2, y2) in pairwise(route):
            if y1 == y2:
                yield self.level, (y1, min(x1, x2), max(x1, x2))
            else:
                yield self.upright, (x1, min(y1, y2), max(y1, y2))

    def crossings(self, route: Sequence[Spot]) -> int:
        """Count the lines that cross a route."""
        found = 0
        for lines, (at, low, high) in self._pieces(route):
            others = self.upright if lines is self.level else self.level
            crossing = others.between(low + 1, high - 1, at, at)
            found += sum(start < at < end for _, start, end in crossing)
        return found

    def lines_in(self, area: Area) -> int:
        """Count the pieces of lines that run through an area."""
        left, right, top, bottom = area.x + 1, area.right - 1, area.y + 1, area.bottom - 1
        level = self.level.between(top, bottom, left, right)
        upright = self.upright.between(left, right, top, bottom)
        return sum(1 for _ in level) + sum(1 for _ in upright)

    def rail(
        self, line: Line, *, is_level: bool, near: int, ignored: AbstractSet[str] = frozenset()
    ) -> Rail:
        """Look at all that a long straight line meets, names that are not `ignored` too."""
        at, low, high = line
        along, others = (self.level, self.upright) if is_level else (self.upright, self.level)
        strip = Area(low, at, high - low + 1, 1) if is_level else Area(at, low, 1, high - low + 1)
        names = [area for key, area in self.names.meeting(strip).items() if key not in ignored]
        return Rail(
            across=sorted(place for place, _, _ in others.between(low, high, at, at)),
            beside=[
                (start, end)
                for _, start, end in along.between(at - near + 1, at + near - 1, low, high)
            ],
            names=[(a.x, a.right) if is_level else (a.y, a.bottom) for a in names],
        )


class Rail(msgspec.Struct, frozen=True):
    """What a straight line meets: where lines cross it, and where lines run beside it and names."""

    across: list[int]
    beside: list[tuple[int, int]]
    names: list[tuple[int, int]]

    def between(self, low: int, high: int) -> tuple[int, int, int]:
        """Count what a piece of it meets: lines across, those at its end only; lines; names."""
        return (
            bisect_right(self.across, high) - bisect_right(self.across, low),
            sum(start < high and low < end for start, end in self.beside) if self.beside else 0,
            sum(start <= high and low < end for start, end in self.names) if self.names else 0,
        )


def new_field(
    shapes: dict[str, Area], names: dict[str, Area], routes: Iterable[Sequence[Spot]]
) -> Field:
    """Make a field of what has been placed."""
    field = Field(Areas({}), Areas({}), Strips({}, set()), Strips({}, set()), Counter())
    for key, area in shapes.items():
        field.shapes.add(key, area)
    for key, area in names.items():
        field.names.add(key, area)
    for route in routes:
        field.add_route(route)
    return field


def line_area(start: Spot, end: Spot) -> Area:
    """Make an area of a straight piece, as thin as can be."""
    (x1, y1), (x2, y2) = start, end
    return Area(min(x1, x2), min(y1, y2), abs(x1 - x2) + 1, abs(y1 - y2) + 1)


def _head(route: Sequence[Spot]) -> tuple[str, Area]:
    """Name the place of an arrow head: what covers it hides where a line leads to."""
    (x1, y1), (x2, y2) = route[-2:]
    back = (x2 - _sign(x2 - x1) * _HEAD, y2 - _sign(y2 - y1) * _HEAD)
    return f" head {x2} {y2}", line_area(back, (x2, y2)).grown(_HEAD // 2)


def _sign(way: int) -> int:
    return (way > 0) - (way < 0)


def _buckets(area: Area, known: Collection[Bucket] = ()) -> Iterable[Bucket]:
    """List the buckets that an area has a part in, or all that are `known` if these are fewer."""
    columns = range(area.x // _BUCKET, (area.right - 1) // _BUCKET + 1)
    rows = range(area.y // _BUCKET, (area.bottom - 1) // _BUCKET + 1)
    if known and len(columns) * len(rows) > len(known):
        return known
    return product(columns, rows)


def _strips(line: Line) -> tuple[int, range]:
    """Tell how wide strips a line stands in, as a power of two, and in which of them."""
    _, start, end = line
    power = max(_LEAST_POWER, (end - start).bit_length())
    return power, range(start >> power, (end >> power) + 1)
