"""How many calls of one task may run at once, and how many items of one call may be under way."""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

C = TypeVar("C")


class Slots(Generic[C]):
    """The places of a task with a `threads` limit; who finds none waits, first come first served.

    >>> slots = Slots[str](1)
    >>> slots.admit("first"), slots.admit("second"), slots.release(), slots.release()
    (True, False, 'second', None)
    """

    def __init__(self, limit: int) -> None:
        self._free = limit
        self._waiting: deque[C] = deque()
        self._lock = threading.Lock()

    def admit(self, call: C) -> bool:
        """Take a place, or wait for one: then `release` hands the call out."""
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            self._waiting.append(call)
            return False

    def release(self) -> C | None:
        """Give a place back; the call that takes it, if one waits."""
        with self._lock:
            if self._waiting:
                return self._waiting.popleft()
            self._free += 1
            return None


class Room:
    """Back-pressure of one producing call: it pauses while `limit` of its items are under way.

    Items that wait for a person do not count. The producer counts a result before it is delivered
    and pauses only after, so that whoever wakes it finds the result on its way already.

    >>> room = Room(1)
    >>> room.emitted()
    >>> room.pauses(), room.item_gone("1.1:0")
    (True, True)
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._emitted = self._gone = 0
        self._resting: set[str] = set()
        self._paused = self._over = False
        self._lock = threading.Lock()

    def emitted(self) -> None:
        """Count one more item."""
        with self._lock:
            self._emitted += 1

    def pauses(self) -> bool:
        """Whether the producer is paused from now on, because there is no room for another item."""
        with self._lock:
            self._paused = not (self._over or self._has_room())
            return self._paused

    def item_gone(self, item: str) -> bool:
        """Note that an item has ended; whether the producer is to be woken."""
        with self._lock:
            self._resting.discard(item)
            self._gone += 1
            return self._wake(if_room=True)

    def item_rests(self, item: str, *, rests: bool) -> bool:
        """Note that an item waits for a person, or no longer; whether to wake the producer."""
        with self._lock:
            (self._resting.add if rests else self._resting.discard)(item)
            return self._wake(if_room=True)

    def cancel(self) -> bool:
        """No pause any more; whether a paused producer is to be woken, so that it can end."""
        with self._lock:
            self._over = True
            return self._wake(if_room=False)

    def _has_room(self) -> bool:
        return self._emitted - self._gone - len(self._resting) < self._limit

    def _wake(self, *, if_room: bool) -> bool:
        if not self._paused or (if_room and not self._has_room()):
            return False
        self._paused = False
        return True
