"""Timers fire in order, can be taken back, and do not pile up."""

from __future__ import annotations

import threading

from bpmn_xml.runtime.execution.timers import Timers


def test_timers_fire_in_the_order_in_which_they_are_due() -> None:
    timers, told = Timers(), list[str]()
    for due, name in ((30, "c"), (10, "a"), (20, "b"), (10, "a2")):
        timers.add(due, lambda name=name: told.append(name))
    assert timers.next_due() == 10
    assert timers.fire(20)
    assert told == ["a", "a2", "b"]
    assert not timers.fire(20)
    assert timers.next_due() == 30


def test_what_is_due_later_waits_for_what_another_thread_fires() -> None:
    timers, told = Timers(), list[int]()
    other = threading.Thread(target=lambda: timers.fire(9))

    def first() -> None:
        other.start()
        other.join(0.05)  # it would have done the second meanwhile
        told.append(1)

    timers.add(1, first)
    timers.add(2, lambda: told.append(2))
    timers.fire(9)
    other.join()
    assert told == [1, 2]


def test_a_timer_can_be_taken_back() -> None:
    timers, told = Timers(), list[int]()
    first = timers.add(1, lambda: told.append(1))
    second = timers.add(2, lambda: told.append(2))
    timers.cancel(first)
    timers.cancel(first)
    assert timers.next_due() == 2
    timers.fire(5)
    timers.cancel(second)
    assert told == [2]
    assert timers.next_due() is None


def test_what_fires_may_set_another_timer() -> None:
    timers, told = Timers(), list[int]()
    timers.add(1, lambda: timers.add(2, lambda: told.append(2)) and None)
    timers.fire(3)
    assert told == [2]


def test_timers_that_were_taken_back_do_not_pile_up() -> None:
    timers = Timers()
    kept = timers.add(10**9, lambda: None)
    for due in range(10_000):
        timers.cancel(timers.add(due + 10, lambda: None))
    assert len(timers._heap) < 1_100
    assert timers.next_due() == kept.due
