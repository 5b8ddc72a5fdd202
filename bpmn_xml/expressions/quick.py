"""The commonest condition in one step: `name < constant`, where both are integers or both texts."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.expressions import tree

SIGNS: Final[Mapping[str, Callable[[Any, Any], object]]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
    "==": operator.eq, "!=": operator.ne,
}  # fmt: skip
"""Signs that mean the same in every language between two integers or two texts."""


def can_be_quick(term: tree.Binary) -> bool:
    """Say whether a term compares a variable with an integer or a text."""
    constant = term.right.value if isinstance(term.right, tree.Literal) else None
    named = isinstance(term.left, tree.Name)
    return named and term.operator in SIGNS and type(constant) in (int, str)


def quick(term: Any, careful: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return the closure of such a term; what is not of the constant's type is left to another."""
    name, compare, other = term.left.name, SIGNS[term.operator], term.right.value
    kind = type(other)

    def run(scope: Any) -> object:
        try:
            value = scope[name]
        except LookupError:  # null in one language, an error in others
            return careful(scope)
        return compare(value, other) if type(value) is kind else careful(scope)

    return run
