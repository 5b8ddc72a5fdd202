"""Choose which links run straight: slots joined by them form a block and share one height.

The main path comes first, then long arcs, then the rest. A slot joins one neighbour to the left
and one to the right at most, and no two chosen links cross; so blocks never tangle.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Sequence

from bpmn_xml.layout.layered.layers import Layers


def build_blocks(
    layers: Layers, columns: Sequence[Sequence[int]], spine: Collection[int]
) -> list[int]:
    """Number the blocks; give each slot the number of its block."""
    places = place_in_column(columns)
    left_of: dict[int, int] = {}
    right_of: dict[int, int] = {}
    chosen: list[list[tuple[int, int]]] = [[] for _ in columns]

    def preference(link: tuple[int, int]) -> tuple[int, int, int]:
        one, other = link
        bends = (layers.slots[one].cell < 0) + (layers.slots[other].cell < 0)
        kind = 0 if one in spine and other in spine else (2, 3, 1)[bends]
        return kind, layers.slots[one].rank, places[other]

    for one, other in sorted(layers.links, key=preference):
        pair = (places[one], places[other])
        gap = chosen[layers.slots[one].rank]
        same_lane = layers.slots[one].lane == layers.slots[other].lane
        if one in right_of or other in left_of or not same_lane or _crosses(gap, pair):
            continue
        insort(gap, pair)
        right_of[one], left_of[other] = other, one
    return _numbers(columns, left_of)


def place_in_column(columns: Sequence[Sequence[int]]) -> dict[int, int]:
    """Map every slot to its place in its column, from 0 at the top."""
    return {slot: place for column in columns for place, slot in enumerate(column)}


def _crosses(chosen: Sequence[tuple[int, int]], pair: tuple[int, int]) -> bool:
    """Tell whether a link crosses one already chosen in the same gap."""
    index = bisect_left(chosen, pair)
    above_fails = index > 0 and chosen[index - 1][1] > pair[1]
    below_fails = index < len(chosen) and chosen[index][1] < pair[1]
    return above_fails or below_fails


def _numbers(columns: Sequence[Sequence[int]], left_of: dict[int, int]) -> list[int]:
    """Number the blocks from left to right and top to bottom."""
    block_of: dict[int, int] = {}
    count = 0
    for column in columns:
        for slot in column:
            if slot in left_of:
                block_of[slot] = block_of[left_of[slot]]
            else:
                block_of[slot] = count
                count += 1
    return [block_of[slot] for slot in sorted(block_of)]
