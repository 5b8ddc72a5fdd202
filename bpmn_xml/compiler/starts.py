"""Where a level begins, and what can therefore never be reached (13.2, 13.3.4)."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.file import DiagramFile, Level
from bpmn_xml.compiler.wiring import Wiring, instantiates, is_event_sub_process, is_link
from bpmn_xml.reach import reachable
from bpmn_xml.wording import listed


def begins(file: DiagramFile, level: Level, wiring: Wiring) -> list[str]:
    """Where tokens begin: at the none start event, else at all that nothing leads to.

    Several start events of a process are alternatives, of which one has to be chosen.
    """
    if isinstance(level, m.AdHocSubProcess):
        first = [node for node in wiring.nodes.values() if not wiring.arriving[node.id]]
        return [node.id for node in first if can_begin(node)]
    events = [node for node in wiring.nodes.values() if isinstance(node, m.StartEvent)]
    plain = [event for event in events if is_plain(event)]
    if isinstance(level, m.SubProcess) and is_event_sub_process(level):
        return [event.id for event in events[:1]]
    if events:
        _check_events(file, level, plain if isinstance(level, m.Process) else events)
        return [event.id for event in plain]
    firsts = [n for n in wiring.nodes.values() if not wiring.arriving[n.id] and can_begin(n)]
    waiting = isinstance(level, m.Process)
    free = [node.id for node in firsts if not (waiting and instantiates(node))]
    if isinstance(level, m.Process) and not wiring.nodes:
        what = "there is nothing in it"
        file.report(codes.NOTHING, level, what, "draw a start event and what follows")
    elif wiring.nodes and not (free or triggered(level, wiring)):
        what = "nothing in it begins by itself"
        if all(wiring.arriving[name] for name in wiring.nodes):
            what = "something leads to every element in it, so none can be the first"
        file.report(codes.NO_BEGIN, level, what, "draw a start event")
    return free


def _check_events(file: DiagramFile, level: Level, events: Sequence[m.StartEvent]) -> None:
    """Say that a process has alternatives to begin at; a sub-process must have none."""
    names = listed([event.id for event in events])
    if len(events) < 2:
        return
    if isinstance(level, m.Process):
        ways = listed([f"--start {shlex.quote(event.id)}" for event in events], "or")
        what = f"it has {len(events)} start events, {names}, of which one begins"
        file.report(codes.MANY_BEGINS, level, what, f"name it with {ways}, or keep only one")
    else:
        what = f"it has {len(events)} start events, {names}, but a sub-process begins at one"
        file.report(codes.NO_BEGIN, level, what, "keep one, and split the flow behind it")


def is_plain(event: m.StartEvent) -> bool:
    """Whether a start event waits for nothing."""
    return not (event.event_definitions or event.event_definition_refs)


def can_begin(node: m.FlowNode) -> bool:
    """Whether a node that nothing leads to begins by itself."""
    return not (isinstance(node, m.BoundaryEvent) or waits_aside(node))


def triggered(level: Level, wiring: Wiring) -> list[str]:
    """What begins a process when something happens: of a gateway, what it leads to."""
    if not isinstance(level, m.Process):
        return []
    found: list[str] = []
    for node in wiring.nodes.values():
        if isinstance(node, m.StartEvent):
            found += [] if is_plain(node) else [node.id]
        elif isinstance(node, m.EventBasedGateway) and instantiates(node):
            found += [flow.target_ref for flow in wiring.leaving[node.id]]
        elif instantiates(node):
            found.append(node.id)
    return found


def waits_aside(node: m.FlowNode) -> bool:
    """Whether a node is reached by other ways than flows: an event, compensation, a link."""
    if isinstance(node, m.IntermediateCatchEvent):
        return is_link(node)
    compensates = isinstance(node, m.Activity) and node.is_for_compensation
    return compensates or is_event_sub_process(node)


def check_reach(file: DiagramFile, level: Level, wiring: Wiring, starts: Iterable[str]) -> None:
    """Warn of what nothing leads to, and of joins that wait for what can never come."""
    if isinstance(level, m.AdHocSubProcess):
        return
    nodes = wiring.nodes
    events = [
        name for name, node in nodes.items() if isinstance(node, m.StartEvent) or instantiates(node)
    ]
    aside = [name for name, node in nodes.items() if waits_aside(node)]
    reached: set[str] = set()
    reachable((*events, *starts, *aside), wiring.onward, reached)
    if not reached:
        return
    for node in nodes.values():
        lacking = [f.id for f in wiring.arriving[node.id] if f.source_ref not in reached]
        if lacking and node.id in reached and isinstance(node, m.ParallelGateway):
            what = f"it waits for a token on {listed(lacking)}, where none can ever come"
            file.report(codes.NEVER_JOINED, node, what, "lead a flow there, or remove the flow")
    for name in _firsts(wiring, reached):
        what = "no way from the start leads to it, so it is never run"
        file.report(codes.NEVER_REACHED, nodes[name], what, "lead a flow to it, or remove it")


def _firsts(wiring: Wiring, reached: set[str]) -> Iterator[str]:
    """What is not reached: the first of each part, and nothing that follows from it."""
    left = [name for name in wiring.nodes if name not in reached]
    for name in sorted(left, key=lambda name: bool(wiring.arriving[name])):
        if name not in reached and not isinstance(wiring.nodes[name], m.BoundaryEvent):
            yield name
            reachable([name], wiring.onward, reached)
