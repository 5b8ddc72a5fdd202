"""The one syntax tree. Every language parses into it; the one back end turns it into closures.

A node says what is meant, never what it does: `Binary("+", a, b)` adds, joins or refuses as the
language's table of operators says. Nodes are immutable and know where they stand in the text.

>>> names_in(Binary(2, "<", Name(0, "n"), Literal(4, 100)))
('n',)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator


class Term(msgspec.Struct, frozen=True):
    """A part of an expression, beginning `at` a character of its text (from 0)."""

    at: int


class Literal(Term, frozen=True):
    """A value that stands in the text."""

    value: object


class Name(Term, frozen=True):
    """A variable that is read."""

    name: str


class Access(Term, frozen=True):
    """`value.name`: the entry of that name, never an attribute of a Python object."""

    value: Term
    name: str


class Index(Term, frozen=True):
    """`value[key]`."""

    value: Term
    key: Term


class Slice(Term, frozen=True):
    """`value[lower:upper:step]`; a part that is left out is None."""

    value: Term
    lower: Term | None
    upper: Term | None
    step: Term | None


class Unary(Term, frozen=True):
    """A sign or `not` before its operand."""

    operator: str
    operand: Term


class Binary(Term, frozen=True):
    """Two operands and the sign between them, arithmetic or comparison."""

    operator: str
    left: Term
    right: Term


class Chain(Term, frozen=True):
    """`first < second <= third`: every operand is evaluated once, at most."""

    first: Term
    operators: tuple[str, ...]
    others: tuple[Term, ...]


class Logic(Term, frozen=True):
    """Operands joined by one `and` or `or`, as many as the text has in a row."""

    operator: str
    operands: tuple[Term, ...]


class Conditional(Term, frozen=True):
    """One of two values: which one, the test says."""

    test: Term
    then: Term
    otherwise: Term


class Items(Term, frozen=True):
    """A list that the text writes out."""

    items: tuple[Term, ...]


class FixedItems(Term, frozen=True):
    """A list that cannot change, Python's tuple."""

    items: tuple[Term, ...]


class Entries(Term, frozen=True):
    """A mapping that the text writes out."""

    keys: tuple[Term, ...]
    values: tuple[Term, ...]


class Call(Term, frozen=True):
    """A registered function and its arguments; the last ones may be named."""

    function: str
    arguments: tuple[Term, ...]
    keywords: tuple[str, ...] = ()


def children(node: Term) -> Iterator[Term]:
    """Yield the nodes right below a node, in the order of its fields."""
    for field in node.__struct_fields__:
        part = getattr(node, field)
        for child in part if isinstance(part, tuple) else (part,):
            if isinstance(child, Term):
                yield child


def walk(node: Term) -> Iterator[Term]:
    """Yield a node and all nodes below it, parents first."""
    yield node
    for child in children(node):
        yield from walk(child)


def names_in(node: Term) -> tuple[str, ...]:
    """Return the variables that a tree reads, each once, in the order of its fields."""
    return tuple(dict.fromkeys(part.name for part in walk(node) if isinstance(part, Name)))
