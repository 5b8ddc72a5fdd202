"""What can be read of a value by its name: entries of contexts, parts of dates (DMN table 65).

>>> member({"a": 1}, "a"), member([{"a": 1}, {"a": 2}], "a"), member({"a": 1}, "b")
(1, [1, 2], None)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel.values import MATH, kind_of
from bpmn_xml.expressions.meter import ITEMS_A_STEP, spend

Part = Callable[[Any], object]


def part_of_day(unit: int, most: int) -> Part:
    """Return the function that reads a part of a time."""
    return lambda value: cal.nanos_of(value) // (unit * cal.NANOS) % most


def part_of_duration(unit: int, most: int) -> Part:
    """Return the function that reads a part of a duration, with the duration's sign."""

    def part(value: cal.AnyDuration) -> int:
        nanos = cal.duration_nanos(value)
        found = abs(nanos) // (unit * cal.NANOS) % most
        return -found if nanos < 0 else found

    return part


def part_of_months(value: cal.MonthsDuration) -> tuple[int, int]:
    """Return the years and months of a duration, both with its sign."""
    years, months = divmod(abs(value.months), 12)
    return (-years, -months) if value.months < 0 else (years, months)


def seconds(value: Any) -> object:
    """Return the seconds of a time, with their fraction if there is one."""
    nanos = cal.nanos_of(value) % (60 * cal.NANOS)
    return nanos // cal.NANOS if nanos % cal.NANOS == 0 else MATH.divide(nanos, cal.NANOS)


def offset(value: Any) -> object:
    """Return how far a time is ahead of UTC."""
    if value.tzinfo is None:
        return None
    if (fixed := cal.fixed_offset(value.tzinfo)) is not None:
        return fixed
    if kind_of(value) == "date and time":
        return cal.make_duration(cal.offset_of(value))
    return cal.make_duration(cal.offset_nanos(value.tzinfo, 0, cal.nanos_of(value)))


def zone_name(value: Any) -> object:
    """Return the name of a time's zone, if it has a name."""
    zone = value.tzinfo
    return str(zone) if zone is not None and cal.fixed_offset(zone) is None else None


DATE: Final[Mapping[str, Part]] = {
    "year": lambda value: cal.civil(cal.days_of(value))[0],
    "month": lambda value: cal.civil(cal.days_of(value))[1],
    "day": lambda value: cal.civil(cal.days_of(value))[2],
    "weekday": lambda value: (cal.days_of(value) + 3) % 7 + 1,
}
TIME: Final[Mapping[str, Part]] = {
    "hour": part_of_day(3600, 24),
    "minute": part_of_day(60, 60),
    "second": seconds,
    "time offset": offset,
    "timezone": zone_name,
}
MEMBERS: Final[Mapping[str, Mapping[str, Part]]] = {
    "date": DATE,
    "time": TIME,
    "date and time": {**DATE, **TIME},
    "days and time duration": {
        "days": part_of_duration(86_400, cal.DAY),
        "hours": part_of_duration(3600, 24),
        "minutes": part_of_duration(60, 60),
        "seconds": part_of_duration(1, 60),
    },
    "years and months duration": {
        "years": lambda value: part_of_months(value)[0],
        "months": lambda value: part_of_months(value)[1],
    },
    "range": {
        "start": lambda value: value.start,
        "end": lambda value: value.end,
        "start included": lambda value: value.start_included,
        "end included": lambda value: value.end_included,
    },
}


def member(value: Any, key: str) -> object:
    """Return what a value has under a name, or None; of a list what each item has."""
    if type(value) is dict:
        return value.get(key)
    kind = kind_of(value)
    if kind == "list":
        spend(1 + len(value) // ITEMS_A_STEP)
        return [member(item, key) for item in value]
    if kind == "context":
        return value[key] if key in value else None  # noqa: SIM401 - a mapping may have no get
    part = MEMBERS.get(kind, {}).get(key)
    return part(value) if part else None
