"""Errors, exceptions, retries and incidents: who catches, who waits, who must mend."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.compiler.program.scoping import CAMUNDA7, CAMUNDA8
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError, CommandRejected
from tests.core.drawn import around
from tests.core.harness import Driver, index, program


def throw(code: str, **variables: Any) -> Any:
    def handler(_names: Any) -> Any:
        raise BpmnError(code, "told", variables)

    return handler


CAUGHT = [
    ("s > t1 > e; t1 !b1; b1 > t2", "X", "t2"),
    ("s > t1 > e; t1 !X:b1; b1 > t2; t1 !b2; b2 > t3", "X", "t2"),
    ("s > t1 > e; t1 !b2; b2 > t3; t1 !X:b1; b1 > t2", "X", "t2"),
    ("s > t1 > e; t1 !Y:b1; b1 > t2; t1 !b2; b2 > t3", "X", "t3"),
    ("s > z1 > e; z1: t1; z1 !X:b1; b1 > t2", "X", "t2"),
    ("s > z1 > e; z1: t1; z1: t1 !Y:b3; z1: b3 > t4; z1 !X:b1; b1 > t2", "X", "t2"),
    ("s > z1 > e; z1: z2; z2: t1; z2: u1; z1: u2; z1 !X:b1; b1 > t2", "X", "t2"),
]


@pytest.mark.parametrize(("text", "code", "then"), CAUGHT)
def test_the_innermost_exact_code_catches(text: str, code: str, then: str) -> None:
    ran = Driver(program(text), {"t1": throw(code, extra=1)}).run()
    assert ran.outcome == "completed"
    assert ran.count(r.Completed, then) == 1
    assert dict(ran.state.scopes[""].variables) == {"extra": 1, "caught": code}
    assert ran.count(r.Activated) == ran.count(r.Completed) + ran.count(r.Cancelled)


def test_an_uncaught_error_fails_the_instance() -> None:
    ran = Driver(program("s > t1 > e; s > u1"), {"t1": throw("X")}).run()
    assert ran.outcome == "failed"
    t1 = index(ran.program, "t1")
    assert ran.records[-1] == r.InstanceEnded("failed", "X", "told", t1)
    assert ran.count(r.Cancelled, "u1") == 1
    assert ran.state.error == r.ErrorThrown("", t1, "X", "told", uncaught=True, n=1)


def test_what_an_uncaught_error_carried_is_kept() -> None:
    ran = Driver(program("s > t1 > e"), {"t1": throw("X", left=3)}).run()
    assert ran.state.error is not None
    assert ran.state.error.values == {"left": 3}


def test_an_uncaught_error_ends_the_token_in_camunda_7() -> None:
    ran = Driver(program("s > t1 > e; s > f; s > t2", rules=CAMUNDA7), {"t1": throw("X")}).run()
    assert ran.outcome == "completed"
    assert ran.state.error is not None
    assert ran.count(r.Completed, "t2") == 1


def test_an_uncaught_error_is_an_incident_in_camunda_8() -> None:
    ran = Driver(program("s > t1 > e; s > f", rules=CAMUNDA8), {"t1": throw("X")}).run()
    assert ran.outcome == ""
    assert ran.state.error is None
    assert sorted(ran.incidents()) == [
        "nobody catches error 'FAULT'",
        "nobody catches error 'X' told",
    ]


def test_an_error_carries_its_payload_where_results_travel() -> None:
    got: list[Any] = []
    ran = Driver(
        program("s > t1 > e; t1 !b1; b1 > t2", payload=True),
        {"t1": throw("X", why=1), "t2": lambda n: got.append(dict(n))},
    ).run({"v": 7})
    assert ran.outcome == "completed"
    assert got == [{"v": 7, "why": 1, "caught": "X"}]


EXCEPTIONS = [
    ("s > t1 > e; t1 !exceptions:b1; b1 > t2", True),
    ("s > t1 > e; t1 !ZeroDivisionError:b1; b1 > t2", True),
    ("s > t1 > e; t1 !ArithmeticError:b1; b1 > t2", True),
    ("s > z1 > e; z1: t1; z1 !exceptions:b1; b1 > t2", True),
    ("s > t1 > e; t1 !b1; b1 > t2", False),
    ("s > t1 > e; t1 !OSError:b1; b1 > t2", False),
]


@pytest.mark.parametrize(("text", "caught"), EXCEPTIONS)
def test_an_exception_is_caught_where_the_diagram_says_so(text: str, *, caught: bool) -> None:
    ran = Driver(program(text), {"t1": lambda n: {"a": 1 // 0}}).run()
    assert (ran.outcome == "completed") is caught
    assert (len(ran.incidents()) == 1) is not caught


def test_a_failed_job_is_retried_when_it_is_due_and_then_an_incident() -> None:
    driver = Driver(program("s > t1 > e", work={"t1": Work(retries=(10, 20))})).start()
    job = driver.job("t1")
    due = []
    for wait in (10, 20):
        driver.send(c.FailJob(*job, ("app.Broken", "Exception"), "no"))
        due.append(driver.records[-1].due)
        assert driver.open_jobs() == []
        driver.send(c.CompleteJob(*job))
        assert driver.count(r.Completed) == 0
        driver.time += wait
        driver.send(c.RetryJob(*job))
        assert driver.open_jobs() == [job]
    assert due == [10, 30]
    driver.send(c.RetryJob(*job))
    driver.send(c.FailJob(*job, (), "", "the trace"))
    assert driver.incidents() == ["Exception"]
    driver.send(c.ResolveIncident(*job))
    driver.send(c.FailJob(*job, ("app.Broken",), "again"))
    assert driver.count(r.JobFailed) == 3


def test_the_answer_of_an_earlier_attempt_is_discarded() -> None:
    driver = Driver(program("s > t1 > e", work={"t1": Work(retries=(0,))})).start()
    job = driver.job("t1")
    driver.send(c.FailJob(*job, ("E",), "timeout", attempt=0))
    driver.send(c.RetryJob(*job))
    driver.send(c.CompleteJob(*job, {"a": 1}, attempt=0))
    assert isinstance(driver.records[-1], r.ResultDiscarded)
    driver.send(c.CompleteJob(*job, {"a": 2}, attempt=1))
    assert driver.outcome == "completed"


LATE = [
    lambda job: c.CompleteJob(*job),
    lambda job: c.FailJob(*job, ("E",), ""),
    lambda job: c.ThrowError(*job, "X"),
    lambda job: c.EmitResult(*job, 0, {}),
]


@pytest.mark.parametrize("late", LATE)
@pytest.mark.parametrize("scope", ["", "gone"])
def test_what_comes_too_late_is_recorded_and_changes_nothing(late: Any, scope: str) -> None:
    driver = Driver(program("s > t1 > u1")).start()
    driver.send(c.CompleteJob(*driver.job("t1")))
    before = driver.state.scopes[""].active
    driver.send(late(driver.job("t1", scope)))
    assert [type(record) for record in driver.batches[-1].records] == [r.ResultDiscarded]
    assert driver.state.scopes[""].active == before


NO_WAY = [
    ("s > x; x >[n > 1] t2", "x"),
    ("s > o; o >[n > 1] t2", "o"),
    ("s > t1; t1 >[n > 1] t2", "t1"),
    ("s > p; p > j; p > j2; s > p3 > o1; o1 >[n > 1] t2", "o1"),
    ("s > p > i; s > p4 > i; i >[n > 1] t2", "i"),
    ("s > x; x >[missing > 1] t2", "x"),
    ("s > z1; z1: s1 > e1; z1 >[n > 1] t2", "z1"),
]


@pytest.mark.parametrize(("text", "where"), NO_WAY)
def test_where_no_flow_can_be_taken_the_token_is_held_until_mended(text: str, where: str) -> None:
    ran = Driver(program(text)).run({"n": 0})
    assert ran.outcome == ""
    assert len(ran.incidents()) == 1
    stuck = ran.job(where)
    ran.send(c.ResolveIncident(*stuck))
    assert len(ran.incidents()) == 1
    ran.send(c.ResolveIncident(*stuck, {"n": 2, "missing": 2}))
    assert ran.go().outcome == "completed"
    assert ran.count(r.Completed, "t2") == 1


def test_a_result_is_not_lost_when_its_task_cannot_be_left_where_results_travel() -> None:
    got: list[Any] = []
    ran = Driver(
        program("s > t1; t1 >[ok] t2", payload=True),
        {"t1": lambda n: {"ok": n["v"] > 9, "v": n["v"]}, "t2": lambda n: got.append(dict(n))},
    ).run({"v": 7})
    assert len(ran.incidents()) == 1
    with pytest.raises(CommandRejected, match="no incident"):
        ran.send(c.ResolveIncident(*ran.job("t2")))


def test_a_join_that_can_never_be_filled_is_an_incident() -> None:
    ran = Driver(program("s > x; x >[n > 0] t1 > j; x >* t2 > j; j > e")).run({"n": 1})
    stuck = "stuck at j: nothing can arrive on t2-j (from 't2'); a token came on t1-j (from 't1')"
    assert ran.outcome == ""
    assert ran.incidents() == [stuck]
    ran.send(c.ResolveIncident("", ran.job("j")[1], 0))
    assert ran.incidents() == [stuck]
    ran.send(c.CancelInstance("given up"))
    assert ran.outcome == "cancelled"
    with pytest.raises(CommandRejected, match="not running"):
        ran.send(c.CancelInstance())


def test_cancelling_an_activity_forgets_its_incident() -> None:
    text = "s > z1 > e; z1: t1; z1: t2; z1 !X:b1; b1 > t3"
    ran = Driver(program(text), {"t1": lambda n: {"a": 1 // 0}, "t2": throw("X")}).run()
    assert ran.outcome == "completed"
    assert ran.incidents() == []


def test_an_instance_begins_once() -> None:
    driver = Driver(program("s > t1 > e")).start()
    with pytest.raises(CommandRejected, match="already begun"):
        driver.start()


def test_an_earlier_time_is_clamped_and_recorded() -> None:
    driver = Driver(program("s > t1 > e"))
    driver.time = 50
    driver.start()
    driver.time = 20
    batch = driver.send(c.CompleteJob(*driver.job("t1")))
    assert batch.time == 50
    assert r.TimeClamped(20) in batch.records


@pytest.mark.parametrize("frames", [{}, {"f1": around(inputs="a = 1")}])
def test_an_error_end_event_that_is_tried_again_throws_again(frames: dict[str, Any]) -> None:
    """What nobody catches stands at the end event: it never waits for nothing."""
    driver = Driver(program("s > f1", rules=CAMUNDA8, frames=frames)).start()
    ((scope, key),) = [(s.path, k) for s in driver.state.scopes.values() for k in s.incidents or ()]
    n, node = divmod(key, driver.state.size)
    driver.send(c.ResolveIncident(scope, node, n, {}))
    assert driver.incidents() == ["nobody catches error 'FAULT'"]
    driver.send(c.SkipIncident(scope, node, n, {}))
    assert driver.outcome == "completed"
