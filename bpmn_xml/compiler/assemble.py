"""Turn drafts, which name each other by id, into a program of integers and tuples.

What a node is has been decided before (`lowering`); here it is only numbered and linked, and two
things are worked out from the structure: who joins, and who is activated once at most.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from bpmn_xml.compiler.program import (
    NONE,
    STANDARD,
    WAITING,
    Condition,
    Container,
    EventDefinition,
    Flow,
    Join,
    Kind,
    Loop,
    Node,
    Program,
    ScopeRules,
    Work,
)


class ContainerDraft(msgspec.Struct, kw_only=True):
    """A process, or with `node` the inside of that sub-process."""

    id: str
    name: str = ""
    node: str = ""
    starts: Sequence[str] = ()
    triggered: Sequence[str] = ()
    flow_payload: bool = False


class NodeDraft(msgspec.Struct, kw_only=True):
    """A flow node of a container."""

    id: str
    name: str = ""
    kind: Kind
    container: str
    default: str = ""
    host: str = ""
    called: str = ""
    interrupting: bool = True
    events: tuple[EventDefinition, ...] = ()
    needs_all: bool = False
    loop: Loop | None = None
    work: Work | None = None
    lane: str = ""


class FlowDraft(msgspec.Struct, kw_only=True):
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


JOINS: Mapping[Kind, Join] = {
    Kind.PARALLEL_GATEWAY: Join.ALL,
    Kind.INCLUSIVE_GATEWAY: Join.REACHING,
}


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
    index = {node.id: i for i, node in enumerate(drafts.nodes)}
    containers = {container.id: i for i, container in enumerate(drafts.containers)}
    incoming: list[list[int]] = [[] for _ in drafts.nodes]
    outgoing: list[list[int]] = [[] for _ in drafts.nodes]
    for i, flow in enumerate(drafts.flows):
        outgoing[index[flow.source]].append(i)
        incoming[index[flow.target]].append(i)
    joins = [
        JOINS.get(node.kind, Join.EACH) if len(incoming[i]) > 1 else Join.EACH
        for i, node in enumerate(drafts.nodes)
    ]
    targets = [[drafts.flows[f].target for f in out] for out in outgoing]
    flow_index = {flow.id: i for i, flow in enumerate(drafts.flows)}
    bodies = {c.node: i for i, c in enumerate(drafts.containers) if c.node}
    boundary = _boundary(drafts.nodes, index)
    once = _once(drafts, index, incoming, joins)
    nodes = tuple(
        Node(
            index=i,
            id=node.id,
            name=node.name,
            kind=node.kind,
            container=containers[node.container],
            incoming=tuple(incoming[i]),
            outgoing=tuple(outgoing[i]),
            default=flow_index.get(node.default, NONE),
            body=bodies.get(node.id, containers.get(node.called, NONE)),
            host=index.get(node.host, NONE),
            boundary=boundary[i],
            interrupting=node.interrupting,
            events=node.events,
            needs_all=node.needs_all,
            loop=node.loop,
            waiters=_waiters(i, drafts, boundary[i], [index[t] for t in targets[i]]),
            join=joins[i],
            once=once[i],
            work=node.work,
            lane=node.lane,
        )
        for i, node in enumerate(drafts.nodes)
    )
    flows = tuple(
        Flow(
            index=i,
            id=flow.id,
            source=index[flow.source],
            target=index[flow.target],
            container=containers[flow.container],
            condition=flow.condition,
            parks=joins[index[flow.target]] is not Join.EACH,
            decided=nodes[index[flow.source]].kind is Kind.EVENT_GATEWAY,
        )
        for i, flow in enumerate(drafts.flows)
    )
    program = Program(
        nodes=nodes,
        flows=flows,
        containers=_containers(drafts, index, nodes, flows),
        processes={c.id: i for i, c in enumerate(drafts.containers) if not c.node},
        rules=drafts.rules,
        watches=any(event.condition for node in nodes for event in node.events),
    )
    return msgspec.structs.replace(program, hash=program_hash(program))


def _waiters(
    node: int, drafts: Drafts, boundary: Sequence[int], targets: Sequence[int]
) -> tuple[int, ...]:
    """Who waits for the outside while a node is active: itself, its boundary, what it chooses."""
    nodes = drafts.nodes
    kind = nodes[node].kind
    candidates = list(targets) if kind is Kind.EVENT_GATEWAY else list(boundary)
    if kind in (Kind.CATCH_EVENT, Kind.RECEIVE_TASK):
        candidates.insert(0, node)
    return tuple(
        i for i in candidates if any(event.trigger in WAITING for event in nodes[i].events)
    )


def _boundary(nodes: Sequence[NodeDraft], index: Mapping[str, int]) -> list[tuple[int, ...]]:
    """Per node its boundary events, those for one error before those for all (10.5.4)."""
    attached: list[list[int]] = [[] for _ in nodes]
    for i, node in enumerate(nodes):
        if node.host:
            attached[index[node.host]].append(i)

    def catches_all(i: int) -> bool:
        return not any(event.code for event in nodes[i].events)

    return [tuple(sorted(events, key=catches_all)) for events in attached]


def _once(
    drafts: Drafts, index: Mapping[str, int], incoming: Sequence[Sequence[int]], joins: list[Join]
) -> list[bool]:
    """Which nodes get one token at most in any scope: no way to them merges or repeats."""
    nodes, flows = drafts.nodes, drafts.flows
    once = [False] * len(nodes)
    waiting = [len(flows_in) for flows_in in incoming]
    starts = [index[start] for c in drafts.containers for start in c.starts]
    ready = [i for i in dict.fromkeys(starts) if not waiting[i]]
    attached: dict[int, list[int]] = {}
    for i, node in enumerate(nodes):
        if node.host:
            attached.setdefault(index[node.host], []).append(i)
    leaving: list[list[int]] = [[] for _ in nodes]
    for flow in flows:
        leaving[index[flow.source]].append(index[flow.target])
    while ready:
        i = ready.pop()
        once[i] = True
        ready += [event for event in attached.get(i, ()) if nodes[event].interrupting]
        for target in leaving[i]:
            waiting[target] -= 1
            if not waiting[target] and (joins[target] is Join.ALL or len(incoming[target]) == 1):
                ready.append(target)
    return once


def _containers(
    drafts: Drafts, index: Mapping[str, int], nodes: Sequence[Node], flows: Iterable[Flow]
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
            node=index.get(draft.node, NONE),
            nodes=tuple(inside[i]),
            flows=tuple(between[i]),
            starts=tuple(index[start] for start in draft.starts),
            handlers=tuple(n for n in inside[i] if nodes[n].kind is Kind.EVENT_SUB_PROCESS),
            triggered=tuple(index[start] for start in draft.triggered),
            flow_payload=draft.flow_payload,
            reaching=any(nodes[n].join is Join.REACHING for n in inside[i]),
        )
        for i, draft in enumerate(drafts.containers)
    )


def program_hash(program: Program) -> str:
    """A hash of all that decides how a program runs; 32 hexadecimal digits.

    >>> program_hash(Program(nodes=(), flows=(), containers=(), processes={}))[:8]
    '6037f610'
    """
    plain = msgspec.to_builtins(program, enc_hook=_name, builtin_types=())
    return hashlib.sha256(msgspec.json.encode(plain)).hexdigest()[:32]


def _name(value: object) -> str:
    """Stand-in for functions: their texts are hashed beside them."""
    return getattr(value, "__qualname__", type(value).__qualname__)
