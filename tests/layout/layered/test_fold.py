from __future__ import annotations

from itertools import pairwise

import pytest

from bpmn_xml.layout.layered.fold import join_bands, split_into_bands
from bpmn_xml.layout.layered.place import place
from bpmn_xml.layout.layered.ranks import rank_cells
from tests.layout.layered.test_cuts import chain

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
