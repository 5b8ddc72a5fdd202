from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.render.geometry import (
    Box,
    along,
    around,
    crossing,
    distance,
    length_of,
    longest,
    rounded,
    shortened,
    toward,
    without_repeats,
)

POINTS = st.tuples(
    st.floats(-1e6, 1e6).map(lambda v: round(v, 2)), st.floats(-1e6, 1e6).map(lambda v: round(v, 2))
)
ROUTES = st.lists(POINTS, min_size=2, max_size=8).map(without_repeats).filter(lambda r: len(r) > 1)


@given(ROUTES)
def test_a_rounded_route_keeps_its_ends_and_is_cubic(route: list[tuple[float, float]]) -> None:
    curve = rounded(route)
    assert curve[0] == route[0]
    assert curve[-1] == route[-1]
    assert len(curve) % 3 == 1


def test_a_bend_is_cut_by_the_radius() -> None:
    curve = rounded([(0, 0), (100, 0), (100, 100)], cut=6)
    assert (94.0, 0.0) in curve
    assert (100.0, 6.0) in curve


def test_ends_are_shortened_for_their_marks() -> None:
    route = [(0.0, 0.0), (100.0, 0.0)]
    assert shortened(route, tail=10, head=20) == [(10.0, 0.0), (80.0, 0.0)]
    assert shortened(route, tail=0, head=0) == route


def test_a_very_short_route_is_never_turned_around() -> None:
    (start, _), (end, _) = shortened([(0.0, 0.0), (4.0, 0.0)], tail=0, head=10)
    assert start < end


@pytest.mark.parametrize(
    ("power", "met"),
    [(0, (0, 50)), (1, (25, 50)), (2, (25, 50))],
    ids=["box", "diamond", "ellipse"],
)
def test_the_border_is_met(power: int, met: tuple[float, float]) -> None:
    box = Box(0, 0, 100, 100) if not power else Box(25, 25, 50, 50)
    x, y = crossing((-50, 50), (50, 50), box, power)
    assert (round(x, 1), round(y, 1)) == met


def test_a_route_is_measured_along_its_pieces() -> None:
    route = [(0.0, 0.0), (30.0, 0.0), (30.0, 10.0)]
    assert length_of(route) == 40
    assert along(route, 0.5) == (20.0, 0.0)
    assert along(route, 1.0) == (30.0, 10.0)
    assert longest(route) == ((0.0, 0.0), (30.0, 0.0))


def test_boxes_are_wrapped() -> None:
    assert around([]) == (0, 0, 0, 0)
    assert around([Box(0, 0, 1, 1), Box(5, -5, 1, 1)]) == (0, -5, 6, 6)
    assert Box(0, 0, 4, 2).grown(1) == (-1, -1, 6, 4)


def test_going_nowhere_stays() -> None:
    assert toward((1, 1), (1, 1), 5) == (1, 1)
    assert distance((0, 0), (3, 4)) == 5
