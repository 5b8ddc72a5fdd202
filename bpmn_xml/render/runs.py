"""From what traces say to marks on a drawing: which element a name means, what is shown at it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from bpmn_xml.compiler.elements.data.association_ends import associations_of, far_refs
from bpmn_xml.compiler.program import Origin
from bpmn_xml.model import (
    Association,
    BaseElement,
    CallActivity,
    ComplexGateway,
    DataInput,
    DataObject,
    DataObjectReference,
    DataOutput,
    DataStoreReference,
    Definitions,
    EventBasedGateway,
    FlowNode,
    GlobalUserTask,
    InclusiveGateway,
    IntermediateCatchEvent,
    MessageFlow,
    ParallelGateway,
    ReceiveTask,
    SequenceFlow,
    StartEvent,
    UserTask,
)
from bpmn_xml.model.sharing import with_shared_events
from bpmn_xml.model.vendors import called_by
from bpmn_xml.model.walk import processes, walk
from bpmn_xml.render.composing.routes import takes_tokens
from bpmn_xml.render.overlay import Mark, Overlay, Progress, State, spoken
from bpmn_xml.trace.names import escape_id, plain_id
from bpmn_xml.trace.summary import ElementState, ElementSummary, RunSummary

_WAITING: Final = (UserTask, ReceiveTask, IntermediateCatchEvent, EventBasedGateway)
_DATA: Final = (DataObject, DataObjectReference, DataStoreReference, DataInput, DataOutput)
_FOR_DATA: Final = escape_id("/input")
"""What is added to the name of an activity while it waits for data, before it begins (10.4.2)."""
_JOINING: Final = (ParallelGateway, InclusiveGateway, ComplexGateway)


class Naming:
    """What a trace calls the elements of a file.

    Args:
        definitions: the file.
        renamed: names of elements whose id another file has, as the trace says.
        labels: what people call nodes, those of other files too, by what the trace calls them.

    Attributes:
        nodes, flows: by what the trace calls them; `flows` are those of tokens, those to what
            undoes an activity among them.
        data: what is drawn of data, by its id.
        associations: the dotted lines between any two elements.
        messages: those of messages, by their ids; no trace names them.
        elements: all of them, by their ids.
        processes: what the trace calls the processes.
    """

    def __init__(
        self,
        definitions: Definitions,
        renamed: Mapping[str, Origin] = MappingProxyType({}),
        labels: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self._labels = labels
        definitions = with_shared_events(definitions)
        roots = definitions.root_elements
        self._asked = {root.id for root in roots if isinstance(root, GlobalUserTask)}
        found = [element for element, _ in walk(definitions)]
        own = {process.id for process in processes(definitions)}
        self._names = {origin.id: name for name, origin in renamed.items() if origin.process in own}
        self.processes = {self.called(id_) for id_ in own}
        self.nodes = {self.called(e.id): e for e in found if isinstance(e, FlowNode)}
        self.associations = [e for e in found if isinstance(e, Association)]
        lines = (e for e in found if isinstance(e, SequenceFlow | Association))
        self.flows = {
            self.called(e.id): e
            for e in lines
            if takes_tokens(e, self.nodes.get(self.called(e.source_ref)))
        }
        self.data = {e.id: e for e in found if isinstance(e, _DATA)}
        self.messages = {e.id: e for e in found if isinstance(e, MessageFlow)}
        self.elements: dict[str, BaseElement] = {
            e.id: e for e in (*self.nodes.values(), *self.flows.values(), *self.messages.values())
        }

    def called(self, id_: str) -> str:
        """What the trace calls an element, by its id."""
        return self._names.get(id_, escape_id(id_))

    def label(self, name: str) -> str:
        """What people call a node, by what the trace calls it: its name, or else its id.

        What is done at a node, as a listener of its start, is called by the node.
        """
        node = self.nodes.get(name)
        if label := self._labels.get(name) or (node and node.name):
            return label
        around, _, part = name.rpartition(escape_id("/"))
        return f"{self.label(around)} ({plain_id(part)})" if around else plain_id(name)

    def waiting(self) -> set[str]:
        """Name what waits for somebody or something while it is active."""
        found = {name for name, node in self.nodes.items() if isinstance(node, _WAITING)}
        found |= {
            name
            for name, node in self.nodes.items()
            if isinstance(node, CallActivity) and called_by(node) in self._asked
        }
        return found | {name + _FOR_DATA for name in self.nodes}

    def starts(self) -> set[str]:
        """Name the start events."""
        return {name for name, node in self.nodes.items() if isinstance(node, StartEvent)}

    def joins(self) -> dict[str, str]:
        """Name the flows that meet others, and the gateways where they do."""
        into = defaultdict[str, list[str]](list)
        for name, flow in self.flows.items():
            into[self.called(flow.target_ref)].append(name)
        return {
            flow: node
            for node, flows in into.items()
            if _joins(self.nodes.get(node), len(flows))
            for flow in flows
        }


def _joins(node: FlowNode | None, flows: int) -> bool:
    """Tell whether tokens wait before a node for others: at a join, or for a start quantity."""
    return (flows > 1 and isinstance(node, _JOINING)) or getattr(node, "start_quantity", 1) > 1


def overlay_of(summary: RunSummary, naming: Naming) -> Overlay:
    """Say what a run did as marks on the elements of a file."""
    marks = {
        drawn.id: _mark(node)
        for node in summary.nodes
        if (drawn := naming.nodes.get(node.id.removesuffix(_FOR_DATA)))
    }
    for flow in summary.flows:
        if flow.id in naming.flows:
            state = Progress.WAITING if flow.waiting else Progress.DONE
            now = flow.waiting if flow.waiting < flow.count else 0
            marks[naming.flows[flow.id].id] = Mark(state=state, count=flow.count, now=now or None)
    marks |= {
        flow: Mark(state=Progress.DONE, count=count)
        for flow, count in carried(summary, naming).items()
    }
    return Overlay(marks=marks | of_data(summary, naming, Progress.DONE))


def of_data(summary: RunSummary, naming: Naming, reached: State) -> dict[str, Mark]:
    """Mark data, and each line to it, by id: it was read or written, and is `reached`, or was not.

    A node reads when it begins and writes when it ends (10.4.2). A line that does not say which of
    both it stands for tells that the node, or the flow, was reached.
    """
    begun = {node.id for node in summary.nodes if node.count}
    ended = {node.id for node in summary.nodes if node.count - node.active - node.cancelled > 0}
    lines = [
        ((association.id, *far_refs(association)), name in visited)
        for name, node in naming.nodes.items()
        for associations, visited in zip(associations_of(node), (begun, ended), strict=True)
        for association in associations
    ]
    seen = begun | {flow.id for flow in summary.flows}
    for line in naming.associations:
        ends = line.source_ref, line.target_ref
        if held := [end for end in ends if end in naming.data]:
            lines.append(((line.id, *held), any(naming.called(end) in seen for end in ends)))
    drawn = {*naming.data, *(id_ for ids, _ in lines for id_ in ids)}
    used = {id_ for ids, visited in lines if visited for id_ in ids}
    return {id_: Mark(state=reached if id_ in used else Progress.UNTOUCHED) for id_ in drawn}


def carried(summary: RunSummary, naming: Naming) -> dict[str, int]:
    """Say how many messages each message flow carried, by its id; nothing of those without.

    That is how many its source has sent that its target has received. Of what the drawing does not
    show, a pool or a process that was not run, the other end tells.
    """
    received = {node.id: node.count - node.active - node.cancelled for node in summary.nodes}
    sent = Counter[tuple[str, str]]()
    for message in summary.messages:
        sent[message.sender, message.receiver] += message.count
    found = {}
    for flow in naming.messages.values():
        ends = naming.called(flow.source_ref), naming.called(flow.target_ref)
        known = []
        if ends[0] in naming.nodes:
            known.append(sent[ends] + sent[ends[0], ""])
        if ends[1] in naming.nodes:
            known.append(received.get(ends[1], 0))
        if count := min(known, default=0):
            found[flow.id] = count
    return found


def _mark(node: ElementSummary) -> Mark:
    timed = node.completed + node.cancelled
    state = Progress(str(node.state))
    count = node.count + node.joining
    now = _NOW[state](node) if state in _NOW else 0
    return Mark(
        state=state,
        count=count or None,
        now=now if 0 < now < count else None,
        duration=spoken(node.mean / 1_000_000) if timed and node.total else "",
        remark=_remark(node),
    )


_NOW: Final[Mapping[Progress, Callable[[ElementSummary], int]]] = {
    Progress.ACTIVE: lambda node: node.active + node.joining - node.waiting,
    Progress.WAITING: lambda node: node.active + node.joining,
    Progress.FAILED: lambda node: node.stuck or node.cancelled - node.interrupted,
    Progress.DONE: lambda node: node.count - node.cancelled,
}
"""How many visits of a node are as its state says; of those that wait none does anything else."""


def _remark(node: ElementSummary) -> str:
    """Say how many calls failed, threw BPMN errors, which is no failure, or were interrupted."""
    failed, errors = node.failures - node.errors, node.errors
    told = [f"{failed:,} failed"] if failed else []
    if errors:
        told.append(f"{errors:,} {'error' if errors == 1 else 'errors'}")
    if node.interrupted and node.state is not ElementState.INTERRUPTED:
        told.append(f"{node.interrupted:,} interrupted")
    return ", ".join(told)
