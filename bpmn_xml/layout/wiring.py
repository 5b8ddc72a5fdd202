"""Decide how each edge is to be drawn, and which node each piece of data or annotation is put at.

An arc connects nodes of one scope and takes part in the layered layout. A tether connects a thing
with the node it is put at. All other edges are free: they are routed when all shapes have places.
"""

from __future__ import annotations

import msgspec

from bpmn_xml.layout.edges import Edge
from bpmn_xml.layout.outline import Outline
from bpmn_xml.model import BoundaryEvent, FlowNode, Group


class FlowWiring(msgspec.Struct):
    """Arcs by scope, tethers by thing, free edges; things by the node they are put at.

    `loose` things, by scope, are put at no node; free edges lead to `shared` ones from elsewhere.
    """

    arcs: dict[str, list[Edge]]
    tethers: dict[str, list[Edge]]
    free: list[Edge]
    clinging: dict[str, list[str]]
    loose: dict[str, list[str]]
    shared: set[str]


def wire(outline: Outline) -> FlowWiring:
    """Sort all edges and things of a drawing."""
    wiring = FlowWiring({owner: [] for owner in outline.scopes}, {}, [], {}, {}, set())
    anchors = _anchors(outline)
    for owner, scope in outline.scopes.items():
        for thing in scope.things:
            node = anchors.get(thing.id)
            if node is None:
                wiring.loose.setdefault(owner, []).append(thing.id)
            else:
                wiring.clinging.setdefault(node, []).append(thing.id)
    for edge in outline.edges:
        if _is_arc(outline, edge):
            wiring.arcs[outline.scope_of[edge.source]].append(edge)
        elif anchors.get(edge.source) == edge.target:
            wiring.tethers.setdefault(edge.source, []).append(edge)
        elif anchors.get(edge.target) == edge.source:
            wiring.tethers.setdefault(edge.target, []).append(edge)
        else:
            wiring.free.append(edge)
            wiring.shared |= anchors.keys() & {edge.source, edge.target}
    return wiring


def host_of(outline: Outline, node: str) -> str:
    """Find the node that a boundary event stands on; any other node is its own host."""
    element = outline.elements[node]
    hosts = outline.scopes[outline.scope_of[node]].boundary
    if isinstance(element, BoundaryEvent) and element.attached_to_ref in hosts:
        return element.attached_to_ref
    return node


def _is_arc(outline: Outline, edge: Edge) -> bool:
    """Tell whether an edge takes part in the layered layout of a scope."""
    source, target = outline.elements.get(edge.source), outline.elements.get(edge.target)
    if not isinstance(source, FlowNode) or not isinstance(target, FlowNode):
        return False
    same_scope = outline.scope_of[source.id] == outline.scope_of[target.id]
    if not same_scope or host_of(outline, target.id) != target.id:
        return False
    if edge.kind == "sequence":
        return True
    is_compensation = edge.kind == "association" and host_of(outline, source.id) != source.id
    return is_compensation and host_of(outline, source.id) != target.id


def _anchors(outline: Outline) -> dict[str, str]:
    """Map things to the node of their own scope that their first useful edge leads to."""
    things = {
        thing.id
        for scope in outline.scopes.values()
        for thing in scope.things
        if not isinstance(thing, Group)
    }
    ends = [(edge.source, edge.target) for edge in outline.edges]
    ends += [(target, source) for source, target in ends]
    anchors: dict[str, str] = {}
    edges = {edge.id: edge for edge in outline.edges}
    for thing, other in ends:
        if thing in things and thing not in anchors:
            node = _node_in_scope(outline, edges, thing, other)
            if node is not None:
                anchors[thing] = node
    for thing, other in ends:
        if thing in things and thing not in anchors and other in anchors:
            node = _node_in_scope(outline, edges, thing, anchors[other])
            if node is not None:
                anchors[thing] = node
    return anchors


def _node_in_scope(outline: Outline, edges: dict[str, Edge], thing: str, other: str) -> str | None:
    """Find the node in a thing's scope that is, or holds, the other end of its edge."""
    if other in edges:
        other = edges[other].source
    if not isinstance(outline.elements.get(other), FlowNode):
        return None
    scope = outline.scope_of[thing]
    while outline.scope_of[other] != scope:
        owner = outline.scope_of[other]
        if owner not in outline.scope_of:
            return host_of(outline, other) if scope == outline.plane else None
        other = owner
    return host_of(outline, other)
