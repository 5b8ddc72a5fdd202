"""What a container is to its tokens: nodes that choose, that take all, that end.

A skeleton is a networkx graph of three ways to treat tokens. Whatever takes its time alone is no
node of it but part of a way: tasks, events that are waited for, sub-processes, which are looked at
on their own. A boundary event is a choice of its activity. So the skeleton says what data, time
and the outside may do, and nothing about which of it they will.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from bpmn_xml.check.soundness.beginning import begins, waits_for_all
from bpmn_xml.check.soundness.breaking import BODIES, BREAKING, breaking_off, untriggered
from bpmn_xml.check.soundness.memory import NOTHING, Memory
from bpmn_xml.check.soundness.messages import NO_POST, Post
from bpmn_xml.check.soundness.questions import Answers, Inquiry
from bpmn_xml.check.variables.reads_and_writes import read_by
from bpmn_xml.compiler.drafts import ContainerDraft, Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.gate import MOST_TOKENS
from bpmn_xml.compiler.program import Condition, Kind, Trigger, is_about

if TYPE_CHECKING:
    import networkx as nx

START: Final = "/start"
END: Final = "/end"
CUT: Final = "/cut"
NEVER: Final = "/never"
"""Nodes that no diagram has: where all begins, where tokens are consumed, where a scope is cut off,
and whence no token comes."""


DEAD: Final = "dead"


class Role(Enum):
    """How a node of a skeleton treats tokens."""

    CHOICE = "choice"  # each token goes on by itself, along one way
    ALL = "all"  # one token per way in, then one per way out
    SOME = "some"  # all tokens that can come, then one on each of some ways out
    END = "end"  # each token is consumed
    CUT = "cut"  # one token ends the scope with all others in it
    COUNT = "count"  # several tokens are taken or given (10.3.2)
    COMPLEX = "complex"  # what an activation condition asks for, then a reset (13.4.5)


class Strand(msgspec.Struct, frozen=True):
    """An edge of a skeleton.

    Attributes:
        path: ids of flows and nodes along it, in order; one way of several.
        covers: ids of all that is reached if it is taken, beside the path.
        sure: taken whenever its source is left.
        sends: nodes of other pools that get a message.
        awaits: the node whose message lets a token take this way, if it needs one.
        otherwise: taken only if no other way from an inclusive source is.
        needs: which answers lead to this way.
        forgets: what may be answered otherwise while a token is on this way, and after it.
    """

    path: tuple[str, ...] = ()
    covers: frozenset[str] = frozenset()
    sure: bool = False
    sends: tuple[str, ...] = ()
    awaits: str = ""
    otherwise: bool = False
    needs: Answers = frozenset()
    forgets: frozenset[Inquiry] = frozenset()

    @property
    def quiet(self) -> bool:
        """Whether other pools and other conditions have nothing to do with it."""
        return not (self.sends or self.awaits or self.needs or self.forgets)

    def then(self, *onward: tuple[Iterable[str], Strand]) -> Strand:
        """This way, then a node and another way, on which nothing is awaited, and so on."""
        others = [way for _, way in onward]
        passed = [name for node, way in onward for name in (*node, *way.path)]
        return msgspec.structs.replace(
            self,
            path=(*self.path, *passed),
            covers=self.covers.union(*[way.covers for way in others]),
            sends=(*self.sends, *[name for way in others for name in way.sends]),
            forgets=self.forgets.union(*[way.forgets for way in others]),
        )

    def over(self, *others: Strand, both: bool) -> Strand:
        """This way in place of quiet ones side by side; `both` if all of them are taken."""
        beside = [name for way in others for name in way.path]
        path = tuple(dict.fromkeys((*self.path, *beside))) if both else self.path
        covers = self.covers.union(beside, *[way.covers for way in others])
        return Strand(path, covers, self.sure or any(way.sure for way in others))


GATEWAYS: Final = {
    Kind.EXCLUSIVE_GATEWAY: Role.CHOICE,
    Kind.EVENT_GATEWAY: Role.CHOICE,
    Kind.PARALLEL_GATEWAY: Role.ALL,
    Kind.INCLUSIVE_GATEWAY: Role.SOME,
    Kind.COMPLEX_GATEWAY: Role.COMPLEX,
}

CUTTING: Final = BREAKING | {Trigger.TERMINATE}
"""What an end event ends its scope with (13.5.6)."""

COUNTED: Final = frozenset({"activationCount", "waitingForStart"})
"""What the conditions of a complex gateway read beside data (13.4.5)."""


class UnknownKindError(Exception):
    """A skeleton cannot say how an element treats tokens; the argument is its id."""


class Surroundings(NamedTuple):
    """What is known from outside a container: other pools, other conditions, what it is for.

    In a process that is meant to be run (`runs`) a flow without condition beside others that have
    one is taken as the engine does; in a mere drawing it stands for one that nobody has written.
    A gateway without any condition may take each of its flows in both.
    """

    post: Post = NO_POST
    memory: Memory = NOTHING
    runs: bool = False


ALONE: Final = Surroundings()


def skeleton(
    drafts: Drafts, container: ContainerDraft, outside: Surroundings = ALONE
) -> nx.MultiDiGraph[str]:
    """The skeleton of one container; `outside` says for which messages it waits, what it remembers.

    Returns:
        nodes with a `role`, edges with a `way`; only what can be reached. `DEAD` names flows
        that leave what is never left by them, or a node of a process that never begins.

    Raises:
        UnknownKindError: tokens are treated in a way that has no role.
    """
    import networkx as nx

    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.graph[DEAD] = []
    graph.add_nodes_from([(END, {"role": Role.END}), (CUT, {"role": Role.CUT})])
    inside = drafts.nodes_in(container.id)
    if not (container.node or container.starts or container.triggered):
        graph.graph[DEAD] += list(inside)[:1]
    flows = [*drafts.flows_in(container.id).values()]
    _see_whole(inside, flows, (*container.starts, *container.triggered))
    leaving: dict[str, list[FlowDraft]] = {name: [] for name in inside}
    for flow in flows:
        leaving[flow.source].append(flow)
    broken_off, in_vain = _known_of_bodies(drafts, inside.values(), runs=outside.runs)
    for node in inside.values():
        if node.kind not in (Kind.EVENT_SUB_PROCESS, Kind.END_EVENT):
            _add(graph, node, leaving[node.id], inside, outside)
        if node.id in broken_off:
            graph.remove_edge(_begun(node), _done(node))
            graph.graph[DEAD] += [flow.id for flow in leaving[node.id]]
    for node in inside.values():
        if node.id in in_vain:
            graph.graph[DEAD].append(node.id)
        elif node.kind is Kind.BOUNDARY_EVENT and not is_about(node.events, Trigger.COMPENSATION):
            _attach(graph, node, inside[node.host], outside)
    _begin(graph, container, inside, flows, outside.post)
    _forget_unreached(graph, nx.descendants(graph, START) | {START})
    return graph


def _known_of_bodies(
    drafts: Drafts, inside: Iterable[NodeDraft], *, runs: bool
) -> tuple[Collection[str], Collection[str]]:
    """What nothing leaves by its end; in what is run, the boundary events that never happen."""
    if not any(node.kind in BODIES or node.called for node in inside):
        return (), ()
    return breaking_off(drafts), untriggered(drafts) if runs else ()


def _forget_unreached(graph: nx.MultiDiGraph[str], reached: Collection[str]) -> None:
    """Remove what no token reaches, but for the ways on which a join waits in vain (13.4.1)."""
    in_vain = [
        (after, data["way"])
        for before, after, data in graph.edges(data=True)
        if before not in reached and after in reached and graph.nodes[after]["role"] is Role.ALL
    ]
    graph.remove_nodes_from([name for name in graph if name not in reached])
    for after, way in in_vain:
        graph.add_node(NEVER, role=Role.CHOICE)
        graph.add_edge(NEVER, after, way=way)


def _see_whole(
    inside: Mapping[str, NodeDraft], flows: Iterable[FlowDraft], starts: Iterable[str]
) -> None:
    """Refuse flows to what the compiler has left out, or to what no token comes; starts, too."""
    hosts = [node.host for node in inside.values() if node.kind is Kind.BOUNDARY_EVENT]
    ends = [end for flow in flows for end in (flow.source, flow.target)]
    for name in (*hosts, *ends, *starts):
        if name not in inside or inside[name].kind is Kind.EVENT_SUB_PROCESS:
            raise UnknownKindError(name)


def _add(
    graph: nx.MultiDiGraph[str],
    node: NodeDraft,
    leaving: Sequence[FlowDraft],
    inside: Mapping[str, NodeDraft],
    outside: Surroundings,
) -> None:
    """Add a node with the ways out of it, as one node or as a merge before a split."""
    role = Role.ALL if waits_for_all(node) else GATEWAYS.get(node.kind)
    if role is None and node.kind.is_gateway:
        raise UnknownKindError(node.id)
    if role:
        graph.add_node(node.id, role=role, **_complex(node, leaving))
    else:
        _add_activity(graph, node, leaving, outside)
    split = node.id if role else _left(node)
    taken = _up_to_always(node, leaving) if outside.runs else leaving
    for target, way in _ways(node, taken, inside, outside) or [(END, Strand())]:
        graph.add_edge(split, target, way=way)
    known = {flow.id for flow in taken}
    never = [flow for flow in leaving if flow.id not in known]
    for target, way in _ways(node, never, inside, outside):
        graph.add_edge(NEVER, target, way=way)


def _add_activity(
    graph: nx.MultiDiGraph[str],
    node: NodeDraft,
    leaving: Sequence[FlowDraft],
    outside: Surroundings,
) -> None:
    """Add what is no gateway: it is begun, done and left, with as many tokens as it counts."""
    post, forgets = outside.post, outside.memory.forgets.get(node.id, frozenset())
    way = Strand(sends=post.sent_by(node.id), awaits=post.awaited_at(node.id), forgets=forgets)
    if _begun(node) != node.id:
        graph.add_node(node.id, role=Role.COUNT, counts=(node.takes, 1))
        graph.add_edge(node.id, _begun(node), way=Strand())
    graph.add_node(_begun(node), role=Role.CHOICE)
    graph.add_node(_done(node), role=Role.CHOICE)
    graph.add_edge(_begun(node), _done(node), way=way)
    last = _done(node)
    if node.gives > 1:
        last = f"{node.id}/given"
        graph.add_node(last, role=Role.COUNT, counts=(1, min(node.gives, MOST_TOKENS)))
        graph.add_edge(_done(node), last, way=Strand())
    graph.add_node(_left(node), role=_split_role(leaving))
    graph.add_edge(last, _left(node), way=Strand())


def _complex(node: NodeDraft, leaving: Sequence[FlowDraft]) -> dict[str, object]:
    """What a complex gateway asks that is about its tokens, not about data."""
    if node.kind is not Kind.COMPLEX_GATEWAY:
        return {}
    if node.activation and not _counts(node.activation):
        raise UnknownKindError(node.id)
    known = {f.id: f.condition for f in leaving if f.condition and _counts(f.condition)}
    return {"activation": node.activation, "known": known}


def _counts(condition: Condition) -> bool:
    """Whether a condition is about the tokens at a complex gateway only."""
    found = read_by(condition)
    return bool(found) and found <= COUNTED


def _ways(
    node: NodeDraft,
    leaving: Sequence[FlowDraft],
    inside: Mapping[str, NodeDraft],
    outside: Surroundings,
) -> list[tuple[str, Strand]]:
    """Where the flows out of a node lead, and by which way."""
    conditions = any(flow.condition for flow in leaving)
    free = node.kind is Kind.INCLUSIVE_GATEWAY and not conditions
    ways = []
    for flow in leaving:
        target, path = _target(inside[flow.target])
        way = Strand(
            (flow.id, *path),
            sure=flow.condition is None and flow.id != node.default and not free,
            sends=outside.post.sent_by(flow.target) if path else (),
            awaits=outside.post.awaited_before(flow.target),
            otherwise=conditions and flow.id == node.default,
            needs=outside.memory.needs.get(flow.id, frozenset()),
        )
        ways.append((target, way))
    return ways


def _up_to_always(node: NodeDraft, leaving: Sequence[FlowDraft]) -> Sequence[FlowDraft]:
    """The flows that can be taken: by an exclusive gateway none after a free one (13.4.2)."""
    if node.kind is not Kind.EXCLUSIVE_GATEWAY or not any(flow.condition for flow in leaving):
        return leaving
    asked = [flow for flow in leaving if flow.id != node.default]
    always = next((i for i, flow in enumerate(asked) if flow.condition is None), None)
    return leaving if always is None else asked[: always + 1]


def _target(node: NodeDraft) -> tuple[str, tuple[str, ...]]:
    """Where a way to a node ends: tokens that come to an end event do not meet there (13.5.6)."""
    if node.kind is not Kind.END_EVENT:
        return node.id, ()
    cuts = any(event.trigger in CUTTING for event in node.events)
    return CUT if cuts else END, (node.id,)


def _begun(node: NodeDraft) -> str:
    """The part of a node that has the tokens it takes."""
    return node.id if node.takes == 1 else f"{node.id}/begun"


def _done(node: NodeDraft) -> str:
    """The part of a node at which its work is over, in one of several ways."""
    return f"{node.id}/done"


def _left(node: NodeDraft) -> str:
    """The part of a split node from which its outgoing ways lead."""
    return f"{node.id}/left"


def _split_role(leaving: Sequence[FlowDraft]) -> Role:
    """How tokens leave what is no gateway (13.3.1)."""
    if len(leaving) < 2:
        return Role.CHOICE
    return Role.SOME if any(flow.condition for flow in leaving) else Role.ALL


def _attach(
    graph: nx.MultiDiGraph[str], event: NodeDraft, host: NodeDraft, outside: Surroundings
) -> None:
    """Let a boundary event be a choice of its host: instead of its end, or beside it, once."""
    if _done(host) not in graph:
        raise UnknownKindError(host.id)
    awaits = outside.post.awaited_before(event.id)
    way = Strand(awaits=awaits, forgets=outside.memory.forgets.get(host.id, frozenset()))
    if event.interrupting:
        graph.add_edge(_begun(host), event.id, way=way)
        return
    both = f"{event.id}/beside"
    graph.add_node(both, role=Role.ALL)
    graph.add_edge(_begun(host), both, way=way)
    graph.add_edge(both, event.id, way=Strand())
    graph.add_edge(both, _done(host), way=Strand(forgets=way.forgets))


def _begin(
    graph: nx.MultiDiGraph[str],
    container: ContainerDraft,
    inside: Mapping[str, NodeDraft],
    flows: Collection[FlowDraft],
    post: Post,
) -> None:
    """Begin at one of what may begin, or at all that nothing leads to (13.2)."""
    starts, joint = begins(container, inside, flows)
    graph.add_node(START, role=Role.ALL if joint else Role.CHOICE)
    for start in starts:
        target, path = _target(inside[start])
        awaits = "" if joint else post.awaited_before(start)
        graph.add_edge(START, target, way=Strand(path, awaits=awaits))
    if not starts:
        graph.add_edge(START, END, way=Strand())


def names(node: str) -> tuple[str, ...]:
    """The id of a node of the diagram; nothing for a part of one, which its whole speaks for."""
    return () if "/" in node else (node,)
