"""Where things belong: a node in one lane of a set, a process in one pool, an end in one list.

No schema and no rule of the standard's text says so, but nobody draws otherwise on purpose: it is
what is left of a merge, or of an edit by hand. So these are doubts, never errors.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.errors import Finding
from bpmn_xml.model.about import finding_about
from bpmn_xml.model.vendors import called_by
from bpmn_xml.model.walk import walk

TWO_LANES: Final = "BX721"
TWO_POOLS: Final = "BX722"
LISTED_TWICE: Final = "BX723"
NO_NODE: Final = "BX724"
OTHER_LEVEL: Final = "BX725"
NOT_UNDONE: Final = "BX726"
DRAWN_TWICE: Final = "BX727"
NO_CONDITION: Final = "BX728"
NO_LANE: Final = "BX729"
OWN_PROCESS: Final = "BX730"


MANY: Final = 4
"""The nodes that a process has at least of which one in no lane is told."""

Known = Mapping[str, tuple[m.Element, m.Element | None]]
"""All elements by their id, each with the container that it is in."""


def membership(definitions: m.Definitions) -> Iterator[Finding]:
    """Find what belongs to two places, or to the wrong one."""
    elements = list(walk(definitions))
    known = {name: (element, at) for element, at in elements if (name := _id(element))}
    undone = {
        event.attached_to_ref
        for event, _ in elements
        if isinstance(event, m.BoundaryEvent) and _undoes(event)
    }
    flows = [element for element, _ in elements if isinstance(element, m.SequenceFlow)]
    yield from _flows(flows)
    yield from _choices(flows, known)
    for element, container in elements:
        if isinstance(element, m.Collaboration):
            yield from _pools(element)
        elif isinstance(element, m.LaneSet):
            yield from _lanes(element, container, known)
        elif isinstance(element, m.Process):
            yield from _outside(element)
            yield from _itself(element)
        elif isinstance(element, m.FlowNode):
            yield from _lists(element)
            yield from _host(element, container, known)
            yield from _not_undone(element, known, undone)


def _flows(flows: Iterable[m.SequenceFlow]) -> Iterator[Finding]:
    """Two flows side by side give a token each, or are two ways to the same thing."""
    first: dict[tuple[str, ...], m.SequenceFlow] = {}
    for flow in flows:
        condition = flow.condition_expression.body.strip() if flow.condition_expression else ""
        other = first.setdefault((flow.source_ref, flow.target_ref, condition), flow)
        if other is not flow and other.name == flow.name:
            what = f"it joins the same nodes as {other.id!r}, and says the same"
            yield finding_about(flow, DRAWN_TWICE, what)


def _choices(flows: Iterable[m.SequenceFlow], known: Known) -> Iterator[Finding]:
    """The last flow of an exclusive gateway, where all others have conditions, is its default."""
    leaving = defaultdict[str, list[m.SequenceFlow]](list)
    for flow in flows:
        leaving[flow.source_ref].append(flow)
    for name, (*others, last) in leaving.items():
        gateway = known.get(name, (None,))[0]
        if not isinstance(gateway, m.ExclusiveGateway) or gateway.default or not others:
            continue
        if not last.condition_expression and all(one.condition_expression for one in others):
            what = "it has no condition, and is taken where no other flow is"
            mend = f'write default="{last.id}" at {name!r}, or give it a condition'
            yield finding_about(last, NO_CONDITION, what, mend)


def _pools(collaboration: m.Collaboration) -> Iterator[Finding]:
    followed: dict[str, m.Participant] = {}
    for pool in collaboration.participants:
        process = pool.process_ref or ""
        first = followed.setdefault(process, pool)
        if process and first is not pool:
            what = f"it follows the process {process!r}, which {first.id!r} follows, too"
            yield finding_about(pool, TWO_POOLS, what)


def _lanes(lanes: m.LaneSet, level: m.Element | None, known: Known) -> Iterator[Finding]:
    first: dict[str, m.Lane] = {}
    for lane in lanes.lanes:
        for name in lane.flow_node_refs:
            there = first.setdefault(name, lane)
            node, home = known.get(name, (None, None))
            if isinstance(node, m.SequenceFlow):
                what = f"it refers to {name!r}, which is a sequence flow"
                yield finding_about(lane, NO_NODE, what, "name the nodes in it only")
            elif isinstance(level, m.Process) and isinstance(home, m.Process) and home is not level:
                what = f"it refers to {name!r}, which is in the process {home.id!r}"
                yield finding_about(lane, NO_NODE, what, "name the nodes of its own process only")
            elif there is not lane:
                what = f"it holds {name!r}, which stands in the lane {there.id!r}, too"
                yield finding_about(lane, TWO_LANES, what)


def _outside(process: m.Process) -> Iterator[Finding]:
    """One node that no lane holds, beside others that stand in lanes; border events follow."""
    held = {
        name
        for element, _ in walk(process)
        if isinstance(element, m.Lane)
        for name in element.flow_node_refs
    }
    nodes = [one for one in process.flow_elements if isinstance(one, m.FlowNode)]
    nodes = [one for one in nodes if not isinstance(one, m.BoundaryEvent)]
    outside = [one for one in nodes if one.id not in held]
    if len(outside) == 1 and len(nodes) >= MANY:
        what = "it stands in no lane, though all others of its process do"
        yield finding_about(outside[0], NO_LANE, what)


def _itself(process: m.Process) -> Iterator[Finding]:
    """Calls of the process that they are in, which end only if there is a way around them."""
    for element, _ in walk(process):
        if isinstance(element, m.CallActivity) and called_by(element) == process.id:
            yield finding_about(element, OWN_PROCESS, "it calls the process that it is in")


def _lists(node: m.FlowNode) -> Iterator[Finding]:
    for word, flows in (("incoming", node.incoming), ("outgoing", node.outgoing)):
        for flow, times in Counter(flows).items():
            if times > 1:
                what = f"it lists {flow!r} {times} times as <{word}>"
                yield finding_about(node, LISTED_TWICE, what, "keep one of them")


def _host(event: m.FlowNode, container: m.Element | None, known: Known) -> Iterator[Finding]:
    host = event.attached_to_ref if isinstance(event, m.BoundaryEvent) else ""
    if host in known and known[host][1] is not container:
        what = f"it is attached to {host!r}, which is on another level"
        yield finding_about(event, OTHER_LEVEL, what, "move it to the level of what it watches")


def _not_undone(event: m.FlowNode, known: Known, undone: set[str]) -> Iterator[Finding]:
    for definition in event.event_definitions if isinstance(event, m.ThrowEvent) else ():
        if not isinstance(definition, m.CompensateEventDefinition):
            continue
        name = definition.activity_ref or ""
        if name in known and isinstance(known[name][0], m.Task) and name not in undone:
            what = f"nothing undoes {name!r}, which it compensates"
            yield finding_about(event, NOT_UNDONE, what)


def _undoes(event: m.BoundaryEvent) -> bool:
    return any(isinstance(one, m.CompensateEventDefinition) for one in event.event_definitions)


def _id(element: m.Element) -> str:
    return getattr(element, "id", None) or ""
