"""Real threads: real waiting is parallel, limits hold, and everything ends."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError
from bpmn_xml.runtime import Engine, ManualClock
from bpmn_xml.runtime import threads as driver
from tests.runtime.harness import WAIT, Turnstile, bench, own_threads

TEN = "; ".join(f"p > t{i} > j" for i in range(10))


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Any:
    yield
    assert own_threads() == []


def test_ten_branches_wait_at_once() -> None:
    meet = threading.Barrier(10)
    handlers = {f"t{i}": lambda: meet.wait(WAIT) and None for i in range(10)}
    with bench(f"s > p; {TEN}; j > e", handlers, 50) as it:
        assert it.run().outcome == "completed"


def test_ten_branches_of_a_tenth_of_a_second_take_little_more() -> None:
    handlers = {f"t{i}": lambda: time.sleep(0.1) for i in range(10)}
    took = []
    with bench(f"s > p; {TEN}; j > e", handlers, 50) as it:
        for _ in range(3):  # other programs may need the processors meanwhile
            begun = time.monotonic()
            it.run()
            took.append(time.monotonic() - begun)
    assert 0.1 <= min(took) < 0.15


def test_no_more_workers_than_allowed_work_at_a_time() -> None:
    inside, most, lock = [0], [0], threading.Lock()

    def narrow() -> None:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        time.sleep(0.002)
        with lock:
            inside[0] -= 1

    with bench(f"s > p; {TEN}; j > e", {f"t{i}": narrow for i in range(10)}, 3) as it:
        it.run()
    assert most[0] == 3


def test_one_worker_does_one_thing_at_a_time_in_one_thread() -> None:
    seen = set()
    handlers = {f"t{i}": lambda: seen.add(threading.current_thread().name) for i in range(10)}
    with bench(f"s > p; {TEN}; j > e", handlers, 1) as it:
        it.run()
    assert seen == {"bpmn-xml-worker-1"}


def test_a_sequence_is_carried_on_by_one_worker() -> None:
    seen = []
    chain = " > ".join(f"t{i}" for i in range(30))
    handlers = {f"t{i}": lambda: seen.append(threading.get_ident()) for i in range(30)}
    with bench(f"s > {chain} > e", handlers, 50) as it:
        it.run()
    assert len(seen) == 30
    assert len(set(seen)) == 1


def test_a_long_loop_lets_others_have_a_turn() -> None:
    order: list[str] = []
    stop = threading.Event()

    def again(n: int) -> dict[str, int]:
        order.append("loop")
        return {"n": 0 if stop.is_set() else 1}

    text = "s > p; p > y > t1 > x; x >[n > 0] y; x >* e; p > t2 > e2"
    with bench(text, {"t1": again, "t2": stop.set}, 1) as it:
        assert it.run({"n": 1}).outcome == "completed"
    assert len(order) < 200


def test_a_limit_of_threads_holds() -> None:
    inside, lock = [0], threading.Lock()

    def alone() -> None:
        with lock:
            inside[0] += 1
            assert inside[0] <= 2
        time.sleep(0.001)
        with lock:
            inside[0] -= 1

    with bench("s > t1 > e", {"t1": alone}, 50, work={"t1": Work(threads=2)}) as it:
        runs = [it.start() for _ in range(20)]
        assert it.engine.wait(WAIT)
        assert {run.outcome for run in runs} == {"completed"}


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
        clock.advance(5)
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


def test_ten_thousand_instances() -> None:
    def add(n: int) -> dict[str, int]:
        return {"n": n + 1}

    with bench("s > t1 > p; p > t2 > j; p > t3 > j; j > t4 > e",
               {"t1": add, "t2": lambda n: {"a": n}, "t3": lambda n: {"b": n}, "t4": add},
               8) as it:  # fmt: skip
        it.engine._executor.observers.clear()
        runs = [it.start({"n": k}) for k in range(10_000)]
        assert it.engine.wait(WAIT)
        assert all(run.variables == {"n": k + 2, "a": k + 1, "b": k + 1}
                   for k, run in enumerate(runs))  # fmt: skip
        assert it.engine.runs() == []


def test_stop_begins_nothing_more_and_waits_for_what_runs() -> None:
    stand = Turnstile()
    with bench("s > t1 > t2 > e", {"t1": stand, "t2": lambda: None}, 2) as it:
        run = it.start()
        stand.wait_for()
        threading.Timer(0.05, stand.open.set).start()
        assert it.engine.stop(WAIT) == []
        assert it.count(r.Completed, "t1") == 1
        assert it.count(r.Activated, "t2") == 1
        assert run.outcome == ""
        assert it.engine.stop() == []


def test_stop_gives_up_after_the_grace_and_lists_what_still_runs() -> None:
    stand = Turnstile()
    with bench("s > t1 > e", {"t1": stand}, 2) as it:
        it.start()
        stand.wait_for()
        (left,) = it.engine.stop(0.05)
        assert (left.instance, left.node) == ("P-1", "t1")
    assert [name for name in own_threads() if "worker" not in name] == []
    stand.open.set()
    _until(lambda: not own_threads())


def _until(holds: Any) -> None:
    deadline = time.monotonic() + WAIT
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_stop_tells_those_who_listen() -> None:
    began = threading.Event()

    def listens(context: Any) -> dict[str, bool]:
        began.set()
        return {"told": context.cancelled.wait(WAIT)}

    def fails(context: Any) -> None:
        assert context.cancelled.wait(WAIT)
        raise OSError("broken off")

    with bench("s > p; p > t1 > j; p > t2 > j; j > e", {"t1": listens, "t2": fails}, 2) as it:
        run = it.start()
        assert began.wait(WAIT)
        assert it.engine.stop(WAIT) == []
        assert run.variables == {"told": True}
        assert run.incidents == []


def test_idle_workers_go_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "IDLE_SECONDS", 0.01)
    with bench(f"s > p; {TEN}; j > e", {f"t{i}": lambda: None for i in range(10)}, 5) as it:
        for _ in range(3):
            it.run()
            _until(lambda: not [name for name in own_threads() if "worker" in name])


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
