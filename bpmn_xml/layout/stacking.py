"""In which orders pools may stand below each other, and how tangled a drawing has become.

Which order is best shows when all is drawn; here is said which ones are worth to be tried.

>>> units = {"shop": 100, "bank": 100, "client": 100}
>>> ways = [Way("shop", 50, "client", 50), Way("client", 50, "bank", 50)]
>>> orders(units, ways, 1)
[['shop', 'bank', 'client'], ['shop', 'client', 'bank']]
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, permutations
from typing import Final, NamedTuple

from bpmn_xml.layout.geometry import Spot

MOST: Final = 6
"""So many pools are tried in every order; of more the file's order stays."""

_PASSING: Final = 400
"""What it costs a message flow to pass a pool, in px of a longer way."""


class Way(NamedTuple):
    """A message flow: the pools that it connects, and how far below their tops its ends are."""

    source: str
    source_depth: int
    target: str
    target_depth: int


def orders(heights: Mapping[str, int], ways: Sequence[Way], most: int = 3) -> list[list[str]]:
    """List orders of pools, from the top: the file's, then the most promising ones.

    Args:
        heights: how high each pool is, in the file's order.
        ways: the message flows between them.
        most: how many beside the file's.
    """
    between = [way for way in ways if way.source != way.target]
    if not between or len(heights) > MOST:
        return [list(heights)]
    every = [list(order) for order in permutations(heights)]
    others = sorted(every[1:], key=lambda order: _cost(order, heights, between))
    return [every[0], *others[:most]]


def tangle(routes: Iterable[Sequence[Spot]]) -> tuple[int, int]:
    """Count how often routes cross, and how often they bend.

    >>> tangle([[(0, 5), (10, 5)], [(5, 0), (5, 10), (20, 10)]])
    (1, 1)
    """
    known = [*routes]
    level, upright = [], []
    for number, route in enumerate(known):
        for (x1, y1), (x2, y2) in pairwise(route):
            if y1 == y2:
                level.append((y1, min(x1, x2), max(x1, x2), number))
            else:
                upright.append((x1, min(y1, y2), max(y1, y2), number))
    upright.sort()
    xs = [x for x, *_ in upright]
    crossings = sum(
        top < y < bottom and one != other
        for y, left, right, one in level
        for _, top, bottom, other in upright[bisect_right(xs, left) : bisect_left(xs, right)]
    )
    return crossings, sum(max(0, len(route) - 2) for route in known)


def _cost(order: Sequence[str], heights: Mapping[str, int], ways: Sequence[Way]) -> int:
    """Add up how far message flows go within their pools, and what they pass."""
    rank = {pool: number for number, pool in enumerate(order)}
    total = 0
    for way in ways:
        down = rank[way.source] < rank[way.target]
        leaving = heights[way.source] - way.source_depth if down else way.source_depth
        entering = way.target_depth if down else heights[way.target] - way.target_depth
        passed = abs(rank[way.source] - rank[way.target]) - 1
        total += leaving + entering + _PASSING * passed
    return total
