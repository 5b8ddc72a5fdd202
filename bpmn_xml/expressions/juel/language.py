"""JUEL, as a language of the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import Evaluate, Function, Language
from bpmn_xml.expressions.juel import grammar
from bpmn_xml.expressions.juel.members import item, member
from bpmn_xml.expressions.juel.methods import FUNCTIONS
from bpmn_xml.expressions.juel.operators import BINARY, UNARY
from bpmn_xml.expressions.juel.resolve import resolve
from bpmn_xml.expressions.juel.rows import ROWS
from bpmn_xml.expressions.meter import metered
from bpmn_xml.expressions.weight import count_read

LOOKING: Final = (tree.Call, tree.Binary, tree.Template)
FEW_CALLS: Final = 4
"""None of them looks at more than there is: so many are soon done without a meter."""


def parse(text: str, functions: Mapping[str, Function], names: Iterable[str]) -> tree.Term:
    """Return the tree of a text in JUEL, all of whose calls can be evaluated."""
    return resolve(grammar.parse(text), functions, names, text=text)


def enter(term: tree.Term, run: Evaluate) -> Evaluate:
    """Return the closure of a whole expression, with a meter if it makes more than a few calls."""
    calls = sum(isinstance(part, LOOKING) for part in tree.walk(term))
    return metered(run, partial(count_read, tree.names_in(term))) if calls > FEW_CALLS else run


LANGUAGE: Final = Language(
    name="juel",
    parse=parse,
    enter=enter,
    binary=BINARY,
    unary=UNARY,
    member=member,
    index=item,
    functions=FUNCTIONS,
    rows=ROWS,
)
