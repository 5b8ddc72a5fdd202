"""What is told of calls: how many, how long, and which have not returned.

Counting is cheap enough to leave on: each thread counts for itself, and reading adds up.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from operator import add

import msgspec

from bpmn_xml.compiler.program import Node


class Tally:
    """What one thread counted, per node index."""

    __slots__ = ("done", "failed", "nanoseconds", "started")

    def __init__(self, nodes: int) -> None:
        self.started = [0] * nodes
        self.done = [0] * nodes
        self.failed = [0] * nodes
        self.nanoseconds = [0] * nodes

    def end(self, node: int, took: int, *, done: bool) -> None:
        """Count the end of a call that took so many nanoseconds."""
        self.nanoseconds[node] += took
        (self.done if done else self.failed)[node] += 1

    def add(self, other: Tally) -> None:
        """Count what another has counted as well."""
        for name in self.__slots__:
            setattr(self, name, list(map(add, getattr(self, name), getattr(other, name))))


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


class UnfinishedCall(msgspec.Struct, frozen=True):
    """A call that had not returned when the engine stopped."""

    instance: str
    node: str
    scope: str


class CallMeter:
    """The counters of all threads.

    >>> from bpmn_xml.compiler.program import Kind
    >>> meter, node = CallMeter(1, on=True), Node(index=0, id="pay", kind=Kind.TASK, container=0)
    >>> meter.own().started[0] += 1
    >>> meter.own().end(0, 2_000_000_000, done=True)
    >>> [(count.node, count.active, count.done, count.seconds) for count in meter.counts([node])]
    [('pay', 0, 1, 2.0)]

    Args:
        nodes: how many nodes there are.
        on: whether calls are counted.
    """

    def __init__(self, nodes: int, *, on: bool) -> None:
        self.on, self._nodes = on, nodes if on else 0
        self._past = Tally(self._nodes)
        self._tallies = [self._past]
        self._own: dict[threading.Thread, Tally] = {}
        self._lock = threading.Lock()

    def new(self) -> Tally:
        """Counters for whoever asks, which are read with all others."""
        tally = Tally(self._nodes)
        if self.on:
            self._tallies.append(tally)
        return tally

    def own(self) -> Tally:
        """The counters of this thread."""
        thread = threading.current_thread()
        own = self._own.get(thread)
        if own is None:
            with self._lock:
                self._fold()
                own = self._own[thread] = Tally(self._nodes)
        return own

    def _fold(self) -> None:
        """Keep only the sum of what threads that have ended have counted."""
        for thread in [thread for thread in self._own if not thread.is_alive()]:
            self._past.add(self._own.pop(thread))

    def _sum(self) -> Tally:
        total = Tally(self._nodes)
        with self._lock:
            for tally in (*self._tallies, *self._own.values()):
                total.add(tally)
        return total

    def counts(self, nodes: Iterable[Node]) -> list[CallCount]:
        """The calls for some nodes so far; nothing where calls are not counted."""
        total = self._sum()
        return [
            CallCount(
                node=node.id,
                name=node.name,
                started=total.started[node.index],
                done=total.done[node.index],
                failed=total.failed[node.index],
                seconds=total.nanoseconds[node.index] / 1e9,
            )
            for node in nodes
            if self.on
        ]
