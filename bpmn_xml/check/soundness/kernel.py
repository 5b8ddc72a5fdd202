"""Make a program of a kernel, for the core to run.

Choices become exclusive gateways, and so on; the conditions are an oracle's. Where tokens merge,
where they wait for a message, and before what consumes or cuts or may be cut off, they pause: so
that they can be at the same place at once, and come in any order, as they can where tasks take
their time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING, Final

import msgspec

from bpmn_xml.check.soundness.oracle import Oracle
from bpmn_xml.check.soundness.questions import Inquiry
from bpmn_xml.check.soundness.reduction import ways_out
from bpmn_xml.check.soundness.skeleton import CUT, START, Role, Strand, names
from bpmn_xml.compiler.assemble import assemble
from bpmn_xml.compiler.drafts import ContainerDraft, Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.program import Condition, EventSpec, Kind, Program, Trigger, Work

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
    Role.COUNT: Kind.USER_TASK,
    Role.COMPLEX: Kind.COMPLEX_GATEWAY,
}

APART: Final = (Role.END, Role.CUT, Role.COUNT, Role.COMPLEX)
"""What tokens come to in any order, each by its own way."""

CROWD: Final = 2
"""How many tokens at one place are a fault where nothing counts them."""

MOST_GIVEN: Final = 8
"""How many tokens at one place are no fault, whatever is given."""

TERMINATE: Final = EventSpec(trigger=Trigger.TERMINATE)


class Kernel(msgspec.Struct, frozen=True):
    """A reduced skeleton as a program that the core can run.

    Attributes:
        program: its nodes are those of the reduced skeleton, and pauses.
        oracle: answers the program's conditions.
        ways: per flow what it stands for.
        forgets: per node that pauses, what is not remembered while a token is there.
        crowd: how many tokens at one place are a fault.
    """

    program: Program
    oracle: Oracle
    ways: tuple[Strand, ...]
    forgets: Mapping[int, frozenset[Inquiry]]
    crowd: int = CROWD


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
    forgets = {n.index: builder.forgets[n.id] for n in program.nodes if n.id in builder.forgets}
    return Kernel(program, builder.oracle, tuple(builder.ways), forgets, builder.crowd())


class _Builder:
    """Builds the drafts; `entry` and `exit` are where the ways into and out of a node meet."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.drafts = Drafts()
        self.oracle = Oracle()
        self.ways: list[Strand] = []
        self.entry: dict[str, str] = {}
        self.exit: dict[str, str] = {}
        self.forgets: dict[str, frozenset[Inquiry]] = {}

    def crowd(self) -> int:
        """One more than there may be at a place: what counts tokens may give several at once."""
        counts = [self.counts(n) for n in self.graph if self.role(n) is Role.COUNT]
        given = prod(gives for _, gives in counts)
        return min(max([1, given, *(takes for takes, _ in counts)]), MOST_GIVEN) + 1

    def counts(self, node: str) -> tuple[int, int]:
        """How many tokens a node takes and gives."""
        counts: tuple[int, int] = self.graph.nodes[node].get("counts", (1, 1))
        return counts

    def role(self, node: str) -> Role:
        role: Role = self.graph.nodes[node]["role"]
        return role

    def add_node(self, node: str) -> None:
        """Add a node, with a pause where tokens can come more than once."""
        role, merges = self.role(node), self.graph.in_degree(node) > 1
        ways = [way for _, way in ways_out(self.graph, node)]
        awaits = node != START and any(way.awaits for way in ways)
        asks = node != START and any(way.needs for way in ways)
        self.entry[node] = self.exit[node] = node
        self.drafts.nodes.append(self._drafted(node))
        if role is Role.CHOICE and (merges or awaits or asks):
            self.entry[node] = self.pause(node)
            self.flow(self.entry[node], node, Strand())
        elif role is Role.SOME and (merges or asks):
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
        if self.role(after) in APART:
            target = self.pause(after)
            self.flow(target, after, Strand())
        if way.forgets:
            way, after = msgspec.structs.replace(way, sends=()), self._done(after, target, way)
            return self.flow(self.exit[node], after, way)
        if way.sends and self.graph.has_node(CUT):
            # It may be cut off before it sends.
            sending, way = way, msgspec.structs.replace(way, path=(), sends=())
            sent = target
            target = self.pause(after)
            self.flow(target, sent, msgspec.structs.replace(sending, awaits=""))
        return self.flow(self.exit[node], target, way)

    def _done(self, after: str, target: str, way: Strand) -> str:
        """Add the place at which what may write is done, before it goes on to a target."""
        name = self.pause(after)
        self.forgets[name] = way.forgets
        self.flow(name, target, Strand(sends=way.sends))
        return name

    def _choose(self, node: str, flows: Sequence[FlowDraft], ways: Sequence[Strand]) -> None:
        role, draft = self.role(node), self._draft(self.exit[node])
        if role is Role.CHOICE and any(way.needs for way in ways):
            self._ask(flows, self.oracle.one([way.needs for way in ways]))
        elif role is Role.CHOICE:
            self._ask(flows[:-1], [self.oracle.condition() for _ in flows[:-1]])
            draft.default = flows[-1].id
        elif role in (Role.SOME, Role.COMPLEX):
            both = list(zip(flows, ways, strict=True))
            free = [(flow, way.needs) for flow, way in both if not way.sure and not way.otherwise]
            draft.default = next((flow.id for flow, way in both if way.otherwise), "")
            asked, needs = [flow for flow, _ in free], [need for _, need in free]
            some = len(free) == len(flows)
            self._ask(asked, self.oracle.some(needs) if some else self.oracle.each(needs))
            self._ask_what_is_known(node, both)

    def _ask(self, flows: Sequence[FlowDraft], conditions: Sequence[Condition]) -> None:
        for flow, condition in zip(flows, conditions, strict=True):
            flow.condition = condition

    def _ask_what_is_known(self, node: str, both: Sequence[tuple[FlowDraft, Strand]]) -> None:
        """Give the flows of a complex gateway the conditions that read no data (13.4.5)."""
        known: Mapping[str, Condition] = self.graph.nodes[node].get("known", {})
        for flow, way in both:
            flow.condition = next((known[one] for one in way.path if one in known), flow.condition)

    def _drafted(self, node: str) -> NodeDraft:
        role, (takes, gives) = self.role(node), self.counts(node)
        draft = _draft(node, role)
        draft.takes, draft.gives = takes, gives
        draft.activation = self.graph.nodes[node].get("activation")
        return draft

    def _draft(self, node: str) -> NodeDraft:
        return next(draft for draft in self.drafts.nodes if draft.id == node)


def _draft(node: str, role: Role) -> NodeDraft:
    events = (TERMINATE,) if role is Role.CUT else ()
    work = Work() if role is Role.COUNT else None
    return NodeDraft(id=node, kind=KINDS[role], container=PROCESS, events=events, work=work)


def told(kernel: Kernel, flow: int) -> tuple[str, ...]:
    """The ids that a flow of the kernel stands for, and its target if that is of the diagram."""
    target = kernel.program.flows[flow].target
    return (*kernel.ways[flow].path, *names(kernel.program.nodes[target].id))
