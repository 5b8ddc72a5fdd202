"""Producers that are asked: generators and functions with many results."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError, CommandRejected
from bpmn_xml.runtime import ManualClock
from tests.runtime.harness import DRIVERS, WAIT, Turnstile, bench

each_driver = pytest.mark.parametrize("workers", DRIVERS.values(), ids=DRIVERS)
MANY = Work(many=True)


def three() -> Iterator[dict[str, int]]:
    for v in (1, 2, 3):
        yield {"v": v}


PRODUCERS: list[tuple[Any, list[Any]]] = [
    (three, [1, 2, 3]),
    (lambda: [{"v": 1}, {"v": 2}], [1, 2]),
    (lambda: {"v": 7}, [7]),
    (lambda: None, []),
    (lambda: iter(()), []),
    (lambda: iter(({"v": 1},)), [1]),
]


@each_driver
@pytest.mark.parametrize(("producer", "values"), PRODUCERS)
def test_each_result_is_an_item(producer: Any, values: list[Any], workers: int) -> None:
    got = []
    with bench("s > m1 > t1 > e", {"m1": producer, "t1": lambda v: got.append(v)}, workers) as it:
        run = it.run()
        assert run.outcome == "completed"
        assert sorted(got) == values
        assert it.count(r.TokenDropped, "m1") == (not values)


@each_driver
def test_results_that_are_no_mapping_go_to_the_result_variable(workers: int) -> None:
    got = []
    work = {"m1": Work(many=True, result="v"), "m2": MANY}
    handlers = {
        "m1": lambda: iter("ab"),
        "m2": lambda v: [v + "1"],
        "t1": lambda m2: got.append(m2),
    }
    with bench("s > m1 > m2 > t1 > e", handlers, workers, work=work) as it:
        it.run()
    assert sorted(got) == ["a1", "b1"]


def test_a_generator_function_makes_its_task_a_producer() -> None:
    with bench("s > t1 > t2 > e", {"t1": three, "t2": lambda v: None}, 0) as it:
        it.run()
        assert it.count(r.Completed, "t2") == 3
        assert it.program.nodes[1].work == Work(many=True)


@each_driver
def test_a_paused_generator_goes_on_when_an_item_ends(workers: int) -> None:
    ahead = []

    def producer() -> Iterator[dict[str, int]]:
        for v in range(5):
            ahead.append(v)
            yield {"v": v}

    seen = []

    def work(v: int) -> None:
        seen.append((v, len(ahead)))

    limits = {"m1": Work(many=True, max_in_flight=1)}
    with bench("s > m1 > t1 > e", {"m1": producer, "t1": work}, workers, work=limits) as it:
        assert it.run().outcome == "completed"
    assert seen == [(v, v + 1) for v in range(5)]


@each_driver
def test_items_that_wait_for_a_person_are_not_in_flight(workers: int) -> None:
    work = {"m1": Work(many=True, max_in_flight=1)}
    with bench("s > m1 > t1 > u1 > e", {"m1": three, "t1": lambda: None}, workers, work=work) as it:
        run = it.run()
        assert run.status == "waiting"
        tasks = run.tasks
        assert sorted(task.variables["v"] for task in tasks) == [1, 2, 3]
        for task in tasks:
            task.complete()
        assert run.outcome == "completed"


@each_driver
def test_items_with_an_incident_are_not_in_flight(workers: int) -> None:
    def bad(v: int) -> None:
        raise ValueError(v)

    work = {"m1": Work(many=True, max_in_flight=1)}
    with bench("s > m1 > t1 > e", {"m1": three, "t1": bad}, workers, work=work) as it:
        run = it.run()
        assert len(run.incidents) == 3


@each_driver
def test_an_item_that_goes_on_after_a_person_counts_again(workers: int) -> None:
    clock, made = ManualClock(), []

    def producer() -> Iterator[dict[str, int]]:
        for v in range(3):
            made.append(v)
            yield {"v": v}

    def flaky(context: Any) -> None:
        if not context.attempt:
            raise OSError("later")

    work = {"m1": Work(many=True, max_in_flight=1), "t1": Work(retries=(10,))}
    handlers = {"m1": producer, "t1": flaky}
    with bench("s > m1 > u1 > t1 > e", handlers, workers, work=work, clock=clock) as it:
        run = it.run()
        assert made == [0, 1, 2]
        for task in run.tasks:
            task.complete()
        run.wait(0.05)
        clock.advance(microseconds=10)
        assert run.wait(WAIT)
        assert run.outcome == "completed"


@each_driver
def test_a_cancelled_generator_is_closed_and_its_items_go_on(workers: int) -> None:
    closed = []

    def producer() -> Iterator[dict[str, int]]:
        try:
            yield from ({"v": v} for v in range(1000))
        finally:
            closed.append(True)

    def second(v: int) -> None:
        if v == 1:
            raise BpmnError("STOP")

    text = "s > z1 > e; z1 !STOP:b1; b1 > e2; z1: m1 > t1 > e1"
    work = {"m1": Work(many=True, max_in_flight=1)}
    with bench(text, {"m1": producer, "t1": second}, workers, work=work) as it:
        run = it.run()
        assert run.outcome == "completed"
        assert it.engine.stop(WAIT) == []
    assert closed == [True]


@each_driver
def test_a_generator_that_raises_on_its_way_out_stops_nothing(
    workers: int, caplog: pytest.LogCaptureFixture
) -> None:
    def producer() -> Iterator[dict[str, int]]:
        try:
            yield from ({"v": v} for v in range(1000))
        finally:
            raise RuntimeError("no end")

    def first(v: int) -> None:
        raise BpmnError("STOP")

    text = "s > z1 > e; z1 !STOP:b1; b1 > t2 > e2; z1: m1 > t1 > e1"
    work = {"m1": Work(many=True, max_in_flight=1)}
    handlers = {"m1": producer, "t1": first, "t2": lambda: None}
    with bench(text, handlers, workers, work=work) as it:
        assert it.run().outcome == "completed"
    assert "m1: a cancelled call raised" in caplog.text


@each_driver
def test_a_producer_that_fails_after_a_result_is_an_incident_not_retried(workers: int) -> None:
    def producer() -> Iterator[dict[str, int]]:
        yield {"v": 1}
        raise OSError("broken")

    work = {"m1": Work(many=True, retries=(1, 1))}
    got = []
    handlers = {"m1": producer, "t1": lambda v: got.append(v)}
    with bench("s > m1 > t1 > e", handlers, workers, work=work) as it:
        run = it.run()
        assert run.status == "incident"
        assert got == [1]
        assert it.count(r.JobFailed) == 0


@each_driver
def test_a_producer_that_fails_before_its_first_result_is_retried(workers: int) -> None:
    attempts = []

    def producer(context: Any) -> Iterator[dict[str, int]]:
        attempts.append(context.attempt)
        if context.attempt < 2:
            raise OSError("broken")
        yield {"v": 1}

    work = {"m1": Work(many=True, retries=(1, 1))}
    handlers = {"m1": producer, "t1": lambda v: None}
    with bench("s > m1 > t1 > e", handlers, workers, work=work) as it:
        assert it.run().outcome == "completed"
    assert attempts == [0, 1, 2]


@each_driver
@pytest.mark.parametrize(
    ("drawn", "expected"),
    [
        (Work(many=True), [0, 1]),
        (Work(many=True, retries=(1,)), [0, 1]),
        (Work(many=True, resumable=True), [0, 1, 2, 3]),
        (Work(many=True, resumable=True, retries=(1,)), [0, 1, 2, 3]),
    ],
)
def test_a_producer_called_again_skips_what_it_had_emitted_if_it_may(
    drawn: Work, expected: list[int], workers: int
) -> None:
    calls, got = [], []

    def producer() -> Iterator[dict[str, int]]:
        calls.append(1)
        for v in range(4):
            if v == 2 and len(calls) == 1:
                raise OSError("broken")
            yield {"v": v}

    handlers = {"m1": producer, "t1": lambda v: got.append(v)}
    with bench("s > m1 > t1 > e", handlers, workers, work={"m1": drawn}) as it:
        run = it.run()
        if not drawn.resumable:
            told = "had given 2 results, so it is not tried again" in run.incidents[0].message
            assert told is bool(drawn.retries)
            with pytest.raises(CommandRejected, match="give again what it has given"):
                run.incidents[0].retry()
            run.incidents[0].skip()
        elif not drawn.retries:
            run.incidents[0].retry()
        assert run.wait(WAIT)
        assert run.outcome == "completed"
    assert sorted(got) == expected


def test_a_result_that_variables_cannot_hold_is_a_failure() -> None:
    with bench("s > m1 > t1 > e", {"m1": lambda: [{1: 2}], "t1": lambda: None}, 0) as it:
        (incident,) = it.run().incidents
        assert "a mapping with the key 1" in incident.message


def test_results_are_processed_while_the_producer_still_runs() -> None:
    got = threading.Event()
    stand = Turnstile()

    def producer() -> Iterator[dict[str, int]]:
        yield {"v": 1}
        assert got.wait(WAIT)
        stand()
        yield {"v": 2}

    with bench("s > m1 > t1 > e", {"m1": producer, "t1": lambda v: got.set()}, 4) as it:
        run = it.start()
        stand.wait_for()
        stand.open.set()
        assert run.wait(WAIT)


@each_driver
def test_ten_thousand_results_keep_few_in_memory(workers: int) -> None:
    most = [0]

    def producer() -> Iterator[dict[str, int]]:
        for v in range(10_000):
            yield {"v": v}

    handlers = {"m1": producer, "t1": lambda v: {"a": v}, "t2": lambda a: None}

    class Watch:
        def on_batch(self, state: Any, _batch: Any) -> None:
            most[0] = max(most[0], len(state.scopes))

    with bench("s > m1 > t1 > t2 > e", handlers, workers) as it:
        it.engine._executor.observers.all = (Watch(),)
        assert it.run().outcome == "completed"
    assert most[0] <= 1001
