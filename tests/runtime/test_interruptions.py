"""Boundary timers come on time though a handler or a script is busy; its answer comes too late."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from bpmn_xml.compiler.elements.scripts import compile_script
from bpmn_xml.compiler.program import Work
from bpmn_xml.core import records as r
from bpmn_xml.runtime import ManualClock, TaskContext
from tests.core.harness import program, timer
from tests.runtime.harness import DRIVERS, WAIT, bench

SECOND = 1_000_000

BUSY: dict[str, tuple[str, dict[str, Any]]] = {
    "at the task": ("s > t1 > e; t1 !b; b > t2 > e", {"b": timer(5 * SECOND)}),
    "at the sub-process around it": (
        "s > z > e; z: s1 > t1 > e1; z !b; b > t2 > e",
        {"b": timer(5 * SECOND)},
    ),
    "of another task": (
        "s > p; p > t1 > j; p > u > j; j > e; u !b; b > t2 > q",
        {"b": timer(5 * SECOND)},
    ),
}


@pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
@pytest.mark.parametrize("case", BUSY.values(), ids=BUSY)
def test_a_timer_that_is_due_meanwhile_comes_first(case: Any, workers: int) -> None:
    text, events = case
    clock, after = ManualClock(), list[str]()

    def long() -> dict[str, str]:
        clock.advance("PT10S")
        return {"by": "t1"}

    handlers = {"t1": long, "t2": lambda: after.append("t2")}
    with bench(program(text, events=events), handlers, workers, clock=clock) as at:
        run = at.run()
        assert run.wait(WAIT, ended=True)
        assert after == ["t2"]
        discarded = at.count(r.ResultDiscarded, "t1")
        assert discarded == (0 if "u" in text else 1)
        assert ("by" in run.variables) is ("u" in text)


def test_a_busy_call_hears_of_it_at_once() -> None:
    heard = threading.Event()

    def busy(context: TaskContext) -> None:
        assert context.cancelled.wait(WAIT)
        heard.set()

    drawing = program("s > t1 > e; t1 !b; b > t2 > e", events={"b": timer(20_000)})
    with bench(drawing, {"t1": busy, "t2": lambda: None}, 2) as at:
        run = at.run()
        assert run.wait(WAIT, ended=True)
        assert at.count(r.Completed, "t2") == 1
        assert heard.wait(WAIT)
    assert at.count(r.ResultDiscarded, "t1") == 1


ENDLESS = [
    ("for i in 1..100000, j in 1..100000 return i", "feel"),
    ("some i in 1..100000, j in 1..100000 satisfies i = 0", "feel"),
    ("n = 'x' * 999999 * 999999", "python"),
    ("\n".join(["n = n * n"] * 900), "python"),
]


@pytest.mark.parametrize(("text", "language"), ENDLESS)
def test_a_script_has_bounds(text: str, language: str) -> None:
    work = {"t1": Work(script=compile_script(text, language, "x"))}
    with bench("s > t1 > e", None, 0, work=work) as at:
        run = at.run({"n": 3})
        assert run.status == "incident" or run.variables["x"] is None
