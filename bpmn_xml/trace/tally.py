"""Count what happened per node and flow: one pass, in the order in which things happened.

The same counting serves a run that goes on (batches with indices) and a trace (lines with names):
`COUNTED` is the table from the type of a record to what it counts, and nodes, flows and scopes are
whatever the records call them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final

import msgspec

from bpmn_xml.core.words import ITEM
from bpmn_xml.trace.course import RunCourse, Seen, Told, told_in
from bpmn_xml.trace.durations import Durations
from bpmn_xml.trace.visits import Visit
from bpmn_xml.trace.workers import WorkerTimes

if TYPE_CHECKING:
    from bpmn_xml.trace.reader import TraceLine


class NodeTally(msgspec.Struct):
    """What happened at one node.

    Attributes:
        count: how often it was entered: passed, activated or joined; what is done several times
            counts each time, and once if it is done no time at all.
        completed, cancelled: how activations ended; else their token was dropped.
        interrupted: of those cancelled, all that no error of their own has ended.
        active: how many are active.
        failures: calls that failed and will be tried again, BPMN errors thrown, incidents.
        errors: of these, the BPMN errors thrown.
        failure: what the last of them said.
        retrying: those that wait for their next attempt.
        standing: those that stand still until a person mends them.
        items: how many results have gone on as items of their own.
        durations: from being activated to the end of it, but for `queued`.
        queued: how long its calls waited for a free worker, together.
    """

    count: int = 0
    completed: int = 0
    cancelled: int = 0
    interrupted: int = 0
    active: int = 0
    failures: int = 0
    errors: int = 0
    failure: str = ""
    retrying: set[Visit] = msgspec.field(default_factory=set)
    standing: set[Visit] = msgspec.field(default_factory=set)
    items: int = 0
    durations: Durations = msgspec.field(default_factory=Durations)
    queued: int = 0

    def fail(self, *told: str) -> None:
        """Count a failure, and keep what it says."""
        self.failures += 1
        self.failure = ": ".join([text for text in told if text])


class FlowTally(msgspec.Struct):
    """How often tokens took a flow."""

    taken: int = 0


class RunTally:
    """The counts of any number of instances.

    Args:
        joins: the flows that lead to joins, and these; without, tokens that wait are not seen.

    Attributes:
        nodes, flows: counts by index or name, in the order in which they were first reached.
        sent: how many messages a node sent to a receiver, by both.
        outcomes: of the instances that ended: outcome -> how many.
        began: how many instances of each process did.
        items: how many results of producers went on as items of their own.
        batches: how many were counted.
        course, workers: what is active or waits for joins, and what waited for workers.
        begun, ended: time of the first and of the last batch, microseconds since 1970 UTC.
    """

    def __init__(self, joins: Mapping[Any, Any] | None = None) -> None:
        self.nodes: dict[Any, NodeTally] = {}
        self.flows: dict[Any, FlowTally] = {}
        self.sent: Counter[tuple[Any, str]] = Counter()
        self.outcomes: Counter[str] = Counter()
        self.began: Counter[Any] = Counter()
        self.items = self.batches = self.begun = self.ended = 0
        self.course, self.workers = RunCourse(joins), WorkerTimes()

    def add_lines(self, lines: Iterable[TraceLine], prefix: str = "") -> None:
        """Count lines of a trace; a prefix keeps apart what instances of several are called."""
        for line in lines:
            by = line.by and line.by + prefix
            self.add(prefix + line.instance, line.time, told_in(line), by=by)

    def add(self, instance: str, time: int, told: Told, by: str = "") -> None:
        """Count one batch; see `RunCourse.follow`."""
        self.begun = min(self.begun, time) if self.batches else time
        self.ended = max(self.ended, time)
        self.batches += 1
        for seen in self.course.follow(instance, time, told, by):
            count = COUNTED.get(seen.type)
            if count is not None:
                count(self, seen)

    @property
    def instances(self) -> int:
        """How many began."""
        return self.began.total()

    def node(self, key: Any) -> NodeTally:
        """The counts of a node, from now on among `nodes`."""
        found = self.nodes.get(key)
        if found is None:
            found = self.nodes[key] = NodeTally()
        return found

    def forget(self, instance: str) -> None:
        """Drop what is remembered of an instance that ended."""
        for (_, node, _), visit in self.course.forget(instance).items():
            self.settle(node, visit)

    def settle(self, node: Any, visit: Visit) -> None:
        """Take a visit that has ended off the counts."""
        tally = self.node(node)
        tally.active -= visit.counts and not visit.stuck
        tally.retrying.discard(visit)
        tally.standing.discard(visit)


def _instance_started(tally: RunTally, seen: Seen) -> None:
    record = seen.record
    tally.began[record.process if hasattr(record, "process") else record.container] += 1


def _instance_ended(tally: RunTally, seen: Seen) -> None:
    tally.outcomes[seen.record.outcome] += 1
    tally.forget(seen.instance)


def _scope_opened(tally: RunTally, seen: Seen) -> None:
    record, around = seen.record, seen.visit
    if around is not None and around.instances == 1 and not around.in_frame:
        node = tally.node(record.node)  # each is counted, and it not once more as a whole
        node.count -= not around.joined
        node.active -= 1
    if record.role == ITEM:
        tally.items += 1
        tally.node(record.node).items += 1


def _flow_taken(tally: RunTally, seen: Seen) -> None:
    record = seen.record
    flow = tally.flows.get(record.flow)
    if flow is None:
        flow = tally.flows[record.flow] = FlowTally()
    flow.taken += 1


def _joined(tally: RunTally, seen: Seen) -> None:
    tally.node(seen.record.node).count += 1


def _passed(tally: RunTally, seen: Seen) -> None:
    result = tally.course.visits.is_result(seen.instance, seen.record)
    tally.node(seen.record.node).count += not result


def _activated(tally: RunTally, seen: Seen) -> None:
    node, visit = tally.node(seen.record.node), seen.visit
    if visit is not None and visit.counts:
        node.count += not visit.joined
        node.active += 1


def _completed(tally: RunTally, seen: Seen) -> None:
    tally.node(seen.record.node).completed += _ended(tally, seen)


def _cancelled(tally: RunTally, seen: Seen) -> None:
    node, counts = tally.node(seen.record.node), _ended(tally, seen)
    node.cancelled += counts
    node.interrupted += counts and not (seen.visit and seen.visit.threw)


def _ended(tally: RunTally, seen: Seen) -> bool:
    """Whether the end of this visit counts."""
    visit = seen.visit
    if visit is None:
        return True
    tally.settle(seen.record.node, visit)
    _note_queued(tally, seen)
    if visit.counts:
        tally.node(seen.record.node).durations.add(seen.time - visit.since - visit.queued)
    return visit.counts


def _note_queued(tally: RunTally, seen: Seen) -> None:
    """Note how long the call that has ended waited until its worker was free.

    A producer's worker may run others between its results.
    """
    if not seen.by:
        return
    visit, node = seen.visit, tally.node(seen.record.node)
    ready = visit.ready if visit else seen.time
    began = tally.workers.began(seen.by, ready=ready, ended=seen.time)
    if visit and not node.items:
        node.queued += began - visit.ready
        (visit.around or visit).queued += began - visit.ready


def _job_failed(tally: RunTally, seen: Seen) -> None:
    node = tally.node(seen.record.node)
    node.fail(seen.record.error, seen.record.message)
    _note_queued(tally, seen)
    if seen.visit is not None:
        node.retrying.add(seen.visit)


def _job_retried(tally: RunTally, seen: Seen) -> None:
    if seen.visit is not None:
        tally.node(seen.record.node).retrying.discard(seen.visit)


def _message_thrown(tally: RunTally, seen: Seen) -> None:
    tally.sent[seen.record.node, seen.record.receiver] += 1


def _error_thrown(tally: RunTally, seen: Seen) -> None:
    node, record = tally.node(seen.record.node), seen.record
    _note_queued(tally, seen)
    if node.active > 0:  # an error end event does what it should
        node.fail(record.code, record.message)
        node.errors += 1


def _incident_raised(tally: RunTally, seen: Seen) -> None:
    node = tally.node(seen.record.node)
    node.fail(seen.record.message)
    _note_queued(tally, seen)
    if seen.visit is not None:
        node.standing.add(seen.visit)


def _incident_resolved(tally: RunTally, seen: Seen) -> None:
    if seen.visit is not None:
        tally.node(seen.record.node).standing.discard(seen.visit)


COUNTED: Final[Mapping[str, Callable[[RunTally, Seen], object]]] = {
    "InstanceStarted": _instance_started,
    "InstanceEnded": _instance_ended,
    "ScopeOpened": _scope_opened,
    "FlowTaken": _flow_taken,
    "Joined": _joined,
    "Passed": _passed,
    "Activated": _activated,
    "Completed": _completed,
    "TokenDropped": _ended,
    "Cancelled": _cancelled,
    "JobFailed": _job_failed,
    "JobRetried": _job_retried,
    "MessageThrown": _message_thrown,
    "ErrorThrown": _error_thrown,
    "IncidentRaised": _incident_raised,
    "IncidentResolved": _incident_resolved,
}
"""What a record counts, by its type. Other types count nothing."""
