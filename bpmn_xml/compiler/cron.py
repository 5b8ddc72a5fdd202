"""Cron expressions as timer cycles, in UTC: five fields, or six with seconds first.

>>> from bpmn_xml.compiler.cron import read_cron
>>> read_cron("*/15 * * * *").due(0, 0) // 60_000_000
15
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Final

import msgspec

_FIELDS: Final = (
    ("second", 0, 59),
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of month", 1, 31),
    ("month", 1, 12),
    ("day of week", 0, 7),
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
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_HORIZON: Final = 366 * 8


class Cron(msgspec.Struct, frozen=True):
    """The values that each field allows. Days match by month or week where both are given."""

    seconds: tuple[int, ...]
    minutes: tuple[int, ...]
    hours: tuple[int, ...]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    either_day: bool

    def due(self, after: int, _count: int) -> int | None:
        """The first matching second after a time; None if none comes within eight years."""
        moment = _EPOCH + timedelta(microseconds=after)
        day = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        for _ in range(_HORIZON):
            found = self._first_on(day, moment) if self._matches_day(day) else None
            if found is not None:
                return (found - _EPOCH) // timedelta(microseconds=1)
            day += timedelta(days=1)
        return None

    def _first_on(self, day: datetime, after: datetime) -> datetime | None:
        times = product(self.hours, self.minutes, self.seconds)
        moments = (day.replace(hour=h, minute=m, second=s) for h, m, s in times)
        return next((moment for moment in moments if moment > after), None)

    def _matches_day(self, day: datetime) -> bool:
        by_month, by_week = day.day in self.days, day.isoweekday() % 7 in self.weekdays
        matches = by_month or by_week if self.either_day else by_month and by_week
        return day.month in self.months and matches


def read_cron(text: str) -> Cron:
    """Read a cron expression.

    Raises:
        ValueError: it is none.
    """
    fields = _MACROS.get(text.strip().lower(), text).split()
    if len(fields) == 5:
        fields.insert(0, "0")
    if len(fields) != 6 or len(text) > 200:
        raise ValueError(f"{text[:40]!r} is no ISO 8601 repeating interval such as R3/PT10S")
    values = [_field(part, *limits) for part, limits in zip(fields, _FIELDS, strict=True)]
    any_day, any_weekday = fields[3] in "*?", fields[5] in "*?"
    return Cron(
        seconds=tuple(sorted(values[0])),
        minutes=tuple(sorted(values[1])),
        hours=tuple(sorted(values[2])),
        days=values[3],
        months=values[4],
        weekdays=frozenset(day % 7 for day in values[5]),
        either_day=not any_day and not any_weekday,
    )


def _field(text: str, name: str, low: int, high: int) -> frozenset[int]:
    found: set[int] = set()
    for part in text.replace("?", "*").split(","):
        match = _PART.fullmatch(part)
        if match is None:
            raise ValueError(f"{part[:20]!r} is no {name} of cron")
        span, step = match[1], int(match[2] or 1)
        first, last = low, high
        if span != "*":
            ends = [_number(end, name, low) for end in span.split("-")]
            first, last = ends[0], ends[-1] if len(ends) > 1 or not match[2] else high
        if not low <= first <= last <= high or not step:
            raise ValueError(f"{part[:20]!r} is no {name} of cron")
        found.update(range(first, last + 1, step))
    return frozenset(found)


def _number(text: str, name: str, low: int) -> int:
    names = _NAMES.get(name, [])
    if text.upper() in names:
        return names.index(text.upper()) + low
    if not text.isdigit():
        raise ValueError(f"{text[:20]!r} is no {name} of cron")
    return int(text)
