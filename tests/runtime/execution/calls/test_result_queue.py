"""Producers that push: the legacy signature, with back-pressure and cancellation."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

import pytest

from bpmn_xml.compiler.program import Repetition, Work
from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError
from bpmn_xml.runtime import CallCancelled
from bpmn_xml.runtime.execution.calls.limits import Room
from bpmn_xml.runtime.execution.calls.result_queue import QueuedCall
from bpmn_xml.runtime.execution.drivers.threads import ThreadsDriver
from tests.core.drawn import around
from tests.core.harness import program as drawn
from tests.runtime.harness import DRIVERS, WAIT, bench

each_driver = pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
MANY = Work(many=True)
TRANSFER = Work(promotes=True)


class Calculator:
    """As the legacy has it: an object per call, so attributes are safe."""

    def numbers(self, resultQ: Any, *args: Any, **kwargs: Any) -> None:
        for value in range(50):
            resultQ.put({"value1": value, "value2": value * 2})

    def add(self, resultQ: Any, *args: Any, **kwargs: Any) -> None:
        self.sum = kwargs["value1"] + kwargs["value2"]
        resultQ.put({**kwargs, "result": self.sum, "sum": self.sum})

    def subtract(self, resultQ: Any, *args: Any, **kwargs: Any) -> None:
        self.sum = kwargs["value1"] - kwargs["value2"]
        resultQ.put({**kwargs, "result": self.sum, "difference": self.sum})


@each_driver
@pytest.mark.parametrize("limit", [1, 3, 1000])
def test_the_legacy_calculator_has_no_wrong_sum(limit: int, workers: int) -> None:
    from bpmn_xml.runtime.binding.handlers import method_of

    wrong, seen = [], []

    class Printer:
        def show(self, resultQ: Any, *args: Any, **kwargs: Any) -> None:
            seen.append(kwargs["value1"])
            if kwargs["sum"] - kwargs["difference"] != 2 * kwargs["value2"]:
                wrong.append(kwargs)

    handlers = {
        "m1": method_of(Calculator, "numbers"),
        "t1": method_of(Calculator, "add"),
        "t2": method_of(Calculator, "subtract"),
        "t3": method_of(Printer, "show"),
    }
    work = {"m1": Work(many=True, max_in_flight=limit), "t1": TRANSFER, "t2": TRANSFER}
    text = "s > m1 > p; p > t1 > j; p > t2 > j; j > t3 > e"
    with bench(text, handlers, workers, work=work, payload=True) as it:
        assert it.run().outcome == "completed"
    assert sorted(seen) == list(range(50))
    assert wrong == []


@each_driver
def test_a_transfer_passes_one_result_on_and_without_any_drops_the_token(workers: int) -> None:
    def odd(resultQ: Any, **kwargs: Any) -> None:
        if kwargs["v"] % 2:
            resultQ.put({"v": kwargs["v"] * 10})

    got = []
    handlers = {
        "m1": lambda: [{"v": 1}, {"v": 2}, {"v": 3}],
        "t1": odd,
        "t2": lambda **kwargs: got.append(kwargs["v"]),
    }
    text, work = "s > m1 > t1 > t2 > e", {"m1": MANY, "t1": TRANSFER}
    with bench(text, handlers, workers, work=work, payload=True) as it:
        assert it.run().outcome == "completed"
        assert it.count(r.TokenDropped, "t1") == 1
    assert sorted(got) == [10, 30]


@each_driver
def test_a_second_result_turns_a_transfer_into_a_producer(workers: int) -> None:
    def doubles(resultQ: Any, **kwargs: Any) -> None:
        resultQ.put({"v": 1})
        resultQ.put_nowait({"v": 2})
        resultQ.put({"v": 3}, block=True, timeout=None)

    got = []
    handlers = {"t1": doubles, "t2": lambda **kwargs: got.append(kwargs["v"])}
    work = {"t1": Work(promotes=True, max_in_flight=1)}
    with bench("s > t1 > t2 > e", handlers, workers, work=work, payload=True) as it:
        assert it.run().outcome == "completed"
        assert it.count(r.ScopeOpened, "t1") == 3
    assert got == [1, 2, 3]


@each_driver
def test_the_result_that_is_held_is_lost_when_the_call_fails(workers: int) -> None:
    def fails(resultQ: Any, **kwargs: Any) -> None:
        resultQ.put({"v": 1})
        raise OSError("broken")

    with bench("s > t1 > t2 > e", {"t1": fails, "t2": lambda: None}, workers,
               work={"t1": TRANSFER}) as it:  # fmt: skip
        run = it.run()
        assert run.status == "incident"
        assert it.count(r.Activated, "t2") == 0


@each_driver
def test_a_sink_completes_without_a_result(workers: int) -> None:
    def sink(q: Any, *args: Any, **kwargs: Any) -> str:
        return "means nothing"

    with bench("s > t1 > e", {"t1": sink}, workers, payload=True) as it:
        run = it.run({"v": 1})
        assert run.outcome == "completed"
        assert it.count(r.Completed, "t1") == 1


@each_driver
def test_a_handler_may_change_what_it_has_put(workers: int) -> None:
    def same(resultQ: Any, **kwargs: Any) -> None:
        result: dict[str, int] = {}
        for v in range(3):
            result["v"] = v
            resultQ.put(result)

    got = []
    handlers = {"m1": same, "t1": lambda **kwargs: got.append(kwargs["v"])}
    with bench("s > m1 > t1 > e", handlers, workers, payload=True) as it:
        it.run()
    assert sorted(got) == [0, 1, 2]


@each_driver
def test_a_waiting_put_is_woken_with_an_exception_when_cancelled(workers: int) -> None:
    ended = []

    def endless(resultQ: Any, **kwargs: Any) -> None:
        try:
            while True:
                try:
                    resultQ.put({"v": len(ended)})
                except Exception:  # noqa: BLE001 - legacy handlers catch everything
                    ended.append("swallowed")
        except CallCancelled:
            ended.append("cancelled")
            raise

    def stop(**kwargs: Any) -> None:
        raise BpmnError("STOP")

    text = "s > z1 > e; z1 !STOP:b1; b1 > e2; z1: m1 > t1 > e1"
    work = {"m1": Work(many=True, max_in_flight=1)}
    with bench(text, {"m1": endless, "t1": stop}, workers, work=work) as it:
        assert it.run().outcome == "completed"
        assert it.engine.stop(WAIT) == []
    assert ended == ["cancelled"]


@each_driver
def test_a_stop_ends_waiting_puts_and_paused_generators(workers: int) -> None:
    ended = []

    def puts(resultQ: Any) -> None:
        try:
            while True:
                resultQ.put({"v": 1})
        finally:
            ended.append("puts")

    def yields() -> Any:
        try:
            while True:
                yield {"v": 1}
        finally:
            ended.append("yields")

    class Full:
        """Lets go when two items have been begun."""

        def __init__(self) -> None:
            self.begun, self.lock = threading.Semaphore(0), threading.Lock()

        def __call__(self, context: Any) -> None:
            self.begun.release()
            context.cancelled.wait(WAIT if workers else 0)

    full = Full()
    limit = Work(many=True, max_in_flight=1)
    text = "s > p; p > m1 > t1 > e; p > m2 > t1"
    with bench(text, {"m1": puts, "m2": yields, "t1": full}, workers,
               work={"m1": limit, "m2": limit}) as it:  # fmt: skip
        run = it.start()
        if workers == 1:
            assert full.begun.acquire(timeout=WAIT)
        elif workers:
            assert full.begun.acquire(timeout=WAIT)
            assert full.begun.acquire(timeout=WAIT)
        else:
            run.wait(0.05)
        assert it.engine.stop(WAIT) == []
        assert run.outcome == ""
    assert set(ended) <= {"puts", "yields"}
    assert not it.engine._executor.running


@each_driver
def test_puts_of_the_handlers_own_threads_count_too(workers: int) -> None:
    def spreads(resultQ: Any) -> None:
        def put(first: int) -> None:
            for v in range(first, first + 10):
                resultQ.put({"v": v})

        threads = [threading.Thread(target=put, args=(k * 10,)) for k in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(WAIT)
            assert not thread.is_alive()

    got = []
    handlers = {"m1": spreads, "t1": lambda v: got.append(v)}
    with bench("s > m1 > t1 > e", handlers, workers, work={"m1": MANY}) as it:
        assert it.run().outcome == "completed"
    assert sorted(got) == list(range(30))


def test_puts_of_other_threads_wait_for_room() -> None:
    most, open_items, lock = [0], [0], threading.Lock()

    def spreads(resultQ: Any) -> None:
        def put() -> None:
            for v in range(20):
                resultQ.put({"v": v})

        thread = threading.Thread(target=put)
        thread.start()
        thread.join(WAIT)
        assert not thread.is_alive()

    def first(v: int) -> None:
        with lock:
            open_items[0] += 1
            most[0] = max(most[0], open_items[0])

    def last(v: int) -> None:
        with lock:
            open_items[0] -= 1

    handlers = {"m1": spreads, "t1": first, "t2": last}
    work = {"m1": Work(many=True, max_in_flight=2)}
    with bench("s > m1 > t1 > t2 > e", handlers, 4, work=work) as it:
        assert it.run().outcome == "completed"
    assert most[0] <= 2


@each_driver
def test_nothing_can_be_put_when_the_call_is_over(workers: int) -> None:
    kept = []

    with bench("s > m1 > t1 > e", {"m1": lambda resultQ: kept.append(resultQ),
                                   "t1": lambda: None}, workers) as it:  # fmt: skip
        it.run()
        with pytest.raises(Exception, match="the call is over"):
            kept[0].put({"v": 1})


def test_many_waiting_puts_leave_one_worker_free() -> None:
    """Nested producers with a limit of one: five calls wait in a put, one worker does it all."""

    def twice(resultQ: Any, **kwargs: Any) -> None:
        for v in (1, 2):
            resultQ.put({"v": v})

    names = [f"m{k}" for k in range(1, 6)]
    got, inside = [], [0, 0]

    def leaf(v: int) -> None:
        inside[0] += 1
        inside[1] = max(inside)
        got.append(v)
        inside[0] -= 1

    work = dict.fromkeys(names, Work(many=True, max_in_flight=1))
    handlers: dict[str, Any] = {**dict.fromkeys(names, twice), "t1": leaf}
    with bench(f"s > {' > '.join(names)} > t1 > e", handlers, 1, work=work) as it:
        assert it.run().outcome == "completed"
    assert len(got) == 32
    assert inside[1] == 1


PLACES = {
    "mapping": (drawn("s > t1 > e", frames={"t1": around("a = 1", "y = y")}), "with a mapping"),
    "sequential": (drawn("s > t1 > e", loops={"t1": Repetition(maximum=3)}), "several times"),
    "transfer": (
        drawn("s > t1 > e", work={"t1": TRANSFER}, loops={"t1": Repetition(maximum=3)}),
        "several times",
    ),
    "listener": (
        drawn("s > a1 > e; l1", frames={"a1": around("", "y = y", before="l1")}),
        "a listener",
    ),
}


@each_driver
@pytest.mark.parametrize("place", PLACES)
def test_one_result_is_taken_where_many_cannot_be(place: str, workers: int) -> None:
    def once(resultQ: Any, x: int) -> None:
        resultQ.put({"y": x + 1})

    with bench(PLACES[place][0], {"t1": once, "l1": once}, workers) as it:
        run = it.run({"x": 1})
        assert (run.outcome, run.variables["y"]) == ("completed", 2)


@each_driver
@pytest.mark.parametrize("place", PLACES)
def test_a_second_result_is_an_incident_there_and_nothing_is_doubled(
    place: str, workers: int
) -> None:
    def swallows(resultQ: Any) -> None:
        for v in range(3):
            with suppress(Exception):
                resultQ.put({"y": v})

    program, where = PLACES[place]
    with bench(program, {"t1": swallows, "l1": swallows}, workers) as it:
        run = it.run({"y": 7})
        assert (run.status, run.variables["y"]) == ("incident", 7)
        assert "a second result, which cannot be taken" in run.incidents[0].message
        assert where in run.incidents[0].message
        assert "put the task into a sub-process" in run.incidents[0].message


def test_whoever_wakes_a_put_of_another_thread_gives_no_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is woken before it has begun to wait."""
    resumed, told = threading.Event(), list[bool]()
    pauses = Room.pauses

    def slowly(room: Room) -> bool:
        paused = pauses(room)
        assert not paused or resumed.wait(WAIT)
        return paused

    def resume(driver: ThreadsDriver, call: QueuedCall) -> None:
        told.append(call.outside)
        resumed.set()
        give(driver, call)

    def spreads(resultQ: Any) -> None:
        thread = threading.Thread(target=lambda: resultQ.put({"v": 1}))
        thread.start()
        thread.join(WAIT)

    give = ThreadsDriver.resume
    monkeypatch.setattr(Room, "pauses", slowly)
    monkeypatch.setattr(ThreadsDriver, "resume", resume)
    work = {"m1": Work(many=True, max_in_flight=1)}
    with bench("s > m1 > t1 > e", {"m1": spreads, "t1": lambda v: None}, 2, work=work) as it:
        assert it.run().outcome == "completed"
    assert told == [True]
