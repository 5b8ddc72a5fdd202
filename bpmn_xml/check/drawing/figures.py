"""The drawing and what it draws (12): shapes of nodes, edges of flows, each once, none forgotten.

What is missing on a drawing, or stands on it by mistake, is doubtful, never an error: a file
without any drawing is as good.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.errors import Finding
from bpmn_xml.model.about import finding_about
from bpmn_xml.model.walk import walk

NOT_A_SHAPE: Final = "DI001"
NOT_AN_EDGE: Final = "DI002"
TWICE: Final = "DI003"
NO_SIZE: Final = "DI004"
NOTHING: Final = "DI005"
FORGOTTEN: Final = "DI006"


LINES: Final = (
    m.SequenceFlow,
    m.MessageFlow,
    m.Association,
    m.DataAssociation,
    m.ConversationLink,
)
"""What edges draw; shapes draw all else."""

Figure = m.BPMNShape | m.BPMNEdge


def figures(definitions: m.Definitions) -> Iterator[Finding]:
    """Find where the drawing of a file does not fit what it draws."""
    known = {getattr(one, "id", None) or "": one for one, _ in walk(definitions)}
    drawn = set[str]()
    for diagram in definitions.diagrams:
        told = defaultdict[str, list[Figure]](list)
        for figure in diagram.plane.elements:
            if isinstance(figure, m.BPMNShape | m.BPMNEdge):
                yield from _figure(figure, known.get(figure.bpmn_element or ""))
                told[figure.bpmn_element or ""].append(figure)
        drawn |= told.keys()
        yield from _twice(told)
    for level, _ in walk(definitions):
        if isinstance(level, m.Process | m.SubProcess | m.Collaboration):
            yield from _forgotten(_parts(level), drawn)


def _figure(figure: Figure, element: m.Element | None) -> Iterator[Finding]:
    """Find what is wrong with one shape or edge; where it leads nowhere the reader has said so."""
    shape = isinstance(figure, m.BPMNShape)
    word = "shape" if shape else "edge"
    if not figure.bpmn_element:
        message = f"the {word} does not say what it draws"
        yield _finding(NOTHING, figure, message)
    elif shape and isinstance(element, LINES):
        message = f"the shape draws '{figure.bpmn_element}', which is a line"
        yield _finding(NOT_A_SHAPE, figure, message, "use a BPMNEdge")
    elif not shape and element is not None and not isinstance(element, LINES):
        message = f"the edge draws '{figure.bpmn_element}', which is no line"
        yield _finding(NOT_AN_EDGE, figure, message, "use a BPMNShape")
    if isinstance(figure, m.BPMNShape):
        size = figure.bounds.width, figure.bounds.height
        unseen = isinstance(element, m.FlowNode) and max(size) == 0
        if min(size) < 0 or unseen:
            message = "the shape has no size" if unseen else "the shape has a negative size"
            yield _finding(NO_SIZE, figure, message, "give it a width and a height")


def _twice(told: dict[str, list[Figure]]) -> Iterator[Finding]:
    for element, figures in told.items():
        for figure in figures[1:] if element else ():
            message = f"'{element}' is drawn twice on this plane"
            yield _finding(TWICE, figure, message)


def _parts(level: m.Process | m.SubProcess | m.Collaboration) -> Sequence[m.BaseElement]:
    """What is to be drawn together. A pool may be there without its border (9.3)."""
    if isinstance(level, m.Collaboration):
        return level.message_flows
    lanes = [one for own in level.lane_sets for one in own.lanes]
    return lanes + [e for e in level.flow_elements if isinstance(e, m.FlowNode | m.SequenceFlow)]


def _forgotten(parts: Sequence[m.BaseElement], drawn: set[str]) -> Iterator[Finding]:
    """Find what is not drawn although something beside it is."""
    if not any(part.id in drawn for part in parts):
        return
    for part in parts:
        if part.id not in drawn:
            message = "it is not drawn, but its neighbours are: nobody will see it"
            yield _finding(FORGOTTEN, part, message, "draw it, or let `convert --layout` do it")


def _finding(code: str, element: m.Element, message: str, remedy: str | None = None) -> Finding:
    return finding_about(element, code, f"{message} (12)", remedy)
