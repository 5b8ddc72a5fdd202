"""Dates as day numbers and times as nanoseconds: the arithmetic of FEEL's calendar, in integers.

The calendar is the Gregorian one, without end in both directions. Python's own types hold what
they can (years 1 to 9999, microseconds); the thin types here hold the rest.

>>> make_date(day_number(2024, 2, 28) + 2), make_date(day_number(99999, 1, 1))
(datetime.date(2024, 3, 1), LongDate(year=99999, month=1, day=1))
"""

from __future__ import annotations

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final, TypeAlias

import msgspec

from bpmn_xml.expressions.meter import spend

NANOS: Final = 1_000_000_000
DAY: Final = 86_400 * NANOS
MOST_YEARS: Final = 999_999_999
SHORTEST: Final = timedelta.min.days
LONGEST: Final = timedelta.max.days
OFFSET_STEPS: Final = 6
"""What it costs to ask a zone."""


class LongDate(msgspec.Struct, frozen=True, order=True):
    """A date of a year that Python's dates cannot hold."""

    year: int
    month: int
    day: int


class FineTime(msgspec.Struct, frozen=True):
    """A time of day in nanoseconds, finer than Python's times."""

    nanos: int
    tzinfo: tzinfo | None


class LongDateTime(msgspec.Struct, frozen=True):
    """A date and time of which Python's cannot hold a part."""

    days: int
    nanos: int
    tzinfo: tzinfo | None


class LongDuration(msgspec.Struct, frozen=True):
    """A duration in nanoseconds, finer or longer than Python's."""

    nanos: int


class MonthsDuration(msgspec.Struct, frozen=True, order=True):
    """A duration of years and months, which have no length in days: `datetime` has none.

    Attributes:
        months: all of its months, 12 for a year; negative for one that goes back.

    >>> str(MonthsDuration(18)), str(MonthsDuration(-12)), str(MonthsDuration(0))
    ('P1Y6M', '-P1Y', 'P0M')
    """

    months: int

    def __str__(self) -> str:
        """Write it as FEEL and ISO 8601 do."""
        years, rest = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{rest}M" if rest else "")
        return f"{'-' if self.months < 0 else ''}P{text or '0M'}"


AnyDate: TypeAlias = date | LongDate
AnyTime: TypeAlias = time | FineTime
AnyDateTime: TypeAlias = datetime | LongDateTime
AnyDuration: TypeAlias = timedelta | LongDuration


def day_number(year: int, month: int, day: int) -> int:
    """Return the number of days since 1970-01-01.

    >>> day_number(1970, 1, 1), day_number(2000, 3, 1), day_number(-1, 12, 31)
    (0, 11017, -719529)
    """
    year -= month <= 2
    era, of_era = divmod(year, 400)
    of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def civil(days: int) -> tuple[int, int, int]:
    """Return year, month and day of a day number.

    >>> civil(11017), civil(-719529)
    ((2000, 3, 1), (-1, 12, 31))
    """
    era, day = divmod(days + 719_468, 146_097)
    of_era = (day - day // 1_460 + day // 36_524 - day // 146_096) // 365
    day -= 365 * of_era + of_era // 4 - of_era // 100
    shifted = (5 * day + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return of_era + era * 400 + (month <= 2), month, day - (153 * shifted + 2) // 5 + 1


def days_in_month(year: int, month: int) -> int:
    """Return how many days a month has, in any year."""
    return monthrange(2000 + year % 400, month)[1]


def make_date(days: int) -> AnyDate:
    """Return the date of a day number."""
    year, month, day = civil(days)
    if MINYEAR <= year <= MAXYEAR:
        return date(year, month, day)
    if abs(year) > MOST_YEARS:
        raise OverflowError("the year is out of range")
    return LongDate(year, month, day)


def make_time(nanos: int, zone: tzinfo | None) -> AnyTime:
    """Return the time of so many nanoseconds after midnight."""
    micros, finer = divmod(nanos, 1_000)
    if finer:
        return FineTime(nanos, zone)
    seconds, micro = divmod(micros, 1_000_000)
    minutes, second = divmod(seconds, 60)
    return time(minutes // 60, minutes % 60, second, micro, zone)


def make_date_time(days: int, nanos: int, zone: tzinfo | None) -> AnyDateTime:
    """Return the date and time of a day number and nanoseconds after its midnight."""
    more, nanos = divmod(nanos, DAY)
    found = make_date(days + more)
    of_day = make_time(nanos, zone)
    if isinstance(found, date) and isinstance(of_day, time):
        return datetime.combine(found, of_day)
    return LongDateTime(days + more, nanos, zone)


def make_duration(nanos: int) -> AnyDuration:
    """Return the duration of so many nanoseconds."""
    if nanos % 1_000 or not SHORTEST <= nanos // DAY <= LONGEST:
        return LongDuration(nanos)
    return timedelta(microseconds=nanos // 1_000)


def days_of(value: AnyDate | AnyDateTime) -> int:
    """Return the day number of a date, or of a date and time where it is."""
    if isinstance(value, LongDateTime):
        return value.days
    return day_number(value.year, value.month, value.day)


def nanos_of(value: AnyTime | AnyDateTime) -> int:
    """Return the nanoseconds after midnight."""
    if isinstance(value, FineTime | LongDateTime):
        return value.nanos
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    return seconds * NANOS + value.microsecond * 1_000


def duration_nanos(value: AnyDuration) -> int:
    """Return the nanoseconds of a duration."""
    if isinstance(value, LongDuration):
        return value.nanos
    return (value.days * 86_400 + value.seconds) * NANOS + value.microseconds * 1_000


def like(days: int, nanos: int, zone: tzinfo | None, fold: int = 0) -> datetime:
    """Return a date and time in seconds; for a year that Python's cannot hold in a like year."""
    year, month, day = civil(days)
    known = year if MINYEAR < year < MAXYEAR else 2000 + year % 400
    minutes, second = divmod(nanos // NANOS, 60)
    of_day = time(minutes // 60, minutes % 60, second, tzinfo=zone, fold=fold)
    return datetime.combine(date(known, month, day), of_day)


def offset_nanos(zone: tzinfo, days: int, nanos: int, fold: int = 0) -> int:
    """Return how far a zone is ahead of UTC at a local date and time.

    `fold` is 1 for the second time where the clock shows a time twice.
    """
    spend(OFFSET_STEPS)
    return duration_nanos(like(days, nanos, zone, fold).utcoffset() or timedelta())


def offset_of(value: AnyDateTime) -> int:
    """Return how far the zone of a date and time is ahead of UTC at it; 0 without a zone."""
    if value.tzinfo is None:
        return 0
    fold = getattr(value, "fold", 0)
    return offset_nanos(value.tzinfo, days_of(value), nanos_of(value), fold)


def fixed_offset(zone: tzinfo | None) -> timedelta | None:
    """Return the offset of a zone that has the same one always."""
    return zone.utcoffset(None) if isinstance(zone, timezone) else None


def instant(value: AnyDateTime) -> int:
    """Return the nanoseconds since 1970 in UTC; without a zone as if it were in UTC."""
    return days_of(value) * DAY + nanos_of(value) - offset_of(value)


def at_instant(nanos: int, zone: tzinfo) -> AnyDateTime:
    """Return what the clock of a zone shows so many nanoseconds after 1970 in UTC.

    >>> from zoneinfo import ZoneInfo
    >>> at_instant(1_603_587_600 * NANOS, ZoneInfo("Europe/Paris"))
    datetime.datetime(2020, 10, 25, 2, 0, fold=1, tzinfo=zoneinfo.ZoneInfo(key='Europe/Paris'))
    """
    spend(OFFSET_STEPS)
    days, nanos = divmod(nanos, DAY)
    there = zone.fromutc(like(days, nanos, zone))
    found = make_date_time(days, nanos + duration_nanos(there.utcoffset() or timedelta()), zone)
    return found.replace(fold=there.fold) if isinstance(found, datetime) else found


def add_months(days: int, months: int) -> int:
    """Return the day number some months later, on the last day of the month at most."""
    year, month, day = civil(days)
    years, month = divmod(year * 12 + month - 1 + months, 12)
    return day_number(years, month + 1, min(day, days_in_month(years, month + 1)))
