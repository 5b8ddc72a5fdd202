"""Finished instances are freed, however they ended: nothing in the engine keeps them."""

from __future__ import annotations

import gc
from collections.abc import Callable
from typing import Any

import pytest

from bpmn_xml.core.state import Scope, State
from bpmn_xml.errors import BpmnError
from bpmn_xml.runtime import ManualClock, Run
from bpmn_xml.runtime.execution.instance import Instance
from tests.core.harness import message, program, signal, timer
from tests.runtime.harness import WAIT, Bench, bench

HOUR = 3_600_000_000
KINDS = (State, Scope, Instance, Run)


def kept() -> int:
    """How many parts of instances are alive in this process."""
    gc.collect()
    return sum(isinstance(found, KINDS) for found in gc.get_objects())


def nothing(_at: Bench, _run: Run) -> None:
    pass


def answer(_at: Bench, run: Run) -> None:
    run.tasks[0].complete()


def skip(_at: Bench, run: Run) -> None:
    run.incidents[0].skip()


def cancel(_at: Bench, run: Run) -> None:
    run.cancel()


def publish(at: Bench, _run: Run) -> None:
    assert at.engine.publish("m")


def broadcast(at: Bench, _run: Run) -> None:
    at.engine.signal("m")


def pass_time(at: Bench, _run: Run) -> None:
    at.engine.clock.advance("PT2H")  # type: ignore[attr-defined]
    assert at.engine.wait(WAIT)


def broken() -> None:
    raise ZeroDivisionError


def refuses() -> None:
    raise BpmnError("FAULT", "no")


HANDLERS = {"t": lambda: None, "t2": broken, "t3": refuses, "m": lambda: iter("ab")}

LIVES: dict[str, tuple[str, dict[str, Any], Callable[[Bench, Run], None]]] = {
    "completed": ("s > t > e", {}, nothing),
    "terminated": ("s > p; p > t > q; p > u > e", {}, nothing),
    "failed": ("s > t3 > e", {}, nothing),
    "cancelled": ("s > u > e", {}, cancel),
    "a task answered": ("s > u > e", {}, answer),
    "an incident skipped": ("s > t2 > e", {}, skip),
    "a timer that never fired": ("s > u > e; u !b; b > q", {"b": timer(HOUR)}, answer),
    "a timer that fired": ("s > u > e; u !b; b > q", {"b": timer(HOUR)}, pass_time),
    "a message": ("s > c > e", {"c": message("m")}, publish),
    "a signal": ("s > c > e", {"c": signal("m")}, broadcast),
    "a sub-process": ("s > z > e; z: s1 > t > e1", {}, nothing),
    "an error that was caught": ("s > t3 > e; t3 !b1; b1 > q", {}, nothing),
}


@pytest.mark.parametrize("life", LIVES.values(), ids=LIVES)
def test_what_has_ended_is_freed(life: Any) -> None:
    text, events, live = life
    with bench(program(text, events=events), HANDLERS, 0, clock=ManualClock()) as at:
        at.engine._executor.observers.all = ()  # the recorder of the tests keeps everything

        def lives(number: int) -> None:
            for _ in range(number):
                run = at.engine.start("P")
                assert run.wait(WAIT)
                live(at, run)
                assert run.wait(WAIT)
                assert run.outcome

        lives(10)
        before = kept()
        lives(300)
        assert kept() <= before
        assert not at.engine._executor.instances


@pytest.mark.parametrize("workers", [0, 4])
def test_ten_thousand_instances_leave_nothing(workers: int) -> None:
    with bench("s > t > e", HANDLERS, workers) as at:
        at.engine._executor.observers.all = ()

        def hundred() -> None:
            runs = [at.engine.start("P") for _ in range(100)]
            assert at.engine.wait(WAIT)
            assert all(run.outcome == "completed" for run in runs)

        hundred()
        before = kept()
        for _ in range(100):
            hundred()
        assert kept() <= before + 4 * workers  # a worker's desk may still show its last one
