"""What time it is, for expressions: that of the command under way in this thread, if there is one.

An evaluation that belongs to a command gives the same answer when it is done again.

>>> with at(1_709_164_800_000_000):
...     now()
datetime.datetime(2024, 2, 29, 0, 0, tzinfo=datetime.timezone.utc)
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Moment(threading.local):
    """The time of the command under way, in microseconds since 1970 UTC; None if there is none."""

    micros: int | None = None


MOMENT: Final = Moment()


def now() -> datetime:
    """Return the moment it is, in UTC: the system's where no command is under way."""
    micros = MOMENT.micros
    return datetime.now(UTC) if micros is None else EPOCH + timedelta(microseconds=micros)


@contextmanager
def at(micros: int) -> Iterator[None]:
    """Let it be this time in this thread, in microseconds since 1970 UTC."""
    before = MOMENT.micros
    MOMENT.micros = micros
    try:
        yield
    finally:
        MOMENT.micros = before
