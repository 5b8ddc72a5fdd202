"""Icons of event definitions: outlines when catching, filled when throwing.

Unit: the radius of the event.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin
from typing import Final

from bpmn_xml.render.composing.icons.parts import (
    Icon,
    Ink,
    cross,
    line,
    oval,
    polygon,
    rect,
    regular,
    turned,
)


def envelope(half_width: float, half_height: float, *, filled: bool) -> Icon:
    """Draw a letter; its flap is knocked out when the letter is filled."""
    w, h = half_width, half_height
    flap = ((-w, -h), (0.0, h * 0.2), (w, -h))
    if not filled:
        return (rect(-w, -h, 2 * w, 2 * h, ink=Ink.PAPER), line(*flap))
    return (rect(-w, -h, 2 * w, 2 * h, ink=Ink.SOLID), line(*flap, ink=Ink.KNOCK, width=1.5))


def _clock() -> Icon:
    def tick(hour: int) -> tuple[tuple[float, float], tuple[float, float]]:
        x, y = cos(pi * hour / 6), sin(pi * hour / 6)
        return (0.47 * x, 0.47 * y), (0.58 * x, 0.58 * y)

    ticks = tuple(line(*tick(hour), width=1.0) for hour in range(12))
    return (oval(0, 0, 0.6, ink=Ink.PAPER), *ticks, line((0.13, -0.42), (0, 0), (0.3, 0.06)))


def _page() -> Icon:
    lines = tuple(line((-0.29, y), (0.29, y), width=1.1) for y in (-0.34, -0.11, 0.12, 0.35))
    return (rect(-0.42, -0.54, 0.84, 1.08, ink=Ink.PAPER), *lines)


_TRIANGLE = ((0.0, -0.58), (0.56, 0.4), (-0.56, 0.4))
_CHEVRON = ((0.0, -0.6), (0.46, 0.54), (0.0, 0.1), (-0.46, 0.54))
_BOLT = ((-0.56, 0.52), (-0.23, -0.52), (0.19, 0.06), (0.56, -0.54), (0.22, 0.5), (-0.2, -0.06))
_ARROW = (
    (-0.58, -0.22), (0.12, -0.22), (0.12, -0.46), (0.6, 0.0), (0.12, 0.46), (0.12, 0.22),
    (-0.58, 0.22),
)  # fmt: skip
_REWIND = (
    ((-0.6, 0.0), (-0.04, -0.4), (-0.04, 0.4)),
    ((-0.04, 0.0), (0.52, -0.4), (0.52, 0.4)),
)
_CANCEL = turned(cross(0.62, 0.14), pi / 4)


def _both(name: str, *outlines: tuple[tuple[float, float], ...]) -> dict[str, Icon]:
    """Make the catching and the throwing form of an icon that only differs in its filling."""
    return {
        f"{name}/catch": tuple(polygon(*points, ink=Ink.PAPER) for points in outlines),
        f"{name}/throw": tuple(polygon(*points, ink=Ink.SOLID) for points in outlines),
    }


EVENTS: Final[Mapping[str, Icon]] = {
    "message/catch": envelope(0.54, 0.37, filled=False),
    "message/throw": envelope(0.54, 0.37, filled=True),
    "timer/catch": _clock(),
    "timer/throw": _clock(),
    "conditional/catch": _page(),
    "conditional/throw": _page(),
    "terminate/catch": (oval(0, 0, 0.68, ink=Ink.SOLID),),
    "terminate/throw": (oval(0, 0, 0.68, ink=Ink.SOLID),),
    **_both("signal", _TRIANGLE),
    **_both("escalation", _CHEVRON),
    **_both("error", _BOLT),
    **_both("link", _ARROW),
    **_both("cancel", _CANCEL),
    **_both("compensate", *_REWIND),
    **_both("multiple", regular(5, 0.6)),
    **_both("parallel-multiple", cross(0.6, 0.19)),
}
"""By `definition/direction`."""
