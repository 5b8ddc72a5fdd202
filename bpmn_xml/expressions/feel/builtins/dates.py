"""Functions that make dates, times and durations or take them apart (DMN 10.3.4.1, 10.3.4.8).

>>> months_between(date(2024, 3, 31), date(2025, 2, 28)), week_of_year(date(2003, 12, 31))
(MonthsDuration(months=10), 1)
"""

from __future__ import annotations

from calendar import day_name, month_name
from collections.abc import Callable, Mapping
from datetime import UTC, date, timezone, tzinfo
from decimal import Decimal
from functools import partial
from typing import Any, Final

from bpmn_xml.expressions.clock import NOW, moment_at
from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel import temporal
from bpmn_xml.expressions.feel.builtins.conversions import text_of
from bpmn_xml.expressions.feel.invoke import LEFT_OUT, Builtin, builtin, either
from bpmn_xml.expressions.feel.values import kind_of

MOMENT: Final = "date and time"
DAY: Final = f"date/{MOMENT}"


def date_of_parts(year: Any, month: Any, day: Any) -> object:
    """Return the date of a year, month and day, if there is such a day."""
    parts = [int(part) for part in (year, month, day)]
    days = temporal.checked_days(*parts) if parts == [year, month, day] else None
    return None if days is None else cal.make_date(days)


def nanos_of_parts(hour: Any, minute: Any, second: Any) -> int | None:
    """Return the nanoseconds after midnight, if there is such a time."""
    if not (0 <= hour < 24 and 0 <= minute < 60 and 0 <= second < 60):
        return None
    if int(hour) != hour or int(minute) != minute:
        return None
    return (int(hour) * 60 + int(minute)) * 60 * cal.NANOS + int(Decimal(second) * cal.NANOS)


def zone_of_offset(offset: Any) -> tzinfo | None:
    """Return the zone of an offset or a name; UNKNOWN_ZONE if there is none."""
    if offset is LEFT_OUT or offset is None:
        return None
    if isinstance(offset, str):
        return temporal.zone_of(offset if offset[:1] in ("Z", "+", "-") else f"@{offset}")
    length = cal.duration_nanos(offset)
    fits = abs(length) <= temporal.MOST_OFFSET * cal.NANOS and length % cal.NANOS == 0
    return timezone(offset) if fits else temporal.UNKNOWN_ZONE


def time_of_parts(hour: Any, minute: Any, second: Any, offset: Any = LEFT_OUT) -> object:
    """Return the time of an hour, minute and second, and how far it is ahead of UTC."""
    nanos, zone = nanos_of_parts(hour, minute, second), zone_of_offset(offset)
    if nanos is None or zone is temporal.UNKNOWN_ZONE:
        return None
    return cal.make_time(nanos, zone)


def time_of(value: Any) -> object:
    """Return the time of a date and time; of a date the midnight in UTC."""
    if kind_of(value) == "date":
        return cal.make_time(0, UTC)
    return cal.make_time(cal.nanos_of(value), value.tzinfo)


def moment(day: Any, of_day: Any) -> object:
    """Return the date and time of a day and a time of day."""
    return cal.make_date_time(cal.days_of(day), cal.nanos_of(of_day), of_day.tzinfo)


def moment_of_parts(*parts: Any) -> object:
    """Return the date and time of a year, month, day, hour, minute and second, and a zone."""
    day, of_day = date_of_parts(*parts[:3]), time_of_parts(*parts[3:])
    return None if day is None or of_day is None else moment(day, of_day)


def moment_in_zone(value: Any, zone_name: str) -> object:
    """Return the same moment as a clock in another zone shows it."""
    zone = zone_of_offset(zone_name)
    if zone is None or zone is temporal.UNKNOWN_ZONE:
        return None
    return cal.at_instant(cal.instant(value), zone)


def months_between(start: Any, end: Any) -> object:
    """Return how many whole months are between two dates, with a sign."""
    first, last = key_of_months(start), key_of_months(end)
    months = last[0] - first[0]
    if months > 0 and last[1:] < first[1:]:
        months -= 1
    elif months < 0 and last[1:] > first[1:]:
        months += 1
    return cal.MonthsDuration(months)


def key_of_months(value: Any) -> tuple[int, int, int]:
    """Return the month in which a moment is, counted from year 0, and where in it."""
    year, month, day = cal.civil(cal.days_of(value))
    return year * 12 + month, day, 0 if kind_of(value) == "date" else cal.nanos_of(value)


def like_year(value: Any) -> date:
    """Return the date, or one in a year with the same days, for years that Python cannot hold."""
    year, month, day = cal.civil(cal.days_of(value))
    return date(year if 1 < year < 9999 else 2000 + year % 400, month, day)


def week_of_year(value: Any) -> int:
    """Return the number of the week (ISO 8601)."""
    return like_year(value).isocalendar().week


def last_day_of_month(value: Any) -> object:
    """Return the last day of a date's month."""
    year, month, _ = cal.civil(cal.days_of(value))
    return cal.make_date(cal.day_number(year, month, cal.days_in_month(year, month)))


def same_kind(value: Any) -> object:
    """Return the date of a date and time."""
    return cal.make_date(cal.days_of(value))


def cycle(repetitions: Any, interval: Any) -> str | None:
    """Return the repeating interval of a timer, as ISO 8601 writes it; of Camunda's.

    >>> cycle(3, temporal.parse_duration("PT1H")), cycle(None, temporal.parse_duration("P1D"))
    ('R3/PT1H', 'R/P1D')
    """
    times = "" if repetitions is None else text_of(repetitions)
    return f"R{times}/{text_of(interval)}"


SPAN: Final = "days and time duration/years and months duration"
PARTS: Final = (
    "year: number, month: number, day: number, hour: number, minute: number, second: number"
)
FUNCTIONS: Final[Mapping[str, Builtin]] = {
    "cycle": either(
        builtin(f"interval: {SPAN}", partial(cycle, None)),
        builtin(f"repetitions: number~, interval: {SPAN}", cycle),
    ),
    "date": either(
        builtin("from: string", temporal.parse_date),
        builtin(f"from: {DAY}", same_kind),
        builtin("year: number, month: number, day: number", date_of_parts),
    ),
    "date and time": either(
        builtin("from: string", temporal.parse_date_time),
        builtin(f"date: {DAY}, time: time", moment),
        builtin(f"date: {MOMENT}, timezone: string", moment_in_zone),
        builtin(f"{PARTS}, offset: days and time duration?~", moment_of_parts),
        builtin(f"{PARTS}, timezone: string", moment_of_parts),
    ),
    "day of week": builtin(f"date: {DAY}", lambda day: day_name[like_year(day).weekday()]),
    "day of year": builtin(f"date: {DAY}", lambda day: like_year(day).timetuple().tm_yday),
    "duration": builtin("from: string", temporal.parse_duration),
    "last day of month": builtin(f"date: {DAY}", last_day_of_month),
    "month of year": builtin(f"date: {DAY}", lambda day: month_name[like_year(day).month]),
    "now": builtin("", partial(moment_at, None)),
    "time": either(
        builtin("from: string", temporal.parse_time),
        builtin(f"from: time/{DAY}", time_of),
        builtin(
            "hour: number, minute: number, second: number, offset: days and time duration?~",
            time_of_parts,
        ),
    ),
    "today": builtin("", lambda: moment_at(None).date()),
    "week of year": builtin(f"date: {DAY}", week_of_year),
    "years and months duration": builtin(f"from: {DAY}, to: {DAY}", months_between),
}

TOLD: Final[Mapping[object, tuple[str, Callable[[Any], object]]]] = {
    FUNCTIONS["now"]: (NOW, moment_at),
    FUNCTIONS["today"]: (NOW, lambda time: moment_at(time).date()),
}
"""Functions that are told something: by which entry of the variables, and what they make of it."""
