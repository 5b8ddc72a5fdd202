"""Cron expressions as timer cycles: five fields, six with seconds first, seven with years last.

Days may be `L` (the last), `L-3`, `15W` (the weekday nearest to it) and `LW`; weekdays `5L` (the
last Friday) and `5#3` (the third). `CRON_TZ=Europe/Berlin 0 8 * * *` or `0 8 * * *[Europe/Berlin]`
is by that zone's clock, else by UTC. A time that the clock shows twice counts once, the first time;
one that it never shows is an hour later.

>>> from bpmn_xml.compiler.times.cron import read_cron
>>> read_cron("*/15 * * * *").due(0, 0) // 60_000_000
15
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from bpmn_xml.wording import quoted

_FIELDS: Final = (
    ("second", 0, 59),
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of month", 1, 31),
    ("month", 1, 12),
    ("day of week", 0, 7),
    ("year", 1970, 2199),
)
_NAMES: Final = {
    "month": ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"],
    "day of week": ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"],
}
_MACROS: Final = {
    "@yearly": "0 0 0 1 1 *",
    "@annually": "0 0 0 1 1 *",
    "@monthly": "0 0 0 1 * *",
    "@weekly": "0 0 0 * * 0",
    "@daily": "0 0 0 * * *",
    "@midnight": "0 0 0 * * *",
    "@hourly": "0 0 * * * *",
}
_PART: Final = re.compile(r"(\*|\w+(?:-\w+)?)(?:/(\d{1,4}))?", re.ASCII)
_DAY: Final = re.compile(r"L(?:-(\d{1,2}))?|(\d{1,2}|L)W", re.ASCII)
_WEEKDAY: Final = re.compile(r"(\w{1,3}?)(?:L|#([1-5]))", re.ASCII)
_ZONED: Final = re.compile(r"(?:CRON_)?TZ=(\S+)\s+(.+)|(.+?)\s*\[([^\]]+)\]", re.ASCII | re.DOTALL)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY_LONG: Final = timedelta(days=1)
_HORIZON: Final = 366 * 8
_NEVER: Final = 366 * 230
_LAST: Final = 0
"""The ordinal that stands for the last one."""

Time = tuple[int, int, int]


class Cron(msgspec.Struct, frozen=True):
    """What each field allows. Days match by month or week where both are given.

    Attributes:
        last_days: how many days before the last of the month.
        nearest: days to whose nearest weekday it is; 0 is the last of the month.
        ordinals: weekday and how many of them it is in the month; 0 is the last one.
        years: empty if all are allowed.
    """

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool
    last_days: frozenset[int] = frozenset()
    nearest: frozenset[int] = frozenset()
    ordinals: frozenset[tuple[int, int]] = frozenset()
    years: frozenset[int] = frozenset()
    zone: tzinfo = UTC

    def due(self, after: int, _count: int) -> int | None:
        """The first matching second after a time; None if none comes for years."""
        moment = _EPOCH + timedelta(microseconds=after)
        local = moment.astimezone(self.zone).replace(tzinfo=None, microsecond=0)
        local += timedelta(seconds=1)
        day, time = local.date(), (local.hour, local.minute, local.second)
        for _ in range(_NEVER if self.years else _HORIZON):
            found = self._time_from(time) if self._matches_day(day) else None
            while found is not None:
                due = datetime(*day.timetuple()[:3], *found, tzinfo=self.zone)
                if due.astimezone(UTC) > moment:
                    return (due - _EPOCH) // timedelta(microseconds=1)
                found = self._time_from((*found[:2], found[2] + 1))
            if day.year >= 2199:
                return None
            day, time = day + _DAY_LONG, (0, 0, 0)
        return None

    def passed(self, _after: int, count: int, time: int) -> tuple[int, int]:
        """Let all that is due until a time pass: the time of the last, and how many there were."""
        return time, count

    def _time_from(self, time: Time) -> Time | None:
        """The first time of a day that is allowed, not before `time`."""
        hour, minute, second = time
        for h in self.hours[bisect_left(self.hours, hour) :]:
            if h > hour:
                return h, self.minutes[0], self.seconds[0]
            for m in self.minutes[bisect_left(self.minutes, minute) :]:
                if m > minute:
                    return h, m, self.seconds[0]
                left = self.seconds[bisect_left(self.seconds, second) :]
                if left:
                    return h, m, left[0]
        return None

    def _matches_day(self, day: date) -> bool:
        if day.month not in self.months or (self.years and day.year not in self.years):
            return False
        by_month, by_week = self._by_month(day), self._by_week(day)
        return by_month or by_week if self.either_day else by_month and by_week

    def _by_month(self, day: date) -> bool:
        last = monthrange(day.year, day.month)[1]
        if day.day in self.days or last - day.day in self.last_days:
            return True
        return any(_nearest(day, wanted or last) == day.day for wanted in self.nearest)

    def _by_week(self, day: date) -> bool:
        weekday = day.isoweekday() % 7
        if weekday in self.weekdays or (weekday, (day.day + 6) // 7) in self.ordinals:
            return True
        last = monthrange(day.year, day.month)[1]
        return (weekday, _LAST) in self.ordinals and day.day > last - 7


def _nearest(day: date, wanted: int) -> int:
    """The weekday of a month that is nearest to a day of it."""
    last = monthrange(day.year, day.month)[1]
    wanted = min(wanted, last)
    weekday = day.replace(day=wanted).isoweekday()
    if weekday == 6:
        return wanted - 1 if wanted > 1 else wanted + 2
    if weekday == 7:
        return wanted + 1 if wanted < last else wanted - 2
    return wanted


def read_cron(text: str, *, quartz: bool = False) -> Cron:
    """Read a cron expression.

    Args:
        text: what stands in the drawing.
        quartz: days of the week are counted from 1, Sunday, as Camunda 7 does.

    Raises:
        ValueError: it is none.
    """
    plain, zone = _zoned(text.strip())
    fields = _MACROS.get(plain.lower(), plain).split()
    if len(fields) == 5:
        fields.insert(0, "0")
    if len(fields) not in (6, 7) or len(text) > 200:
        raise ValueError(f"{quoted(text)} is no ISO 8601 repeating interval such as R3/PT10S")
    days, weekdays, first = _Days(), _Days(), int(quartz)
    plain_days = [part for part in fields[3].split(",") if not days.take_day(part)]
    plain_weekdays = [p for p in fields[5].split(",") if not weekdays.take_weekday(p, first)]
    found = [_field(fields[at], *_FIELDS[at]) for at in (0, 1, 2, 4)]
    any_day, any_weekday = fields[3] in "*?", fields[5] in "*?"
    named = _some(plain_weekdays, 5)
    shift = first if not (any_weekday or any(part[:1].isalpha() for part in plain_weekdays)) else 0
    return Cron(
        seconds=tuple(sorted(found[0])),
        minutes=tuple(sorted(found[1])),
        hours=tuple(sorted(found[2])),
        days=_some(plain_days, 3),
        months=found[3],
        weekdays=frozenset((day - shift) % 7 for day in named),
        either_day=not any_day and not any_weekday,
        last_days=frozenset(days.last),
        nearest=frozenset(days.nearest),
        ordinals=frozenset(weekdays.ordinals),
        years=_some([year for year in fields[6:] if year not in "*?"], 6),
        zone=zone,
    )


class _Days:
    """The special days of a field."""

    def __init__(self) -> None:
        self.last: list[int] = []
        self.nearest: list[int] = []
        self.ordinals: list[tuple[int, int]] = []

    def take_day(self, part: str) -> bool:
        """Take `L`, `L-3`, `15W` or `LW`; whether it was one of them."""
        match = _DAY.fullmatch(part.upper())
        if match is None:
            return False
        if match[2] is None:
            self.last.append(int(match[1] or 0))
        else:
            day = _LAST if match[2] == "L" else _number(match[2], "day of month", 1)
            if day > 31:
                raise ValueError(f"{quoted(part)} is no day of month of cron")
            self.nearest.append(day)
        return True

    def take_weekday(self, part: str, first: int) -> bool:
        """Take `5L` or `5#3`; `L` alone is Saturday. Whether it was one of them.

        Days are counted from `first`, which is Sunday.
        """
        if part.upper() == "L":
            self.ordinals += [(6, n) for n in range(1, 6)]
            return True
        match = _WEEKDAY.fullmatch(part)
        if match is None or part.upper() in _NAMES["day of week"]:
            return False
        day = _number(match[1], "day of week", 0)
        if day > 7:
            raise ValueError(f"{quoted(part)} is no day of week of cron")
        day -= first if match[1].isdigit() else 0
        self.ordinals.append((day % 7, int(match[2] or _LAST)))
        return True


def _some(parts: list[str], at: int) -> frozenset[int]:
    """What the plain parts of a field allow; nothing where there are none."""
    return _field(",".join(parts), *_FIELDS[at]) if parts else frozenset()


def _zoned(text: str) -> tuple[str, tzinfo]:
    match = _ZONED.fullmatch(text)
    if match is None:
        return text, UTC
    name, plain = (match[1], match[2]) if match[1] else (match[4], match[3])
    try:
        return plain, ZoneInfo(name)
    except (ValueError, ZoneInfoNotFoundError, OSError) as error:
        raise ValueError(f"{quoted(name)} is no time zone") from error


def _field(text: str, name: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in text.replace("?", "*").split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"{quoted(part)} is no {name} of cron")
        span, step = match[1], int(match[2] or 1)
        first, last = low, high
        if span != "*":
            ends = [_number(end, name, low) for end in span.split("-")]
            first, last = ends[0], ends[-1] if len(ends) > 1 or not match[2] else high
        if not (low <= first <= high and low <= last <= high) or not step:
            raise ValueError(f"{quoted(part)} is no {name} of cron")
        around = high - low + (name != "day of week")
        end = last if first <= last else last + around
        found.update(v if v <= high else v - around for v in range(first, end + 1, step))
    return frozenset(found)


def _number(text: str, name: str, low: int) -> int:
    names = _NAMES.get(name, [])
    if text.upper() in names:
        return names.index(text.upper()) + low
    if not text.isdigit():
        raise ValueError(f"{quoted(text)} is no {name} of cron")
    return int(text)
