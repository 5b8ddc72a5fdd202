"""What every icon is made of: a handful of primitives, drawn alike in SVG and in Graphviz.

Icons are written around (0, 0) with y down; `place` puts them on the picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import cos, pi, sin
from typing import NamedTuple

from bpmn_xml.render.geometry import Box, Point, box_of


class Draw(StrEnum):
    """How the points of a part are read."""

    OVAL = "oval"  # the centre, then the two radii
    RECT = "rect"  # the upper left corner, the size, then the corner's radii
    POLYGON = "polygon"  # the corners, closed
    LINE = "line"  # the corners, open
    CURVE = "curve"  # cubic Bezier, 3n + 1 points, open
    BLOB = "blob"  # cubic Bezier, 3n + 1 points, closed


class Ink(StrEnum):
    """What a part is drawn with. Themes give the colours."""

    LINE = "line"  # an outline only
    PAPER = "paper"  # an outline, filled like the element
    SOLID = "solid"  # filled with the colour of the outline
    KNOCK = "knock"  # a line in the colour of the element's fill
    HOLE = "hole"  # filled and drawn in the colour of the element's fill
    RIM = "rim"  # filled with the colour of the outline, drawn in the colour of the element's fill
    SHADE = "shade"  # an outline, filled with a soft grey


class Part(NamedTuple):
    """One primitive. `width` is the line's width in px, never scaled; `dash` as in SVG."""

    draw: Draw
    points: tuple[Point, ...]
    ink: Ink = Ink.LINE
    width: float = 1.2
    dash: str = ""


Icon = tuple[Part, ...]


def oval(cx: float, cy: float, rx: float, ry: float | None = None, *, ink: Ink = Ink.LINE) -> Part:
    """Make an ellipse; a circle when one radius is given."""
    return Part(Draw.OVAL, ((cx, cy), (rx, rx if ry is None else ry)), ink)


def rect(x: float, y: float, width: float, height: float, *, ink: Ink = Ink.LINE) -> Part:
    """Make an upright rectangle."""
    return Part(Draw.RECT, ((x, y), (width, height), (0.0, 0.0)), ink)


def polygon(*points: Point, ink: Ink = Ink.LINE) -> Part:
    """Make a closed polygon."""
    return Part(Draw.POLYGON, points, ink)


def line(*points: Point, ink: Ink = Ink.LINE, width: float = 1.2) -> Part:
    """Make an open line."""
    return Part(Draw.LINE, points, ink, width)


def curve(*points: Point, width: float = 1.2) -> Part:
    """Make an open cubic Bezier curve."""
    return Part(Draw.CURVE, points, Ink.LINE, width)


def blob(*points: Point, ink: Ink = Ink.PAPER) -> Part:
    """Make a closed cubic Bezier curve."""
    return Part(Draw.BLOB, points, ink)


def turned(points: Iterable[Point], angle: float) -> tuple[Point, ...]:
    """Turn points around the origin, by an angle in radians."""
    c, s = cos(angle), sin(angle)
    return tuple((x * c - y * s, x * s + y * c) for x, y in points)


def regular(corners: int, radius: float) -> tuple[Point, ...]:
    """Return the corners of a regular polygon that stands with one corner up."""
    return tuple(turned([(0, -radius)], 2 * pi * i / corners)[0] for i in range(corners))


def cross(reach: float, half: float) -> tuple[Point, ...]:
    """Return the corners of an upright plus sign with arms `2 * half` thick."""
    arm = ((-half, -half), (-half, -reach), (half, -reach))
    return tuple(point for i in range(4) for point in turned(arm, i * pi / 2))


def scaled(points: Iterable[Point], by: float) -> tuple[Point, ...]:
    """Move points away from the origin by a factor."""
    return tuple((x * by, y * by) for x, y in points)


def place(icon: Sequence[Part], centre: Point, scale: float) -> Icon:
    """Put an icon on the picture: scaled, its origin at `centre`. Line widths stay."""
    cx, cy = centre

    def at(point: Point) -> Point:
        return cx + point[0] * scale, cy + point[1] * scale

    def put(part: Part) -> Part:
        if part.draw in {Draw.OVAL, Draw.RECT}:
            return part._replace(points=(at(part.points[0]), *scaled(part.points[1:], scale)))
        return part._replace(points=tuple(map(at, part.points)))

    return tuple(map(put, icon))


def extent(part: Part) -> Box:
    """Return the box around a part."""
    first, second = part.points[0], part.points[1]
    if part.draw is Draw.OVAL:
        (cx, cy), (rx, ry) = first, second
        return Box(cx - rx, cy - ry, 2 * rx, 2 * ry)
    return Box(*first, *second) if part.draw is Draw.RECT else box_of(part.points)
