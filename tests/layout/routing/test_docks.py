from __future__ import annotations

import pytest

from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.routing.docks import (
    STUB,
    docks_of_boundary_event,
    docks_of_node,
    docks_of_pool,
    docks_on_route,
    faced,
)

TASK, EVENT = Area(0, 0, 100, 80), Area(0, 0, 36, 36)
ASIDE = Area(500, 500, 0, 0)


def cheapest(docks):
    return {dock.border for dock in docks if dock.price == 0}


def test_docks_of_a_task():
    docks = list(docks_of_node(TASK, "box", set(), ASIDE, flat=False))
    assert len(docks) == 12
    assert cheapest(docks) == {(50, 0), (50, 80), (0, 40), (100, 40)}
    for dock in docks:
        (x1, y1), (x2, y2) = dock.border, dock.stub
        assert abs(x1 - x2) + abs(y1 - y2) == STUB
        assert not TASK.holds(Area(x2, y2, 1, 1))
        assert dock.is_level == (y1 == y2)


@pytest.mark.parametrize("contour", ["circle", "diamond"])
def test_other_shapes_have_four_docks(contour):
    assert len(list(docks_of_node(EVENT, contour, set(), ASIDE, flat=False))) == 4


@pytest.mark.parametrize(
    ("other", "contour", "borders"),
    [
        (Area(70, 200, 100, 80), "box", {(85, 0), (85, 80)}),
        (Area(-60, 200, 100, 80), "box", {(20, 0), (20, 80)}),
        (Area(60, 200, 36, 36), "circle", {(78, 0), (78, 80)}),
        (Area(90, 200, 36, 36), "circle", set()),  # it would meet the round corner
        (Area(300, 20, 100, 100), "box", {(0, 50), (100, 50)}),
        (ASIDE, "box", set()),
    ],
)
def test_a_task_has_docks_that_face_the_other_end(other, contour, borders):
    usual = {dock.border for dock in docks_of_node(TASK, "box", set(), ASIDE, flat=False)}
    found = docks_of_node(TASK, "box", set(), faced(other, contour), flat=False)
    assert {dock.border for dock in found} - usual == borders


def test_both_ends_face_each_other_at_the_same_place():
    other = Area(70, 200, 140, 80)
    mine = docks_of_node(TASK, "box", set(), faced(other, "box"), flat=False)
    theirs = docks_of_node(other, "box", set(), faced(TASK, "box"), flat=False)
    assert (85, 80) in {dock.border for dock in mine}
    assert (85, 200) in {dock.border for dock in theirs}


def test_messages_like_top_and_bottom():
    assert cheapest(docks_of_node(TASK, "box", set(), ASIDE, flat=True)) == {(50, 0), (50, 80)}


def test_used_docks_are_dearer():
    docks = list(docks_of_node(TASK, "box", {(50, 0)}, ASIDE, flat=True))
    assert cheapest(docks) == {(50, 80)}


def test_boundary_events_are_left_downwards():
    docks = list(docks_of_boundary_event(EVENT, set()))
    assert docks[0].border == (18, 36)
    assert all(dock.border[1] > 18 for dock in docks)


@pytest.mark.parametrize(("wish", "x"), [(500, 500), (-90, 45), (9999, 985)])
def test_pools_are_docked_above_and_below(wish, x):
    docks = list(docks_of_pool(Area(0, 0, 1000, 60), wish, set()))
    assert [dock.border for dock in docks[:2]] == [(x, 0), (x, 60)]
    assert all(45 <= dock.border[0] <= 985 for dock in docks)


def test_docks_on_an_edge_are_on_its_longest_piece():
    docks = list(docks_on_route([(0, 0), (10, 0), (10, 80), (30, 80)]))
    assert docks[0].border == (10, 40)
    assert all(dock.border[0] == 10 and dock.is_level for dock in docks)
