"""Bounds and waypoints of a file made safe: finite, of drawable size, within reach."""

from __future__ import annotations

from collections.abc import Iterable
from math import isfinite

from bpmn_xml.model import Bounds
from bpmn_xml.model import Point as Waypoint
from bpmn_xml.render.geometry import Box, Point, without_repeats

REACH = 1_000_000.0
"""The farthest coordinate and the largest size that are drawn, in px."""


def _drawable(*values: object) -> bool:
    return all(
        isinstance(value, int | float) and isfinite(value) and abs(value) <= REACH
        for value in values
    )


def bounds_of(bounds: Bounds | None) -> Box | None:
    """Read bounds; nothing if one of their numbers is missing, not finite or out of reach."""
    if bounds is None or not _drawable(bounds.x, bounds.y, bounds.width, bounds.height):
        return None
    return Box(bounds.x, bounds.y, bounds.width, bounds.height)


def points_of(waypoints: Iterable[Waypoint]) -> list[Point]:
    """Read waypoints; those with a number missing, not finite or out of reach are left out."""
    usable = [(point.x, point.y) for point in waypoints if _drawable(point.x, point.y)]
    return without_repeats(usable)
