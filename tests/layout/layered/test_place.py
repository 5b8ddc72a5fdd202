from __future__ import annotations

from random import Random

import pytest

from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.layered import place as module
from bpmn_xml.layout.layered.place import MANNERS, USUAL, place
from bpmn_xml.layout.layered.problem import Arc, RankProblem
from bpmn_xml.layout.stacking import tangle
from tests.layout.layered.build import box, circle, diamond, problem


def random_problem(seed, count=20, lanes=1):
    random = Random(seed)
    kinds = (box, box, circle, diamond)
    cells = tuple(random.choice(kinds)(lane=random.randrange(lanes)) for _ in range(count))
    arcs = tuple(
        Arc(source=random.randrange(count), target=random.randrange(count))
        for _ in range(random.randrange(2 * count))
    )
    return RankProblem(cells=cells, arcs=arcs, lane_heights=(80,) * lanes)


@pytest.mark.parametrize("seed", range(20))
def test_cells_do_not_overlap(seed):
    of = random_problem(seed, lanes=1 + seed % 3)
    areas = [
        Area(x - cell.width // 2, y - cell.height // 2, cell.width, cell.height)
        for cell, (x, y) in zip(of.cells, place(of).centres, strict=True)
    ]
    assert not any(one.overlaps(other) for i, one in enumerate(areas) for other in areas[:i])


def test_nothing():
    placement = place(RankProblem(cells=(), arcs=()))
    assert (placement.centres, placement.routes, placement.width) == ([], [], 0)


def test_an_empty_lane_keeps_its_height():
    placement = place(problem("ab", lanes="00", lane_heights=(80, 90)))
    assert placement.borders[2] - placement.borders[1] == 90


def test_the_result_is_the_same_every_time():
    assert place(random_problem(3)) == place(random_problem(3))


def test_the_least_tangled_of_several_manners_is_kept():
    found = [random_problem(seed, count=10) for seed in range(10)]
    usual, tried = (
        [tangle(place(one, manners=manners).routes) for one in found]
        for manners in ((USUAL,), MANNERS)
    )
    assert all(mine <= plain for mine, plain in zip(tried, usual, strict=True))
    assert tried != usual


@pytest.mark.parametrize(("arcs", "taps", "times"), [("ab bc", "", 1), ("ab ac", "ac", 4)])
def test_what_comes_out_alike_is_drawn_once(monkeypatch, arcs, taps, times):
    """All four manners come to one: plain and upright, each in haste and with care."""
    drawn = []
    usual = module.place_rows
    monkeypatch.setattr(module, "place_rows", lambda *what: drawn.append(what) or usual(*what))
    place(problem(arcs, taps=taps), manners=MANNERS)
    assert len(drawn) == times


def test_a_problem_without_a_tangle_is_placed_in_the_first_manner_alone():
    of = problem("ab bc cd")
    assert place(of, manners=MANNERS) == place(of)
