"""Clocks: the only place where time enters. Microseconds since 1970 UTC, always an integer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from time import time_ns
from typing import Final, Protocol

from bpmn_xml.errors import UsageError

SECOND: Final = 1_000_000
"""Microseconds."""

Tell = Callable[[], None]
NextDue = Callable[[], int | None]


class Clock(Protocol):
    """What an engine asks the time of."""

    @property
    def runs(self) -> bool:
        """Whether time goes on by itself."""

    def now(self) -> int:
        """Microseconds since 1970 UTC."""

    def attach(self, tell: Tell, next_due: NextDue) -> None:
        """Take note of an engine: what to call when time was moved, and when it waits for."""


class SystemClock:
    """The time of this machine."""

    runs: Final = True

    def now(self) -> int:
        """Microseconds since 1970 UTC."""
        return time_ns() // 1000

    def attach(self, tell: Tell, next_due: NextDue) -> None:
        """Nothing to note: the system's clock is moved by nobody."""


class ManualClock:
    """A clock that stands until somebody advances it.

    It moves in one leap: what has become due on the way happens late, in the order in which it
    was due. `skip` goes from one timer to the next, so that nothing is late.

    Args:
        start: what time it is: microseconds since 1970 UTC, or a date and time in ISO 8601.

    Raises:
        UsageError: `start` is no date and time.

    >>> clock = ManualClock("2026-03-01T08:00Z")
    >>> clock.advance("P2D")
    >>> clock.advance(seconds=1.5)
    >>> clock.time.isoformat()
    '2026-03-03T08:00:01.500000+00:00'
    >>> clock.skip()
    False
    """

    runs: Final = False

    def __init__(self, start: int | str | datetime = 0) -> None:
        self._now = start if isinstance(start, int) else _date(start)
        self._attached: list[tuple[Tell, NextDue]] = []

    def now(self) -> int:
        """Microseconds since 1970 UTC."""
        return self._now

    @property
    def time(self) -> datetime:
        """The date and time, UTC."""
        from bpmn_xml.compiler.times.timers import moment_of

        return moment_of(self._now)

    def attach(self, tell: Tell, next_due: NextDue) -> None:
        """Take note of an engine."""
        self._attached.append((tell, next_due))

    def advance(
        self, by: str | timedelta = "PT0S", *, seconds: float = 0, microseconds: int = 0
    ) -> None:
        """Move on; what has become due happens.

        Args:
            by: a `timedelta`, or a duration in ISO 8601 as `P2D`.
            seconds, microseconds: that much more.

        Raises:
            UsageError: `by` is no duration, or time would go back.
        """
        self._go_to(later(self._now, by) + round(seconds * SECOND) + microseconds)

    def skip(self) -> bool:
        """Move on to when the next timer of any engine is due; whether there is one.

        Wait until nothing moves before (`Engine.wait`): what still runs may set a timer.
        """
        due = [due for _, next_due in self._attached if (due := next_due()) is not None]
        if due:
            self._go_to(max(min(due), self._now))
        return bool(due)

    def _go_to(self, now: int) -> None:
        if now < self._now:
            raise UsageError("time does not go back")
        self._now = now
        for tell, _ in tuple(self._attached):
            tell()


def _date(text: str | datetime) -> int:
    from bpmn_xml.compiler.times.timers import read_date

    try:
        return read_date(text)
    except ValueError as error:
        raise UsageError(str(error)) from error


def later(now: int, by: str | timedelta) -> int:
    """The time that is a duration later; `UsageError` where there is none."""
    from bpmn_xml.compiler.times.timers import time_after

    try:
        return time_after(by, now)
    except ValueError as error:
        raise UsageError(str(error)) from error
