"""Find the way of one edge around what is drawn: near its ends first, then farther away."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Final

import msgspec

from bpmn_xml.layout.block import Block
from bpmn_xml.layout.edges import Edge
from bpmn_xml.layout.geometry import Area, Spot, around, simplified
from bpmn_xml.layout.labels import is_movable
from bpmn_xml.layout.measures import contour_of
from bpmn_xml.layout.outline import Outline
from bpmn_xml.layout.routing.docks import (
    Dock,
    docks_of_boundary_event,
    docks_of_node,
    docks_of_pool,
    docks_on_route,
    faced,
)
from bpmn_xml.layout.routing.field import Field, line_area
from bpmn_xml.layout.routing.search import GUIDES, Density, Effort, Ground, build_grid, find_way
from bpmn_xml.layout.wiring import host_of
from bpmn_xml.model import FlowNode, Lane, Participant

_SURROUNDINGS: Final = (
    (200, 1.2, Density(7, (12, 22))),
    (1000, 2.0, Density(7, (12,))),
    (100_000, 5.0, Density(7, (12,))),
    (1000, 5.0, Density(1, (6,))),
)
"""How far to look around, with how much haste, and where to lay lines beside shapes."""


class Pathfinder(msgspec.Struct, frozen=True):
    """The drawing in which edges are routed, and the effort that may be spent on them.

    Pools with their shapes are known from the top. The more `haste` the less exact the cheapest
    way is found.
    """

    outline: Outline
    drawing: Block
    field: Field
    pools: list[Area]
    effort: Effort
    haste: float

    def area(self, end: str) -> Area:
        """Find the area of a shape, or the middle of an edge that has its route."""
        drawing = self.drawing
        if end in drawing.routes:
            middle = next(docks_on_route(drawing.routes[end])).border
            return line_area(middle, middle)
        return drawing.areas.get(end) or drawing.lanes[end]

    def add(self, edge: Edge) -> bool:
        """Route an edge; tell whether there was a way around everything."""
        starts = list(_docks(self, edge, edge.source, _faced(self, edge.target)))
        goals = list(_docks(self, edge, edge.target, _faced(self, edge.source)))
        if edge.source == edge.target:
            starts = [dock for dock in starts if dock.is_level] or starts[:1]
            goals = [dock for dock in goals if not dock.is_level and dock != starts[0]]
        route = _search(self, edge, starts, goals) if self.effort.left else None
        self.put(edge, route or _forced(starts[0], goals[0]))
        return route is not None

    def put(self, edge: Edge, route: list[Spot]) -> None:
        """Give an edge its route."""
        self.drawing.routes[edge.id] = route
        self.field.add_route(route)

    def remove(self, edge: Edge) -> list[Spot]:
        """Take the route of an edge away."""
        route = self.drawing.routes.pop(edge.id)
        self.field.remove_route(route)
        return route


def new_pathfinder(
    outline: Outline, drawing: Block, field: Field, effort: Effort, haste: float = 1.0
) -> Pathfinder:
    """Make ready to route in a drawing, the pools of which stand below each other."""
    areas = drawing.areas
    pools = sorted((areas[one.id] for one in outline.participants if one.id in areas), key=_top)
    return Pathfinder(outline, drawing, field, pools, effort, haste)


def _top(pool: Area) -> int:
    return pool.y


def _bottom(pool: Area) -> int:
    return pool.bottom


def _docks(router: Pathfinder, edge: Edge, end: str, other: Area) -> Iterator[Dock]:
    """List where an edge may begin or end at an element."""
    if end in router.drawing.routes:
        return docks_on_route(router.drawing.routes[end])
    element, used = router.outline.elements[end], router.field.ends.keys()
    area = router.area(end)
    if isinstance(element, Participant | Lane):
        return docks_of_pool(area, other.middle[0], used)
    if isinstance(element, FlowNode) and host_of(router.outline, end) != end:
        return docks_of_boundary_event(area, used)
    return docks_of_node(area, contour_of(element), used, other, flat=edge.kind == "message")


def _faced(router: Pathfinder, end: str) -> Area:
    """Find where a straight line can meet an end of an edge."""
    element = router.outline.elements.get(end)
    return faced(router.area(end), contour_of(element) if element else "circle")


def _search(
    router: Pathfinder, edge: Edge, starts: list[Dock], goals: list[Dock]
) -> list[Spot] | None:
    """Search near the ends first, then farther away; inside a pool first if both ends are."""
    ends = around(line_area(dock.border, dock.stub) for dock in (*starts, *goals))
    elements = router.outline.elements
    own = frozenset(e for e in (edge.source, edge.target) if is_movable(elements.get(e)))
    inner = [router.area(edge.source), router.area(edge.target)]
    _, haste, density = _SURROUNDINGS[0]
    windows = [(pool, haste, density) for pool in _pools_at(router, ends) if pool.holds(ends)]
    windows += [(ends.grown(far), haste, density) for far, haste, density in _SURROUNDINGS]
    for window, haste, density in windows:
        shapes = router.field.shapes.meeting(window).values()
        blocking = [
            area for area in shapes if not any(area != end and area.holds(end) for end in inner)
        ]
        begin = [dock for dock in starts if not _is_shut(dock, blocking)]
        end = [dock for dock in goals if not _is_shut(dock, blocking)]
        if begin and end:
            streets = _pools_at(router, window) if edge.kind == "message" else ()
            grid = build_grid(window, blocking, streets, (*begin, *end), density)
            ground = Ground(router.field, grid, own, max(haste, router.haste))
            way = find_way(ground, begin, end, router.effort)
            if way is not None:
                return way
    return None


def _pools_at(router: Pathfinder, area: Area) -> list[Area]:
    """Find the pools that stand beside an area, or near enough for streets in it."""
    first = bisect_left(router.pools, area.y - GUIDES[-1], key=_bottom)
    last = bisect_right(router.pools, area.bottom + GUIDES[-1], key=_top)
    return router.pools[first:last]


def _is_shut(dock: Dock, blocking: list[Area]) -> bool:
    """Tell whether another shape stands upon a dock's stub."""
    (x1, y1), (x2, y2) = dock.border, dock.stub
    middle = line_area(((x1 + x2) // 2, (y1 + y2) // 2), dock.stub)
    return any(area.overlaps(middle) for area in blocking)


def _forced(start: Dock, goal: Dock) -> list[Spot]:
    """Draw an edge straight through whatever stands there, still at right angles."""
    corner = start.stub[0], goal.stub[1]
    return simplified([start.border, start.stub, corner, goal.stub, goal.border])
