"""Turn drafts, which name each other by id, into a program of integers and tuples.

What a node is has been decided before (`lowering`); here it is only numbered and linked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from msgspec.structs import replace

from bpmn_xml.compiler.drafts import Drafts, NodeDraft, shared
from bpmn_xml.compiler.elements.compensation import find_undo
from bpmn_xml.compiler.elements.local_variables import is_scope
from bpmn_xml.compiler.fingerprint import clock_of, program_hash
from bpmn_xml.compiler.links import Links, link
from bpmn_xml.compiler.once import come_once
from bpmn_xml.compiler.program import (
    NONE,
    WAITING,
    Container,
    EventSpec,
    Flow,
    Join,
    Kind,
    Node,
    NodeFacts,
    Program,
    Trigger,
    follows,
    is_about,
)
from bpmn_xml.compiler.program.scoping import ASKED, CallData, LocalFrame, ScopeRules

PASSING: Final = frozenset(
    {
        Kind.START_EVENT,
        Kind.END_EVENT,
        Kind.THROW_EVENT,
        Kind.BOUNDARY_EVENT,
        Kind.EXCLUSIVE_GATEWAY,
        Kind.PARALLEL_GATEWAY,
        Kind.INCLUSIVE_GATEWAY,
        Kind.COMPLEX_GATEWAY,
    }
)
"""Kinds that take no time: in the scope of their listeners there is nothing else."""


def assemble(drafts: Drafts) -> Program:
    """Number and link the drafts.

    >>> from bpmn_xml.compiler.drafts import ContainerDraft, FlowDraft, NodeDraft
    >>> program = assemble(Drafts(
    ...     containers=[ContainerDraft(id="P", starts=["a"])],
    ...     nodes=[NodeDraft(id="a", kind=Kind.TASK, container="P"),
    ...            NodeDraft(id="b", kind=Kind.TASK, container="P")],
    ...     flows=[FlowDraft(id="f", source="a", target="b", container="P")]))
    >>> program.nodes[1].incoming, program.flows[0].target, program.nodes[1].once
    ((0,), 1, True)
    """
    links = link(drafts)
    nodes, flows = _nodes(drafts, links), _flows(drafts, links)
    program = Program(
        nodes=nodes,
        flows=flows,
        containers=_containers(drafts, links, nodes, flows),
        processes={c.id: i for i, c in enumerate(drafts.containers) if not c.node},
        correlations=drafts.correlations,
        renamed=drafts.renamed,
        answers=_has_answers(nodes),
        watches=any(_following(nodes)),
        watched=_watched(nodes),
        compensates=any(node.undoes for node in nodes),
        evaluates_ad_hoc=any(node.ad_hoc and node.ad_hoc.is_evaluated_after_each for node in nodes),
        counted=frozenset([node.index for node in nodes if not node.once]),
    )
    return replace(program, hash=program_hash(program), clock=clock_of(program))


def _following(nodes: Sequence[Node]) -> Iterator[EventSpec]:
    return (event for node in nodes for event in node.events if follows(event))


def _watched(nodes: Sequence[Node]) -> frozenset[str]:
    """The variables at whose change something is looked at; none if something always is."""
    names = [event.variable_names for event in _following(nodes)]
    return frozenset(name for each in names for name in each) if all(names) else frozenset()


def _has_answers(nodes: Sequence[Node]) -> bool:
    """Whether elements ask somebody's Python for what they read."""
    works = [node.work for node in nodes if node.work is not None]
    frames = [node.frame for node in nodes if node.frame is not None]
    moved = [one for frame in frames for one in (*frame.inputs, *frame.told, *frame.outputs)]
    written = [work.result for work in works] + ["".join(one.target[:1]) for one in moved]
    return any(name.startswith(ASKED) for name in written) or any(one.cuts for one in frames)


def _nodes(drafts: Drafts, links: Links) -> tuple[Node, ...]:
    once, undo = come_once(drafts, links), find_undo(drafts)
    nodes = [
        Node(
            index=i,
            container=links.containers[node.container],
            incoming=tuple(links.incoming[i]),
            outgoing=tuple(links.outgoing[i]),
            default=links.flows.get(node.default, NONE),
            body=links.bodies.get(node.id, links.containers.get(node.called, NONE)),
            host=links.nodes.get(node.host, NONE),
            boundary=tuple(links.attached[i]),
            undo=links.nodes.get(undo.handlers.get(node.id, ""), NONE),
            undoes=node.id in undo.activities,
            waiters=_waiters(drafts, links, i),
            join=links.joins[i],
            once=once[i],
            frame=_frame(node, i, links, undone=node.id in undo.activities),
            **_facts(node, links, _rules(drafts, links, node).call),
        )
        for i, node in enumerate(drafts.nodes)
    ]
    return tuple(nodes)


def _rules(drafts: Drafts, links: Links, node: NodeDraft) -> ScopeRules:
    return drafts.containers[links.containers[node.container]].rules


def _facts(node: NodeDraft, links: Links, usual: CallData) -> dict[str, Any]:
    """What a drawing says of a node, with what its events and its call lack."""
    facts = shared(node, NodeFacts)
    return facts | {"events": _events(node, links), "call": _call(node, usual)}


def _call(node: NodeDraft, usual: CallData) -> CallData | None:
    """What a node passes; a call that says nothing itself passes what is usual."""
    if node.which is not None:
        return replace(node.call or usual, which=node.which)
    return node.call or (usual if node.called else None)


def _frame(node: NodeDraft, index: int, links: Links, *, undone: bool) -> LocalFrame | None:
    """What is done around a node; one that takes no time has no place of its own in it."""
    draft = node.frame
    if draft is None:
        return None
    parts = (draft.before, draft.done, draft.output_jobs, draft.after)
    before, done, jobs, after = (_numbered(links, part) for part in parts)
    bare = node.kind in PASSING and not (draft.inputs or draft.outputs)
    undoes = undone or is_about(node.events, Trigger.COMPENSATION)
    own = (index,) if undoes or not bare else ()
    return LocalFrame(
        local=tuple(draft.local),
        inputs=tuple(draft.inputs),
        told=tuple(draft.told),
        told_at=links.nodes[draft.told_first[0]] if draft.told_first else index,
        assigning=_numbered(links, draft.assigning),
        updating=_numbered(links, draft.updating),
        ending=_numbered(links, draft.ending),
        cuts=_numbered(links, draft.cuts),
        inner=_numbered(links, draft.inner),
        outputs=tuple(draft.outputs),
        keeps=not all("".join(one.target[:1]).startswith(ASKED) for one in draft.outputs),
        chain=(*before, *own, *done, *jobs, *after),
        gives=[index, *done, *jobs][-1],
        own=is_scope(node, links.attached[index]),
    )


def _numbered(links: Links, names: Iterable[str]) -> tuple[int, ...]:
    return tuple([links.nodes[name] for name in names])


def _events(node: NodeDraft, links: Links) -> tuple[EventSpec, ...]:
    """The event definitions of a node; what they compensate is found by its id."""
    return tuple(
        [
            replace(event, activity=links.nodes.get(event.undone, NONE)) if event.undone else event
            for event in node.events
        ]
    )


def _waiters(drafts: Drafts, links: Links, node: int) -> tuple[int, ...]:
    """Who waits for the outside while a node is active: itself, its boundary, what it chooses."""
    kind = drafts.nodes[node].kind
    candidates = list(links.attached[node])
    if kind is Kind.EVENT_GATEWAY:
        candidates = [links.nodes[drafts.flows[flow].target] for flow in links.outgoing[node]]
    elif kind in (Kind.CATCH_EVENT, Kind.RECEIVE_TASK, Kind.INPUT):
        candidates.insert(0, node)
    return tuple(
        [i for i in candidates if any(e.trigger in WAITING for e in drafts.nodes[i].events)]
    )


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
            rules=draft.rules,
            closing=links.nodes.get(draft.closing, NONE),
            local=tuple(draft.local),
            named={name: links.nodes[at] for name, at in draft.named.items()},
            joins=any(nodes[n].join is not Join.EACH for n in inside[i]),
            reaching=any(nodes[n].join in (Join.REACHING, Join.ACTIVATING) for n in inside[i]),
        )
        for i, draft in enumerate(drafts.containers)
    )
