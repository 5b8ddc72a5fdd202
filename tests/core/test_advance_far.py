"""Short ways through sub-processes, inclusive choices and inclusive joins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.core.harness import Driver, message, program
from tests.core.short import LONG, SHORT, sent

NESTED = "s > z > x; z: s1 > t1 > z2 > e1; z2: s2 > t2 > e2; x >[a > 5] z; x >* t3 > e"


def test_what_is_inside_begins_and_ends_the_short_way() -> None:
    ran = Driver(program(NESTED))
    begun = ran.send(c.StartInstance(0, {"a": 0})).records
    assert [type(record).__name__ for record in begun][2:] == [*SHORT, "ScopeOpened", *SHORT]
    for n, a in (1, 9), (2, 1):
        outer, t1, _ = ran.open_jobs()[0]
        assert sent(ran, c.CompleteJob(outer, t1, 1)) == [*SHORT, "ScopeOpened", *SHORT]
        inner, t2, _ = ran.open_jobs()[0]
        told = sent(ran, c.CompleteJob(inner, t2, 1, {"a": a}))
        closed = ["VariablesWritten", *SHORT, "ScopeClosed", *SHORT, "ScopeClosed", *SHORT]
        assert told == closed + (["ScopeOpened", *SHORT] if n == 1 else [])
    assert ran.open_jobs() == [ran.job("t3")]


INSIDE = "s > z > x; z: s1 > t1 > e1; x >[n < 3] t2 > e; x >* t3 > e"


@pytest.mark.parametrize(
    ("text", "given", "told"),
    [
        ("s > t1 > z > e; z: s1 > t2 > e1; z: s2 > t3 > e1", {}, ["Completed"]),
        ("s > t1 > z > e; z: s1 > y > x; x >[n < 3] t2; x >* y; t2 > e1", {}, ["Completed"]),
        ("s > t1 > z > e; z: s1 > y > t2 > y", {}, ["Advanced", "ScopeOpened", "Advanced"]),
        ("s > t1 > z > e; z: s1 > c1 > e1", {"events": {"c1": message("m")}}, ["Completed"]),
    ],
)
def test_what_begins_otherwise_inside_begins_step_by_step(
    text: str, given: Any, told: list[str]
) -> None:
    ran = Driver(program(text, **given)).start({"n": 1})
    assert sent(ran, c.CompleteJob(*ran.open_jobs()[0]))[: len(told)] == told


def test_what_is_written_inside_is_gone_with_it() -> None:
    drawn = program(INSIDE, work={"t1": Work(local=True)})
    ran = Driver(drawn).start({"n": 1})
    told = sent(ran, c.CompleteJob(*ran.open_jobs()[0], {"n": 9}))
    assert told[:2] == ["VariablesWritten", "Completed"]
    assert ran.open_jobs() == [ran.job("t2")]


def test_an_incident_around_makes_the_way_out_long() -> None:
    ran = Driver(program("s > p; p > t1 > e; p > z > e2; z: s1 > t2 > e1")).start()
    inside = next(job for job in ran.open_jobs() if job[0])
    ran.send(c.FailJob(*ran.job("t1"), ("Exception",), "broken"))
    assert sent(ran, c.CompleteJob(*inside))[-1] == "TokenConsumed"


def test_a_task_beside_a_sub_process_goes_the_short_way() -> None:
    ran = Driver(program("s > t1; t1 > t2 > t3 > e; t1 > z > e2; z: s1 > t4 > e1")).start()
    ran.send(c.CompleteJob(*ran.job("t1")))
    assert sent(ran, c.CompleteJob(*ran.job("t2"))) == SHORT


INCLUSIVE = (
    "s > t1 > o; o >[n < 3] t2 > i; o >[n < 2] t3 > t4 > i; o >[n > 8] a > t5 > i; o >* e2; i > e"
)


@pytest.mark.parametrize(
    ("n", "then", "told"),
    [
        (1, ["t2", "t3"], SHORT),
        (2, ["t2"], SHORT),
        (9, ["t5"], SHORT),
        (5, [], SHORT),
    ],
)
def test_an_inclusive_choice_goes_as_many_ways_as_hold(n: int, then: Any, told: Any) -> None:
    ran = Driver(program(INCLUSIVE)).start()
    assert sent(ran, c.CompleteJob(*ran.job("t1"), {"n": n})) == told
    assert ran.open_jobs() == [ran.job(name) for name in then]


@pytest.mark.parametrize(
    "text", ["s > t1 > o; o >[1] t2; o >[1] t2", "s > t1 > o; o >[1] t2; o >[1] a > t3"]
)
def test_several_ways_are_gone_step_by_step_unless_each_leads_to_a_task(text: str) -> None:
    ran = Driver(program(text.replace("[1]", "[True]"))).start()
    assert sent(ran, c.CompleteJob(*ran.job("t1")))[:2] == LONG[:2]


def test_what_is_awaited_at_an_inclusive_join_goes_the_short_way() -> None:
    ran = Driver(program(INCLUSIVE)).start({"n": 1})
    for task in ("t1", "t2", "t3", "t4"):
        assert sent(ran, c.CompleteJob(*ran.job(task))) == SHORT
    joined = [record for record in ran.records if type(record) is r.Joined]
    assert [len(record.flows) for record in joined] == [2]
    assert ran.outcome == "completed"


def test_a_join_is_met_at_once_though_an_inclusive_one_looks_on() -> None:
    text = "s > p; p > t1 > j; p > t2 > j; j > t3 > o; o >[True] t4 > i; o >[True] t5 > i; i > e"
    ran = Driver(program(text)).start()
    for task in ("t1", "t2", "t3", "t4", "t5"):
        assert sent(ran, c.CompleteJob(*ran.job(task))) == SHORT
    assert ran.outcome == "completed"


AT_INCLUSIVE_JOINS: Mapping[str, tuple[str, str, bool]] = {
    "what was awaited ends": (
        "s > p; p > t1 > i; p > t2 > x; x >[n > 3] i; x >* e; i > e2",
        "t1 t2",
        False,
    ),
    "what was awaited still comes": (
        "s > p; p > t1 > i; p > t2 > x; x >* t3 > i; i > e2",
        "t1 t2",
        True,
    ),
    "tokens wait at another one": (
        "s > p; p > t1 > i; p > t2 > i; p > t3 > i2; p > t4 > i2; i > e; i2 > e2",
        "t1 t3 t4",
        False,
    ),
    "tokens go on at another one": (
        "s > p; p > t1 > i; p > t2 > t3 > i; p > t4 > i2; i > e; i2 > e2",
        "t1 t2 t4",
        True,
    ),
    "what waits for all is awaited": (
        "s > p; p > t1 > i; p > t2 > j; p > t3 > j; j > i; i > e",
        "t2 t1",
        True,
    ),
    "what waited for all has gone": (
        "s > p; p > t1 > i; p > t2 > j; p > t3 > j; j > i; i > e",
        "t2 t1 t3",
        True,
    ),
    "tokens wait at two joins of all": (
        "s > p; p > t1 > j; p > t2 > j; p > t3 > j2; p > t4 > j2; j > e; j2 > e2",
        "t1 t3",
        True,
    ),
    "what was awaited ends beside others": (
        "s > p; p > t1 > i; p > t2 > x; x >[n > 3] i; x >* e; i > e2; p > t3 > e3",
        "t1 t2",
        False,
    ),
    "two come on one flow": (
        "s > p; p > y; p > y; y > t1 > i; p > t2 > i; i > e",
        "t1 t1 t2",
        False,
    ),
    "nothing is active": ("s > p; p > t1 > i; p > j > i; i > j; i > e", "t1", False),
}


@pytest.mark.parametrize(
    ("text", "tasks", "is_short"), AT_INCLUSIVE_JOINS.values(), ids=AT_INCLUSIVE_JOINS
)
def test_inclusive_joins_mean_the_same_step_by_step(text: str, tasks: str, is_short: bool) -> None:
    short, long = [Driver(program(text), short=way).start({"n": 1}) for way in (True, False)]
    for task in tasks.split():
        for ran in (short, long):
            job = next(j for j in ran.open_jobs() if ran.program.nodes[j[1]].id == task)
            ran.answer(*job)
    assert short.records == long.records
    assert ([type(told) for told in short.batches[-1].records] == [r.Advanced]) is is_short
