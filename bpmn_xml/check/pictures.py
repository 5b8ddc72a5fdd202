"""What a check or a comparison found, as marks on a drawing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from bpmn_xml.check.difference.comparison import Difference
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.model import (
    BaseElement,
    DataObjectReference,
    DataStoreReference,
    Definitions,
    FlowNode,
    RootElement,
    SequenceFlow,
)
from bpmn_xml.render.composing.model_index import ModelIndex, index_model
from bpmn_xml.render.overlay import Edit, Found, Mark, Overlay

WORST_FIRST: Final = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
SHOWN: Final = 2
"""How many codes stand at one element."""


def of_findings(findings: Iterable[Finding], definitions: Definitions) -> Overlay:
    """Mark each node and flow with the worst that was found at or in it, and the codes of all.

    What was found at a process stands at its pool, what at data where that is drawn; the codes of
    what was found where nothing is drawn stand in the legend.
    """
    nodes, elsewhere = index_model(definitions), list[Finding]()
    found: defaultdict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        places = _shown_at(finding.id, nodes)
        for place in places:
            found[place].append(finding)
        elsewhere += () if places else (finding,)
    return Overlay(
        marks={name: _mark(told) for name, told in found.items()},
        title=f"elsewhere: {_codes(elsewhere)}" if elsewhere else "",
        rest=Found.CLEAN,
        whole=True,
    )


def _shown_at(name: str, nodes: ModelIndex) -> Sequence[str]:
    """Climb from a part (a definition of an event, an input `task/text`) to what is drawn of it."""
    own = name if name in nodes.elements else name.partition("/")[0]
    at = own
    while at and not isinstance(nodes.elements.get(at), FlowNode | SequenceFlow):
        at = nodes.parents.get(at, "")
    pool = nodes.pools.get(own)
    if at or pool:
        return (at or pool or "",)
    if shown := [id_ for id_, one in nodes.elements.items() if own and own in _data_of(one)]:
        return shown
    element = nodes.elements.get(own)
    return () if element is None or isinstance(element, RootElement) else (own,)


def _data_of(element: BaseElement) -> Sequence[str | None]:
    """The data object or data store that a reference shows."""
    if isinstance(element, DataObjectReference):
        return (element.data_object_ref,)
    return (element.data_store_ref,) if isinstance(element, DataStoreReference) else ()


def _mark(findings: Sequence[Finding]) -> Mark:
    worst = min((found.severity for found in findings), key=WORST_FIRST.index)
    return Mark(state=Found(worst.value), value=_codes(findings))


def _codes(findings: Sequence[Finding]) -> str:
    """Name the worst, of equal ones what concerns a run before what the standard says."""
    ranked = sorted(
        findings, key=lambda one: (WORST_FIRST.index(one.severity), not one.code.startswith("BX"))
    )
    codes = list(dict.fromkeys(found.code for found in ranked))
    more = f" +{len(codes) - SHOWN}" if len(codes) > SHOWN else ""
    return " ".join(codes[:SHOWN]) + more


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
