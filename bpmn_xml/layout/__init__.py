"""Model to positions: draw a process that has no drawing.

`outline` reads what is to be drawn, `attempts` draws it in several ways, `interchange` writes the
best one down. `drawing` stacks pools, of `scopes` from the innermost outwards: in each `layered/`
places nodes (an `ensemble`: a node with all that clings to it), `routing/` leads edges around them.

>>> from bpmn_xml.layout import lay_out
>>> from bpmn_xml.model import Definitions, EndEvent, Process, SequenceFlow, StartEvent
>>> flow = SequenceFlow(id="f", source_ref="a", target_ref="b")
>>> process = Process(id="p", flow_elements=(StartEvent(id="a"), EndEvent(id="b"), flow))
>>> plane = lay_out(Definitions(id="d", root_elements=(process,))).diagrams[0].plane
>>> [(point.x, point.y) for point in plane.elements[2].waypoints]
[(66, 60), (116, 60)]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bpmn_xml.errors import Finding
    from bpmn_xml.model import Definitions


def lay_out(definitions: Definitions) -> Definitions:
    """Draw everything anew: `diagrams` holds one for each collaboration and lone process."""
    return lay_out_with_findings(definitions)[0]


def lay_out_with_findings(definitions: Definitions) -> tuple[Definitions, tuple[Finding, ...]]:
    """Draw everything anew, and tell what is unusual: a folded drawing, a line across a shape."""
    from bpmn_xml.layout.arrange import arrange

    return arrange(definitions)


def with_drawing(
    definitions: Definitions, *, anew: bool = False
) -> tuple[Definitions, tuple[Finding, ...]]:
    """Draw what has no drawing, or `anew` what has one; else it stays, with nothing to tell."""
    if not anew and any(diagram.plane.elements for diagram in definitions.diagrams):
        return definitions, ()
    return lay_out_with_findings(definitions)
