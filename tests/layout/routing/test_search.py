from __future__ import annotations

from itertools import pairwise

import pytest

from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.routing.docks import docks_of_node
from bpmn_xml.layout.routing.field import line_area, new_field
from bpmn_xml.layout.routing.search import Density, Effort, Ground, build_grid, find_way

WINDOW = Area(-300, -300, 1200, 900)
DENSITY = Density(7, (12, 22))
LEFT, RIGHT = Area(0, 0, 100, 80), Area(400, 0, 100, 80)


def way(*, walls=(), routes=(), names=None, own=frozenset(), haste=1.0, effort=None):
    shapes = [LEFT, RIGHT, *walls]
    field = new_field({}, names or {}, routes)
    starts = list(docks_of_node(LEFT, "box", field.ends, RIGHT, flat=False))
    goals = list(docks_of_node(RIGHT, "box", field.ends, LEFT, flat=False))
    grid = build_grid(WINDOW, shapes, [], (*starts, *goals), DENSITY)
    ground = Ground(field, grid, own, haste)
    return find_way(ground, starts, goals, effort or Effort(99_999, 99_999))


def test_the_straight_way_is_the_cheapest():
    assert way() == [(100, 40), (400, 40)]


@pytest.mark.parametrize("haste", [1.0, 5.0])
def test_ways_lead_around_shapes(haste):
    wall = Area(200, -100, 50, 300)
    found = way(walls=[wall], haste=haste)
    assert len(found) > 2
    for one, other in pairwise(found):
        assert not line_area(one, other).overlaps(wall.grown(6))


def test_lines_are_not_lain_upon():
    found = way(routes=[[(100, 40), (400, 40)]])
    assert found != [(100, 40), (400, 40)]


def test_names_are_avoided_unless_they_give_way():
    names = {"n": Area(200, 35, 60, 14)}
    assert way(names=names) != [(100, 40), (400, 40)]
    assert way(names=names, own=frozenset({"n"})) == [(100, 40), (400, 40)]


def test_no_way():
    ring = [Area(-60, -60, 40, 200), Area(120, -60, 40, 200)]
    ring += [Area(-60, -60, 220, 30), Area(-60, 110, 220, 30)]
    assert way(walls=ring) is None


def test_effort_is_spent_and_limited():
    effort = Effort(99_999, 99_999)
    way(effort=effort)
    assert effort.left < 99_999
    assert way(effort=Effort(1, 99_999)) is None
    assert way(effort=Effort(99_999, 1)) is None


def test_a_large_grid_is_searched_in_haste():
    walls = [Area(110 + 3 * n, 1000 + 40 * n, 1, 1) for n in range(90)]
    walls += [Area(110 + 3 * n, -290 + 3 * n, 1, 1) for n in range(60)]
    assert way(walls=walls)[-1][0] == 400


def test_rows_inside_pools_are_dearer():
    pool = Area(-100, -100, 800, 250)
    grid = build_grid(WINDOW, [LEFT], [pool], (), DENSITY)
    inside = {grid.ys[row] for row in grid.indoors}
    assert inside
    assert all(-100 <= y <= 150 for y in inside)
    assert {-110, 160} <= set(grid.ys) - inside
