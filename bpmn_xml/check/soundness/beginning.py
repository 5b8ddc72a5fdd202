"""With what a process begins: one of its starts, or all of them together (10.6.6, 13.2)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import combinations

from bpmn_xml.compiler.drafts import ContainerDraft, FlowDraft, NodeDraft
from bpmn_xml.compiler.program import Kind
from bpmn_xml.compiler.program.scoping import STANDARD


def begins(
    container: ContainerDraft, inside: Mapping[str, NodeDraft], flows: Collection[FlowDraft]
) -> tuple[list[str], bool]:
    """Where a process begins, and whether it does at all of that at once.

    Of several event-based gateways of one conversation each has to be left (13.5.1).
    """
    starts = [*container.starts, *container.triggered]
    before = {flow.target: inside[flow.source] for flow in flows}
    gateways = {start: before[start] for start in starts if start in before}
    together = len({gateway.id for gateway in gateways.values()}) > 1
    if together and len(gateways) == len(starts) and _converse(container, inside):
        every = [start if waits_for_all(one) else one.id for start, one in gateways.items()]
        return list(dict.fromkeys(every)), True
    return starts, _begin_together(container, inside, flows)


def _begin_together(
    container: ContainerDraft, inside: Mapping[str, NodeDraft], flows: Collection[FlowDraft]
) -> bool:
    """Whether all begins that may, and not one of it: what nothing leads to, or all events (13.2).

    What an event-based gateway leads to, or what a message begins, are alternatives (10.6.6), but
    for start events of one conversation that a join brings together.
    """
    all_events = any(waits_for_all(node) for node in inside.values())
    begun = container.starts or (container.triggered if all_events else ())
    together = any(inside[start].kind is not Kind.START_EVENT for start in begun)
    return together or (_converse(container, inside) and _meet(container, inside, flows))


def waits_for_all(node: NodeDraft) -> bool:
    """Whether an event-based gateway waits for all of its events."""
    return node.kind is Kind.EVENT_GATEWAY and node.needs_all


def _converse(container: ContainerDraft, inside: Mapping[str, NodeDraft]) -> bool:
    """Whether all that begins a process are messages of one key, which lead into one instance."""
    events = [event for start in container.triggered for event in inside[start].events]
    starts = len(container.triggered) > 1 and not container.starts
    return starts and container.rules == STANDARD and all(event.key for event in events)


def _meet(
    container: ContainerDraft, inside: Mapping[str, NodeDraft], flows: Collection[FlowDraft]
) -> bool:
    """Whether a parallel gateway waits on some ways for one start, on others for another."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph([(flow.source, flow.target) for flow in flows])
    graph.add_nodes_from(inside)
    reached = {start: nx.descendants(graph, start) | {start} for start in container.triggered}
    for join in [node.id for node in inside.values() if node.kind is Kind.PARALLEL_GATEWAY]:
        ways = [
            {start for start in reached if before in reached[start]}
            for before in graph.predecessors(join)
        ]
        if any(one and other and not one & other for one, other in combinations(ways, 2)):
            return True
    return False
