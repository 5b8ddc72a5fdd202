"""What a run tells of itself: where it ended, how it stands, what of it is open."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest

from bpmn_xml.compiler.program import EventSpec, Trigger, Work
from bpmn_xml.errors import BpmnError, CommandRejected
from bpmn_xml.runtime import ManualClock, UncaughtBpmnError
from tests.core.drawn import when
from tests.core.harness import program
from tests.runtime.harness import WAIT, Turnstile, bench


def count_up(n: int) -> dict[str, int]:
    return {"n": n + 1}


def two() -> Iterator[dict[str, int]]:
    yield {"n": 1}
    yield {"n": 2}


def out_of_stock(n: int) -> None:
    raise BpmnError("OUT", "none left", {"left": n})


def explode() -> None:
    raise ZeroDivisionError("by nothing")


# text, handlers, where it ended
ENDED = [
    ("s > t1 > e", {"t1": count_up}, "e"),
    ("s > x; x >[n < 5] e; x >* e2", {}, "e"),
    ("s > p; p > t1 > e; p > t2 > e2", {"t1": count_up, "t2": count_up}, "e2"),
    ("s > p; p > t1 > q; p > u1 > e", {"t1": count_up}, "q"),
    ("s > z1 > t2 > e2; z1: s1 > t1 > e1", {"t1": count_up, "t2": count_up}, "e2"),
    ("s > t1 > e", {"t1": two}, "e"),
    ("s > t1 > t2", {"t1": count_up, "t2": count_up}, ""),
    ("s > t1 > e", {"t1": out_of_stock}, ""),
]


@pytest.mark.parametrize(("text", "handlers", "end"), ENDED)
def test_a_run_says_at_which_end_event_it_ended(
    text: str, handlers: dict[str, Any], end: str
) -> None:
    with bench(text, handlers, 0) as it:
        assert it.run({"n": 0}).ended_at == end


def test_a_run_tells_the_error_that_nothing_caught(caplog: pytest.LogCaptureFixture) -> None:
    with bench("s > t1 > e", {"t1": out_of_stock}, 0) as it:
        run = it.run({"n": 3})
        error = UncaughtBpmnError("OUT", "none left", {"left": 3}, "t1", "")
        assert (run.error, str(run)) == (error, "<Run P-1: failed by error OUT at t1: none left>")
    told = "error at t1 of P-1, which nothing catches: OUT none left"
    assert caplog.record_tuples == [("bpmn_xml.incidents", logging.WARNING, told)]


def test_an_error_whose_code_is_nearly_caught_tells_what_catches_it(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caught = {"b1": EventSpec(trigger=Trigger.ERROR, code="OU_T")}
    drawn = program("s > t1 > e; t1 !b1; b1 > e", events=caught)
    with bench(drawn, {"t1": out_of_stock}, 0) as it:
        error = it.run({"n": 3}).error
    remedy = "'b1' catches 'OU_T', did you mean that?"
    assert error is not None
    assert (error.remedy, str(error)) == (remedy, f"error OUT at t1: none left; {remedy}")
    assert caplog.messages[-1].endswith(f"which nothing catches: OUT none left; {remedy}")


def test_a_run_that_goes_well_tells_no_error() -> None:
    with bench("s > t1 > e; t1 !b1; b1 > e", {"t1": out_of_stock}, 0) as it:
        assert it.run({"n": 3}).error is None


@pytest.mark.parametrize("workers", [0, 2])
def test_variables_of_a_run_are_set(workers: int) -> None:
    waits = program("s > c1 > t1 > e", events={"c1": when("n > 5")})
    with bench(waits, {"t1": count_up}, workers) as it:
        run = it.run({"n": 1})
        run.set_variables({"n": 6})
        assert run.wait(WAIT)
        assert (run.outcome, run.variables) == ("completed", {"n": 7})
        with pytest.raises(CommandRejected, match="has ended"):
            run.set_variables({"n": 1})


def test_what_has_not_ended_is_at_no_end() -> None:
    with bench("s > p; p > u1 > e; p > e2", {}, 0) as it:
        run = it.run()
        assert (run.ended_at, run.ends) == ("", ())
        run.tasks[0].complete()
        assert (run.ended_at, run.ends) == ("e", ("e2", "e"))
        run = it.run()
        run.cancel()
        assert run.ended_at == ""


def test_an_incident_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with bench("s > t1 > e", {"t1": explode}, 0) as it:
        run = it.run()
        run.incidents[0].skip()
    ((logger, level, told),) = caplog.record_tuples
    assert (logger, level) == ("bpmn_xml.incidents", logging.WARNING)
    first, traceback, *_, last = told.splitlines()
    assert first == "incident at t1 of P-1: ZeroDivisionError: by nothing"
    assert (traceback[:9], last) == ("Traceback", "ZeroDivisionError: by nothing")


def test_an_attempt_that_is_followed_by_another_is_logged(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO)
    clock = ManualClock()
    work = {"t1": Work(retries=(2_000_000,))}
    with bench("s > t1 > e", {"t1": explode}, 0, work=work, clock=clock) as it:
        it.start().settle()
    told = "attempt 1 at t1 of P-1 failed, the next in 2 s: ZeroDivisionError: by nothing"
    assert caplog.record_tuples == [("bpmn_xml.incidents", logging.INFO, told)]


def test_what_moves_when_the_engine_stops_is_stopped() -> None:
    gate = Turnstile()
    with bench("s > p; p > t1 > j; p > u1 > j; j > e", {"t1": gate}, 1) as it:
        runs = [it.start(), it.start()]
        gate.wait_for()
        it.engine.stop(0)
        assert [run.status for run in runs] == ["stopped", "stopped"]
        gate.open.set()
    with bench("s > u1 > e", {}, 1) as it:
        run = it.run()
    assert run.status == "waiting"


def test_what_is_open_says_in_a_line_where_it_is() -> None:
    with bench("s > p; p > u1 > j; p > t1 > j; j > e", {"t1": explode}, 0) as it:
        run = it.run()
        (task,), (incident,) = run.tasks, run.incidents
    assert repr(task) == "<OpenTask u1 of P-1>"
    assert repr(msgspec.structs.replace(task, lane="Till")) == "<OpenTask u1 of P-1 for Till>"
    assert repr(incident) == "<OpenIncident at t1 of P-1: 'ZeroDivisionError: by nothing'>"


def test_what_stands_for_the_same_instance_is_equal() -> None:
    with bench("s > u1 > e") as work, bench("s > u1 > e") as other:
        run, next_one = work.engine.start(), work.engine.start()
        assert run.wait(WAIT)
        [task] = run.tasks
        assert task.run == run == work.engine.run(run.id)
        assert run in work.engine.runs()
        assert len({run, task.run, next_one, *work.engine.runs()}) == 2
        assert run != next_one
        namesake = other.engine.start(instance=run.id)
        assert namesake.id == run.id
        assert namesake != run
        assert run != run.id
