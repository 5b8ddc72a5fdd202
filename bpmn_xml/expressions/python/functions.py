"""The functions that a condition may call. Each takes any values and stays small and quick.

They are Python's own by name and meaning, but take only the kinds of values whose cost is known:
no object of unknown class is iterated, converted or printed. For text, whose methods cannot be
called, there are `lower`, `upper`, `strip`, `startswith` and `endswith`.

>>> FUNCTIONS["max"](3, 7), FUNCTIONS["len"]("four"), FUNCTIONS["startswith"]("order-7", "order")
(7, 4, True)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.limits import MAX_DIGITS, MAX_ITEMS, MAX_NUMERAL, MAX_STRING
from bpmn_xml.expressions.meter import ITEM_ROOM, afford_text, keep, spend
from bpmn_xml.expressions.python.operators import CONTAINERS, FEW_ITEMS, is_number, sized
from bpmn_xml.expressions.wording import describe

PRINTABLE: Final = (str, int, float, Decimal, date, time, timedelta, type(None))


def collection(values: Any, function: str) -> Any:
    """Return the values if they are a collection of a known kind that is not too long."""
    if not isinstance(values, CONTAINERS):
        raise ExpressionError(f"{function}() needs a list or text, not {describe(values)}")
    if len(values) > MAX_ITEMS:
        raise ExpressionError(f"{function}() takes at most {MAX_ITEMS} items")
    if len(values) > FEW_ITEMS:
        spend(len(values))
        keep(len(values) * ITEM_ROOM)
    return values


def quantity(value: Any, function: str) -> Any:
    """Return the value if it is a number that an integer of bounded size can hold."""
    if not is_number(value):
        raise ExpressionError(f"{function}() needs a number, not {describe(value)}")
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() > MAX_NUMERAL:
        raise ExpressionError(f"{function}() cannot hold a number as large as {value}")
    return value


def text(value: Any, function: str) -> str:
    """Return the value if it is a text of bounded length."""
    if not isinstance(value, str):
        raise ExpressionError(f"{function}() needs a text, not {describe(value)}")
    if len(value) > MAX_STRING:
        raise ExpressionError(f"{function}() takes at most {MAX_STRING} characters")
    if len(value) > FEW_ITEMS:
        afford_text(len(value))
    return value


def length(values: object, /) -> int:
    """Return how many items or characters there are."""
    if not isinstance(values, CONTAINERS):
        raise ExpressionError(f"len() needs a list or text, not {describe(values)}")
    return len(values)


def absolute(value: object, /) -> object:
    """Return a number or duration without its sign."""
    return abs(value) if isinstance(value, timedelta) else abs(quantity(value, "abs"))


def rounded(value: object, digits: object = None, /) -> object:
    """Round half to even, as Python does."""
    number = quantity(value, "round")
    if digits is None:
        return round(number)
    if not isinstance(digits, int) or abs(digits) > MAX_DIGITS:
        raise ExpressionError(f"round() takes {-MAX_DIGITS} to {MAX_DIGITS} decimal places")
    return round(number, digits)


def total(values: object, start: object = 0, /) -> object:
    """Add up numbers."""
    numbers = [quantity(value, "sum") for value in collection(values, "sum")]
    return sized(sum(numbers, quantity(start, "sum")))


MISSING: Final = object()


def extreme(function: str, choose: Callable[..., object]) -> Callable[..., object]:
    """Return `min` or `max`: of a collection, or of two and more arguments."""

    def chosen(first: object, /, *others: object, default: object = MISSING) -> object:
        values = (first, *others) if others else collection(first, function)
        return choose(values) if values or default is MISSING else default

    return chosen


def every(values: object, /) -> bool:
    """Say whether all items are true."""
    return all(collection(values, "all"))


def some(values: object, /) -> bool:
    """Say whether one item at least is true."""
    return any(collection(values, "any"))


def ordered(values: object, /, *, reverse: object = False) -> list[object]:
    """Return a sorted list."""
    return sorted(collection(values, "sorted"), reverse=bool(reverse))


def truth(value: object = None, /) -> bool:
    """Say whether Python takes a value as true."""
    return bool(value)


def whole(value: object = 0, /) -> object:
    """Return the integer that a text means or that a number is cut to."""
    return sized(int(numeral(value, "int")))


def floating(value: object = 0, /) -> float:
    """Return the float that a text or number means."""
    return float(numeral(value, "float"))


def numeral(value: Any, function: str) -> Any:
    """Return a number, or a text that is short enough to be read as one."""
    if not isinstance(value, str):
        return quantity(value, function)
    if len(value) > MAX_NUMERAL:
        raise ExpressionError(f"{function}() reads at most {MAX_NUMERAL} characters")
    return value


def printed(value: object = "", /) -> str:
    """Return a text, number, date or None as text; other objects are not printed."""
    if not isinstance(value, PRINTABLE):
        raise ExpressionError(f"str() takes a text, a number or a date, not {describe(value)}")
    return str(quantity(value, "str") if isinstance(value, int) else value)


def lower(value: object, /) -> str:
    """Return a text in small letters."""
    return text(value, "lower").lower()


def upper(value: object, /) -> str:
    """Return a text in capital letters."""
    return text(value, "upper").upper()


def strip(value: object, /) -> str:
    """Return a text without blanks at its ends."""
    return text(value, "strip").strip()


def startswith(value: object, start: object, /) -> bool:
    """Say whether a text begins with another."""
    return text(value, "startswith").startswith(text(start, "startswith"))


def endswith(value: object, end: object, /) -> bool:
    """Say whether a text ends with another."""
    return text(value, "endswith").endswith(text(end, "endswith"))


FUNCTIONS: Final[Mapping[str, Callable[..., object]]] = {
    "abs": absolute,
    "all": every,
    "any": some,
    "bool": truth,
    "endswith": endswith,
    "float": floating,
    "int": whole,
    "len": length,
    "lower": lower,
    "max": extreme("max", max),
    "min": extreme("min", min),
    "round": rounded,
    "sorted": ordered,
    "startswith": startswith,
    "str": printed,
    "strip": strip,
    "sum": total,
    "upper": upper,
}
