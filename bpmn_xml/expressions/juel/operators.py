"""What the signs do in JUEL (JSR 245, 1.7 to 1.11): numbers are Java's, division gives a double.

>>> BINARY["/"](7, 2), BINARY["%"](-7, 2), BINARY["+"]("1", 2), BINARY["=="]("1", 1.0)
(3.5, -1, 3, True)
>>> BINARY["+"]("a", "b")
Traceback (most recent call last):
    ...
bpmn_xml.errors.ExpressionError: '+' adds numbers; texts are joined as in ${a}${b} or by concat()
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel import values
from bpmn_xml.expressions.juel.values import NUMBERS, READERS, common_kind, kind_of, sized, text
from bpmn_xml.expressions.meter import read_value
from bpmn_xml.expressions.wording import mismatch

Act: TypeAlias = Callable[[Any, Any], Any]
LOW, HIGH = -(2**62), 2**62
"""Between these neither a sum nor a product can come near the limit."""
ALIKE: Final = frozenset({int, float, str})
"""Types of which two values are compared as they are."""
WRITTEN: Final = frozenset({"text", "boolean", *NUMBERS})
"""Kinds that are compared as texts when one of them is a text."""


def remainder(left: Any, right: Any) -> Any:
    """Divide and return the rest, which has the sign of what is divided."""
    if isinstance(left, int):
        rest = abs(left) % abs(right)
        return -rest if left < 0 else rest
    if isinstance(left, float):
        return math.fmod(left, right) if right else left / right
    return left % right


def calculating(sign: str, act: Act) -> Act:
    """Return the function of an arithmetic sign."""
    divides = sign == "/"

    def calculate(left: Any, right: Any) -> object:
        if type(left) is type(right) is int and LOW < left < HIGH and LOW < right < HIGH:
            return act(left, right)
        kind = common_kind(left, right)
        read = values.double if divides and kind == "integer" else READERS[kind]
        try:
            return sized(act(read(left), read(right)))
        except ExpressionError:
            if "other" in (kind_of(left), kind_of(right)):
                raise mismatch(sign, left, right) from None
            if sign == "+" and "text" in (kind_of(left), kind_of(right)):
                raise ExpressionError(
                    "'+' adds numbers; texts are joined as in ${a}${b} or by concat()"
                ) from None
            raise

    return calculate


def aligned(left: Any, right: Any) -> tuple[Any, Any] | None:
    """Return two values as ones of the same kind, or None if that cannot be."""
    kinds = {kind_of(left), kind_of(right)}
    if kinds & NUMBERS:
        read = READERS[common_kind(left, right)]
        return read(left), read(right)
    if "text" in kinds:
        return (text(left), text(right)) if kinds <= WRITTEN else None
    return left, right


def comparing(sign: str, act: Act) -> Act:
    """Return the function of an order; what is null is neither before nor behind anything."""
    same = "=" in sign

    def compare(left: Any, right: Any) -> object:
        if type(left) in ALIKE and type(left) is type(right):
            return act(left, right)
        if left is right:
            return same
        if left is None or right is None:
            return False
        pair = aligned(left, right)
        if pair is None:
            raise mismatch(sign, left, right)
        try:
            return bool(act(*pair))
        except TypeError:
            raise mismatch(sign, left, right) from None

    return compare


def equal(left: Any, right: Any) -> bool:
    """Say whether two values are equal, read as the same kind."""
    if type(left) in ALIKE and type(left) is type(right):
        return bool(left == right)
    if left is right:
        return True
    if left is None or right is None:
        return False
    kinds = {kind_of(left), kind_of(right)}
    if "boolean" in kinds and not kinds & NUMBERS:
        return values.truth(left) is values.truth(right)
    read_value(left)
    pair = aligned(left, right)
    return pair is not None and bool(pair[0] == pair[1])


def negative(value: Any) -> object:
    """Return a number with the other sign."""
    return sized(-READERS[common_kind(value, 0)](value))


BINARY: Final[Mapping[str, Act]] = {
    "+": calculating("+", operator.add),
    "-": calculating("-", operator.sub),
    "*": calculating("*", operator.mul),
    "/": calculating("/", operator.truediv),
    "%": calculating("%", remainder),
    "<": comparing("<", operator.lt),
    "<=": comparing("<=", operator.le),
    ">": comparing(">", operator.gt),
    ">=": comparing(">=", operator.ge),
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
}
UNARY: Final[Mapping[str, Callable[[Any], object]]] = {
    "-": negative,
    "!": lambda value: not values.truth(value),
    "empty": values.is_empty,
}
