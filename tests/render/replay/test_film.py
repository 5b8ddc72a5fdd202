"""A schedule as data for a page."""

from __future__ import annotations

import json

import pytest

from bpmn_xml.render.replay.film import CUT, LONGEST_VALUE, Shorter, film
from bpmn_xml.render.replay.schedule import schedule
from tests.render.replay.told import RUNS, run_of


@pytest.mark.parametrize("name", RUNS)
def test_all_moves_refer_to_what_is_drawn(name: str) -> None:
    _, lines, naming = run_of(name)
    found = film(schedule(lines, naming), naming)
    flows = [id_ for id_, _ in found["flows"]]
    taken = [e.flow for line in lines for e in line.records if e.type == "FlowTaken"]
    assert [flows[move[0]] for move in found["moves"]] == taken
    assert {id_ for id_, _ in found["nodes"]} <= naming.elements.keys()
    assert json.loads(json.dumps(found))["length"] == found["length"]


def test_scopes_know_what_is_around_them() -> None:
    _, lines, naming = run_of("streaming")
    rows = film(schedule(lines, naming), naming)["scopes"]
    for around, instance, path in rows:
        if path:
            assert rows[around][1:] == (instance, path.rpartition("/")[0])
        else:
            assert around == -1
    assert len(set(rows)) == len(rows)


def test_variables_are_told_where_they_were_written() -> None:
    _, lines, naming = run_of("order")
    found = film(schedule(lines, naming), naming)
    told = {name: text for _, _, values in found["written"] for name, text in values.items()}
    assert told == {
        "item": '"lamp"', "quantity": "2", "credit": "100",
        "in_stock": "true", "paid": "80", "parcel": '"2 x lamp"',
    }  # fmt: skip


VALUES = {
    "long": ("x" * 1000, '"' + "x" * (LONGEST_VALUE - 2) + "…"),
    "opaque": ({"$opaque": "a.B", "repr": "<B>"}, "<B>"),
    "tagged": ({"$date": "2030-01-31"}, "2030-01-31"),
    "map": ({"a": 1}, '{"a": 1}'),
    "tuple": ({"$tuple": [1]}, '{"$tuple": [1]}'),
}


@pytest.mark.parametrize(("value", "text"), VALUES.values(), ids=VALUES)
def test_values_are_short(value: object, text: str) -> None:
    assert Shorter().of({"v": value}) == {"v": text}


def test_too_much_text_is_left_out_and_said_so() -> None:
    shorter = Shorter(5)
    assert shorter.of({"a": "12345", "b": "6"}) == {"a": '"12345"', "b": CUT}
