"""How each type of node is built: one row each. A language may put rows of its own over these."""

from __future__ import annotations

from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.expressions import tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bpmn_xml.expressions.closures import Builder, Evaluate, Row


def literal(node: tree.Literal, _: Builder) -> Evaluate:
    """Return what the text says."""
    value = node.value
    return lambda _: value


def name(node: tree.Name, _: Builder) -> Evaluate:
    """Read a variable, which must be there."""
    return itemgetter(node.name)


def member(node: tree.Access, build: Builder) -> Evaluate:
    """Read the entry of a name, as the language does."""
    value, key, look_up = build(node.value), node.name, build.language.member
    return lambda scope: look_up(value(scope), key)


def index(node: tree.Index, build: Builder) -> Evaluate:
    """Read the entry of a key or position, as the language does."""
    value, key, look_up = build(node.value), build(node.key), build.language.index
    return lambda scope: look_up(value(scope), key(scope))


def unary(node: tree.Unary, build: Builder) -> Evaluate:
    """Do what the language's table says of the sign."""
    operand, act = build(node.operand), build.language.unary[node.operator]
    return lambda scope: act(operand(scope))


def binary(node: tree.Binary, build: Builder) -> Evaluate:
    """Do what the language's table says of the sign."""
    left, right, act = build(node.left), build(node.right), build.language.binary[node.operator]
    if isinstance(node.right, tree.Literal):
        constant = node.right.value
        return lambda scope: act(left(scope), constant)
    return lambda scope: act(left(scope), right(scope))


def chain(node: tree.Chain, build: Builder) -> Evaluate:
    """Compare neighbours until one comparison fails; every operand is evaluated once, at most."""
    first = build(node.first)
    signs = [build.language.binary[sign] for sign in node.operators]
    links = tuple(zip(signs, build.all(node.others), strict=True))

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


def logic(node: tree.Logic, build: Builder) -> Evaluate:
    """Return the operand that decides, as Python does; what follows is not evaluated."""
    *others, last = build.all(node.operands)
    decides = node.operator == "or"

    def run(scope: Any) -> object:
        for operand in others:
            value = operand(scope)
            if bool(value) is decides:
                return value
        return last(scope)

    return run


def conditional(node: tree.Conditional, build: Builder) -> Evaluate:
    """Evaluate the test and one of the two values."""
    test, then, otherwise = build.all((node.test, node.then, node.otherwise))
    return lambda scope: then(scope) if test(scope) else otherwise(scope)


def items(node: tree.Items, build: Builder) -> Evaluate:
    """Make a new list at every evaluation."""
    constants = [item.value for item in node.items if isinstance(item, tree.Literal)]
    if len(constants) == len(node.items):
        return lambda _: constants.copy()
    parts = build.all(node.items)
    return lambda scope: [part(scope) for part in parts]


def fixed_items(node: tree.FixedItems, build: Builder) -> Evaluate:
    """Make a tuple."""
    parts = build.all(node.items)
    return lambda scope: tuple([part(scope) for part in parts])


def entries(node: tree.Entries, build: Builder) -> Evaluate:
    """Make a new mapping at every evaluation; of equal keys the last one counts."""
    parts = tuple(zip(build.all(node.keys), build.all(node.values), strict=True))
    return lambda scope: {key(scope): value(scope) for key, value in parts}


def part(node: tree.Slice, build: Builder) -> Evaluate:
    """Copy a part of a list or text: the key is a Python slice."""
    value, look_up = build(node.value), build.language.index
    lower, upper, step = (
        build(bound or tree.Literal(node.at, None)) for bound in (node.lower, node.upper, node.step)
    )
    return lambda scope: look_up(value(scope), slice(lower(scope), upper(scope), step(scope)))


def call(node: tree.Call, build: Builder) -> Evaluate:
    """Call a registered function; the parser has refused all others."""
    function, arguments = build.functions[node.function], build.all(node.arguments)
    if len(arguments) == 1 and not node.keywords:
        (argument,) = arguments
        return lambda scope: function(argument(scope))
    first_named = len(arguments) - len(node.keywords)
    named = tuple(zip(node.keywords, arguments[first_named:], strict=True))

    def run(scope: Any) -> object:
        return function(
            *[argument(scope) for argument in arguments[:first_named]],
            **{keyword: argument(scope) for keyword, argument in named},
        )

    return run


ROWS: Final[Mapping[type[tree.Term], Row]] = {
    tree.Literal: literal,
    tree.Name: name,
    tree.Access: member,
    tree.Index: index,
    tree.Slice: part,
    tree.Unary: unary,
    tree.Binary: binary,
    tree.Chain: chain,
    tree.Logic: logic,
    tree.Conditional: conditional,
    tree.Items: items,
    tree.FixedItems: fixed_items,
    tree.Entries: entries,
    tree.Call: call,
}
