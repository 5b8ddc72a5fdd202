"""How the elements of a level hang together: flows with two ends, events with the right ones.

Nothing here is mended by guessing: a flow that leads nowhere would lose a token in silence.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.file import DiagramFile, Level
from bpmn_xml.compiler.words import with_article
from bpmn_xml.model.about import element_word
from bpmn_xml.model.links import LinkEvent
from bpmn_xml.wording import MOST_HINTS, listed, suggest

SLIP: Final = 0.8
"""How alike ids are of which one may be meant: those that editors make up begin alike."""

MOST: Final = 100
"""So many nodes are looked at for the one that may be meant by the end of a flow."""

ALONE: Final = "connect it, or remove it"

Flows = Sequence[m.SequenceFlow]

STRAY: Final[Mapping[str, Sequence[str]]] = {
    "source": ("from", "source", "fromRef"),
    "target": ("to", "target", "toRef"),
}
"""What people write for the ends of a flow, which BPMN calls sourceRef and targetRef."""

ODD: Final = (m.Event, m.SubProcess, m.ReceiveTask, m.EventBasedGateway)
"""Elements to which, or from which, some flows cannot lead."""


class Wiring(NamedTuple):
    """The nodes of a level by id, in document order, and what joins them.

    Attributes:
        flows: those that join two of the nodes.
        leaving, arriving: per node its flows.
        attached: per node its boundary events.
    """

    nodes: dict[str, m.FlowNode]
    flows: list[m.SequenceFlow]
    leaving: dict[str, list[m.SequenceFlow]]
    arriving: dict[str, list[m.SequenceFlow]]
    attached: dict[str, list[str]]

    def onward(self, name: str) -> list[str]:
        """Return the nodes to which tokens come from one: along its flows, and at its border."""
        return [*(flow.target_ref for flow in self.leaving[name]), *self.attached[name]]


def wire(file: DiagramFile, level: Level) -> Wiring:
    """Sort out the elements of a level, and report the flows that do not join two of its nodes."""
    nodes = {e.id: e for e in level.flow_elements if isinstance(e, m.FlowNode)}
    wiring = Wiring(
        nodes=nodes,
        flows=[],
        leaving={name: [] for name in nodes},
        arriving={name: [] for name in nodes},
        attached={name: [] for name in nodes},
    )
    for element in level.flow_elements:
        if isinstance(element, m.BoundaryEvent) and element.attached_to_ref in nodes:
            wiring.attached[element.attached_to_ref].append(element.id)
        if isinstance(element, m.SequenceFlow) and _joins_two(file, level, element, nodes):
            wiring.flows.append(element)
            wiring.leaving[element.source_ref].append(element)
            wiring.arriving[element.target_ref].append(element)
    return wiring


def rings(wiring: Wiring) -> dict[str, str]:
    """Per node one of those to which it leads and which lead to it: the same for all of them.

    Found as Kosaraju does: against the flows, from what is left last on the way along them.
    """
    onward = {name: wiring.onward(name) for name in wiring.leaving}
    back: dict[str, list[str]] = {name: [] for name in onward}
    for name, others in onward.items():
        for other in others:
            back[other].append(name)
    found: dict[str, str] = {}
    for first in reversed(_left_in_turn(onward)):
        waiting = [first]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found[name] = first
                waiting += back[name]
    return found


def _left_in_turn(onward: Mapping[str, Sequence[str]]) -> list[str]:
    """The nodes in the order in which a walk in depth leaves them."""
    left, seen = list[str](), set[str]()
    for first in onward:
        path = [] if first in seen else [(first, iter(onward[first]))]
        seen.add(first)
        while path:
            name, ways = path[-1]
            other = next((way for way in ways if way not in seen), None)
            if other is None:
                left.append(name)
                path.pop()
            else:
                seen.add(other)
                path.append((other, iter(onward[other])))
    return left


def _joins_two(
    file: DiagramFile, level: Level, flow: m.SequenceFlow, nodes: Mapping[str, m.FlowNode]
) -> bool:
    ends = {"source": flow.source_ref, "target": flow.target_ref}
    missing = {end: ref for end, ref in ends.items() if ref not in nodes}
    unnamed = [end for end, ref in missing.items() if not ref]
    if unnamed:
        what = f"it names no {listed(unnamed, 'and no')}"
        file.report(codes.LOOSE_FLOW, flow, what, _named_ends(flow, unnamed))
    for end, ref in missing.items():
        if ref:
            code, where, remedy = _elsewhere(file, level, ref, nodes)
            file.report(code, flow, f"its {end} {ref!r} {where}", remedy)
    return not missing


def _named_ends(flow: m.SequenceFlow, ends: Sequence[str]) -> str:
    """How to name ends of a flow, which may stand there by another name."""
    there = {one.name for one in flow.extension_attributes if not one.namespace}
    stray = [word for end in ends for word in STRAY[end] if word in there]
    wanted = listed(f"{end}Ref" for end in ends)
    return f"did you mean {wanted} by {listed(stray)}?" if stray else f"give it a {wanted}"


def _elsewhere(
    file: DiagramFile, level: Level, ref: str, nodes: Mapping[str, m.FlowNode]
) -> tuple[str, str, str]:
    """What is the matter with an end of a flow that is no node of the flow's level."""
    element, container = file.homes.get(ref, (None, None))
    if element is None:
        if len(file.findings) >= MOST_HINTS:
            return codes.LOOSE_FLOW, "is not in the file", ALONE
        for other in level.foreign_elements:
            if other.attribute("id") == ref:
                where = f"is an unknown element, <{other.name}> in line {other.place.line}"
                return codes.LOOSE_FLOW, where, _known_element(other.name)
        remedy = suggest(ref, islice(nodes, MOST), ALONE, alike=SLIP)
        return codes.LOOSE_FLOW, "is not in the file", remedy
    if not isinstance(element, m.FlowNode):
        what = f"is {with_article(element_word(element))}"
        return codes.LOOSE_FLOW, what, "connect it to an activity, event or gateway"
    if process_of(file, container) is not process_of(file, level):
        return codes.BORDER, "is in another process", "draw a message flow between processes"
    return codes.BORDER, "is on another level", "connect it within its level"


def _known_element(name: str) -> str:
    """What to do about an element that BPMN does not know: its case counts too."""
    known = {one[0].lower() + one[1:] for one in vars(m) if _is_node(one)} - {name}
    same = [one for one in known if one.lower() == name.lower()]
    return suggest(name, same or sorted(known), "draw a task, event or gateway instead")


def _is_node(name: str) -> bool:
    kind = getattr(m, name)
    return isinstance(kind, type) and issubclass(kind, m.FlowNode)


def process_of(file: DiagramFile, element: m.Element | None) -> m.Element | None:
    """The process around an element, or None.

    Of several elements with one id the first is meant, which stands before the inner one, so that
    this ends.
    """
    while element is not None and not isinstance(element, m.Process):
        _, element = file.homes.get(getattr(element, "id", None) or "", (None, None))
    return element


def is_link(node: m.FlowNode) -> bool:
    """Whether an event jumps to another, or is jumped to."""
    if not isinstance(node, LinkEvent):
        return False
    return any(isinstance(d, m.LinkEventDefinition) for d in node.event_definitions)


def is_event_sub_process(node: m.FlowNode) -> bool:
    """Whether an event begins a node, not a token (10.3.5)."""
    return isinstance(node, m.SubProcess) and node.triggered_by_event


def instantiates(node: m.Element) -> bool:
    """Whether what a node waits for begins the process (10.3.3, 10.6.6)."""
    return isinstance(node, m.ReceiveTask | m.EventBasedGateway) and node.instantiate


def check_wiring(file: DiagramFile, wiring: Wiring) -> None:
    """Find flows, hosts and defaults that cannot be what they are drawn as."""
    for name, node in wiring.nodes.items():
        arriving, leaving = wiring.arriving[name], wiring.leaving[name]
        if isinstance(node, ODD):
            _report_flows(file, node, arriving if has_no_way_in(node) else (), "leads into")
            _report_flows(file, node, leaving if has_no_way_out(node) else (), "leaves")
        if isinstance(node, m.BoundaryEvent):
            _check_host(file, node, wiring.nodes.get(node.attached_to_ref))
        elif isinstance(node, m.EventBasedGateway):
            _check_event_gateway(file, node, wiring)
        _check_default(file, node, leaving)


def has_no_way_in(node: m.FlowNode) -> bool:
    """Whether no sequence flow can lead to a node (10.5.2, 10.5.3, 10.3.5, 10.6.6)."""
    begins = isinstance(node, (m.StartEvent, m.BoundaryEvent)) or instantiates(node)
    return begins or is_event_sub_process(node)


def has_no_way_out(node: m.FlowNode) -> bool:
    """Whether no sequence flow can leave a node (10.5.3, 10.5.4, 10.3.5)."""
    jumps = isinstance(node, m.IntermediateThrowEvent) and is_link(node)
    return jumps or isinstance(node, m.EndEvent) or is_event_sub_process(node)


def _report_flows(file: DiagramFile, node: m.FlowNode, flows: Flows, does: str) -> None:
    for flow in flows:
        what = f"it {does} {_called(node)}"
        file.report(codes.DIRECTION, flow, what, "connect it to another element")


def _check_event_gateway(file: DiagramFile, gateway: m.EventBasedGateway, wiring: Wiring) -> None:
    """What an event-based gateway leads to must wait, and be reached in no other way (13.4.4)."""
    if not wiring.leaving[gateway.id]:
        what, remedy = "it leads to nothing to wait for", "lead it to catch events"
        file.report(codes.EVENT, gateway, what, remedy)
    for flow in wiring.leaving[gateway.id]:
        target = wiring.nodes[flow.target_ref]
        if not isinstance(target, m.IntermediateCatchEvent | m.ReceiveTask) or is_link(target):
            what = f"it leads to {_called(target)}, which waits for nothing"
            remedy = "lead it to a catch event or a receive task"
            file.report(codes.EVENT, gateway, what, remedy)
        elif len(wiring.arriving[target.id]) > 1:
            what = f"another flow leads to {_called(target)} too"
            file.report(codes.EVENT, gateway, what, "lead only the gateway there")
        elif wiring.attached[target.id] or getattr(target, "loop_characteristics", None):
            what = f"it leads to {_called(target)}, which has a boundary event or a loop"
            file.report(codes.EVENT, gateway, what, "remove that, or draw a catch event instead")


def _called(node: m.FlowNode) -> str:
    if is_event_sub_process(node):
        return f"event sub-process {node.id!r}"
    if instantiates(node):
        return f"{element_word(node)} {node.id!r}, which starts the process"
    return f"{'link event' if is_link(node) else element_word(node)} {node.id!r}"


def _check_host(file: DiagramFile, event: m.BoundaryEvent, host: m.FlowNode | None) -> None:
    if not isinstance(host, m.Activity) or is_event_sub_process(host):
        known = _called(host) if host is not None else repr(event.attached_to_ref)
        what = f"it is attached to {known}, which is no activity of its level"
        file.report(codes.HOST, event, what, "attach it to a task or sub-process")
    elif not isinstance(host, m.Transaction) and any(
        isinstance(definition, m.CancelEventDefinition) for definition in event.event_definitions
    ):
        what = f"it waits for {_called(host)} to be cancelled, which is no transaction"
        file.report(codes.HOST, event, what, "attach it to a transaction")


def _check_default(file: DiagramFile, node: m.FlowNode, leaving: Flows) -> None:
    default = getattr(node, "default", None)
    if default and all(flow.id != default for flow in leaving):
        what = f"its default flow {default!r} does not leave it"
        file.report(codes.DEFAULT, node, what, "name one of its outgoing flows")
