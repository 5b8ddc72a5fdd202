"""Where an edge may begin or end at a shape: a point on its border and the way out from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise
from typing import Final

import msgspec

from bpmn_xml.layout.geometry import Area, Spot, half_width_at
from bpmn_xml.layout.layered.problem import Contour

STUB: Final = 12
_USED: Final = 120
_OFF_CENTRE: Final = 6
_CORNER: Final = 10
_SIDEWAYS: Final = 40
_POOL_HEADER: Final = 45
_POOL_END: Final = 15
_POOL_NEAR: Final = 8
_POOL_SHIFTS: Final = (0, -12, 12, -25, 25, -70, 70, -140, 140)


class Dock(msgspec.Struct, frozen=True):
    """A point on a border, the end of the first straight piece, and what it costs to use it."""

    border: Spot
    stub: Spot
    price: int = 0

    @property
    def is_level(self) -> bool:
        """Whether an edge leaves this dock to the left or right."""
        return self.border[1] == self.stub[1]


def faced(area: Area, contour: Contour) -> Area:
    """Narrow a shape to where a straight line can meet it: its middle, or a box but its corners."""
    if contour == "box" and min(area.width, area.height) > 2 * _CORNER:
        return area.grown(-_CORNER)
    return Area(*area.middle, 0, 0)


def docks_of_node(
    area: Area, contour: Contour, used: AbstractSet[Spot], other: Area, *, flat: bool
) -> Iterator[Dock]:
    """List the docks of a node, dearer if used already; with `flat` left and right are, too.

    Beside the usual ones a box has one that faces the `other` end, where they face each other.
    """
    x, y = area.middle
    columns, rows = {0: None}, {0: None}
    if contour == "box":
        own = faced(area, contour)
        columns |= dict.fromkeys((-area.width // 4, area.width // 4))
        rows |= dict.fromkeys((-area.height // 4, area.height // 4))
        columns |= dict.fromkeys(
            spot - x for spot in _facing(own.x, own.right, other.x, other.right)
        )
        rows |= dict.fromkeys(
            spot - y for spot in _facing(own.y, own.bottom, other.y, other.bottom)
        )
    for shift in columns:
        for border, step in ((area.y, -STUB), (area.bottom, STUB)):
            spot = x + shift, border
            price = _OFF_CENTRE * bool(shift) + _USED * (spot in used)
            yield Dock(spot, (x + shift, border + step), price)
    for shift in rows:
        for border, step in ((area.x, -STUB), (area.right, STUB)):
            spot = border, y + shift
            price = _OFF_CENTRE * bool(shift) + _USED * (spot in used) + _SIDEWAYS * flat
            yield Dock(spot, (border + step, y + shift), price)


def docks_of_boundary_event(area: Area, used: AbstractSet[Spot]) -> Iterator[Dock]:
    """List the docks of a boundary event: at its bottom, and below the middle of both sides."""
    x, y = area.middle
    down = area.height // 4
    half = half_width_at("circle", area.width, area.height, down)
    bottom = x, area.bottom
    yield Dock(bottom, (x, area.bottom + STUB), _USED * (bottom in used))
    for step in (-half, half):
        far = STUB if step > 0 else -STUB
        yield Dock((x + step, y + down), (x + step + far, y + down), _SIDEWAYS)


def docks_of_pool(area: Area, wish: int, used: AbstractSet[Spot]) -> Iterator[Dock]:
    """List docks above and below a pool near a wished place, and some to both sides of it."""
    first, last = area.x + _POOL_HEADER, area.right - _POOL_END
    for shift in _POOL_SHIFTS:
        x = max(first, min(last, wish + shift))
        for border, step in ((area.y, -STUB), (area.bottom, STUB)):
            near = any(
                (x + beside, border) in used for beside in range(-_POOL_NEAR, _POOL_NEAR + 1)
            )
            yield Dock((x, border), (x, border + step), _USED * near)


def docks_on_route(route: Sequence[Spot]) -> Iterator[Dock]:
    """List docks on the longest straight piece of an edge, first at its middle."""
    (x1, y1), (x2, y2) = max(pairwise(route), key=_length)
    for quarter in (2, 1, 3):
        x, y = x1 + (x2 - x1) * quarter // 4, y1 + (y2 - y1) * quarter // 4
        for step in (-STUB, STUB):
            stub = (x, y + step) if y1 == y2 else (x + step, y)
            yield Dock((x, y), stub, _OFF_CENTRE * (quarter != 2))


def _facing(start: int, end: int, other_start: int, other_end: int) -> Iterator[int]:
    """Find the middle of what two ranges have in common, if they have anything."""
    low, high = max(start, other_start), min(end, other_end)
    if low <= high:
        yield (low + high) // 2


def _length(piece: tuple[Spot, Spot]) -> int:
    (x1, y1), (x2, y2) = piece
    return abs(x1 - x2) + abs(y1 - y2)
