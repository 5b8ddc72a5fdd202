"""The methods of dates, those that process diagrams use of Java's and Joda's.

Where they begin, `now()` and `dateTime()` are the time that variables tell (`expressions.clock`).

>>> from datetime import date, datetime
>>> MOMENTS["plusMonths"][0](date(2024, 1, 31), 1)
datetime.date(2024, 2, 29)
"""

from __future__ import annotations

import re
from calendar import day_abbr, day_name, month_abbr, month_name, monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel.values import integer, order_of, text

MONTHS: Final[Mapping[str, int]] = {"Months": 1, "Years": 12}
DAY: Final = timedelta(days=1)
LENGTHS: Final[Mapping[str, timedelta]] = {
    "Weeks": timedelta(weeks=1),
    "Days": DAY,
    "Hours": timedelta(hours=1),
    "Minutes": timedelta(minutes=1),
    "Seconds": timedelta(seconds=1),
}


def shifting(sign: int, length: timedelta) -> Callable[[Any, Any], Any]:
    """Return the function that goes so many lengths on or back: days by the clock of the zone."""

    def shift(value: date, count: object) -> date:
        if not isinstance(value, datetime) and length < DAY:
            raise ExpressionError("a date without a time has no hours")
        try:
            way: timedelta = sign * integer(count) * length
            if isinstance(value, datetime) and value.tzinfo is not None and length < DAY:
                return (value.astimezone(UTC) + way).astimezone(value.tzinfo)
            return value + way
        except OverflowError:
            raise ExpressionError("there is no such date") from None

    return shift


def shifting_months(sign: int, months: int) -> Callable[[Any, Any], Any]:
    """Return the function that goes so many months on or back, at most to the month's last day."""

    def shift(value: date, count: object) -> date:
        number = value.year * 12 + value.month - 1 + sign * months * integer(count)
        year, month = divmod(number, 12)
        return in_month(value, year, month + 1)

    return shift


def in_month(value: date, year: int, month: int) -> date:
    """Return the date of the same day in a month, at most its last day."""
    if not (1 <= year <= 9_999 and 1 <= month <= 12):
        raise ExpressionError("there is no such date")
    return value.replace(year=year, month=month, day=min(value.day, monthrange(year, month)[1]))


def setting(part: str) -> Callable[[Any, Any], Any]:
    """Return the function that gives a date with another value for one of its parts.

    >>> setting("hour")(datetime(2024, 2, 29, 12, 30), 9)
    datetime.datetime(2024, 2, 29, 9, 30)
    """

    def set_to(value: date, number: object) -> date:
        if not hasattr(value, part):
            raise ExpressionError(f"a date without a time has no {part}")
        given = integer(number)
        if part in ("year", "month"):
            return in_month(value, **{"year": value.year, "month": value.month, part: given})
        try:
            return value.replace(**{part: given})
        except ValueError:
            raise ExpressionError(f"there is no {part} {given} in it") from None

    return set_to


def millis(value: date) -> int:
    """Return the milliseconds since 1970; without a zone as if it were in UTC."""
    moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return (zoned - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)


def written(value: date, pattern: object = None) -> str:
    """Write a date, as a pattern says.

    >>> written(datetime(2024, 2, 9, 7, 5), "d.M.yyyy HH:mm 'o''clock'")
    "9.2.2024 07:05 o'clock"
    """
    return text(value) if pattern is None else LETTERS.sub(partial(filled, value), text(pattern))


def filled(value: date, found: re.Match[str]) -> str:
    """Return what a run of equal letters, or a text in quotes, stands for."""
    run: str = found[0]
    if run[0] == "'":
        return run[1:-1].replace("''", "'") or "'"
    if run not in FORMATS:
        raise ExpressionError(f"'{run}' is not known in the pattern of a date")
    return FORMATS[run](value)


def digits(name: str, width: int) -> Callable[[Any], str]:
    """Return the function that writes a part of a date with so many digits at least."""
    return lambda value: f"{getattr(value, name, 0):0{width}}"


LETTERS: Final = re.compile(r"'(?:[^']|'')*'|([A-Za-z])\1*")
FORMATS: Final[Mapping[str, Callable[[Any], str]]] = {
    **{
        letter * width: digits(name, width)
        for letter, name in {
            "d": "day", "M": "month", "H": "hour", "m": "minute", "s": "second"
        }.items()
        for width in (1, 2)
    },
    **{run: digits("year", 4) for run in ("y", "yyyy", "YYYY", "uuuu")},
    "yy": lambda value: f"{value.year % 100:02}",
    "MMM": lambda value: month_abbr[value.month],
    "MMMM": lambda value: month_name[value.month],
    "EEE": lambda value: day_abbr[value.weekday()],
    "EEEE": lambda value: day_name[value.weekday()],
    "SSS": lambda value: f"{getattr(value, 'microsecond', 0) // 1000:03}",
    "Z": lambda value: f"{value:%z}",
}  # fmt: skip
"""What letters of Java's patterns write, in English."""

PARTS: Final[Mapping[str, Callable[[Any], int]]] = {
    "getDayOfMonth": lambda value: value.day,
    "getDayOfWeek": lambda value: value.isoweekday(),
    "getDayOfYear": lambda value: value.timetuple().tm_yday,
    "getHourOfDay": lambda value: getattr(value, "hour", 0),
    "getMinuteOfHour": lambda value: getattr(value, "minute", 0),
    "getMonthOfYear": lambda value: value.month,
    "getYear": lambda value: value.year,
}
SETTABLE: Final[Mapping[str, str]] = {
    **{f"with{name}": name.lower() for name in ("Year", "Month", "Hour", "Minute", "Second")},
    "withDayOfMonth": "day",
    "withHourOfDay": "hour",
    "withMinuteOfHour": "minute",
    "withMonthOfYear": "month",
    "withSecondOfMinute": "second",
}
"""Methods that give a date with another value for a part of it, of java.time and of Joda."""

MOMENTS: Final[Mapping[str, tuple[Callable[..., Any], int, int]]] = {
    **{f"plus{unit}": (shifting(1, length), 1, 1) for unit, length in LENGTHS.items()},
    **{f"minus{unit}": (shifting(-1, length), 1, 1) for unit, length in LENGTHS.items()},
    **{f"plus{unit}": (shifting_months(1, months), 1, 1) for unit, months in MONTHS.items()},
    **{f"minus{unit}": (shifting_months(-1, months), 1, 1) for unit, months in MONTHS.items()},
    **dict.fromkeys(("after", "isAfter"), (lambda value, other: order_of(value, other) > 0, 1, 1)),
    **dict.fromkeys(
        ("before", "isBefore"), (lambda value, other: order_of(value, other) < 0, 1, 1)
    ),
    **{name: (part, 0, 0) for name, part in PARTS.items()},
    **{name: (setting(part), 1, 1) for name, part in SETTABLE.items()},
    **dict.fromkeys(("getTime", "getMillis"), (millis, 0, 0)),
    "compareTo": (order_of, 1, 1),
    "toDate": (lambda value: value, 0, 0),
    "toString": (written, 0, 1),
    "withTimeAtStartOfDay": (
        lambda value: datetime.combine(value, time(), getattr(value, "tzinfo", None)),
        0,
        0,
    ),
}
"""Name -> function of the date and its arguments, the least and the most of those."""
