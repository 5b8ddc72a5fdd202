"""Give every cell a rank, its column, so that arcs point to the right wherever that is possible.

Arcs that close a cycle are marked as back arcs and do not count; all others lead to a higher rank.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from bpmn_xml.layout.layered.problem import RankProblem


class Ranking(msgspec.Struct, frozen=True):
    """The rank of every cell (from 0, none is empty) and whether an arc is a back arc."""

    ranks: tuple[int, ...]
    back: tuple[bool, ...]


def rank_cells(problem: RankProblem) -> Ranking:
    """Find back arcs depth first from the roots, then rank by the longest path.

    What no root leads to is moved right, next to what it leads to. An upright arc may end in the
    column in which it begins. Cells that ask for it stand behind all others.
    """
    leaving = arcs_leaving(problem)
    roots = _all_roots(problem)
    back, finished = _depth_first(problem, leaving, roots)
    forward = [[problem.arcs[a] for a in arcs if not back[a]] for arcs in leaving]
    ranks = [0] * len(problem.cells)
    for cell in reversed(finished):
        for arc in forward[cell]:
            ranks[arc.target] = max(ranks[arc.target], ranks[cell] + (not arc.upright))
    targets = [[arc.target for arc in arcs] for arcs in forward]
    anchored = _reachable(targets, _first_roots(problem, roots))
    for cell in finished:
        if cell not in anchored and forward[cell]:
            nearest = min(ranks[arc.target] - (not arc.upright) for arc in forward[cell])
            ranks[cell] = max(ranks[cell], nearest)
    last = max(ranks, default=0)
    for index, lonely in enumerate(problem.cells):
        if lonely.behind:
            ranks[index] = last + lonely.behind
    return Ranking(tuple(_without_gaps(ranks)), tuple(back))


def arcs_leaving(problem: RankProblem) -> list[list[int]]:
    """List the arcs that leave each cell, by index, in the order of the problem."""
    leaving: list[list[int]] = [[] for _ in problem.cells]
    for index, arc in enumerate(problem.arcs):
        leaving[arc.source].append(index)
    return leaving


def _all_roots(problem: RankProblem) -> list[int]:
    """Order the cells to begin with: the roots, then what nothing leads to, then the others."""
    entered = {arc.target for arc in problem.arcs if arc.target != arc.source}
    sources = [cell for cell in range(len(problem.cells)) if cell not in entered]
    return [*problem.roots, *sources, *range(len(problem.cells))]


def _depth_first(
    problem: RankProblem, leaving: Sequence[Sequence[int]], roots: Iterable[int]
) -> tuple[list[bool], list[int]]:
    """Mark the arcs that lead back to a cell still open; list the cells as they are finished."""
    back = [False] * len(problem.arcs)
    finished: list[int] = []
    is_open: dict[int, bool] = {}
    for root in roots:
        if root in is_open:
            continue
        is_open[root] = True
        stack: list[tuple[int, Iterator[int]]] = [(root, iter(leaving[root]))]
        while stack:
            arc = next(stack[-1][1], None)
            if arc is None:
                finished.append(stack.pop()[0])
                is_open[finished[-1]] = False
                continue
            target = problem.arcs[arc].target
            back[arc] = is_open.get(target, False)
            if target not in is_open:
                is_open[target] = True
                stack.append((target, iter(leaving[target])))
    return back, finished


def _first_roots(problem: RankProblem, roots: Sequence[int]) -> list[int]:
    """Pick one root, the first, of every connected part."""
    near: list[list[int]] = [[] for _ in problem.cells]
    for arc in problem.arcs:
        near[arc.source].append(arc.target)
        near[arc.target].append(arc.source)
    seen: set[int] = set()
    first = []
    for root in roots:
        if root not in seen:
            first.append(root)
            seen |= _reachable(near, [root])
    return first


def _reachable(targets: Sequence[Sequence[int]], roots: Iterable[int]) -> set[int]:
    """Collect the roots and all that they lead to."""
    todo = list(roots)
    seen = set(todo)
    while todo:
        fresh = {*targets[todo.pop()]} - seen
        seen |= fresh
        todo.extend(fresh)
    return seen


def _without_gaps(ranks: Sequence[int]) -> list[int]:
    """Renumber the ranks so that none is empty."""
    number = {rank: position for position, rank in enumerate(sorted(set(ranks)))}
    return [number[rank] for rank in ranks]
