"""Where a drawing says something else than its model (12): an edge that ends at another node.

That is left of a merge, or of a piece that was pasted or dragged. Shapes that were only moved, with
edges that end nowhere, say nothing else while they stay in what holds them, and are nobody's fault.
All of this is doubtful, never an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from msgspec.structs import replace

from bpmn_xml import model as m
from bpmn_xml.errors import NOWHERE, Finding
from bpmn_xml.model.about import element_word, finding_about
from bpmn_xml.model.walk import walk

OTHER_PLANE: Final = "DI007"
NOT_DRAWN: Final = "DI008"
ASTRAY: Final = "DI009"
OFF: Final = "DI010"
OUTSIDE: Final = "DI011"
UPON: Final = "DI012"


NEAR: Final = 45.0
"""How far from its shape an edge may end, or a boundary event stand, in the drawing's units."""

AT: Final = 3.0
"""How near a point is to a shape at whose border it is."""

CONNECTING: Final = (m.SequenceFlow, m.MessageFlow)
SHAPELESS: Final = (m.Process, m.Collaboration, m.Definitions, m.Error, m.Escalation, m.Signal)
"""What has no shape: a pool draws a process, a plane all of it."""

HOLDING: Final = (m.SubProcess, m.CallActivity, m.SubChoreography, m.CallChoreography)
"""Nodes that have a plane of their own."""


class Figured(NamedTuple):
    """A shape of an element, and the container that the element is in."""

    shape: m.BPMNShape
    element: m.Element
    around: m.Element | None


def geometry(definitions: m.Definitions) -> Iterator[Finding]:
    """Find what is drawn at a place where it hardly belongs."""
    if not definitions.diagrams:
        return
    known = {getattr(one, "id", None) or "": (one, around) for one, around in walk(definitions)}
    for diagram in definitions.diagrams:
        figures = diagram.plane.elements
        shapes = [one for one in figures if isinstance(one, m.BPMNShape)]
        drawn = {
            name: Figured(shape, *known[name])
            for shape in reversed(shapes)
            if (name := shape.bpmn_element or "") in known
        }
        yield from _plane(diagram.plane, drawn)
        yield from _planeless(diagram.plane, known)
        yield from _poolless(diagram.plane, drawn, known)
        for one in drawn.values():
            yield from _shapeless(one)
            yield from _off(one, drawn)
        yield from _outside(drawn, known)
        yield from _upon(drawn.values())
        for edge in figures:
            flow = known.get(getattr(edge, "bpmn_element", None) or "", (None,))[0]
            if isinstance(edge, m.BPMNEdge) and isinstance(flow, CONNECTING) and edge.waypoints:
                yield from _astray(edge, flow, drawn)


def _plane(plane: m.BPMNPlane, drawn: Mapping[str, Figured]) -> Iterator[Finding]:
    """A plane of a process has no pools, nor nodes of another process."""
    process = plane.bpmn_element or ""
    pools = [one for one in drawn.values() if isinstance(one.element, m.Participant)]
    if any(getattr(one.element, "process_ref", None) == process for one in pools) and process:
        what = f"it is of the process '{process}', and draws pools: those are of a collaboration"
        yield _finding(OTHER_PLANE, plane, what, "write the id of the collaboration")


def _planeless(
    plane: m.BPMNPlane, known: Mapping[str, tuple[m.Element, m.Element | None]]
) -> Iterator[Finding]:
    """A plane is of what holds elements, or refers to what does (12.3)."""
    element = known.get(plane.bpmn_element or "", (None,))[0]
    if isinstance(element, m.FlowNode | m.SequenceFlow) and not isinstance(element, HOLDING):
        what = f"it is of '{plane.bpmn_element}', which is a {element_word(element)}"
        yield _finding(OTHER_PLANE, plane, what, "write the id of the process or collaboration")


def _poolless(
    plane: m.BPMNPlane,
    drawn: Mapping[str, Figured],
    known: Mapping[str, tuple[m.Element, m.Element | None]],
) -> Iterator[Finding]:
    """A process that is drawn beside pools has a pool of its own; one at most may have none."""
    collaboration = known.get(plane.bpmn_element or "", (None,))[0]
    if not isinstance(collaboration, m.Collaboration):
        return
    pools = [one for one in collaboration.participants if one.id in drawn]
    followed = {one.process_ref for one in pools}
    empty = [one for one in pools if not one.process_ref]
    nodes = [one for one in drawn.values() if isinstance(one.element, m.FlowNode)]
    for process in sorted({_process(one.around, known) for one in nodes} - followed - {""}):
        inside = [_middle(n.shape.bounds) for n in nodes if _process(n.around, known) == process]
        for pool in empty:
            bounds = drawn[pool.id or ""].shape.bounds
            if all(_distance(x, y, bounds) == 0 for x, y in inside):
                what = f"the process '{process}' is drawn in it, and it does not name that"
                yield _finding(OTHER_PLANE, pool, what, f'write processRef="{process}"')


def _shapeless(one: Figured) -> Iterator[Finding]:
    if isinstance(one.element, SHAPELESS):
        word = element_word(one.element)
        what = f"the shape draws '{one.shape.bpmn_element}', which is a {word} and has no shape"
        yield _finding(NOT_DRAWN, one.shape, what, "write the id of its pool, or of a node")


def _off(one: Figured, drawn: Mapping[str, Figured]) -> Iterator[Finding]:
    """A boundary event stands on the border of its activity."""
    event = one.element
    host = drawn.get(event.attached_to_ref) if isinstance(event, m.BoundaryEvent) else None
    x, y = _middle(one.shape.bounds)
    if host is None or _from_border(x, y, host.shape.bounds) <= NEAR:
        return
    for other in drawn.values():
        activity = isinstance(other.element, m.Activity) and other.around is one.around
        if activity and _from_border(x, y, other.shape.bounds) <= AT:
            own, there = host.shape.bpmn_element, other.shape.bpmn_element
            what = f"it is drawn at '{there}', but watches '{own}'"
            yield _finding(OFF, one.shape, what, "move it, or attach it to the other one")
            return
    what = f"it is drawn away from '{host.shape.bpmn_element}', which it watches"
    yield _finding(OFF, one.shape, what, "move it to the border of what it watches")


def _outside(
    drawn: Mapping[str, Figured], known: Mapping[str, tuple[m.Element, m.Element | None]]
) -> Iterator[Finding]:
    """A node stands in the pool of its process, in its sub-process and in its lane."""
    frames = [one for one in drawn.values() if isinstance(one.element, m.Participant | m.Lane)]
    pools = {
        one.element.process_ref: one
        for one in frames
        if isinstance(one.element, m.Participant) and one.element.process_ref
    }
    lanes = [one for one in frames if isinstance(one.element, m.Lane) and _refs(one)]
    for one in drawn.values():
        if not isinstance(one.element, m.FlowNode):
            continue
        pool = pools.get(_process(one.around, known))
        around = drawn.get(getattr(one.around, "id", None) or "")
        named = [lane for lane in lanes if one.element.id in _refs(lane)]
        if pool and (there := _holding(one, pools.values(), [pool])):
            what = f"it is drawn in the pool '{there}', which is another one"
            yield _finding(OUTSIDE, one.shape, what, "move it into the pool of its process")
        elif around and around.shape.is_expanded and not _is_in(one, around):
            what = f"it is drawn outside of '{around.shape.bpmn_element}', which it is in"
            yield _finding(OUTSIDE, one.shape, what, "move it into its sub-process")
        elif named and (there := _holding(one, lanes, named)):
            what = (
                f"it is drawn in the lane '{there}', but '{named[0].shape.bpmn_element}' names it"
            )
            yield _finding(OUTSIDE, one.shape, what, "move it, or name it in the other lane")


def _refs(lane: Figured) -> Sequence[str]:
    """The nodes that a lane names."""
    return lane.element.flow_node_refs if isinstance(lane.element, m.Lane) else ()


def _holding(one: Figured, frames: Iterable[Figured], own: Sequence[Figured]) -> str:
    """The frame in which a node is drawn; "" where it is none, or one of its own."""
    there = [frame for frame in frames if _is_in(one, frame)]
    mine = any(frame in own for frame in there)
    return "" if mine or not there else there[0].shape.bpmn_element or ""


def _is_in(one: Figured, frame: Figured) -> bool:
    return _distance(*_middle(one.shape.bounds), frame.shape.bounds) == 0


def _process(
    level: m.Element | None, known: Mapping[str, tuple[m.Element, m.Element | None]]
) -> str:
    """The process in which a level is."""
    while isinstance(level, m.SubProcess):
        level = known[level.id or ""][1] if level.id in known else None
    return level.id or "" if isinstance(level, m.Process) else ""


def _upon(drawn: Iterable[Figured]) -> Iterator[Finding]:
    """Two nodes of one place and size, of which one hides the other."""
    first: dict[m.Bounds, Figured] = {}
    for one in drawn:
        if not isinstance(one.element, m.FlowNode) or one.shape.bounds.width <= 0:
            continue
        other = first.setdefault(replace(one.shape.bounds, place=NOWHERE), one)
        if other is not one:
            what = f"it is drawn where '{other.shape.bpmn_element}' is, and hides it"
            yield _finding(UPON, one.shape, what, "move one of them")


def _astray(
    edge: m.BPMNEdge, flow: m.SequenceFlow | m.MessageFlow, drawn: Mapping[str, Figured]
) -> Iterator[Finding]:
    """An edge ends at what its flow connects, not at another node."""
    points = edge.waypoints
    for point, name in ((points[0], flow.source_ref), (points[-1], flow.target_ref)):
        own = drawn.get(name)
        if own is None or _distance(point.x, point.y, own.shape.bounds) <= NEAR:
            continue
        for other in drawn.values():
            node = isinstance(other.element, m.FlowNode)
            if node and _from_border(point.x, point.y, other.shape.bounds) <= AT:
                there = other.shape.bpmn_element
                what = f"the edge is drawn at '{there}', but its flow connects '{name}'"
                yield _finding(ASTRAY, edge, what, "draw another flow by it, or move it")
                return


def _middle(bounds: m.Bounds) -> tuple[float, float]:
    return bounds.x + bounds.width / 2, bounds.y + bounds.height / 2


def _distance(x: float, y: float, bounds: m.Bounds) -> float:
    """How far a point is outside of a shape; 0 within it."""
    across = max(bounds.x - x, x - bounds.x - bounds.width, 0)
    along = max(bounds.y - y, y - bounds.y - bounds.height, 0)
    return float(max(across, along))


def _from_border(x: float, y: float, bounds: m.Bounds) -> float:
    """How far a point is from the border of a shape, within it or outside."""
    sides = (x - bounds.x, bounds.x + bounds.width - x, y - bounds.y, bounds.y + bounds.height - y)
    return _distance(x, y, bounds) or float(min(sides))


def _finding(code: str, element: m.Element, message: str, remedy: str) -> Finding:
    return finding_about(element, code, f"{message} (12)", remedy)
