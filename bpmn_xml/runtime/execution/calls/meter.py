"""Counters of calls: cheap enough to leave on. Each thread counts for itself; reading adds up."""

from __future__ import annotations

import threading
from collections.abc import Iterable

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
        self._tallies = list[Tally]()
        self._local = threading.local()

    def new(self) -> Tally:
        """Counters for whoever asks, which are read with all others."""
        tally = Tally(self._nodes)
        if self.on:
            self._tallies.append(tally)
        return tally

    def own(self) -> Tally:
        """The counters of this thread."""
        own: Tally | None = getattr(self._local, "tally", None)
        if own is None:
            own = self._local.tally = self.new()
        return own

    def counts(self, nodes: Iterable[Node]) -> list[CallCount]:
        """The calls for some nodes so far; nothing where calls are not counted."""
        return [
            CallCount(
                node=node.id,
                name=node.name,
                started=sum(tally.started[node.index] for tally in self._tallies),
                done=sum(tally.done[node.index] for tally in self._tallies),
                failed=sum(tally.failed[node.index] for tally in self._tallies),
                seconds=sum(tally.nanoseconds[node.index] for tally in self._tallies) / 1e9,
            )
            for node in nodes
            if self.on
        ]
