"""The instances of a trace: which are known, which are forgotten, since when they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.machine import Machine
from bpmn_xml.errors import UsageError
from bpmn_xml.trace.histories import Histories
from bpmn_xml.trace.standstill import Since
from tests.core.drawn import message, program
from tests.core.harness import Driver
from tests.trace.test_why import START, done, history


def test_an_end_is_told_though_the_clock_went_back() -> None:
    drawing = program("s > t > e")
    machine, histories = Machine(drawing), Histories(drawing)
    state = machine.create("P-1")
    for time, command in ((9, START), (5, c.CancelInstance("not wanted"))):
        histories.add(machine.send(state, command, time))
    assert [ending.message for ending in histories.endings] == ["not wanted"]


def test_what_another_core_has_written_is_not_explained_wrongly() -> None:
    drawing = program("s > t > e")
    begun = r.InstanceStarted("", r.CORE_VERSION - 1, 0)
    with pytest.raises(UsageError, match="'P-1' was run by an engine of version 1, this is 2"):
        Histories(drawing).add(r.Batch("P-1", 1, 0, [begun]))


def test_what_has_ended_is_forgotten() -> None:
    drawing = program("s > t > e")
    at = history(drawing, [START, done(drawing, "t")])
    assert (at.states, at.since("P-1"), at.explain()) == ({}, Since(), ())


THREE = "s > p; p > t1 > d; p > t2 > d; p > t3 > d; d > t9 > e"
ARRIVALS = [
    ("s > p; p > t1 > j; p > t2 > j; j > u > e", {}),
    ("s > p; p > t1 > j; p > u > j; j > e; P: v1; v1: s7 > u7 > e7", {}),
    ("s > p; p > z1 > e; p > u9 > e; z1: s1 > p1; p1 > t1 > j1; p1 > u1 > j1; z1 !b1; b1 > e", {}),
    ("s > p; p > z1 > e; p > u9 > e; z1: s1 > p1; p1 > t1 > j1; p1 > u1 > j1; p1 > t2 > q1", {}),
    (THREE, {"d": "activationCount >= 2"}),
    ("s > p; p > m1 > j; p > t1 > j; p > t2 > j; j > t3 > u > e", {}),
    ("s > p; p > u1 > e; p > m1 > p1; p1 > t1 > j1; p1 > t2 > j1; j1 > e1", {}),
]


@pytest.mark.parametrize(("text", "activation"), ARRIVALS)
def test_an_arrival_is_remembered_exactly_as_long_as_it_waits(
    text: str, activation: dict[str, str]
) -> None:
    """Also where an event cuts off what waits, or a gateway or the last of the items uses it."""
    interrupts = next((name for name in ("v1", "b1") if name in text), "")
    events = {interrupts: message("m")} if interrupts else {}
    drawing = program(text, activation=activation, events=events)
    driver = Driver(drawing, {"m1": lambda _: iter([{"v": 1}, {"v": 2}])})
    driver.start({"n": 1}).go()
    if interrupts:
        driver.happen(interrupts)
    histories, most = Histories(drawing), 0
    for batch in driver.batches:
        histories.add(batch)
        for name, state in histories.states.items():
            stand = counted({path: scope.parked or {} for path, scope in state.scopes.items()})
            assert counted(histories.since(name).arrived) == stand
            most = max(most, len(stand))
    assert most


def counted(parked: Mapping[str, Mapping[int, Sequence[Any]]]) -> dict[tuple[str, int], int]:
    return {(path, flow): len(at[flow]) for path, at in parked.items() for flow in at}


def test_what_comes_after_the_end_begins_nothing_anew() -> None:
    drawing = program("s > t > e")
    commands = [START, done(drawing, "t"), done(drawing, "t")]
    assert history(drawing, commands).states == {}
