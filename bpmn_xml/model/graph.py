"""A container is also a graph: its flow nodes are the nodes, its sequence flows the edges.

Every algorithm of networkx works on it. It is frozen, as the values are that it is made of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from bpmn_xml.model.collaboration import MessageFlow
from bpmn_xml.model.common import FlowElement
from bpmn_xml.model.foundation import BaseElement

if TYPE_CHECKING:
    import networkx as nx

    Known = Mapping[str, FlowElement]


class FlowElementsContainer:
    """What holds flow elements (8.4): processes, sub-processes, choreographies."""

    __slots__ = ()
    flow_elements: tuple[FlowElement, ...]

    @cached_property
    def graph(self) -> nx.MultiDiGraph[Any]:
        """The flow nodes and sequence flows as a frozen graph, made once.

        Nodes are the ids of flow nodes, edge keys the ids of flows; the attribute `element` holds
        the node or flow. A sequence flow that leads from or to no node of this container is left
        out.
        """
        graph = empty_graph()
        add_flow(graph, self)
        return freeze(graph)

    def graph_with(
        self,
        *,
        attachments: bool = False,
        contents: bool = False,
        links: bool = False,
        messages: Iterable[MessageFlow] = (),
        data: bool = False,
    ) -> nx.MultiDiGraph[Any]:
        """Return the graph with further edges for analysis; `kind` says what an edge is.

        `attachments` lead from an activity to its boundary events (`kind="attachment"`);
        `contents` from a sub-process to each node inside (`"content"`), with the graphs of all
        sub-processes however deeply nested; `links` from a link throw event to the catch event
        of that name (`"link"`); `messages` are message flows (`"message"`), where an end outside
        of the graph becomes a node whose `element` is `None`; `data` are data associations
        (`"data"`), whose data become nodes. Sequence flows are `"flow"`.
        """
        graph = empty_graph()
        containers = nested(self) if contents else [self]
        for container in containers:
            add_flow(graph, container)
        known = {item.id: item for container in containers for item in container.flow_elements}
        wanted = {"attachment": attachments, "content": contents, "link": links, "data": data}
        for kind in (kind for kind, is_wanted in wanted.items() if is_wanted):
            for container in containers:
                add_edges(graph, kind, EDGES[kind](container, known), known)
        ends = (Ends(flow.source_ref, flow.target_ref, flow) for flow in messages)
        add_edges(graph, "message", ends, known)
        return freeze(graph)


class Ends(NamedTuple):
    """An edge to add: the ids that it connects and the element that it stands for."""

    source: str
    target: str
    element: BaseElement


def empty_graph() -> nx.MultiDiGraph[Any]:
    """Make a graph without nodes. Only here networkx is imported: that takes its time."""
    import networkx as nx

    return nx.MultiDiGraph()


def freeze(graph: nx.MultiDiGraph[Any]) -> nx.MultiDiGraph[Any]:
    """Return a graph that refuses to change."""
    import networkx as nx

    frozen: nx.MultiDiGraph[Any] = nx.freeze(graph)
    return frozen


def add_flow(graph: nx.MultiDiGraph[Any], container: FlowElementsContainer) -> None:
    """Add the flow nodes of a container and the sequence flows between them."""
    from bpmn_xml.model.common import FlowNode, SequenceFlow

    nodes = {node.id: node for node in container.flow_elements if isinstance(node, FlowNode)}
    for identity, node in nodes.items():
        graph.add_node(identity, element=node)
    for flow in container.flow_elements:
        if isinstance(flow, SequenceFlow) and {flow.source_ref, flow.target_ref} <= nodes.keys():
            ends = (flow.source_ref, flow.target_ref)
            graph.add_edge(*ends, flow.id, element=flow, kind="flow")


def add_edges(graph: nx.MultiDiGraph[Any], kind: str, edges: Iterable[Ends], known: Known) -> None:
    """Add edges of one kind, and the nodes that they need."""
    for source, target, element in edges:
        for end in (source, target):
            if end not in graph:
                graph.add_node(end, element=known.get(end))
        graph.add_edge(source, target, element.id, element=element, kind=kind)


def nested(container: FlowElementsContainer) -> list[FlowElementsContainer]:
    """Return a container and all that are nested in it, outer ones first."""
    found = [container]
    for outer in found:
        found += [item for item in outer.flow_elements if isinstance(item, FlowElementsContainer)]
    return found


def attachments_in(container: FlowElementsContainer, known: Known) -> Iterator[Ends]:
    """Yield what leads from activities to their boundary events."""
    from bpmn_xml.model.events import BoundaryEvent

    for event in container.flow_elements:
        if isinstance(event, BoundaryEvent) and event.attached_to_ref in known:
            yield Ends(event.attached_to_ref, event.id, event)


def contents_in(container: FlowElementsContainer, _known: Known) -> Iterator[Ends]:
    """Yield what leads from the sub-processes of a container to the nodes inside of them."""
    from bpmn_xml.model.common import FlowNode

    for outer in container.flow_elements:
        if isinstance(outer, FlowElementsContainer):
            inside = (node for node in outer.flow_elements if isinstance(node, FlowNode))
            yield from (Ends(outer.id, node.id, node) for node in inside)


def links_in(container: FlowElementsContainer, _known: Known) -> Iterator[Ends]:
    """Yield what leads from link throw events to the catch events of the same name."""
    from bpmn_xml.model.events import IntermediateCatchEvent, IntermediateThrowEvent
    from bpmn_xml.model.links import link_events

    caught: dict[str, list[IntermediateCatchEvent]] = {}
    thrown = list[tuple[IntermediateThrowEvent, str]]()
    for event, name in link_events(container.flow_elements):
        if isinstance(event, IntermediateCatchEvent):
            caught.setdefault(name, []).append(event)
        else:
            thrown.append((event, name))
    for event, name in thrown:
        yield from (Ends(event.id, target.id, event) for target in caught.get(name, ()))


def data_in(container: FlowElementsContainer, known: Known) -> Iterator[Ends]:
    """Yield the data associations whose data is drawn in one of the containers."""
    for node in container.flow_elements:
        for association in getattr(node, "data_input_associations", ()):
            sources = (source for source in association.source_refs if source in known)
            yield from (Ends(source, node.id, association) for source in sources)
        for association in getattr(node, "data_output_associations", ()):
            if association.target_ref in known:
                yield Ends(node.id, association.target_ref, association)


EDGES: Final[Mapping[str, Callable[[FlowElementsContainer, Known], Iterator[Ends]]]] = {
    "attachment": attachments_in,
    "content": contents_in,
    "link": links_in,
    "data": data_in,
}
"""How the edges of each kind are found."""
