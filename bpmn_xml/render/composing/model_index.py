"""What a drawing must know of a model: every element by its id, and what lies in what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from bpmn_xml.model import (
    BaseElement,
    BoundaryEvent,
    Definitions,
    Element,
    FlowNode,
    Lane,
    LaneSet,
    Participant,
    SequenceFlow,
    StartEvent,
)
from bpmn_xml.model.about import name_of
from bpmn_xml.model.sharing import with_shared_events
from bpmn_xml.model.walk import children


class ModelIndex(msgspec.Struct, frozen=True):
    """Elements by id, the id of what each lies in, and the sequence flows by their source."""

    elements: Mapping[str, BaseElement]
    parents: Mapping[str, str]
    pools: Mapping[str, str]  # process -> participant
    lanes: Mapping[str, str]  # flow node -> lane
    outgoing: Mapping[str, tuple[SequenceFlow, ...]]
    shared: frozenset[str]  # names that several flow nodes have to which flows lead

    def name(self, element: str | None) -> str:
        """Tell the name of an element; empty when it has none or does not exist."""
        return name_of(self.elements.get(element or ""))

    def told_apart(self, element: str, name: str) -> str:
        """The name of an element as it is shown, with its id where others are called so, too."""
        return f"{name} ({element})" if self.name(element) in self.shared else name


def index_model(definitions: Definitions) -> ModelIndex:
    """Walk the model once, without recursion; of elements with the same id the first counts."""
    roots = with_shared_events(definitions).root_elements
    elements: dict[str, BaseElement] = {}
    parents: dict[str, str] = {}
    waiting: list[tuple[str, Element]] = [("", root) for root in roots[::-1]]
    while waiting:
        parent, element = waiting.pop()
        if not isinstance(element, BaseElement):
            continue
        if element.id not in elements:
            elements[element.id] = element
            parents[element.id] = parent
        waiting += [(element.id, child) for child in children(element)[::-1]]
    return ModelIndex(
        elements,
        parents,
        _pools(elements),
        _lanes(elements, parents),
        _outgoing(elements),
        _shared(elements),
    )


def _shared(elements: Mapping[str, BaseElement]) -> frozenset[str]:
    nodes = [e for e in elements.values() if isinstance(e, FlowNode)]
    often = Counter(name_of(node) for node in nodes if not isinstance(node, StartEvent))
    return frozenset(name for name, count in often.items() if name and count > 1)


def _pools(elements: Mapping[str, BaseElement]) -> dict[str, str]:
    pools: dict[str, str] = {}
    for element in elements.values():
        if isinstance(element, Participant) and element.process_ref:
            pools.setdefault(element.process_ref, element.id)
    return pools


def _lanes(elements: Mapping[str, BaseElement], parents: Mapping[str, str]) -> dict[str, str]:
    """Find the lane of each flow node; lanes only hold nodes of their own process."""
    lanes: dict[str, str] = {}
    for element in elements.values():
        if isinstance(element, Lane):
            home = _home(element.id, elements, parents)
            own = (node for node in element.flow_node_refs if parents.get(node) == home)
            lanes.update(dict.fromkeys(own, element.id))
    return lanes


def _home(lane: str, elements: Mapping[str, BaseElement], parents: Mapping[str, str]) -> str:
    """Climb from a lane, through its lane sets, to the process or sub-process around it."""
    while isinstance(elements.get(lane), Lane | LaneSet):
        lane = parents[lane]
    return lane


def _outgoing(elements: Mapping[str, BaseElement]) -> dict[str, tuple[SequenceFlow, ...]]:
    flows: dict[str, list[SequenceFlow]] = {}
    for element in elements.values():
        if isinstance(element, SequenceFlow):
            flows.setdefault(element.source_ref, []).append(element)
    return {source: tuple(found) for source, found in flows.items()}


def flow_order(nodes: ModelIndex, members: list[str]) -> dict[str, int]:
    """Order flow nodes as the flow goes: a node after all that lead to it, loops aside.

    This is the reverse of the order in which a depth-first search leaves the nodes.
    """
    after = _successors(nodes, members)
    reached = {target for targets in after.values() for target in targets}
    starts = [node for node in members if node not in reached]
    left: list[str] = []
    seen: set[str] = set()
    for start in [*reversed(starts), *members]:
        _search(start, after, seen=seen, left=left)
    return {node: position for position, node in enumerate(reversed(left))}


def _successors(nodes: ModelIndex, members: list[str]) -> dict[str, list[str]]:
    """List what follows each node: along its flows, and the boundary events that sit on it."""
    after = {node: [flow.target_ref for flow in nodes.outgoing.get(node, ())] for node in members}
    for node in members:
        event = nodes.elements[node]
        if isinstance(event, BoundaryEvent) and event.attached_to_ref in after:
            after[event.attached_to_ref].append(node)
    return after


def _search(start: str, after: Mapping[str, list[str]], *, seen: set[str], left: list[str]) -> None:
    """Search depth-first from one node, without recursion, and note nodes as they are left."""
    path = [(start, False)]
    while path:
        node, done = path.pop()
        if done:
            left.append(node)
        elif node in after and node not in seen:
            seen.add(node)
            path.append((node, True))
            path += [(target, False) for target in after[node]]
