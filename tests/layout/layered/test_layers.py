from __future__ import annotations

import pytest

from bpmn_xml.layout.layered.layers import BEND_SPACE, build_layers
from bpmn_xml.layout.layered.ranks import rank_cells
from tests.layout.layered.build import problem


def layers_of(*args, **fields):
    of = problem(*args, **fields)
    return of, build_layers(of, rank_cells(of))


@pytest.mark.parametrize(
    ("arcs", "taps", "arc", "ranks"),
    [
        ("ab", "", 0, []),
        ("ab bc ac", "", 2, [1]),
        ("ab bc cd ad", "", 3, [1, 2]),
        ("ab bc cb", "", 2, [2, 1]),
        ("ab bb", "", 1, [1]),
        ("ab", "ab", 0, [0]),
        ("ab bc ac", "ac", 2, [0, 1]),
        ("ab bc ca", "ca", 2, [2, 1, 0]),
    ],
)
def test_bends_stand_in_the_columns_passed(arcs, taps, arc, ranks):
    _, layers = layers_of(arcs, taps=taps)
    assert [layers.slots[bend].rank for bend in layers.bends[arc]] == ranks


@pytest.mark.parametrize("arcs", ["ab bc ac", "ab bc ca aa", "ab bc cd da bd"])
def test_links_lead_one_column_to_the_right(arcs):
    _, layers = layers_of(arcs)
    assert layers.links
    for one, other in layers.links:
        assert layers.slots[other].rank == layers.slots[one].rank + 1


def test_back_arcs_are_tied_to_their_ends():
    of, layers = layers_of("ab bc cb")
    first, *_, last = layers.bends[2]
    assert layers.ties == [(of.arcs[2].target, last), (of.arcs[2].source, first)]


def test_bends_below_a_host_are_stacked_from_right_to_left_then_what_goes_back():
    of, layers = layers_of("ha hb hc", taps="ha hb hc")
    import msgspec

    arcs = [
        msgspec.structs.replace(arc, tap=tap)
        for arc, tap in zip(of.arcs, (-25, 25, 0), strict=True)
    ]
    back = msgspec.structs.replace(arcs[0], target=3, tap=-40)
    of = msgspec.structs.replace(of, arcs=(*arcs, back))
    layers = build_layers(of, rank_cells(of))
    bend = [bends[0] for bends in layers.bends]
    assert layers.stacks == {3: [bend[1], bend[2], bend[0], bend[3]]}
    assert set(layers.hung()) == {(3, one) for one in bend}


def test_labels_need_room_above_the_line():
    import msgspec

    of = problem("ab bc ac")
    arcs = (*of.arcs[:2], msgspec.structs.replace(of.arcs[2], label_height=14))
    of = msgspec.structs.replace(of, arcs=arcs)
    layers = build_layers(of, rank_cells(of))
    bend = layers.slots[layers.bends[2][0]]
    assert (bend.up, bend.down, bend.is_line) == (BEND_SPACE + 14, BEND_SPACE, True)


def test_rank_count():
    assert layers_of("ab bc")[1].rank_count == 3
