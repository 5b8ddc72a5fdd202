"""Processes are stretched so that message flows run straight."""

from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.layout import lay_out
from bpmn_xml.layout.alignment import Seat, Strip, columns_of, moves, stretched
from bpmn_xml.layout.block import Block
from bpmn_xml.layout.geometry import Area
from tests.layout.processes import drawn, flows

COLUMNS = {"a": [Strip(0, 100), Strip(150, 250), Strip(300, 400)], "b": [Strip(0, 40)]}
A0, A1, A2 = (Seat("a", number, 150 * number + 50) for number in range(3))
B0 = Seat("b", 0, 20)


def test_columns_are_what_overlaps_from_the_side() -> None:
    areas = {"t": Area(0, 0, 100, 80), "u": Area(40, 200, 100, 80), "v": Area(160, 0, 36, 36)}
    block = Block(0, 0, areas, {"v": Area(150, 40, 60, 14)}, {}, {})
    assert columns_of(block) == [(0, 140), (150, 210)]


@pytest.mark.parametrize(
    ("wishes", "most_right", "expected"),
    [
        ([(A1, B0)], 400, {"a": [0, 0, 0], "b": [180]}),
        ([(B0, A0), (A2, B0)], 400, {"a": [0, 0, 0], "b": [30]}),
        ([(Seat("b", 0, 220), A1)], 450, {"a": [0, 20, 20], "b": [0]}),
        ([(Seat("b", 0, 220), A1)], 410, {"a": [0, 0, 0], "b": [0]}),
        ([(A0, A1), (None, A1), (A0, None), (None, None)], 400, {"a": [0, 0, 0], "b": [0]}),
        ([], 0, {"a": [0, 0, 0], "b": [0]}),
    ],
    ids=["moves", "contradiction", "pushes on", "too wide", "nothing between two", "no wishes"],
)
def test_moves(wishes: list, most_right: int, expected: dict) -> None:
    assert moves(COLUMNS, wishes, most_right) == expected


def test_wishes_that_cross_are_not_both_fulfilled() -> None:
    columns = {"a": COLUMNS["a"], "b": [Strip(0, 40), Strip(100, 140)]}
    found = moves(columns, [(A0, Seat("b", 1, 120)), (A1, B0)], 1000)
    assert found == {"a": [70, 70, 70], "b": [0, 0]}


def test_what_is_between_columns_grows_longer() -> None:
    areas = {"t": Area(0, 0, 100, 80), "u": Area(150, 100, 100, 80)}
    route = [(100, 40), (125, 40), (125, 140), (150, 140)]
    block = Block(280, 200, areas, {"u": Area(160, 190, 20, 9)}, {"l": Area(-30, 0, 310, 200)}, {})
    block.routes["f"] = route
    found = stretched(block, columns_of(block), [0, 30])
    assert (found.width, found.lanes["l"]) == (310, (-30, 0, 340, 200))
    assert found.areas == {"t": areas["t"], "u": Area(180, 100, 100, 80)}
    assert found.labels["u"].x == 190
    assert found.routes["f"] == [(100, 40), (125, 40), (125, 140), (180, 140)]
    assert stretched(block, columns_of(block), [0, 0]) is block


def test_messages_run_straight_also_into_sub_processes() -> None:
    inner = model.SubProcess(
        id="s", flow_elements=(model.Task(id="i"), model.Task(id="j"), *flows(("i", "j")))
    )
    one = model.Process(
        id="p",
        flow_elements=(
            model.Task(id="a"),
            inner,
            model.Task(id="z"),
            *flows(("a", "s"), ("s", "z")),
        ),
    )
    two = model.Process(
        id="q", flow_elements=(model.Task(id="b"), model.Task(id="c"), *flows(("b", "c")))
    )
    root = model.Collaboration(
        id="k",
        participants=(
            model.Participant(id="pp", process_ref="p"),
            model.Participant(id="pq", process_ref="q"),
        ),
        message_flows=(
            model.MessageFlow(id="m", source_ref="j", target_ref="b"),
            model.MessageFlow(id="n", source_ref="c", target_ref="z"),
        ),
    )
    found = drawn(lay_out(model.Definitions(id="d", root_elements=(root, one, two))))
    assert len(found["m"].waypoints) == len(found["n"].waypoints) == 2
