"""Compensation: what is drawn of it, what can be undone, and where that begins (10.7).

An association leads from a boundary event to what undoes. To the core it is a flow; nothing else
may lead to the activity that undoes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeGuard

import msgspec

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.drafts import Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.file import DiagramFile, Level
from bpmn_xml.compiler.program import Kind, Trigger, is_about
from bpmn_xml.compiler.wiring import Wiring, is_event_sub_process


def undoing_flows(file: DiagramFile, level: Level, wiring: Wiring) -> list[FlowDraft]:
    """The flows that the associations of a level's compensation events stand for."""
    events = [node for node in wiring.nodes.values() if is_undone_at(node)]
    flows = [flow for event in events for flow in _flow(file, level, event, wiring)]
    reached = {flow.target for flow in flows}
    _check_single(file, [(event, event.attached_to_ref) for event in events])
    handlers = [node for node in wiring.nodes.values() if _undoes_around(node)]
    _check_single(file, [(handler, level.id) for handler in handlers])
    for activity in wiring.nodes.values():
        if getattr(activity, "is_for_compensation", False):
            _check_apart(file, activity, wiring)
            if activity.id not in reached:
                what = "no compensation event leads to it, so it is never run"
                file.report(codes.NEVER_REACHED, activity, what, "lead one to it, or remove it")
    return flows


def is_undone_at(node: m.FlowNode) -> TypeGuard[m.BoundaryEvent]:
    """Whether a node is a compensation boundary event."""
    return isinstance(node, m.BoundaryEvent) and _is_about_undoing(node)


def _undoes_around(node: m.FlowNode) -> bool:
    """Whether a node is a compensation event sub-process."""
    inside = node.flow_elements if isinstance(node, m.SubProcess) else ()
    starts = [one for one in inside if isinstance(one, m.StartEvent)]
    return is_event_sub_process(node) and any(map(_is_about_undoing, starts))


def _is_about_undoing(event: m.CatchEvent) -> bool:
    return any(isinstance(one, m.CompensateEventDefinition) for one in event.event_definitions)


def _check_single(file: DiagramFile, found: Sequence[tuple[m.FlowNode, str | None]]) -> None:
    """An activity has one compensation handler (10.7): of several, one would never run."""
    first: dict[str | None, m.FlowNode] = {}
    for handler, undone in found:
        if first.setdefault(undone, handler) is not handler:
            what = f"it undoes {undone!r}, as {first[undone].id!r} does"
            file.report(codes.HANDLER, handler, what, "put what undoes it into one sub-process")


def _flow(
    file: DiagramFile, level: Level, event: m.FlowNode, wiring: Wiring
) -> Iterator[FlowDraft]:
    """The way to what undoes; one is drawn, and no sequence flow."""
    for flow in wiring.leaving[event.id]:
        what = "it leaves a compensation event"
        remedy = "draw an association to the activity that undoes"
        file.report(codes.DIRECTION, flow, what, remedy)
    found = [(a, n) for a, end in _associated(file, event.id) if (n := wiring.nodes.get(end))]
    activities = [(a, node) for a, node in found if isinstance(node, m.Activity)]
    marked = [(a, node) for a, node in activities if node.is_for_compensation]
    if len(marked) == 1:
        association, handler = marked[0]
        file.claim(association)
        yield FlowDraft(id=association.id, source=event.id, target=handler.id, container=level.id)
    elif marked:
        what = f"{len(marked)} activities undo what it is attached to"
        file.report(codes.HANDLER, event, what, "put them into one sub-process")
    elif activities:
        what = f"it leads to {activities[0][1].id!r}, which is not marked for compensation"
        remedy = 'set isForCompensation="true" there'
        file.report(codes.HANDLER, event, what, remedy)
    else:
        what = "no activity undoes what it is attached to"
        file.report(codes.HANDLER, event, what, "draw an association to one")


def _associated(file: DiagramFile, name: str) -> Iterator[tuple[m.Association, str]]:
    """The associations of an element, and what is at their other end."""
    for association in file.associations:
        if association.source_ref == name:
            yield association, association.target_ref
        elif association.target_ref == name:
            yield association, association.source_ref


def _check_apart(file: DiagramFile, activity: m.FlowNode, wiring: Wiring) -> None:
    """What undoes stands outside of the flow (10.7)."""
    for flow in wiring.arriving[activity.id]:
        what = "it leads to an activity for compensation"
        file.report(codes.DIRECTION, flow, what, "draw an association from a boundary event")
    for flow in wiring.leaving[activity.id]:
        what = "it leaves an activity for compensation"
        file.report(codes.DIRECTION, flow, what, "put what follows into one sub-process")


def undone_activity(file: DiagramFile, event: m.Event, name: str | None) -> str:
    """The one activity that an event names to be undone, which it must see; nothing if all."""
    if not name:
        return ""
    known, container = file.homes.get(name, (None, None))
    if not isinstance(known, m.Activity):
        what = f"the activity {name!r} that it compensates is not in the file"
        file.report(codes.HANDLER, event, what, "name one, or none to compensate all")
        return ""
    visible = file.homes[event.id][1]
    while visible is not container and isinstance(visible, m.SubProcess):
        inside = is_event_sub_process(visible)
        visible = file.homes[visible.id][1] if inside else None
    if visible is not container:
        what = f"it cannot see the activity {name!r} that it compensates, on another level"
        file.report(codes.HANDLER, event, what, "name an activity of its own level")
        return ""
    return name


def check_cancel(file: DiagramFile, event: m.Event, level: Level) -> None:
    """A cancel end event stands in a transaction."""
    outer: m.Element | None = level
    while isinstance(outer, m.SubProcess) and not isinstance(outer, m.Transaction):
        outer = file.homes[outer.id][1]
    if not isinstance(outer, m.Transaction):
        file.report(codes.EVENT, event, "it is in no transaction", "draw another end event")


class Undo(msgspec.Struct, frozen=True):
    """Per activity the node at which its compensation begins, and the activities that have one."""

    handlers: Mapping[str, str]
    activities: frozenset[str]


def find_undo(drafts: Drafts) -> Undo:
    """Find out what can be compensated, and where its compensation begins (10.7, 13.5.5).

    An activity is undone at its compensation boundary event, a sub-process or called process also
    at the compensation event sub-process in it; else by undoing all that was completed inside it.
    """
    insides = _insides(drafts)
    catching = [node for node in drafts.nodes if _catches(node)]
    handlers = {node.host: node.id for node in catching if node.kind is Kind.BOUNDARY_EVENT}
    for node in catching:
        for outer in insides[node.container] if node.kind is Kind.EVENT_SUB_PROCESS else ():
            handlers.setdefault(outer, node.id)
    return Undo(handlers, _with_outer(drafts, insides, list(handlers)))


def _catches(node: NodeDraft) -> bool:
    known = node.kind in (Kind.BOUNDARY_EVENT, Kind.EVENT_SUB_PROCESS)
    return known and is_about(node.events, Trigger.COMPENSATION)


def _insides(drafts: Drafts) -> Mapping[str, Sequence[str]]:
    """Per container the nodes whose inside it is, or may be."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    computed = [node.id for node in drafts.nodes if node.which is not None]
    for container in drafts.containers:
        found[container.id] += [container.node] if container.node else computed
    for node in drafts.nodes:
        if node.called:
            found[node.called].append(node.id)
    return found


def _with_outer(
    drafts: Drafts, insides: Mapping[str, Sequence[str]], names: list[str]
) -> frozenset[str]:
    """These activities, and all that have one of them inside."""
    homes = {node.id: node.container for node in drafts.nodes}
    found: set[str] = set()
    while names:
        name = names.pop()
        if name not in found:
            found.add(name)
            names += insides[homes[name]]
    return frozenset(found)
