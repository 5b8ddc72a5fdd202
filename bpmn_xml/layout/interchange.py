"""Write positions down as BPMN diagram interchange (12)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from bpmn_xml.layout.block import Block
from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.measures import BAND
from bpmn_xml.layout.outline import Outline
from bpmn_xml.model import (
    BaseElement,
    Bounds,
    BPMNDiagram,
    BPMNEdge,
    BPMNLabel,
    BPMNPlane,
    BPMNShape,
    ChoreographyActivity,
    ExclusiveGateway,
    Group,
    Lane,
    Participant,
    ParticipantBandKind,
    Point,
    SubChoreography,
    SubProcess,
)
from bpmn_xml.model.ids import UniqueIds

_BAND_KINDS: Final[dict[tuple[int, bool], ParticipantBandKind]] = {
    (0, True): "top_initiating",
    (0, False): "top_non_initiating",
    (1, True): "middle_initiating",
    (1, False): "middle_non_initiating",
    (2, True): "bottom_initiating",
    (2, False): "bottom_non_initiating",
}


def to_diagram(outline: Outline, drawing: Block, ids: UniqueIds) -> BPMNDiagram:
    """Make the diagram of a drawing; what contains comes before what it contains, groups last."""
    areas = drawing.areas | drawing.lanes
    shapes = [
        _shape(outline, drawing, element, areas[element.id], ids)
        for element in _in_drawing_order(outline)
        if element.id in areas
    ]
    shapes += [band for shape in shapes for band in _bands(outline, shape, ids)]
    edges = [_edge(edge.id, drawing, ids) for edge in outline.edges if edge.id in drawing.routes]
    plane = BPMNPlane(
        id=ids.make(f"{outline.plane}_plane"),
        bpmn_element=outline.plane,
        elements=(*shapes, *edges),
    )
    return BPMNDiagram(id=ids.make(f"{outline.plane}_diagram"), plane=plane)


def _in_drawing_order(outline: Outline) -> Iterator[BaseElement]:
    """List all shapes: pools, then scope by scope lanes, nodes, things, boundary events."""
    yield from outline.participants
    yield from outline.conversations
    groups: list[BaseElement] = []
    for scope in outline.scopes.values():
        yield from _lanes(scope.lanes)
        yield from scope.nodes
        for thing in scope.things:
            if isinstance(thing, Group):
                groups.append(thing)
            else:
                yield thing
        for events in scope.boundary.values():
            yield from events
    yield from groups


def _lanes(lanes: Sequence[Lane]) -> Iterator[Lane]:
    """List lanes, the outer before the inner, each id once."""
    todo = list(reversed(lanes))
    seen: set[str] = set()
    while todo:
        lane = todo.pop()
        if lane.id not in seen:
            seen.add(lane.id)
            yield lane
        if lane.child_lane_set:
            todo.extend(reversed(lane.child_lane_set.lanes))


def _shape(
    outline: Outline, drawing: Block, element: BaseElement, area: Area, ids: UniqueIds
) -> BPMNShape:
    """Make the shape of an element."""
    is_expanded = None
    if isinstance(element, SubProcess | SubChoreography):
        scope = outline.scopes[element.id]
        is_expanded = bool(scope.nodes or scope.things)
    return BPMNShape(
        id=ids.make(f"{element.id}_di"),
        bpmn_element=element.id,
        bounds=_bounds(area),
        is_horizontal=True if isinstance(element, Participant | Lane) else None,
        is_expanded=is_expanded,
        is_marker_visible=True if isinstance(element, ExclusiveGateway) else None,
        label=_label(drawing, element.id),
    )


def _bands(outline: Outline, shape: BPMNShape, ids: UniqueIds) -> Iterator[BPMNShape]:
    """Make the bands of a choreography activity: the first at its top, the others at its bottom."""
    activity = outline.elements[shape.bpmn_element or ""]
    if not isinstance(activity, ChoreographyActivity):
        return
    bounds = shape.bounds
    last = len(activity.participant_refs) - 1
    for place, participant in enumerate(activity.participant_refs):
        top = bounds.y if place == 0 else bounds.y + bounds.height - BAND * (last - place + 1)
        yield BPMNShape(
            id=ids.make(f"{activity.id}_{participant}_di"),
            bpmn_element=participant,
            bounds=msgspec.structs.replace(bounds, y=top, height=BAND),
            is_horizontal=True,
            participant_band_kind=_BAND_KINDS[
                0 if place == 0 else 2 if place == last else 1,
                participant == activity.initiating_participant_ref,
            ],
            choreography_activity_shape=shape.id,
        )


def _edge(key: str, drawing: Block, ids: UniqueIds) -> BPMNEdge:
    """Make the edge of a flow or association."""
    return BPMNEdge(
        id=ids.make(f"{key}_di"),
        bpmn_element=key,
        waypoints=tuple(Point(x=x, y=y) for x, y in drawing.routes[key]),
        label=_label(drawing, key),
    )


def _label(drawing: Block, key: str) -> BPMNLabel | None:
    """Make the label of an element whose name stands outside it."""
    area = drawing.labels.get(key)
    return BPMNLabel(bounds=_bounds(area)) if area else None


def _bounds(area: Area) -> Bounds:
    return Bounds(x=area.x, y=area.y, width=area.width, height=area.height)
