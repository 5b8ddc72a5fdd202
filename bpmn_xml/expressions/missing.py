"""Which variables may be missing, because the text that asks for them says what happens then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bpmn_xml.expressions import tree

EXPECTING: Final = frozenset({"is defined", "get or else", "get value"})
"""Functions of FEEL that are asked where a variable may be missing."""


def expects_absence(term: tree.Term) -> bool:
    """Whether a text says itself what happens where a variable is missing.

    >>> from bpmn_xml.expressions import compile
    >>> [expects_absence(compile(text, "feel").tree) for text in ("a = null", "a = 1")]
    [True, False]
    """
    return any(
        (isinstance(part, tree.Call) and part.function in EXPECTING)
        or isinstance(part, tree.Lookup)
        or (isinstance(part, tree.Literal) and part.value is None)
        for part in tree.walk(term)
    )


def expected_names(term: tree.Term) -> Iterator[str]:
    """The names of a text that may be missing; in a filter each may be an entry of the item.

    >>> from bpmn_xml.expressions import compile
    >>> [*expected_names(compile("orders[sum > limit]", "feel").tree)]
    ['sum', 'limit']
    """
    if expects_absence(term):
        yield from tree.names_in(term)
    yield from names_in_filters(term)


def names_in_filters(term: tree.Term) -> Iterator[str]:
    """The names in filters, which may be entries of the items."""
    for part in tree.walk(term):
        if isinstance(part, tree.Filter):
            yield from tree.names_in(part.test)
