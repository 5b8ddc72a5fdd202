"""Cron: when it is due next, whatever clock it goes by, and what is none."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler.times.cron import read_cron
from bpmn_xml.compiler.times.timers import moment_of, read_cycle
from tests.compiler.times.test_timers import at

DUE = [
    ("0 8 * * *[Europe/Berlin]", ["01-01T07:00", "01-02T07:00", "01-03T07:00"]),
    ("CRON_TZ=Asia/Kolkata 0 8 * * *", ["01-01T02:30", "01-02T02:30", "01-03T02:30"]),
    ("0 0 0 L * ?", ["01-31T00:00", "02-28T00:00", "03-31T00:00"]),
    ("0 0 0 L-2 * ?", ["01-29T00:00", "02-26T00:00", "03-29T00:00"]),
    ("0 0 0 LW * ?", ["01-30T00:00", "02-27T00:00", "03-31T00:00"]),
    ("0 0 0 1W * ?", ["02-02T00:00", "03-02T00:00", "04-01T00:00"]),
    ("0 0 0 14W 2-3 ?", ["02-13T00:00", "03-13T00:00", "02-15T00:00"]),
    ("0 0 0 31W 2,5 ?", ["02-27T00:00", "05-29T00:00", "02-26T00:00"]),
    ("0 0 0 ? * 5L", ["01-30T00:00", "02-27T00:00", "03-27T00:00"]),
    ("0 0 0 ? * MON#1", ["01-05T00:00", "02-02T00:00", "03-02T00:00"]),
    ("0 0 0 ? * 5#5", ["01-30T00:00", "05-29T00:00", "07-31T00:00"]),
    ("0 0 0 ? * L", ["01-03T00:00", "01-10T00:00", "01-17T00:00"]),
    ("0 0 0 1 6 ? 2027,2030", ["06-01T00:00", "06-01T00:00"]),
    ("0 0 0 1 6 ? 2020", []),
    ("0 22-1 * * *", ["01-01T01:00", "01-01T22:00", "01-01T23:00"]),
    ("0 0 * * FRI-MON", ["01-02T00:00", "01-03T00:00", "01-04T00:00"]),
    ("*/20 * * * *", ["01-01T00:20", "01-01T00:40", "01-01T01:00"]),
    ("0 30 8 ? * MON-FRI", ["01-01T08:30", "01-02T08:30", "01-05T08:30"]),
    ("0 0 1,15 * MON", ["01-05T00:00", "01-12T00:00", "01-15T00:00"]),
    ("@monthly", ["02-01T00:00", "03-01T00:00", "04-01T00:00"]),
    ("0 12 5/10 FEB *", ["02-05T12:00", "02-15T12:00", "02-25T12:00"]),
]


@pytest.mark.parametrize(("text", "expected"), DUE)
def test_when_it_is_due(text: str, expected: list[str]) -> None:
    """As a cycle of a timer, which takes cron too; from the begin of 2026 on."""
    after, found = at("2026-01-01T00:00:00+00:00"), list[str]()
    for count in range(3):
        due = read_cycle(text).due(after, count)
        if due is not None:
            found.append(moment_of(due).strftime("%m-%dT%H:%M"))
            after = due
    assert found == expected


NONE = [
    "",
    "* * *",
    "61 * * * *",
    "0 0 0 40W * ?",
    "0 0 0 ? * 9L",
    "0 0 0 ? * X#1",
    "0 0 * * *[Nowhere/City]",
    "TZ=Nowhere 0 0 * * *",
    "0 0 0 1 1 ? 1969",
    "*/0 * * * *",
    "a * * * *",
    "*** * * * *",
    "* * * 13 *",
    "-1 * * * *",
    "1,, * * * *",
]


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_cron(text: str) -> None:
    with pytest.raises(ValueError, match="is no "):
        read_cycle(text)


def test_a_day_that_never_comes_is_never_due() -> None:
    assert read_cron("0 0 30 2 *").due(0, 0) is None


QUARTZ = [
    ("0 0 0 ? * 2-6", "0 0 0 ? * MON-FRI"),
    ("0 0 0 ? * 1", "0 0 0 ? * SUN"),
    ("0 0 0 ? * 6#3", "0 0 0 ? * FRI#3"),
    ("0 0 0 ? * FRI", "0 0 0 ? * FRI"),
    ("0 0 0 * * ?", "0 0 0 * * *"),
]


@pytest.mark.parametrize(("theirs", "ours"), QUARTZ)
def test_quartz_counts_weekdays_from_one(theirs: str, ours: str) -> None:
    assert read_cron(theirs, quartz=True) == read_cron(ours)


SUMMER_TIME = [
    # a time that comes twice counts once, one that never comes is an hour later
    ("30 2 * * *[Europe/Berlin]", "2026-03-28T12:00", "2026-03-29T01:30"),
    ("30 2 * * *[Europe/Berlin]", "2026-10-24T12:00", "2026-10-25T00:30"),
    ("30 2 * * *[Europe/Berlin]", "2026-10-25T00:30", "2026-10-26T01:30"),
    ("30 2 * * *[Europe/Berlin]", "2026-10-25T01:15", "2026-10-26T01:30"),
    ("0 3 * * *[Europe/Berlin]", "2026-10-25T00:30", "2026-10-25T02:00"),
]


@pytest.mark.parametrize(("text", "after", "expected"), SUMMER_TIME)
def test_cron_by_a_clock_that_is_changed(text: str, after: str, expected: str) -> None:
    due = read_cron(text).due(at(after + "+00:00"), 0)
    assert due == at(expected + "+00:00")


def test_a_time_of_the_day_that_is_over_waits_for_the_next_day() -> None:
    late = at("2026-01-01T23:59:30+00:00")
    assert read_cron("10 59 23 * * *").due(late, 0) == at("2026-01-02T23:59:10+00:00")
    assert read_cron("0 0 0 1 1 ? 2199").due(at("2199-02-01T00:00:00+00:00"), 0) is None
