"""The monitor looks at queues that others change meanwhile."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from bpmn_xml.runtime import ManualClock
from bpmn_xml.runtime.execution.drivers.monitor import Monitor
from bpmn_xml.runtime.execution.drivers.threads import ThreadsDriver, _Worker
from bpmn_xml.runtime.execution.executor import Executor, ExecutorSettings
from bpmn_xml.runtime.execution.timers import Timers
from tests.core.harness import program


def one_worker(executor: Executor) -> ThreadsDriver:
    return ThreadsDriver(executor, 1)


class Vanishing(deque[Any]):
    """Somebody else takes the last entry between two looks."""

    def __bool__(self) -> bool:
        return True


def monitor(**parts: Any) -> Any:
    """A monitor of nothing but what is given."""
    executor = {"mail": deque(), "queue": deque(), "timers": Timers(), "clock": ManualClock()}
    crew = SimpleNamespace(has_room=True, closing=False, working=1)
    return Monitor(SimpleNamespace(now=lambda: 0, **(executor | parts)), crew)  # type: ignore[arg-type] # parts


def test_what_was_taken_meanwhile_is_no_longer_waiting() -> None:
    assert monitor(queue=Vanishing())._waiting() is None
    assert monitor(mail=Vanishing())._waiting() is None


def test_commands_come_before_calls() -> None:
    both = monitor(queue=deque(["call"]), mail=deque(["command"]))
    assert both._waiting() == "command"
    calls = monitor(queue=deque(["call"]))
    assert calls._waiting() == "call"
    calls._crew.has_room = False
    assert calls._waiting() is None


def test_a_bell_that_rings_while_it_rises_is_taken_in() -> None:
    it = monitor(queue=deque(["call"]))
    it._thread = object()
    it._sleep()
    assert not it.asleep
    it.asleep = True
    it.wake()
    it.wake()
    it._rise()
    assert not it._bell.wait(0)


def test_it_is_not_woken_when_all_is_over() -> None:
    it = monitor()
    it._crew.closing = True
    it.wake()
    assert it.asleep
    it.stop()


def test_a_queue_that_is_emptied_by_others_is_no_fault() -> None:
    executor: Any = Executor(program("s > e"), one_worker, ExecutorSettings(clock=ManualClock()))
    executor.mail, executor.queue = Vanishing(), Vanishing()
    assert executor.next_with_mail() is None
    with executor.desk() as desk:
        assert desk.next() is None


class Meeting:
    """The `moment`-th time that a thread touches what it shares, something happens there."""

    def __init__(self, moment: int, happens: Callable[[], None]) -> None:
        self.left, self.happens = moment, happens

    def touch(self) -> None:
        self.left -= 1
        if self.left == 0:
            self.happens()

    def lock(self) -> Any:
        """A lock around which something may happen; nobody else can come while it is held."""
        lock, meeting = threading.Lock(), self

        class Watched:
            def __enter__(self) -> None:
                meeting.touch()
                lock.acquire()

            def __exit__(self, *_raised: object) -> None:
                lock.release()
                meeting.touch()

        return Watched()


class Watched(deque[Any]):
    meeting: Meeting

    def __bool__(self) -> bool:
        self.meeting.touch()
        found = len(self) > 0
        self.meeting.touch()
        return found


class Bell:
    """Instead of sleeping, sees to it that nobody sleeps while there is something to do."""

    rung = False

    def __init__(self, queue: deque[Any]) -> None:
        self.queue = queue

    def open(self) -> None:
        assert not self.rung
        self.rung = True

    def wait(self, _timeout: float = -1) -> bool:
        rung, self.rung = self.rung, False
        assert rung or not len(self.queue)
        return rung


@contextmanager
def crew(moment: int, then: Callable[[Any], None] = lambda _crew: None) -> Iterator[Any]:
    """One worker and the monitor, awake; a call comes at a moment of their own."""
    executor: Any = Executor(program("s > e"), one_worker, ExecutorSettings(clock=ManualClock()))
    it = executor.driver

    def happens() -> None:
        executor.offer(SimpleNamespace(wanted=lambda: True))
        then(it)

    meeting = Meeting(moment, happens)
    executor.queue, executor.mail = Watched(), Watched()
    executor.queue.meeting = executor.mail.meeting = meeting
    it._lock, it._monitor._lock = meeting.lock(), meeting.lock()
    it._monitor._bell, it._monitor._thread = Bell(executor.queue), object()
    it._monitor.asleep = False
    yield it


def fall_asleep(crew: Any) -> None:
    """Let the monitor look for the last time, and sleep if it may."""
    crew._monitor.asleep = crew._monitor._waiting() is None


@pytest.mark.parametrize("moment", range(1, 15))
def test_what_comes_at_its_last_look_keeps_the_monitor_awake(moment: int) -> None:
    with crew(moment) as it:
        it._monitor._sleep()
        assert not it._monitor.asleep


@pytest.mark.parametrize("moment", range(1, 15))
def test_what_comes_while_the_last_worker_goes_to_rest_is_seen(moment: int) -> None:
    with crew(moment, fall_asleep) as it:
        worker = _Worker(it, 1)
        it._working, worker.latch = 1, Bell(deque())
        it._all[worker] = None
        with it.executor.desk() as desk:
            entry = desk.next()
            it._rest(worker)
        assert it._working == 0
        assert entry or not len(it.executor.queue) or not it._monitor.asleep


def test_a_fault_does_not_end_the_monitor(caplog: pytest.LogCaptureFixture) -> None:
    it = monitor()

    def fault() -> None:
        it._crew.closing = True
        raise ZeroDivisionError

    it._watch = fault
    it._main()
    assert caplog.messages == ["the monitor met a fault, please report it"]


def test_a_monitor_that_cannot_be_started_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(_thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    it = monitor()
    monkeypatch.setattr(threading.Thread, "start", full)
    it.wake()
    assert it.asleep
    assert caplog.messages == ["no thread can be started for the monitor: can't start new thread"]
