"""Read from a model what is to be drawn: one outline per drawing, with its scopes and edges.

A collaboration with participants or conversations is one drawing, with the processes of its
participants and those that its message flows lead to; every other process and every choreography
is one of its own. An element is drawn once. An edge without both its ends is not drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet

import msgspec

from bpmn_xml.layout.edges import Edge, edges_of_artifacts, edges_of_collaboration, edges_of_flow
from bpmn_xml.layout.handlers import order_handlers
from bpmn_xml.model import (
    BaseElement,
    BoundaryEvent,
    Choreography,
    Collaboration,
    ConversationNode,
    DataObject,
    DataObjectReference,
    DataStoreReference,
    Definitions,
    FlowNode,
    Group,
    ImplicitThrowEvent,
    Lane,
    Participant,
    Process,
    SubChoreography,
    SubProcess,
    TextAnnotation,
)

Holder = Process | Choreography | SubProcess | SubChoreography
_NESTED = (SubProcess, SubChoreography)
_THINGS = (DataObjectReference, DataStoreReference, TextAnnotation, Group)


class DrawnScope(msgspec.Struct):
    """What stands directly in one container: flow nodes, boundary events by host, other things.

    Things are data and artifacts. A boundary event whose host is not here counts as a node.
    """

    owner: str
    nodes: list[FlowNode]
    boundary: dict[str, list[BoundaryEvent]]
    things: list[BaseElement]
    lanes: tuple[Lane, ...] = ()


class Outline(msgspec.Struct):
    """One drawing: its scopes (the outer before the inner), its edges, and where everything is.

    `scope_of` maps every node and thing to the owner of its scope. The things of the
    collaboration itself are in a scope whose owner is the plane.
    """

    plane: str
    participants: tuple[Participant, ...]
    conversations: tuple[ConversationNode, ...]
    scopes: dict[str, DrawnScope]
    scope_of: dict[str, str]
    elements: dict[str, BaseElement]
    edges: list[Edge]


def outlines(definitions: Definitions) -> list[Outline]:
    """Make the outlines of all drawings, collaborations first."""
    processes = {root.id: root for root in definitions.root_elements if isinstance(root, Process)}
    result = []
    for root in definitions.root_elements:
        if isinstance(root, Choreography):
            result.append(_outline(root.id, [root], None))
        elif isinstance(root, Collaboration) and (root.participants or root.conversation_nodes):
            mine = [key for key in processes if _takes_part(processes[key], root)]
            result.append(_outline(root.id, [processes.pop(key) for key in mine], root))
    result += [_outline(process.id, [process], None) for process in processes.values()]
    return result


def _takes_part(process: Process, collaboration: Collaboration) -> bool:
    """Tell whether a participant follows a process, or a message flow ends inside it."""
    if any(one.process_ref == process.id for one in collaboration.participants):
        return True
    ends = {
        end for flow in collaboration.message_flows for end in (flow.source_ref, flow.target_ref)
    }
    return any(
        element.id in ends
        for container in _containers([process])
        for element in container.flow_elements
    )


def _outline(plane: str, roots: Iterable[Holder], collaboration: Collaboration | None) -> Outline:
    """Outline one drawing."""
    outline = Outline(plane, (), (), {}, {}, {}, [])
    edges: list[Edge] = []
    if collaboration is not None:
        outline.participants, outline.conversations = _pools(outline, collaboration)
        outline.scopes[plane] = DrawnScope(plane, [], {}, [])
        _add_things(outline, outline.scopes[plane], _things(collaboration.artifacts))
        edges += edges_of_collaboration(collaboration)
    containers = list(_containers(roots))
    for container in containers:
        _add_scope(outline, container)
        edges += edges_of_flow(container.flow_elements)
        edges += edges_of_artifacts(container.artifacts)
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    for container in containers:
        _add_things(outline, outline.scopes[container.id], _data_in_use(container, ends))
    outline.edges = _drawable(outline, edges)
    order_handlers((scope.boundary for scope in outline.scopes.values()), outline.edges)
    return outline


def _pools(
    outline: Outline, collaboration: Collaboration
) -> tuple[tuple[Participant, ...], tuple[ConversationNode, ...]]:
    """Enter the participants and conversations, each id once."""
    participants = {one.id: one for one in collaboration.participants}
    conversations = {one.id: one for one in collaboration.conversation_nodes}
    outline.elements.update(participants)
    outline.elements.update(conversations)
    return tuple(participants.values()), tuple(conversations.values())


def _containers(roots: Iterable[Holder]) -> Iterator[Holder]:
    """Walk through containers and those inside them, the outer before the inner."""
    todo = list(roots)[::-1]
    seen: set[str] = set()
    while todo:
        container = todo.pop()
        if container.id not in seen:
            seen.add(container.id)
            yield container
            inner = [element for element in container.flow_elements if isinstance(element, _NESTED)]
            todo.extend(reversed(inner))


def _add_scope(outline: Outline, container: Holder) -> None:
    """Enter a container with its nodes, things and lanes."""
    scope = outline.scopes[container.id] = DrawnScope(container.id, [], {}, [])
    nodes = [
        element
        for element in container.flow_elements
        if isinstance(element, FlowNode) and not isinstance(element, ImplicitThrowEvent)
    ]
    hosts = {node.id for node in nodes if not isinstance(node, BoundaryEvent)}
    for node in nodes:
        if not _enter(outline, scope, node):
            continue
        if isinstance(node, BoundaryEvent) and node.attached_to_ref in hosts:
            scope.boundary.setdefault(node.attached_to_ref, []).append(node)
        else:
            scope.nodes.append(node)
    if isinstance(container, Process | SubProcess):
        scope.lanes = tuple(lane for lane_set in container.lane_sets for lane in lane_set.lanes)
        _enter_lanes(outline, scope)
    _add_things(outline, scope, _things((*container.flow_elements, *container.artifacts)))


def _enter(outline: Outline, scope: DrawnScope, element: BaseElement) -> bool:
    """Note the container of an element, unless its id is known already."""
    if element.id in outline.elements or element.id in outline.scopes:
        return False
    outline.elements[element.id] = element
    outline.scope_of[element.id] = scope.owner
    return True


def _add_things(outline: Outline, scope: DrawnScope, things: Iterable[BaseElement]) -> None:
    """Enter data and artifacts."""
    scope.things += [thing for thing in things if _enter(outline, scope, thing)]


def _things(elements: Iterable[BaseElement]) -> Iterator[BaseElement]:
    """Pick what is drawn beside the nodes: references to data, annotations, groups."""
    return (element for element in elements if isinstance(element, _THINGS))


def _data_in_use(container: Holder, ends: AbstractSet[str]) -> Iterator[BaseElement]:
    """List the data that is drawn only because edges lead to it."""
    inputs_and_outputs: tuple[BaseElement, ...] = ()
    if isinstance(container, Process | SubProcess) and container.io_specification:
        declared = container.io_specification
        inputs_and_outputs = (*declared.data_inputs, *declared.data_outputs)
    objects = [one for one in container.flow_elements if isinstance(one, DataObject)]
    return (one for one in (*objects, *inputs_and_outputs) if one.id in ends)


def _enter_lanes(outline: Outline, scope: DrawnScope) -> None:
    """Take note of all lanes, the inner ones too."""
    todo = list(scope.lanes)
    while todo:
        lane = todo.pop()
        outline.elements.setdefault(lane.id, lane)
        if lane.child_lane_set is not None:
            todo.extend(lane.child_lane_set.lanes)


def _drawable(outline: Outline, edges: Iterable[Edge]) -> list[Edge]:
    """Keep edges between shapes, each id once, and associations that end at such an edge."""
    known: dict[str, Edge] = {}
    for edge in edges:
        if edge.id not in outline.elements:
            known.setdefault(edge.id, edge)
    between_shapes = {
        edge.id
        for edge in known.values()
        if edge.source in outline.elements and edge.target in outline.elements
    }
    drawn = outline.elements.keys() | between_shapes
    return [
        edge
        for edge in known.values()
        if edge.id in between_shapes
        or (
            edge.kind == "association"
            and edge.source != edge.target
            and {edge.source, edge.target} <= drawn
        )
    ]
