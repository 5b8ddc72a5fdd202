"""Clocks."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bpmn_xml.errors import UsageError
from bpmn_xml.runtime import ManualClock, SystemClock


def test_the_system_clock_tells_microseconds_since_1970() -> None:
    assert abs(SystemClock().now() - time.time() * 1e6) < 10e6
    assert SystemClock.runs


def test_a_manual_clock_stands_and_tells_who_listens() -> None:
    clock, told = ManualClock(5), list[int]()
    clock.attach(lambda: told.append(clock.now()), lambda: None)
    clock.advance(microseconds=10)
    clock.advance(seconds=0.5)
    assert told == [15, 500_015]
    assert not clock.runs


ADVANCED = [
    ({"microseconds": 7}, 7),
    ({"by": "PT1.5S"}, 1_500_000),
    ({"by": "P2D"}, 2 * 86_400_000_000),
    ({"by": "P1M"}, 31 * 86_400_000_000),
    ({"by": timedelta(minutes=1), "seconds": 1}, 61_000_000),
    ({}, 0),
]


@pytest.mark.parametrize(("by", "expected"), ADVANCED)
def test_a_manual_clock_is_advanced(by: dict[str, Any], expected: int) -> None:
    clock = ManualClock()
    clock.advance(**by)
    assert clock.now() == expected


@pytest.mark.parametrize("start", ["2026-03-01T08:00Z", datetime(2026, 3, 1, 8, tzinfo=UTC)])
def test_a_manual_clock_begins_at_a_date(start: Any) -> None:
    assert ManualClock(start).time == datetime(2026, 3, 1, 8, tzinfo=UTC)


@pytest.mark.parametrize("by", ["tomorrow", "-P1D", -timedelta(1), 8 * 86_400, "P9999Y"])
def test_time_goes_only_forward(by: Any) -> None:
    clock = ManualClock(5)
    with pytest.raises(UsageError):
        clock.advance(by)
    assert clock.now() == 5


def test_a_manual_clock_begins_at_no_other_text() -> None:
    with pytest.raises(UsageError, match="no ISO 8601 date and time"):
        ManualClock("once upon a time")


def test_skipping_goes_to_what_is_due_first_anywhere() -> None:
    clock, due = ManualClock(10), [[30, 50], [20], []]
    for own in due:
        clock.attach(lambda: None, lambda own=own: own[0] if own else None)
    seen = []
    while clock.skip():
        seen.append(clock.now())
        for own in due:
            own[:] = [time for time in own if time > clock.now()]
    assert seen == [20, 30, 50]


def test_skipping_to_what_is_late_does_not_move_time() -> None:
    clock = ManualClock(10)
    clock.attach(lambda: None, lambda: 5)
    assert clock.skip()
    assert clock.now() == 10
