"""Timers: what is to happen when. A heap behind one lock; whoever runs the clock fires them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from heapq import heapify, heappop, heappush
from itertools import count
from math import inf
from typing import Final

Action = Callable[[], None]
Wanted = Callable[[], bool]

ALWAYS: Final[Wanted] = lambda: True  # noqa: E731 - a constant, not a function of its own
"""It is wanted until it is taken back."""

_COMPACT_AT: Final = 1000


class Timer:
    """One thing that will happen, unless it is taken back or `wanted` no more."""

    __slots__ = ("action", "due", "serial", "wanted")

    def __init__(self, due: int, serial: int, action: Action, wanted: Wanted) -> None:
        self.due, self.serial, self.wanted = due, serial, wanted
        self.action: Action | None = action

    def __lt__(self, other: Timer) -> bool:
        return (self.due, self.serial) < (other.due, other.serial)


class Timers:
    """The timers of an engine; times are microseconds since 1970 UTC.

    Attributes:
        earliest: nothing is due before; to look at without waiting for anybody. After `end` it is
            always past, so that whoever looks learns that all has stopped.

    >>> timers, told = Timers(), []
    >>> soon, late = timers.add(5, lambda: told.append("soon")), timers.add(9, lambda: None)
    >>> timers.next_due(), timers.fire(7), told, timers.next_due()
    (5, True, ['soon'], 9)
    """

    def __init__(self) -> None:
        self.earliest: float = inf
        self._heap: list[Timer] = []
        self._lock = threading.Lock()
        self._firing = threading.RLock()
        self._serial = count()
        self._dead = 0
        self._ended = False

    def add(self, due: int, action: Action, wanted: Wanted = ALWAYS) -> Timer:
        """Have `action` called once `due` has come, if it is still wanted when it is looked at."""
        timer = Timer(due, next(self._serial), action, wanted)
        with self._lock:
            heappush(self._heap, timer)
            self._drop_dead()
        return timer

    def end(self) -> None:
        """Have whoever looks at `earliest` look up from now on: all has stopped."""
        with self._lock:
            self._ended = True
            self._drop_dead()

    def cancel(self, timer: Timer) -> None:
        """Take a timer back; one that has fired is left alone."""
        with self._lock:
            if timer.action is None:
                return
            timer.action, timer.wanted = None, ALWAYS  # nothing is kept by what is left of it
            self._dead += 1
            if self._dead > max(_COMPACT_AT, len(self._heap) // 2):
                self._heap = [waiting for waiting in self._heap if waiting.action is not None]
                heapify(self._heap)
                self._dead = 0

    def next_due(self) -> int | None:
        """When the next one is due; None if there is none."""
        with self._lock:
            self._drop_dead()
            return self._heap[0].due if self._heap else None

    def drop_unwanted(self) -> None:
        """Take those back that come next and are not wanted any more."""
        while (timer := self._first()) is not None and not timer.wanted():
            self.cancel(timer)

    def _first(self) -> Timer | None:
        with self._lock:
            self._drop_dead()
            return self._heap[0] if self._heap else None

    def fire(self, now: int) -> bool:
        """Run all actions that are due, in their order; return whether there were any.

        One thread at a time does it: what is due first has happened before the next begins. So
        who calls this must not be the writer of an instance, which an action may ask.
        """
        fired = False
        with self._firing:
            while (action := self._next(now)) is not None:
                action()
                fired = True
        return fired

    def _next(self, now: int) -> Action | None:
        with self._lock:
            self._drop_dead()
            if not self._heap or self._heap[0].due > now:
                return None
            timer = heappop(self._heap)
            self._drop_dead()
            action, timer.action, timer.wanted = timer.action, None, ALWAYS
            return action

    def _drop_dead(self) -> None:
        while self._heap and self._heap[0].action is None:
            heappop(self._heap)
            self._dead -= 1
        if self._ended:
            self.earliest = -inf
        else:
            self.earliest = self._heap[0].due if self._heap else inf
