"""Counters of calls: cheap enough to leave on. Each thread counts for itself; reading adds up."""

from __future__ import annotations

import msgspec


class Tally:
    """What one thread counted, per node index."""

    __slots__ = ("done", "failed", "nanoseconds", "started")

    def __init__(self, nodes: int) -> None:
        self.started = [0] * nodes
        self.done = [0] * nodes
        self.failed = [0] * nodes
        self.nanoseconds = [0] * nodes


class CallCount(msgspec.Struct, frozen=True):
    """The calls of one task so far; `seconds` is the time of those that have ended."""

    node: str
    name: str
    started: int
    done: int
    failed: int
    seconds: float

    @property
    def active(self) -> int:
        """How many run now."""
        return self.started - self.done - self.failed
