"""What a handler may know about its call."""

from __future__ import annotations

import threading

from bpmn_xml.compiler.program import Work
from bpmn_xml.runtime.context import CancelFlag, TaskContext
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
