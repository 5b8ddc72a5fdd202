"""Write down the points of every arc, from border to border, at right angles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from bpmn_xml.layout.geometry import Spot, half_width_at, simplified
from bpmn_xml.layout.layered.columns import Columns
from bpmn_xml.layout.layered.layers import Layers
from bpmn_xml.layout.layered.ports import Docking
from bpmn_xml.layout.layered.problem import RankProblem
from bpmn_xml.layout.layered.tracks import Tracks

TAP_RADIUS: Final = 18


class Placement(msgspec.Struct):
    """The centre of every cell, the route of every arc, lane borders from the top, the width.

    `bands` counts the parts that a long drawing was folded into; one that is not `readable` has
    turned arcs that end where others begin, or upright ones with something in their way. Of
    several manners in which it could be drawn `manner` is the number of this one.
    """

    centres: list[Spot]
    routes: list[list[Spot]]
    borders: list[int]
    width: int
    bands: int = 1
    readable: bool = True
    manner: int = 0


class Plan(msgspec.Struct, frozen=True):
    """All decisions that the routes of a problem follow from."""

    problem: RankProblem
    layers: Layers
    heights: Sequence[int]
    dockings: Sequence[Docking]
    tracks: Tracks
    columns: Columns

    def centre(self, cell: int) -> Spot:
        """Find the middle of a cell's shape."""
        middle = self.columns.middles[self.layers.slots[cell].rank]
        return middle + self.layers.offsets.get(cell, 0), self.heights[cell]


def trace_routes(plan: Plan) -> list[list[Spot]]:
    """Follow every arc from its source through its hops to its target."""
    routes = []
    for index, arc in enumerate(plan.problem.arcs):
        turns = [
            (plan.columns.track_x(hop.gap, plan.tracks.track(hop)), y)
            for hop in plan.tracks.hops[index]
            if hop.start != hop.end
            for y in (hop.start, hop.end)
        ]
        route = simplified([*_beginning(plan, index), *turns, *_ending(plan, index)])
        routes.append(route[::-1] if arc.turned else route)
    return routes


def _beginning(plan: Plan, index: int) -> list[Spot]:
    """Leave the source, or the boundary event upon its lower border."""
    arc, docking = plan.problem.arcs[index], plan.dockings[index]
    cell = plan.problem.cells[arc.source]
    x, y = plan.centre(arc.source)
    if docking.leaves == "right":
        half = half_width_at(cell.contour, cell.width, cell.height, docking.shift)
        return [(x + half, y + docking.shift)]
    bends = plan.layers.bends[index]
    onwards = plan.heights[bends[0] if bends else arc.target]
    half = cell.height // 2 if docking.leaves != "top" else -(cell.height // 2)
    start = (x, y + half) if arc.tap is None else (x + arc.tap, y + half + TAP_RADIUS)
    return [start] if arc.upright else [start, (start[0], onwards)]


def _ending(plan: Plan, index: int) -> list[Spot]:
    """Arrive at the target."""
    arc, docking = plan.problem.arcs[index], plan.dockings[index]
    cell = plan.problem.cells[arc.target]
    x, y = plan.centre(arc.target)
    if docking.enters == "left":
        half = half_width_at(cell.contour, cell.width, cell.height, docking.shift)
        return [(x - half, y + docking.shift)]
    bends = plan.layers.bends[index]
    onwards = plan.heights[bends[-1] if bends else arc.source]
    half = cell.height // 2 if docking.enters == "bottom" else -(cell.height // 2)
    return [(x, y + half)] if arc.upright else [(x, onwards), (x, y + half)]
