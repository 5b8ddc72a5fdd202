"""Put the slots of every column in an order in which few links cross.

Lanes are never mixed, and the bends below a boundary event stay directly below their host. Of
orders equally good the one nearest to the order of reading wins, so the result is stable.
"""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpmn_xml.layout.layered.layers import Layers

_SWEEPS: Final = 24
_WORK: Final = 150_000

Item = tuple[int, ...]
"""A slot with the bends stacked below it: what is moved as one."""


class _Board(msgspec.Struct):
    """Items by column, the place of every slot in its column, and its neighbours."""

    columns: list[list[Item]]
    places: list[int]
    left: list[list[int]]
    right: list[list[int]]
    tied: list[list[int]]
    lanes: list[int]

    def number(self, rank: int) -> None:
        """Write down the places of a column's slots."""
        place = 0
        for item in self.columns[rank]:
            for slot in item:
                self.places[slot] = place
                place += 1


def order_columns(layers: Layers, reading: Sequence[int]) -> list[list[int]]:
    """Order the slots of each column from top to bottom; `reading` is the order to begin with."""
    best, fewest = _columns(_first_board(layers, reading)), -1
    sweeps = max(4, min(_SWEEPS, _WORK // (len(layers.links) + 1)))
    for rightwards_first in (False, True):
        board = _first_board(layers, reading)
        if fewest < 0:
            fewest = _crossings(board)
        for sweep in range(sweeps):
            if not fewest:
                break
            _sweep(board, rightwards=(sweep % 2 == 0) == rightwards_first)
            _transpose(board)
            crossings = _crossings(board)
            if crossings < fewest:
                best, fewest = _columns(board), crossings
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
    lanes = [slot.lane for slot in layers.slots]
    board = _Board([[] for _ in range(layers.rank_count)], [0] * count, left, right, tied, lanes)
    stacked = {slot for stack in layers.stacks.values() for slot in stack}
    for slot in reading:
        if slot not in stacked:
            item = (slot, *layers.stacks.get(slot, ()))
            board.columns[layers.slots[slot].rank].append(item)
    for rank, column in enumerate(board.columns):
        column.sort(key=lambda item: lanes[item[0]])
        board.number(rank)
    return board


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


def _transpose(board: _Board) -> None:
    """Swap neighbours in a column as long as that saves crossings."""
    for rank, column in enumerate(board.columns):
        changed = False
        for upper in range(len(column) - 1):
            one, other = column[upper], column[upper + 1]
            if board.lanes[one[0]] == board.lanes[other[0]] and _gain(board, one, other) > 0:
                column[upper], column[upper + 1] = other, one
                changed = True
        if changed:
            board.number(rank)


def _gain(board: _Board, upper: Item, lower: Item) -> int:
    """Count the crossings saved by swapping two neighbours."""
    gain = _pull(board, upper, lower) - _pull(board, lower, upper)
    for near in (board.left, board.right):
        above = sorted(board.places[other] for slot in upper for other in near[slot])
        below = sorted(board.places[other] for slot in lower for other in near[slot])
        gain += _inversions(above, below) - _inversions(below, above)
    return gain


def _pull(board: _Board, moving: Item, passed: Item) -> int:
    """Weigh how much the ties of an item want it below (else above) the item it passes."""
    here = board.places[moving[0]]
    return len(passed) * sum(
        (board.places[other] > here) - (board.places[other] < here)
        for slot in moving
        for other in board.tied[slot]
        if other not in moving and other not in passed
    )


def _inversions(above: Sequence[int], below: Sequence[int]) -> int:
    """Count the pairs of which the upper one ends below the lower one."""
    return sum(len(above) - bisect_right(above, place) for place in below)


def _crossings(board: _Board) -> int:
    """Count the pairs of links that cross, and the slots that ties pass."""
    total = sum(
        abs(board.places[one] - board.places[other])
        for one, others in enumerate(board.tied)
        for other in others
        if one < other
    )
    for column in board.columns:
        ends: list[int] = []
        for item in column:
            for slot in item:
                places = sorted(board.places[other] for other in board.right[slot])
                total += sum(len(ends) - bisect_right(ends, place) for place in places)
                for place in places:
                    insort(ends, place)
    return total
