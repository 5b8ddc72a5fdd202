"""What values are to JUEL, and how one kind is read as another (JSR 245, 1.18).

Null is 0, false and the empty text; a text is read as the number or truth that stands in it. All
integers are one kind here, and floats and decimals stay what they are.

>>> integer("12"), truth("TRUE"), text(None), text(1e10), text([1, None])
(12, True, '', '1.0E10', '[1, null]')
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from numbers import Integral, Real
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.limits import MAX_BITS, MAX_NUMERAL
from bpmn_xml.expressions.meter import afford_text, limit_text, spend
from bpmn_xml.expressions.wording import describe
from bpmn_xml.wording import shorten

INTEGER: Final = re.compile(r"[+-]?[0-9]+")
NUMERAL: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
KINDS: Final[Mapping[type, str]] = {
    type(None): "null", bool: "boolean", int: "integer", float: "double", Decimal: "decimal",
    str: "text",
}  # fmt: skip
KINSHIP: Final = ((str, "text"), (Integral, "integer"), (Real, "double"), (Decimal, "decimal"))
COLLECTIONS: Final = (str, list, tuple, set, frozenset, range, Mapping)
PIECES_A_STEP: Final = 2
NUMBERS: Final = frozenset({"integer", "double", "decimal"})


def kind_of(value: object) -> str:
    """Name the kind of a value: null, boolean, integer, double, decimal, text or other."""
    kind = KINDS.get(type(value))
    if kind is None:
        return next((kind for parent, kind in KINSHIP if isinstance(value, parent)), "other")
    return kind


def sized(value: Any) -> Any:
    """Return a number if it is small enough to go on with."""
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise ExpressionError(f"a number of more than {MAX_BITS} bits")
    return value


def bounded(value: str) -> str:
    """Return a text if it is short enough to go on with."""
    limit_text(len(value))
    return value


def made(value: str) -> str:
    """Return a text that was made, for the price of it."""
    afford_text(len(value))
    return value


def reading(name: str, shape: re.Pattern[str], convert: Callable[[Any], Any]) -> Callable[..., Any]:
    """Return the function that reads any value as a number of one kind."""

    def read(value: Any) -> Any:
        kind = kind_of(value)
        if kind == "null" or (kind == "text" and not value):
            return convert(0)
        if kind == "text" and len(value) <= MAX_NUMERAL and shape.fullmatch(value):
            return sized(convert(value))
        if kind in NUMBERS:
            return sized(convert(value))
        shown = f"'{shorten(value)}'" if kind == "text" else describe(value)
        raise ExpressionError(f"{shown} cannot be read as {name}")

    return read


def whole(value: Any) -> int:
    """Return the integer that a number is cut to."""
    if isinstance(value, Decimal) and value.is_finite() and value.adjusted() > MAX_NUMERAL:
        raise ExpressionError(f"a number of more than {MAX_BITS} bits")
    return int(value)


integer: Final = reading("an integer", INTEGER, whole)
double: Final = reading("a number", NUMERAL, float)
decimal: Final = reading("a number", NUMERAL, Decimal)
READERS: Final = {"integer": integer, "double": double, "decimal": decimal}


def common_kind(left: object, right: object) -> str:
    """Name the kind of number in which two values are calculated or compared."""
    kinds = {kind_of(left), kind_of(right)}
    if "decimal" in kinds:
        return "decimal"
    return "double" if "double" in kinds or is_point(left) or is_point(right) else "integer"


def is_point(value: object) -> bool:
    """Say whether a text has what only numbers with a point or exponent have."""
    return isinstance(value, str) and any(sign in value for sign in ".eE")


def truth(value: object) -> bool:
    """Read a value as true or false."""
    if value is True or value is False:
        return value
    if value is None:
        return False
    if isinstance(value, str):
        return value.lower() == "true"
    raise ExpressionError(f"true or false is needed here, not {describe(value)}")


def order_of(left: Any, right: Any) -> int:
    """Return -1, 0 or 1: whether a value is before, at or behind another of its kind."""
    try:
        return int(left > right) - int(left < right)
    except TypeError:
        raise ExpressionError(
            f"{describe(left)} cannot be compared with {describe(right)}"
        ) from None


def is_empty(value: object) -> bool:
    """Say whether a value is null, the empty text or a collection without items."""
    return value is None or (isinstance(value, COLLECTIONS) and len(value) == 0)


def text(value: object) -> str:
    """Return a value as Java writes it; dates are written as ISO 8601 does."""
    if value is None:
        return ""
    if type(value) is str:
        limit_text(len(value))
        return value
    found: list[str] = []
    size = 0
    for piece in pieces(value):
        found.append(piece)
        size += len(piece)
        limit_text(size)
    spend(len(found) // PIECES_A_STEP)
    return "".join(found)


def pieces(value: object) -> Iterator[str]:
    """Yield what a value's text is made of, never more at once than one value needs."""
    if isinstance(value, Mapping):
        yield "{"
        for position, key in enumerate(value):
            yield ", " if position else ""
            yield from pieces(key)
            yield "="
            yield from pieces(value[key])
        yield "}"
    elif isinstance(value, (list, tuple)):
        yield "["
        for position, item in enumerate(value):
            yield ", " if position else ""
            yield from pieces(item)
        yield "]"
    else:
        yield plain(value)


def plain(value: Any) -> str:
    """Return a single value as Java writes it."""
    match kind_of(value):
        case "null":
            return "null"
        case "boolean":
            return "true" if value else "false"
        case "text":
            return str.__str__(value)
        case "integer":
            return str(sized(int(value)))
        case "double":
            return java_double(float(value))
        case "decimal":
            return str(value)
    if isinstance(value, (date, time)):
        return value.isoformat()
    raise ExpressionError(f"{describe(value)} has no text")


def java_double(value: float) -> str:
    """Return a double as Java writes it: `1.0E10`, `Infinity`."""
    if value != value or value in (float("inf"), float("-inf")):  # noqa: PLR0124 - not a number
        return {"nan": "NaN", "inf": "Infinity"}.get(repr(value), "-Infinity")
    if value == 0 or 1e-3 <= abs(value) < 1e7:
        return repr(value)
    mantissa, exponent = f"{Decimal(repr(value)).normalize():E}".split("E")
    return f"{mantissa}{'' if '.' in mantissa else '.0'}E{int(exponent)}"
