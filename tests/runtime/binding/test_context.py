"""What a handler may know about its call."""

from __future__ import annotations

import threading

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.program import Work
from bpmn_xml.runtime import run
from bpmn_xml.runtime.binding.context import CancelFlag, TaskContext
from tests.compiler.drawing import around, extended, word
from tests.runtime.harness import WAIT, bench


def test_a_flag_is_seen_by_who_waits() -> None:
    flag = CancelFlag()
    assert not flag
    threading.Timer(0.01, flag.set).start()
    assert flag.wait(WAIT)
    assert flag
    assert flag.wait()


def test_a_flag_that_nobody_sets() -> None:
    flag = CancelFlag()
    assert not flag.wait(0.001)
    assert not flag.wait(0.001)


def test_a_context_tells_about_the_call() -> None:
    seen: list[TaskContext] = []
    work = {"t1": Work(fields=(("color", "red"),))}
    handlers = {"m1": lambda: [{"v": 1}], "t1": lambda context, v: seen.append(context)}
    with bench("s > m1 > t1 > e", handlers, 0, work=work) as it:
        it.run({"all": 2})
    (context,) = seen
    assert (context.instance, context.node, context.scope, context.attempt) == (
        "P-1",
        "t1",
        "1.1:0",
        0,
    )
    assert context.variables == {"v": 1, "all": 2}
    assert context.fields == {"color": "red"}
    assert not context.cancelled


@pytest.mark.parametrize(("given", "left"), [("R3/PT0S", [2, 1, 0]), ("never", [0])])
def test_a_context_tells_how_often_it_may_be_tried_again(given: str, left: list[int]) -> None:
    cycle = word("camunda:failedJobRetryTimeCycle", text="${how}")
    seen: list[int] = []

    def fail(context: TaskContext) -> None:
        seen.append(context.retries)
        raise ValueError("no")

    drawn = around(m.ServiceTask(id="t", **extended(cycle)))
    started = run(drawn, {"how": given}, {"t": fail})
    assert len(started.incidents) == 1
    assert seen == left
