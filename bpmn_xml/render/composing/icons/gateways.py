"""Icons of gateways. Unit: half the diagonal of the diamond."""

from __future__ import annotations

from collections.abc import Mapping
from math import pi
from typing import Final

from bpmn_xml.render.composing.icons.parts import Icon, Ink, cross, oval, polygon, regular, turned


def _ringed(*inner: tuple[tuple[float, float], ...], rings: tuple[float, ...]) -> Icon:
    circles = tuple(oval(0, 0, radius) for radius in rings)
    return (*circles, *(polygon(*points) for points in inner))


def _letter_x(across: float, up: float, pen: float) -> tuple[tuple[float, float], ...]:
    """Return the corners of an X that is higher than wide, its strokes `2 * pen` wide."""
    notch = up * pen / across
    right = ((0.0, -notch), (across - pen, -up), (across + pen, -up), (pen, 0.0))
    lower = tuple((x, -y) for x, y in right[:0:-1])
    left = tuple((-x, -y) for x, y in (*right, *lower[1:]))
    return (*right, *lower[1:], *left)


_STAR = (cross(0.47, 0.065), turned(cross(0.47, 0.065), pi / 4))

GATEWAYS: Final[Mapping[str, Icon]] = {
    "exclusive": (polygon(*_letter_x(0.27, 0.44, 0.075), ink=Ink.SOLID),),
    "parallel": (polygon(*cross(0.53, 0.085), ink=Ink.SOLID),),
    "inclusive": (oval(0, 0, 0.46)._replace(width=2.6),),
    "complex": tuple(polygon(*points, ink=Ink.SOLID) for points in _STAR),
    "event-based": _ringed(regular(5, 0.3), rings=(0.52, 0.43)),
    "event-based/exclusive-start": _ringed(regular(5, 0.32), rings=(0.5,)),
    "event-based/parallel-start": _ringed(cross(0.32, 0.09), rings=(0.5,)),
}
