"""FEEL's kinds of values, and which Python value is of which kind.

Numbers are integers where the text says so, else decimals of 34 digits; a float is taken by what
it prints, so that 0.1 is a tenth. Objects of unknown classes are opaque: they can be passed on and
compared, nothing in them can be read.

>>> kind_of(1), kind_of(True), kind_of({}), kind_of(object())
('number', 'boolean', 'context', 'opaque')
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Any, Final

import msgspec

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.tree import TypeName

MATH: Final = Context(
    prec=34,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
"""How FEEL calculates: IEEE 754 decimal128 (DMN 10.3.2.3.1)."""

MOST_WHOLE: Final = 10**34


class Range(msgspec.Struct, frozen=True):
    """Values between two ends; an end of None is open without limit. `(= 5)` is a range too.

    `written` tells `(< 10)` from `(null..10)`: their values are the same, they are not equal.
    """

    start: Any
    end: Any
    start_included: bool
    end_included: bool
    written: str = ".."


class Callee(msgspec.Struct, frozen=True, eq=False):
    """A function that FEEL can call."""

    def __repr__(self) -> str:
        """Show it as FEEL writes it."""
        return "function"


class FeelFunction(Callee, frozen=True, eq=False):
    """A function that an expression defines: it takes its arguments in order, of their types."""

    parameters: tuple[str, ...]
    call: Callable[..., object]
    types: tuple[TypeName | None, ...] = ()


KINDS: Final[dict[type, str]] = {
    type(None): "null",
    bool: "boolean",
    int: "number",
    Decimal: "number",
    float: "number",
    str: "string",
    datetime: "date and time",
    cal.LongDateTime: "date and time",
    date: "date",
    cal.LongDate: "date",
    time: "time",
    cal.FineTime: "time",
    timedelta: "days and time duration",
    cal.LongDuration: "days and time duration",
    cal.MonthsDuration: "years and months duration",
    list: "list",
    tuple: "list",
    dict: "context",
    Range: "range",
    FeelFunction: "function",
    Callee: "function",
}


def kind_of(value: object) -> str:
    """Return the kind of a value."""
    kind = KINDS.get(type(value))
    if kind is not None:
        return kind
    if isinstance(value, Mapping):
        return "context"
    return next((kind for known, kind in KINDS.items() if isinstance(value, known)), "opaque")


def number(value: object) -> int | Decimal | None:
    """Return a value as a number to calculate with, or None if it is no number."""
    if type(value) is int or type(value) is Decimal:
        return value
    if isinstance(value, float):
        return plain(Decimal(repr(float(value))))
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return int(value) if isinstance(value, int) else plain(value)
    return None


def plain(value: Decimal) -> Decimal | None:
    """Return a decimal of 34 digits, or None for what is not a number or infinite."""
    return MATH.plus(value) if value.is_finite() else None


def whole(value: int) -> int | Decimal:
    """Return an integer; from 34 digits on a rounded decimal."""
    return value if -MOST_WHOLE < value < MOST_WHOLE else MATH.create_decimal(value)


def tidy(value: object) -> object:
    """Return a float as the decimal it prints, all else as it is."""
    return number(value) if isinstance(value, float) else value
