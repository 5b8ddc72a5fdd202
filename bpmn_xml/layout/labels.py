"""Write names where nothing else is: those of edges beside lines, those of shapes around them.

Every name has a few places, in order of preference; the first of those that meet least wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Final

from bpmn_xml.layout.block import Block
from bpmn_xml.layout.edges import Edge
from bpmn_xml.layout.geometry import Area, Spot
from bpmn_xml.layout.measures import label_size
from bpmn_xml.layout.outline import Outline
from bpmn_xml.layout.routing.field import Field
from bpmn_xml.model import (
    BaseElement,
    BoundaryEvent,
    DataObjectReference,
    DataStoreReference,
    Event,
    Gateway,
)

# Where a name may stand, in px.
_BESIDE: Final = 4  # from it to its line or shape
_FARTHER: Final = 12  # how much more of that it may take where a line runs along the shape
_FROM_CORNER: Final = 6  # from its end to a corner of its line
_FROM_MIDDLE: Final = 11  # from its end to the middle of its shape, where an arrow head may be
_APART: Final = 8  # so far from it another name is no part of it
_STEP: Final = 30  # from one place along a line to the next
_MOST_STEPS: Final = 6  # how many of these are tried; the middle and the end of the line are too

# What each thing that a name meets costs; the next place in the list costs 1, so that the order of
# places decides between those that are as good. The worse to read, the dearer.
_ON_SHAPE: Final = 1000
_ON_NAME: Final = 600
_ON_LINE: Final = 250
_BY_OTHER_LINE: Final = 120  # beside a second line: it could be the name of either
_BY_NAME: Final = 60  # next to another name: both could be read as one


def is_movable(element: BaseElement | None) -> bool:
    """Tell whether the name of an element may stand on any side of it."""
    movable = Event | Gateway | DataObjectReference | DataStoreReference
    return isinstance(element, movable) and not isinstance(element, BoundaryEvent)


def settle_names_of_shapes(
    outline: Outline, drawing: Block, field: Field, keys: Iterable[str]
) -> None:
    """Move names that are in the field already to where they meet the least."""
    for key in keys:
        if is_movable(outline.elements[key]):
            label = drawing.labels[key]
            best = _best(field, _around(drawing.areas[key], label), own=key)
            field.names.remove(key, label)
            field.names.add(key, best)
            drawing.labels[key] = best


def write_names_of_edges(drawing: Block, field: Field, edges: Iterable[Edge]) -> None:
    """Place the names of edges that have their routes; enter them in the field."""
    for edge in edges:
        route = drawing.routes.get(edge.id)
        width, height = label_size(edge.name)
        if route is not None and height:
            pieces = list(pairwise(route))
            if edge.kind == "message":
                pieces.sort(key=_shortness)
            places = [place for piece in pieces for place in _beside(*piece, width, height)]
            best = _best(field, places, own=edge.id, follows=True)
            drawing.labels[edge.id] = best
            field.names.add(edge.id, best)


def _best(field: Field, places: Iterable[Area], own: str, *, follows: bool = False) -> Area:
    """Choose the first of the places that meet least; a name `follows` one line, not several."""
    best, least = Area(0, 0, 0, 0), -1
    for rank, place in enumerate(places):
        cost = rank + _ON_LINE * field.lines_in(place)
        cost += _ON_NAME * len(field.names.meeting(place).keys() - {own})
        cost += _ON_SHAPE * len(field.shapes.meeting(place).keys() - {own})
        if follows:
            cost += _BY_OTHER_LINE * (field.lines_in(place.grown(_BESIDE + 1)) - 1)
            cost += _BY_NAME * len(field.names.meeting(place.grown(_APART)).keys() - {own})
        if least < 0 or cost < least:
            best, least = place, cost
        if cost == rank:
            break
    return best


def _shortness(piece: tuple[Spot, Spot]) -> int:
    """Sort key: the longest piece first."""
    (x1, y1), (x2, y2) = piece
    return -abs(x1 - x2) - abs(y1 - y2)


def _around(shape: Area, label: Area) -> Iterator[Area]:
    """List places around a shape: where it is, above or below, at corners, beside, farther off."""
    yield label
    width, height = label.width, label.height
    centre = shape.middle[0] - width // 2
    above, below = shape.y - _BESIDE - height, shape.bottom + _BESIDE
    left, right = shape.middle[0] - _FROM_MIDDLE - width, shape.middle[0] + _FROM_MIDDLE
    for x in (centre, right, left):
        for y in (above, below) if label.y < shape.y else (below, above):
            yield Area(x, y, width, height)
    for x in (shape.right + _BESIDE, shape.x - _BESIDE - width):
        yield Area(x, shape.middle[1] - height // 2, width, height)
    for y in (above - _FARTHER, below + _FARTHER):
        yield Area(centre, y, width, height)


def _beside(start: Spot, end: Spot, width: int, height: int) -> Iterator[Area]:
    """List places beside one straight piece, on one side and the other, from its beginning on."""
    (x1, y1), (x2, y2) = start, end
    if y1 == y2:
        for y in (y1 - _BESIDE - height, y1 + _BESIDE):
            for x in _steps(x1, x2, width):
                yield Area(x, y, width, height)
    else:
        for x in (x1 + _BESIDE, x1 - _BESIDE - width):
            for y in _steps(y1, y2, height):
                yield Area(x, y, width, height)


def _steps(start: int, end: int, length: int) -> Iterator[int]:
    """List where something of a length can begin on the way from start to end."""
    last = max(0, abs(end - start) - length - 2 * _FROM_CORNER)
    for step in sorted({*range(0, min(last, _STEP * _MOST_STEPS), _STEP), last // 2, last}):
        yield start + _FROM_CORNER + step if start < end else start - _FROM_CORNER - step - length
