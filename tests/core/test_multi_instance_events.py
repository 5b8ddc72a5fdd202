"""Events that multi-instance activities throw at their own boundary events."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program import Announcement, EventSpec, Repetition
from bpmn_xml.core import records as r
from tests.core.harness import Driver, computed, condition, escalation, message, program, signal

TEXT = "s > t1 > t2 > e; t1 !b1; b1 > t3 > e"


def loop(*announces: Announcement) -> Repetition:
    return Repetition(sequential=False, total=computed("3"), announces=announces)


# what is announced, what the boundary event waits for, soft, times of t3, t2 and t1 cut off
CASES: list[Any] = [
    (Announcement(signal("S")), signal("S"), True, 3, 1),
    (Announcement(signal("S"), first=True), signal("S"), True, 1, 1),
    (Announcement(message("M")), message("M"), True, 3, 1),
    (Announcement(escalation("E")), escalation("E"), True, 3, 1),
    (Announcement(escalation("E")), escalation(), True, 3, 1),
    (Announcement(escalation("E")), escalation("F"), True, 0, 1),
    (Announcement(signal("S")), signal("T"), True, 0, 1),
    (Announcement(signal("S")), escalation("S"), True, 0, 1),
    (Announcement(signal("S")), signal("S"), False, 1, 0),
    (Announcement(escalation("E"), first=True), escalation("E"), False, 1, 0),
    (
        Announcement(signal("S"), condition=condition("nrOfCompletedInstances == 2")),
        signal("S"),
        True,
        1,
        1,
    ),
    (
        Announcement(signal("S"), condition=condition("nrOfActiveInstances > 0")),
        signal("S"),
        True,
        2,
        1,
    ),
]


@pytest.mark.parametrize(("announced", "waited", "soft", "caught", "completed"), CASES)
@pytest.mark.parametrize("reload", [False, True])
def test_an_announcement(
    announced: Announcement,
    waited: EventSpec,
    soft: bool,
    caught: int,
    completed: int,
    reload: bool,
) -> None:
    drawn = program(TEXT, events={"b1": waited}, soft=["b1"] * soft, loops={"t1": loop(announced)})
    ran = Driver(drawn, reload=reload).run()
    assert ran.outcome == "completed"
    assert ran.count(r.Completed, "t3") == caught
    assert ran.count(r.Completed, "t2") == completed
    assert ran.waits() == []


def test_a_condition_without_value_is_an_incident() -> None:
    announced = Announcement(signal("S"), condition=condition("gone"))
    drawn = program(TEXT, events={"b1": signal("S")}, loops={"t1": loop(announced)})
    ran = Driver(drawn).run()
    assert "gone" in ran.incidents()[0]


@pytest.mark.parametrize(("first", "caught"), [(True, 1), (False, 3)])
def test_instances_that_are_done_at_once_are_told_of_one_by_one(first: bool, caught: int) -> None:
    announced = Announcement(signal("S"), first=first)
    drawn = program(
        TEXT.replace("t1", "a1"),
        events={"b1": signal("S")}, soft=["b1"], loops={"a1": loop(announced)},
    )  # fmt: skip
    ran = Driver(drawn).run()
    assert ran.outcome == "completed"
    assert ran.count(r.Completed, "t3") == caught
    assert ran.waits() == []
