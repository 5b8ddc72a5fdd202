"""`async def` handlers: one loop, real waiting in parallel."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError
from tests.runtime.harness import DRIVERS, WAIT, Turnstile, bench, own_threads

each_driver = pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)


@each_driver
def test_coroutines_wait_at_once_on_one_thread(workers: int) -> None:
    seen, meet = set(), asyncio.Barrier(10)

    async def waits() -> None:
        seen.add(threading.current_thread().name)
        await asyncio.wait_for(meet.wait(), WAIT)

    text = "; ".join(f"p > t{i} > j" for i in range(10))
    handlers = {f"t{i}": waits for i in range(10)}
    with bench(f"s > p; {text}; j > e", handlers, workers) as it:
        assert it.run().outcome == "completed"
    assert seen == {"bpmn-xml-loop"}
    assert own_threads() == []


@each_driver
def test_nobody_waits_for_the_loop_to_be_made(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside, make = threading.Event(), asyncio.new_event_loop

    def slow() -> asyncio.AbstractEventLoop:
        assert beside.wait(WAIT)
        return make()

    async def numbers() -> AsyncIterator[dict[str, int]]:
        yield {"n": 1}

    async def answers() -> None: ...

    monkeypatch.setattr(asyncio, "new_event_loop", slow)
    handlers = {"t1": answers, "t2": numbers, "t3": beside.set}
    with bench("s > p; p > t1 > e; p > t2 > e; p > t3 > e", handlers, workers) as it:
        assert it.run().outcome == "completed"
    assert beside.is_set()
    assert own_threads() == []


def test_a_loop_that_was_never_made_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped, make = threading.Event(), asyncio.new_event_loop
    began = list[int]()

    def late() -> asyncio.AbstractEventLoop:
        assert stopped.wait(WAIT)
        return make()

    async def begins() -> None:
        began.append(1)

    monkeypatch.setattr(asyncio, "new_event_loop", late)
    with bench("s > t1 > e", {"t1": begins}, 2) as it:
        run = it.start()
        assert it.engine.stop(0) == []
        stopped.set()
    assert (began, run.status) == ([], "stopped")


@each_driver
def test_what_a_coroutine_answers(workers: int) -> None:
    async def doubles(n: int) -> dict[str, int]:
        return {"n": n * 2}

    async def throws() -> None:
        raise BpmnError("X", "no", {"left": 1})

    async def fails() -> None:
        raise ValueError("bad")

    async def rubbish() -> dict[int, int]:
        return {1: 1}

    text = "s > t1 > t2 > e; t2 !X:b1; b1 > t3 > t4"
    handlers = {"t1": doubles, "t2": throws, "t3": fails, "t4": rubbish}
    with bench(text, handlers, workers) as it:
        run = it.run({"n": 4})
        assert run.variables == {"n": 8, "left": 1, "caught": "X"}
        (incident,) = run.incidents
        assert incident.message == "ValueError: bad"
        assert "fails" in incident.detail


@each_driver
def test_a_class_and_a_partial_may_be_coroutines(workers: int) -> None:
    from functools import partial

    class Doubles:
        async def __call__(self, n: int) -> dict[str, int]:
            return {"n": n * 2}

    async def adds(by: int, n: int) -> dict[str, int]:
        return {"n": n + by}

    handlers = {"t1": Doubles, "t2": partial(adds, 3), "t3": Doubles()}
    with bench("s > t1 > t2 > t3 > e", handlers, workers) as it:
        assert it.run({"n": 1}).variables == {"n": 10}


@each_driver
def test_an_asynchronous_generator_is_a_producer_with_back_pressure(workers: int) -> None:
    made, seen = [], []

    async def numbers() -> AsyncIterator[dict[str, int]]:
        for v in range(5):
            made.append(v)
            yield {"v": v}
            await asyncio.sleep(0)

    handlers = {"m1": numbers, "t1": lambda v: seen.append((v, len(made)))}
    work = {"m1": Work(many=True, max_in_flight=1)}
    with bench("s > m1 > t1 > e", handlers, workers, work=work) as it:
        assert it.run().outcome == "completed"
    assert seen == [(v, v + 1) for v in range(5)]


@each_driver
def test_an_asynchronous_generator_that_fails(workers: int) -> None:
    async def numbers() -> AsyncIterator[dict[str, int]]:
        yield {"v": 1}
        raise OSError("broken")

    with bench("s > m1 > t1 > e", {"m1": numbers, "t1": lambda v: None}, workers) as it:
        run = it.run()
        assert [i.message for i in run.incidents] == ["OSError: broken"]
        assert it.count(r.Completed, "t1") == 1


def test_a_cancelled_coroutine_is_broken_off() -> None:
    began, ended = threading.Event(), threading.Event()

    async def long() -> None:
        began.set()
        try:
            await asyncio.sleep(WAIT)
        finally:
            ended.set()

    def cut() -> None:
        assert began.wait(WAIT)

    with bench("s > p; p > t1 > e; p > t2 > q", {"t1": long, "t2": cut}, 2) as it:
        assert it.run().outcome == "terminated"
        assert ended.wait(WAIT)


@each_driver
def test_a_coroutine_that_takes_too_long_is_broken_off(workers: int) -> None:
    async def long() -> None:
        await asyncio.sleep(WAIT)

    text = "s > t1 > e; t1 !TimeoutError:b1; b1 > e2"
    with bench(text, {"t1": long}, workers, work={"t1": Work(timeout=1000)}) as it:
        assert it.run().outcome == "completed"


@each_driver
def test_a_limit_of_threads_holds_on_the_loop(workers: int) -> None:
    inside, most = [0], [0]

    async def narrow() -> None:
        inside[0] += 1
        most[0] = max(most[0], inside[0])
        await asyncio.sleep(0.001)
        inside[0] -= 1

    with bench("s > t1 > e", {"t1": narrow}, workers, work={"t1": Work(threads=2)}) as it:
        runs = [it.start() for _ in range(10)]
        assert it.engine.wait(WAIT)
        assert {run.outcome for run in runs} == {"completed"}
    assert most[0] == 2


@each_driver
def test_a_stop_breaks_coroutines_off_and_records_nothing(workers: int) -> None:
    began = threading.Event()

    async def long() -> None:
        began.set()
        await asyncio.sleep(WAIT)

    with bench("s > t1 > e", {"t1": long}, workers) as it:
        run = it.start()
        run.wait(0.01)
        assert began.wait(WAIT)
        assert it.engine.stop(WAIT) == []
        assert run.incidents == []
        assert run.outcome == ""


def test_a_coroutine_that_does_not_hear_is_listed() -> None:
    began, let_go = threading.Event(), threading.Event()

    async def deaf() -> None:
        began.set()
        while not let_go.is_set():
            try:
                await asyncio.sleep(0.01)
            except asyncio.CancelledError:
                continue

    with bench("s > t1 > e", {"t1": deaf}, 2) as it:
        it.start()
        assert began.wait(WAIT)
        assert [left.node for left in it.engine.stop(0.05)] == ["t1"]
    let_go.set()


def test_a_plain_function_that_returns_a_coroutine_is_told_so() -> None:
    async def inner() -> None: ...

    handler: Any = lambda: inner()  # noqa: E731 - not seen to be a coroutine function
    with bench("s > t1 > e", {"t1": handler}, 0) as it:
        (incident,) = it.run().incidents
        assert "returned a coroutine that nobody runs" in incident.message


@each_driver
def test_an_asynchronous_generator_called_again_skips_what_it_had_emitted(workers: int) -> None:
    calls, got = [], []

    async def numbers() -> AsyncIterator[dict[str, int]]:
        calls.append(1)
        for v in range(3):
            if v == 2 and len(calls) == 1:
                raise OSError("broken")
            yield {"v": v}

    work = {"m1": Work(many=True, resumable=True)}
    handlers = {"m1": numbers, "t1": lambda v: got.append(v)}
    with bench("s > m1 > t1 > e", handlers, workers, work=work) as it:
        run = it.run()
        run.incidents[0].retry()
        assert run.wait(WAIT)
        assert run.outcome == "completed"
    assert sorted(got) == [0, 1, 2]


def test_a_coroutine_that_waits_for_its_place_is_never_begun_when_cancelled() -> None:
    began = []

    async def long(v: int) -> None:
        began.append(v)
        await asyncio.sleep(WAIT)

    def cut() -> None:
        while not began:
            time.sleep(0.001)

    text = "s > p; p > t1 > e; p > t2 > q"
    with bench(text, {"t1": long, "t2": cut}, 4, work={"t1": Work(threads=1)}) as it:
        first, second = it.start({"v": 1}), it.start({"v": 2})
        assert first.wait(WAIT)
        assert second.wait(WAIT)
        third = it.start({"v": 3})
        assert third.wait(WAIT)
    assert len(set(began)) == len(began)


def test_nothing_is_begun_on_the_loop_of_an_engine_that_stops() -> None:
    stand = Turnstile()

    async def never() -> None:
        raise AssertionError

    with bench("s > t1 > t2 > e", {"t1": stand, "t2": never}, 2) as it:
        run = it.start()
        stand.wait_for()
        threading.Timer(0.02, stand.open.set).start()
        it.engine.stop(WAIT)
        assert run.incidents == []
    assert own_threads() == []


@each_driver
def test_coroutines_and_producers_are_metered(workers: int) -> None:
    async def waits(context: Any) -> dict[str, int]:
        return {"a": context.attempt}

    async def fails() -> None:
        raise OSError

    def twice() -> Any:
        yield {"v": 1}
        yield {"v": 2}

    handlers = {"m1": twice, "t1": waits, "t2": fails}
    with bench("s > m1 > t1 > t2 > e", handlers, workers, metered=True) as it:
        it.run()
        counts = {c.node: (c.started, c.done, c.failed, c.active) for c in it.engine.counts()}
    assert counts == {"m1": (1, 1, 0, 0), "t1": (2, 2, 0, 0), "t2": (2, 0, 2, 0)}
