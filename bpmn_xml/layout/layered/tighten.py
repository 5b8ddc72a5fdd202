"""Take out the air that settling leaves: groups that nothing links move up, lanes close up."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpmn_xml.layout.layered.layers import Layers, Slot
    from bpmn_xml.layout.layered.problem import Problem

LANE_MARGIN: Final = 20
_CELL_GAP: Final = 30
_BEND_GAP: Final = 12


class Rows(msgspec.Struct, frozen=True):
    """The height of every slot's centre, and the borders of the lanes from top to bottom."""

    heights: list[int]
    borders: list[int]


def air(upper: Slot, lower: Slot) -> int:
    """Choose how much room to leave between two neighbours in a column."""
    bends = (upper.cell < 0) + (lower.cell < 0)
    return (_CELL_GAP, _BEND_GAP, 0)[bends]


def tighten(rows: Rows, layers: Layers, columns: Sequence[Sequence[int]], problem: Problem) -> Rows:
    """Move groups of linked slots up inside their lane, then put the lanes below each other.

    The first border is at 0.
    """
    heights = list(rows.heights)
    groups = _groups(layers)
    above = _slots_above(layers, columns)
    for group in sorted(groups, key=lambda group: min(heights[slot] for slot in group)):
        _move_up(heights, layers, group, above)
    borders = [0]
    for lane, least in enumerate(problem.lane_heights):
        slots = [index for index, slot in enumerate(layers.slots) if slot.lane == lane]
        top = min((heights[index] - layers.slots[index].up for index in slots), default=0)
        bottom = max((heights[index] + layers.slots[index].down for index in slots), default=0)
        bottom += problem.lane_spares[lane]
        rest = max(0, least - (bottom - top) - 2 * LANE_MARGIN)
        shift = borders[-1] + LANE_MARGIN + rest // 2 - top
        for index in slots:
            heights[index] += shift
        borders.append(bottom + shift + LANE_MARGIN + rest - rest // 2)
    return Rows(heights, borders)


def _groups(layers: Layers) -> list[list[int]]:
    """Join the slots of one lane that links, ties or stacks connect."""
    group_of = {index: [index] for index in range(len(layers.slots))}
    for one, other in (*layers.links, *layers.ties, *layers.hung()):
        small, large = sorted((group_of[one], group_of[other]), key=len)
        if small is not large and layers.slots[one].lane == layers.slots[other].lane:
            large.extend(small)
            group_of.update(dict.fromkeys(small, large))
    return list({id(group): group for group in group_of.values()}.values())


def _slots_above(layers: Layers, columns: Sequence[Sequence[int]]) -> dict[int, int]:
    """Map a slot to its upper neighbour in its column and lane."""
    return {
        lower: upper
        for column in columns
        for upper, lower in pairwise(column)
        if layers.slots[upper].lane == layers.slots[lower].lane
    }


def _move_up(
    heights: list[int], layers: Layers, group: Sequence[int], above: dict[int, int]
) -> None:
    """Move a group up to the first neighbour, if there is one."""
    slots, members = layers.slots, set(group)
    rooms = []
    for lower in group:
        upper = above.get(lower)
        if upper is not None and upper not in members:
            one, other = slots[upper], slots[lower]
            least = one.down + air(one, other) + other.up
            rooms.append(heights[lower] - heights[upper] - least)
    if rooms:
        shift = max(0, min(rooms))
        for slot in group:
            heights[slot] -= shift
