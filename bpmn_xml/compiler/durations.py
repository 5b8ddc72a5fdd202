"""Durations as microseconds: ISO 8601 without years and months, which have no fixed length.

>>> microseconds("PT10S"), microseconds("P1DT2H"), microseconds("0.5")
(10000000, 93600000000, 500000)
"""

from __future__ import annotations

import re
from typing import Final

_SECOND: Final = 1_000_000
_UNITS: Final = (604_800, 86_400, 3_600, 60, 1)
_ISO: Final = re.compile(
    r"P(?:(\d+(?:[.,]\d+)?)W)?(?:(\d+(?:[.,]\d+)?)D)?"
    r"(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?",
    re.ASCII,
)
_NUMBER: Final = re.compile(r"\d{1,9}(?:\.\d{1,6})?", re.ASCII)
_LONGEST: Final = 100 * 365 * 86_400 * _SECOND


def microseconds(text: str) -> int:
    """Read an ISO 8601 duration, or a number of seconds.

    Raises:
        ValueError: it is neither, has years or months, or is longer than a hundred years.
    """
    text = text.strip()
    if _NUMBER.fullmatch(text):
        return round(float(text) * _SECOND)
    match = _ISO.fullmatch(text)
    parts = match.groups() if match and len(text) <= 64 else ()
    if not any(parts) or text.endswith("T"):
        raise ValueError(f"{text[:40]!r} is no duration such as PT10S, P1D or a number of seconds")
    total = sum(
        float(part.replace(",", ".")) * unit * _SECOND
        for part, unit in zip(parts, _UNITS, strict=True)
        if part
    )
    if total > _LONGEST:
        raise ValueError(f"{text[:40]!r} is longer than a hundred years")
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
    text = text.strip()
    repeated = re.fullmatch(r"(?:R(\d{1,4})/(.+)|(\d{1,4}))", text, re.ASCII)
    if repeated is None:
        return tuple([microseconds(part) for part in text.split(",")])
    count = int(repeated[1] or repeated[3])
    wait = microseconds(repeated[2]) if repeated[2] else 0
    return (wait,) * max(0, count - first_counts)
