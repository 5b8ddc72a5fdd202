"""Markers at the foot of activities, pools and data, and the signs of a run's states.

Unit: half the side.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import cos, pi, sin, tan
from typing import Final

from bpmn_xml.render.composing.icons.parts import (
    Icon,
    Ink,
    blob,
    curve,
    line,
    polygon,
    rect,
    scaled,
)
from bpmn_xml.render.geometry import Point


def _arc(radius: float, start: float, end: float) -> tuple[Point, ...]:
    """Make a circle's arc around the origin as Bezier points; radians, clockwise on screen."""
    steps = [start + (end - start) * i / 4 for i in range(5)]
    reach = radius * 4 / 3 * tan((end - start) / 16)
    points: list[Point] = [(radius * cos(start), radius * sin(start))]
    for a, b in pairwise(steps):
        points += [
            (radius * cos(a) - reach * sin(a), radius * sin(a) + reach * cos(a)),
            (radius * cos(b) + reach * sin(b), radius * sin(b) - reach * cos(b)),
            (radius * cos(b), radius * sin(b)),
        ]
    return tuple(points)


_TILDE = (
    (-0.95, 0.34), (-0.72, -0.66), (-0.3, -0.54), (0.0, -0.18), (0.32, 0.2), (0.66, 0.26),
    (0.95, -0.34), (0.72, 0.66), (0.3, 0.54), (0.0, 0.18), (-0.32, -0.2), (-0.66, -0.26),
    (-0.95, 0.34),
)  # fmt: skip

_ARROW = (
    (-0.9, -0.3), (0.15, -0.3), (0.15, -0.7), (0.9, 0.0), (0.15, 0.7), (0.15, 0.3), (-0.9, 0.3),
)  # fmt: skip

MARKERS: Final[Mapping[str, Icon]] = {
    "sub-process": (
        rect(-1, -1, 2, 2),
        line((0, -0.6), (0, 0.6)),
        line((-0.6, 0), (0.6, 0)),
    ),
    "loop": (
        curve(*_arc(0.84, pi * 0.8, pi * 2.52), width=1.5),
        line((0.3, 0.42), (-0.1, 0.83), (0.3, 1.2), width=1.5),
    ),
    "parallel": tuple(line((x, -0.8), (x, 0.8), width=2.2) for x in (-0.6, 0, 0.6)),
    "sequential": tuple(line((-0.85, y), (0.85, y), width=2.2) for y in (-0.6, 0, 0.6)),
    "compensation": (
        polygon((-1, 0), (-0.05, -0.62), (-0.05, 0.62)),
        polygon((-0.05, 0), (0.9, -0.62), (0.9, 0.62)),
    ),
    "ad-hoc": (blob(*_TILDE, ink=Ink.SOLID),),
    "input": (polygon(*_ARROW, ink=Ink.PAPER),),
    "output": (polygon(*_ARROW, ink=Ink.SOLID),),
}

SIGNS: Final[Mapping[str, Icon]] = {
    "done": (line((-0.5, 0.02), (-0.14, 0.38), (0.5, -0.36), ink=Ink.KNOCK, width=1.8),),
    "active": (polygon(*scaled(((-0.34, -0.5), (0.52, 0.0), (-0.34, 0.5)), 0.9), ink=Ink.HOLE),),
    "waiting": tuple(line((x, -0.4), (x, 0.4), ink=Ink.KNOCK, width=2.0) for x in (-0.24, 0.24)),
    "failed": (
        line((-0.38, -0.38), (0.38, 0.38), ink=Ink.KNOCK, width=1.8),
        line((0.38, -0.38), (-0.38, 0.38), ink=Ink.KNOCK, width=1.8),
    ),
    "interrupted": (polygon((-0.4, -0.4), (0.4, -0.4), (0.4, 0.4), (-0.4, 0.4), ink=Ink.HOLE),),
}
"""By state; drawn on a disc in the state's colour."""
