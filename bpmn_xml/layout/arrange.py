"""Give a model a drawing: from definitions to definitions with diagrams of our own making."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bpmn_xml.errors import Finding, Severity
from bpmn_xml.layout import codes
from bpmn_xml.layout.drawing import (
    ScopeBlocks,
    aligned,
    lay_out_scopes,
    orders_of_pools,
    place_shapes,
)
from bpmn_xml.layout.geometry import is_slanting
from bpmn_xml.layout.interchange import to_diagram
from bpmn_xml.layout.labels import settle_names_of_shapes, write_names_of_edges
from bpmn_xml.layout.layered.place import MANNERS
from bpmn_xml.layout.measures import category_values
from bpmn_xml.layout.outline import outlines
from bpmn_xml.layout.routing.field import new_field
from bpmn_xml.layout.routing.free import obstacles, route_free_edges
from bpmn_xml.layout.scopes import Sketch
from bpmn_xml.layout.stacking import tangle
from bpmn_xml.layout.wiring import wire
from bpmn_xml.model.ids import UniqueIds
from bpmn_xml.model.walk import walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bpmn_xml.layout.block import Block
    from bpmn_xml.layout.outline import Outline
    from bpmn_xml.model import BPMNDiagram, Definitions


def arrange(definitions: Definitions) -> tuple[Definitions, tuple[Finding, ...]]:
    """Draw everything anew, and tell what a reader of the drawing should know."""
    categories = category_values(definitions)
    bare = msgspec.structs.replace(definitions, diagrams=())
    ids = UniqueIds(getattr(element, "id", None) or "" for element, _ in walk(bare))
    diagrams: list[BPMNDiagram] = []
    findings: list[Finding] = []
    for outline in outlines(definitions):
        sketch = Sketch(outline, wire(outline), categories)
        drawing, forced = _draw(sketch)
        diagrams.append(to_diagram(outline, drawing, ids))
        findings += _findings(outline, drawing, forced)
    return msgspec.structs.replace(bare, diagrams=tuple(diagrams)), tuple(findings)


def _findings(outline: Outline, drawing: Block, forced: Sequence[str]) -> Iterator[Finding]:
    """Tell what is unusual in a drawing."""
    if drawing.bands > 1:
        yield Finding(
            code=codes.FOLDED,
            severity=Severity.NOTE,
            id=outline.plane,
            message=f"it is very long, so its drawing is folded into {drawing.bands} lines",
            remedy="call parts of it from sub-processes, if people are to read it",
        )
    straight = sum(map(is_slanting, drawing.routes.values()))
    if straight:
        yield Finding(
            code=codes.TANGLED,
            severity=Severity.NOTE,
            id=outline.plane,
            message=f"it is so tangled that {straight:,} flows are drawn straight across",
            remedy="part it into sub-processes, if people are to read it",
        )
    for edge in forced:
        yield Finding(
            code=codes.FORCED,
            severity=Severity.NOTE,
            id=edge,
            message="no free way was found for it, so it is drawn across shapes",
            remedy="move it in a modeler",
        )


def _draw(sketch: Sketch) -> tuple[Block, list[str]]:
    """Draw in the least tangled way; name the edges for which there was no free way.

    A large drawing is drawn once: there is no time to try. What is best within a pool may be
    worse for the edges between pools, so the usual manner is tried by itself.
    """
    count = len(sketch.outline.edges)
    if count > _TRIED:
        scopes = aligned(sketch, lay_out_scopes(sketch))
        return _draw_in_order(sketch, scopes, orders_of_pools(sketch, scopes)[0])
    if count > _TRIED_OFTEN:
        return _draw_best(sketch)
    tried = msgspec.structs.replace(sketch, manners=MANNERS)
    return min(map(_draw_best, (sketch, tried) if sketch.wiring.free else (tried,)), key=_tangle)


def _draw_best(sketch: Sketch) -> tuple[Block, list[str]]:
    """Draw in several orders.

    First of the pools, then with pools that are not stretched, then of free edges, then of those
    that cross again.
    """
    plain = lay_out_scopes(sketch)
    scopes = aligned(sketch, plain)
    drawn = [
        (_draw_in_order(sketch, scopes, order), order) for order in orders_of_pools(sketch, scopes)
    ]
    best, order = min(drawn, key=lambda found: _tangle(found[0]))
    if scopes is not plain:
        unstretched = _draw_in_order(sketch, plain, order)
        if _tangle(unstretched) < _tangle(best):
            best, scopes = unstretched, plain
    if len(sketch.wiring.free) < 2 or not _tangle(best)[1]:
        return best
    other = _draw_in_order(sketch, scopes, order, from_right=True)
    from_right = _tangle(other) < _tangle(best)
    again = _draw_in_order(sketch, scopes, order, from_right=from_right, again=True)
    return min(best, other, again, key=_tangle)


_TRIED, _TRIED_OFTEN = 200, 60
"""With more edges only one way is drawn; with more, only the usual manner is."""


def _tangle(drawn: tuple[Block, list[str]]) -> tuple[int, int, int]:
    """Tell how many edges had no free way, how often edges cross and how often they bend."""
    drawing, forced = drawn
    return len(forced), *tangle(drawing.routes.values())


def _draw_in_order(
    sketch: Sketch,
    scopes: ScopeBlocks,
    order: Sequence[str],
    *,
    from_right: bool = False,
    again: bool = False,
) -> tuple[Block, list[str]]:
    """Place shapes, names and free edges; name the edges for which there was no free way.

    Names at the ends of free edges come after these.
    """
    outline, free = sketch.outline, sketch.wiring.free
    drawing = place_shapes(sketch, scopes, order)
    field = new_field(obstacles(outline, drawing), drawing.labels, drawing.routes.values())
    for area in (*drawing.lanes.values(), *(drawing.areas[one.id] for one in outline.participants)):
        field.add_route([(area.x, area.y), (area.right, area.y)])
        field.add_route([(area.x, area.bottom), (area.right, area.bottom)])
    ends = {end for edge in free for end in (edge.source, edge.target)}
    early = [key for key in drawing.labels if key not in ends]
    late = [key for key in drawing.labels if key in ends]
    settle_names_of_shapes(outline, drawing, field, early)
    inner = {edge.id for edge in outline.edges} - {edge.id for edge in free}
    write_names_of_edges(drawing, field, (edge for edge in outline.edges if edge.id in inner))
    forced = route_free_edges(sketch, drawing, field, from_right=from_right, again=again)
    settle_names_of_shapes(outline, drawing, field, late)
    write_names_of_edges(drawing, field, free)
    return drawing, forced
