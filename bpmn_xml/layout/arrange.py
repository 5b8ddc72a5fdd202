"""Give a model a drawing: from definitions to definitions with diagrams of our own making."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bpmn_xml.layout.drawing import place_shapes
from bpmn_xml.layout.interchange import Names, to_diagram
from bpmn_xml.layout.labels import settle_names_of_shapes, write_names_of_edges
from bpmn_xml.layout.measures import category_values
from bpmn_xml.layout.outline import outlines
from bpmn_xml.layout.routing.field import new_field
from bpmn_xml.layout.routing.free import obstacles, route_free_edges
from bpmn_xml.layout.scopes import Sketch
from bpmn_xml.layout.wiring import wire

if TYPE_CHECKING:
    from bpmn_xml.layout.block import Block
    from bpmn_xml.model import Definitions


def lay_out(definitions: Definitions) -> Definitions:
    """Draw everything anew; what was drawn before is dropped."""
    categories = category_values(definitions)
    names = Names(set())
    diagrams = []
    for outline in outlines(definitions):
        sketch = Sketch(outline, wire(outline), categories)
        diagrams.append(to_diagram(outline, _draw(sketch), names))
    return msgspec.structs.replace(definitions, diagrams=tuple(diagrams))


def _draw(sketch: Sketch) -> Block:
    """Place shapes, names and free edges; names at the ends of free edges come after these."""
    outline, free = sketch.outline, sketch.wiring.free
    drawing = place_shapes(sketch)
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
    route_free_edges(sketch, drawing, field)
    settle_names_of_shapes(outline, drawing, field, late)
    write_names_of_edges(drawing, field, free)
    return drawing
