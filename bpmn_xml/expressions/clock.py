"""What time it is: an entry among the variables, which no text can name, else the system's clock.

Whoever evaluates an expression as a part of something else (an engine, a replay) gives the time,
so that the same variables give the same value.

>>> moment({NOW: 1_700_000_000_000_000}).isoformat()
'2023-11-14T22:13:20+00:00'
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, Final

NOW: Final = "now()"
"""The name of the entry: microseconds since 1970 UTC."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def moment(names: Any) -> datetime:
    """The date and time, UTC, that variables tell; asks for no more than `in` and `[]`."""
    if NOW in names:
        return moment_at(names[NOW])
    return moment_at(None)


def moment_at(time: Any) -> datetime:
    """The date and time, UTC, of microseconds since 1970; without any that of the system."""
    return datetime.now(UTC) if time is None else _EPOCH + timedelta(microseconds=time)
