"""Give a model a drawing: from definitions to definitions with diagrams of our own making."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from bpmn_xml.codes import finding
from bpmn_xml.errors import Finding, UsageError
from bpmn_xml.layout.attempts import draw_best
from bpmn_xml.layout.block import Block
from bpmn_xml.layout.geometry import is_slanting
from bpmn_xml.layout.interchange import to_diagram
from bpmn_xml.layout.measures import category_values
from bpmn_xml.layout.outline import Outline, outlines
from bpmn_xml.layout.scopes import Sketch
from bpmn_xml.layout.wiring import wire
from bpmn_xml.model import BPMNDiagram, Definitions
from bpmn_xml.model.ids import UniqueIds
from bpmn_xml.model.walk import walk

FOLDED: Final = "BX301"
FORCED: Final = "BX302"
TANGLED: Final = "BX303"

MOST_ARRANGED: Final = 60_000
"""So many nodes, things and edges are laid out, which takes some ten seconds."""


def arrange(definitions: Definitions) -> tuple[Definitions, tuple[Finding, ...]]:
    """Draw everything anew, and tell what a reader of the drawing should know."""
    categories = category_values(definitions)
    bare = msgspec.structs.replace(definitions, diagrams=())
    ids = UniqueIds(getattr(element, "id", None) or "" for element, _ in walk(bare))
    diagrams: list[BPMNDiagram] = []
    findings: list[Finding] = []
    drawings = outlines(definitions)
    _refuse_what_is_too_large(drawings)
    for outline in drawings:
        sketch = Sketch(outline, wire(outline), categories)
        drawing, forced = draw_best(sketch)
        diagrams.append(to_diagram(outline, drawing, ids))
        findings += _findings(outline, drawing, forced)
    return msgspec.structs.replace(bare, diagrams=tuple(diagrams)), tuple(findings)


def _refuse_what_is_too_large(drawings: Sequence[Outline]) -> None:
    """Nobody could look at it, and others would have to wait for it."""
    count = sum(len(one.scope_of) + len(one.edges) for one in drawings)
    if count > MOST_ARRANGED:
        raise UsageError(
            f"this file has {count:,} shapes and edges and no drawing; "
            f"more than {MOST_ARRANGED:,} are not laid out",
            remedy="part it into several files that call each other",
        )


def _findings(outline: Outline, drawing: Block, forced: Sequence[str]) -> Iterator[Finding]:
    """Tell what is unusual in a drawing."""
    if drawing.bands > 1:
        message = f"it is very long, so its drawing is folded into {drawing.bands} lines"
        remedy = "call parts of it from sub-processes, if people are to read it"
        yield finding(FOLDED, message, id=outline.plane, remedy=remedy)
    straight = sum(map(is_slanting, drawing.routes.values()))
    if straight:
        message = f"it is so tangled that {straight:,} flows are drawn straight across"
        remedy = "part it into sub-processes, if people are to read it"
        yield finding(TANGLED, message, id=outline.plane, remedy=remedy)
    for edge in forced:
        message = "no free way was found for it, so it is drawn across shapes"
        yield finding(FORCED, message, id=edge, remedy="move it in a modeler")
