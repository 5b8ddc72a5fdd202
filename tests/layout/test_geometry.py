from __future__ import annotations

import pytest

from bpmn_xml.layout.geometry import Area, around, half_width_at, simplified


def test_area():
    area = Area(10, 20, 101, 80)
    assert (area.right, area.bottom, area.middle) == (111, 100, (60, 60))
    assert area.moved(1, -2) == Area(11, 18, 101, 80)
    assert area.grown(5) == Area(5, 15, 111, 90)


@pytest.mark.parametrize(
    ("other", "holds", "overlaps"),
    [
        (Area(0, 0, 10, 10), True, True),
        (Area(2, 2, 3, 3), True, True),
        (Area(5, 5, 10, 10), False, True),
        (Area(10, 0, 5, 5), False, False),
        (Area(0, 20, 5, 5), False, False),
        (Area(-5, -5, 20, 20), False, True),
    ],
)
def test_holds_and_overlaps(other, holds, overlaps):
    area = Area(0, 0, 10, 10)
    assert (area.holds(other), area.overlaps(other)) == (holds, overlaps)
    assert other.overlaps(area) == overlaps


def test_around():
    assert around([]) == Area(0, 0, 0, 0)
    assert around([Area(5, 5, 5, 5), Area(-1, 7, 2, 30)]) == Area(-1, 5, 11, 32)


@pytest.mark.parametrize(
    ("route", "corners"),
    [
        ([(0, 0), (9, 0)], [(0, 0), (9, 0)]),
        ([(0, 0), (4, 0), (4, 0), (9, 0)], [(0, 0), (9, 0)]),
        ([(0, 0), (0, 5), (0, 9), (3, 9)], [(0, 0), (0, 9), (3, 9)]),
        ([(0, 0), (5, 0), (2, 0)], [(0, 0), (2, 0)]),
        ([(1, 1), (1, 1)], [(1, 1), (1, 1)]),
    ],
)
def test_simplified(route, corners):
    assert simplified(route) == corners


@pytest.mark.parametrize(
    ("contour", "shift", "half"),
    [
        ("box", 39, 50),
        ("circle", 0, 50),
        ("circle", 30, 40),
        ("circle", 60, 0),
        ("diamond", 0, 50),
        ("diamond", -20, 25),
        ("diamond", 90, 0),
    ],
)
def test_half_width_at(contour, shift, half):
    assert half_width_at(contour, 100, 80, shift) == half
