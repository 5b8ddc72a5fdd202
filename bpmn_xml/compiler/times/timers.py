"""Timers: ISO 8601 dates, durations and repeating intervals, and cron, as due times (10.5.5).

All times are microseconds since 1970 UTC. A date without an offset is UTC; one may end with the
name of a time zone in brackets, and is then reckoned by that zone's clock, summer time included.

>>> from bpmn_xml.compiler.times.timers import read_cycle, read_date, read_duration
>>> read_date("1970-01-02T00:00:00Z"), read_duration("P1M").after(0) // 86_400_000_000
(86400000000, 31)
>>> twice = read_cycle("R2/PT1S")
>>> twice.due(0, 0), twice.due(1_000_000, 1), twice.due(2_000_000, 2)
(1000000, 2000000, None)
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from bpmn_xml.compiler.times import cron
from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.wording import quoted

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_DAY_LONG: Final = 86_400_000_000
_CALENDAR_ENDS: Final = (-62_135_596_800_000_000, 253_402_300_799_999_999)
"""The first and the last microsecond of Python's calendar; what is due at its end never is."""

LEAST_INTERVAL: Final = 1_000
"""What lies at least between two repetitions: a millisecond."""

_NUMBER: Final = r"(\d{1,9}(?:[.,]\d{1,9})?)"
_DURATION: Final = re.compile(
    rf"([-+]?)P(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}W)?(?:{_NUMBER}D)?"
    rf"(T(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?",
    re.ASCII,
)
_CALENDAR: Final = re.compile(r"P(\d{4})-?(\d\d)-?(\d\d)(?:T(\d\d):?(\d\d):?(\d\d))?", re.ASCII)
"""A duration written like a date: P0001-02-03T04:05:06."""

_ZONE: Final = re.compile(r"(.*)\[([A-Za-z0-9_+\-/]{1,64})\]", re.ASCII)
_DAY_OF_YEAR: Final = re.compile(r"(\d{4})-?(\d{3})(?![\d-])", re.ASCII)
_END_OF_DAY: Final = re.compile(r"T24(?::?00){0,2}(?:[.,]0+)?(?=Z|[-+]|$)", re.ASCII)
_SLASH: Final = re.compile(r"(?:/|--)(?![^\[]*\])")
_REPEAT: Final = re.compile(r"R(\d{0,18}|-1)(?:/|--)(.+)", re.ASCII)
_PLAIN: Final = re.compile(r"[\d:T-]*?(?=Z|[-+]\d\d:?\d\d$|[.,]|\[|$)", re.ASCII)
"""A date and time without zone and parts of a second."""


class Duration(msgspec.Struct, frozen=True):
    """A length of time: months by the calendar, the rest in microseconds."""

    months: int = 0
    microseconds: int = 0

    def after(self, time: int, zone: tzinfo = UTC) -> int:
        """The time that is one duration later, by the clock of a zone.

        Raises:
            ValueError: it lies beyond the calendar.
        """
        if zone is UTC and not self.months:
            return _within_calendar(time + self.microseconds)
        moment = moment_of(time).astimezone(zone)
        if self.months:
            moment = _add_months(moment, self.months)
        days, rest = divmod(self.microseconds, 86_400_000_000)
        try:
            there = moment + timedelta(days=days) if days else moment
            return time_of(there) + rest
        except OverflowError as error:
            raise ValueError("it lies beyond the calendar") from error


class Cycle(msgspec.Struct, frozen=True):
    """A repeating interval: so many times (-1: for ever), from `start`, until `end`."""

    times: int
    interval: Duration
    start: int | None = None
    end: int | None = None
    zone: tzinfo = UTC

    def due(self, after: int, count: int) -> int | None:
        """When the count-th repetition is due; `after` is the one before, or when it began."""
        if 0 <= self.times <= count:
            return None
        first = self.start is not None and count == 0
        due = self.start if first else self.interval.after(after, self.zone)
        return None if due is None or (self.end is not None and due > self.end) else due

    def passed(self, after: int, count: int, time: int) -> tuple[int, int]:
        """Let all that is due until a time pass: the time of the last, and how many there were."""
        length = self.interval
        if not length.months and (self.zone is UTC or length.microseconds < _DAY_LONG):
            number = max(0, (time - after) // length.microseconds)
            return after + number * length.microseconds, count + number
        while (due := self.due(after, count)) is not None and due <= time:
            after, count = due, count + 1
        return after, count


def moment_of(time: int) -> datetime:
    """The date and time, UTC, of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=time)


def time_of(moment: datetime) -> int:
    """Microseconds since 1970 UTC of a date and time."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (aware - EPOCH) // _MICROSECOND


def read_date(value: object) -> int:
    """Read a date and time: ISO 8601, perhaps with a zone's name, or one of Python or FEEL.

    Raises:
        ValueError: it is none.
    """
    return _read_zoned(value)[0]


def _read_zoned(value: object) -> tuple[int, tzinfo]:
    if isinstance(value, datetime | cal.LongDateTime):
        return _within_calendar(cal.instant(value) // 1_000), UTC
    if isinstance(value, date | cal.LongDate):
        return _within_calendar(cal.days_of(value) * _DAY_LONG), UTC
    text = _written(value)
    named = _ZONE.fullmatch(text)
    try:
        zone: tzinfo = ZoneInfo(named[2]) if named else UTC
        moment = _moment(named[1] if named else text)
    except (ValueError, OverflowError, ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"{quoted(text)} is no ISO 8601 date and time") from error
    if moment.year == 1:
        raise ValueError(f"{quoted(text)} lies beyond the calendar")
    time = time_of(moment if moment.tzinfo else moment.replace(tzinfo=zone))
    return _within_calendar(time), zone


def _moment(text: str) -> datetime:
    """A date and time; Python reads neither days of the year nor an hour of 24."""
    day = _DAY_OF_YEAR.match(text)
    if day is not None:
        found = date(int(day[1]), 1, 1) + timedelta(int(day[2]) - 1)
        if found.year != int(day[1]):
            raise ValueError(text)
        text = f"{found}{text[day.end() :]}"
    clock = _END_OF_DAY.sub("T00:00", text)
    return datetime.fromisoformat(clock) + timedelta(days=clock != text)


def _written(value: object) -> str:
    """A value as text; what is missing is null, as expressions call it."""
    return "null" if value is None else str(value).strip()


def time_after(value: object, time: int) -> int:
    """The time that is a duration later than another.

    Raises:
        ValueError: it is no duration, or leads beyond the calendar.
    """
    length = read_duration(value)
    try:
        return length.after(time)
    except ValueError as error:
        raise ValueError(f"{quoted(str(value))} leads beyond the calendar") from error


def read_duration(value: object) -> Duration:
    """Read a duration: ISO 8601, or one of Python or FEEL.

    Raises:
        ValueError: it is none.
    """
    if isinstance(value, cal.MonthsDuration):
        return Duration(value.months)
    if isinstance(value, timedelta | cal.LongDuration):
        return Duration(0, cal.duration_nanos(value) // 1_000)
    text = _written(value)
    calendar = _CALENDAR.fullmatch(text)
    if calendar is not None:
        year, month, day, *time = [int(part or 0) for part in calendar.groups()]
        length = timedelta(days=day, hours=time[0], minutes=time[1], seconds=time[2])
        return Duration(year * 12 + month, length // _MICROSECOND)
    match = _DURATION.fullmatch(text) if len(text) <= 80 else None
    if match is None or not any(match.group(2, 3, 4, 5, 7, 8, 9)) or match[6] == "T":
        raise ValueError(f"{quoted(text)} is no ISO 8601 duration such as PT10S or P1DT2H")
    years, months, weeks, days, hours, minutes, seconds = (
        float((part or "0").replace(",", ".")) for part in match.group(2, 3, 4, 5, 7, 8, 9)
    )
    sign = -1 if match[1] == "-" else 1
    whole = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return Duration(sign * round(years * 12 + months), sign * (whole // _MICROSECOND))


def read_cycle(value: object, *, quartz: bool = False) -> Cycle | cron.Cron:
    """Read a repeating interval of ISO 8601 (`R5/PT1M`, `R/2026-01-01T08:00Z/P1D`), or cron.

    Args:
        value: what stands in the drawing, or an expression's value.
        quartz: how cron counts the days of the week, see there.

    Raises:
        ValueError: it is neither.
    """
    text = _written(value)
    match = _REPEAT.fullmatch(text)
    if match is None:
        return cron.read_cron(text, quartz=quartz)
    times, parts = int(match[1] or -1), _SLASH.split(match[2])
    if len(parts) == 1:
        return Cycle(times, _positive(parts[0]))
    if len(parts) > 2:
        raise ValueError(f"{quoted(text)} is no ISO 8601 repeating interval")
    if parts[1].startswith("P"):
        start, zone = _read_zoned(parts[0])
        return Cycle(times, _positive(parts[1]), start=start, zone=zone)
    if parts[0].startswith("P"):
        return Cycle(times, _positive(parts[0]), end=read_date(parts[1]))
    start, zone = _read_zoned(parts[0])
    length = read_date(_completed(parts[1], parts[0])) - start
    if length <= 0:
        raise ValueError(f"{quoted(text)} is no interval: it ends before it begins")
    return Cycle(times, Duration(0, length), start=start, zone=zone)


def _within_calendar(time: int) -> int:
    first, last = _CALENDAR_ENDS
    return max(first, min(time, last))


def _completed(end: str, start: str) -> str:
    """The end of an interval, which may leave out what it has in common with its start.

    >>> _completed("15:30", "2026-12-14T13:30"), _completed("16T09:00", "2026-12-14T13:30")
    ('2026-12-14T15:30', '2026-12-16T09:00')
    """
    given, common = _PLAIN.match(end), _PLAIN.match(start)
    if given is None or common is None or len(given[0]) >= len(common[0]):
        return end
    own, whole = len(given[0]), len(common[0])
    zoned = end if end[own:] else end + start[whole:]
    return start[: whole - own] + zoned


def _positive(text: str) -> Duration:
    interval = read_duration(text)
    if interval.after(0) < LEAST_INTERVAL:
        raise ValueError(f"{quoted(text)} is no time to wait between two repetitions")
    return interval


def _add_months(moment: datetime, months: int) -> datetime:
    """Move by the calendar; a day that the month does not have becomes its last."""
    index = moment.year * 12 + moment.month - 1 + months
    year, month = index // 12, index % 12 + 1
    if not MINYEAR <= year <= MAXYEAR:
        raise ValueError("it lies beyond the calendar")
    return moment.replace(year=year, month=month, day=min(moment.day, monthrange(year, month)[1]))
