"""Turn drafts, which name each other by id, into a program of integers and tuples.

What a node is has been decided before (`lowering`); here it is only numbered and linked, and two
things are worked out from the structure: who joins, and who is activated once at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from bpmn_xml.compiler.fingerprint import program_hash
from bpmn_xml.compiler.program import (
    NONE,
    WAITING,
    Condition,
    Container,
    EventSpec,
    Flow,
    Join,
    Kind,
    Node,
    Program,
    Repetition,
    Work,
)
from bpmn_xml.compiler.scoping import STANDARD, Assign, CallData, LocalFrame, ScopeRules
from bpmn_xml.errors import NOWHERE, Place


class ContainerDraft(msgspec.Struct, kw_only=True):
    """A process, or with `node` the inside of that sub-process."""

    id: str
    name: str = ""
    node: str = ""
    starts: Sequence[str] = ()
    triggered: Sequence[str] = ()
    flow_payload: bool = False


class FrameDraft(msgspec.Struct, kw_only=True):
    """What is done around a node; `before` and `after` name listeners."""

    local: Sequence[str] = ()
    inputs: Sequence[Assign] = ()
    outputs: Sequence[Assign] = ()
    before: Sequence[str] = ()
    after: Sequence[str] = ()


class NodeDraft(msgspec.Struct, kw_only=True, gc=False):
    """A flow node of a container; `incoming` orders its flows, as far as it names them."""

    id: str
    name: str = ""
    kind: Kind
    container: str
    incoming: Sequence[str] = ()
    default: str = ""
    host: str = ""
    called: str = ""
    interrupting: bool = True
    events: tuple[EventSpec, ...] = ()
    needs_all: bool = False
    loop: Repetition | None = None
    work: Work | None = None
    frame: FrameDraft | None = None
    call: CallData | None = None
    receives: tuple[Assign, ...] = ()
    lane: str = ""
    place: Place = NOWHERE


class FlowDraft(msgspec.Struct, kw_only=True, gc=False):
    """A sequence flow of a container."""

    id: str
    source: str
    target: str
    container: str
    condition: Condition | None = None


class Drafts(msgspec.Struct, kw_only=True):
    """All that a program is made of, containers before what is in them."""

    containers: list[ContainerDraft] = msgspec.field(default_factory=list)
    nodes: list[NodeDraft] = msgspec.field(default_factory=list)
    flows: list[FlowDraft] = msgspec.field(default_factory=list)
    rules: ScopeRules = STANDARD


PASSING: Final = frozenset(
    {
        Kind.START_EVENT,
        Kind.END_EVENT,
        Kind.THROW_EVENT,
        Kind.BOUNDARY_EVENT,
        Kind.EXCLUSIVE_GATEWAY,
        Kind.PARALLEL_GATEWAY,
        Kind.INCLUSIVE_GATEWAY,
    }
)
"""Kinds that take no time: in the scope of their listeners there is nothing else."""

JOINS: Final[Mapping[Kind, Join]] = {
    Kind.PARALLEL_GATEWAY: Join.ALL,
    Kind.INCLUSIVE_GATEWAY: Join.REACHING,
}


class Links(msgspec.Struct, kw_only=True):
    """Where everything is found by its id, and what leads to what, by index.

    Attributes:
        nodes, flows, containers: id -> index.
        bodies: id of a sub-process -> index of the container inside.
        incoming, outgoing: per node its flows in document order.
        attached: per node its boundary events in document order.
        joins: per node how it treats what arrives.
    """

    nodes: dict[str, int]
    flows: dict[str, int]
    containers: dict[str, int]
    bodies: dict[str, int]
    incoming: list[list[int]]
    outgoing: list[list[int]]
    attached: list[list[int]]
    joins: list[Join]


def assemble(drafts: Drafts) -> Program:
    """Number and link the drafts.

    >>> program = assemble(Drafts(
    ...     containers=[ContainerDraft(id="P", starts=["a"])],
    ...     nodes=[NodeDraft(id="a", kind=Kind.TASK, container="P"),
    ...            NodeDraft(id="b", kind=Kind.TASK, container="P")],
    ...     flows=[FlowDraft(id="f", source="a", target="b", container="P")]))
    >>> program.nodes[1].incoming, program.flows[0].target, program.nodes[1].once
    ((0,), 1, True)
    """
    links = _link(drafts)
    nodes, flows = _nodes(drafts, links), _flows(drafts, links)
    program = Program(
        nodes=nodes,
        flows=flows,
        containers=_containers(drafts, links, nodes, flows),
        processes={c.id: i for i, c in enumerate(drafts.containers) if not c.node},
        rules=drafts.rules,
        watches=any(event.condition for node in nodes for event in node.events),
    )
    return msgspec.structs.replace(program, hash=program_hash(program))


def _link(drafts: Drafts) -> Links:
    nodes = {node.id: i for i, node in enumerate(drafts.nodes)}
    incoming: list[list[int]] = [[] for _ in drafts.nodes]
    outgoing: list[list[int]] = [[] for _ in drafts.nodes]
    attached: list[list[int]] = [[] for _ in drafts.nodes]
    for i, flow in enumerate(drafts.flows):
        outgoing[nodes[flow.source]].append(i)
        incoming[nodes[flow.target]].append(i)
    for i, node in enumerate(drafts.nodes):
        if node.host:
            attached[nodes[node.host]].append(i)
        if len(incoming[i]) > 1:
            rank = {flow: place for place, flow in enumerate(node.incoming)}
            incoming[i].sort(key=lambda f: rank.get(drafts.flows[f].id, len(rank)))
    return Links(
        nodes=nodes,
        flows={flow.id: i for i, flow in enumerate(drafts.flows)},
        containers={container.id: i for i, container in enumerate(drafts.containers)},
        bodies={c.node: i for i, c in enumerate(drafts.containers) if c.node},
        incoming=incoming,
        outgoing=outgoing,
        attached=attached,
        joins=[
            JOINS.get(node.kind, Join.EACH) if len(incoming[i]) > 1 else Join.EACH
            for i, node in enumerate(drafts.nodes)
        ],
    )


def _nodes(drafts: Drafts, links: Links) -> tuple[Node, ...]:
    once = _once(drafts, links)
    return tuple(
        [
            Node(
                index=i,
                id=node.id,
                name=node.name,
                kind=node.kind,
                container=links.containers[node.container],
                incoming=tuple(links.incoming[i]),
                outgoing=tuple(links.outgoing[i]),
                default=links.flows.get(node.default, NONE),
                body=links.bodies.get(node.id, links.containers.get(node.called, NONE)),
                host=links.nodes.get(node.host, NONE),
                boundary=_exact_first(drafts.nodes, links.attached[i]),
                interrupting=node.interrupting,
                events=node.events,
                needs_all=node.needs_all,
                waiters=_waiters(drafts, links, i),
                loop=node.loop,
                join=links.joins[i],
                once=once[i],
                work=node.work,
                frame=_frame(node, i, links),
                call=node.call or (drafts.rules.call if node.called else None),
                receives=node.receives,
                lane=node.lane,
                place=node.place,
            )
            for i, node in enumerate(drafts.nodes)
        ]
    )


def _frame(node: NodeDraft, index: int, links: Links) -> LocalFrame | None:
    """What is done around a node; one that takes no time has no place of its own in it."""
    draft = node.frame
    if draft is None:
        return None
    before, after = ([links.nodes[name] for name in part] for part in (draft.before, draft.after))
    bare = node.kind in PASSING and not (draft.inputs or draft.outputs)
    own = () if bare else (index,)
    return LocalFrame(
        local=tuple(draft.local),
        inputs=tuple(draft.inputs),
        outputs=tuple(draft.outputs),
        chain=(*before, *own, *after),
    )


def _waiters(drafts: Drafts, links: Links, node: int) -> tuple[int, ...]:
    """Who waits for the outside while a node is active: itself, its boundary, what it chooses."""
    kind = drafts.nodes[node].kind
    candidates = list(links.attached[node])
    if kind is Kind.EVENT_GATEWAY:
        candidates = [links.nodes[drafts.flows[flow].target] for flow in links.outgoing[node]]
    elif kind in (Kind.CATCH_EVENT, Kind.RECEIVE_TASK):
        candidates.insert(0, node)
    return tuple(
        [i for i in candidates if any(e.trigger in WAITING for e in drafts.nodes[i].events)]
    )


def _exact_first(nodes: Sequence[NodeDraft], boundary: Sequence[int]) -> tuple[int, ...]:
    """The boundary events for one error before those for all (10.5.4)."""
    return tuple(sorted(boundary, key=lambda i: not any(event.code for event in nodes[i].events)))


def _flows(drafts: Drafts, links: Links) -> tuple[Flow, ...]:
    return tuple(
        [
            Flow(
                index=i,
                id=flow.id,
                source=links.nodes[flow.source],
                target=links.nodes[flow.target],
                container=links.containers[flow.container],
                condition=flow.condition,
                parks=links.joins[links.nodes[flow.target]] is not Join.EACH,
                decided=drafts.nodes[links.nodes[flow.source]].kind is Kind.EVENT_GATEWAY,
            )
            for i, flow in enumerate(drafts.flows)
        ]
    )


def _once(drafts: Drafts, links: Links) -> list[bool]:
    """Which nodes get one token at most in any scope: no way to them merges or repeats."""
    once = [False] * len(drafts.nodes)
    waiting = [len(flows) for flows in links.incoming]
    starts = [links.nodes[start] for c in drafts.containers for start in c.starts]
    ready = [i for i in dict.fromkeys(starts) if not waiting[i]]
    while ready:
        i = ready.pop()
        once[i] = True
        ready += [event for event in links.attached[i] if drafts.nodes[event].interrupting]
        for flow in links.outgoing[i]:
            target = links.nodes[drafts.flows[flow].target]
            waiting[target] -= 1
            alone = links.joins[target] is Join.ALL or len(links.incoming[target]) == 1
            if alone and not waiting[target]:
                ready.append(target)
    return once


def _containers(
    drafts: Drafts, links: Links, nodes: Sequence[Node], flows: Iterable[Flow]
) -> tuple[Container, ...]:
    inside: list[list[int]] = [[] for _ in drafts.containers]
    between: list[list[int]] = [[] for _ in drafts.containers]
    for node in nodes:
        inside[node.container].append(node.index)
    for flow in flows:
        between[flow.container].append(flow.index)
    return tuple(
        Container(
            index=i,
            id=draft.id,
            name=draft.name,
            node=links.nodes.get(draft.node, NONE),
            nodes=tuple(inside[i]),
            flows=tuple(between[i]),
            starts=tuple(links.nodes[start] for start in draft.starts),
            handlers=tuple(n for n in inside[i] if nodes[n].kind is Kind.EVENT_SUB_PROCESS),
            triggered=tuple(links.nodes[start] for start in draft.triggered),
            flow_payload=draft.flow_payload,
            reaching=any(nodes[n].join is Join.REACHING for n in inside[i]),
        )
        for i, draft in enumerate(drafts.containers)
    )
