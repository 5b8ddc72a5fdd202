from __future__ import annotations

from itertools import pairwise

import pytest

from bpmn_xml.layout.layered.fold import MOST_RANKS, choose_cuts, join_bands, split_into_bands
from bpmn_xml.layout.layered.place import place
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


LONG = chain(400, (10, 300), (350, 20), (30, 33), (60, 55))


def test_every_cell_and_arc_is_in_one_band_or_between_two():
    ranking = rank_cells(LONG)
    bands = split_into_bands(LONG, ranking, [100, 250])
    assert [len(band.cells) for band in bands] == [100, 150, 150]
    assert sorted(cell for band in bands for cell in band.cells) == list(range(400))
    entering = sorted(arc for band in bands for arc in band.entering)
    leaving = sorted(arc for band in bands for arc in band.leaving)
    inner = [arc for band in bands for arc in band.inner]
    assert entering == leaving == [99, 249, 399, 400]
    assert sorted(inner + leaving) == list(range(len(LONG.arcs)))


def test_a_long_chain_is_folded():
    placement = place(LONG)
    height = placement.borders[-1]
    assert placement.bands > 5
    assert placement.width < 10_000
    assert height < placement.width


def test_routes_are_right_angled_and_whole():
    placement = place(LONG)
    for arc, route in zip(LONG.arcs, placement.routes, strict=True):
        for (x1, y1), (x2, y2) in pairwise(route):
            assert (x1 == x2) != (y1 == y2)
        for cell, (x, y) in ((arc.source, route[0]), (arc.target, route[-1])):
            centre = placement.centres[cell]
            assert max(abs(x - centre[0]) / 50, abs(y - centre[1]) / 40) == pytest.approx(1)


def test_everything_is_inside():
    placement = place(LONG)
    spots = [*placement.centres, *(spot for route in placement.routes for spot in route)]
    assert min(x for x, _ in spots) >= 0
    assert max(x for x, _ in spots) <= placement.width
    assert max(y for _, y in spots) <= placement.borders[-1]


def test_one_band_alone_has_no_margins():
    ranking = rank_cells(chain(3))
    (band,) = split_into_bands(chain(3), ranking, [])
    inner = place(band.problem)
    assert join_bands(chain(3), [band], [inner]).width == inner.width + 40
