from __future__ import annotations

from itertools import combinations

import pytest

from bpmn_xml.layout.layered.blocks import build_blocks, place_in_column
from bpmn_xml.layout.layered.spine import read_along
from tests.layout.layered.build import layered, problem


def blocks_of(of):
    layers, columns = layered(of)
    return layers, columns, build_blocks(layers, columns, read_along(of, layers).spine)


def test_the_main_path_is_one_block():
    _, _, blocks = blocks_of(problem("ab bc cd bx by"))
    assert len({blocks[cell] for cell in range(4)}) == 1


def test_a_long_arc_is_one_block():
    layers, _, blocks = blocks_of(problem("ab bc cd de ae"))
    assert len({blocks[bend] for bend in layers.bends[4]}) == 1


@pytest.mark.parametrize("arcs", ["ab ac ad be ce de", "ax ay az bx by bz", "ab bc cd ac bd ad da"])
def test_chosen_links_never_cross_and_a_slot_joins_one_on_each_side(arcs):
    layers, columns, blocks = blocks_of(problem(arcs))
    place = place_in_column(columns)
    for column in columns:
        assert len({blocks[slot] for slot in column}) == len(column)
    for (a, b), (c, d) in combinations(layers.links, 2):
        straight = blocks[a] == blocks[b] and blocks[c] == blocks[d]
        if straight and layers.slots[a].rank == layers.slots[c].rank:
            assert (place[a] - place[c]) * (place[b] - place[d]) > 0


def test_blocks_stay_in_their_lane():
    layers, _, blocks = blocks_of(problem("ab bc", lanes="010"))
    assert len(set(blocks)) == 3
    assert layers.slots[1].lane == 1
