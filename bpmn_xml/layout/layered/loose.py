"""Take the longest arcs out of what is too tangled to be read: they are drawn straight across.

An arc takes a slot in every column that it passes. Of a few hundred gateways that are wired at
random these are millions, which nobody can follow and which would take minutes to order.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

import msgspec

from bpmn_xml.layout.geometry import Spot
from bpmn_xml.layout.layered.fold import MOST_RANKS
from bpmn_xml.layout.layered.problem import RankProblem
from bpmn_xml.layout.layered.ranks import Ranking
from bpmn_xml.layout.layered.routes import TAP_RADIUS, Placement

MOST_BENDS: Final = 8_000
"""Slots that the arcs of a whole drawing may take; usual ones take less than 500."""

_LEAST: Final = 200
"""So many slots every connected part may take, however small its share of the drawing is."""


def longest_arcs(problem: RankProblem, ranking: Ranking, share: float) -> frozenset[int]:
    """Name the arcs to be taken out: the longest, as far as all take too many slots.

    `share` is that of the problem in the whole drawing, up to 1.
    """
    room, most = max(_LEAST, round(MOST_BENDS * share)), 2 * MOST_RANKS
    slots = [
        min(abs(ranking.ranks[arc.target] - ranking.ranks[arc.source]) + (1 if back else -1), most)
        for arc, back in zip(problem.arcs, ranking.back, strict=True)
    ]
    loose: set[int] = set()
    for index in sorted(range(len(slots)), key=slots.__getitem__):
        room -= slots[index]
        if slots[index] > 0 > room:
            loose.add(index)
    return frozenset(loose)


def without(
    problem: RankProblem, ranking: Ranking, loose: Collection[int]
) -> tuple[RankProblem, Ranking]:
    """Take arcs out of a ranked problem."""
    kept = [index for index in range(len(problem.arcs)) if index not in loose]
    arcs = tuple([problem.arcs[index] for index in kept])
    back = tuple([ranking.back[index] for index in kept])
    return msgspec.structs.replace(problem, arcs=arcs), Ranking(ranking.ranks, back)


def draw_straight(problem: RankProblem, placement: Placement, loose: Collection[int]) -> Placement:
    """Give a placement of the other arcs straight routes of those that were taken out."""
    routes = iter(placement.routes)
    everywhere = [
        _straight(problem, placement.centres, index) if index in loose else next(routes)
        for index in range(len(problem.arcs))
    ]
    return msgspec.structs.replace(placement, routes=everywhere)


def _straight(problem: RankProblem, centres: Sequence[Spot], index: int) -> list[Spot]:
    """Draw an arc from a side, or from a boundary event, to the top or bottom of its target."""
    arc = problem.arcs[index]
    source, target = problem.cells[arc.source], problem.cells[arc.target]
    (x1, y1), (x2, y2) = centres[arc.source], centres[arc.target]
    end = x2, y2 + (-1 if y1 <= y2 else 1) * (target.height // 2)
    if arc.tap is not None:
        return [(x1 + arc.tap, y1 + source.height // 2 + TAP_RADIUS), end]
    return [(x1 + (1 if x1 < x2 else -1) * (source.width // 2), y1), end]
