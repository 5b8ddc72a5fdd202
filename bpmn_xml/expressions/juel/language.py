"""JUEL, as a language of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml.expressions.closures import Function, Language
from bpmn_xml.expressions.juel import grammar
from bpmn_xml.expressions.juel.members import item, member
from bpmn_xml.expressions.juel.methods import FUNCTIONS
from bpmn_xml.expressions.juel.operators import BINARY, UNARY
from bpmn_xml.expressions.juel.resolve import resolve
from bpmn_xml.expressions.juel.rows import ROWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bpmn_xml.expressions import tree


def parse(text: str, functions: Mapping[str, Function], names: Iterable[str]) -> tree.Term:
    """Return the tree of a text in JUEL, all of whose calls can be evaluated."""
    return resolve(grammar.parse(text), functions, names, text=text)


LANGUAGE: Final = Language(
    name="juel",
    parse=parse,
    enter=lambda _, run: run,
    binary=BINARY,
    unary=UNARY,
    member=member,
    index=item,
    functions=FUNCTIONS,
    rows=ROWS,
)
