"""Timers: what is read, when it is due, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.compiler.elements.values import Once
from bpmn_xml.compiler.times.timers import moment_of, read_cycle, read_date, read_duration, time_of
from bpmn_xml.expressions.feel import calendar as cal


def at(text: str) -> int:
    return time_of(datetime.fromisoformat(text))


LAST = "9999-12-31T23:59:59.999999+00:00"
DATES = [
    ("2026-03-01T10:00:00Z", "2026-03-01T10:00:00+00:00"),
    ("2026-03-01T10:00:00+02:00", "2026-03-01T08:00:00+00:00"),
    ("2026-03-01T10:00:00", "2026-03-01T10:00:00+00:00"),
    ("2026-03-01", "2026-03-01T00:00:00+00:00"),
    ("2026-060", "2026-03-01T00:00:00+00:00"),
    ("2024-366T10:00:00+02:00", "2024-12-31T08:00:00+00:00"),
    ("2026060T100000Z", "2026-03-01T10:00:00+00:00"),
    ("2026-02-28T24:00:00Z", "2026-03-01T00:00:00+00:00"),
    ("2026-059T24:00:00.000+01:00", "2026-02-28T23:00:00+00:00"),
    ("2026-W09-6T24", "2026-03-01T00:00:00+00:00"),
    ("2026-07-01T10:00:00[Europe/Berlin]", "2026-07-01T08:00:00+00:00"),
    ("2026-01-01T10:00:00+01:00[Europe/Berlin]", "2026-01-01T09:00:00+00:00"),
    ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59+00:00"),
    ("9999-12-31T23:59:59-05:00", LAST),
    (date(2026, 3, 1), "2026-03-01T00:00:00+00:00"),
    (datetime(2026, 3, 1, 10, tzinfo=UTC), "2026-03-01T10:00:00+00:00"),
    (datetime(2026, 3, 1, 10), "2026-03-01T10:00:00+00:00"),
    (datetime.max.replace(tzinfo=timezone(-timedelta(hours=5))), LAST),
    (cal.LongDate(99_999, 1, 1), LAST),
    (cal.LongDateTime(0, 1_001, UTC), "1970-01-01T00:00:00.000001+00:00"),
]


@pytest.mark.parametrize(("value", "expected"), DATES)
def test_dates(value: object, expected: str) -> None:
    assert read_date(value) == at(expected)


NO_DATES = [
    "2026-000",
    "2026-366",
    "2026-060-1",
    "2026-03-01T24:00:01Z",
    "2026-03-01T24:01Z",
    "9999-12-31T24:00:00Z",
    "",
    "tomorrow",
    "2026-13-01",
    "2026-01-01T10:00[Nowhere/City]",
    "0001-01-01",
    None,
    "x" * 99,
]


@pytest.mark.parametrize("value", NO_DATES)
def test_no_dates(value: object) -> None:
    with pytest.raises(ValueError, match=r"no ISO 8601 date|beyond the calendar"):
        read_date(value)


LENGTHS = [
    ("P0001-02-03T04:00:00", "2027-04-03T04:00:00"),
    ("P00000100", "2026-02-28T00:00:00"),
    ("P0000-00-01", "2026-02-01T00:00:00"),
    ("PT10S", "2026-01-31T00:00:10"),
    ("PT1.5S", "2026-01-31T00:00:01.500000"),
    ("PT1H30M", "2026-01-31T01:30:00"),
    ("P1D", "2026-02-01T00:00:00"),
    ("P1W", "2026-02-07T00:00:00"),
    ("P1M", "2026-02-28T00:00:00"),
    ("P1Y2M3DT4H", "2027-04-03T04:00:00"),
    ("-P1D", "2026-01-30T00:00:00"),
    (timedelta(hours=2), "2026-01-31T02:00:00"),
    (cal.MonthsDuration(13), "2027-02-28T00:00:00"),
    (cal.LongDuration(1_000_000_001), "2026-01-31T00:00:01"),
]


@pytest.mark.parametrize(("text", "expected"), LENGTHS)
def test_durations(text: object, expected: str) -> None:
    assert read_duration(text).after(at("2026-01-31T00:00:00+00:00")) == at(expected + "+00:00")


@pytest.mark.parametrize("text", ["", "P", "PT", "P1DT", "1D", "PT1X", "P" + "9" * 90 + "D", "10"])
def test_no_durations(text: str) -> None:
    with pytest.raises(ValueError, match="no ISO 8601 duration"):
        read_duration(text)


def test_a_duration_beyond_the_calendar_is_never_due_or_refused() -> None:
    with pytest.raises(ValueError, match="beyond the calendar"):
        read_duration("P9999Y").after(0)
    assert moment_of(read_duration("PT999999999H").after(0)).year == 9999
    assert moment_of(read_duration("-PT999999999H").after(0)).year == 1
    berlin = read_cycle("R/2026-01-01T08:00:00[Europe/Berlin]/P999999999D")
    with pytest.raises(ValueError, match="beyond the calendar"):
        berlin.due(0, 1)


def times(text: str, start: str, count: int) -> list[str]:
    after, found = at(start + "+00:00"), []
    for i in range(count):
        due = read_cycle(text).due(after, i)
        if due is None:
            break
        found.append(moment_of(due).strftime("%m-%dT%H:%M"))
        after = due
    return found


CYCLES = [
    ("R-1/PT1H", ["01-01T01:00", "01-01T02:00", "01-01T03:00"]),
    ("R2--PT1H", ["01-01T01:00", "01-01T02:00"]),
    ("R2/2026-02-01T08:00Z--2026-02-01T10:00Z", ["02-01T08:00", "02-01T10:00"]),
    ("R2/2026-02-01T08:00Z/10:30", ["02-01T08:00", "02-01T10:30"]),
    ("R2/2026-02-01T08:00+01:00/03T08:00", ["02-01T07:00", "02-03T07:00"]),
    ("R2/20260201T080000Z/PT1H", ["02-01T08:00", "02-01T09:00"]),
    ("R2/PT10M", ["01-01T00:10", "01-01T00:20"]),
    ("R/P1D", ["01-02T00:00", "01-03T00:00", "01-04T00:00"]),
    ("R/2026-02-01T08:00:00Z/PT1H", ["02-01T08:00", "02-01T09:00", "02-01T10:00"]),
    ("R3/2026-02-01T08:00:00Z/2026-02-01T10:00:00Z", ["02-01T08:00", "02-01T10:00", "02-01T12:00"]),
    ("R/PT1H/2026-01-01T02:00:00Z", ["01-01T01:00", "01-01T02:00"]),
    ("R/2026-03-28T08:00:00[Europe/Berlin]/P1D", ["03-28T07:00", "03-29T06:00", "03-30T06:00"]),
    ("R/2026-10-25T02:00[Europe/Berlin]/PT1H", ["10-25T00:00", "10-25T01:00", "10-25T02:00"]),
    ("R1000000000/PT1H", ["01-01T01:00", "01-01T02:00", "01-01T03:00"]),
    ("R0/PT1H", []),
]


@pytest.mark.parametrize(("text", "expected"), CYCLES)
def test_cycles(text: str, expected: list[str]) -> None:
    assert times(text, "2026-01-01T00:00:00", 3) == expected


NO_CYCLES = [
    "R3",
    "R3/",
    "R3/PT0S",
    "R3/-PT1S",
    "R3/x/y",
    "R/PT1S/PT1S/PT1S",
    "R/2026-02-01T08:00Z/2026-01-01T08:00Z",
    "R/2026-02-01T08:00/abc",
    "R/abc/15:30",
    "R/2026-02-01T08:00/15:30x",
]


@pytest.mark.parametrize("text", NO_CYCLES)
def test_no_cycles(text: str) -> None:
    with pytest.raises(ValueError, match="is no "):
        read_cycle(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    for read in (read_date, read_duration, read_cycle):
        with suppress(ValueError):
            assert read(text) is not None


PASSED = [
    ("R/PT1H", "01-01T05:30", "01-01T06:00"),
    ("R/P1M", "06-15T00:00", "07-01T00:00"),
    ("R/2026-01-01T08:00[Europe/Berlin]/P1D", "04-10T12:00", "04-11T06:00"),
    ("R/2026-01-01T08:00[Europe/Berlin]/PT6H", "01-02T12:00", "01-02T13:00"),
    ("0 * * * *", "01-01T05:30", "01-01T06:00"),
    ("R3/PT1H", "01-01T05:30", None),
]


@pytest.mark.parametrize(("text", "time", "expected"), PASSED)
def test_what_was_missed_can_be_let_go(text: str, time: str, expected: str | None) -> None:
    cycle, begun = read_cycle(text), at("2026-01-01T00:00:00+00:00")
    first = cycle.due(begun, 0)
    assert first is not None
    after, count = cycle.passed(first, 1, at(f"2026-{time}:00+00:00"))
    due = cycle.due(after, count)
    assert (due and moment_of(due).strftime("%m-%dT%H:%M")) == expected


def test_a_timer_that_is_due_once_lets_everything_pass() -> None:
    assert Once(date=5).passed(0, 1, 9) == (9, 1)


@pytest.mark.parametrize("read", [read_date, read_duration, read_cycle])
def test_what_is_missing_is_called_null(read: Callable[[object], object]) -> None:
    with pytest.raises(ValueError, match="'null' is no"):
        read(None)
