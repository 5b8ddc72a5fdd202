"""Icons of gateways. Unit: half the diagonal of the diamond."""

from __future__ import annotations

from math import pi
from typing import TYPE_CHECKING, Final

from bpmn_xml.render.composing.icons.parts import Icon, Ink, cross, oval, polygon, regular, turned

if TYPE_CHECKING:
    from collections.abc import Mapping


def _ringed(*inner: tuple[tuple[float, float], ...], rings: tuple[float, ...]) -> Icon:
    circles = tuple(oval(0, 0, radius) for radius in rings)
    return (*circles, *(polygon(*points) for points in inner))


_STAR = (cross(0.47, 0.065), turned(cross(0.47, 0.065), pi / 4))

GATEWAYS: Final[Mapping[str, Icon]] = {
    "exclusive": (polygon(*turned(cross(0.44, 0.075), pi / 4), ink=Ink.SOLID),),
    "parallel": (polygon(*cross(0.47, 0.08), ink=Ink.SOLID),),
    "inclusive": (oval(0, 0, 0.43)._replace(width=2.6),),
    "complex": tuple(polygon(*points, ink=Ink.SOLID) for points in _STAR),
    "event-based": _ringed(regular(5, 0.3), rings=(0.52, 0.43)),
    "event-based/exclusive-start": _ringed(regular(5, 0.32), rings=(0.5,)),
    "event-based/parallel-start": _ringed(cross(0.32, 0.09), rings=(0.5,)),
}
