"""Clocks: the only place where time enters. Microseconds since 1970 UTC, always an integer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Protocol

SECOND: Final = 1_000_000
"""Microseconds."""


class Clock(Protocol):
    """What an engine asks the time of."""

    @property
    def runs(self) -> bool:
        """Whether time goes on by itself."""

    def now(self) -> int:
        """Microseconds since 1970 UTC."""

    def on_change(self, tell: Callable[[], None]) -> None:
        """Call `tell` whenever time was moved from outside."""


class SystemClock:
    """The time of this machine."""

    runs: Final = True

    def now(self) -> int:
        """Microseconds since 1970 UTC."""
        return time.time_ns() // 1000

    def on_change(self, tell: Callable[[], None]) -> None:
        """Nobody moves this clock."""


class ManualClock:
    """A clock that stands until somebody advances it.

    >>> clock = ManualClock(1_000)
    >>> clock.advance(seconds=1.5)
    >>> clock.now()
    1501000
    """

    runs: Final = False

    def __init__(self, start: int = 0) -> None:
        self._now = start
        self._listeners: list[Callable[[], None]] = []

    def now(self) -> int:
        """Microseconds since 1970 UTC."""
        return self._now

    def on_change(self, tell: Callable[[], None]) -> None:
        """Call `tell` at every advance."""
        self._listeners.append(tell)

    def advance(self, microseconds: int = 0, *, seconds: float = 0) -> None:
        """Move on; what has become due happens."""
        self._now += microseconds + round(seconds * SECOND)
        for tell in tuple(self._listeners):
            tell()
