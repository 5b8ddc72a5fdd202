"""Sub-processes that nothing leaves by their end, for they always end by an error or a cancel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bpmn_xml.compiler.drafts import ContainerDraft, Drafts, FlowDraft, NodeDraft
from bpmn_xml.compiler.program import Kind

BODIES: Final = (Kind.SUB_PROCESS, Kind.TRANSACTION)

BREAKING: Final = frozenset({"error", "cancel"})
"""What an end event leaves the activity around it with, by another way than its end (13.5.6)."""

CHOOSING: Final = (
    Kind.EXCLUSIVE_GATEWAY,
    Kind.EVENT_GATEWAY,
    Kind.INCLUSIVE_GATEWAY,
    Kind.COMPLEX_GATEWAY,
)


def breaking_off(drafts: Drafts) -> set[str]:
    """The sub-processes in which whatever begins comes to an error or a cancel."""
    bodies = {node.id for node in drafts.nodes if node.kind in BODIES}
    return {one.node for one in drafts.containers if one.node in bodies and _breaks(drafts, one)}


def _breaks(drafts: Drafts, container: ContainerDraft) -> bool:
    """Whether something ends a container in this way, and no run gets around it."""
    inside = {node.id: node for node in drafts.nodes if node.container == container.id}
    if not any(_triggers(node) & BREAKING for node in inside.values() if _is_end(node)):
        return False
    if any(_ends_all(node) for node in inside.values()):
        return False
    flows = [flow for flow in drafts.flows if flow.container == container.id]
    return _around(inside, flows).isdisjoint(container.starts)


def _ends_all(node: NodeDraft) -> bool:
    """Whether a node may end all at any time, before what breaks off comes to it."""
    return node.kind is Kind.EVENT_SUB_PROCESS or (_is_end(node) and "terminate" in _triggers(node))


def _is_end(node: NodeDraft) -> bool:
    return node.kind is Kind.END_EVENT


def _triggers(node: NodeDraft) -> set[str]:
    return {event.trigger.value for event in node.events}


def _around(inside: Mapping[str, NodeDraft], flows: Sequence[FlowDraft]) -> set[str]:
    """The nodes from which tokens may all come to ends that do not break off."""
    borders = [one for one in inside.values() if one.host in inside and one.interrupting]
    hosts = [(one.host, one.id) for one in borders]
    before: dict[str, list[str]] = {name: [] for name in inside}
    open_ = dict.fromkeys(inside, 0)
    for source, target in [*((flow.source, flow.target) for flow in flows), *hosts]:
        before[target].append(source)
        open_[source] += 1
    choosing = {flow.source for flow in flows if flow.condition} | {host for host, _ in hosts}
    choosing |= {name for name, node in inside.items() if node.kind in CHOOSING}
    waiting = [
        name for name, ways in open_.items() if not ways and not _triggers(inside[name]) & BREAKING
    ]
    found = set(waiting)
    while waiting:
        for name in before[waiting.pop()]:
            open_[name] -= 1
            if name not in found and (name in choosing or not open_[name]):
                found.add(name)
                waiting.append(name)
    return found
