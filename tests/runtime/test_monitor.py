"""The monitor looks at queues that others change meanwhile."""

from __future__ import annotations

from collections import deque
from types import SimpleNamespace
from typing import Any

from bpmn_xml.runtime import ManualClock
from bpmn_xml.runtime.executor import Executor
from bpmn_xml.runtime.monitor import Monitor
from bpmn_xml.runtime.timers import Timers
from tests.core.harness import program


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
    executor = Executor(program("s > e"), {}, ManualClock())
    executor.driver = SimpleNamespace(poke=lambda: None)  # type: ignore[assignment] # unused
    executor.mail, executor.queue = Vanishing(), Vanishing()
    assert executor.next_with_mail() is None
    with executor.desk() as desk:
        assert desk.next() is None
