"""Calls that are looked after: retries, timeouts, places, cancellation."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError
from bpmn_xml.runtime import Engine, ManualClock
from tests.runtime.harness import WAIT, Turnstile, bench


def test_after_a_call_its_place_is_kept_for_the_delay_but_the_result_goes_on() -> None:
    clock, calls = ManualClock(), []
    work = {"t1": Work(threads=1, delay=5_000_000)}
    handlers = {"t1": lambda v: calls.append(v), "t2": lambda: None}
    with bench("s > t1 > t2 > e", handlers, 4, work=work, clock=clock) as it:
        first = it.start({"v": 1})
        assert first.wait(WAIT)
        assert first.outcome == "completed"
        second = it.start({"v": 2})
        assert not second.wait(0.05)
        clock.advance(seconds=4)
        assert not second.wait(0.05)
        clock.advance(seconds=1)
        assert second.wait(WAIT)
        assert calls == [1, 2]


def test_retries_come_when_they_are_due() -> None:
    clock, seen = ManualClock(1_000), []

    def flaky(context: Any) -> dict[str, int]:
        seen.append((context.attempt, clock.now()))
        if context.attempt < 2:
            raise OSError("line busy")
        return {"done": context.attempt}

    work = {"t1": Work(retries=(10_000_000, 60_000_000))}
    with bench("s > t1 > e", {"t1": flaky}, 4, work=work, clock=clock) as it:
        run = it.run()
        assert run.status == "waiting"
        clock.advance(seconds=10)
        assert run.wait(WAIT)
        clock.advance(seconds=59)
        assert run.wait(WAIT)
        assert run.outcome == ""
        clock.advance(seconds=1)
        assert run.wait(WAIT, ended=True)
        assert run.variables == {"done": 2}
    assert seen == [(0, 1_000), (1, 10_001_000), (2, 70_001_000)]


def test_retries_with_the_system_clock() -> None:
    seen = []

    def flaky(context: Any) -> None:
        seen.append(context.attempt)
        if context.attempt < 3:
            raise OSError("line busy")

    with bench("s > t1 > e", {"t1": flaky}, 4, work={"t1": Work(retries=(1000,) * 3)}) as it:
        assert it.run().outcome == "completed"
    assert seen == [0, 1, 2, 3]


def test_after_the_last_retry_there_is_an_incident() -> None:
    def hopeless() -> None:
        raise OSError("line busy")

    with bench("s > t1 > e", {"t1": hopeless}, 4, work={"t1": Work(retries=(1, 1))}) as it:
        run = it.run()
        assert run.status == "incident"
        assert it.count(r.JobFailed) == 2


def test_bpmn_errors_are_never_retried() -> None:
    def thrown() -> None:
        raise BpmnError("X")

    work = {"t1": Work(retries=(1, 1))}
    with bench("s > t1 > e; t1 !X:b1; b1 > e2", {"t1": thrown}, 4, work=work) as it:
        assert it.run().outcome == "completed"
        assert it.count(r.JobFailed) == 0


def test_a_cancelled_call_hears_of_it_keeps_its_place_and_its_answer_is_discarded() -> None:
    began, heard = threading.Event(), threading.Event()
    finish = threading.Event()

    def long(context: Any) -> dict[str, int] | None:
        if not context.variables["cut"]:
            return None
        began.set()
        assert context.cancelled.wait(WAIT)
        heard.set()
        assert finish.wait(WAIT)
        return {"late": 1}

    def cut() -> None:
        assert began.wait(WAIT)

    text = "s > p; p > t1 > e; p > x; x >[cut] t2 > q; x >* e2"
    with bench(text, {"t1": long, "t2": cut}, 4, work={"t1": Work(threads=1)}) as it:
        run = it.run({"cut": True})
        assert run.outcome == "terminated"
        assert heard.wait(WAIT)
        second = it.start({"cut": False})
        assert not second.wait(0.05)
        finish.set()
        assert second.wait(WAIT)
        assert second.outcome == "completed"
        assert "late" not in run.variables
    assert it.count(r.ResultDiscarded, "t1") == 1


def test_a_call_that_takes_too_long_fails_and_its_late_answer_is_discarded() -> None:
    clock = ManualClock()
    stand = Turnstile()

    def slow(context: Any) -> dict[str, int]:
        if context.attempt == 0:
            stand()
            assert context.cancelled.is_set()
        return {"attempt": context.attempt}

    work = {"t1": Work(timeout=2_000_000, retries=(3_000_000,))}
    with bench("s > t1 > e", {"t1": slow}, 4, work=work, clock=clock) as it:
        run = it.start()
        stand.wait_for()
        clock.advance(seconds=2)
        assert run.wait(WAIT)
        clock.advance(seconds=3)
        assert run.wait(WAIT, ended=True)
        assert run.variables == {"attempt": 1}
        stand.open.set()
    assert it.count(r.JobFailed) == 1
    assert it.count(r.ResultDiscarded) == 1


def test_a_timeout_is_an_exception_that_a_boundary_event_can_catch() -> None:
    stand = Turnstile()
    text = "s > t1 > e; t1 !TimeoutError:b1; b1 > e2"
    with bench(text, {"t1": stand}, 4, work={"t1": Work(timeout=1000)}) as it:
        run = it.run()
        assert (run.outcome, run.variables) == ("completed", {"caught": "TimeoutError"})
        stand.open.set()


def test_the_answer_of_a_timed_out_call_is_not_taken_for_its_successors() -> None:
    stand, clock = Turnstile(), ManualClock()
    calls: list[int] = []

    def slow() -> dict[str, int]:
        calls.append(len(calls))
        mine = calls[-1]
        if mine == 0:
            stand()
        return {"call": mine}

    with bench("s > t1 > u1 > e", {"t1": slow}, 4, work={"t1": Work(timeout=5)}, clock=clock) as it:
        run = it.start()
        stand.wait_for()
        clock.advance(microseconds=5)
        assert run.wait(WAIT)
        second = Turnstile()
        it.engine._executor.tasks[1].function = lambda: second() or {"call": 7}
        run.incidents[0].retry()
        second.wait_for()
        stand.open.set()
        assert not run.wait(0.05)
        second.open.set()
        assert run.wait(WAIT)
        assert run.variables == {"call": 7}


def test_a_handler_may_end_its_thread_only_as_a_failure() -> None:
    def leaves() -> None:
        raise SystemExit(3)

    def interrupts() -> None:
        raise KeyboardInterrupt

    for handler, name in ((leaves, "SystemExit: 3"), (interrupts, "KeyboardInterrupt")):
        with bench("s > t1 > e", {"t1": handler}, 1) as it:
            run = it.run()
            assert [incident.message for incident in run.incidents] == [name]


def test_handlers_may_use_the_engine() -> None:
    engine: Engine

    def parent() -> dict[str, str]:
        child = engine.start("P", {"deep": True})
        assert child.wait(WAIT)
        return {"child": child.outcome}

    text = "s > x; x >[deep] t2 > e; x >* t1 > e2"
    handlers = {"t1": parent, "t2": lambda: None}
    with bench(text, handlers, 2) as it:
        engine = it.engine
        run = it.run({"deep": False})
        assert run.variables["child"] == "completed"


def plain(stand: Turnstile, seen: list[str]) -> Any:
    def handler(who: str) -> None:
        seen.append(who)
        if who == "first":
            stand()

    return handler


def coroutine(stand: Turnstile, seen: list[str]) -> Any:
    async def handler(who: str) -> None:
        seen.append(who)
        if who == "first":
            stand.came.release()
            while not stand.open.is_set():
                await asyncio.sleep(0.001)

    return handler


def queued(stand: Turnstile, seen: list[str]) -> Any:
    def handler(resultQ: Any, who: str) -> None:
        plain(stand, seen)(who)

    return handler


def generator(stand: Turnstile, seen: list[str]) -> Any:
    def handler(who: str) -> Any:
        plain(stand, seen)(who)
        yield {"v": 1}

    return handler


@pytest.mark.parametrize("kind", [plain, coroutine, queued, generator])
def test_who_is_cancelled_while_waiting_for_a_place_is_never_begun(kind: Any) -> None:
    stand, seen = Turnstile(), list[str]()
    text = "s > p; p > t1 > e; p > x; x >[who == 'second'] t2 > q; x >* e2"
    handlers = {"t1": kind(stand, seen), "t2": lambda: None}
    with bench(text, handlers, 4, work={"t1": Work(threads=1)}) as it:
        first = it.start({"who": "first"})
        stand.wait_for()
        second = it.run({"who": "second"})
        assert second.outcome == "terminated"
        third = it.start({"who": "third"})
        stand.open.set()
        for run in (first, third):
            assert run.wait(WAIT)
            assert run.outcome == "completed"
    assert seen == ["first", "third"]


def test_retries_of_an_activity_in_a_sub_process_that_is_gone_are_no_news() -> None:
    clock = ManualClock()

    def fails() -> None:
        raise OSError

    text = "s > p; p > z1 > e; p > u1 > q; z1: s1 > t1 > e1"
    with bench(text, {"t1": fails}, 4, work={"t1": Work(retries=(10,))}, clock=clock) as it:
        run = it.run()
        run.tasks[0].complete()
        clock.advance(microseconds=10)
        it.engine._executor.timers.fire(clock.now())
        assert it.recorder.records()[-1].outcome == "terminated"
