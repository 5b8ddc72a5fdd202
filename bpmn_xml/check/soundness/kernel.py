"""Make a program of a kernel, for the core to run.

Choices become exclusive gateways, and so on; the conditions are an oracle's. Where tokens merge,
where they wait for a message, and before what consumes or cuts or may be cut off, they pause: so
that they can be at the same place at once, and come in any order, as they can where tasks take
their time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from bpmn_xml.check.soundness.oracle import Oracle
from bpmn_xml.check.soundness.reduction import ways_out
from bpmn_xml.check.soundness.skeleton import CUT, START, Role, Strand, names
from bpmn_xml.compiler.assemble import assemble
from bpmn_xml.compiler.drafts import ContainerDraft, Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.program import EventSpec, Kind, Program, Trigger, Work

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

PROCESS: Final = "kernel"

KINDS: Final = {
    Role.CHOICE: Kind.EXCLUSIVE_GATEWAY,
    Role.ALL: Kind.PARALLEL_GATEWAY,
    Role.SOME: Kind.INCLUSIVE_GATEWAY,
    Role.END: Kind.END_EVENT,
    Role.CUT: Kind.END_EVENT,
}

TERMINATE: Final = EventSpec(trigger=Trigger.TERMINATE)


class Kernel(msgspec.Struct, frozen=True):
    """A kernel that can be run.

    Attributes:
        program: its nodes are those of the reduced skeleton, and pauses.
        oracle: answers the program's conditions.
        ways: per flow what it stands for.
    """

    program: Program
    oracle: Oracle
    ways: tuple[Strand, ...]


def build(graph: Graph) -> Kernel:
    """The program of a reduced skeleton."""
    builder = _Builder(graph)
    for node in graph:
        builder.add_node(node)
    for node in graph:
        builder.add_ways(node)
    drafts = builder.drafts
    drafts.containers.append(ContainerDraft(id=PROCESS, starts=[START]))
    program = assemble(drafts)
    return Kernel(program, builder.oracle, tuple(builder.ways))


class _Builder:
    """Drafts at work; `entry` and `exit` say where the ways of a node come and go."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.drafts = Drafts()
        self.oracle = Oracle()
        self.ways: list[Strand] = []
        self.entry: dict[str, str] = {}
        self.exit: dict[str, str] = {}

    def role(self, node: str) -> Role:
        role: Role = self.graph.nodes[node]["role"]
        return role

    def add_node(self, node: str) -> None:
        """Add a node, with a pause where tokens can come more than once."""
        role, merges = self.role(node), self.graph.in_degree(node) > 1
        awaits = node != START and any(way.awaits for _, way in ways_out(self.graph, node))
        self.entry[node] = self.exit[node] = node
        self.drafts.nodes.append(_draft(node, role))
        if role is Role.CUT or (role is Role.CHOICE and (merges or awaits)):
            self.entry[node] = self.pause(node)
            self.flow(self.entry[node], node, Strand())
        elif role is Role.SOME and merges:
            self.exit[node] = f"{node}/split"
            self.drafts.nodes.append(_draft(self.exit[node], role))
            pause = self.pause(node)
            self.flow(node, pause, Strand())
            self.flow(pause, self.exit[node], Strand())

    def pause(self, before: str) -> str:
        """Add a place at which tokens wait."""
        name = f"{before}/pause{len(self.drafts.nodes)}"
        draft = NodeDraft(id=name, kind=Kind.USER_TASK, container=PROCESS, work=Work())
        self.drafts.nodes.append(draft)
        return name

    def flow(self, source: str, target: str, way: Strand) -> FlowDraft:
        """Add a flow that stands for a way."""
        name = f"flow{len(self.ways)}"
        draft = FlowDraft(id=name, source=source, target=target, container=PROCESS)
        self.drafts.flows.append(draft)
        self.ways.append(way)
        return draft

    def add_ways(self, node: str) -> None:
        """Add what leaves a node, with what chooses between it."""
        leaving = ways_out(self.graph, node)
        flows = [self._way(node, after, way) for after, way in leaving]
        if len(flows) > 1:
            self._choose(node, flows, [way for _, way in leaving])

    def _way(self, node: str, after: str, way: Strand) -> FlowDraft:
        target = self.entry[after]
        if self.role(after) is Role.END:
            target = self.pause(after)
            self.flow(target, after, Strand())
        if way.sends and self.graph.has_node(CUT):
            # It may be cut off before it sends.
            sending, way = way, msgspec.structs.replace(way, path=(), sends=())
            sent = target
            target = self.pause(after)
            self.flow(target, sent, msgspec.structs.replace(sending, awaits=""))
        return self.flow(self.exit[node], target, way)

    def _choose(self, node: str, flows: Sequence[FlowDraft], ways: Sequence[Strand]) -> None:
        if self.role(node) is Role.CHOICE:
            for flow in flows[:-1]:
                flow.condition = self.oracle.condition()
            self._draft(node).default = flows[-1].id
        elif self.role(node) is Role.SOME:
            free = [flow for flow, way in zip(flows, ways, strict=True) if not way.sure]
            certain = len(free) < len(flows)
            asked = [self.oracle.condition() for _ in free] if certain else None
            for flow, condition in zip(free, asked or self.oracle.some(len(free)), strict=True):
                flow.condition = condition

    def _draft(self, node: str) -> NodeDraft:
        return next(draft for draft in self.drafts.nodes if draft.id == node)


def _draft(node: str, role: Role) -> NodeDraft:
    events = (TERMINATE,) if role is Role.CUT else ()
    return NodeDraft(id=node, kind=KINDS[role], container=PROCESS, events=events)


def told(kernel: Kernel, flow: int) -> tuple[str, ...]:
    """The ids that a flow of the kernel stands for, and its target if that is of the diagram."""
    target = kernel.program.flows[flow].target
    return (*kernel.ways[flow].path, *names(kernel.program.nodes[target].id))
