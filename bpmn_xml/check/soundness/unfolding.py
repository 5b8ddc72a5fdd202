"""Put what is inside sub-processes into the process, where that changes nothing.

So the messages that are sent and awaited there are seen between the pools. It changes nothing
where one token at a time is inside, and nothing can break in: no split, no loop of the whole, no
event at its border or beside it.
"""

from __future__ import annotations

from typing import Final

import msgspec

from bpmn_xml.compiler.drafts import ContainerDraft, Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.program import Kind, Trigger

SPLITTING: Final = (
    Kind.PARALLEL_GATEWAY,
    Kind.INCLUSIVE_GATEWAY,
    Kind.COMPLEX_GATEWAY,
    Kind.EVENT_SUB_PROCESS,
)
BREAKING: Final = frozenset({Trigger.ERROR, Trigger.CANCEL, Trigger.ESCALATION})


def unfolded(drafts: Drafts, process: str) -> Drafts:
    """Drafts in which the sub-processes of a process that can be are unfolded."""
    while True:
        body = next((one for one in drafts.containers if _is_plain(drafts, one, process)), None)
        if body is None:
            return drafts
        drafts = _without(drafts, body, process)


def _is_plain(drafts: Drafts, body: ContainerDraft, process: str) -> bool:
    """Whether a container is a sub-process in a process in which there is one token at a time."""
    around = [one for one in drafts.nodes if one.id == body.node and one.container == process]
    inside = drafts.nodes_in(body.id).values()
    sources = [flow.source for flow in drafts.flows_in(body.id).values()]
    choosing = {node.id for node in inside if node.kind.is_gateway}
    whole = [one for one in around if one.kind is Kind.SUB_PROCESS and _is_once(one)]
    return (
        bool(whole)
        and not any(node.host == body.node for node in drafts.nodes)
        and len(body.starts) == 1
        and not any(node.kind in SPLITTING or not node.interrupting for node in inside)
        and not any(event.trigger in BREAKING for node in inside for event in node.events)
        and all(sources.count(name) == 1 or name in choosing for name in sources)
        and all(_is_once(node) for node in inside)
    )


def _is_once(node: NodeDraft) -> bool:
    return node.loop is None and (node.takes, node.gives) == (1, 1) and not node.needs_all


def _without(drafts: Drafts, body: ContainerDraft, process: str) -> Drafts:
    """Drafts in which what is in a sub-process stands before it, and it is a task."""
    leaving = {flow.source for flow in drafts.flows}
    last = [name for name in drafts.nodes_in(body.id) if name not in leaving]
    ends = [
        FlowDraft(id=f"{name}/over", source=name, target=body.node, container=process)
        for name in last
    ]
    return msgspec.structs.replace(
        drafts,
        containers=[one for one in drafts.containers if one is not body],
        nodes=[_moved(node, body, process) for node in drafts.nodes],
        flows=[*(_led(flow, body, process) for flow in drafts.flows), *ends],
    )


def _moved(node: NodeDraft, body: ContainerDraft, process: str) -> NodeDraft:
    if node.id == body.node:
        return msgspec.structs.replace(node, kind=Kind.TASK, incoming=())
    if node.container != body.id:
        return node
    kinds = {Kind.START_EVENT: Kind.THROW_EVENT, Kind.END_EVENT: Kind.THROW_EVENT}
    return msgspec.structs.replace(node, container=process, kind=kinds.get(node.kind, node.kind))


def _led(flow: FlowDraft, body: ContainerDraft, process: str) -> FlowDraft:
    if flow.container == body.id:
        return msgspec.structs.replace(flow, container=process)
    (first,) = body.starts
    target = first if flow.target == body.node else flow.target
    return msgspec.structs.replace(flow, target=target)
