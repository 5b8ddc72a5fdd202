"""Cut arcs into pieces between neighbouring columns: a bend wherever one passes or leaves a column.

A slot is what stands in a column: a cell or a bend. An arc forward has bends in the columns
between its ends. A back arc runs through all columns from its source's to its target's, both
included. An arc from a boundary event begins with a bend below its host; if it is upright, what
it leads to stands there instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from bpmn_xml.layout.layered.problem import Arc, RankProblem
from bpmn_xml.layout.layered.ranks import Ranking, arcs_leaving

BEND_SPACE: Final = 8


class Slot(msgspec.Struct, frozen=True):
    """One place in a column, with the space it needs above and below. A bend has no cell."""

    rank: int
    lane: int
    up: int
    down: int
    cell: int = -1

    @property
    def is_line(self) -> bool:
        """Whether a line passes here, or ends, and no shape stands here."""
        return self.cell < 0 or self.up + self.down == 2 * BEND_SPACE


class Layers(msgspec.Struct):
    """Slots in columns and what connects them.

    The first slots are the cells, in their order. `bends` are the slots of each arc from source
    to target, `links` pairs of slots in neighbouring columns (left, right), `ties` pairs in one
    column that like to be close, `stacks` the slots that stand directly below a cell, in order.
    `pulled` cells like to be first in their column, or last: they have a pull below or above 0.
    `offsets` tell how far right of the middle of its column a cell stands below a boundary event.
    """

    slots: list[Slot]
    bends: list[list[int]]
    back: tuple[bool, ...]
    links: list[tuple[int, int]]
    ties: list[tuple[int, int]]
    stacks: dict[int, list[int]]
    pulled: dict[int, int] = {}
    offsets: dict[int, int] = {}

    @property
    def rank_count(self) -> int:
        """The number of columns."""
        return max((slot.rank for slot in self.slots), default=-1) + 1

    def hung(self) -> Iterator[tuple[int, int]]:
        """Pair each cell with every slot that is stacked below it."""
        return ((cell, slot) for cell, stack in self.stacks.items() for slot in stack)

    def chain(self, arc: Arc, index: int) -> list[int]:
        """List the slots of an arc that are linked from column to column."""
        bends = self.bends[index]
        if arc.upright:
            return []
        if self.back[index]:
            return bends
        return [*bends, arc.target] if arc.tap is not None else [arc.source, *bends, arc.target]


def build_layers(problem: RankProblem, ranking: Ranking) -> Layers:
    """Make the slots and links of a ranked problem."""
    slots = [
        Slot(rank, cell.lane, cell.up, cell.down, index)
        for index, (cell, rank) in enumerate(zip(problem.cells, ranking.ranks, strict=True))
    ]
    layers = Layers(slots, [], ranking.back, [], [], {})
    for index, arc in enumerate(problem.arcs):
        _add_bends(layers, problem, arc, back=ranking.back[index])
        chain = layers.chain(arc, index)
        pairs = list(pairwise(chain))
        layers.links += [(right, left) for left, right in pairs] if ranking.back[index] else pairs
    for cell, arcs in enumerate(arcs_leaving(problem)):
        _stack_taps(layers, problem, cell, arcs)
    layers.pulled = {index: cell.pull for index, cell in enumerate(problem.cells) if cell.pull}
    layers.offsets = _offsets(problem)
    return layers


def _add_bends(layers: Layers, problem: RankProblem, arc: Arc, *, back: bool) -> None:
    """Add the bends of the next arc, and its ties."""
    first, last = layers.slots[arc.source].rank, layers.slots[arc.target].rank
    if back:
        ranks = range(first, last - 1, -1)
    else:
        ranks = range(first if arc.tap is not None else first + 1, last)
    lane = problem.cells[arc.source].lane
    up = BEND_SPACE + arc.label_height
    bends = list(range(len(layers.slots), len(layers.slots) + len(ranks)))
    layers.slots += [Slot(rank, lane, up, BEND_SPACE) for rank in ranks]
    layers.bends.append(bends)
    if back:
        layers.ties.append((arc.target, bends[-1]))
        if arc.tap is None:
            layers.ties.append((arc.source, bends[0]))
    elif arc.upright and arc.tap is None:
        layers.ties.append((arc.source, arc.target))


def _stack_taps(layers: Layers, problem: RankProblem, cell: int, arcs: Sequence[int]) -> None:
    """Put the first bends of a cell's boundary arcs below it, the rightmost event's on top.

    So no arc crosses the way down of another one from the same cell. Arcs that go back have
    the lowest bends, the leftmost event's on top, for the same reason.
    """

    def depth(index: int) -> tuple[bool, int]:
        tap = problem.arcs[index].tap or 0
        return layers.back[index], tap if layers.back[index] else -tap

    taps = [index for index in arcs if problem.arcs[index].tap is not None]
    if taps:
        layers.stacks[cell] = [
            problem.arcs[index].target if problem.arcs[index].upright else layers.bends[index][0]
            for index in sorted(taps, key=depth)
        ]


def _offsets(problem: RankProblem) -> dict[int, int]:
    """Find how far from the middle of their column cells stand that upright arcs connect."""
    near: dict[int, list[tuple[int, int]]] = {}
    for arc in problem.arcs:
        if arc.upright:
            near.setdefault(arc.source, []).append((arc.target, arc.tap or 0))
            near.setdefault(arc.target, []).append((arc.source, -(arc.tap or 0)))
    below = {arc.target for arc in problem.arcs if arc.upright and arc.tap is not None}
    offsets: dict[int, int] = {}
    for first in sorted(near, key=below.__contains__):
        todo = [(first, 0)] if first not in offsets else []
        while todo:
            cell, offset = todo.pop()
            offsets[cell] = offset
            todo += [(one, offset + step) for one, step in near[cell] if one not in offsets]
    return offsets
