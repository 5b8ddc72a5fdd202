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

from bpmn_xml.core.state import child_path
from bpmn_xml.trace.durations import Durations

if TYPE_CHECKING:
    from bpmn_xml.trace.reader import TraceLine


class NodeTally(msgspec.Struct):
    """What happened at one node.

    Attributes:
        count: how often it was entered: passed, activated or joined; what is done several times
            counts each time, and once if it is done no time at all.
        completed, cancelled: how activations ended; else their token was dropped.
        active: how many are active.
        failures: calls that failed and will be tried again, BPMN errors thrown, incidents.
        errors: of these, the BPMN errors thrown.
        retrying: how many wait for their next attempt.
        incidents: how many stand still until a person mends them.
        items: how many results have gone on as items of their own.
        durations: from being activated to the end of it, if it was completed.
    """

    count: int = 0
    completed: int = 0
    cancelled: int = 0
    active: int = 0
    failures: int = 0
    errors: int = 0
    retrying: int = 0
    incidents: int = 0
    items: int = 0
    durations: Durations = msgspec.field(default_factory=Durations)


class FlowTally(msgspec.Struct):
    """How often tokens took a flow."""

    taken: int = 0


class _Activity(msgspec.Struct):
    """An active element instance.

    Attributes:
        apart: it is not counted: it is once more inside what is, or is around several that are.
        repeats: it is done several times.
        entered: how often the node was entered by it: not again by a join that could not be left.
    """

    since: int
    retrying: bool = False
    incident: bool = False
    apart: bool = False
    repeats: bool = False
    entered: bool = True


class _Run(msgspec.Struct):
    """What must be remembered of an instance until it ends.

    Attributes:
        active: by scope, node and n.
        arrived: per scope and flow, how many tokens took it and were not used up by a join.
        joined: the gateway at which tokens met last.
        framed: paths of the scopes in which an element is active once more, only in itself.
    """

    active: dict[tuple[str, Any, int], _Activity] = msgspec.field(default_factory=dict)
    arrived: dict[str, dict[Any, int]] = msgspec.field(default_factory=dict)
    joined: tuple[str, Any] | None = None
    framed: dict[str, Any] = msgspec.field(default_factory=dict)


class RunTally:
    """The counts of any number of instances.

    Attributes:
        nodes, flows: counts by index or name, in the order in which they were first reached.
        outcomes: of the instances that ended: outcome -> how many.
        instances: how many began.
        items: how many results of producers went on as items of their own.
        batches: how many were counted.
        begun, ended: time of the first and of the last batch, microseconds since 1970 UTC.
    """

    def __init__(self) -> None:
        self.nodes: dict[Any, NodeTally] = {}
        self.flows: dict[Any, FlowTally] = {}
        self.outcomes: Counter[str] = Counter()
        self.instances = self.items = self.batches = self.begun = self.ended = 0
        self._runs: dict[str, _Run] = {}

    def add_lines(self, lines: Iterable[TraceLine], prefix: str = "") -> None:
        """Count lines of a trace; a prefix keeps apart what instances of several are called."""
        for line in lines:
            records = [(entry.type, entry) for entry in line.records]
            self.add(prefix + line.instance, line.time, records)

    def add(self, instance: str, time: int, records: Iterable[tuple[str, Any]]) -> None:
        """Count one batch.

        Args:
            instance: whose batch it is.
            time: microseconds since 1970 UTC.
            records: pairs of a record's type and the record, as the core or a trace has it.
        """
        self.begun = min(self.begun, time) if self.batches else time
        self.ended = max(self.ended, time)
        self.batches += 1
        for type_, record in records:
            count = COUNTED.get(type_)
            if count is not None:
                count(self, instance, time, record)

    def arrivals(self) -> Counter[Any]:
        """Per flow how many tokens took it and were not used up by a join yet.

        That says how many wait, for flows to a join; for all others it is senseless.
        """
        found = Counter[Any]()
        for run in self._runs.values():
            for scope in run.arrived.values():
                for flow, count in scope.items():
                    found[flow] += count
        return found

    def node(self, key: Any) -> NodeTally:
        """The counts of a node, from now on among `nodes`."""
        found = self.nodes.get(key)
        if found is None:
            found = self.nodes[key] = NodeTally()
        return found

    def since(self, instance: str) -> dict[tuple[str, Any, int], int]:
        """When each activation of an instance began: by scope, node and n, microseconds."""
        return {where: activity.since for where, activity in self.run(instance).active.items()}

    def run(self, instance: str) -> _Run:
        """What is remembered of an instance."""
        found = self._runs.get(instance)
        if found is None:
            found = self._runs[instance] = _Run()
        return found

    def forget(self, instance: str) -> None:
        """Drop what is remembered of an instance that ended."""
        run = self._runs.pop(instance, _Run())
        for (_, node, n), activity in run.active.items():
            self.settle(node, activity, active=n > 0 and not activity.apart)

    def settle(self, node: Any, activity: _Activity, *, active: bool = True) -> None:
        """Take an activity that has ended off the counts."""
        tally = self.nodes[node]
        tally.active -= active
        tally.retrying -= activity.retrying
        tally.incidents -= activity.incident


def _instance_started(tally: RunTally, _instance: str, _time: int, _record: Any) -> None:
    tally.instances += 1


def _instance_ended(tally: RunTally, instance: str, _time: int, record: Any) -> None:
    tally.outcomes[record.outcome] += 1
    tally.forget(instance)


def _scope_opened(tally: RunTally, instance: str, _time: int, record: Any) -> None:
    run = tally.run(instance)
    if record.framed:
        path = child_path(record.scope, record.node, record.n, record.index)
        run.framed[path] = record.node
    around = run.active.get((record.scope, record.node, record.n))
    if around is not None and around.repeats and not around.apart:
        _set_apart(tally.node(record.node), around)
    if record.index >= 0 and not record.instance:
        tally.items += 1
        tally.node(record.node).items += 1


def _set_apart(node: NodeTally, around: _Activity) -> None:
    """What is done several times is counted each time, and not once more as a whole."""
    around.apart = True
    node.count -= around.entered
    node.active -= 1


def _loop_started(tally: RunTally, instance: str, _time: int, record: Any) -> None:
    around = tally.run(instance).active.get((record.scope, record.node, record.n))
    if around is not None:
        around.repeats = True


def _scope_closed(tally: RunTally, instance: str, _time: int, record: Any) -> None:
    run = tally.run(instance)
    run.arrived.pop(record.scope, None)
    run.framed.pop(record.scope, None)


def _flow_taken(tally: RunTally, instance: str, _time: int, record: Any) -> None:
    flow = tally.flows.get(record.flow)
    if flow is None:
        flow = tally.flows[record.flow] = FlowTally()
    flow.taken += 1
    arrived = tally.run(instance).arrived
    here = arrived.get(record.scope)
    if here is None:
        here = arrived[record.scope] = {}
    here[record.flow] = here.get(record.flow, 0) + 1


def _joined(tally: RunTally, instance: str, _time: int, record: Any) -> None:
    run = tally.run(instance)
    run.joined = (record.scope, record.node)
    tally.node(record.node).count += 1
    _use_up(run, record.scope, record.flows)


def _gateway_reset(tally: RunTally, instance: str, _time: int, record: Any) -> None:
    _use_up(tally.run(instance), record.scope, record.flows)


def _arrival_spent(tally: RunTally, instance: str, _time: int, record: Any) -> None:
    _use_up(tally.run(instance), record.scope, [record.flow])


def _use_up(run: _Run, scope: str, flows: Iterable[Any]) -> None:
    here = run.arrived.get(scope, {})
    for flow in flows:
        here[flow] = here.get(flow, 0) - 1


def _passed(tally: RunTally, _instance: str, _time: int, record: Any) -> None:
    node = tally.node(record.node)
    node.count += not node.items  # an item passes on from the producer that made it


def _activated(tally: RunTally, instance: str, time: int, record: Any) -> None:
    run, node = tally.run(instance), tally.node(record.node)
    if run.framed.get(record.scope) == record.node:
        run.active[record.scope, record.node, record.n] = _Activity(time, apart=True)
        return
    entered = run.joined != (record.scope, record.node)  # a join that could not be left
    node.count += entered
    node.active += 1
    run.active[record.scope, record.node, record.n] = _Activity(time, entered=entered)


def _completed(tally: RunTally, instance: str, time: int, record: Any) -> None:
    tally.node(record.node).completed += _ended(tally, instance, time, record)


def _dropped(tally: RunTally, instance: str, time: int, record: Any) -> None:
    _ended(tally, instance, time, record)


def _cancelled(tally: RunTally, instance: str, time: int, record: Any) -> None:
    tally.node(record.node).cancelled += _ended(tally, instance, time, record)


def _ended(tally: RunTally, instance: str, time: int, record: Any) -> bool:
    """Whether the end of this activation counts."""
    activity = tally.run(instance).active.pop((record.scope, record.node, record.n), None)
    if activity is None:
        return True
    tally.settle(record.node, activity, active=not activity.apart)
    if not activity.apart:
        tally.node(record.node).durations.add(time - activity.since)
    return not activity.apart


def _job_failed(tally: RunTally, instance: str, _time: int, record: Any) -> None:
    node = tally.node(record.node)
    node.failures += 1
    activity = tally.run(instance).active.get((record.scope, record.node, record.n))
    if activity is not None and not activity.retrying:
        activity.retrying = True
        node.retrying += 1


def _job_retried(tally: RunTally, instance: str, _time: int, record: Any) -> None:
    activity = tally.run(instance).active.get((record.scope, record.node, record.n))
    if activity is not None and activity.retrying:
        activity.retrying = False
        tally.node(record.node).retrying -= 1


def _error_thrown(tally: RunTally, _instance: str, _time: int, record: Any) -> None:
    node = tally.node(record.node)
    thrown = node.active > 0  # an error end event does what it should
    node.failures += thrown
    node.errors += thrown


def _incident_raised(tally: RunTally, instance: str, time: int, record: Any) -> None:
    key = (record.scope, record.node, record.n)
    activity = tally.run(instance).active.setdefault(key, _Activity(time))
    node = tally.node(record.node)
    node.failures += 1
    if not activity.incident:
        activity.incident = True
        node.incidents += 1


def _incident_resolved(tally: RunTally, instance: str, _time: int, record: Any) -> None:
    active = tally.run(instance).active
    key = (record.scope, record.node, record.n)
    activity = active.get(key)
    if activity is None or not activity.incident:
        return
    activity.incident = False
    tally.node(record.node).incidents -= 1
    if record.n == 0:  # nothing was active: tokens were stuck
        del active[key]


Count = Callable[[RunTally, str, int, Any], None]

COUNTED: Final[Mapping[str, Count]] = {
    "InstanceStarted": _instance_started,
    "InstanceEnded": _instance_ended,
    "ScopeOpened": _scope_opened,
    "ScopeClosed": _scope_closed,
    "ScopeInterrupted": _scope_closed,
    "LoopStarted": _loop_started,
    "FlowTaken": _flow_taken,
    "Joined": _joined,
    "GatewayReset": _gateway_reset,
    "ArrivalSpent": _arrival_spent,
    "Passed": _passed,
    "Activated": _activated,
    "Completed": _completed,
    "TokenDropped": _dropped,
    "Cancelled": _cancelled,
    "JobFailed": _job_failed,
    "JobRetried": _job_retried,
    "ErrorThrown": _error_thrown,
    "IncidentRaised": _incident_raised,
    "IncidentResolved": _incident_resolved,
}
"""What a record counts, by its type. Other types count nothing."""
