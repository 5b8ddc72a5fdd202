"""Draw arcs upright, within one column, where that saves corners: this shows only when it is tried.

What is tried leads away from a boundary event, from gateway to gateway, or has two corners at
least; and two arcs that begin or end where such a one does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Final

import msgspec

from bpmn_xml.layout.layered.problem import RankProblem
from bpmn_xml.layout.layered.ranks import Ranking, rank_cells
from bpmn_xml.layout.layered.routes import Placement

_WORK: Final = 400
"""How many arcs are placed in all trials together: 20 trials of 20 arcs, 4 of 100."""


def with_uprights(
    problem: RankProblem,
    place: Callable[[RankProblem, Ranking], Placement],
    tangle: Callable[[Placement], tuple[bool, int, int]],
) -> RankProblem | None:
    """Make one arc, or two, upright after another as long as that leaves less tangled drawings.

    Nothing is returned where it never does.

    Args:
        problem: what is placed.
        place: a way to place it, its columns known.
        tangle: how much there is to say against a drawing.
    """
    best, least = problem, place(problem, rank_cells(problem))
    left, tried = _WORK, {problem}
    trials = _trials(best, least)
    while left > 0 and (trial := next(trials, None)):
        ranking = rank_cells(trial)
        if trial not in tried and _is_sound(trial, ranking):
            tried.add(trial)
            left -= len(problem.arcs)
            found = place(trial, ranking)
            if tangle(found) < tangle(least):
                best, least = trial, found
                trials = _trials(best, least)
    return None if best is problem else best


def _trials(problem: RankProblem, placement: Placement) -> Iterator[RankProblem]:
    """Make single arcs upright that are worth it, then two that begin or end where one does."""
    single = [
        index for index, route in enumerate(placement.routes) if _is_worth(problem, index, route)
    ]
    for index in single:
        yield _with(problem, {index})
    free = [(index, arc) for index, arc in enumerate(problem.arcs) if not arc.upright]
    for index in single:
        arc = problem.arcs[index]
        leaving = [other for other, near in free if near.source == arc.source]
        entering = [other for other, near in free if near.target == arc.target]
        for pair in (*combinations(entering, 2), *combinations(leaving, 2)):
            yield _with(problem, {*pair})


def _with(problem: RankProblem, group: set[int]) -> RankProblem:
    """Make a group of arcs upright."""
    arcs = tuple(
        msgspec.structs.replace(arc, upright=True) if index in group else arc
        for index, arc in enumerate(problem.arcs)
    )
    return msgspec.structs.replace(problem, arcs=arcs)


def _is_sound(problem: RankProblem, ranking: Ranking) -> bool:
    """Tell whether upright arcs stay in one column, and no cell is to stand below two events."""
    upright = [index for index, arc in enumerate(problem.arcs) if arc.upright]
    ends = [(problem.arcs[index].source, problem.arcs[index].target) for index in upright]
    below = [problem.arcs[index].target for index in upright if problem.arcs[index].tap is not None]
    return (
        not any(ranking.back[index] for index in upright)
        and all(ranking.ranks[source] == ranking.ranks[target] for source, target in ends)
        and len(below) == len(set(below))
    )


def _is_worth(problem: RankProblem, index: int, route: list[tuple[int, int]]) -> bool:
    """Tell whether an arc should be tried upright."""
    arc = problem.arcs[index]
    cells = problem.cells[arc.source], problem.cells[arc.target]
    if arc.upright or arc.source == arc.target:
        return False
    if arc.tap is not None:
        return cells[0].lane == cells[1].lane
    return len(route) > 3 or all(cell.contour == "diamond" for cell in cells)
