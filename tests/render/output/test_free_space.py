"""Where there is room: what a box would cover, and which place is the emptiest."""

from __future__ import annotations

import random

import pytest

from bpmn_xml.render.geometry import Box
from bpmn_xml.render.output.free_space import CELL, FreeSpace

BIG = Box(0, 0, 100, 100)
FAR = Box(500, 500, 10, 10)

COVERED = [
    (Box(50, 50, 100, 100), None, 2500),
    (Box(100, 0, 10, 10), None, 0),
    (Box(490, 490, 15, 15), None, 25),
    (Box(0, 0, 600, 600), None, 10_100),
    (Box(50, 50, 100, 100), BIG, 0),
    (Box(-50, -50, 60, 60), None, 100),
]


@pytest.mark.parametrize(("box", "own", "area"), COVERED)
def test_how_much_a_box_would_cover(box: Box, own: Box | None, area: float) -> None:
    assert FreeSpace([BIG, FAR]).overlap(box, own) == area


def test_the_emptiest_place_is_taken_and_is_free_no_more() -> None:
    space = FreeSpace([BIG])
    places = [Box(90, 0, 20, 20), Box(200, 0, 20, 20), Box(300, 0, 20, 20)]
    assert [space.settle(places) for _ in range(3)] == [places[1], places[2], places[0]]


@pytest.mark.parametrize("seed", range(20))
def test_the_grid_changes_nothing(seed: int) -> None:
    """What is found by cells is what is found by looking at all boxes."""
    chance = random.Random(seed)
    boxes = {Box(*(chance.uniform(-3 * CELL, 3 * CELL) for _ in "xy"), 90, 150) for _ in range(9)}
    one, *others = boxes
    expected = sum(
        max(0, min(one.right, box.right) - max(one.x, box.x))
        * max(0, min(one.bottom, box.bottom) - max(one.y, box.y))
        for box in others
    )
    assert FreeSpace(others).overlap(one) == pytest.approx(expected)
