"""A process that turns for ever in itself is running, never waiting, and can be stopped."""

from __future__ import annotations

import threading
import time

import pytest

from bpmn_xml.runtime import Engine, TaskContext
from tests.core.harness import program
from tests.runtime.harness import WAIT

ENDLESS = "s > x; x >[1 < 2] x; x >* e"


@pytest.mark.parametrize("workers", [0, 1])
def test_an_endless_loop_is_running_until_it_is_cancelled(workers: int) -> None:
    engine = Engine(program(ENDLESS), workers=workers)
    run = engine.start("P")
    begun = time.monotonic()
    assert not run.wait(0.05)
    assert time.monotonic() - begun < 2  # a command of 10,000 steps, not 64 of them
    assert run.status == "running"
    run.cancel("enough")
    assert run.outcome == "cancelled"
    engine.stop()


def test_who_waits_is_told_that_the_engine_has_stopped() -> None:
    begun, answers = threading.Event(), list[bool]()

    def until_stopped(context: TaskContext) -> None:
        begun.set()
        assert context.cancelled.wait(WAIT)

    engine = Engine(program("s > t1 > t2 > e"), {"t1": until_stopped, "t2": print}, workers=1)
    run = engine.start("P")
    waiting = threading.Thread(target=lambda: answers.append(run.wait()), daemon=True)
    waiting.start()
    assert begun.wait(WAIT)
    engine.stop()
    waiting.join(WAIT)
    assert answers == [False]
    assert not run.wait()
    assert engine.wait(0) is False
