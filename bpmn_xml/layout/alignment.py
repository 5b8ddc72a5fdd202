"""Stretch processes so that elements that send each other messages stand below each other.

What stands in a process is parted into columns that no shape reaches across. Columns move to the
right and keep their order; what is drawn from one to the next grows longer.

>>> columns = {"shop": [Strip(0, 100), Strip(150, 250)], "bank": [Strip(0, 100)]}
>>> moves(columns, [(Seat("bank", 0, 50), Seat("shop", 1, 200))], 250)
{'shop': [0, 0], 'bank': [150]}
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from bpmn_xml.layout.block import Block
from bpmn_xml.layout.geometry import Area

_ROUNDS: Final = 50
_MOST: Final = 100
"""Of more message flows the first are heard."""


class Strip(NamedTuple):
    """From where to where something stands."""

    start: int
    end: int


class Seat(NamedTuple):
    """Where an element stands: the process, the number of the column, and the place in it."""

    owner: str
    column: int
    x: int


Wish = tuple[Seat | None, Seat | None]
"""What should stand below each other. It means nothing if one of them is nowhere."""

Moves = dict[str, list[int]]
"""How far each column of a process moves to the right."""


def columns_of(block: Block) -> list[Strip]:
    """Part a block into columns that no shape and no name reaches across."""
    columns: list[Strip] = []
    for area in sorted([*block.areas.values(), *block.labels.values()]):
        if columns and area.x <= columns[-1].end:
            columns[-1] = columns[-1]._replace(end=max(columns[-1].end, area.right))
        else:
            columns.append(Strip(area.x, area.right))
    return columns


def moves(columns: Mapping[str, Sequence[Strip]], wishes: Iterable[Wish], most_right: int) -> Moves:
    """Fulfil one wish after the other, from the left, that agrees with those before it.

    Args:
        columns: of each process, from the left.
        wishes: what should stand below each other.
        most_right: how far to the right anything may reach.
    """
    found: Moves = {owner: [0] * len(parts) for owner, parts in columns.items()}
    heard: list[tuple[Seat, Seat]] = []
    pairs = [(one, other) for one, other in wishes if one and other and one.owner != other.owner]
    for pair in sorted(pairs, key=lambda pair: max(seat.x for seat in pair))[:_MOST]:
        tried = _fulfilled(found, [*heard, pair])
        ends = [parts[-1].end + tried[owner][-1] for owner, parts in columns.items() if tried]
        if ends and max(ends) <= most_right:
            found = tried
            heard.append(pair)
    return found


def _fulfilled(before: Moves, pairs: Sequence[tuple[Seat, Seat]]) -> Moves:
    """Move columns on until all pairs stand below each other; nothing if they contradict."""
    found = {owner: [*shifts] for owner, shifts in before.items()}
    for _ in range(_ROUNDS):
        settled = True
        for pair in pairs:
            near, far = sorted(pair, key=lambda seat: seat.x + found[seat.owner][seat.column])
            missing = far.x + found[far.owner][far.column] - near.x
            if found[near.owner][near.column] < missing:
                found[near.owner][near.column] = missing
                found[near.owner] = [*accumulate(found[near.owner], max)]
                settled = False
        if settled:
            return found
    return {}


def stretched(block: Block, columns: Sequence[Strip], shifts: Sequence[int]) -> Block:
    """Move the columns of a block to the right, and what is between two with the left one."""
    more = shifts[-1]
    if not more:
        return block
    starts = [column.start for column in columns]

    def moved(x: int) -> int:
        passed = bisect_right(starts, x)
        return x + (shifts[passed - 1] if passed else 0)

    def placed(areas: Mapping[str, Area]) -> dict[str, Area]:
        return {key: area._replace(x=moved(area.x)) for key, area in areas.items()}

    return Block(
        width=block.width + more,
        height=block.height,
        areas=placed(block.areas),
        labels=placed(block.labels),
        lanes={key: lane._replace(width=lane.width + more) for key, lane in block.lanes.items()},
        routes={key: [(moved(x), y) for x, y in route] for key, route in block.routes.items()},
        bands=block.bands,
    )
