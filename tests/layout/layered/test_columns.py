from __future__ import annotations

import msgspec
import pytest

from bpmn_xml.layout.layered.columns import place_columns
from bpmn_xml.layout.layered.ports import choose_ports
from bpmn_xml.layout.layered.tracks import assign_tracks
from tests.layout.layered.build import layered, placed_rows, problem, walled


def columns_of(of):
    layers, columns = layered(of)
    rows = placed_rows(of, layers, columns)
    dockings = choose_ports(of, layers, columns, rows.heights)
    tracks = assign_tracks(of, layers, rows.heights, dockings)
    return place_columns(of, layers, dockings, tracks)


def named(arcs, label):
    of = problem(arcs)
    pairs = arcs.split()
    labelled = tuple(
        msgspec.structs.replace(arc, label_width=80, label_height=14) if pair == label else arc
        for pair, arc in zip(pairs, of.arcs, strict=True)
    )
    return msgspec.structs.replace(of, arcs=labelled)


def test_tasks_stand_fifty_pixels_apart():
    assert columns_of(problem("ab bc")).middles == [50, 200, 350]
    assert columns_of(problem("ab bc")).width == 400


def test_more_tracks_make_wider_gaps():
    few, many = columns_of(problem("ax by")), columns_of(problem("ax bx cx ay by cy az bz cz"))
    assert many.middles[1] > few.middles[1]


@pytest.mark.parametrize("label", ["ag", "gb", "gc"])
def test_names_of_arcs_get_room(label):
    arcs = "ag gb gc bd"
    assert columns_of(named(arcs, label)).width > columns_of(problem(arcs)).width


def test_a_name_on_a_shared_port_stands_behind_the_tracks():
    plain = columns_of(walled(problem("ab ac")))
    wide = columns_of(walled(named("ab ac", "ac")))
    assert wide.first_tracks[1] == plain.first_tracks[1]
    assert wide.middles[1] > plain.middles[1]


def test_names_of_long_and_back_arcs_need_no_gap():
    arcs = "ab bc cb"
    assert columns_of(named(arcs, "cb")).width == columns_of(problem(arcs)).width


def test_track_x():
    columns = columns_of(problem("ax by"))
    assert columns.track_x(1, 2) == columns.first_tracks[1] + 24
