"""What the signs do in Python: as Python does, for known kinds of values, within limits.

Every function here takes any values, also hostile ones, and returns a value of bounded size or
raises an error that says what is wrong. `+` joins texts and lists; nothing repeats or formats.

>>> BINARY["+"](2, 3), BINARY["+"]("a", "b")
(5, 'ab')
>>> BINARY["*"]("ha", 3)
Traceback (most recent call last):
    ...
bpmn_xml.errors.ExpressionError: '*' does not work on text and a number
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from numbers import Real
from typing import Any, Final, TypeAlias

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.limits import MAX_BITS, MAX_ITEMS, MAX_STRING
from bpmn_xml.expressions.meter import (
    ITEMS_A_STEP,
    SEARCHED_A_STEP,
    afford,
    afford_items,
    afford_text,
    read_value,
    spend,
)
from bpmn_xml.expressions.wording import describe, mismatch
from bpmn_xml.wording import did_you_mean, shorten

Act: TypeAlias = Callable[[Any, Any], object]

PLAIN: Final = frozenset({float, bool, Decimal})
MOMENTS: Final = (date, time, timedelta)
JOINED: Final[Mapping[type, int]] = {str: MAX_STRING, list: MAX_ITEMS, tuple: MAX_ITEMS}
MAPPINGS: Final = (dict, Mapping)
CONTAINERS: Final = (str, list, tuple, dict, set, frozenset, range, Mapping)
SEQUENCES: Final = (str, list, tuple, range)
COMPARED: Final = frozenset({list, tuple, dict})
FEW_ITEMS: Final = 100
"""So many cost nothing."""

LOW, HIGH = -(2**62), 2**62
"""Between these neither a sum nor a product can come near the limit."""


def is_number(value: object) -> bool:
    """Say whether a value is a number to calculate with; integers must be within the limit."""
    if type(value) is int:
        if value.bit_length() > MAX_BITS:
            raise ExpressionError(f"a number of more than {MAX_BITS} bits")
        return True
    return type(value) in PLAIN or isinstance(value, (Real, Decimal))


def is_quantity(value: object) -> bool:
    """Say whether a value is a number, a date or a duration."""
    return is_number(value) or isinstance(value, MOMENTS)


def sized(value: object) -> object:
    """Return the value if it is small enough to go on with."""
    if type(value) is int and value.bit_length() > MAX_BITS:
        raise ExpressionError(f"a number of more than {MAX_BITS} bits")
    return value


def calculating(sign: str, act: Act) -> Act:
    """Return the function of an arithmetic sign, for numbers, dates and durations."""

    def calculate(left: Any, right: Any) -> object:
        if type(left) is type(right) is int and LOW < left < HIGH and LOW < right < HIGH:
            return act(left, right)
        if not (is_quantity(left) and is_quantity(right)):
            raise mismatch(sign, left, right)
        try:
            return sized(act(left, right))
        except TypeError:
            raise mismatch(sign, left, right) from None

    return calculate


add_quantities: Final = calculating("+", operator.add)


def add(left: Any, right: Any) -> object:
    """Add quantities, or join two texts or two lists."""
    limit = JOINED.get(type(left))
    if limit is None or type(right) is not type(left):
        return add_quantities(left, right)
    if len(left) + len(right) > limit:
        raise ExpressionError(f"'+' makes something longer than {limit}")
    return left + right if len(left) + len(right) < FEW_ITEMS else joined(left, right)


def joined(left: Any, right: Any) -> object:
    """Join two texts or lists that are long, for the price of it."""
    length = len(left) + len(right)
    afford_text(length) if isinstance(left, str) else afford_items(length)
    return left + right


def equal(left: Any, right: Any) -> Any:
    """Say whether two values are equal."""
    if type(left) in COMPARED:
        read_value(left)
    return left == right


def differ(left: Any, right: Any) -> Any:
    """Say whether two values are not equal."""
    if type(left) in COMPARED:
        read_value(left)
    return left != right


def comparing(sign: str, act: Act) -> Act:
    """Return the function of a comparison; what cannot be compared is said in words."""

    def compare(left: object, right: object) -> object:
        try:
            return act(left, right)
        except TypeError:
            raise mismatch(sign, left, right) from None

    return compare


def contains(member: Any, container: Any) -> bool:
    """Say whether a value is in a list, a text or among the keys of a mapping."""
    if not isinstance(container, CONTAINERS):
        raise ExpressionError(f"'in' needs a list, a mapping or a text, not {describe(container)}")
    if len(container) > FEW_ITEMS:
        spend(len(container) // (SEARCHED_A_STEP if isinstance(container, str) else ITEMS_A_STEP))
    try:
        return member in container
    except TypeError:
        raise mismatch("in", member, container) from None


def member_of(value: Any, key: str) -> object:
    """Return the entry of a mapping; attributes of Python objects are out of reach."""
    if not isinstance(value, MAPPINGS):
        raise ExpressionError(
            f"'.{shorten(key)}' reads an entry of a mapping, not of {describe(value)}"
        )
    try:
        return value[key]
    except KeyError:
        raise ExpressionError(
            f"there is no entry '{shorten(key)}'{did_you_mean(key, value)}"
        ) from None


def item_of(value: Any, key: object) -> object:
    """Return an entry of a mapping, or an item or a part of a list or text."""
    if isinstance(value, MAPPINGS):
        return entry_of(value, key)
    if not isinstance(value, SEQUENCES):
        raise ExpressionError(f"[...] reads a list, a mapping or a text, not {describe(value)}")
    positions: Any = value
    if isinstance(key, slice):
        afford(len(value) // ITEMS_A_STEP)
    try:
        return positions[key]
    except IndexError:
        raise ExpressionError(f"there is no item {key} among {len(value)}") from None
    except TypeError:
        raise ExpressionError(f"an item's position is an integer, not {describe(key)}") from None


def entry_of(value: Any, key: object) -> object:
    """Return the entry of a key."""
    try:
        return value[key]
    except KeyError:
        hint = did_you_mean(key, value) if isinstance(key, str) else ""
        raise ExpressionError(f"there is no entry {shorten(repr(key))}{hint}") from None
    except TypeError:
        raise ExpressionError(f"{describe(key)} cannot be the key of an entry") from None


def signing(sign: str, act: Callable[[Any], object]) -> Callable[[Any], object]:
    """Return the function of a sign before a quantity."""

    def signed(value: object) -> object:
        if not is_quantity(value):
            raise ExpressionError(f"'{sign}' does not work on {describe(value)}")
        try:
            return act(value)
        except TypeError:
            raise ExpressionError(f"'{sign}' does not work on {describe(value)}") from None

    return signed


BINARY: Final[Mapping[str, Act]] = {
    "+": add,
    "-": calculating("-", operator.sub),
    "*": calculating("*", operator.mul),
    "/": calculating("/", operator.truediv),
    "//": calculating("//", operator.floordiv),
    "%": calculating("%", operator.mod),
    "<": comparing("<", operator.lt),
    "<=": comparing("<=", operator.le),
    ">": comparing(">", operator.gt),
    ">=": comparing(">=", operator.ge),
    "==": equal,
    "!=": differ,
    "is": operator.is_,
    "is not": operator.is_not,
    "in": contains,
    "not in": lambda member, container: not contains(member, container),
}
UNARY: Final[Mapping[str, Callable[[Any], object]]] = {
    "-": signing("-", operator.neg),
    "+": signing("+", operator.pos),
    "not": operator.not_,
}
