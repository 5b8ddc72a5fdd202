"""Take out the air that settling leaves: groups that nothing links move up, lanes close up."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import msgspec

from bpmn_xml.layout.layered.layers import Layers, Slot
from bpmn_xml.layout.layered.problem import RankProblem

LANE_MARGIN: Final = 20
_CELL_GAP: Final = 30
_BEND_GAP: Final = 12


class Rows(msgspec.Struct, frozen=True):
    """The height of every slot's centre, and the borders of the lanes from top to bottom."""

    heights: list[int]
    borders: list[int]


def air(upper: Slot, lower: Slot) -> int:
    """Choose how much room to leave between two neighbours in a column."""
    return (_CELL_GAP, _BEND_GAP, 0)[upper.is_line + lower.is_line]


def tighten(
    rows: Rows, layers: Layers, columns: Sequence[Sequence[int]], problem: RankProblem
) -> Rows:
    """Move groups of linked slots up inside their lane, then put the lanes below each other.

    The first border is at 0.
    """
    heights = list(rows.heights)
    groups = _groups(layers)
    limits = _limits(layers, columns, groups)
    tops = _lane_tops(layers, heights, len(problem.lane_heights))
    for group in sorted(groups, key=lambda group: min(heights[slot] for slot in group)):
        limited = [slot for slot in group if slot in limits]
        rooms = [_room(heights, layers, slot, limits[slot], tops) for slot in limited]
        for slot in group:
            heights[slot] -= min(rooms)
    borders = [0]
    for lane, least in enumerate(problem.lane_heights):
        slots = [index for index, slot in enumerate(layers.slots) if slot.lane == lane]
        top = min((heights[index] - layers.slots[index].up for index in slots), default=0)
        bottom = max((heights[index] + layers.slots[index].down for index in slots), default=0)
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


def _limits(
    layers: Layers, columns: Sequence[Sequence[int]], groups: Sequence[Sequence[int]]
) -> dict[int, int]:
    """Map a slot to its upper neighbour in column and lane, if of another group; -1: the border."""
    group_of = {slot: number for number, group in enumerate(groups) for slot in group}
    limits = {}
    for column in columns:
        for upper, lower in pairwise([-1, *column]):
            is_first = upper < 0 or layers.slots[upper].lane != layers.slots[lower].lane
            if is_first:
                limits[lower] = -1
            elif group_of[upper] != group_of[lower]:
                limits[lower] = upper
    return limits


def _lane_tops(layers: Layers, heights: Sequence[int], count: int) -> list[int]:
    """Find where the first slot of each lane begins."""
    tops = [max(heights, default=0)] * count
    for slot, height in zip(layers.slots, heights, strict=True):
        tops[slot.lane] = min(tops[slot.lane], height - slot.up)
    return tops


def _room(
    heights: Sequence[int], layers: Layers, lower: int, upper: int, tops: Sequence[int]
) -> int:
    """Measure how far a slot could move up to its upper neighbour, or to the top of its lane."""
    slot = layers.slots[lower]
    begin = heights[lower] - slot.up
    if upper < 0:
        return begin - tops[slot.lane]
    other = layers.slots[upper]
    return begin - heights[upper] - other.down - air(other, slot)
