"""A container is also a graph: its flow nodes are the nodes, its sequence flows the edges."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

    from bpmn_xml.model.common import FlowElement


class FlowElementsContainer:
    """What holds flow elements (8.4): processes, sub-processes, choreographies."""

    __slots__ = ()
    flow_elements: tuple[FlowElement, ...]

    @cached_property
    def graph(self) -> nx.MultiDiGraph[Any]:
        """The flow nodes and sequence flows as a frozen graph, made once."""
        return build_graph(self)


def build_graph(container: FlowElementsContainer) -> nx.MultiDiGraph[Any]:
    """Make the frozen graph of a container; attribute `element` holds the node or flow.

    A sequence flow whose source or target is no flow node of the container is left out.
    """
    import networkx as nx

    from bpmn_xml.model.common import FlowNode, SequenceFlow

    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for element in container.flow_elements:
        if isinstance(element, FlowNode):
            graph.add_node(element.id, element=element)
    for element in container.flow_elements:
        if isinstance(element, SequenceFlow):
            source, target = element.source_ref, element.target_ref
            if source in graph and target in graph:
                graph.add_edge(source, target, element.id, element=element)
    frozen: nx.MultiDiGraph[Any] = nx.freeze(graph)
    return frozen
