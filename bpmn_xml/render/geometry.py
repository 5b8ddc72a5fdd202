"""Plane geometry in the file's own coordinates: pixels, x to the right, y down. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot
from typing import NamedTuple

Point = tuple[float, float]

CORNER: float = 6.0
"""How far from a bend a flow begins to round it, in px."""


class Box(NamedTuple):
    """An upright rectangle by its upper left corner and its size.

    >>> Box(10, 20, 100, 80).centre
    (60.0, 60.0)
    """

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        """Return the middle."""
        return self.x + self.width / 2, self.y + self.height / 2

    @property
    def right(self) -> float:
        """Return the x of the right side."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Return the y of the lower side."""
        return self.y + self.height

    @property
    def area(self) -> float:
        """Return the size in square px."""
        return self.width * self.height

    def grown(self, by: float) -> Box:
        """Add `by` px on every side."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def holds(self, point: Point) -> bool:
        """Tell whether the point lies inside or on the border."""
        return self.x <= point[0] <= self.right and self.y <= point[1] <= self.bottom


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all of them; an empty one when there are none."""
    known = list(boxes)
    if not known:
        return Box(0, 0, 0, 0)
    x, y = min(box.x for box in known), min(box.y for box in known)
    right, bottom = max(box.right for box in known), max(box.bottom for box in known)
    return Box(x, y, right - x, bottom - y)


def box_of(points: Sequence[Point]) -> Box:
    """Return the smallest box around points."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def common(one: Box, other: Box) -> float:
    """Tell how much two boxes share, in square px.

    >>> common(Box(0, 0, 10, 10), Box(6, 8, 10, 10))
    8
    """
    (x, y, wide, high), (u, v, other_wide, other_high) = one, other
    width = min(x + wide, u + other_wide) - max(x, u)
    height = min(y + high, v + other_high) - max(y, v)
    return width * height if width > 0 and height > 0 else 0.0


def between(a: Point, b: Point, share: float) -> Point:
    """Return the point at a share (0 at a, 1 at b) of the way."""
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share


def distance(a: Point, b: Point) -> float:
    """Tell how far two points are apart, in px."""
    return hypot(b[0] - a[0], b[1] - a[1])


def toward(a: Point, b: Point, by: float) -> Point:
    """Go `by` px from a on the way to b, but never more than nine tenths of it."""
    length = distance(a, b)
    return between(a, b, min(0.9, by / length)) if length else a


def without_repeats(points: Sequence[Point]) -> list[Point]:
    """Drop the points of a route that stand where the one before stands."""
    kept = list(points[:1])
    kept += [b for a, b in pairwise(points) if distance(a, b) > 0.01]
    return kept


def length_of(points: Sequence[Point]) -> float:
    """Tell how long a route is, in px."""
    return sum(distance(a, b) for a, b in pairwise(points))


def along(points: Sequence[Point], share: float) -> Point:
    """Return the point at a share (0 to 1) of a route's length."""
    left = length_of(points) * share
    for a, b in pairwise(points):
        step = distance(a, b)
        if step and left <= step:
            return between(a, b, left / step)
        left -= step
    return points[-1]


def in_common(one: Sequence[Point], other: Sequence[Point], *, near: float = 1.0) -> float:
    """Tell how far two routes run on the same line, or `near` it, from their beginning, in px.

    >>> in_common([(0, 0), (30, 0), (30, 50)], [(0, 0), (40, 0)])
    30.0
    """
    shared = 0.0
    for (a, b), (c, d) in zip(pairwise(one), pairwise(other), strict=False):
        steps = distance(a, b), distance(c, d)
        short = min(steps)
        if distance(a, c) > near or not short:
            break
        if distance(between(a, b, short / steps[0]), between(c, d, short / steps[1])) > near:
            break
        shared += short
        if max(steps) - short > near:
            break
    return shared


def longest(points: Sequence[Point]) -> tuple[Point, Point]:
    """Find the longest straight piece of a route (the first of several)."""
    return max(pairwise(points), key=lambda piece: round(distance(*piece), 2))


def _straight(a: Point, b: Point) -> list[Point]:
    return [between(a, b, 1 / 3), between(a, b, 2 / 3), b]


def rounded(points: Sequence[Point], *, cut: float = CORNER) -> list[Point]:
    """Turn a route into cubic Bezier control points (3n + 1), its bends rounded.

    >>> rounded([(0, 0), (30, 0)])
    [(0, 0), (10.0, 0.0), (20.0, 0.0), (30, 0)]
    """
    curve = [points[0]]
    for a, bend, b in zip(points, points[1:], points[2:], strict=False):
        radius = min(cut, distance(a, bend) / 2, distance(bend, b) / 2)
        into, out = toward(bend, a, radius), toward(bend, b, radius)
        curve += _straight(curve[-1], into)
        curve += [between(into, bend, 0.6), between(out, bend, 0.6), out]
    return curve + _straight(curve[-1], points[-1])


def shortened(points: Sequence[Point], *, tail: float, head: float) -> list[Point]:
    """Make room at the ends of a route for what marks them."""
    route = list(points)
    if tail:
        route[0] = toward(route[0], route[1], tail)
    if head:
        route[-1] = toward(points[-1], points[-2], head)
    return route


def crossing(outside: Point, inside: Point, within: Box, power: int) -> Point:
    """Find where the way in meets the border, by halving.

    `power` names the border: 1 a diamond, 2 an ellipse, 0 the box itself.
    """
    for _ in range(24):
        middle = between(outside, inside, 0.5)
        if depth(middle, within, power) < 1:
            inside = middle
        else:
            outside = middle
    return outside


def depth(point: Point, within: Box, power: int) -> float:
    """Tell how far out a point lies: 0 in the middle, 1 on the border, more outside."""
    cx, cy = within.centre
    dx = abs(point[0] - cx) / (within.width / 2 or 1)
    dy = abs(point[1] - cy) / (within.height / 2 or 1)
    return max(dx, dy) if not power else float(dx**power + dy**power)
