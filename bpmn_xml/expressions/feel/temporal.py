"""Dates, times and durations as texts: what FEEL's literals mean, and how values are written.

>>> parse("2024-02-29"), parse("P1Y6M"), str_of(parse("2024-02-29T12:00:00@Europe/Paris"))
(datetime.date(2024, 2, 29), MonthsDuration(months=18), '2024-02-29T12:00:00@Europe/Paris')
>>> parse("yesterday") is None
True
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Any, Final

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.meter import spend

MOST_OFFSET: Final = 18 * 3600
DATE: Final = re.compile(r"(-?(?:[1-9][0-9]{4,8}|[0-9]{4}))-([0-9]{2})-([0-9]{2})")
ZONE: Final = r"[A-Za-z0-9_/+\-]{1,64}"
TIME: Final = re.compile(
    r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.(?P<finer>[0-9]{1,18}))?)?"
    r"(?:(?P<offset>[Zz]|[+-][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:\[(?P<placed>"
    rf"{ZONE})\])?|@(?P<named>{ZONE}))?"
)
"""Seconds may be left out, and an offset may name its zone, as Java writes it."""

MONTHS: Final = re.compile(r"(-?)P(?:([0-9]{1,10})Y)?(?:([0-9]{1,11})M)?")
DAYS: Final = re.compile(
    r"(-?)P(?:([0-9]{1,12})D)?"
    r"(?:T(?:([0-9]{1,14})H)?(?:([0-9]{1,16})M)?(?:([0-9]{1,18})(?:\.([0-9]{0,18}))?S)?)?"
)


def parse(text: str) -> object:
    """Return the date, time, date and time or duration that a text means, or None."""
    for read in (parse_date, parse_time, parse_date_time, parse_duration):
        value = read(text)
        if value is not None:
            return value
    return None


def parse_date(text: str) -> cal.AnyDate | None:
    """Return the date that a text means, or None."""
    found = DATE.fullmatch(text)
    days = date_days(found) if found else None
    return None if days is None else cal.make_date(days)


def parse_time(text: str) -> cal.AnyTime | None:
    """Return the time that a text means, or None; 24:00:00 is the midnight that follows."""
    found = TIME.fullmatch(text.removeprefix("T"))
    nanos, zone = (time_nanos(found), time_zone(found)) if found else (None, None)
    if nanos is None or zone is UNKNOWN_ZONE:
        return None
    return cal.make_time(nanos % cal.DAY, zone)


def parse_date_time(text: str) -> cal.AnyDateTime | None:
    """Return the date and time that a text means, or None."""
    day, separator, of_day = text.partition("T")
    on, at = DATE.fullmatch(day), TIME.fullmatch(of_day)
    if not on or not (at or not separator):
        return None
    days = date_days(on)
    nanos, zone = (time_nanos(at), time_zone(at)) if at else (0, None)
    if days is None or nanos is None or zone is UNKNOWN_ZONE:
        return None
    found = cal.make_date_time(days, nanos, zone)
    if at and at["placed"] and isinstance(found, datetime):
        offset = found.replace(tzinfo=zone_of(at["offset"])).utcoffset()
        return found.replace(fold=found.utcoffset() != offset)
    return found


def parse_duration(text: str) -> cal.MonthsDuration | cal.AnyDuration | None:
    """Return the duration that a text means, or None; it has months or days, never both."""
    if (found := MONTHS.fullmatch(text)) and (found[2] or found[3]):
        months = int(found[2] or 0) * 12 + int(found[3] or 0)
        return cal.MonthsDuration(-months if found[1] else months)
    found = DAYS.fullmatch(text)
    if not found or not any(found.group(2, 3, 4, 5)) or text.endswith("T"):
        return None
    days, hours, minutes, seconds = (int(part or 0) for part in found.group(2, 3, 4, 5))
    whole = ((days * 24 + hours) * 60 + minutes) * 60 + seconds
    nanos = whole * cal.NANOS + fraction(found[6])
    return cal.make_duration(-nanos if found[1] else nanos)


def date_days(found: re.Match[str]) -> int | None:
    """Return the day number of a date, or None if there is no such day."""
    year, month, day = (int(part) for part in found.groups())
    return checked_days(year, month, day)


def checked_days(year: int, month: int, day: int) -> int | None:
    """Return the day number of a date, or None if there is no such day."""
    if abs(year) > cal.MOST_YEARS or not 1 <= month <= 12:
        return None
    return cal.day_number(year, month, day) if 1 <= day <= cal.days_in_month(year, month) else None


def time_nanos(found: re.Match[str]) -> int | None:
    """Return the nanoseconds after midnight, or None if there is no such time."""
    hour, minute, second = (int(part or 0) for part in found.group("hour", "minute", "second"))
    nanos = ((hour * 60 + minute) * 60 + second) * cal.NANOS + fraction(found["finer"])
    possible = minute < 60 and second < 60 and (hour < 24 or nanos == cal.DAY)
    return nanos if possible else None


def fraction(digits: str | None) -> int:
    """Return the nanoseconds of a decimal fraction of a second; what is finer is cut off."""
    return int((digits or "").ljust(9, "0")[:9])


UNKNOWN_ZONE: Final = timezone(timedelta(hours=-23))


def time_zone(found: re.Match[str]) -> tzinfo | None:
    """Return the zone of a time; that of a name where there is one too."""
    name = found["named"] or found["placed"]
    return zone_of(f"@{name}" if name else found["offset"])


@lru_cache(maxsize=1_000)
def zone_of(text: str | None) -> tzinfo | None:
    """Return the zone that `Z`, `+01:00` or `@Europe/Paris` means, or UNKNOWN_ZONE."""
    if not text:
        return None
    if text in ("Z", "z"):
        return UTC
    if text[0] == "@":
        return named_zone(text[1:])
    hours, minutes, *seconds = (int(part) for part in text[1:].split(":"))
    total = (hours * 60 + minutes) * 60 + sum(seconds)
    if total > MOST_OFFSET or minutes > 59 or sum(seconds) > 59:
        return UNKNOWN_ZONE
    return timezone(timedelta(seconds=-total if text[0] == "-" else total))


ZONE_STEPS: Final = 64
"""What it costs to look for a zone in the files of all zones."""

LONGEST_ZONE: Final = 64


def named_zone(name: str) -> tzinfo:
    """Return the zone of a name such as Europe/Paris, or UNKNOWN_ZONE."""
    from zoneinfo import ZoneInfo

    spend(ZONE_STEPS)
    if len(name) > LONGEST_ZONE or ("/" not in name and name not in ("UTC", "GMT")):
        return UNKNOWN_ZONE
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError):
        return UNKNOWN_ZONE


def zone_text(zone: tzinfo | None) -> str:
    """Write a zone as FEEL does.

    >>> zone_text(timezone.utc), zone_text(timezone(timedelta(hours=-1, minutes=-30)))
    ('Z', '-01:30')
    """
    if zone is None:
        return ""
    offset = cal.fixed_offset(zone)
    if offset is None:
        return f"@{zone}"
    seconds = int(offset.total_seconds())
    if not seconds:
        return "Z"
    sign, seconds = "-" if seconds < 0 else "+", abs(seconds)
    text = f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return text + (f":{seconds % 60:02}" if seconds % 60 else "")


def str_of(value: Any) -> str | None:
    """Write a date, time or duration as FEEL does; None for what is none of these.

    The second of two equal times of a clock has its offset, too.
    """
    if isinstance(value, datetime | cal.LongDateTime):
        if is_second(value):
            return java_text(value)
        return f"{date_text(cal.days_of(value))}T{time_text(value)}"
    if isinstance(value, date | cal.LongDate):
        return date_text(cal.days_of(value))
    if isinstance(value, time | cal.FineTime):
        return time_text(value)
    if isinstance(value, cal.MonthsDuration):
        return str(value)
    if isinstance(value, timedelta | cal.LongDuration):
        return duration_text(cal.duration_nanos(value))
    return None


def is_second(value: cal.AnyDateTime) -> bool:
    """Whether a clock shows this time for the second time, as summer time has ended."""
    first = value.replace(fold=0) if isinstance(value, datetime) else value
    return cal.offset_of(first) != cal.offset_of(value)


def java_text(value: Any) -> str | None:
    """Write a date, time or duration as Java and JSON do: a named zone stands behind its offset.

    >>> java_text(parse("2024-02-29T12:00:00@Europe/Paris"))
    '2024-02-29T12:00:00+01:00[Europe/Paris]'
    """
    zone = value.tzinfo if isinstance(value, datetime | cal.LongDateTime) else None
    if zone is None or cal.fixed_offset(zone) is not None:
        return str_of(value)
    offset = timezone(timedelta(seconds=cal.offset_of(value) // cal.NANOS))
    clock = time_text(cal.make_time(cal.nanos_of(value), offset))
    return f"{date_text(cal.days_of(value))}T{clock}[{zone}]"


def date_text(days: int) -> str:
    """Write the date of a day number."""
    year, month, day = cal.civil(days)
    return f"{'-' if year < 0 else ''}{abs(year):04}-{month:02}-{day:02}"


def time_text(value: cal.AnyTime | cal.AnyDateTime) -> str:
    """Write a time of day and its zone."""
    seconds, nanos = divmod(cal.nanos_of(value), cal.NANOS)
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return text + decimals(nanos) + zone_text(value.tzinfo)


def decimals(nanos: int) -> str:
    """Write a fraction of a second with as few digits as it needs."""
    return f".{nanos:09}".rstrip("0") if nanos else ""


def duration_text(nanos: int) -> str:
    """Write a duration of days and less.

    >>> duration_text(90_061 * cal.NANOS), duration_text(0)
    ('P1DT1H1M1S', 'PT0S')
    """
    seconds, rest = divmod(abs(nanos), cal.NANOS)
    parts = (seconds // 3600 % 24, "H"), (seconds // 60 % 60, "M")
    text = "".join(f"{number}{unit}" for number, unit in parts if number)
    if seconds % 60 or rest:
        text += f"{seconds % 60}{decimals(rest)}S"
    days = f"{seconds // 86_400}D" if seconds >= 86_400 else ""
    text = f"T{text}" if text else ""
    return f"{'-' if nanos < 0 else ''}P{days}{text}" if days or text else "PT0S"
