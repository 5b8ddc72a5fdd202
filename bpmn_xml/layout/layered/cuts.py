"""Choose where to cut a very long drawing: where few arcs pass."""

from __future__ import annotations

from itertools import accumulate
from math import isqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bpmn_xml.layout.layered.problem import RankProblem
    from bpmn_xml.layout.layered.ranks import Ranking

MOST_RANKS: Final = 150
_LEAST_RANKS: Final = 30
_COLUMN: Final = 150
_ROW: Final = 110
_CHANNEL: Final = 60


def choose_cuts(problem: RankProblem, ranking: Ranking) -> list[int]:
    """List the ranks that begin a new band; none if there are few ranks, or lanes."""
    count = max(ranking.ranks, default=0) + 1
    if count <= MOST_RANKS or len(problem.lane_heights) > 1:
        return []
    passing = _passing(problem, ranking, count)
    usual = _usual_length(len(problem.cells), count)
    cuts: list[int] = []
    start = 0
    while count - start > usual * 4 // 3:
        candidates = range(start + usual * 3 // 4, start + usual * 5 // 4)
        start = min(candidates, key=lambda rank: (passing[rank], abs(rank - start - usual)))
        cuts.append(start)
    return cuts


def _usual_length(cells: int, ranks: int) -> int:
    """Find how many ranks make a band so that all bands fill a page of 16 to 10."""
    height = _ROW * cells // ranks + _CHANNEL
    return max(_LEAST_RANKS, isqrt(16 * ranks * height // (10 * _COLUMN)))


def _passing(problem: RankProblem, ranking: Ranking, count: int) -> list[int]:
    """Count for each rank the arcs that come to it or beyond from the ranks before."""
    changes = [0] * (count + 1)
    for arc in problem.arcs:
        low, high = sorted((ranking.ranks[arc.source], ranking.ranks[arc.target]))
        changes[low + 1] += 1
        changes[high + 1] -= 1
    return list(accumulate(changes))
