from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from bpmn_xml.layout.layered.layers import build_layers
from bpmn_xml.layout.layered.ports import choose_ports
from bpmn_xml.layout.layered.problem import Arc, RankProblem
from bpmn_xml.layout.layered.ranks import rank_cells
from bpmn_xml.layout.layered.tracks import assign_tracks
from tests.layout.layered.build import box, layered, placed_rows, problem, walled


def tracks_of(of):
    layers, columns = layered(of)
    rows = placed_rows(of, layers, columns)
    dockings = choose_ports(of, layers, columns, rows.heights)
    return assign_tracks(of, layers, rows.heights, dockings)


def at_heights(of, heights):
    layers = build_layers(of, rank_cells(of))
    columns = [[], []]
    for slot in sorted(range(len(layers.slots)), key=lambda slot: heights[slot]):
        columns[layers.slots[slot].rank].append(slot)
    return assign_tracks(of, layers, heights, choose_ports(of, layers, columns, heights))


def test_straight_arcs_need_no_track():
    assert tracks_of(problem("ab bc")).counts == [0, 0, 0, 0]


def test_arcs_of_one_port_share_a_track():
    assert tracks_of(walled(problem("ab ac ad"))).counts[1] == 1


@pytest.mark.parametrize(
    ("heights", "left_first"),
    [
        ({"a": 0, "c": 200, "b": 100, "d": 300}, False),  # both go down: the lower turns first
        ({"a": 200, "c": 0, "b": 300, "d": 100}, True),  # both go up: the upper turns first
    ],
)
def test_parallel_turns_do_not_cross(heights, left_first):
    of = problem("ac bd")
    tracks = at_heights(of, [heights[letter] for letter in "abcd"])
    one, other = (tracks.track(hops[0]) for hops in tracks.hops)
    assert (one < other) == left_first


def wires_of(tracks, count):
    by_gap = {}
    for hop in (hop for hops in tracks.hops for hop in hops if hop.start != hop.end):
        by_gap.setdefault((hop.gap, tracks.track(hop)), []).append(hop)
    return by_gap


@pytest.mark.parametrize("seed", range(12))
def test_hops_on_one_track_touch_only_if_they_share_a_port(seed):
    random = Random(seed)
    count = 24
    arcs = tuple(
        Arc(source=random.randrange(count), target=random.randrange(count)) for _ in range(36)
    )
    tracks = tracks_of(RankProblem(cells=(box(),) * count, arcs=arcs))
    for hops in wires_of(tracks, count).values():
        for one, other in combinations(hops, 2):
            apart = max(one.start, one.end) < min(other.start, other.end) or max(
                other.start, other.end
            ) < min(one.start, one.end)
            ends = {arcs[one.arc].source, arcs[one.arc].target}
            assert apart or ends & {arcs[other.arc].source, arcs[other.arc].target}


def test_very_many_wires_are_only_sorted():
    count = 200
    arcs = tuple(Arc(source=n, target=count + (n * 7) % count) for n in range(count))
    of = RankProblem(cells=(box(),) * (2 * count), arcs=arcs)
    tracks = at_heights(of, [110 * n for n in range(count)] * 2)
    assert 0 < tracks.counts[1] <= count
