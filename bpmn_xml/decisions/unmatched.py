"""Why no rule of a table matches: values of another kind than the tests, tests without an answer.

>>> from bpmn_xml.expressions import compile
>>> sorted(kinds_tested([compile("< 5, 7", "feel-unary-tests").tree]))
['number']
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.feel.values import kind_of

ANSWERING: Final = (tree.Access, tree.Binary, tree.Call, tree.Invoke, tree.Logic, tree.Unary)
"""Terms of a test that may have no result."""


def may_be_null(test: tree.Term) -> bool:
    """Say whether a part of a cell's tests may have no result."""
    return any(isinstance(part, ANSWERING) for part in tree.walk(test))


def kinds_tested(cells: Iterable[tree.Term]) -> frozenset[str]:
    """Return the kinds of values that tests are for; none if that hangs on more than constants."""
    found = [kind for cell in cells for kind in _kinds(cell)]
    return frozenset(found) - {"null"} if all(found) and "boolean" not in found else frozenset()


def _kinds(cell: tree.Term) -> Iterator[str]:
    for test in cell.tests if isinstance(cell, tree.CellTests) else (cell,):
        ends = (test.start, test.end) if isinstance(test, tree.Interval) else (test,)
        for end in ends:
            if end is not None:
                yield kind_of(end.value) if isinstance(end, tree.Literal) else ""


def told_apart(value: Any, kinds: frozenset[str]) -> str:
    """Say that a value is of none of the kinds; nothing if it is null or of one of them."""
    kind = kind_of(value)
    if value is None or not kinds or kind in kinds:
        return ""
    return f"is a {kind}, its tests are for a {' or a '.join(sorted(kinds))}"
