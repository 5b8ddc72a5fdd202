"""Route all free edges of a drawing, short ones first, each around what is there by then."""

from __future__ import annotations

from typing import Final, NamedTuple

import msgspec

from bpmn_xml.layout.block import Block
from bpmn_xml.layout.edges import Edge
from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.lanes import HEADER
from bpmn_xml.layout.outline import Outline
from bpmn_xml.layout.routing.field import Field
from bpmn_xml.layout.routing.pathfinder import Pathfinder, new_pathfinder
from bpmn_xml.layout.routing.search import Effort
from bpmn_xml.layout.routing.untangle import untangle
from bpmn_xml.layout.scopes import Sketch
from bpmn_xml.model import Group, Participant

_STEPS_EACH: Final = 60_000
_STEPS_ALL: Final = 400_000
_STEPS_AGAIN: Final = 40_000


def obstacles(outline: Outline, drawing: Block) -> dict[str, Area]:
    """Collect the shapes that lines must not run through; headers of pools and lanes, too."""
    result = {
        key: area
        for key, area in drawing.areas.items()
        if not isinstance(outline.elements[key], Group) and not _has_content(outline, key)
    }
    pools = [drawing.areas[pool.id] for pool in outline.participants if pool.id not in result]
    for number, area in enumerate([*pools, *drawing.lanes.values()]):
        result[f" header {number}"] = Area(area.x, area.y, HEADER, area.height)
    return result


class Course(NamedTuple):
    """In which order free edges are routed, and how.

    The shortest come first, or those that lie farthest to the right: what comes later has to go
    around or across what is there. Those that cross others are then routed `again`. With more
    `haste` than 1 searches are quicker but may miss the cheapest way.
    """

    from_right: bool = False
    again: bool = False
    haste: float = 1.0


PLAIN: Final = Course()


def route_free_edges(
    sketch: Sketch, drawing: Block, field: Field, course: Course = PLAIN
) -> list[str]:
    """Add the routes of all free edges; list those that could not be led around everything."""
    effort = Effort(min(_STEPS_ALL, sketch.effort.left), _STEPS_EACH)
    sketch.effort.left -= effort.left
    router = new_pathfinder(sketch.outline, drawing, field, effort, course.haste)
    turn = _from_right if course.from_right else _distance
    edges = sorted(sketch.wiring.free, key=lambda edge: turn(router, edge))
    forced = [edge.id for edge in edges if not router.add(edge)]
    sketch.effort.left += effort.left
    if course.again:
        router = msgspec.structs.replace(router, effort=Effort(_STEPS_AGAIN, _STEPS_EACH))
        untangle(router, [edge for edge in edges if edge.id not in forced])
    return forced


def _has_content(outline: Outline, key: str) -> bool:
    """Tell whether a shape is a pool with a process drawn in it."""
    element = outline.elements[key]
    if not isinstance(element, Participant):
        return False
    scope = outline.scopes.get(element.process_ref or "")
    return scope is not None and bool(scope.nodes or scope.things or scope.lanes)


def _distance(router: Pathfinder, edge: Edge) -> tuple[bool, int]:
    """Sort key: how far the ends are from each other; edges that end at edges come last."""
    elements = router.outline.elements
    if edge.source not in elements or edge.target not in elements:
        return True, 0
    (x1, y1), (x2, y2) = router.area(edge.source).middle, router.area(edge.target).middle
    return False, abs(x1 - x2) + abs(y1 - y2)


def _from_right(router: Pathfinder, edge: Edge) -> tuple[bool, int]:
    """Sort key: how far to the right the ends are; edges that end at edges come last."""
    elements = router.outline.elements
    if edge.source not in elements or edge.target not in elements:
        return True, 0
    return False, -max(router.area(end).middle[0] for end in (edge.source, edge.target))
