"""Choices over one number that leave out some: where none of the conditions holds.

`> 5` on one way and `< 5` on the other: for 5 there is no way, and it stops there
(13.4.2).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from bpmn_xml.check.dataflow import Elements, parsed
from bpmn_xml.compiler.program import NONE, Flow, Kind, Node, Program
from bpmn_xml.errors import ExpressionError, Finding, Severity
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.compiled import Compiled
from bpmn_xml.model.about import finding_about

LEFT_OUT: Final = "BX709"
TITLES: Final = {LEFT_OUT: "For some numbers none of the conditions of a choice holds"}
"""The title of each code."""

NUMBERS: Final = (int, float, Decimal)
CHOOSING: Final = (Kind.EXCLUSIVE_GATEWAY, Kind.INCLUSIVE_GATEWAY)


def ranges(program: Program, elements: Elements) -> Iterator[Finding]:
    """Find choices over one number that leave out some, each at its gateway."""
    for node in program.nodes:
        flows = [program.flows[index] for index in node.outgoing]
        if node.id not in elements or not _chooses(node, flows):
            continue
        read = [one for flow in flows if (one := _read(flow))]
        names = {name for one in read for name in one.names}
        if len(read) < len(flows) or len(names) != 1:
            continue
        name = names.pop()
        one_way = node.kind is Kind.EXCLUSIVE_GATEWAY
        if example := _left_out(read, name, one_way=one_way):
            message = f"none of its conditions holds where {name!r} {example}"
            remedy = "let one of them hold there, or name a default flow"
            yield finding_about(
                elements[node.id], LEFT_OUT, message, severity=Severity.WARNING, remedy=remedy
            )


def _chooses(node: Node, flows: Sequence[Flow]) -> bool:
    return node.kind in CHOOSING and len(flows) > 1 and node.default == NONE


def _read(flow: Flow) -> Compiled | None:
    """The condition of a flow, if it does nothing but compare numbers."""
    if flow.condition is None:
        return None
    read = parsed(flow.condition.text, flow.condition.language)
    known = (tree.Name, tree.Literal, tree.Binary, tree.Chain, tree.Logic, tree.Between)
    terms = list(tree.walk(read.tree)) if read else []
    return read if terms and all(isinstance(one, known) for one in terms) else None


def _left_out(read: Sequence[Compiled], name: str, *, one_way: bool) -> str:
    """What is left out: a number between others, or a side where ways overlap that exclude."""
    literals = [t.value for r in read for t in tree.walk(r.tree) if isinstance(t, tree.Literal)]
    fixed = [one for one in literals if isinstance(one, NUMBERS) and not isinstance(one, bool)]
    points = sorted({point for one in fixed for point in (one - 1, one, one + 1)})
    if len(fixed) < len(literals) or not points:
        return ""
    try:
        held = [sum(bool(one.evaluate({name: point})) for one in read) for point in points]
    except ExpressionError:
        return ""
    open_ = [at for at, ways in enumerate(held) if ways]
    inner = [at for at, ways in enumerate(held) if not ways and open_ and open_[0] < at < open_[-1]]
    outer = [at for at in (0, len(held) - 1) if not held[at]]
    overlaps = one_way and any(ways > 1 for ways in held)
    left_out = inner or (outer if overlaps else [])
    return f"is {points[left_out[0]]}" if left_out else ""
