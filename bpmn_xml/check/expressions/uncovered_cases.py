"""Choices that leave out some case: a number or flags for which none of the conditions holds.

`> 5` on one way and `< 5` on the other: for 5 there is no way, and it stops there (13.4.2).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import product
from typing import Final

from bpmn_xml.check.expressions.null_or_false import NUMBERS, ORDERING
from bpmn_xml.check.variables.misspelt import CHOOSING
from bpmn_xml.check.variables.reads_and_writes import Elements, parsed
from bpmn_xml.compiler.program import NONE, Flow, Kind, Node, Program
from bpmn_xml.errors import ExpressionError, Finding
from bpmn_xml.expressions import tree
from bpmn_xml.expressions.compiled import Compiled
from bpmn_xml.model.about import finding_about
from bpmn_xml.wording import listed

LEFT_OUT: Final = "BX709"


MOST_FLAGS: Final = 4
"""How many flags all cases are tried of."""

PLAIN: Final = (
    tree.Name,
    tree.Literal,
    tree.Unary,
    tree.Binary,
    tree.Chain,
    tree.Logic,
    tree.Between,
)
"""Terms that ask for nothing but the variables."""


def uncovered_cases(program: Program, elements: Elements) -> Iterator[Finding]:
    """Find choices over one number, or over some flags, that leave out cases, at their gateways."""
    for node in program.nodes:
        flows = [program.flows[index] for index in node.outgoing]
        if node.id not in elements or not _chooses(node, flows):
            continue
        read = [one for flow in flows if (one := _read(flow))]
        if len(read) == len(flows) and (example := _example(node, read)):
            message = f"none of its conditions holds where {example}"
            yield finding_about(elements[node.id], LEFT_OUT, message)


def _example(node: Node, read: Sequence[Compiled]) -> str:
    """A case in which no condition of a node holds, in words; "" if none is known."""
    names = {name for one in read for name in one.names}
    if all(isinstance(value, bool) for value in _fixed(_terms(read))):
        return _flags_left_out(read, sorted(names))
    if len(names) != 1:
        return ""
    name = names.pop()
    number = _left_out(read, name, one_way=node.kind is Kind.EXCLUSIVE_GATEWAY)
    return f"{name!r} {number}" if number else ""


def _terms(read: Iterable[Compiled]) -> Iterator[tree.Term]:
    for one in read:
        yield from tree.walk(one.tree)


def _flags_left_out(read: Sequence[Compiled], names: Sequence[str]) -> str:
    """What is left out of flags of which one is asked for on several ways."""
    shared = any(sum(name in one.names for one in read) > 1 for name in names)
    if not shared or len(names) > MOST_FLAGS or any(_compares_names(t) for t in _terms(read)):
        return ""
    for flags in product((True, False), repeat=len(names)):
        case = dict(zip(names, flags, strict=True))
        try:
            if not any(one.evaluate(case) for one in read):
                return listed(f"{name!r} is {str(flag).lower()}" for name, flag in case.items())
        except ExpressionError:
            return ""
    return ""


def _compares_names(term: tree.Term) -> bool:
    """Whether a term asks for something else of a variable than whether it is true."""
    if isinstance(term, tree.Binary):
        sides = (term.left, term.right)
        return term.operator not in ("==", "!=") or not any(
            isinstance(side, tree.Literal) for side in sides
        )
    return isinstance(term, tree.Chain | tree.Between)


def _chooses(node: Node, flows: Sequence[Flow]) -> bool:
    return node.kind in CHOOSING and len(flows) > 1 and node.default == NONE


def _read(flow: Flow) -> Compiled | None:
    """The condition of a flow, if it does nothing but compare, and join what it compares."""
    if flow.condition is None:
        return None
    read = parsed(flow.condition.text, flow.condition.language)
    terms = list(tree.walk(read.tree)) if read else []
    return read if terms and all(_is_plain(term) for term in terms) else None


def _is_plain(term: tree.Term) -> bool:
    return isinstance(term, PLAIN) or (isinstance(term, tree.Call) and term.function == "not")


def _fixed(terms: Iterable[tree.Term]) -> list[object]:
    return [term.value for term in terms if isinstance(term, tree.Literal)]


def _numbers(terms: Iterable[tree.Term]) -> list[int | float | Decimal]:
    return [one for one in _fixed(terms) if isinstance(one, NUMBERS) and not isinstance(one, bool)]


def _orders(term: tree.Term) -> bool:
    """Whether a term asks for more or less, not for what is equal."""
    orders = isinstance(term, tree.Binary) and term.operator in ORDERING
    return orders or isinstance(term, tree.Chain | tree.Between)


def _left_out(read: Sequence[Compiled], name: str, *, one_way: bool) -> str:
    """What is left out: a number between others, or a side where ways overlap that exclude.

    Numbers that are but equal to something are codes: nothing lies between them.
    """
    ordered = _numbers(part for term in _terms(read) if _orders(term) for part in tree.walk(term))
    points = sorted({point for one in ordered for point in (one - 1, one, one + 1)})
    if not points or len(_numbers(_terms(read))) < len(_fixed(_terms(read))):
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
