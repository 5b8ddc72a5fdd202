"""Give a model a drawing: from definitions to definitions with diagrams of our own making."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bpmn_xml.layout.drawing import place_shapes
from bpmn_xml.layout.interchange import Names, to_diagram
from bpmn_xml.layout.measures import category_values
from bpmn_xml.layout.outline import outlines
from bpmn_xml.layout.scopes import Sketch
from bpmn_xml.layout.wiring import wire

if TYPE_CHECKING:
    from bpmn_xml.model import BPMNDiagram, Definitions


def lay_out(definitions: Definitions) -> Definitions:
    """Draw everything anew; what was drawn before is dropped."""
    diagrams: list[BPMNDiagram] = []
    categories = category_values(definitions)
    names = Names(set())
    for outline in outlines(definitions):
        sketch = Sketch(outline, wire(outline), categories)
        diagrams.append(to_diagram(outline, place_shapes(sketch), names))
    return msgspec.structs.replace(definitions, diagrams=tuple(diagrams))
