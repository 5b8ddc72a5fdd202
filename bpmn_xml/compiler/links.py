"""What leads to what in a drawing, by index, and who joins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from bpmn_xml.compiler.drafts import Drafts, NodeDraft
from bpmn_xml.compiler.program import Join, Kind

JOINS: Final[Mapping[Kind, Join]] = {
    Kind.PARALLEL_GATEWAY: Join.ALL,
    Kind.INCLUSIVE_GATEWAY: Join.REACHING,
    Kind.COMPLEX_GATEWAY: Join.ACTIVATING,
}


class Links(Struct, kw_only=True):
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


def link(drafts: Drafts) -> Links:
    """Number everything and find what leads to what."""
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
        joins=[_join(node, len(incoming[i])) for i, node in enumerate(drafts.nodes)],
    )


def _join(node: NodeDraft, incoming: int) -> Join:
    """The kind of join that a node is."""
    if node.takes > 1 and incoming:
        return Join.ENOUGH
    counts = node.kind is Kind.COMPLEX_GATEWAY and node.activation is not None
    return JOINS.get(node.kind, Join.EACH) if incoming > 1 or (incoming and counts) else Join.EACH
