"""Find the height of every slot: straight where chosen, as short as possible elsewhere.

Positions are those of the slots' centres. Lanes lie below each other in their order; a border
between two is a position like any other, below all slots of the lane above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import Final

from bpmn_xml.layout.layered.layers import Layers
from bpmn_xml.layout.layered.problem import RankProblem
from bpmn_xml.layout.layered.settle import Distance, in_sequence, polish, settle, settle_down
from bpmn_xml.layout.layered.tighten import LANE_MARGIN, Rows, air, tighten

_ROUNDS: Final = 30
_STILL: Final = 0.2  # px: what moves less in a round has come to rest


def place_rows(
    layers: Layers,
    columns: Sequence[Sequence[int]],
    blocks: Sequence[int],
    problem: RankProblem,
) -> Rows:
    """Place all slots, those of a block at one height; lanes get the heights that are asked for."""
    lane_heights = problem.lane_heights
    count = max(blocks, default=-1) + 1
    distances = in_sequence(
        count + len(lane_heights) + 1,
        [*_in_columns(layers, columns, blocks), *_lanes(layers, columns, blocks, problem)],
    )
    pulls = _pulls(layers, blocks, count)
    positions: list[float] = [0.0] * (count + len(lane_heights) + 1)
    for earlier, later, least in distances:
        positions[later] = max(positions[later], positions[earlier] + least)
    for _ in range(_ROUNDS):
        before, positions = positions, settle(_wishes(positions, pulls), distances)
        if all(abs(one - other) < _STILL for one, other in zip(before, positions, strict=True)):
            break

    def tightened(positions: Sequence[float]) -> Rows:
        final = settle_down(positions, distances)
        rows = Rows([final[block] for block in blocks], final[count:])
        return tighten(rows, layers, columns, problem)

    rows = tightened(positions)
    for block, height in zip(blocks, rows.heights, strict=True):
        positions[block] = height
    positions[count:] = rows.borders
    polish(positions, pulls, distances, rounds=_ROUNDS)
    return tightened(positions)


def _in_columns(
    layers: Layers, columns: Sequence[Sequence[int]], blocks: Sequence[int]
) -> Iterator[Distance]:
    """Keep neighbours in a column apart."""
    for column in columns:
        for upper, lower in pairwise(column):
            one, other = layers.slots[upper], layers.slots[lower]
            yield Distance(blocks[upper], blocks[lower], one.down + air(one, other) + other.up)


def _lanes(
    layers: Layers,
    columns: Sequence[Sequence[int]],
    blocks: Sequence[int],
    problem: RankProblem,
) -> Iterator[Distance]:
    """Keep slots inside their lanes: after the border above it, before the border below."""
    first_border = max(blocks, default=-1) + 1
    for lane, height in enumerate(problem.lane_heights):
        yield Distance(first_border + lane, first_border + lane + 1, height)
    for column in columns:
        for _, group in groupby(column, key=lambda slot: layers.slots[slot].lane):
            top, *_, bottom = [*group] * 2
            lane = layers.slots[top].lane
            border = first_border + lane
            yield Distance(border, blocks[top], LANE_MARGIN + layers.slots[top].up)
            yield Distance(blocks[bottom], border + 1, layers.slots[bottom].down + LANE_MARGIN)


def _pulls(layers: Layers, blocks: Sequence[int], count: int) -> list[list[int]]:
    """List for every block the blocks that it is linked, tied or hung to.

    Those to its left weigh more than those to its right together: so whole branches follow what
    they come from, where else each of their blocks would wait for the next to move.
    """
    left: list[list[int]] = [[] for _ in range(count)]
    right: list[list[int]] = [[] for _ in range(count)]
    for one, other in (*layers.links, *layers.ties, *layers.hung()):
        if blocks[one] != blocks[other]:
            right[blocks[one]].append(blocks[other])
            left[blocks[other]].append(blocks[one])
    return [
        before * (len(after) // len(before) + 1) + after if before else after
        for before, after in zip(left, right, strict=True)
    ]


def _wishes(positions: Sequence[float], pulls: Sequence[Sequence[int]]) -> list[float]:
    """Wish every block half-way to the mean of what pulls it; borders stay."""
    wishes = list(positions)
    for block, others in enumerate(pulls):
        if others:
            mean = sum(positions[other] for other in others) / len(others)
            wishes[block] = (positions[block] + mean) / 2
    return wishes
