"""What a check or a comparison found, as marks on a drawing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from bpmn_xml.check.difference.comparison import Difference
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.model import Definitions, FlowNode, SequenceFlow
from bpmn_xml.render.composing.model_index import ModelIndex, index_model
from bpmn_xml.render.overlay import Edit, Found, Mark, Overlay

WORST_FIRST: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
SHOWN: Final = 2
"""How many codes stand at one element."""


def of_findings(findings: Iterable[Finding], definitions: Definitions) -> Overlay:
    """Mark each node and flow with the worst that was found at or in it, and the codes of all."""
    nodes = index_model(definitions)
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.id:
            found[_shown_at(finding.id, nodes)].append(finding)
    marks = {name: _mark(told) for name, told in found.items()}
    return Overlay(marks=marks, rest=Found.CLEAN)


def _shown_at(name: str, nodes: ModelIndex) -> str:
    """Climb from a part (a definition of an event, an input `task/text`) to the node or flow."""
    own = name if name in nodes.elements else name.partition("/")[0]
    at = own
    while at and not isinstance(nodes.elements.get(at), FlowNode | SequenceFlow):
        at = nodes.parents.get(at, "")
    return at or own


def _mark(findings: Sequence[Finding]) -> Mark:
    worst = min((found.severity for found in findings), key=WORST_FIRST.index)
    ranked = sorted(findings, key=lambda found: WORST_FIRST.index(found.severity))
    codes = list(dict.fromkeys(found.code for found in ranked))
    more = f" +{len(codes) - SHOWN}" if len(codes) > SHOWN else ""
    return Mark(state=Found(worst.value), value=" ".join(codes[:SHOWN]) + more)


def of_differences(differences: Iterable[Difference]) -> Overlay:
    """Mark each element as added, changed, moved or removed; an event changes with what defines it.

    An event that is new or gone, whose definitions are so too, is no more than that.
    """
    marks = dict[str, Mark]()
    for found in differences:
        change = Edit.CHANGED if found.of else found.change
        before = marks.get(found.of or found.id)
        if before is None or (before.state, change) in _OUTWEIGHED:
            marks[found.of or found.id] = Mark(state=change, value=change.value)
    return Overlay(marks=marks, rest=Edit.SAME, whole=True)


_OUTWEIGHED: Final = {
    (Edit.MOVED, Edit.CHANGED),
    (Edit.CHANGED, Edit.ADDED),
    (Edit.CHANGED, Edit.REMOVED),
}
"""What is said of an element, and what else outweighs that."""
