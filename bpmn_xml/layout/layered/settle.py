"""Find positions on a line that keep given distances and come close to wished ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from graphlib import TopologicalSorter
from math import inf
from typing import NamedTuple


class Distance(NamedTuple):
    """The later position is at least `least` greater than the earlier one."""

    earlier: int
    later: int
    least: float


def in_sequence(count: int, distances: Iterable[Distance]) -> list[Distance]:
    """Sort distances so that each comes after all that lead to its earlier position.

    Of several between the same two positions only the greatest is kept.
    """
    greatest: dict[tuple[int, int], float] = {}
    for earlier, later, least in distances:
        pair = earlier, later
        greatest[pair] = max(least, greatest.get(pair, least))
    sorter: TopologicalSorter[int] = TopologicalSorter(dict.fromkeys(range(count), ()))
    for earlier, later in greatest:
        sorter.add(later, earlier)
    turn = {index: position for position, index in enumerate(sorter.static_order())}
    pairs = sorted(greatest, key=lambda pair: turn[pair[0]])
    return [Distance(earlier, later, greatest[earlier, later]) for earlier, later in pairs]


def settle(wishes: Sequence[float], distances: Sequence[Distance]) -> list[float]:
    """Move wishes apart just enough; distances come from `in_sequence`.

    Whoever is too close moves half up, half down: pushing everything down obeys all distances,
    so does pushing everything up, and so does the mean of the two.

    >>> settle([0, 0, 5], [Distance(0, 1, 10), Distance(1, 2, 2)])
    [-5.0, 5.0, 8.5]
    """
    down = list(wishes)
    for earlier, later, least in distances:
        down[later] = max(down[later], down[earlier] + least)
    up = list(wishes)
    for earlier, later, least in reversed(distances):
        up[earlier] = min(up[earlier], up[later] - least)
    return [(low + high) / 2 for low, high in zip(up, down, strict=True)]


def polish(
    positions: list[float],
    pulls: Sequence[Sequence[int]],
    distances: Sequence[Distance],
    *,
    rounds: int,
) -> None:
    """Move each position towards the median of those that pull it, as far as there is room.

    What has no pull stays. Each round begins at the other end, so that rows of positions that
    touch each other can move.
    """
    before: list[list[tuple[int, float]]] = [[] for _ in positions]
    after: list[list[tuple[int, float]]] = [[] for _ in positions]
    for earlier, later, least in distances:
        before[later].append((earlier, least))
        after[earlier].append((later, least))
    pulled = [index for index, others in enumerate(pulls) if others]
    for turn in range(rounds):
        before_turn = [*positions]
        pulled.sort(key=positions.__getitem__, reverse=turn % 2 == 0)
        for index in pulled:
            low = max((positions[other] + least for other, least in before[index]), default=-inf)
            high = min((positions[other] - least for other, least in after[index]), default=inf)
            others = sorted(positions[other] for other in pulls[index])
            wish = max(
                others[(len(others) - 1) // 2], min(positions[index], others[len(others) // 2])
            )
            positions[index] = max(low, min(wish, high))
        if positions == before_turn:
            break


def settle_down(wishes: Sequence[float], distances: Sequence[Distance]) -> list[int]:
    """Round the wishes and only push down whatever is then too close."""
    positions = [round(wish) for wish in wishes]
    for earlier, later, least in distances:
        positions[later] = max(positions[later], positions[earlier] + round(least))
    return positions
