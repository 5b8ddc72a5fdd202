"""The short way from task to task is taken where it is alone, and means the same as the long one.

That it means the same is asked of every process that `harness.Driver` runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bpmn_xml.compiler.program import Repetition, Work
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.advance import ways
from bpmn_xml.core.lifecycle import bind
from bpmn_xml.core.saved import dump, load
from tests.core.drawn import around
from tests.core.harness import Driver, compensation, computed, message, program, when

TOLD = Work(told=(("assignee", computed("'ada'")),))

DRAWN: Mapping[str, tuple[str, dict[str, Any], str]] = {
    "tasks in a row": ("s > t1 > t2 > u1 > e", {}, "t1 t2"),
    "a task to itself": ("s > y > t1 > y", {}, ""),
    "to what comes again": ("s > t1 > t2; t2 >[n < 1] t2; t2 >* e", {}, "t1"),
    "past what takes no time": ("s > t1 > a > t2 > e", {}, ""),
    "a choice": ("s > t1; t1 >[n < 1] t2; t1 >* t3", {}, ""),
    "a split": ("s > t1; t1 > t2; t1 > t3", {}, ""),
    "in a split": ("s > p; p > t1 > t2 > j; p > t3 > t4 > j; j > e", {}, "t1 t3"),
    "beside an inclusive join": ("s > o; o >[True] t1 > t2 > i; o >* t3 > i; i > e", {}, ""),
    "inside": ("s > z > e; z: s1 > t1 > t2 > e1", {}, "t1"),
    "to a sub-process": ("s > t1 > z > e; z: s1 > t2 > e1", {}, ""),
    "from a sub-process": ("s > z > t1 > e; z: s1 > t2 > e1", {}, ""),
    "to what waits": ("s > t1 > t2 > e; t2 !b1; b1 > e2", {"events": {"b1": message("m")}}, ""),
    "from what waits": (
        "s > t1 > t2 > e; t1 !b1; b1 > e2",
        {"events": {"b1": message("m")}},
        "",
    ),
    "to a framed task": ("s > t1 > t2 > e", {"frames": {"t2": around("n = 1")}}, ""),
    "from a framed task": ("s > t1 > t2 > e", {"frames": {"t1": around("n = 1")}}, ""),
    "to a person who is told": ("s > t1 > u1 > e", {"work": {"u1": TOLD}}, ""),
    "to a loop": ("s > t1 > t2 > t3", {"loops": {"t2": Repetition(sequential=True)}}, ""),
    "payloads": ("s > t1 > t2 > e", {"payload": True}, ""),
    "several tokens": ("s > t1 > t2 > e", {"quantities": {"t1": (1, 2)}}, ""),
    "several tokens taken": ("s > t1 > t2 > e", {"quantities": {"t2": (2, 1)}}, ""),
    "what can be undone": (
        "s > t1 > t2 > e; t1 !b1; b1 > t3",
        {"events": {"b1": compensation()}},
        "",
    ),
    "conditions that wait": (
        "s > p; p > t1 > t2 > e; p > c1 > e2",
        {"events": {"c1": when("n > 1")}},
        "",
    ),
}


@pytest.mark.parametrize(("text", "given", "found"), DRAWN.values(), ids=DRAWN)
def test_where_there_are_short_ways(text: str, given: dict[str, Any], found: str) -> None:
    drawn = program(text, **given)
    assert " ".join(drawn.nodes[node].id for node in ways(drawn, bind(drawn))) == found


def sent(ran: Driver, command: c.Command) -> list[str]:
    """The types of the records of a command, as they are."""
    return [type(record).__name__ for record in ran.send(command).records]


SHORT = ["Advanced"]
LATE = ["ResultDiscarded"]
LONG = ["Completed", "FlowTaken", "Activated"]


@pytest.mark.parametrize(
    ("attempt", "values", "told"),
    [(c.ANY_ATTEMPT, {"a": 1}, SHORT), (0, None, SHORT), (0, {}, SHORT), (1, {}, LATE)],
)
def test_an_answer_goes_the_short_way(attempt: int, values: Any, told: list[str]) -> None:
    ran = Driver(program("s > t1 > t2 > e")).start()
    assert sent(ran, c.CompleteJob(*ran.job("t1"), values, attempt=attempt)) == told


def test_what_is_active_beside_it_stays() -> None:
    ran = Driver(program("s > p; p > t1 > t2 > j; p > t3 > t4 > j; j > e")).start()
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == SHORT
    assert sent(ran, c.CompleteJob(*ran.job("t3"))) == SHORT
    assert ran.open_jobs() == [ran.job("t2"), ran.job("t4")]


def test_a_result_that_is_missing_and_a_job_that_is_over_go_no_way() -> None:
    ran = Driver(program("s > t1 > t2 > e")).start()
    assert sent(ran, c.CompleteJob("9.9", *ran.job("t1")[1:])) == LATE
    assert sent(ran, c.CompleteJob(*ran.job("t1"), dropped=True)) != SHORT
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == LATE


def test_a_call_that_had_failed_goes_the_long_way_and_a_loaded_one_the_short() -> None:
    drawn = program("s > t1 > t2 > t3 > e", work={"t1": Work(retries=(5,))})
    ran = Driver(drawn).start()
    ran.send(c.FailJob(*ran.job("t1"), ("Exception",), "broken"))
    ran.send(c.RetryJob(*ran.job("t1")))
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == LONG
    ran.state = load(dump(ran.state))
    assert sent(ran, c.CompleteJob(*ran.job("t2"))) == SHORT


def test_what_a_person_has_mended_is_as_if_it_were_new() -> None:
    ran = Driver(program("s > t1 > t2 > e")).start()
    ran.send(c.FailJob(*ran.job("t1"), ("Exception",), "broken"))
    ran.send(c.ResolveIncident(*ran.job("t1")))
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == SHORT


def test_an_incident_beside_it_makes_the_way_long() -> None:
    ran = Driver(program("s > p; p > t1 > t2 > e; p > t3 > e2")).start()
    ran.send(c.FailJob(*ran.job("t3"), ("Exception",), "broken"))
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == LONG


def test_a_clock_that_goes_back_makes_the_way_long() -> None:
    ran = Driver(program("s > t1 > t2 > e"))
    ran.time = 9
    ran.start().time = 5
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == [*LONG[:2], "TimeClamped", LONG[2]]


def test_what_is_written_further_out_makes_the_way_long() -> None:
    ran = Driver(program("s > z > e; z: s1 > t1 > t2 > t3 > e1")).start({"a": 0})
    scope = ran.open_jobs()[0][0]
    written = sent(ran, c.CompleteJob(*ran.job("t1", scope), {"a": 1}))
    assert written == ["VariablesWritten", *LONG]
    assert sent(ran, c.CompleteJob(*ran.job("t2", scope))) == SHORT
    assert ran.state.scopes[""].variables == {"a": 1}


def test_the_parts_of_other_records_are_themselves() -> None:
    placed = r.TokenPlaced("", 1)
    assert r.expanded([placed, r.Advanced("", 1, 1, 2, 3, 4)]) == [
        placed,
        r.Completed("", 1, 1),
        r.FlowTaken("", 2),
        r.Activated("", 3, 4),
    ]
