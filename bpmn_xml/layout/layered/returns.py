"""What stands on a way back is drawn on the way back: its arcs are placed turned round.

A way back is a chain of cells, each with one arc in and one out, from where the flow branches to
where it has been before. Drawn onwards it would run right, and then all the way back to the left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from bpmn_xml.layout.layered.ports import Docking
from bpmn_xml.layout.layered.problem import RankProblem
from bpmn_xml.layout.layered.ranks import Ranking, arcs_leaving


def with_returns(problem: RankProblem, ranking: Ranking) -> RankProblem | None:
    """Turn the arcs of all ways back round; nothing where there are none."""
    turned = set(_returns(problem, ranking))
    if not turned:
        return None
    arcs = tuple(
        msgspec.structs.replace(arc, source=arc.target, target=arc.source, turned=True)
        if index in turned
        else arc
        for index, arc in enumerate(problem.arcs)
    )
    return msgspec.structs.replace(problem, arcs=arcs)


def _returns(problem: RankProblem, ranking: Ranking) -> Iterator[int]:
    """List the arcs of ways back, from the back arc of each to where it branches off."""
    leaving = arcs_leaving(problem)
    entering: list[list[int]] = [[] for _ in problem.cells]
    for index, arc in enumerate(problem.arcs):
        entering[arc.target].append(index)
    for index, arc in enumerate(problem.arcs):
        chain, cell = [index], arc.source
        while ranking.back[index] and len(leaving[cell]) == len(entering[cell]) == 1:
            chain.append(entering[cell][0])
            cell = problem.arcs[chain[-1]].source
            if cell == arc.target:
                break
        tapped = any(problem.arcs[one].tap is not None for one in chain)
        if len(chain) > 1 and cell != arc.target and not tapped:
            yield from chain


def is_readable(problem: RankProblem, dockings: Sequence[Docking]) -> bool:
    """Tell whether no turned arc ends where others begin, and nothing stands in the way.

    Where others begin, a turned arc ends above or below a cell.
    """
    ends = [(problem.arcs[index], docking) for index, docking in enumerate(dockings)]
    begun = {arc.source for arc, _ in ends if not arc.turned}
    ended = {arc.target for arc, _ in ends if not arc.turned}
    return all(docking.free for docking in dockings) and not any(
        (docking.leaves == "right" and arc.source in begun)
        or (docking.enters == "left" and arc.target in ended)
        for arc, docking in ends
        if arc.turned
    )
