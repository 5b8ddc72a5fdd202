"""How each type of term is built: one row each. A language may put rows of its own over these."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.clock import moment
from bpmn_xml.expressions.closures import Builder, Evaluate, Row
from bpmn_xml.expressions.quick import can_be_quick, quick

Truth = Callable[[Any], bool]


def literal(term: tree.Literal, _: Builder) -> Evaluate:
    """Return what the text says."""
    value = term.value
    return lambda _: value


def name(term: tree.Name, _: Builder) -> Evaluate:
    """Read a variable, which must be there."""
    return itemgetter(term.name)


def member(term: tree.Access, build: Builder) -> Evaluate:
    """Read the entry of a name, as the language does."""
    value, key, look_up = build(term.value), term.name, build.language.member
    return lambda scope: look_up(value(scope), key)


def index(term: tree.Index, build: Builder) -> Evaluate:
    """Read the entry of a key or position, as the language does."""
    value, key, look_up = build(term.value), build(term.key), build.language.index
    return lambda scope: look_up(value(scope), key(scope))


def unary(term: tree.Unary, build: Builder) -> Evaluate:
    """Do what the language's table says of the sign."""
    operand, act = build(term.operand), build.language.unary[term.operator]
    return lambda scope: act(operand(scope))


def binary(term: tree.Binary, build: Builder) -> Evaluate:
    """Do what the language's table says of the sign."""
    left, right, act = build(term.left), build(term.right), build.language.binary[term.operator]
    if isinstance(term.right, tree.Literal):
        return with_constant(term, act, left, term.right.value)
    return lambda scope: act(left(scope), right(scope))


def with_constant(
    term: tree.Binary, act: Callable[[Any, Any], object], left: Evaluate, constant: object
) -> Evaluate:
    """Return the closure of a sign with a constant behind it."""

    def run(scope: Any) -> object:
        return act(left(scope), constant)

    return quick(term, run) if can_be_quick(term) else run


def chain(term: tree.Chain, build: Builder) -> Evaluate:
    """Compare neighbours until one comparison fails; every operand is evaluated once, at most."""
    first = build(term.first)
    signs = [build.language.binary[sign] for sign in term.operators]
    links = tuple(zip(signs, build.all(term.others), strict=True))

    def run(scope: Any) -> object:
        left: object = first(scope)
        result: object = True
        for act, operand in links:
            right = operand(scope)
            result = act(left, right)
            if not result:
                return result
            left = right
        return result

    return run


def logic(truth: Truth, *, gives_operand: bool) -> Row:
    """Return the row of `and` and `or`, by what a language takes for true.

    What follows the operand that decides is not evaluated. They give that operand, or the last, in
    some languages, in others its truth.
    """

    def build_logic(term: tree.Logic, build: Builder) -> Evaluate:
        *others, last = build.all(term.operands)
        decides = term.operator == "or"

        def run(scope: Any) -> object:
            for operand in others:
                value = operand(scope)
                if truth(value) is decides:
                    return value if gives_operand else decides
            value = last(scope)
            return value if gives_operand else truth(value)

        return run

    return build_logic


def conditional(truth: Truth) -> Row:
    """Return the row of a choice, by what a language takes for true."""

    def build_choice(term: tree.Conditional, build: Builder) -> Evaluate:
        test, then, otherwise = build.all((term.test, term.then, term.otherwise))
        return lambda scope: then(scope) if truth(test(scope)) else otherwise(scope)

    return build_choice


def items(term: tree.Items, build: Builder) -> Evaluate:
    """Make a new list at every evaluation."""
    constants = [item.value for item in term.items if isinstance(item, tree.Literal)]
    if len(constants) == len(term.items):
        return lambda _: constants.copy()
    parts = build.all(term.items)
    return lambda scope: [part(scope) for part in parts]


def fixed_items(term: tree.FixedItems, build: Builder) -> Evaluate:
    """Make a tuple."""
    parts = build.all(term.items)
    return lambda scope: tuple([part(scope) for part in parts])


def entries(term: tree.Entries, build: Builder) -> Evaluate:
    """Make a new mapping at every evaluation; of equal keys the last one counts."""
    parts = tuple(zip(build.all(term.keys), build.all(term.values), strict=True))
    return lambda scope: {key(scope): value(scope) for key, value in parts}


def part(term: tree.Slice, build: Builder) -> Evaluate:
    """Copy a part of a list or text: the key is a Python slice."""
    value, look_up = build(term.value), build.language.index
    lower, upper, step = (
        build(bound or tree.Literal(term.at, None)) for bound in (term.lower, term.upper, term.step)
    )
    return lambda scope: look_up(value(scope), slice(lower(scope), upper(scope), step(scope)))


def call(term: tree.Call, build: Builder) -> Evaluate:
    """Call a registered function; the parser has refused all others."""
    function, arguments = build.functions[term.function], build.all(term.arguments)
    if len(arguments) == 1 and not term.keywords:
        (argument,) = arguments
        return lambda scope: function(argument(scope))
    first_named = len(arguments) - len(term.keywords)
    named = tuple(zip(term.keywords, arguments[first_named:], strict=True))

    def run(scope: Any) -> object:
        return function(
            *[argument(scope) for argument in arguments[:first_named]],
            **{keyword: argument(scope) for keyword, argument in named},
        )

    return run


def now(_term: tree.Moment, _build: Builder) -> Evaluate:
    """Tell the time."""
    return moment


ROWS: Final[Mapping[type[tree.Term], Row]] = {
    tree.Literal: literal,
    tree.Name: name,
    tree.Access: member,
    tree.Index: index,
    tree.Slice: part,
    tree.Unary: unary,
    tree.Binary: binary,
    tree.Chain: chain,
    tree.Logic: logic(bool, gives_operand=True),
    tree.Conditional: conditional(bool),
    tree.Items: items,
    tree.FixedItems: fixed_items,
    tree.Entries: entries,
    tree.Call: call,
    tree.Moment: now,
}
