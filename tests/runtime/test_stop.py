"""A stop ends all that moves in its time, whatever is busy then, and closes the trace."""

from __future__ import annotations

import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core.records import Batch
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime import Engine
from bpmn_xml.trace.reader import TraceReader
from tests.core.harness import program, timer
from tests.runtime.harness import DRIVERS, WAIT, Turnstile, bench

each_driver = pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)


def until(holds: Any) -> None:
    """Wait until something holds."""
    end = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.001)


class Seen:
    """What an observer has seen."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []

    def on_batch(self, _state: object, batch: Batch) -> None:
        self.batches.append(batch)


def test_a_waiting_put_ends_though_every_worker_is_busy() -> None:
    ended, stand = threading.Event(), Turnstile()

    def puts(resultQ: Any) -> None:
        try:
            for k in range(3):
                resultQ.put({"k": k})
        finally:
            ended.set()

    handlers = {"m1": puts, "t1": stand, "t2": stand}
    work = {"m1": Work(many=True, max_in_flight=1)}
    with bench("s > p; p > m1 > t1 > e; p > t2 > e2", handlers, 2, work=work) as it:
        run = it.start()
        stand.wait_for(2)  # both workers: so the put has given its turn away
        left = it.engine.stop(0)
        assert {"t1", "t2"} <= {one.node for one in left} <= {"m1", "t1", "t2"}
        assert ended.wait(WAIT)
        stand.open.set()
        assert run.status == "stopped"


@each_driver
def test_a_stop_ends_what_goes_on_by_itself(workers: int, tmp_path: Path) -> None:
    trace = tmp_path / "run.jsonl"
    engine = Engine(program("s > x; x >[1 < 2] x; x >* e"), workers=workers, trace=trace)
    engine.observe(seen := Seen())
    run = engine.start("P")
    assert engine.stop(0) == []
    done, status = len(seen.batches), run.status
    with TraceReader(trace) as reader:
        assert [line.seq for line in reader] == list(range(1, done + 1))
    assert status == "stopped"
    assert (run.wait(WAIT), len(seen.batches)) == (False, done)


@each_driver
def test_a_coroutine_that_blocks_the_loop_is_left_behind_and_listed(workers: int) -> None:
    begun, go = threading.Event(), threading.Event()

    async def blocks() -> None:
        begun.set()
        assert go.wait(WAIT)

    with bench("s > t1 > e", {"t1": blocks}, workers) as it:
        it.start()
        assert begun.wait(WAIT)
        assert [call.node for call in it.engine.stop(0)] == ["t1"]
        go.set()


@each_driver
def test_a_coroutine_stops_its_own_engine_in_another_thread_only(workers: int) -> None:
    raised: list[UsageError] = []

    async def stops() -> None:
        with pytest.raises(UsageError, match=r"await asyncio.to_thread\(engine.stop\)") as refused:
            it.engine.stop()
        raised.append(refused.value)

    with bench("s > t1 > e", {"t1": stops}, workers) as it:
        assert it.run().outcome == "completed"
    assert raised


@pytest.mark.parametrize("workers", [0, 1])
def test_what_is_called_at_a_time_may_stop(workers: int, caplog: pytest.LogCaptureFixture) -> None:
    stopped = threading.Event()
    with bench("s > u1 > e", {}, workers) as it:
        it.engine.call_at(0, lambda: it.engine.stop(0) or stopped.set())
        it.engine.settle(WAIT)
        assert stopped.wait(WAIT)
    assert not caplog.records


@pytest.mark.parametrize("workers", [0, 1])
def test_who_is_told_that_a_time_has_come_may_stop(
    workers: int, caplog: pytest.LogCaptureFixture
) -> None:
    stopped = threading.Event()

    class Watch:
        def on_batch(self, _state: object, batch: Batch) -> None:
            if batch.seq == 2:
                it.engine.stop(0)
                stopped.set()

    drawing = program("s > c1 > u1 > e", events={"c1": timer(1_000)})
    with bench(drawing, {}, workers) as it:
        it.engine.observe(Watch())
        run = it.start()
        run.wait(WAIT)
        assert stopped.wait(WAIT)
        assert run.status == "waiting"
    assert not caplog.records


def test_the_trace_is_closed_though_the_stop_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[str] = []
    engine = Engine(program("s > e"), workers=0)
    engine._traces.callback(closed.append, "closed")
    monkeypatch.setattr(engine._executor.driver, "stop", lambda _grace: 1 // 0)
    with pytest.raises(ZeroDivisionError):
        engine.stop(0)
    assert closed == ["closed"]


@each_driver
def test_no_call_begins_once_an_observer_has_stopped(workers: int) -> None:
    called, stopped = list[str](), threading.Event()

    class Watch:
        def on_batch(self, _state: object, batch: Batch) -> None:
            if batch.seq == 2:
                it.engine.stop(0)
                stopped.set()

    handlers = {name: partial(called.append, name) for name in ("t1", "t2")}
    with bench("s > t1 > t2 > e", handlers, workers) as it:
        it.engine.observe(Watch())
        it.start().wait(WAIT)
        assert stopped.wait(WAIT)
    assert called == ["t1"]


@each_driver
def test_a_handler_that_stops_is_unfinished_and_its_answer_is_not_taken(
    workers: int, tmp_path: Path
) -> None:
    trace = tmp_path / "run.jsonl"
    engine = Engine(
        program("s > t1 > e"), {"t1": lambda: engine.stop(0) and None}, workers=workers, trace=trace
    )
    engine.observe(seen := Seen())
    run = engine.start("P")
    run.wait(WAIT)
    until(lambda: run.status == "stopped")
    assert [call.node for call in engine.stop(0)] == ["t1"]
    for thread in [one for one in threading.enumerate() if "bpmn-xml-worker" in one.name]:
        thread.join(WAIT)
    with TraceReader(trace) as reader:
        assert [line.seq for line in reader] == list(range(1, len(seen.batches) + 1))
    assert (run.status, run.outcome) == ("stopped", "")


def test_a_second_stop_waits_for_the_first_unless_that_waits_for_it() -> None:
    stand, at_once, order = Turnstile(), list[object](), list[str]()

    def stops() -> None:
        stand()
        at_once.extend(it.engine.stop(WAIT))
        order.append("handler")

    def stop() -> None:
        it.engine.stop(WAIT)
        order.append("caller")

    with bench("s > t1 > e", {"t1": stops}, 1) as it:
        it.start()
        stand.wait_for()
        threads = [threading.Thread(target=stop) for _ in range(2)]
        threads[0].start()
        until(lambda: it.engine._executor.stopping)
        threads[1].start()
        assert order == []
        stand.open.set()
        for thread in threads:
            thread.join(WAIT)
    assert (at_once, order) == ([], ["handler", "caller", "caller"])
