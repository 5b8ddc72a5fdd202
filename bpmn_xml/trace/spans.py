"""How long each element was at what: one span per call, wait and standstill, in a trace's order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec

from bpmn_xml.trace.reader import TraceEntry, TraceLine


class Ending(StrEnum):
    """How a span ended; the last two have not."""

    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    ACTIVE = "active"
    WAITING = "waiting"


class Span(msgspec.Struct, kw_only=True):
    """An element at one thing, from one moment to another (microseconds since 1970 UTC).

    Attributes:
        waits: nothing was done meanwhile: the next attempt, a person or an event was awaited.
        ended: the last moment of the trace where it has not ended.
        ending: how it ended.
        by: which of the engine's threads ran the call, as `worker-3`; empty if none did, or if
            the trace does not say so.
    """

    instance: str
    scope: str
    node: str
    n: int
    begun: int
    ended: int = 0
    waits: bool = False
    ending: Ending = Ending.ACTIVE
    by: str = ""


class Spans:
    """Takes batches, and knows the spans.

    Args:
        waiting: nodes that wait for a person or an event as soon as they are active.
    """

    def __init__(self, waiting: Iterable[str] = ()) -> None:
        self.all: list[Span] = []
        self._waiting = frozenset(waiting)
        self._open: dict[tuple[str, str, str, int], Span] = {}
        self._repeats: set[tuple[str, str, str, int]] = set()
        self._around: set[int] = set()
        self._now = 0

    def add(self, line: TraceLine) -> None:
        """Take a batch."""
        self._now = max(self._now, line.time)
        for entry in line.records:
            take = _TAKEN.get(entry.type)
            if take is not None:
                take(self, line, entry)

    def close(self) -> list[Span]:
        """All spans; what has not ended lasts until now."""
        for span in self._open.values():
            span.ended = self._now
            span.ending = span.ending if span.ending is Ending.FAILED else _unended(span)
        return [span for span in self.all if id(span) not in self._around]

    def begin(self, line: TraceLine, entry: TraceEntry, *, waits: bool) -> Span:
        """A span begins."""
        span = Span(
            instance=line.instance,
            scope=entry.scope,
            node=entry.node,
            n=entry.n,
            begun=line.time,
            waits=waits,
        )
        self._open[_key(line, entry)] = span
        self.all.append(span)
        return span

    def end(self, line: TraceLine, entry: TraceEntry, ending: Ending) -> bool:
        """The span of an element ends; whether there was one."""
        span = self._open.pop(_key(line, entry), None)
        if span is None:
            return False
        span.ended, span.ending = line.time, ending
        if ending is not Ending.CANCELLED and not span.waits:
            span.by = line.by
        return True

    def activated(self, line: TraceLine, entry: TraceEntry) -> None:
        """An element begins to work, or to wait."""
        self.begin(line, entry, waits=entry.node in self._waiting)

    def repeats(self, line: TraceLine, entry: TraceEntry) -> None:
        """An element is to be done several times."""
        self._repeats.add(_key(line, entry))

    def opened(self, line: TraceLine, entry: TraceEntry) -> None:
        """The element is done inside, once or several times: there are the spans that count."""
        key = _key(line, entry)
        if entry.framed or key in self._repeats:
            span = self._open.get(key)
            if span is not None:
                self._around.add(id(span))

    def completed(self, line: TraceLine, entry: TraceEntry) -> None:
        """The element is done."""
        self.end(line, entry, Ending.DONE)

    def cancelled(self, line: TraceLine, entry: TraceEntry) -> None:
        """The element was cut off."""
        self.end(line, entry, Ending.CANCELLED)

    def failed(self, line: TraceLine, entry: TraceEntry) -> None:
        """A call failed and waits for its next attempt."""
        if self.end(line, entry, Ending.FAILED):
            self.begin(line, entry, waits=True)

    def retried(self, line: TraceLine, entry: TraceEntry) -> None:
        """The element is tried again."""
        if self.end(line, entry, Ending.DONE):
            self.begin(line, entry, waits=False)

    def stands(self, line: TraceLine, entry: TraceEntry) -> None:
        """The element stands still until a person mends it."""
        self.end(line, entry, Ending.FAILED)
        self.begin(line, entry, waits=True).ending = Ending.FAILED


def _key(line: TraceLine, entry: TraceEntry) -> tuple[str, str, str, int]:
    return line.instance, entry.scope, entry.node, entry.n


def _unended(span: Span) -> Ending:
    return Ending.WAITING if span.waits else Ending.ACTIVE


_TAKEN: Final[Mapping[str, Callable[[Spans, TraceLine, TraceEntry], None]]] = {
    "Activated": Spans.activated,
    "LoopStarted": Spans.repeats,
    "ScopeOpened": Spans.opened,
    "Completed": Spans.completed,
    "TokenDropped": Spans.completed,
    "Cancelled": Spans.cancelled,
    "JobFailed": Spans.failed,
    "JobRetried": Spans.retried,
    "IncidentRaised": Spans.stands,
    "IncidentResolved": Spans.retried,
}
"""What a record says of spans, by its type. Other types say nothing."""


def spans_of(lines: Iterable[TraceLine], waiting: Iterable[str] = ()) -> list[Span]:
    """The spans of a trace.

    >>> told = [("Activated", 0), ("JobFailed", 3), ("JobRetried", 5), ("Completed", 9)]
    >>> lines = [TraceLine("i", 1, at, [TraceEntry(type_, node="a", n=1)]) for type_, at in told]
    >>> [(span.begun, span.ended, str(span.ending), span.waits) for span in spans_of(lines)]
    [(0, 3, 'failed', False), (3, 5, 'done', True), (5, 9, 'done', False)]
    """
    spans = Spans(waiting)
    for line in lines:
        spans.add(line)
    return spans.close()


def as_worked(spans: Iterable[Span]) -> list[Span]:
    """What workers did, each span from when its worker was free; the others as they are.

    A trace says when a call was ready. A worker runs one at a time, so until its last one ended
    the next was waiting for it. On the loop many run at once.

    >>> fields = {"instance": "i", "scope": "", "n": 1, "begun": 0, "by": "worker-1"}
    >>> both = [Span(node=node, ended=ended, **fields) for node, ended in (("a", 5), ("b", 9))]
    >>> [(span.node, span.begun, span.ended) for span in as_worked(both)]
    [('a', 0, 5), ('b', 5, 9)]
    """
    free: dict[str, int] = {}
    worked = []
    for span in sorted(spans, key=lambda span: span.ended):
        if not span.by.startswith(WORKER):
            worked.append(span)
            continue
        begun = max(span.begun, free.get(span.by, 0))
        worked.append(msgspec.structs.replace(span, begun=begun))
        free[span.by] = span.ended
    return worked


WORKER: Final = "worker-"
"""What the names of threads that run one call at a time begin with."""
