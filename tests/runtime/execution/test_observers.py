"""Who is told of batches: each sees all, may ask the run it is told of, and harms none."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from bpmn_xml.core import records as r
from bpmn_xml.core.commands import BroadcastSignal
from bpmn_xml.core.state import State
from bpmn_xml.errors import InternalError, UsageError
from bpmn_xml.runtime import Engine, Run
from bpmn_xml.runtime.execution import desk as rules
from bpmn_xml.runtime.execution.observers import Observer, Observers
from tests.core.harness import message, named, program
from tests.runtime.harness import DRIVERS, WAIT, Bench, bench

each_driver = pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)


class Teller:
    """Hands each batch on."""

    def __init__(self, tell: Callable[[r.Batch], object]) -> None:
        self.tell = tell

    def on_batch(self, _state: Any, batch: r.Batch) -> None:
        self.tell(batch)


class Meddler:
    """Does something to the run that it is told of, once its first task is done."""

    def __init__(self, it: Bench, act: Callable[[Run], object]) -> None:
        self.it, self.act = it, act

    def on_batch(self, state: State, batch: r.Batch) -> None:
        done = [record for record in r.expanded(batch.records) if isinstance(record, r.Completed)]
        if any(named(self.it.program, record) == "t1" for record in done):
            self.act(self.it.engine.run(state.instance))


@each_driver
def test_observers_see_every_batch_in_order_right_after_it(workers: int) -> None:
    seen = []

    class Watch:
        def on_batch(self, state: Any, batch: r.Batch) -> None:
            assert state.seq == batch.seq
            seen.append(batch.seq)

    with bench("s > t1 > t2 > e", {"t1": lambda: None, "t2": lambda: None}, workers) as it:
        it.engine.observe(Watch())
        it.run()
    assert seen == [1, 2, 3]
    assert [batch.seq for batch in it.recorder.batches] == seen


@each_driver
def test_an_observer_that_raises_sees_no_more_and_stops_nothing(
    workers: int, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        calls = 0

        def on_batch(self, _state: Any, _batch: r.Batch) -> None:
            self.calls += 1
            raise OSError("disk full")

    broken = Broken()
    with bench("s > t1 > e", {"t1": lambda: None}, workers) as it:
        seen = it.engine._executor.observers
        seen.all = (broken, *seen.all)
        assert it.run().outcome == "completed"
    assert broken.calls == 1
    assert len(it.recorder.batches) == 2
    assert "Broken raised and sees no more" in caplog.text


@pytest.mark.parametrize("broken", range(5))
def test_one_that_raises_in_two_threads_at_once_harms_no_instance(broken: int) -> None:
    both, meet = threading.Barrier(2), threading.Barrier(2)

    class Broken:
        def on_batch(self, _state: object, batch: r.Batch) -> None:
            if batch.seq > 1:
                meet.wait(WAIT)
                raise OSError(broken)

    with bench("s > t1 > e", {"t1": lambda: both.wait(WAIT) and None}, 2) as it:
        seen = it.engine._executor.observers
        seen.all = (Broken(), *seen.all)
        runs = [it.start() for _ in range(2)]
        assert [run.wait(WAIT) and run.outcome for run in runs] == ["completed"] * 2


def test_none_is_lost_that_comes_while_another_is_taken_out() -> None:
    class Broken:
        def on_batch(self, _state: object, _batch: r.Batch) -> None:
            raise OSError

    class Slow(tuple[Any, ...]):
        """Lets another thread add one before it has been looked through."""

        __slots__ = ()

        def __iter__(self) -> Iterator[Any]:
            yield from super().__iter__()
            if not adding.ident:
                adding.start()
                adding.join(0.2)

    observers, late = Observers(), Teller(id)
    adding = threading.Thread(target=observers.add, args=(late,))
    observers.all = Slow((Broken(),))
    observers.show(State("i", 1), r.Batch("i", 1, 0, ()))
    adding.join(WAIT)
    assert observers.all == (late,)


class Sparing(Teller):
    """Can do without the batch around an advance."""

    def __init__(self, tell: Callable[[r.Batch], object]) -> None:
        super().__init__(tell)
        self.names: list[str] = []

    def on_advance(self, state: State, record: r.Advanced, by: str) -> None:
        self.names.append(by)
        self.tell(r.Batch(state.instance, state.seq, state.time, [record]))


def two_tasks(workers: int, *observers: Observer) -> None:
    """Run them with these who look, nobody else."""
    drawing = program("s > t1 > t2 > e")
    handlers: dict[str, Any] = {"t1": lambda: {"n": 1}, "t2": lambda n: {"n": n + 1}}
    with Engine(drawing, handlers, workers=workers, trace=observers) as engine:
        run = engine.start("P")
        let_run(run, workers)
        assert run.variables == {"n": 2}


@each_driver
def test_who_looks_alone_sees_the_same_without_batches(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)  # a notebook looks, too
    among, alone, beside = list[r.Batch](), list[r.Batch](), list[r.Batch]()
    two_tasks(workers, Sparing(among.append), Teller(beside.append))
    two_tasks(workers, only := Sparing(alone.append))
    assert [told.records for told in alone] == [told.records for told in among]
    assert among == beside
    assert [told.seq for told in alone] == [1, 2, 3]
    assert only.names == ["worker-1" if workers else ""] * 2


@each_driver
def test_who_looks_alone_and_raises_sees_no_more(
    workers: int, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(batch: r.Batch) -> None:
        seen.append(batch.seq)
        if batch.seq == 2:
            raise OSError("disk full")

    seen: list[int] = []
    two_tasks(workers, Sparing(breaks))
    assert seen == [1, 2]
    assert "Sparing raised and sees no more" in caplog.text


async def later() -> dict[str, int]:
    return {"n": 1}


def puts(queue: Any) -> None:
    queue.put({"n": 1})


WORKS = {
    "function": ("s > t1 > e", lambda: {"n": 1}),
    "coroutine": ("s > t1 > e", later),
    "put": ("s > t1 > e", lambda resultQ: puts(resultQ)),
}


@each_driver
@pytest.mark.parametrize("work", WORKS)
def test_an_observer_may_ask_the_run_that_it_is_told_of(work: str, workers: int) -> None:
    drawing, handler = WORKS[work]
    seen: list[Any] = []

    def ask(_batch: r.Batch) -> None:
        seen.extend((run.status, run.variables) for run in it.engine.runs())

    with bench(drawing, {"t1": handler}, workers) as it:
        it.engine.observe(Teller(ask))
        assert it.run({"n": 0}).outcome == "completed"
    assert seen == [("running", {"n": 0}), ("completed", {"n": 1})]


@each_driver
def test_an_observer_may_ask_it_after_a_full_mailbox_too(
    workers: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_COMMANDS", 2)
    seen: list[str] = []
    with bench("s > u1 > e", {}, workers) as it:
        run = it.run()
        it.engine.observe(Teller(lambda _batch: seen.append(run.status)))
        executor = it.engine._executor
        (instance,) = executor.instances.values()
        assert instance.claim("the test")
        for k in range(7):
            executor.deliver(instance, BroadcastSignal(str(k)))
        with executor.desk() as desk:
            instance.act(desk)
        assert run.wait(WAIT)
    assert seen == ["waiting"] * 7


WAITS: dict[str, Callable[[Bench, Run], object]] = {
    "ask another": lambda _it, other: other.status,
    "send to another": lambda _it, other: other.publish("m"),
    "wait for another": lambda _it, other: other.wait(),
    "wait for all": lambda it, _other: it.engine.wait(),
}


@each_driver
@pytest.mark.parametrize("wait", WAITS)
def test_an_observer_is_refused_what_could_wait_for_it(wait: str, workers: int) -> None:
    refused: list[str] = []

    def look(batch: r.Batch) -> None:
        if batch.instance != other.id:
            with pytest.raises(UsageError, match=r"call_at\(engine.clock.now") as raised:
                WAITS[wait](it, other)
            refused.append(raised.value.what)

    drawing = program("s > c1 > t1 > e", events={"c1": message("m")})
    with bench(drawing, {"t1": lambda: None}, workers) as it:
        other = it.run()
        it.engine.observe(Teller(look))
        it.run()
    assert refused == ["an observer may ask the run that it is told of, and wait for no other"]


@each_driver
def test_what_an_observer_looks_at_later_it_may_look_at(workers: int) -> None:
    seen: list[str] = []
    with bench("s > u1 > e", {}, workers) as it:
        other = it.run()
        look = Teller(lambda _: it.engine.call_at(0, lambda: seen.append(other.status)))
        it.engine.observe(look)
        it.run()
        assert it.engine.wait(WAIT)
    assert seen == ["waiting"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("work", ["function", "coroutine"])
def test_what_ends_more_than_an_observer_leaves_no_run_claimed(
    work: str, error: type[BaseException], caplog: pytest.LogCaptureFixture
) -> None:
    """As an interruption from the keyboard, wherever that comes."""
    begun = threading.Event()

    def function() -> None:
        begun.wait(WAIT)

    async def coroutine() -> None:
        function()

    def quits(batch: r.Batch) -> None:
        if batch.seq == 2:
            raise error

    with bench("s > t1 > u1 > e", {"t1": function if work == "function" else coroutine}, 0) as it:
        it.engine.observe(Teller(quits))
        run = it.start()
        begun.set()  # an answer that came before would be applied, and broken off, by `start`
        with pytest.raises(error):
            run.wait(WAIT)
        assert run.status == "incident"
        with pytest.raises(InternalError):
            run.cancel()
    assert run.status == "stopped"
    assert not caplog.records


def test_nor_does_it_end_a_worker(caplog: pytest.LogCaptureFixture) -> None:
    def quits(batch: r.Batch) -> None:
        if batch.instance == "P-1" and batch.seq == 2:
            raise SystemExit

    go = threading.Event()
    with bench("s > t1 > u1 > e", {"t1": lambda: go.wait(WAIT) and None}, 1) as it:
        it.engine.observe(Teller(quits))
        run = it.start()
        go.set()
        with pytest.raises(SystemExit):
            run.wait(WAIT)
        assert it.run().status == "waiting"
    assert "SystemExit" in caplog.text
    assert "please report it" not in caplog.text


def let_run(run: Run, workers: int) -> None:
    """Let it end with nobody who waits for it, so that calls may follow straight."""
    end = time.monotonic() + WAIT
    if not workers:
        run.wait()
    while not run.outcome:
        assert time.monotonic() < end
        time.sleep(0.001)


@each_driver
@pytest.mark.parametrize("gate", ["", " > p1"])
def test_the_next_call_sees_what_an_observer_has_set(gate: str, workers: int) -> None:
    seen: list[int] = []
    handlers = {"t1": lambda: None, "t2": lambda x: seen.append(x), "t3": lambda: None}
    text = f"s > t1{gate} > t2 > e; {'p1 > t3 > e' if gate else ''}"
    with bench(text, handlers, workers) as it:
        it.engine.observe(Meddler(it, lambda run: run.set_variables({"x": 2})))
        run = it.start({"x": 1})
        let_run(run, workers)
    assert (run.outcome, seen) == ("completed", [2])


@each_driver
def test_what_an_observer_has_cancelled_is_not_called(workers: int) -> None:
    seen: list[int] = []
    handlers = {"t1": lambda: None, "t2": lambda: seen.append(2)}
    with bench("s > t1 > t2 > e", handlers, workers) as it:
        it.engine.observe(Meddler(it, lambda run: run.cancel()))
        run = it.start()
        let_run(run, workers)
    assert (run.outcome, seen) == ("cancelled", [])
