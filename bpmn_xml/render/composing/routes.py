"""THE table of edges: how each type of flow is drawn, where it ends, and what stands on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from bpmn_xml import model
from bpmn_xml.model import BaseElement, BPMNEdge
from bpmn_xml.render.composing.captions import labelled
from bpmn_xml.render.composing.icons.parts import Draw, Icon, Ink, Part, line
from bpmn_xml.render.composing.lettering import EXTERNAL, aside, below, clean
from bpmn_xml.render.composing.model_index import ModelIndex
from bpmn_xml.render.composing.outlines import letter
from bpmn_xml.render.composing.scene import Caption, Dash, Line, Tip
from bpmn_xml.render.geometry import (
    Box,
    Point,
    along,
    between,
    crossing,
    depth,
    distance,
    in_common,
    longest,
    rounded,
    without_repeats,
)


class Stroke(NamedTuple):
    """How a type of edge is drawn."""

    tail: Tip = Tip.NONE
    head: Tip = Tip.NONE
    dash: Dash = Dash.NONE
    width: float = 1.5
    within: bool = True  # runs within the container of its source


STROKES: Final[Mapping[type, Stroke]] = {
    model.SequenceFlow: Stroke(head=Tip.ARROW, width=2.0),
    model.MessageFlow: Stroke(Tip.RING, Tip.OPEN_ARROW, Dash.LONG, within=False),
    model.Association: Stroke(dash=Dash.DOTTED, width=2.0),
    model.DataAssociation: Stroke(dash=Dash.DOTTED, width=2.0),
    model.ConversationLink: Stroke(width=4.5, within=False),
}


def stroke_of(edge: BaseElement, nodes: ModelIndex) -> Stroke | None:
    """Find how an edge is drawn; nothing for what is no edge."""
    kinds = (kind for kind in type(edge).__mro__ if kind in STROKES)
    stroke = next((STROKES[kind] for kind in kinds), None)
    if stroke is None:
        return None
    return stroke._replace(tail=Tip.DIAMOND) if is_conditional(edge, nodes) else stroke


def is_conditional(edge: BaseElement, nodes: ModelIndex) -> bool:
    """Tell whether a flow wears a diamond: it leaves an activity under a condition (8.4)."""
    if not isinstance(edge, model.SequenceFlow) or edge.condition_expression is None:
        return False
    source = nodes.elements.get(edge.source_ref)
    return isinstance(source, model.Activity) and not is_default(edge, nodes)


def is_default(edge: BaseElement, nodes: ModelIndex) -> bool:
    """Tell whether a flow is the one its source takes when no other can be taken."""
    source = nodes.elements.get(getattr(edge, "source_ref", ""))
    return isinstance(edge, model.SequenceFlow) and getattr(source, "default", None) == edge.id


def takes_tokens(edge: BaseElement, source: BaseElement | None) -> bool:
    """Tell whether tokens go along an edge: to what undoes an activity they do, too (10.7)."""
    if not isinstance(edge, model.Association):
        return isinstance(edge, model.SequenceFlow)
    return isinstance(source, model.BoundaryEvent) and any(
        isinstance(one, model.CompensateEventDefinition) for one in source.event_definitions
    )


def ends_of(edge: BaseElement, nodes: ModelIndex) -> tuple[str, str]:
    """Find the ids of what an edge connects; a data association ends at its activity or event."""
    owner = nodes.parents.get(edge.id, "")
    if isinstance(edge, model.DataInputAssociation):
        return next(iter(edge.source_refs), ""), owner
    if isinstance(edge, model.DataOutputAssociation):
        return owner, edge.target_ref or ""
    return getattr(edge, "source_ref", ""), getattr(edge, "target_ref", "")


_POWERS: Final[Mapping[type, int]] = {model.Event: 2, model.Gateway: 1}


def _power(element: object) -> int:
    return next((power for kind, power in _POWERS.items() if isinstance(element, kind)), 0)


class End(NamedTuple):
    """One end of an edge: the element there and its box."""

    element: object
    box: Box


def docked(points: Sequence[Point], source: End | None, target: End | None) -> list[Point]:
    """Cut a route that runs into what it connects back to the borders."""
    route = _cut(list(points), source) if source else list(points)
    if target:
        route = _cut(route[::-1], target)[::-1]
    kept = without_repeats(route)
    return kept if len(kept) > 1 else list(points)


def _cut(route: list[Point], end: End) -> list[Point]:
    """Take away the piece of a route that lies inside the element at its beginning."""
    power, box = _power(end.element), end.box
    inside = (1 - depth(route[0], box, power)) * min(box.width, box.height) / 2
    if inside < _NEAR:
        return route
    first = next((i for i, at in enumerate(route) if depth(at, box, power) >= 1), None)
    if not first:
        return route
    return [crossing(route[first], route[first - 1], box, power), *route[first:]]


_NEAR = 2.5
"""So far inside, in px, an end counts as on the border and stays as it was drawn."""


def straight(source: End | None, target: End | None) -> list[Point]:
    """Make up the route of an edge whose file gives none: from the one middle to the other."""
    if source is None or target is None:
        return []
    route = without_repeats([source.box.centre, target.box.centre])
    return docked(route, source, target) if len(route) > 1 else []


def marks(edge: BaseElement, shape: BPMNEdge, points: Sequence[Point], nodes: ModelIndex) -> Icon:
    """Draw what lies on an edge: the slash of a default flow, a message, open arrow heads."""
    if is_default(edge, nodes):
        return (_slash(points),)
    if isinstance(edge, model.ConversationLink):
        return (Part(Draw.CURVE, tuple(rounded(points)), Ink.KNOCK, 1.8),)
    if isinstance(edge, model.DataAssociation):
        return (_barb(points),)
    if isinstance(edge, model.Association):
        return _barbs(edge.association_direction, points)
    if isinstance(edge, model.MessageFlow) and shape.message_visible_kind:
        cx, cy = along(points, 0.5)
        sheet = Box(cx - 13, cy - 9, 26, 18)
        return letter(sheet, shaded=shape.message_visible_kind == "non_initiating")
    return ()


def _barbs(direction: str, points: Sequence[Point]) -> Icon:
    """Draw the arrow heads of an association: none, at its end, or at both ends (8.4)."""
    ends = {"One": (points,), "Both": (points[::-1], points)}
    return tuple(map(_barb, ends.get(direction, ())))


def _barb(points: Sequence[Point]) -> Part:
    """Draw an open arrow head at the end of a route."""
    before, tip = points[-2], points[-1]
    length = distance(before, tip) or 1
    ux, uy = (tip[0] - before[0]) / length, (tip[1] - before[1]) / length
    back = (tip[0] - ux * 8, tip[1] - uy * 8)
    left, right = (back[0] - uy * 4.5, back[1] + ux * 4.5), (back[0] + uy * 4.5, back[1] - ux * 4.5)
    return line(left, tip, right, width=1.5)


def _slash(points: Sequence[Point]) -> Part:
    """Draw a short line across the beginning of a flow."""
    a, b = points[0], points[1]
    length = distance(a, b) or 1
    ux, uy = (b[0] - a[0]) / length, (b[1] - a[1]) / length
    cx, cy = between(a, b, min(10, length / 2) / length)
    dx, dy = uy * 5.5 - ux * 2.5, -ux * 5.5 - uy * 2.5
    return line((cx - dx, cy - dy), (cx + dx, cy + dy), width=2.0)


def without_clashes(lines: Sequence[Line], nodes: ModelIndex) -> list[Line]:
    """Move the slash of a default flow behind the piece on which other flows are or run close by.

    Otherwise it would lie on them or their diamonds, and nobody could tell whose it is.
    """
    leaving: dict[str, list[Line]] = {}
    for flow in lines:
        leaving.setdefault(flow.source, []).append(flow)
    return [
        _apart(flow, leaving[flow.source])
        if is_default(nodes.elements[flow.element], nodes)
        else flow
        for flow in lines
    ]


def _apart(flow: Line, leaving: Sequence[Line]) -> Line:
    """Move the slash of a default flow, of which no node has many."""
    others = (other for other in leaving if other is not flow)
    shared = max(
        (in_common(flow.points, other.points, near=_CLOSE) for other in others), default=0.0
    )
    if not shared:
        return flow
    return msgspec.structs.replace(flow, parts=(_slash(_rest(flow.points, shared + _BEND)),))


_CLOSE: Final = 6.0
"""So close, in px, another flow is met by a slash."""

_BEND: Final = 6.0
"""So far behind the place where two flows part one of them has bent, in px."""


def _rest(points: Sequence[Point], gone: float) -> list[Point]:
    """Cut off the beginning of a route, but not all of it."""
    for place, (a, b) in enumerate(pairwise(points)):
        step = distance(a, b)
        if gone < step:
            return [between(a, b, gone / step), *points[place + 1 :]]
        gone -= step
    return list(points)


def name_on(edge: BaseElement, shape: BPMNEdge, points: Sequence[Point]) -> tuple[Caption, ...]:
    """Write the name of an edge where the file says, else beside its longest piece."""
    name = clean(getattr(edge, "name", None))
    if not name:
        return ()
    gap = 20.0 if shape.message_visible_kind else 4.0
    return (labelled(name, shape.label) or _beside(name, points, gap),)


def _beside(name: str, points: Sequence[Point], gap: float) -> Caption:
    a, b = longest(points)
    cx, cy = between(a, b, 0.5)
    text = below(name, cx, cy, EXTERNAL)
    width, height = text.box.width, text.box.height
    level = abs(a[1] - b[1]) <= abs(a[0] - b[0])
    return aside(text, *((0, -gap - height) if level else (gap + 1 + width / 2, -height / 2)))
