"""A latch for one thread at a time: lighter than an event, and it closes by itself."""

from __future__ import annotations

import threading


class Latch:
    """Where a thread waits to be let through, once per opening."""

    __slots__ = ("_lock",)

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lock.acquire()

    def wait(self, timeout: float = -1) -> bool:
        """Wait for the next opening; whether it came in time (in seconds)."""
        return self._lock.acquire(timeout=timeout)

    def open(self) -> None:
        """Let one through."""
        self._lock.release()
