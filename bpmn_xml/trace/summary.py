"""The state of each node and flow after the batches that were counted: plain values to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from enum import StrEnum
from typing import Any, Final

import msgspec

from bpmn_xml.trace.names import TraceNames, escape_id
from bpmn_xml.trace.tally import NodeTally, RunTally

_UNTOUCHED: Final = NodeTally()


class ElementState(StrEnum):
    """What there is to say first of a node; a later one outweighs an earlier one.

    What has something inside that stands still has failed as well, until a person mends that.
    """

    INTERRUPTED = "interrupted"
    DONE = "done"
    WAITING = "waiting"
    ACTIVE = "active"
    FAILED = "failed"


class ElementSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What happened at one node.

    Attributes:
        count: how often it was entered.
        completed, cancelled: how often that ended, if it did not end at once.
        interrupted: of those cancelled, all that no error of their own has ended.
        active: how many are active now, those that wait among them.
        waiting: how many wait: for a person, for the next attempt, for others at a join.
        failures: calls that failed, errors thrown, incidents, whatever came of them.
        errors: of these, the BPMN errors that were thrown.
        joining: how many times it waits for more tokens to join, which `count` has not yet.
        incidents: how many stand still now.
        stuck: how many do, or have something inside that does.
        failure: what the last of the failures said.
        items: how many results went on as items of their own.
        shortest, mean, p95, longest, total: how long it was active each time, microseconds, but
            for the time that its calls waited for a free worker.
        queued: how long they waited for that, together.
    """

    id: str
    state: ElementState
    count: int
    completed: int = 0
    cancelled: int = 0
    interrupted: int = 0
    active: int = 0
    waiting: int = 0
    joining: int = 0
    failures: int = 0
    errors: int = 0
    incidents: int = 0
    stuck: int = 0
    failure: str = ""
    items: int = 0
    shortest: int = 0
    mean: int = 0
    p95: int = 0
    longest: int = 0
    total: int = 0
    queued: int = 0


class FlowSummary(msgspec.Struct, frozen=True):
    """How often tokens took a flow, and how many of them wait at the join behind it."""

    id: str
    count: int
    waiting: int = 0


class MessageSummary(msgspec.Struct, frozen=True):
    """How many messages a node sent to a receiver; that is empty where anyone may receive them."""

    sender: str
    receiver: str
    count: int


class RunSummary(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in one or more runs.

    Attributes:
        nodes, flows: in the order in which they were first reached; others were not reached.
        messages: how many were sent, to whom.
        instances: how many began.
        began: how many of each process did, as far as a trace tells it.
        outcomes: outcome -> how many ended so.
        running: how many have not ended.
        items: how many results of producers went on as items of their own.
        begun, ended: time of the first and the last batch, microseconds since 1970 UTC.
    """

    nodes: tuple[ElementSummary, ...]
    flows: tuple[FlowSummary, ...]
    messages: tuple[MessageSummary, ...] = ()
    instances: int = 0
    began: Mapping[str, int] = {}
    outcomes: Mapping[str, int] = {}
    running: int = 0
    items: int = 0
    begun: int = 0
    ended: int = 0


def summarize(
    tally: RunTally, *, names: TraceNames | None = None, people: Collection[Any] = ()
) -> RunSummary:
    """Say the state of all that was reached.

    Args:
        tally: the counts, by index or by name.
        names: where the counts are by index, what to call the elements.
        people: nodes that wait for a person or an event as soon as they are active.
    """
    arrivals, visits = tally.course.arrivals, tally.course.visits
    waiting, at_joins, joining = arrivals.per_flow(), Counter[Any](), arrivals.begun()
    for flow, count in waiting.items():
        at_joins[arrivals.joins[flow]] += count
    standing = {visit for node in tally.nodes.values() for visit in node.standing}
    around = visits.around(standing) if standing else Counter[Any]()
    told = (names.nodes, names.flows, names.containers) if names else ()
    called, along, of = [one.__getitem__ for one in told] or (str, str, str)
    nodes = [
        _node(
            called(node),
            tally.nodes.get(node, _UNTOUCHED),
            joins=(at_joins[node], joining[node]),
            for_people=node in people,
            around=around[node],
        )
        for node in dict.fromkeys([*tally.nodes, *at_joins])
    ]
    flows = [
        FlowSummary(along(flow), found.taken, waiting[flow]) for flow, found in tally.flows.items()
    ]
    messages = [
        MessageSummary(called(node), escape_id(receiver), count)
        for (node, receiver), count in tally.sent.items()
    ]
    began = {of(process): count for process, count in tally.began.items()}
    return _run(tally, tuple(nodes), tuple(flows), tuple(messages), began)


def _run(
    tally: RunTally,
    nodes: tuple[ElementSummary, ...],
    flows: tuple[FlowSummary, ...],
    messages: tuple[MessageSummary, ...],
    began: Mapping[str, int],
) -> RunSummary:
    return RunSummary(
        nodes=nodes,
        flows=flows,
        messages=messages,
        instances=tally.instances,
        began=began,
        outcomes=dict(tally.outcomes),
        running=tally.instances - tally.outcomes.total(),
        items=tally.items,
        begun=tally.begun,
        ended=tally.ended,
    )


def _node(
    name: str, tally: NodeTally, *, joins: tuple[int, int], for_people: bool, around: int
) -> ElementSummary:
    """The state of one element; `joins`: tokens that wait for it, times it has begun with them."""
    parked, joining = joins
    held = tally.active - len(tally.standing) if for_people else len(tally.retrying)
    durations = tally.durations
    return ElementSummary(
        id=name,
        state=ElementState.FAILED
        if around
        else _state(tally, waiting=held + parked, running=tally.active - held),
        count=tally.count,
        completed=tally.completed,
        cancelled=tally.cancelled,
        interrupted=tally.interrupted,
        active=tally.active,
        waiting=held + parked,
        joining=joining,
        failures=tally.failures,
        errors=tally.errors,
        incidents=len(tally.standing),
        stuck=len(tally.standing) + around,
        failure=tally.failure,
        items=tally.items,
        shortest=durations.shortest,
        mean=round(durations.mean),
        p95=durations.percentile(95),
        longest=durations.longest,
        total=durations.total,
        queued=tally.queued,
    )


def _state(tally: NodeTally, *, waiting: int, running: int) -> ElementState:
    if tally.standing:
        return ElementState.FAILED
    if running:
        return ElementState.ACTIVE
    if waiting:
        return ElementState.WAITING
    if tally.completed:
        return ElementState.DONE
    if tally.interrupted and tally.interrupted == tally.cancelled >= tally.count:
        return ElementState.INTERRUPTED
    return ElementState.FAILED if tally.failures else ElementState.DONE
