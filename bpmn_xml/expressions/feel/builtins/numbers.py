"""Functions on numbers (DMN 10.3.4.5).

>>> rounding("ROUND_HALF_UP")(Decimal("2.345"), 2), modulo(-12, 5)
(Decimal('2.35'), 3)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Context, Decimal
from typing import Any, Final, TypeAlias

from bpmn_xml.expressions.feel.compare import less
from bpmn_xml.expressions.feel.invoke import LEFT_OUT, Builtin, builtin
from bpmn_xml.expressions.feel.operators import opposite
from bpmn_xml.expressions.feel.values import MATH, whole
from bpmn_xml.expressions.meter import spend

Number: TypeAlias = int | Decimal

SERIES_STEPS: Final = 32
"""What a logarithm or a power of e costs."""

LEAST_SCALE, MOST_SCALE = -6111, 6176
DURATIONS: Final = "days and time duration/years and months duration"


def rounding(mode: str) -> Callable[..., Number | None]:
    """Return the function that rounds to decimal places; negative ones are before the point."""
    context = Context(prec=7_000, rounding=mode)

    def rounded(value: Number, scale: Any = 0) -> Number | None:
        places = 0 if scale is LEFT_OUT else int(scale)
        if not LEAST_SCALE <= places <= MOST_SCALE:
            return None
        exact = Decimal(value)
        if -int(exact.as_tuple().exponent) <= places:
            return value
        found = exact.quantize(Decimal((0, (1,), -places)), context=context)
        return whole(int(found)) if places <= 0 else found

    return rounded


def absolute(value: Any) -> object:
    """Return a number or duration without its sign."""
    other = opposite(value)
    return other if less(value, other) else value


def modulo(dividend: Number, divisor: Number) -> Number | None:
    """Return the remainder of a division rounded down; it has the divisor's sign."""
    if not divisor:
        return None
    if type(dividend) is int and type(divisor) is int:
        return dividend % divisor
    times = MATH.divide(Decimal(dividend), Decimal(divisor)).to_integral_value("ROUND_FLOOR")
    return MATH.subtract(Decimal(dividend), MATH.multiply(Decimal(divisor), times))


def root(value: Number) -> Number | None:
    """Return the square root; an integer if it is one."""
    if value < 0:
        return None
    found = MATH.sqrt(Decimal(value))
    return int(found) if type(value) is int and int(found) ** 2 == value else found


def logarithm(value: Number) -> Number | None:
    """Return the natural logarithm."""
    spend(SERIES_STEPS)
    return MATH.ln(Decimal(value)) if value > 0 else None


def exponential(value: Number) -> Number:
    """Return e to the power of a number."""
    spend(SERIES_STEPS)
    return MATH.exp(Decimal(value))


def is_odd(value: Number) -> bool:
    """Say whether a number is an odd integer."""
    return value % 2 in (1, -1)


MODES: Final = frozenset({"UP", "DOWN", "CEILING", "FLOOR", "HALF_UP", "HALF_DOWN", "HALF_EVEN"})


def to_decimal(value: Number, scale: Any, mode: Any = LEFT_OUT) -> Number | None:
    """Round half to even, or as a mode says, which Camunda adds."""
    name = "HALF_EVEN" if mode is LEFT_OUT else mode.upper()
    return rounding(f"ROUND_{name}")(value, scale) if name in MODES else None


FUNCTIONS: Final[Mapping[str, Builtin]] = {
    "abs": builtin(f"n: number/{DURATIONS}", absolute),
    "ceiling": builtin("n: number, scale: number?", rounding("ROUND_CEILING")),
    "decimal": builtin("n: number, scale: number, mode: string?", to_decimal),
    "even": builtin("number: number", lambda value: value % 2 == 0),
    "exp": builtin("number: number", exponential),
    "floor": builtin("n: number, scale: number?", rounding("ROUND_FLOOR")),
    "log": builtin("number: number", logarithm),
    "modulo": builtin("dividend: number, divisor: number", modulo),
    "odd": builtin("number: number", is_odd),
    "round down": builtin("n: number, scale: number?", rounding("ROUND_DOWN")),
    "round half down": builtin("n: number, scale: number?", rounding("ROUND_HALF_DOWN")),
    "round half up": builtin("n: number, scale: number?", rounding("ROUND_HALF_UP")),
    "round up": builtin("n: number, scale: number?", rounding("ROUND_UP")),
    "sqrt": builtin("number: number", root),
}
