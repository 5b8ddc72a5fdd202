"""The one syntax tree. Every language parses into it; the one back end turns it into closures.

A term says what is meant, never what it does: `Binary("+", a, b)` adds, joins or refuses as the
language's table of operators says. Nodes are immutable and know where they stand in the text.

>>> names_in(Binary(2, "<", Name(0, "n"), Literal(4, 100)))
('n',)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import cast

import msgspec
from msgspec.structs import fields, replace


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


class Moment(Term, frozen=True):
    """The time at which the expression is evaluated."""


class Filter(Term, frozen=True):
    """`value[test]`: the items for which the test holds, or the item at a position."""

    value: Term
    test: Term


class Between(Term, frozen=True):
    """`value between low and high`, ends included."""

    value: Term
    low: Term
    high: Term


class Among(Term, frozen=True):
    """`value in (test, test)`: one of the tests holds for the value."""

    value: Term
    tests: tuple[Term, ...]


class Interval(Term, frozen=True):
    """Values between two ends, `[1..5)`; or, with one end and a sign, `< 5`."""

    start: Term | None
    end: Term | None
    start_included: bool
    end_included: bool
    written: str = ".."


class TypeName(msgspec.Struct, frozen=True):
    """A type: its name, what it is made of, the fields of a context, the result of a function.

    `allowed` says which values of it are allowed, of a type that somebody defined.
    """

    name: str
    parts: tuple[TypeName, ...] = ()
    fields: tuple[tuple[str, TypeName], ...] = ()
    allowed: Callable[[object], bool] | None = None


class InstanceOf(Term, frozen=True):
    """`value instance of type`."""

    value: Term
    type: TypeName


class Loop(Term, frozen=True):
    """`for`, `some` or `every`: names, what each goes through, and what is made or tested."""

    kind: str
    names: tuple[str, ...]
    domains: tuple[Term, ...]
    body: Term


class Lambda(Term, frozen=True):
    """A function that the text defines."""

    parameters: tuple[str, ...]
    types: tuple[TypeName | None, ...]
    body: Term


class External(Term, frozen=True):
    """The body of a function in another language, which cannot be called."""


class Invoke(Term, frozen=True):
    """The call of a function that is a value."""

    function: Term
    arguments: tuple[Term, ...]
    keywords: tuple[str, ...] = ()


class CellTests(Term, frozen=True):
    """A cell of a decision table: one of the tests holds for the value `?`, or none does."""

    tests: tuple[Term, ...]
    negated: bool


class Context(Term, frozen=True):
    """A mapping whose entries see the ones before them."""

    names: tuple[str, ...]
    values: tuple[Term, ...]


class Template(Term, frozen=True):
    """Text with embedded expressions: its parts are joined to one text."""

    parts: tuple[Term, ...]


class Lookup(Term, frozen=True):
    """A variable by a name that may be computed: its value or null, or whether it is there."""

    key: Term
    variable: Name | None
    exists: bool


def with_types(term: Term, types: Mapping[str, TypeName]) -> Term:
    """Return the tree with the types in place of the names that they are known by.

    >>> with_types(InstanceOf(0, Name(0, "n"), TypeName("age")), {"age": TypeName("number")}).type
    TypeName(name='number', parts=(), fields=(), allowed=None)
    """
    return cast("Term", _typed(term, types))


def _typed(part: object, types: Mapping[str, TypeName]) -> object:
    if isinstance(part, TypeName) and part.name in types:
        return types[part.name]
    if isinstance(part, tuple):
        return tuple([_typed(each, types) for each in part])
    if isinstance(part, Term | TypeName):
        named = {name: _typed(getattr(part, name), types) for name in part.__struct_fields__}
        return replace(part, **named)
    return part


@cache
def parts_of(kind: type[Term]) -> tuple[str, ...]:
    """Return the fields of a kind of term that may hold others.

    >>> parts_of(Loop)
    ('domains', 'body')
    """
    plain = (int, str, bool, tuple[str, ...])
    return tuple(field.name for field in fields(kind) if field.type not in plain)


def children(term: Term) -> Iterator[Term]:
    """Yield the terms right below a term, in the order of its fields."""
    for field in parts_of(type(term)):
        part = getattr(term, field)
        for child in part if isinstance(part, tuple) else (part,):
            if isinstance(child, Term):
                yield child


def walk(term: Term) -> Iterator[Term]:
    """Yield a term and all terms below it, parents first."""
    yield term
    for child in children(term):
        yield from walk(child)


def names_in(term: Term) -> tuple[str, ...]:
    """Return the variables that a tree reads, each once, in the order of its fields.

    Names that the tree binds itself are none. In a filter a name may be an entry of the item; it
    counts as a variable, for it may be one too.
    """
    return tuple(dict.fromkeys(free_names(term, frozenset())))


def free_names(term: Term, bound: frozenset[str]) -> Iterator[str]:
    """Yield the names that a tree reads and does not bind."""
    match term:
        case Name(name=name):
            if name not in bound:
                yield name
        case Loop(names=names, domains=domains, body=body):
            for name, domain in zip(names, domains, strict=True):
                yield from free_names(domain, bound)
                bound |= {name}
            yield from free_names(body, bound | {"partial"})
        case Context(names=names, values=values):
            for name, value in zip(names, values, strict=True):
                yield from free_names(value, bound)
                bound |= {name}
        case Lambda(parameters=parameters, body=body):
            yield from free_names(body, bound | set(parameters))
        case Filter(value=value, test=test):
            yield from free_names(value, bound)
            yield from free_names(test, bound | {"item"})
        case _:
            for child in children(term):
                yield from free_names(child, bound)
