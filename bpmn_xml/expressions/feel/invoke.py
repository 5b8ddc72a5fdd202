"""Calls: which function, which argument is which, and what an argument must be (DMN 10.3.2.13).

A built-in function is a row: its parameters in a short notation, and a plain Python function that
gets values of the right kinds. Arguments that do not fit give null.

>>> halve = builtin("n: number", lambda n: n / 2)
>>> invoke(halve, [4], ()), invoke(halve, [4], ("n",)), invoke(halve, ["4"], ())
(2.0, 2.0, None)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.feel.conform import coerced, is_instance
from bpmn_xml.expressions.feel.values import Callee, FeelFunction, kind_of, number
from bpmn_xml.expressions.meter import ITEM_ROOM, ITEMS_A_STEP, keep, read_text, spend
from bpmn_xml.expressions.tree import TypeName
from bpmn_xml.wording import shorten

LEFT_OUT: Final = object()
"""What a built-in function gets for an optional argument that was not given."""

STEPS: Final = 2
"""What any call costs."""


class Parameter(msgspec.Struct, frozen=True):
    """A parameter: its name, the kinds it takes (none: all), and whether it may be missing."""

    name: str
    kinds: frozenset[str]
    optional: bool
    nullable: bool
    rest: bool


class Signature(msgspec.Struct, frozen=True, eq=False):
    """One way of calling a built-in function."""

    parameters: tuple[Parameter, ...]
    function: Callable[..., object]


class Builtin(Callee, frozen=True, eq=False):
    """A built-in function: one way or several of calling it."""

    signatures: tuple[Signature, ...]

    def __call__(self, *arguments: Any) -> object:
        """Call the function from Python, as FEEL does."""
        return call_builtin(self, list(arguments), ())


Prepared: TypeAlias = Callable[[list[Any], Sequence[str]], object]


def parameter(text: str) -> Parameter:
    """Read a parameter: `name: kind/kind`, then `?` for optional, `~` for nullable, `...` for many.

    >>> parameter("grouping separator: string~").nullable
    True
    """
    name, _, kinds = text.partition(":")
    marks = kinds[len(kinds.rstrip("?~.")) :]
    names = [kind.strip() for kind in kinds.rstrip("?~.").split("/")]
    return Parameter(
        name=name.strip(),
        kinds=frozenset() if names == ["any"] else frozenset(names),
        optional="?" in marks,
        nullable="~" in marks or names == ["any"],
        rest="..." in marks,
    )


def builtin(parameters: str, function: Callable[..., object]) -> Builtin:
    """Return a built-in function from its parameters, written with commas between."""
    parts = parameters.split(",") if parameters else ()
    return Builtin((Signature(tuple(map(parameter, parts)), function),))


def either(*functions: Builtin) -> Builtin:
    """Return a function that can be called in several ways, tried in this order."""
    return Builtin(tuple(way for function in functions for way in function.signatures))


def invoke(function: object, arguments: list[Any], keywords: Sequence[str]) -> object:
    """Call what may be a function; null if it is none or if the arguments do not fit."""
    if isinstance(function, FeelFunction):
        ordered = in_order(function.parameters, arguments, keywords)
        if ordered and function.types:
            ordered = of_types(ordered, function.types)
        return None if ordered is None else function.call(*ordered)
    if isinstance(function, Builtin):
        return call_builtin(function, arguments, keywords)
    return None


def of_types(arguments: list[Any], types: Sequence[TypeName | None]) -> list[Any] | None:
    """Return arguments as types ask for them, or None if one cannot be so."""
    typed = list(arguments)
    for at, type_ in enumerate(types):
        if type_ is not None:
            typed[at] = coerced(arguments[at], type_)
            if typed[at] is None and arguments[at] is not None:
                return None
    return typed


def misfit(function: object, arguments: Sequence[object], keywords: Sequence[str]) -> str:
    """Say why a function cannot be called with some arguments, named so; nothing if it can.

    >>> misfit(FeelFunction(("a", "b"), print), [1], ())
    'the function takes (a, b), 1 argument is given'
    >>> misfit(FeelFunction(("a",), print, (TypeName("number"),)), ["x"], ())
    'the argument a is not of its type, number'
    >>> misfit(builtin("n: number, scale: number?", round), [1, 2, 3], ()), misfit(5, [1], ())
    ('the function takes (n, scale?), 3 arguments are given', 'a number is no function')
    """
    count = len(arguments)
    if isinstance(function, Builtin):
        ways = [way.parameters for way in function.signatures]
        if any(takes(way, count, keywords) for way in ways):
            return ""
        taken = " or ".join(dict.fromkeys(f"({', '.join(map(shown, way))})" for way in ways))
    elif isinstance(function, FeelFunction):
        wrong = keywords and set(keywords) != set(function.parameters)
        if count == len(function.parameters) and not wrong:
            return mistyped(function, list(arguments), keywords)
        taken = f"({', '.join(function.parameters)})"
    else:
        kind = kind_of(function)
        return "" if kind in ("function", "null") else f"a {kind} is no function"
    if keywords:
        return f"the function takes {taken}, not ({', '.join(keywords)})"
    given = "1 argument is" if count == 1 else f"{count} arguments are"
    return f"the function takes {taken}, {given} given"


def mistyped(function: FeelFunction, arguments: list[Any], keywords: Sequence[str]) -> str:
    """Say which argument is of another type than its parameter."""
    ordered = in_order(function.parameters, arguments, keywords) or []
    for name, value, type_ in zip(function.parameters, ordered, function.types, strict=False):
        if type_ is not None and of_types([value], [type_]) is None:
            if is_instance(value, type_) is None:
                return f"there is no type '{shorten(type_.name)}'"
            return f"the argument {shorten(name)} is not of its type, {type_.name}"
    return ""


def takes(parameters: Sequence[Parameter], count: int, keywords: Sequence[str]) -> bool:
    """Say whether so many arguments, named so, are some that a built-in function takes."""
    given: list[Any] = [None] * count
    slots = named(parameters, given, keywords) if keywords else placed(parameters, given)
    return slots is not None and all(
        slot is not LEFT_OUT or each.optional for slot, each in zip(slots, parameters, strict=True)
    )


def shown(parameter: Parameter) -> str:
    """Write a parameter for people."""
    return f"{parameter.name}{'?' if parameter.optional else '...' if parameter.rest else ''}"


def prepared(function: Callable[..., object] | Builtin) -> Prepared:
    """Return what calls a registered function, be it built-in or any other of Python."""
    if isinstance(function, Builtin):
        return lambda arguments, keywords: call_builtin(function, arguments, keywords)

    def run(arguments: list[Any], keywords: Sequence[str]) -> object:
        plain = len(arguments) - len(keywords)
        named = dict(zip(keywords, arguments[plain:], strict=True))
        return function(*arguments[:plain], **named)

    return run


def in_order(
    names: Sequence[str], arguments: list[Any], keywords: Sequence[str]
) -> list[Any] | None:
    """Return arguments in the order of the parameters, or None if they are not just these."""
    if not keywords:
        return arguments if len(arguments) == len(names) else None
    given = dict(zip(keywords, arguments, strict=True))
    complete = given.keys() == set(names) and len(given) == len(arguments)
    return [given[name] for name in names] if complete else None


def call_builtin(function: Builtin, arguments: list[Any], keywords: Sequence[str]) -> object:
    """Call a built-in function in the first way that the arguments fit."""
    spend(STEPS)
    for way in ways(function, keywords) if keywords else function.signatures:
        values = fitted(way.parameters, arguments, keywords)
        if values is not None:
            try:
                return way.function(*values)
            except ExpressionError:
                raise
            except (ArithmeticError, LookupError, TypeError, ValueError):
                return None
    return None


def ways(function: Builtin, keywords: Sequence[str]) -> list[Signature]:
    """Return the ways of calling a function; first those that name its parameters in this order."""

    def other_order(way: Signature) -> bool:
        return [each.name for each in way.parameters[: len(keywords)]] != list(keywords)

    return sorted(function.signatures, key=other_order)


def fitted(
    parameters: Sequence[Parameter], arguments: list[Any], keywords: Sequence[str]
) -> list[Any] | None:
    """Return a value for each parameter, or None if the arguments do not fit."""
    slots = named(parameters, arguments, keywords) if keywords else placed(parameters, arguments)
    if slots is None:
        return None
    values = []
    for slot, wanted in zip(slots, parameters, strict=True):
        value = slot if slot is LEFT_OUT else fit(slot, wanted)
        if value is UNFIT or (value is LEFT_OUT and not wanted.optional):
            return None
        values.append(value)
    return values


def placed(parameters: Sequence[Parameter], arguments: list[Any]) -> list[Any] | None:
    """Return positional arguments by parameter; the last parameter may take all that are left."""
    if parameters and parameters[-1].rest:
        first = len(parameters) - 1
        few = len(arguments) <= first
        return None if few else [*arguments[:first], arguments[first:]]
    missing = len(parameters) - len(arguments)
    return None if missing < 0 else [*arguments, *[LEFT_OUT] * missing]


def named(
    parameters: Sequence[Parameter], arguments: list[Any], keywords: Sequence[str]
) -> list[Any] | None:
    """Return named arguments by parameter, or None if there is one without."""
    given = dict(zip(keywords, arguments, strict=True))
    if len(given) < len(arguments) or not given.keys() <= {each.name for each in parameters}:
        return None
    return [given.get(each.name, LEFT_OUT) for each in parameters]


UNFIT: Final = object()


def fit(value: Any, wanted: Parameter) -> Any:
    """Return the value as its parameter wants it: a list of one as its item, an item as a list."""
    if value is None:
        return None if wanted.nullable else UNFIT
    if not wanted.kinds:
        return value
    kind = kind_of(value)
    if kind not in wanted.kinds:
        if "list" in wanted.kinds:
            value, kind = [value], "list"
        elif kind == "list" and len(value) == 1 and kind_of(value[0]) in wanted.kinds:
            value, kind = value[0], kind_of(value[0])
        else:
            return UNFIT
    if kind == "list":
        spend(len(value) // ITEMS_A_STEP)
        keep(len(value) * ITEM_ROOM)
    elif kind == "context":
        spend(len(value) // ITEMS_A_STEP)
    elif kind == "string":
        read_text(len(value))
    if kind != "number":
        return value
    found = number(value)
    return UNFIT if found is None else found
