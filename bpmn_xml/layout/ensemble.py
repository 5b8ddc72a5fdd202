"""A node with all that clings to it: its name, its boundary events, its data and annotations.

The layered layout sees an ensemble as one cell. Everything is measured from the node's centre.
Boundary events stand on the lower border; their names to the left of the way down. Annotations
stand above the node. Data stands below an activity where that is free, else above too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from bpmn_xml.layout.geometry import Area, Spot, around
from bpmn_xml.layout.layered.problem import Cell
from bpmn_xml.layout.measures import contour_of, label_size
from bpmn_xml.layout.satellites import Body, Satellite, place_row
from bpmn_xml.model import Activity, BaseElement, Gateway

Size = tuple[int, int]

# Distances, in px.
_BOUNDARY: Final = 18  # half the width of a boundary event
_BOUNDARY_INSET: Final = 25  # from the middle of the outermost one to the corner of its node
_BOUNDARY_SPACING: Final = 46  # from the middle of one to that of the next: 10 are free
_BOUNDARY_LABEL: Final = 66  # how wide its name is at most, which stands beside the way down
_LEAST_REACH: Final = 40  # what a node takes up and down at least: half the height of a task
_AIR: Final = 4  # from a node to its name
_BETWEEN_LABELS: Final = 12  # from the name of one boundary event to the next event
_BELOW_BORDER: Final = 2  # from a boundary event down to its name


class Member(msgspec.Struct, frozen=True):
    """A node, its size, and the text written outside it."""

    element: BaseElement
    size: Size
    label: str = ""


class Ensemble(msgspec.Struct):
    """Areas and names of shapes, and routes of tethers, by id, around a node's centre.

    `taps` tells for each boundary event how far right of the centre it stands.
    """

    body: Body
    areas: dict[str, Area]
    labels: dict[str, Area]
    routes: dict[str, list[Spot]]
    taps: dict[str, int]
    top_free: bool
    bottom_free: bool

    def cell(self, lane: int = 0, behind: int = 0) -> Cell:
        """Measure the whole ensemble."""
        whole = around([*self.areas.values(), *self.labels.values()])
        return Cell(
            width=self.body.width,
            height=self.body.height,
            left=-whole.x + _AIR if whole.x < -self.body.width // 2 else self.body.width // 2,
            right=whole.right + _AIR if whole.right > self.body.width // 2 else whole.right,
            up=max(_LEAST_REACH, -whole.y),
            down=max(_LEAST_REACH, whole.bottom),
            lane=lane,
            behind=behind,
            contour=self.body.contour,
            top_free=self.top_free,
            bottom_free=self.bottom_free,
        )


def assemble(
    node: Member,
    boundary: Sequence[Member],
    satellites: Sequence[tuple[Satellite, bool]],
) -> Ensemble:
    """Put everything in its place around a node; satellites tell whether they are notes."""
    spots, width = _boundary_spots(boundary, node.size[0])
    body = Body(width, node.size[1], contour_of(node.element))
    own = Area(-width // 2, -body.height // 2, width, body.height)
    ensemble = Ensemble(body, {node.element.id: own}, {}, {}, {}, top_free=True, bottom_free=True)
    _add_boundary(ensemble, boundary, spots)
    below_is_free = isinstance(node.element, Activity) and not boundary
    above = [one for one, is_note in satellites if is_note or not below_is_free]
    below = [one for one, is_note in satellites if not is_note and below_is_free]
    for row in (place_row(above, body, above=True), place_row(below, body, above=False)):
        ensemble.areas |= row.areas
        ensemble.labels |= row.labels
        ensemble.routes |= row.routes
    ensemble.top_free = not above
    ensemble.bottom_free = not boundary and not below
    if node.label:
        is_on_top = isinstance(node.element, Gateway) and not above
        ensemble.labels[node.element.id] = _name_area(node, on_top=is_on_top)
    return ensemble


def _boundary_spots(boundary: Sequence[Member], width: int) -> tuple[list[int], int]:
    """Place boundary events from left to right along a border, and widen it if they need that."""
    steps = [max(_BOUNDARY_SPACING, _label(event)[0] + _BETWEEN_LABELS) for event in boundary[1:]]
    width = max(width, sum(steps) + 2 * _BOUNDARY_INSET) if boundary else width
    spots = [width // 2 - _BOUNDARY_INSET] if boundary else []
    for step in reversed(steps):
        spots.insert(0, spots[0] - step)
    return spots, width + width % 2


def _label(event: Member) -> Size:
    return label_size(event.label, _BOUNDARY_LABEL)


def _add_boundary(ensemble: Ensemble, boundary: Sequence[Member], spots: Sequence[int]) -> None:
    """Add boundary events with their names."""
    border = ensemble.body.height // 2
    for event, spot in zip(boundary, spots, strict=True):
        identity = event.element.id
        ensemble.taps[identity] = spot
        ensemble.areas[identity] = Area(
            spot - _BOUNDARY, border - _BOUNDARY, 2 * _BOUNDARY, 2 * _BOUNDARY
        )
        if event.label:
            width, height = _label(event)
            left, top = spot - _AIR - width, border + _BOUNDARY + _BELOW_BORDER
            ensemble.labels[identity] = Area(left, top, width, height)


def _name_area(node: Member, *, on_top: bool) -> Area:
    """Find where the name of an event or gateway is written: centred above or below it."""
    width, height = label_size(node.label)
    distance = node.size[1] // 2 + _AIR
    return Area(-width // 2, -distance - height if on_top else distance, width, height)
