from __future__ import annotations

import pytest

from bpmn_xml.layout.layered.problem import Arc, RankProblem
from bpmn_xml.layout.layered.ranks import arcs_leaving, rank_cells
from tests.costs import calls
from tests.layout.layered.build import box, problem


@pytest.mark.parametrize(
    ("arcs", "ranks", "back"),
    [
        ("ab bc", (0, 1, 2), ""),
        ("ab ac bd cd", (0, 1, 1, 2), ""),
        ("ab bd ac cx xd", (0, 1, 1, 3, 2), ""),  # the longest way counts
        ("ab bc cb", (0, 1, 2), "cb"),
        ("aa ab", (0, 1), "aa"),
        ("ab ba", (0, 1), "ba"),
        ("ab bc cd xd", (0, 1, 2, 3, 2), ""),  # a late entrance stands near what it enters
        ("ab bc cd xy yd", (0, 1, 2, 3, 1, 2), ""),
        ("ab cd", (0, 1, 0, 1), ""),
    ],
)
def test_ranks_and_back_arcs(arcs, ranks, back):
    of = problem(arcs)
    ranking = rank_cells(of)
    assert ranking.ranks == ranks
    pairs = arcs.split()
    assert [pair for pair, is_back in zip(pairs, ranking.back, strict=True) if is_back] == (
        back.split()
    )


def test_reading_begins_at_the_roots():
    of = problem("ab bc ca", roots=(1,))
    assert rank_cells(of).ranks == (2, 0, 1)


def test_cells_may_stand_behind_all_others():
    cells = (box(), box(behind=2), box(behind=1), box())
    of = RankProblem(cells=cells, arcs=problem("ab").arcs[:0])
    assert rank_cells(of).ranks == (0, 2, 1, 0)


def test_nothing_has_no_ranks():
    assert rank_cells(RankProblem(cells=(), arcs=())).ranks == ()


def test_arcs_leaving():
    assert arcs_leaving(problem("ab ac ba")) == [[0, 1], [2], []]


def test_a_long_chain_needs_no_recursion():
    count = 5000
    arcs = tuple(Arc(source=number, target=number + 1) for number in range(count - 1))
    of = RankProblem(cells=(box(),) * count, arcs=arcs)
    assert rank_cells(of).ranks == tuple(range(count))


def test_very_many_arcs_between_two_cells_cost_in_proportion():
    """It is six calls for each arc; the limit is half as much again."""
    arcs = (Arc(source=0, target=1),) * 20_000
    of = RankProblem(cells=(box(), box()), arcs=arcs)
    assert rank_cells(of).ranks == (0, 1)
    assert calls(lambda: rank_cells(of)) < 9 * len(arcs)
