"""What the signs of Groovy and JavaScript do with values for which they do the same.

>>> equal(1, 1.0), equal(None, 1), comparing("<", operator.lt)("a", "b")
(True, False, True)
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from math import isnan
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel.members import SEQUENCES, member
from bpmn_xml.expressions.wording import describe

LARGEST: Final = 2**31 - 1
"""The largest whole number that no calculation makes too large in any of these languages."""

EXACT: Final = 2**53 - 1
"""The largest whole number that JavaScript tells from its neighbours."""

WRITTEN_OUT: Final = (1e-3, 1e7)
"""From where up to where Java writes a double without an exponent; JavaScript does so beyond."""

UNDEFINED: Final = object()
"""What JavaScript reads of a key that is not there."""


def kind_of(value: object) -> str:
    """What kind of value this is, as far as these languages agree."""
    if value is None or isinstance(value, bool):
        return "null" if value is None else "boolean"
    if isinstance(value, int):
        return "number" if abs(value) <= EXACT else "other"
    if isinstance(value, float):
        return "other" if isnan(value) or str(value) == "-0.0" else "number"
    return "text" if isinstance(value, str) else "other"


def known(value: object) -> object:
    """The value; null where there is none."""
    return None if value is UNDEFINED else value


def told(value: object) -> str:
    """What messages call a value."""
    return "undefined" if value is UNDEFINED else describe(value)


def alike(sign: str, left: object, right: object) -> str:
    """The kind of both operands; raises where they are of different kinds."""
    kind = kind_of(left)
    if kind == "other" or kind != kind_of(right):
        what = f"{told(left)} and {told(right)}"
        raise ExpressionError(f"'{sign}' does not mean the same everywhere for {what}")
    return kind


def equal(left: Any, right: Any) -> bool:
    """Say whether two values are equal; null is equal to nothing else."""
    left, right = known(left), known(right)
    if left is None or right is None:
        return left is right
    alike("==", left, right)
    return bool(left == right)


def identical(left: Any, right: Any) -> bool:
    """Say whether two values are equal, of which neither is missing: null is not undefined."""
    if left is UNDEFINED or right is UNDEFINED:
        raise ExpressionError("'===' is not the same everywhere for an entry that is missing")
    return equal(left, right)


def units(text: str) -> bytes:
    """A text as Java and JavaScript order it."""
    return text.encode("utf-16-be", "surrogatepass")


def comparing(sign: str, act: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Return the function of an order, of two numbers or two texts."""

    def compare(left: Any, right: Any) -> bool:
        kind = alike(sign, left, right)
        if kind not in {"number", "text"}:
            raise ExpressionError(f"'{sign}' does not order {describe(left)}")
        return act(units(left), units(right)) if kind == "text" else act(left, right)

    return compare


def calculating(sign: str, act: Callable[[Any, Any], Any]) -> Callable[[Any, Any], object]:
    """Return the function of a calculation with numbers; texts are joined with `+`."""

    def calculate(left: Any, right: Any) -> object:
        if sign == "+" and (isinstance(left, str) != isinstance(right, str)):
            return joined(left, first=True) + joined(right)
        kind = alike(sign, left, right)
        if kind != "number" and not (sign == "+" and kind == "text"):
            raise ExpressionError(f"'{sign}' does not calculate with {describe(left)}")
        return small(sign, act(left, right))

    return calculate


def joined(part: object, *, first: bool = False) -> str:
    """Return what both languages join to a text: decimals that both write out, null and the like.

    Groovy joins a text to no boolean that comes `first`.

    >>> joined(0.5), joined(True), joined(None)
    ('0.5', 'true', 'null')
    """
    kind = kind_of(part)
    if kind in {"null", "boolean"} and not first:
        return "null" if part is None else str(part).lower()
    if kind == "text" or (kind == "number" and (isinstance(part, int) or is_written_out(part))):
        return str(part)
    raise ExpressionError(f"'+' does not join {told(part)} to a text everywhere")


def is_written_out(number: Any) -> bool:
    """Say whether a number is no whole one and has no exponent in any of these languages."""
    return WRITTEN_OUT[0] <= abs(number) < WRITTEN_OUT[1] and not number.is_integer()


def small(sign: str, result: object) -> object:
    """The result of a calculation; raises where it is too large a number."""
    if isinstance(result, int) and abs(result) > LARGEST:
        raise ExpressionError(f"'{sign}' gives a number that is too large in some languages")
    return result


def remainder(left: Any, right: Any) -> object:
    """Divide whole numbers that are not negative, and return the rest."""
    if not (type(left) is type(right) is int and 0 <= left <= EXACT and 0 < right <= EXACT):
        raise ExpressionError("'%' does not mean the same everywhere for these numbers")
    return left % right


def truth(value: object) -> bool:
    """Groovy's truth: null, zero and what is empty are false."""
    if value is None or isinstance(value, (int, float, Decimal, str, Mapping, *SEQUENCES)):
        return bool(value)
    raise ExpressionError(f"{describe(value)} is neither true nor false")


def truthy(value: object) -> bool:
    """JavaScript's truth: null, what is missing, zero, NaN and the empty text are false."""
    found = known(value)
    if isinstance(found, (Mapping, *SEQUENCES)):
        return True
    return truth(found) and found == found  # noqa: PLR0124 - NaN is not equal to itself


def negative(value: Any) -> object:
    """Return a number with the other sign."""
    if kind_of(value) != "number":
        raise ExpressionError(f"'-' does not work on {told(value)}")
    return small("-", -value)


def entry(missing: object) -> Callable[[Any, str], object]:
    """Return the function that reads the entry of a mapping; nothing is read of null."""

    def read(value: Any, key: str) -> object:
        if not isinstance(value, Mapping):
            what = f"an entry of a mapping, not of {told(value)}"
            raise ExpressionError(f"'.{key}' reads {what}")
        return member(value, key) if key in value else missing

    return read


def entry_or_length(value: Any, key: str) -> object:
    """Read an entry as JavaScript does, which has a length of lists and texts too.

    >>> entry_or_length([1, 2], "length"), entry_or_length("Zoë", "length")
    (2, 3)
    """
    if key == "length" and isinstance(value, str):
        return len(units(value)) // 2
    if key == "length" and isinstance(value, SEQUENCES):
        return len(value)
    return _entry(value, key)


_entry: Final = entry(UNDEFINED)


def unary(truth_of: Callable[[object], bool]) -> Mapping[str, Callable[[Any], object]]:
    """Return what the signs before a value do, by what a language takes for true."""
    return {"-": negative, "!": lambda value: not truth_of(value)}


BINARY: Final[Mapping[str, Callable[[Any, Any], object]]] = {
    "==": equal,
    "!=": lambda left, right: not equal(left, right),
    "===": identical,
    "!==": lambda left, right: not identical(left, right),
    "+": calculating("+", operator.add),
    "-": calculating("-", operator.sub),
    "*": calculating("*", operator.mul),
    "%": remainder,
    "<": comparing("<", operator.lt),
    "<=": comparing("<=", operator.le),
    ">": comparing(">", operator.gt),
    ">=": comparing(">=", operator.ge),
}
