"""Durations as microseconds: ISO 8601 without years and months, which have no fixed length.

>>> microseconds("PT10S"), microseconds("P1DT2H"), microseconds("0.5")
(10000000, 93600000000, 500000)
"""

from __future__ import annotations

import re
from typing import Final

from bpmn_xml.wording import quoted

_SECOND: Final = 1_000_000
_UNITS: Final = (604_800, 86_400, 3_600, 60, 1)
_ISO: Final = re.compile(
    r"P(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?"
    r"(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?",
    re.ASCII,
)
_NUMBER: Final = re.compile(r"\d{1,9}(?:\.\d{1,6})?", re.ASCII)
_CALENDAR: Final = re.compile(r"P\d+[YM]", re.ASCII)
_REPEATED: Final = re.compile(r"R(\d{1,4})/(.+)|(\d{1,4})", re.ASCII)
_MOST: Final = 64
_LONGEST: Final = 100 * 365 * 86_400 * _SECOND


def microseconds(text: str) -> int:
    """Read an ISO 8601 duration, or a number of seconds.

    Raises:
        ValueError: it is neither, has years or months, or is longer than a hundred years.
    """
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return round(float(text) * _SECOND)
    match = _ISO.fullmatch(text) if len(text) <= _MOST else None
    parts = match.groups() if match else ()
    if not any(parts) or text.endswith("T"):
        also = ": years and months have no fixed length" if _CALENDAR.match(text) else ""
        what = f"{quoted(text)} is no duration such as PT10S, P1D or a number of seconds{also}"
        raise ValueError(what)
    total = sum(
        float(part.replace(",", ".")) * unit * _SECOND
        for part, unit in zip(parts, _UNITS, strict=True)
        if part
    )
    if total > _LONGEST:
        raise ValueError(f"{quoted(text)} is longer than a hundred years")
    return round(total)


def retry_waits(text: str, *, first_counts: bool) -> tuple[int, ...]:
    """Read how long to wait before each further attempt.

    `3` is three attempts more at once, `R3/PT10S` three after ten seconds each, `PT1S,PT5M` two
    with growing waits. With `first_counts` the number counts the first attempt too.

    >>> retry_waits("R3/PT10S", first_counts=False), retry_waits("R3/PT10S", first_counts=True)
    ((10000000, 10000000, 10000000), (10000000, 10000000))

    Raises:
        ValueError: it is none of these.
    """
    repeated = _REPEATED.fullmatch(text.strip())
    try:
        if repeated is None:
            return tuple([microseconds(part) for part in _parts(text)])
        wait = microseconds(repeated[2]) if repeated[2] else 0
    except ValueError:
        what = f"{quoted(text)} is no number of retries such as 3, R3/PT10S or PT1S,PT5M"
        raise ValueError(what) from None
    return (wait,) * max(0, int(repeated[1] or repeated[3]) - first_counts)


def _parts(text: str) -> list[str]:
    parts = text.split(",", _MOST)
    if len(parts) > _MOST or not text.strip("0123456789. "):
        raise ValueError(text)
    return parts
