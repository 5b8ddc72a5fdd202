"""What becomes of work that is under way when an engine is left."""

from __future__ import annotations

from functools import partial

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.runtime import Engine, TaskContext
from tests.core.drawn import timer
from tests.core.harness import program
from tests.runtime.harness import DRIVERS, WAIT, Turnstile

each_driver = pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)


@each_driver
def test_leaving_the_engine_sits_no_timer_out(workers: int) -> None:
    with Engine(
        program("s > c1 > e", events={"c1": timer(3_600_000_000)}), workers=workers
    ) as engine:
        run = engine.start("P")
    assert run.status == "waiting"


@each_driver
def test_leaving_the_engine_lets_what_failed_be_tried_again(workers: int) -> None:
    calls: list[int] = []

    def fails(context: TaskContext) -> None:
        calls.append(context.attempt)
        if context.attempt < 2:
            raise OSError

    work = {"t1": Work(retries=(20_000, 20_000))}
    with Engine(program("s > t1 > e", work=work), {"t1": fails}, workers=workers) as engine:
        run = engine.start("P")
    assert (run.outcome, calls) == ("completed", [0, 1, 2])


def explode() -> None:
    raise OSError


@each_driver
def test_leaving_the_engine_sits_no_attempt_out_that_comes_too_late(
    workers: int, caplog: pytest.LogCaptureFixture
) -> None:
    drawn = program("s > t1 > e", work={"t1": Work(retries=(3_600_000_000,))})
    with Engine(drawn, {"t1": explode}, workers=workers, patience=WAIT) as engine:
        engine.start("P")
    assert "calls are told to break off" not in caplog.text


def test_who_goes_on_when_patience_is_over_is_told_so(caplog: pytest.LogCaptureFixture) -> None:
    told: list[bool] = []

    def polite(context: TaskContext) -> None:
        told.append(context.cancelled.wait(WAIT))

    with Engine(program("s > t1 > e"), {"t1": polite}, workers=1, patience=0.01) as engine:
        run = engine.start("P")
    assert (told, run.status, engine.unfinished) == ([True], "stopped", [])
    assert caplog.messages == ["after 0.01 s calls are told to break off"]


def test_calls_that_do_not_return_are_logged(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Turnstile()
    with Engine(program("s > t1 > e"), {"t1": gate}, workers=1, patience=0) as engine:
        engine.start("P")
        gate.wait_for()
        monkeypatch.setattr(engine, "stop", partial(engine.stop, 0.01))
    assert [call.node for call in engine.unfinished] == ["t1"]
    assert caplog.messages[-1] == "a call of t1 of P-1 has not returned"
    gate.open.set()


@pytest.mark.parametrize("workers", [1, 50])
def test_of_calls_in_a_row_the_one_is_named_that_has_not_returned(workers: int) -> None:
    gate = Turnstile()
    handlers = {"t1": lambda: None, "t2": lambda: None, "t3": gate}
    with Engine(program("s > t1 > t2 > t3 > e"), handlers, workers=workers) as engine:
        engine.start("P")
        gate.wait_for()
        assert [call.node for call in engine.stop(0.01)] == ["t3"]
        gate.open.set()
