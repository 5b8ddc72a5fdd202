"""The driver in the caller's thread: one order, no threads, timers as they come."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core import records as r
from bpmn_xml.runtime import ManualClock
from tests.core.harness import program, timer
from tests.runtime.harness import WAIT, bench, own_threads


def test_everything_happens_in_the_thread_that_waits() -> None:
    seen = []
    handlers = {f"t{i}": lambda: seen.append(threading.get_ident()) for i in range(3)}
    with bench("s > p; p > t0 > j; p > t1 > j; j > t2 > e", handlers, 0) as it:
        run = it.start()
        assert seen == []
        run.wait()
    assert set(seen) == {threading.get_ident()}
    assert own_threads() == []


def test_the_order_is_always_the_same() -> None:
    def records() -> list[Any]:
        handlers = {f"t{i}": lambda: None for i in range(5)}
        text = "s > p; " + "; ".join(f"p > t{i} > j" for i in range(5)) + "; j > e"
        with bench(text, handlers, 0, clock=ManualClock()) as it:
            it.run()
            return it.recorder.batches

    assert records() == records()


def test_time_passes_only_when_it_is_advanced() -> None:
    clock, calls = ManualClock(), []

    def flaky(context: Any) -> None:
        calls.append(context.attempt)
        if context.attempt < 2:
            raise OSError

    work = {"t1": Work(retries=(1_000, 1_000))}
    with bench("s > t1 > e", {"t1": flaky}, 0, work=work, clock=clock) as it:
        run = it.run()
        for expected in ([0], [0, 1], [0, 1, 2]):
            assert run.wait()
            assert calls == expected
            clock.advance(microseconds=1_000)
        assert run.outcome == "completed"


class SleepersClock:
    """A clock that runs on while somebody sleeps, and at no other time."""

    runs = True

    def __init__(self) -> None:
        self.time, self.slept = 0, list[float]()

    def now(self) -> int:
        return self.time

    def attach(self, *_told: object) -> None: ...

    def wait(self, seconds: float) -> bool:
        """What an event does that is never set."""
        self.slept.append(seconds)
        self.time += round(seconds * 1e6)
        return False


def test_real_time_is_slept_away(monkeypatch: pytest.MonkeyPatch) -> None:
    def flaky(context: Any) -> None:
        if not context.attempt:
            raise OSError

    clock, work = SleepersClock(), {"t1": Work(retries=(20_000,))}
    with bench("s > t1 > e", {"t1": flaky}, 0, work=work, clock=clock) as it:
        monkeypatch.setattr(it.engine._executor.driver._news, "wait", clock.wait)
        assert it.run().outcome == "completed"
    assert clock.slept == [0.02]


def test_a_timeout_counts_when_the_call_returns_too_late() -> None:
    clock = ManualClock()

    def slow() -> dict[str, int]:
        clock.advance(microseconds=10)
        return {"late": 1}

    with bench("s > t1 > e", {"t1": slow}, 0, work={"t1": Work(timeout=10)}, clock=clock) as it:
        run = it.run()
        assert [i.message for i in run.incidents] == [
            "TimeoutError: the call took longer than 1e-05 s"
        ]
        assert it.count(r.ResultDiscarded) == 1


def test_waiting_gives_up_in_the_middle_of_an_endless_process() -> None:
    with bench("s > y > t1 > y", {"t1": lambda: None}, 0) as it:
        run = it.start()
        assert not run.wait(0.02)
        assert run.status == "running"
        it.engine._executor.queue.clear()


def test_what_an_end_cuts_off_before_it_begins_is_kept_no_longer() -> None:
    drawing = "s > c1 > p; p > t1 > q; " + "; ".join(f"p > t{k} > e" for k in range(2, 9))
    made: list[str] = []
    handlers = {f"t{k}": partial(made.append, f"t{k}") for k in range(1, 9)}
    with bench(program(drawing, events={"c1": timer(5_000)}), handlers, 0) as it:
        assert it.run().outcome == "terminated"
        assert made == ["t1"]
        assert not it.engine._executor.queue


def test_what_waits_behind_what_is_cut_off_is_still_done() -> None:
    made: list[str] = []
    handlers = {f"t{k}": partial(made.append, f"t{k}") for k in range(1, 4)}
    drawing = "s > c1 > x; x >[n] p; p > t1 > q; p > t2 > e; x >* t3 > e"
    with bench(program(drawing, events={"c1": timer(5_000)}), handlers, 0) as it:
        cut, whole = it.start({"n": 1}), it.start({"n": 0})
        assert cut.wait(WAIT)
        assert whole.wait(WAIT)
    assert (cut.outcome, whole.outcome) == ("terminated", "completed")
    assert sorted(made) == ["t1", "t3"]


def test_a_producer_that_waits_for_time_that_stands_is_no_hang() -> None:
    clock = ManualClock()

    def puts(resultQ: Any) -> None:
        for v in range(3):
            resultQ.put({"v": v})

    def flaky(context: Any) -> None:
        if not context.attempt:
            raise OSError

    work = {"m1": Work(many=True, max_in_flight=1), "t1": Work(retries=(10,))}
    handlers = {"m1": puts, "t1": flaky}
    with bench("s > m1 > t1 > e", handlers, 0, work=work, clock=clock) as it:
        run = it.start()
        for _ in range(3):
            assert not run.wait(WAIT)
            clock.advance(microseconds=10)
        assert run.wait(WAIT)
        assert run.outcome == "completed"


def test_an_interrupt_reaches_the_caller() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    with bench("s > t1 > e", {"t1": interrupted}, 0) as it:
        run = it.start()
        with pytest.raises(KeyboardInterrupt):
            run.wait()
        assert it.engine.stop() == []
        assert run.incidents == []


def test_an_interrupt_in_the_engine_stops_it_without_waiting() -> None:
    from bpmn_xml.runtime import Engine
    from tests.core.harness import program

    def interrupted() -> None:
        raise KeyboardInterrupt

    handlers = {"t1": interrupted, "t2": lambda: None}
    with (
        pytest.raises(KeyboardInterrupt),
        Engine(program("s > p; p > t1 > e; p > t2 > e"), handlers, workers=0) as engine,
    ):
        engine.start("P").wait()


def test_a_handler_may_run_another_instance_and_wait_for_it() -> None:
    def parent() -> dict[str, str]:
        child = it.engine.start("P", {"deep": True})
        assert child.wait(WAIT)
        return {"child": child.outcome}

    text = "s > x; x >[deep] t2 > e; x >* t1 > e2"
    with bench(text, {"t1": parent, "t2": lambda: None}, 0) as it:
        assert it.run({"deep": False}).variables["child"] == "completed"


@pytest.mark.parametrize("child", [{"t2": lambda: None}, {"t2": lambda resultQ: resultQ.put({})}])
def test_so_may_one_that_puts_its_results(child: dict[str, Any]) -> None:
    def parent(resultQ: Any) -> None:
        run = it.engine.start("P", {"deep": True})
        assert run.wait(WAIT)
        resultQ.put({"child": run.outcome})

    text = "s > x; x >[deep] t2 > e; x >* t1 > e2"
    with bench(text, {"t1": parent, **child}, 0) as it:
        assert it.run({"deep": False}).variables["child"] == "completed"
