"""FEEL, as a language of the table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Final

import msgspec

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.closures import Evaluate, Function, Language
from bpmn_xml.expressions.feel.builtins.table import FUNCTIONS
from bpmn_xml.expressions.feel.grammar import COMPARISONS, GRAMMAR, unary_tests
from bpmn_xml.expressions.feel.invoke import misfit
from bpmn_xml.expressions.feel.members import member
from bpmn_xml.expressions.feel.operators import BINARY, UNARY
from bpmn_xml.expressions.feel.parser import FeelParser
from bpmn_xml.expressions.feel.rows import ROWS
from bpmn_xml.expressions.meter import metered
from bpmn_xml.expressions.prices import price_of
from bpmn_xml.expressions.weight import count_read

FEW_TERMS: Final = 16
CHEAP: Final = (
    tree.Literal, tree.Name, tree.Access, tree.Unary, tree.Logic, tree.Conditional, tree.Between,
    tree.CellTests, tree.Interval,
)  # fmt: skip
SIGNS: Final = {meant: sign for sign, meant in COMPARISONS.items()}
"""How FEEL writes the signs with which the tree compares."""


def parse(text: str, functions: Mapping[str, Function], names: Iterable[str]) -> tree.Term:
    """Return the tree of a text in FEEL; an equals sign before it is not part of it."""
    blank = len(text) - len(text.lstrip())
    start = blank + 1 if text[blank : blank + 1] == "=" else 0
    return FeelParser(text, GRAMMAR, functions, names, start=start).parse()


def parse_tests(text: str, functions: Mapping[str, Function], names: Iterable[str]) -> tree.Term:
    """Return the tree of a cell of a decision table."""
    return unary_tests(FeelParser(text, GRAMMAR, functions, names))


def enter(term: tree.Term, run: Evaluate) -> Evaluate:
    """Return the closure of a whole expression with a meter, if it can take many steps."""
    terms = list(tree.walk(term))
    if len(terms) <= FEW_TERMS and all(map(is_cheap, terms)):
        return run
    read = partial(count_read, (*tree.names_in(term), "?"))
    return metered(run, read, price_of(term).steps)


def is_cheap(term: tree.Term) -> bool:
    """Say whether a term takes no more steps than it has letters."""
    if isinstance(term, tree.Binary):
        return term.operator != "**"
    if isinstance(term, tree.Among):
        return all(isinstance(test, tree.Literal | tree.Interval) for test in term.tests)
    return isinstance(term, CHEAP)


LANGUAGE: Final = Language(
    name="feel",
    parse=parse,
    enter=enter,
    binary=BINARY,
    unary=UNARY,
    member=member,
    index=member,
    functions=FUNCTIONS,
    rows=ROWS,
    signs=SIGNS,
    misfit=misfit,
)

UNARY_TESTS: Final = msgspec.structs.replace(LANGUAGE, name="feel-unary-tests", parse=parse_tests)
"""The language of the cells of decision tables; the value that is tested is the variable `?`."""
