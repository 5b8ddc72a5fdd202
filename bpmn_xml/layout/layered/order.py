"""Put the slots of every column in an order in which few links cross.

Lanes are never mixed, and what is below a boundary event stays directly below its host. Of
orders equally good the one nearest to the order of reading wins, so the result is stable.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

import msgspec

from bpmn_xml.layout.layered.layers import Layers

_SWEEPS: Final = 24
_SWEEP_WORK: Final = 60_000
_PASSES: Final = 6

STARTS: Final = 2
"""So often the order of reading is begun with."""

MOST_WORK: Final = 600_000
"""Slots and neighbours that are looked at, for a whole drawing; usual ones need 10,000."""

Item = tuple[int, ...]
"""A slot with the slots stacked below it: what is moved as one."""


class _Board(msgspec.Struct):
    """Items by column, the place of every slot in its column, and its neighbours.

    Behind the slots come the ends of the columns, to which what is pulled is tied: the upper end of
    all, and the lower one of each. `work` counts the slots and neighbours that were looked at.
    """

    columns: list[list[Item]]
    places: list[int]
    left: list[list[int]]
    right: list[list[int]]
    tied: list[list[int]]
    lanes: list[int]
    work: int = 0

    def number(self, rank: int) -> None:
        """Write down the places of a column's slots."""
        place = 0
        for item in self.columns[rank]:
            for slot in item:
                self.places[slot] = place
                place += 1
        self.places[rank - len(self.columns)] = place


def order_columns(
    layers: Layers, reading: Sequence[int], starts: int = STARTS, work: int = MOST_WORK
) -> list[list[int]]:
    """Order the slots of each column from top to bottom; `reading` is the order to begin with.

    It is begun with twice, from the left and from the right, or only once as `starts` says, as far
    as there is `work` left, which counts what is looked at.
    """
    best, fewest = _columns(_first_board(layers, reading)), -1
    sweeps = max(4, min(_SWEEPS, _SWEEP_WORK // (len(layers.links) + 1)))
    seen: set[tuple[bool, bool, tuple[int, ...]]] = set()
    for start in range(starts):
        board = _first_board(layers, reading)
        if not start:
            fewest = _crossings(board)
        for sweep in range(sweeps):
            rightwards, eager = (sweep + start) % 2 == 1, sweep % 4 >= 2
            state = rightwards, eager, tuple(board.places)
            if not fewest or board.work > work or state in seen:
                break
            seen.add(state)
            _sweep(board, rightwards=rightwards)
            _transpose(board, eager=eager)
            crossings = _crossings(board)
            if crossings < fewest:
                best, fewest = _columns(board), crossings
        work -= board.work
    return best


def _columns(board: _Board) -> list[list[int]]:
    """Copy the order of a board."""
    return [[slot for item in column for slot in item] for column in board.columns]


def _first_board(layers: Layers, reading: Sequence[int]) -> _Board:
    count = len(layers.slots)
    left: list[list[int]] = [[] for _ in range(count)]
    right: list[list[int]] = [[] for _ in range(count)]
    tied: list[list[int]] = [[] for _ in range(count)]
    for one, other in layers.links:
        right[one].append(other)
        left[other].append(one)
    for one, other in layers.ties:
        tied[one].append(other)
        tied[other].append(one)
    for slot, pull in layers.pulled.items():
        end = count if pull < 0 else count + 1 + layers.slots[slot].rank
        tied[slot] += [end] * abs(pull)
    lanes = [slot.lane for slot in layers.slots]
    places = [0] * count + [-1] + [0] * layers.rank_count
    board = _Board([[] for _ in range(layers.rank_count)], places, left, right, tied, lanes)
    stacked = {slot for stack in layers.stacks.values() for slot in stack}
    for slot in reading:
        if slot not in stacked:
            item = tuple(_stacked(layers, slot))
            board.columns[layers.slots[slot].rank].append(item)
    for rank, column in enumerate(board.columns):
        column.sort(key=lambda item: lanes[item[0]])
        board.number(rank)
    return board


def _stacked(layers: Layers, slot: int) -> Iterator[int]:
    """List a slot and all that is stacked below it, and below that."""
    todo = [slot]
    while todo:
        slot = todo.pop()
        yield slot
        todo.extend(reversed(layers.stacks.get(slot, ())))


def _sweep(board: _Board, *, rightwards: bool) -> None:
    """Sort each column by the mean place of its neighbours in the column before."""
    ranks = range(len(board.columns))
    for rank in ranks if rightwards else reversed(ranks):
        before = board.left if rightwards else board.right
        column = board.columns[rank]
        keys = {item: _mean_place(board, item, before) for item in column}
        column.sort(key=lambda item: (board.lanes[item[0]], keys[item]))
        board.number(rank)


def _mean_place(board: _Board, item: Item, before: Sequence[Sequence[int]]) -> float:
    """Average the places of an item's neighbours, and of its ties; without any it stays."""
    near = [board.places[other] for slot in item for other in before[slot]]
    near += [board.places[other] for slot in item for other in board.tied[slot]]
    return sum(near) / len(near) if near else board.places[item[0]]


def _transpose(board: _Board, *, eager: bool) -> None:
    """Swap neighbours in a column as long as that saves crossings; if eager, also for nothing."""
    changed = set(range(len(board.columns)))
    for _ in range(_PASSES):
        todo, changed = sorted(changed), set()
        for rank in todo:
            if _transpose_column(board, rank, eager=eager):
                changed |= {rank - 1, rank, rank + 1} & set(range(len(board.columns)))
        eager = False
        if not changed:
            break


def _transpose_column(board: _Board, rank: int, *, eager: bool) -> bool:
    """Swap neighbours in one column, from top to bottom; tell whether that saved crossings."""
    column = board.columns[rank]
    ends = {item: _ends(board, item) for item in column}
    saved = False
    for upper in range(len(column) - 1):
        one, other = column[upper], column[upper + 1]
        if board.lanes[one[0]] != board.lanes[other[0]]:
            continue
        gain = _gain(ends[one][0], ends[other][0]) + _gain(ends[one][1], ends[other][1])
        if ends[one][2] or ends[other][2]:
            gain += _pull(board, one, other) - _pull(board, other, one)
        if gain > 0 or (eager and gain == 0):
            column[upper], column[upper + 1] = other, one
            saved = saved or gain > 0
            _renumber(board, other, one)
    return saved


def _ends(board: _Board, item: Item) -> tuple[list[int], list[int], bool]:
    """List the places of an item's neighbours to the left and right, and whether it has ties."""
    places, left, right = board.places, [], []
    is_tied = False
    for slot in item:
        left += [places[other] for other in board.left[slot]]
        right += [places[other] for other in board.right[slot]]
        is_tied = is_tied or bool(board.tied[slot])
    left.sort()
    right.sort()
    board.work += 1 + len(left) + len(right)
    return left, right, is_tied


def _renumber(board: _Board, upper: Item, lower: Item) -> None:
    """Write down the places of two items that have been swapped."""
    first = board.places[lower[0]]
    for place, slot in enumerate((*upper, *lower), first):
        board.places[slot] = place


def _pull(board: _Board, moving: Item, passed: Item) -> int:
    """Weigh how much the ties of an item want it below (else above) the item it passes."""
    here = board.places[moving[0]]
    return len(passed) * sum(
        (board.places[other] > here) - (board.places[other] < here)
        for slot in moving
        for other in board.tied[slot]
        if other not in moving and other not in passed
    )


def _gain(above: Sequence[int], below: Sequence[int]) -> int:
    """Count the crossings that a swap saves on one side, less those that it makes."""
    if not above or not below or (above[-1] <= below[0] and above[0] == below[-1]):
        return 0
    if above[0] > below[-1]:
        return len(above) * len(below)
    if above[-1] < below[0]:
        return -len(above) * len(below)
    return sum(len(above) - bisect_right(above, one) - bisect_left(above, one) for one in below)


def _crossings(board: _Board) -> int:
    """Count the pairs of links that cross, and the slots that ties pass."""
    total = sum(
        abs(board.places[one] - board.places[other]) - 1
        for one, others in enumerate(board.tied)
        for other in others
        if one < other
    )
    for column in board.columns:
        ends: list[int] = []
        for slot in chain.from_iterable(column):
            places = sorted(board.places[other] for other in board.right[slot])
            total += sum(len(ends) - bisect_right(ends, place) for place in places)
            for place in places:
                insort(ends, place)
    return total
