"""How long each element did what: a span per call, wait and standstill, in the order of a trace."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Final

import msgspec

from bpmn_xml.core.words import ITEM
from bpmn_xml.trace.course import RunCourse, Seen, told_in
from bpmn_xml.trace.reader import TraceLine
from bpmn_xml.trace.visits import Visit
from bpmn_xml.trace.workers import WorkerTimes


class Ending(StrEnum):
    """How a span ended; the last two have not."""

    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
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
        produces: results went on as items meanwhile; its worker may run others between them.
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
    produces: bool = False

    def began(self, workers: WorkerTimes) -> int:
        """When the work began; until then it waited for its worker."""
        began = workers.began(self.by, ready=self.begun, ended=self.ended)
        return self.begun if self.produces else began


class Spans:
    """Takes batches, and knows the spans.

    Args:
        waiting: nodes that wait for a person or an event as soon as they are active.
    """

    def __init__(self, waiting: Iterable[str] = ()) -> None:
        self._all: list[tuple[Visit, Span]] = []
        self._waiting = frozenset(waiting)
        self._course = RunCourse()
        self._open: dict[Visit, Span] = {}
        self._now = 0

    def add(self, line: TraceLine) -> None:
        """Take a batch."""
        self._now = max(self._now, line.time)
        for seen in self._course.follow(line.instance, line.time, told_in(line), line.by):
            take = _TAKEN.get(seen.type)
            if take is not None and seen.visit is not None:
                take(self, seen, seen.visit)

    def close(self, until: int = 0) -> list[Span]:
        """All spans, of nothing around what has spans; what has not ended lasts until now.

        Args:
            until: the present, where others did something after the last batch that was taken.
        """
        now = max(self._now, until)
        for span in self._open.values():
            span.ended = now
            if span.ending is not Ending.FAILED:
                span.ending = Ending.WAITING if span.waits else Ending.ACTIVE
        return [span for visit, span in self._all if not _is_around(visit, span)]

    def begin(self, seen: Seen, visit: Visit, *, waits: bool) -> Span:
        """A span begins."""
        entry = seen.record
        span = Span(
            instance=seen.instance,
            scope=entry.scope,
            node=entry.node,
            n=entry.n,
            begun=seen.time,
            waits=waits,
        )
        self._open[visit] = span
        self._all.append((visit, span))
        return span

    def end(self, seen: Seen, visit: Visit, ending: Ending) -> bool:
        """The span of an element ends; whether there was one."""
        span = self._open.pop(visit, None)
        if span is None:
            return False
        span.ended, span.ending = seen.time, ending
        if ending is not Ending.INTERRUPTED and not span.waits:
            span.by = seen.by
        return True

    def activated(self, seen: Seen, visit: Visit) -> None:
        """An element begins to work, or to wait."""
        self.begin(seen, visit, waits=seen.record.node in self._waiting)

    def produced(self, seen: Seen, visit: Visit) -> None:
        """The inside of the element begins, or an item that it has produced."""
        span = self._open.get(visit)
        if span is not None and seen.record.role == ITEM:
            span.produces = True

    def completed(self, seen: Seen, visit: Visit) -> None:
        """The element is done."""
        self.end(seen, visit, Ending.DONE)

    def cancelled(self, seen: Seen, visit: Visit) -> None:
        """The element was cut off, or has thrown an error that ends it."""
        self.end(seen, visit, Ending.FAILED if visit.threw else Ending.INTERRUPTED)

    def failed(self, seen: Seen, visit: Visit) -> None:
        """A call failed and waits for its next attempt."""
        if self.end(seen, visit, Ending.FAILED):
            self.begin(seen, visit, waits=True)

    def retried(self, seen: Seen, visit: Visit) -> None:
        """The element is tried again; tokens that were stuck are no longer."""
        if self.end(seen, visit, Ending.DONE) and not visit.stuck:
            self.begin(seen, visit, waits=False)

    def stands(self, seen: Seen, visit: Visit) -> None:
        """The element stands still until a person mends it."""
        self.end(seen, visit, Ending.FAILED)
        self.begin(seen, visit, waits=True).ending = Ending.FAILED


def _is_around(visit: Visit, span: Span) -> bool:
    """Whether what is inside says it all: not that a person must mend what is around it."""
    return (visit.framed or visit.instances > 0) and not (
        span.waits and span.ending is Ending.FAILED
    )


_TAKEN: Final[Mapping[str, Callable[[Spans, Seen, Visit], None]]] = {
    "Activated": Spans.activated,
    "ScopeOpened": Spans.produced,
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

    >>> from bpmn_xml.trace.reader import TraceEntry
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

    >>> fields = {"instance": "i", "scope": "", "n": 1, "begun": 0, "by": "worker-1"}
    >>> both = [Span(node=node, ended=ended, **fields) for node, ended in (("a", 5), ("b", 9))]
    >>> [(span.node, span.begun, span.ended) for span in as_worked(both)]
    [('a', 0, 5), ('b', 5, 9)]
    """
    workers = WorkerTimes()
    return [
        msgspec.structs.replace(span, begun=span.began(workers))
        for span in sorted(spans, key=lambda span: span.ended)
    ]


def with_waits(spans: Iterable[Span]) -> list[Span]:
    """The same spans, and those apart in which calls waited until a worker was free.

    >>> fields = {"instance": "i", "scope": "", "n": 1, "begun": 0, "by": "worker-1"}
    >>> both = [Span(node=node, ended=ended, **fields) for node, ended in (("a", 5), ("b", 9))]
    >>> [(span.node, span.begun, span.ended, span.waits) for span in with_waits(both)]
    [('a', 0, 5, False), ('b', 0, 5, True), ('b', 5, 9, False)]
    """
    found, workers = list[Span](), WorkerTimes()
    for span in sorted(spans, key=lambda span: span.ended):
        began = span.began(workers)
        if (began - span.begun) * LEAST_SHARE <= span.ended - span.begun:
            found.append(span)
            continue
        waits = {"ended": began, "waits": True, "ending": Ending.DONE, "by": ""}
        found.append(msgspec.structs.replace(span, **waits))
        found.append(msgspec.structs.replace(span, begun=began))
    return found


LEAST_SHARE: Final = 100
"""A wait that is a smaller part of its span is not told apart."""
