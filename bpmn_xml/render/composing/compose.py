"""From a model and one of its planes to a scene: what cannot be drawn is noted, never a fault."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bpmn_xml import model
from bpmn_xml.errors import Finding
from bpmn_xml.model import BaseElement, BPMNDiagram, BPMNEdge, BPMNLabel, BPMNShape
from bpmn_xml.model.ids import UniqueIds
from bpmn_xml.render import notes, words
from bpmn_xml.render.composing.figures import Look, look_of
from bpmn_xml.render.composing.icons.parts import extent
from bpmn_xml.render.composing.lettering import clean, one_line
from bpmn_xml.render.composing.measure import bounds_of, points_of
from bpmn_xml.render.composing.model_index import ModelIndex
from bpmn_xml.render.composing.nesting import Nest, nest, painted
from bpmn_xml.render.composing.routes import (
    End,
    docked,
    ends_of,
    is_conditional,
    is_default,
    marks,
    name_on,
    straight,
    stroke_of,
    takes_tokens,
    without_clashes,
)
from bpmn_xml.render.composing.scene import Colours, Figure, Line, Scene
from bpmn_xml.render.composing.settling import settled
from bpmn_xml.render.composing.subject import Subject
from bpmn_xml.render.composing.symbols import trigger
from bpmn_xml.render.geometry import Box, around, box_of
from bpmn_xml.render.theme import colour
from bpmn_xml.wording import listed

_LONGEST_ID = 1_000

MARGIN = 16.0
"""Room around the drawing, in px."""


class Sheet:
    """What gathers while one plane is composed: ids that are taken, containers, and notes."""

    def __init__(self, nodes: ModelIndex) -> None:
        self.nodes = nodes
        self.notes: list[Finding] = []
        self.parents: dict[str, str] = {}  # element -> the element it is drawn in
        self._ids = UniqueIds()

    def group_id(self, element: str) -> str:
        """Return an id for a drawn group: the element's own, numbered when drawn again."""
        return self._ids.make(clean(element)[:_LONGEST_ID])

    def note(self, shape: BPMNShape | BPMNEdge, code: str) -> None:
        """Keep what a reader should know: something is drawn otherwise, or not at all."""
        element = shape.bpmn_element or shape.id or ""
        self.notes.append(notes.note(code, element=element, place=shape.place))


def compose(diagram: BPMNDiagram, name: str, nodes: ModelIndex) -> Scene:
    """Make the scene of one plane."""
    sheet = Sheet(nodes)
    elements = diagram.plane.elements
    shapes = [shape for shape in elements if isinstance(shape, model.BPMNShape)]
    edges = [edge for edge in elements if isinstance(edge, model.BPMNEdge)]
    known = [seen for shape in shapes if (seen := _known(shape, sheet))]
    subjects = [subject for subject, _ in known]
    nested = nest(subjects, nodes, diagram.plane.bpmn_element or "")
    figures = painted([_figure(seen, nested, sheet) for seen in known], nodes)
    sheet.parents.update((figure.element, figure.parent) for figure in figures)
    ends = {item.element.id: End(item.element, item.box) for item in reversed(subjects)}
    lines = [line for edge in edges if (line := _line(edge, ends, sheet))]
    figures, lines = settled(figures, without_clashes(lines, nodes))
    order = {figure.element: position for position, figure in enumerate(figures)}
    lines.sort(key=lambda line: order.get(line.source, len(order)))
    frame = _frame(figures, lines)
    return Scene(
        name=name,
        frame=frame,
        figures=tuple(figures),
        lines=tuple(lines),
        notes=tuple(sheet.notes),
        element=clean(diagram.plane.bpmn_element),
    )


def _frame(figures: Sequence[Figure], lines: Sequence[Line]) -> Box:
    covered: list[Box] = [figure.box for figure in figures]
    covered += [box_of(line.points) for line in lines]
    covered += [text.box for figure in figures for text in figure.texts]
    covered += [text.box for line in lines for text in line.texts]
    pools = (figure for figure in figures if figure.kind == "participant")
    covered += [extent(part) for pool in pools for part in pool.parts]
    return around(covered).grown(MARGIN)


def _known(shape: BPMNShape, sheet: Sheet) -> tuple[Subject, Look] | None:
    """Pair a shape with its element and usable bounds; a note and nothing if that cannot be."""
    element = sheet.nodes.elements.get(shape.bpmn_element or "")
    look = look_of(element)
    if element is None or look is None:
        sheet.note(shape, notes.NO_ELEMENT if element is None else notes.NO_SHAPE_IN_BPMN)
        return None
    box = bounds_of(shape.bounds)
    if box is None:
        sheet.note(shape, notes.NO_BOUNDS)
        return None
    if box.width >= 1 and box.height >= 1:
        return Subject(element=element, shape=shape, box=box, nodes=sheet.nodes), look
    if look.usual is None:
        sheet.note(shape, notes.NO_SIZE)
        return None
    sheet.note(shape, notes.USUAL_SIZE)
    usual = Box(box.x, box.y, *look.usual)
    return Subject(element=element, shape=shape, box=usual, nodes=sheet.nodes), look


def _figure(seen: tuple[Subject, Look], nested: Nest, sheet: Sheet) -> Figure:
    subject, look = nested.informed(seen[0]), seen[1]
    element = subject.element
    return Figure(
        id=sheet.group_id(element.id),
        element=element.id,
        kind=words.slug(element),
        box=subject.box,
        outline=look.outline(subject),
        parts=look.parts(subject),
        texts=look.texts(subject),
        colours=_colours(subject.shape, subject.shape.label),
        parent=nested.parent(subject),
        container=subject.filled,
        runs=isinstance(element, model.FlowNode),
        title=one_line(subject.name or words.kind_of(subject.element)),
        words=_said(subject),
    )


def _said(subject: Subject) -> str:
    element, nodes = subject.element, subject.nodes
    kind = words.kind_of(element)
    event = trigger(subject).replace("-", " ") if isinstance(element, model.Event) else ""
    folded = isinstance(element, model.SubProcess) and not subject.expanded
    targets = [
        words.way(
            _called(flow.target_ref, nodes),
            one_line(clean(flow.name), 60),
            "by default" if is_default(flow, nodes) else "",
        )
        for flow in nodes.outgoing.get(element.id, ())
        if flow.target_ref in nodes.elements
    ]
    return words.sentence(
        " ".join(filter(None, ("collapsed" if folded else "", event, kind))),
        nodes.told_apart(element.id, subject.name),
        "" if subject.interrupts() else "non-interrupting",
        f"on {nodes.name(host) or host}" if (host := _host(element)) else "",
        f"leads to {listed(targets, most=len(targets))}" if targets else "",
    )


def _called(element: str, nodes: ModelIndex) -> str:
    """Call an element by its name or text, else by what it is, else by its id."""
    found = nodes.elements.get(element)
    text = found.text.text if isinstance(found, model.TextAnnotation) and found.text else ""
    name = one_line(clean(nodes.name(element) or text), 60)
    return nodes.told_apart(element, name) or (words.kind_of(found) if found else element)


def _host(element: BaseElement) -> str:
    return element.attached_to_ref if isinstance(element, model.BoundaryEvent) else ""


def _line(shape: BPMNEdge, ends: dict[str, End], sheet: Sheet) -> Line | None:
    """Make the line of an edge; a note and nothing if it has no element or no route."""
    nodes = sheet.nodes
    edge = nodes.elements.get(shape.bpmn_element or "")
    stroke = stroke_of(edge, nodes) if edge else None
    if edge is None or stroke is None:
        sheet.note(shape, notes.NO_FLOW)
        return None
    source, target = ends_of(edge, nodes)
    points = _route(shape, ends.get(source), ends.get(target), sheet)
    if not points:
        return None
    return Line(
        id=sheet.group_id(edge.id),
        element=edge.id,
        kind=words.slug(edge),
        points=tuple(points),
        parent=sheet.parents.get(source, "") if stroke.within else "",
        source=source,
        target=target,
        tail=stroke.tail,
        head=stroke.head,
        dash=stroke.dash,
        width=stroke.width,
        parts=marks(edge, shape, points, nodes),
        texts=name_on(edge, shape, points),
        colours=_colours(shape, shape.label),
        runs=isinstance(edge, model.MessageFlow) or takes_tokens(edge, nodes.elements.get(source)),
        title=one_line(clean(getattr(edge, "name", "")) or words.kind_of(edge)),
        words=_said_of_flow(edge, source, target, nodes),
    )


def _route(
    shape: BPMNEdge, source: End | None, target: End | None, sheet: Sheet
) -> list[tuple[float, float]]:
    points = points_of(shape.waypoints)
    if len(points) != len(shape.waypoints):
        sheet.note(shape, notes.LOST_POINTS)
    if len(points) > 1:
        return docked(points, source, target)
    made_up = straight(source, target)
    sheet.note(shape, notes.STRAIGHT if made_up else notes.NO_ROUTE)
    return made_up


def _said_of_flow(edge: BaseElement, source: str, target: str, nodes: ModelIndex) -> str:
    kind = words.kind_of(edge)
    manner = "default" if is_default(edge, nodes) else ""
    manner = "conditional" if is_conditional(edge, nodes) else manner
    ends = [_called(end, nodes) for end in (source, target)]
    named = words.sentence(f"{manner} {kind}".strip(), getattr(edge, "name", None))
    return f"{named} from {ends[0]} to {ends[1]}"


_ATTRIBUTES = {
    "fill": ("background-color", "fill"),
    "stroke": ("border-color", "stroke"),
}


def _colours(shape: BPMNShape | BPMNEdge, label: BPMNLabel | None) -> Colours:
    """Read the colours that the file gives, in either of the two ways tools write them."""
    own = {found.name: found.value for found in shape.extension_attributes}
    letters = {found.name: found.value for found in (label.extension_attributes if label else ())}

    def first(names: Iterable[str]) -> str | None:
        return next((read for name in names if (read := colour(own.get(name, "")))), None)

    text = colour(letters.get("color", ""))
    return Colours(fill=first(_ATTRIBUTES["fill"]), stroke=first(_ATTRIBUTES["stroke"]), text=text)
