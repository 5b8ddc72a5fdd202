from __future__ import annotations

import msgspec
import pytest

from bpmn_xml.layout.layered.place import place
from bpmn_xml.layout.layered.problem import RankProblem
from bpmn_xml.layout.layered.starts import APART
from tests.layout.layered.build import problem

FORKS = [("ab ad cd", 1), ("ac ad bd", 1), ("ac bc bd", 1), ("ab ac bd be", 3)]


def marked(arcs: str) -> RankProblem:
    """A problem in which all arcs wear something at their beginnings."""
    of = problem(arcs)
    arcs_ = tuple(msgspec.structs.replace(arc, marked=True) for arc in of.arcs)
    return msgspec.structs.replace(of, arcs=arcs_)


@pytest.mark.parametrize(("arcs", "apart"), FORKS)
def test_a_marked_arc_that_turns_at_once_begins_apart(arcs: str, apart: int) -> None:
    """It begins on the side to which it turns, and nothing else changes."""
    plain, found = place(problem(arcs)), place(marked(arcs))
    assert found.centres == plain.centres
    for index, (before, after) in enumerate(zip(plain.routes, found.routes, strict=True)):
        if index == apart:
            (x, y), (track, _), (_, end) = before[:3]
            step = APART if end > y else -APART
            assert after == [(x, y + step), (track, y + step), *before[2:]]
        else:
            assert after == before


@pytest.mark.parametrize("arcs", ["ab bc cd", "ag gb gc", "ab ac ad"])
def test_others_stay(arcs: str) -> None:
    """There is one way only, it leaves no box, or each has a side of its own."""
    assert place(problem(arcs)) == place(marked(arcs))
