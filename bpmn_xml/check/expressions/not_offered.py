"""Texts that no answer to a form can be: a choice is asked for that its field does not offer.

Where Python works, too, it may have written anything: then only slips are told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.variables.reads_and_writes import (
    Elements,
    may_write_all,
    parsed,
    texts_in,
    writes,
)
from bpmn_xml.codes import meanings
from bpmn_xml.compiler.program import Node, Program
from bpmn_xml.errors import Finding, Place
from bpmn_xml.expressions import tree
from bpmn_xml.model.about import finding_about, place_of
from bpmn_xml.wording import listed, nearest, quoted, suggest

NOT_OFFERED: Final = "BX753"


EQUAL: Final = frozenset({"==", "!="})


def not_offered(program: Program, elements: Elements) -> Iterator[Finding]:
    """Find texts with which the answer to a choice is compared, and which it can never be.

    Args:
        program: what is run; a variable that something else in it writes is not looked at.
        elements: those of its file, by their id; nothing is told about others.
    """
    offered = _offered(program)
    others = any(may_write_all(program, one) for one in program.nodes if not _asks(one))
    for element, text in texts_in(program, elements) if offered else ():
        for name, value in _compared(text.text, text.language):
            known = offered.get(name, frozenset())
            wrong = known and value and value not in known
            if wrong and not (others and not nearest(value, known)):
                yield _finding(element, place_of(element, text.text), name, value, known)


def _asks(node: Node) -> bool:
    """Whether a node is done by a person who fills in a form."""
    return node.work is not None and bool(node.work.form)


def _offered(program: Program) -> dict[str, frozenset[str]]:
    """By variable that only choices of forms write: what they offer."""
    offered = defaultdict[str, set[str]](set)
    for node in program.nodes:
        chosen: set[str] = set()
        for field in node.work.form if node.work else ():
            if field.kind == "choice" and field.choices and not field.computes:
                offered[field.name] |= {str(value) for value, _ in field.choices}
                chosen.add(field.name)
        for name in writes(node) - chosen:
            offered[name].add("")
    return {name: frozenset(known) for name, known in offered.items() if "" not in known}


def _compared(text: str, language: str) -> Iterator[tuple[str, str]]:
    """Variables and the texts that they are compared with."""
    read = parsed(text, language)
    terms = [one for one in tree.walk(read.tree) if isinstance(one, tree.Binary)] if read else []
    for term in (one for one in terms if one.operator in EQUAL):
        for one, other in ((term.left, term.right), (term.right, term.left)):
            value = other.value if isinstance(other, tree.Literal) else None
            if isinstance(one, tree.Name) and isinstance(value, str):
                yield one.name, value


def _finding(
    element: m.Element, place: Place, name: str, value: str, known: frozenset[str]
) -> Finding:
    offers = listed([quoted(one) for one in sorted(known)], "or")
    what = f"{name!r} is never {quoted(value)}: its form offers {offers}"
    mend = suggest(value, sorted(known), meanings()[NOT_OFFERED].remedy)
    return finding_about(element, NOT_OFFERED, what, mend, place=place)
