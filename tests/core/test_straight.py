"""The straight step: where it is taken, and that it comes to what the way step by step does."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.core import commands as c
from bpmn_xml.core.evolve.straight import find_straight, go_straight
from bpmn_xml.core.machine import Machine
from bpmn_xml.core.records import Advanced
from tests.core.harness import Driver, index, program

DRAWN = {
    "a row": ("s > t1 > t2 > e", ["t1"]),
    "along gateways": ("s > t1 > x1 > t2 > e", ["t1"]),
    "branches": ("s > p; p > t1 > t2 > j; p > t3 > t4 > j; j > e", ["t1", "t3"]),
    "a split": ("s > t1 > p; p > t2 > e; p > t3 > e", []),
    "a loop": ("s > x1 > t1 > t2 > x2; x2 > x1; x2 > e", []),
}


@pytest.mark.parametrize(("text", "found"), DRAWN.values(), ids=DRAWN)
def test_where_there_are_straight_steps(text: str, found: list[str]) -> None:
    drawn = program(text)
    steps = find_straight(drawn, Machine(drawn).ways)
    assert [drawn.nodes[at].id for at, step in enumerate(steps) if step] == found


def begun(text: str) -> Driver:
    return Driver(program(text)).start({"a": 1})


@pytest.mark.parametrize("text", ["s > t1 > t2 > e", "s > p; p > t1 > t2 > e; p > t3 > e"])
def test_it_is_what_the_long_way_comes_to(text: str) -> None:
    ran, other = begun(text), begun(text)
    step = ran.machine.straight[index(ran.program, "t1")]
    assert step is not None
    job = ran.job("t1")
    record = go_straight(step, ran.state, job, {"a": 2}, 0)
    batch = other.machine.send(other.state, c.CompleteJob(*job, {"a": 2}), 0)
    assert batch.records == [record]
    assert isinstance(record, Advanced)
    assert ran.state == other.state


@pytest.mark.parametrize("changed", [{"n": 2}, {"path": "9.1"}, {"time": -1}])
def test_what_else_has_a_say_leaves_it_undone(changed: dict[str, Any]) -> None:
    ran, other = begun("s > t1 > t2 > e"), begun("s > t1 > t2 > e")
    step = ran.machine.straight[index(ran.program, "t1")]
    path, node, n = ran.job("t1")
    assert step is not None
    job = changed.get("path", path), node, changed.get("n", n)
    assert go_straight(step, ran.state, job, None, changed.get("time", 0)) is None
    assert ran.state == other.state
