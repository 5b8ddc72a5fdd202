"""Dates, times and durations as texts, in all years and to the nanosecond."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel import temporal

PARIS, HOUR = ZoneInfo("Europe/Paris"), timezone(timedelta(hours=1))
VALUES = {
    "2024-02-29": date(2024, 2, 29),
    "-0001-01-01": cal.LongDate(-1, 1, 1),
    "99999-12-31": cal.LongDate(99999, 12, 31),
    "12:30:00": time(12, 30),
    "12:30:00.5": time(12, 30, 0, 500_000),
    "12:30:00.000000001": cal.FineTime(45_000_000_000_001, None),
    "12:30:00Z": time(12, 30, tzinfo=UTC),
    "12:30:00+01:00": time(12, 30, tzinfo=HOUR),
    "12:30:00-18:00": time(12, 30, tzinfo=timezone(-timedelta(hours=18))),
    "12:30:00+01:02:03": time(12, 30, tzinfo=timezone(timedelta(hours=1, minutes=2, seconds=3))),
    "12:30:00@Europe/Paris": time(12, 30, tzinfo=PARIS),
    "2024-02-29T12:30:00": datetime(2024, 2, 29, 12, 30),
    "2024-02-29T12:30:00@Europe/Paris": datetime(2024, 2, 29, 12, 30, tzinfo=PARIS),
    "-2024-02-29T12:30:00Z": cal.LongDateTime(
        cal.day_number(-2024, 2, 29), 45_000 * cal.NANOS, UTC
    ),
    "P1Y": cal.MonthsDuration(12),
    "-P1Y2M": cal.MonthsDuration(-14),
    "P0M": cal.MonthsDuration(0),
    "P1D": timedelta(1),
    "PT0S": timedelta(0),
    "-P1DT2H3M4.5S": -timedelta(1, hours=2, minutes=3, seconds=4.5),
    "PT0.000000001S": cal.LongDuration(1),
    "P9999999999D": cal.LongDuration(9_999_999_999 * cal.DAY),
}
OTHERS = {
    "2024-02-29T24:00:00": "2024-03-01T00:00:00",
    "24:00:00": "00:00:00",
    "12:30:00-00:00": "12:30:00Z",
    "12:30:00.5000": "12:30:00.5",
    "12:30": "12:30:00",
    "T12:30:00Z": "12:30:00Z",
    "2024-02-29T12:30:00+01:00[Europe/Paris]": "2024-02-29T12:30:00@Europe/Paris",
    "PT24H": "P1D",
    "PT61M": "PT1H1M",
    "PT0.S": "PT0S",
    "P13M": "P1Y1M",
    "P0Y": "P0M",
    "-P0D": "PT0S",
}
NONE = [
    "",
    "x",
    "2024-2-1",
    "2024-02-30",
    "2024-00-01",
    "02024-01-01",
    "1999999999-01-01",
    "2024-02-29 ",
    "24:00:01",
    "12:60:00",
    "12:00:60",
    "12:00:00+19:00",
    "12:00:00+01:60",
    "12:00:00+1",
    "12:00:00+01:00:60",
    "12:00:00@Nowhere",
    "12:00:00@No/Where",
    "12:00:00@../../etc/passwd",
    "12:00:00@/etc/passwd",
    "12:00:00@",
    "2024-02-29T",
    "2024-02-30T12:00:00",
    "2024-02-29T25:00:00",
    "2024-02-29T12:00:00@No/Where",
    "2024-02-29T12",
    "2024-02-29TT12:00:00",
    "2024-02-29T12:00:00[Europe/Paris]",
    "2024-02-29T12:00:00+01:00[No/Where]",
    "P",
    "PT",
    "P1DT",
    "P1Y1D",
    "1Y",
    "P1H",
    "--P1D",
    "P1S",
    "+P1D",
]


@pytest.mark.parametrize("text", VALUES)
def test_value(text):
    found = temporal.parse(text)
    assert (type(found), found) == (type(VALUES[text]), VALUES[text])
    assert temporal.str_of(found) == text


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_written_differently(text):
    assert temporal.str_of(temporal.parse(text)) == OTHERS[text]


@pytest.mark.parametrize("text", NONE)
def test_what_is_none_of_them(text):
    assert temporal.parse(text) is None


def test_a_day_is_a_date_and_time_at_midnight():
    assert temporal.parse_date_time("2024-02-29") == datetime(2024, 2, 29)


def test_what_is_not_temporal_has_no_text():
    assert temporal.str_of(1) is None


@given(st.dates())
def test_days_are_pythons(day):
    assert cal.civil(day.toordinal() - date(1970, 1, 1).toordinal()) == (
        day.year,
        day.month,
        day.day,
    )
    assert cal.make_date(cal.days_of(day)) == day


@given(st.integers(-(10**11), 10**11))
def test_days_of_all_years(days):
    year, month, day = cal.civil(days)
    assert cal.day_number(year, month, day) == days
    assert 1 <= day <= cal.days_in_month(year, month)


@given(st.times(), st.timedeltas())
@example(time(), timedelta.max)
@example(time(), timedelta.min)
def test_times_and_durations_are_pythons(of_day, length):
    assert cal.make_time(cal.nanos_of(of_day), None) == of_day
    assert cal.make_duration(cal.duration_nanos(length)) == length
    assert temporal.parse(temporal.str_of(length)) == length


def test_too_far_away():
    with pytest.raises(OverflowError, match="out of range"):
        cal.make_date(cal.day_number(10**9, 1, 1))
