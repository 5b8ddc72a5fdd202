"""Clocks."""

from __future__ import annotations

import time

from bpmn_xml.runtime import ManualClock, SystemClock


def test_the_system_clock_tells_microseconds_since_1970() -> None:
    assert abs(SystemClock().now() - time.time() * 1e6) < 10e6
    assert SystemClock.runs


def test_a_manual_clock_stands_and_tells_who_listens() -> None:
    clock, told = ManualClock(5), list[int]()
    clock.on_change(lambda: told.append(clock.now()))
    clock.advance(10)
    clock.advance(seconds=0.5)
    assert told == [15, 500_015]
    assert not clock.runs
