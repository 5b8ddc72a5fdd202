"""Where a drawing puts things (12): edges end at their shapes, nodes stand in their pools.

People move a shape in a text editor, or paste a piece of one file into another: what is drawn then
says something else than the model. All of this is doubtful, never an error; most is only noted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from bpmn_xml import model as m
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.model.about import element_word, finding_about
from bpmn_xml.model.walk import walk

OTHER_PLANE: Final = "DI007"
NOT_DRAWN: Final = "DI008"
LOOSE: Final = "DI009"
OFF: Final = "DI010"
OUTSIDE: Final = "DI011"
UPON: Final = "DI012"
TITLES: Final = {
    OTHER_PLANE: "A plane draws what is not in the element that it is of",
    NOT_DRAWN: "A shape draws what has no shape",
    LOOSE: "An edge does not end at the shape of what it connects",
    OFF: "A boundary event is not drawn at its activity",
    OUTSIDE: "A node is drawn in another pool",
    UPON: "Two nodes are drawn upon each other",
}
"""The title of each code."""

SEVERITY: Final = {OTHER_PLANE: Severity.WARNING, NOT_DRAWN: Severity.WARNING}
"""What is more than noted."""

NEAR: Final = 45.0
"""How far from a shape an edge may end, or a boundary event stand, in the units of the drawing."""

CONNECTING: Final = (m.SequenceFlow, m.MessageFlow)
SHAPELESS: Final = (m.Process, m.Collaboration, m.Definitions)
"""What has no shape: a pool draws a process, a plane all of it."""


class Drawn(NamedTuple):
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
            name: Drawn(shape, *known[name])
            for shape in reversed(shapes)
            if (name := shape.bpmn_element or "") in known
        }
        yield from _plane(diagram.plane, drawn)
        for one in drawn.values():
            yield from _shapeless(one)
            yield from _off(one, drawn)
        yield from _outside(drawn, known)
        yield from _upon([one for one in drawn.values() if _is_plain(one)])
        for edge in figures:
            flow = known.get(getattr(edge, "bpmn_element", None) or "", (None,))[0]
            if isinstance(edge, m.BPMNEdge) and isinstance(flow, CONNECTING):
                yield from _loose(edge, flow, drawn)


def _plane(plane: m.BPMNPlane, drawn: Mapping[str, Drawn]) -> Iterator[Finding]:
    """A plane of a process has no pools, nor nodes of another process."""
    process = plane.bpmn_element or ""
    pools = [one for one in drawn.values() if isinstance(one.element, m.Participant)]
    if any(getattr(one.element, "process_ref", None) == process for one in pools) and process:
        what = f"it is of the process '{process}', and draws pools: those are of a collaboration"
        yield _finding(OTHER_PLANE, plane, what, "write the id of the collaboration")


def _shapeless(one: Drawn) -> Iterator[Finding]:
    if isinstance(one.element, SHAPELESS):
        word = element_word(one.element)
        what = f"the shape draws '{one.shape.bpmn_element}', which is a {word} and has no shape"
        yield _finding(NOT_DRAWN, one.shape, what, "write the id of its pool, or of a node")


def _off(one: Drawn, drawn: Mapping[str, Drawn]) -> Iterator[Finding]:
    """A boundary event stands on the border of its activity."""
    host = (
        drawn.get(one.element.attached_to_ref) if isinstance(one.element, m.BoundaryEvent) else None
    )
    if host is None:
        return
    x, y = _middle(one.shape.bounds)
    if _distance(x, y, host.shape.bounds) > NEAR or _depth(x, y, host.shape.bounds) > NEAR:
        what = f"it is not drawn at the border of '{host.shape.bpmn_element}', which it watches"
        yield _finding(OFF, one.shape, what, "move it there")


def _outside(
    drawn: Mapping[str, Drawn], known: Mapping[str, tuple[m.Element, m.Element | None]]
) -> Iterator[Finding]:
    """A node stands in the pool of its process."""
    pools = {
        one.element.process_ref: one
        for one in drawn.values()
        if isinstance(one.element, m.Participant) and one.element.process_ref
    }
    for one in drawn.values() if len(pools) > 1 else ():
        own = pools.get(_process(one.around, known))
        if not isinstance(one.element, m.FlowNode) or own is None:
            continue
        x, y = _middle(one.shape.bounds)
        there = [other for other in pools.values() if _distance(x, y, other.shape.bounds) == 0]
        if there and own not in there:
            what = f"it is drawn in the pool '{there[0].shape.bpmn_element}', which is another one"
            yield _finding(OUTSIDE, one.shape, what, "move it into the pool of its process")


def _process(
    level: m.Element | None, known: Mapping[str, tuple[m.Element, m.Element | None]]
) -> str:
    """The process in which a level is."""
    while isinstance(level, m.SubProcess):
        level = known[level.id or ""][1] if level.id in known else None
    return level.id or "" if isinstance(level, m.Process) else ""


def _is_plain(one: Drawn) -> bool:
    """Whether it is a node upon which no other one stands."""
    return isinstance(one.element, m.FlowNode) and not isinstance(
        one.element, m.BoundaryEvent | m.SubProcess | m.CallActivity
    )


def _upon(nodes: Sequence[Drawn]) -> Iterator[Finding]:
    for one, other in combinations(nodes, 2):
        first, second = one.shape.bounds, other.shape.bounds
        if _depth(*_middle(first), second) > 0 or _depth(*_middle(second), first) > 0:
            what = f"it is drawn upon '{one.shape.bpmn_element}'"
            yield _finding(UPON, other.shape, what, "move one of them")


def _loose(
    edge: m.BPMNEdge, flow: m.SequenceFlow | m.MessageFlow, drawn: Mapping[str, Drawn]
) -> Iterator[Finding]:
    """An edge begins and ends at what its flow connects."""
    points = edge.waypoints
    for point, name in zip(
        (points[:1], points[-1:]), (flow.source_ref, flow.target_ref), strict=True
    ):
        shape = drawn.get(name)
        if point and shape and _distance(point[0].x, point[0].y, shape.shape.bounds) > NEAR:
            end = "begin" if name == flow.source_ref else "end"
            what = f"the edge does not {end} at '{name}', which its flow connects"
            yield _finding(LOOSE, edge, what, "move its waypoints, or draw another flow by it")
            return


def _middle(bounds: m.Bounds) -> tuple[float, float]:
    return bounds.x + bounds.width / 2, bounds.y + bounds.height / 2


def _distance(x: float, y: float, bounds: m.Bounds) -> float:
    """How far a point is outside of a shape; 0 within it."""
    across = max(bounds.x - x, x - bounds.x - bounds.width, 0)
    along = max(bounds.y - y, y - bounds.y - bounds.height, 0)
    return float(max(across, along))


def _depth(x: float, y: float, bounds: m.Bounds) -> float:
    """How far a point is within a shape; 0 outside of it."""
    sides = (x - bounds.x, bounds.x + bounds.width - x, y - bounds.y, bounds.y + bounds.height - y)
    return max(min(sides), 0.0)


def _finding(code: str, element: m.Element, message: str, remedy: str) -> Finding:
    severity = SEVERITY.get(code, Severity.NOTE)
    return finding_about(element, code, f"{message} (12)", severity=severity, remedy=remedy)
