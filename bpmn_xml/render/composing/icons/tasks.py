"""Icons of task types. Unit: half the icon's side (the icon fills -1..1)."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin
from typing import Final

from bpmn_xml.render.composing.icons.events import envelope
from bpmn_xml.render.composing.icons.parts import Icon, Ink, blob, line, oval, polygon, rect

_TEETH = 8


def _gear(cx: float, cy: float, radius: float) -> Icon:
    tooth = ((-0.32, 0.74), (-0.2, 1.0), (0.2, 1.0), (0.32, 0.74))
    rim = [(2 * pi * (i + turn) / _TEETH, r * radius) for i in range(_TEETH) for turn, r in tooth]
    corners = tuple((cx + r * cos(angle), cy + r * sin(angle)) for angle, r in rim)
    return (
        polygon(*corners, ink=Ink.PAPER)._replace(width=1.0),
        oval(cx, cy, radius * 0.36, ink=Ink.PAPER)._replace(width=1.0),
    )


_PERSON: Icon = (
    blob(
        (-0.92, 0.95), (-0.92, 0.5), (-0.75, 0.18), (-0.36, 0.06), (-0.2, 0.32), (0.2, 0.32),
        (0.36, 0.06), (0.75, 0.18), (0.92, 0.5), (0.92, 0.95), (0.92, 0.95), (-0.92, 0.95),
        (-0.92, 0.95),
    ),
    line((-0.52, 0.95), (-0.52, 0.6), width=1.0),
    line((0.52, 0.95), (0.52, 0.6), width=1.0),
    oval(0, -0.43, 0.43, 0.47, ink=Ink.PAPER),
    blob(
        (-0.44, -0.4), (-0.48, -1.06), (0.48, -1.06), (0.44, -0.4), (0.36, -0.62), (0.22, -0.68),
        (0.06, -0.56), (-0.1, -0.46), (-0.34, -0.6), (-0.44, -0.4),
        ink=Ink.SOLID,
    ),
)  # fmt: skip

_HAND: Icon = (
    blob(
        (-0.96, -0.04), (-0.78, -0.34), (-0.52, -0.56), (-0.36, -0.76), (-0.24, -0.9), (0.02, -0.9),
        (0.1, -0.76), (0.14, -0.64), (0.02, -0.5), (-0.08, -0.38), (0.24, -0.38), (0.56, -0.38),
        (0.78, -0.38), (0.98, -0.38), (0.98, -0.12), (0.82, -0.12), (1.06, -0.12), (1.06, 0.14),
        (0.86, 0.14), (1.02, 0.14), (1.0, 0.39), (0.78, 0.39), (0.92, 0.39), (0.88, 0.64),
        (0.66, 0.64), (0.24, 0.68), (-0.28, 0.72), (-0.6, 0.64), (-0.76, 0.6), (-0.86, 0.5),
        (-0.96, 0.42), (-0.96, 0.26), (-0.96, 0.1), (-0.96, -0.04),
    ),
    line((0.2, -0.12), (0.82, -0.12), width=1.0),
    line((0.2, 0.14), (0.86, 0.14), width=1.0),
    line((0.2, 0.39), (0.78, 0.39), width=1.0),
)  # fmt: skip

_SCROLL: Icon = (
    blob(
        (-0.42, -0.95), (-1.12, -0.4), (0.1, 0.3), (-0.58, 0.95), (-0.2, 0.95), (0.2, 0.95),
        (0.54, 0.95), (1.22, 0.3), (0.0, -0.4), (0.7, -0.95), (0.3, -0.95), (-0.1, -0.95),
        (-0.42, -0.95),
    ),
    line((-0.42, -0.56), (0.3, -0.56), width=1.0),
    line((-0.36, -0.19), (0.36, -0.19), width=1.0),
    line((-0.22, 0.19), (0.5, 0.19), width=1.0),
    line((-0.16, 0.56), (0.56, 0.56), width=1.0),
)  # fmt: skip

_TABLE: Icon = (
    rect(-0.95, -0.72, 1.9, 1.44, ink=Ink.PAPER),
    rect(-0.95, -0.72, 1.9, 0.42, ink=Ink.SHADE),
    line((-0.95, 0.21), (0.95, 0.21)),
    line((-0.4, -0.3), (-0.4, 0.72)),
)

TASKS: Final[Mapping[str, Icon]] = {
    "user": _PERSON,
    "manual": _HAND,
    "service": (*_gear(-0.3, -0.3, 0.68), *_gear(0.34, 0.34, 0.66)),
    "script": _SCROLL,
    "business-rule": _TABLE,
    "send": envelope(0.95, 0.66, filled=True),
    "receive": envelope(0.95, 0.66, filled=False),
    "receive/start": (oval(0, 0, 1.0, ink=Ink.PAPER), *envelope(0.6, 0.41, filled=False)),
}
