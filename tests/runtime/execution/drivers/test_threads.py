"""Real threads: real waiting is parallel, limits hold, and everything ends."""

from __future__ import annotations

import threading
import time
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core import records as r
from bpmn_xml.runtime.execution.drivers import threads as driver
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


def test_no_more_workers_than_allowed_work_at_a_time() -> None:
    inside, most, lock = [0], [0], threading.Lock()

    def narrow() -> None:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        time.sleep(0.02)  # so that all begin before the first has ended, on a busy machine too
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


def test_ten_thousand_instances() -> None:
    def add(n: int) -> dict[str, int]:
        return {"n": n + 1}

    with bench("s > t1 > p; p > t2 > j; p > t3 > j; j > t4 > e",
               {"t1": add, "t2": lambda n: {"a": n}, "t3": lambda n: {"b": n}, "t4": add},
               8) as it:  # fmt: skip
        it.engine._executor.observers.all = ()
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


def test_a_stop_breaks_off_those_who_listen_and_takes_what_others_give() -> None:
    began, stopping = threading.Barrier(4), threading.Event()

    def listens(context: Any) -> dict[str, bool]:
        began.wait(WAIT)
        assert context.cancelled.wait(WAIT)
        stopping.set()
        return {"half": True}

    def fails(context: Any) -> None:
        began.wait(WAIT)
        assert context.cancelled.wait(WAIT)
        raise OSError("broken off")

    def ends(context: Any) -> dict[str, str]:
        began.wait(WAIT)
        assert stopping.wait(WAIT)
        return {"whole": context.node}

    handlers = {"t1": listens, "t2": fails, "t3": ends}
    with bench("s > p; p > t1 > j; p > t2 > j; p > t3 > j; j > e", handlers, 3) as it:
        run = it.start()
        began.wait(WAIT)
        assert it.engine.stop(WAIT) == []
        assert run.variables == {"whole": "t3"}
        assert (run.outcome, run.incidents) == ("", [])


def test_idle_workers_go_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(driver, "IDLE_SECONDS", 0.01)
    with bench(f"s > p; {TEN}; j > e", {f"t{i}": lambda: None for i in range(10)}, 5) as it:
        for _ in range(3):
            it.run()
            _until(lambda: not [name for name in own_threads() if "worker" in name])


def test_where_no_thread_can_be_started_the_others_do_the_work(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    start, left = threading.Thread.start, [2]

    def limited(thread: threading.Thread) -> None:
        if thread.name.startswith("bpmn-xml-worker"):
            left[0] -= 1
            if left[0] < 0:
                raise RuntimeError("can't start new thread")
        start(thread)

    monkeypatch.setattr(threading.Thread, "start", limited)
    handlers = {f"t{i}": lambda: time.sleep(0.002) for i in range(10)}
    with bench(f"s > p; {TEN}; j > e", handlers, 50) as it:
        assert it.run().outcome == "completed"
    assert "no thread can be started" in caplog.text
    assert "Traceback" not in caplog.text


def test_a_fault_of_ours_does_not_end_a_worker(caplog: pytest.LogCaptureFixture) -> None:
    class Faulty:
        def wanted(self) -> bool:
            return True

        def act(self, _desk: Any) -> None:
            raise RuntimeError("ours")

    with bench("s > t1 > e", {"t1": lambda: None}, 1) as it:
        for _ in range(3):
            it.engine._executor.offer(Faulty())
        assert it.run().outcome == "completed"
    assert "a worker met a fault, please report it" in caplog.text


def test_commands_do_not_wait_for_handlers() -> None:
    """The only worker is busy: the monitor brings the coroutine's answer."""
    import asyncio

    stand, busy, done = Turnstile(), threading.Event(), threading.Event()

    def takes_its_time() -> None:
        busy.set()
        stand()

    async def first() -> None:
        while not busy.is_set():
            await asyncio.sleep(0.001)

    async def second() -> None:
        done.set()

    text = "s > p; p > t1 > e; p > t2 > t3 > e2"
    with bench(text, {"t1": takes_its_time, "t2": first, "t3": second}, 1) as it:
        run = it.start()
        stand.wait_for()
        assert done.wait(WAIT)
        stand.open.set()
        assert run.wait(WAIT)
        assert run.outcome == "completed"


def test_many_engines_at_once_end_cleanly() -> None:
    def use(number: int) -> None:
        with bench(f"s > p; {TEN}; j > e", {f"t{i}": lambda: None for i in range(10)}, 3) as it:
            for _ in range(20):
                assert it.run().outcome == "completed"
        ended.append(number)

    ended: list[int] = []
    threads = [threading.Thread(target=use, args=(n,)) for n in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert sorted(ended) == list(range(5))


def test_an_engine_that_is_left_running_does_not_hold_up_the_exit() -> None:
    import subprocess
    import sys

    from tests.conftest import ROOT

    code = """
import threading
from bpmn_xml.runtime import Engine
from tests.core.harness import program
began = threading.Event()
def for_ever():
    began.set()
    threading.Event().wait()
Engine(program("s > t1 > e"), {"t1": for_ever}).start()
began.wait()
print("end")
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, timeout=WAIT, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "end\n", "")
