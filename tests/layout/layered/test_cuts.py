from __future__ import annotations

from itertools import pairwise

import pytest

from bpmn_xml.layout.layered.cuts import MOST_RANKS, choose_cuts
from bpmn_xml.layout.layered.problem import Arc, RankProblem
from bpmn_xml.layout.layered.ranks import rank_cells
from tests.layout.layered.build import box


def chain(count, *more, **fields):
    arcs = [(n, n + 1) for n in range(count - 1)]
    made = tuple(Arc(source=a, target=b) for a, b in (*arcs, *more))
    return RankProblem(**{"cells": (box(),) * count, "arcs": made} | fields)


def cuts_of(of):
    return choose_cuts(of, rank_cells(of))


@pytest.mark.parametrize(
    "of", [chain(1), chain(MOST_RANKS), chain(MOST_RANKS + 1, lane_heights=(80, 80))]
)
def test_what_is_short_or_has_lanes_is_not_cut(of):
    assert cuts_of(of) == []


def test_bands_are_about_equally_long():
    cuts = [0, *cuts_of(chain(1000)), 1000]
    lengths = [after - before for before, after in pairwise(cuts)]
    assert len(lengths) > 10
    assert max(lengths) <= 2 * min(lengths)


def test_cuts_are_where_few_arcs_pass():
    plain = cuts_of(chain(400))
    busy = plain[0]
    moved = cuts_of(chain(400, (busy - 2, busy + 2), (busy - 3, busy + 1)))
    assert moved[0] != busy
