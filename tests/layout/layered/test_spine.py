from __future__ import annotations

import pytest

from bpmn_xml.layout.layered.layers import build_layers
from bpmn_xml.layout.layered.ranks import rank_cells
from bpmn_xml.layout.layered.spine import read_along
from tests.layout.layered.build import problem


@pytest.mark.parametrize(
    ("arcs", "taps", "spine"),
    [
        ("ab bc", "", "abc"),
        ("ab bc bd de", "", "abde"),
        ("ab bc bd", "", "abc"),
        ("ab bx xy yz bc", "bx", "abc"),  # what begins at a boundary event is no main path
        ("ab bc cb cd", "", "abcd"),
        ("ab ac ad", "", "ac"),  # the middle one of equal branches
    ],
)
def test_the_main_path_is_the_longest(arcs, taps, spine):
    of = problem(arcs, taps=taps)
    layers = build_layers(of, rank_cells(of))
    letters = sorted({letter for pair in arcs.split() for letter in pair})
    found = {letters[slot] for slot in read_along(of, layers).spine if slot < len(letters)}
    assert found == set(spine)


def test_other_branches_are_read_below_and_above_in_turn():
    of = problem("ab ac ad ae bx")
    layers = build_layers(of, rank_cells(of))
    order = [slot for slot in read_along(of, layers).order if slot in {1, 2, 3, 4}]
    assert order == [3, 1, 2, 4]


def test_equal_branches_are_read_in_their_order():
    of = problem("ab ac ad ae af")
    layers = build_layers(of, rank_cells(of))
    assert [slot for slot in read_along(of, layers).order if slot] == [1, 2, 3, 4, 5]


def test_all_slots_are_read():
    of = problem("ab bc cb xy ay", taps="ay")
    layers = build_layers(of, rank_cells(of))
    assert sorted(read_along(of, layers).order) == list(range(len(layers.slots)))
