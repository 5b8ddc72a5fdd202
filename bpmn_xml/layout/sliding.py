"""Slide what several nodes share along its row until it faces them all: their lines run straight.

It stands above or below the first of them and stays there, on the end of its own line.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bpmn_xml.layout.block import Block
from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.measures import contour_of
from bpmn_xml.layout.routing.docks import faced
from bpmn_xml.layout.routing.field import Field
from bpmn_xml.layout.scopes import Sketch

_INSET: Final = 10  # from a line's end to the corner of what slides
_AIR: Final = 10  # from what slides to what stands beside it


def slide_shared(sketch: Sketch, drawing: Block, field: Field) -> None:
    """Move everything shared as little as it takes to face the nodes, where there is room."""
    for thing in sorted(sketch.wiring.shared):
        area = drawing.areas[thing]
        low, high = _leeway(sketch, drawing, thing)
        for node in _sharing(sketch, drawing, thing):
            first, last = node.x - area.width + _INSET, node.right - _INSET
            if max(low, first) <= min(high, last):
                low, high = max(low, first), min(high, last)
        moved = area._replace(x=max(low, min(area.x, high)))
        if moved != area and _is_free(field, thing, area, moved):
            field.shapes.remove(thing, area)
            field.shapes.add(thing, moved)
            drawing.areas[thing] = moved
            label = drawing.labels.get(thing)
            if label:
                drawing.labels[thing] = label.moved(moved.x - area.x, 0)
                field.names.remove(thing, label)
                field.names.add(thing, drawing.labels[thing])


def _leeway(sketch: Sketch, drawing: Block, thing: str) -> tuple[int, int]:
    """Find how far a thing may slide, by its left side, so that its own lines stay straight."""
    area = drawing.areas[thing]
    low, high = area.x - area.width, area.right
    for tether in sketch.wiring.tethers.get(thing, ()):
        (x, *_), *_, (end, *_) = drawing.routes[tether.id]
        if x != end:
            return area.x, area.x
        low, high = max(low, x - area.width + _INSET), min(high, x - _INSET)
    return min(low, area.x), max(high, area.x)


def _sharing(sketch: Sketch, drawing: Block, thing: str) -> Iterator[Area]:
    """List what the free lines of a thing lead to, as wide as it can be met, nearest first."""
    ends = [
        edge.target if edge.source == thing else edge.source
        for edge in sketch.wiring.free
        if thing in {edge.source, edge.target}
    ]
    elements, middle = sketch.outline.elements, drawing.areas[thing].middle[0]
    areas = [
        faced(drawing.areas[end], contour_of(elements[end])) for end in ends if end in drawing.areas
    ]
    yield from sorted(areas, key=lambda area: abs(area.middle[0] - middle))


def _is_free(field: Field, thing: str, area: Area, moved: Area) -> bool:
    """Tell whether nothing stands or runs where a thing is to be that it does not touch already."""
    names = field.names.meeting(moved).keys() - field.names.meeting(area).keys()
    shapes = field.shapes.meeting(moved.grown(_AIR)).keys() - {thing}
    return not names and not shapes and field.lines_in(moved) <= field.lines_in(area)
