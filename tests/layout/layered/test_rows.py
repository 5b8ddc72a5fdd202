from __future__ import annotations

from itertools import pairwise

import pytest

from tests.layout.layered.build import layered, placed_rows, problem


def rows_of(of):
    layers, columns = layered(of)
    return layers, columns, placed_rows(of, layers, columns)


MANY = [
    "ab bc",
    "ab ac bd cd",
    "ab bc cd da ac bd aa",
    "ax ay az bx by bz xp yq zr",
    "ab bc cd xy yz",
]


@pytest.mark.parametrize("arcs", MANY)
def test_slots_of_a_column_do_not_touch(arcs):
    layers, columns, rows = rows_of(problem(arcs))
    for column in columns:
        for upper, lower in pairwise(column):
            bottom = rows.heights[upper] + layers.slots[upper].down
            assert bottom <= rows.heights[lower] - layers.slots[lower].up


@pytest.mark.parametrize("arcs", MANY)
def test_everything_is_between_the_borders(arcs):
    layers, _, rows = rows_of(problem(arcs))
    assert rows.borders[0] == 0
    for slot, height in zip(layers.slots, rows.heights, strict=True):
        assert 0 < height - slot.up < height + slot.down < rows.borders[-1]


def test_lanes_hold_their_slots_and_are_high_enough():
    layers, _, rows = rows_of(problem("ab bc cd de", lanes="02101", lane_heights=(80, 300, 80)))
    assert rows.borders[2] - rows.borders[1] == 300
    for slot, height in zip(layers.slots, rows.heights, strict=True):
        assert rows.borders[slot.lane] < height - slot.up
        assert height + slot.down < rows.borders[slot.lane + 1]


def test_the_main_path_is_straight():
    _, _, rows = rows_of(problem("ab bc cd de bx by cz"))
    assert len(set(rows.heights[:5])) == 1


def test_a_branch_stands_close_below():
    _, _, rows = rows_of(problem("ag gb gc bd cd de"))
    a, b, c, d, e, g = rows.heights
    assert a == g == b == d == e
    assert c - b == 110


def test_a_whole_branch_follows_what_it_comes_from():
    """Its blocks pull each other; each alone would stay where it is."""
    _, _, rows = rows_of(problem("ab bc cd de ef bx xy yz yw"))
    main, x = rows.heights[1], rows.heights[7]
    assert x - main == 110
