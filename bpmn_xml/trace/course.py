"""What happened, record by record: one pass for all who count, draw, time or explain runs.

Each record is told with what it is about: the element instance (`visits`), the tokens that wait for
joins (`arrivals`), and the worker whose call it ends. What follows from that is for whoever asks to
say, by a table from the type of a record.

>>> from bpmn_xml.core.records import Activated, Batch, Completed
>>> course = RunCourse()
>>> batches = Batch("i", 1, 5, (Activated("", 0, 1),)), Batch("i", 2, 9, (Completed("", 0, 1),))
>>> for batch in batches:
...     for seen in course.follow("i", batch.time, told_by(batch)):
...         print(seen.type, seen.visit.since)
Activated 5
Completed 5
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from bpmn_xml.core.records import Batch, expanded
from bpmn_xml.trace.arrivals import Arrivals, Difference
from bpmn_xml.trace.visits import Key, Visit, Visits
from bpmn_xml.trace.workers import place_of_answer

if TYPE_CHECKING:
    from bpmn_xml.trace.reader import TraceLine

Told = list[tuple[str, Any]]
"""The records of a batch with their types, as the core or a trace has them."""


class Seen(NamedTuple):
    """A record of an instance, at a time, and what it is about.

    Attributes:
        visit: what it begins, changes or ends; None if it is about none that is known.
        arrived: how many more tokens wait because of it, by the node that joins them.
        by: the worker that ran the call of which it tells the end, if it does.
    """

    instance: str
    time: int
    type: str
    record: Any
    visit: Visit | None
    arrived: Difference
    by: str


class RunCourse:
    """Follows any number of instances. It may begin in the middle of them.

    Args:
        joins: the flows that lead to joins, and these; without, tokens that wait are not seen.
    """

    def __init__(self, joins: Mapping[Any, Any] | None = None) -> None:
        self.visits, self.arrivals = Visits(), Arrivals(joins or {})

    def follow(self, instance: str, time: int, told: Told, by: str = "") -> Iterator[Seen]:
        """Take a batch; each record is told before the next is looked at.

        Args:
            instance: whose batch it is.
            time: microseconds since 1970 UTC.
            told: its records.
            by: the thread that brought what the batch answers.
        """
        answer = place_of_answer(type_ for type_, _ in told) if by else -1
        for place, (type_, record) in enumerate(told):
            visit = self.visits.take(instance, time, type_, record)
            arrived = self.arrivals.take(instance, time, type_, record)
            brought = by if place == answer else ""
            yield Seen(instance, time, type_, record, visit, arrived, brought)

    def forget(self, instance: str) -> Mapping[Key, Visit]:
        """Drop an instance that has ended; what was active in it until then."""
        self.arrivals.forget(instance)
        return self.visits.forget(instance)


def told_by(batch: Batch) -> Told:
    """The records of a batch of the core."""
    return [(type(record).__name__, record) for record in expanded(batch.records)]


def told_in(line: TraceLine) -> Told:
    """The records of a line of a trace."""
    return [(entry.type, entry) for entry in line.records]
