"""What always breaks off, so that it never ends; catches of what never comes; loops that stop.

A sub-process breaks off by an error, a cancel, or an escalation that ends it; so does the process
that a call activity calls, if it is among the drafts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bpmn_xml.compiler.drafts import ContainerDraft, Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.program import EventSpec, Kind, Trigger
from bpmn_xml.reach import reachable

BODIES: Final = (Kind.SUB_PROCESS, Kind.TRANSACTION)

BREAKING: Final = frozenset({Trigger.ERROR, Trigger.CANCEL})
"""What an end event leaves the activity around it with, by another way than its end (13.5.6)."""

THROWING: Final = (Kind.END_EVENT, Kind.THROW_EVENT)

SILENT: Final = frozenset(
    {
        Kind.TASK,
        Kind.MANUAL_TASK,
        Kind.SERVICE_TASK,
        Kind.SEND_TASK,
        Kind.SCRIPT_TASK,
        Kind.BUSINESS_RULE_TASK,
        Kind.RECEIVE_TASK,
        Kind.START_EVENT,
        Kind.END_EVENT,
        Kind.CATCH_EVENT,
        Kind.THROW_EVENT,
        Kind.BOUNDARY_EVENT,
        Kind.EXCLUSIVE_GATEWAY,
        Kind.PARALLEL_GATEWAY,
        Kind.INCLUSIVE_GATEWAY,
        Kind.EVENT_GATEWAY,
    }
)
"""What throws no escalation that is not drawn: people, calls and sub-processes may."""

CHOOSING: Final = (
    Kind.EXCLUSIVE_GATEWAY,
    Kind.EVENT_GATEWAY,
    Kind.INCLUSIVE_GATEWAY,
    Kind.COMPLEX_GATEWAY,
)


def breaking_off(drafts: Drafts) -> set[str]:
    """The sub-processes and calls in which whatever begins comes to what breaks them off."""
    bodies = {one.node: one for one in drafts.containers if one.node}
    processes = {one.id: one for one in drafts.containers if not one.node}
    caught = _escalations(drafts)
    hosts = [(node.id, bodies.get(node.id)) for node in drafts.nodes if node.kind in BODIES]
    hosts += [(node.id, processes.get(node.called)) for node in drafts.nodes if node.called]
    return {name for name, one in hosts if one and _breaks(drafts, one, caught.get(name, {}))}


def untriggered(drafts: Drafts) -> set[str]:
    """The boundary events of sub-processes for a cancel or an escalation that nothing throws."""
    bodies = {one.node: one.id for one in drafts.containers if one.node}
    return {
        event.id
        for event in drafts.nodes
        if event.host in bodies
        and event.events
        and all(not _may_come(drafts, bodies[event.host], one) for one in event.events)
    }


def interruptible(drafts: Drafts) -> set[str]:
    """The containers that an event may end from outside, so that they need no way to an end.

    It happens at a border around them (13.5.3), or begins an event sub-process, which ends what is
    around it, but not itself (13.5.4).
    """
    holders: dict[str, list[tuple[str, NodeDraft]]] = {}
    known = {node.id: node for node in drafts.nodes}
    calls = [(node.called, node) for node in drafts.nodes if node.called]
    bodies = [(one.id, known[one.node]) for one in drafts.containers if one.node in known]
    for name, holder in (*bodies, *calls):
        holders.setdefault(holder.container, []).append((name, holder))
    within = [one for some in holders.values() for one in some]
    hosts = {node.host for node in drafts.nodes if node.host and _cuts_off(node)}
    first = {name for name, holder in within if holder.id in hosts}
    handled = {holder.container for _, holder in within if _handles(holder)}
    first |= {name for name, one in within if one.container in handled and not _handles(one)}
    inside = reachable(first, lambda name: [inner for inner, _ in holders.get(name, ())])
    return handled | inside


def _cuts_off(border: NodeDraft) -> bool:
    """Whether a boundary event ends its activity: one that compensates it waits for its end."""
    triggers = {event.trigger for event in border.events}
    return border.interrupting and Trigger.COMPENSATION not in triggers


def _handles(node: NodeDraft) -> bool:
    """Whether a node is an event sub-process that ends what is around it."""
    return node.kind is Kind.EVENT_SUB_PROCESS and node.interrupting


def _may_come(drafts: Drafts, container: str, caught: EventSpec) -> bool:
    """Whether what a boundary event waits for may be thrown in a container, as far as is known."""
    inside = drafts.nodes_in(container).values()
    if caught.trigger is Trigger.CANCEL:
        return any(caught.trigger in _thrown(node) for node in inside)
    if caught.trigger is not Trigger.ESCALATION:
        return True
    return any(node.kind not in SILENT for node in inside) or any(
        _stops(node, {caught.code: True}) for node in inside if caught.trigger in _thrown(node)
    )


def _escalations(drafts: Drafts) -> dict[str, dict[str, bool]]:
    """Whether an escalation ends an activity, by its id and the code; "" is any other code."""
    found: dict[str, dict[str, bool]] = {}
    for node in drafts.nodes:
        codes = [one.code for one in node.events if one.trigger is Trigger.ESCALATION]
        for code in codes if node.host else ():
            caught = found.setdefault(node.host, {})
            caught[code] = node.interrupting and caught.get(code, True)
    return found


def _breaks(drafts: Drafts, container: ContainerDraft, escalations: Mapping[str, bool]) -> bool:
    """Whether something ends a container in this way, and no run gets around it."""
    inside = drafts.nodes_in(container.id)
    stopping = {name for name, node in inside.items() if _stops(node, escalations)}
    if not stopping or any(_ends_all(node) for node in inside.values()):
        return False
    flows = [*drafts.flows_in(container.id).values()]
    return _around(inside, flows, stopping).isdisjoint(container.starts)


def _stops(node: NodeDraft, escalations: Mapping[str, bool]) -> bool:
    """Whether what is around a node breaks off when a token comes to it: an exact code is first."""
    return any(
        event.trigger in BREAKING
        if event.trigger is not Trigger.ESCALATION
        else escalations.get(event.code, escalations.get("", False))
        for event in node.events
        if node.kind in THROWING
    )


def _thrown(node: NodeDraft) -> set[Trigger]:
    return {event.trigger for event in node.events} if node.kind in THROWING else set()


def _ends_all(node: NodeDraft) -> bool:
    """Whether a node may end all at any time, before what breaks off comes to it."""
    return node.kind is Kind.EVENT_SUB_PROCESS or Trigger.TERMINATE in _thrown(node)


def _around(
    inside: Mapping[str, NodeDraft], flows: Sequence[FlowDraft], stopping: set[str]
) -> set[str]:
    """The nodes from which tokens may all come to ends that do not break off."""
    borders = [one for one in inside.values() if one.host in inside and one.interrupting]
    hosts = [(one.host, one.id) for one in borders]
    before: dict[str, list[str]] = {name: [] for name in inside}
    open_ = dict.fromkeys(inside, 0)
    for source, target in [*((flow.source, flow.target) for flow in flows), *hosts]:
        before[target].append(source)
        open_[source] += 1
    choosing = {flow.source for flow in flows if flow.condition} | {host for host, _ in hosts}
    choosing |= {name for name, node in inside.items() if node.kind in CHOOSING}
    waiting = [name for name, ways in open_.items() if not ways and name not in stopping]
    found = set(waiting)
    while waiting:
        for name in before[waiting.pop()]:
            open_[name] -= 1
            goes_on = name not in found and name not in stopping
            if goes_on and (name in choosing or not open_[name]):
                found.add(name)
                waiting.append(name)
    return found
