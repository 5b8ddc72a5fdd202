"""Arithmetic (DMN 10.3.2.5, tables 45 to 49): a value, or None where the operands do not fit.

Each sign is a table with a row for every pair of kinds that it works on.

>>> BINARY["+"](Decimal("0.1"), Decimal("0.2")), BINARY["/"](6, 3), BINARY["+"](1, "1")
(Decimal('0.3'), 2, None)
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import UTC
from decimal import Decimal
from typing import Any, Final

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel import compare
from bpmn_xml.expressions.feel.values import MATH, kind_of, number, whole
from bpmn_xml.expressions.meter import afford_text, spend

Act = Callable[[Any, Any], object]

NUMBER, STRING, DATE, TIME = "number", "string", "date", "time"
MOMENT, DAYS, MONTHS = "date and time", "days and time duration", "years and months duration"

MOST: Final = 10**27
LOW, HIGH = -(2**55), 2**55
"""Sums and products of integers between these have less than 34 digits."""


def numeric(on_integers: Callable[[int, int], int], on_decimals: Act) -> Act:
    """Return a row for two numbers: integers stay integers."""

    def calculate(left: object, right: object) -> object:
        mine, other = number(left), number(right)
        if mine is None or other is None:
            return None
        if type(mine) is int and type(other) is int:
            return whole(on_integers(mine, other))
        return on_decimals(mine, other)

    return calculate


def quotient(left: object, right: object) -> object:
    """Divide two numbers; the quotient of integers is an integer if it can be."""
    mine, other = number(left), number(right)
    if mine is None or other is None or not other:
        return None
    if type(mine) is int and type(other) is int and mine % other == 0:
        return mine // other
    return MATH.divide(Decimal(mine), Decimal(other))


POWER_STEPS: Final = 32


def power(left: object, right: object) -> object:
    """Raise a number to a power."""
    mine, other = number(left), number(right)
    if mine is None or other is None:
        return None
    if not other:
        return 1
    spend(POWER_STEPS)
    result = MATH.power(Decimal(mine), Decimal(other))
    if not result.is_finite():
        return None
    integers = type(mine) is int and type(other) is int and other > 0
    return whole(int(result)) if integers and abs(result) < cal.NANOS**3 else result


def join(left: str, right: str) -> str:
    """Join two texts."""
    afford_text(len(left) + len(right))
    return left + right


def swapped(act: Act) -> Act:
    """Return the function with its operands the other way round."""
    return lambda left, right: act(right, left)


def negated(act: Act, sign: Callable[[Any], object]) -> Act:
    """Return the function that takes the opposite of its second operand."""
    return lambda left, right: act(left, sign(right))


def later_days(day: cal.AnyDate, duration: cal.AnyDuration) -> object:
    """Add a duration to a date, as if it were midnight."""
    return cal.make_date(cal.days_of(day) + cal.duration_nanos(duration) // cal.DAY)


def later_months(day: cal.AnyDate, duration: cal.MonthsDuration) -> object:
    """Add months to a date; the day is the last of the month at most."""
    return cal.make_date(cal.add_months(cal.days_of(day), duration.months))


def moment_later(moment: cal.AnyDateTime, duration: cal.AnyDuration) -> object:
    """Add a duration to a date and time; in a named zone the clock may have changed between."""
    length = cal.duration_nanos(duration)
    if moment.tzinfo is None:
        return cal.make_date_time(cal.days_of(moment), cal.nanos_of(moment) + length, None)
    return cal.at_instant(cal.instant(moment) + length, moment.tzinfo)


def moment_months_later(moment: cal.AnyDateTime, duration: cal.MonthsDuration) -> object:
    """Add months to a date and time; a time that the clock leaves out there is as much later."""
    days = cal.add_months(cal.days_of(moment), duration.months)
    there = cal.make_date_time(days, cal.nanos_of(moment), moment.tzinfo)
    return there if there.tzinfo is None else cal.at_instant(cal.instant(there), there.tzinfo)


def time_later(of_day: cal.AnyTime, duration: cal.AnyDuration) -> object:
    """Add a duration to a time, around the clock."""
    return cal.make_time(
        (cal.nanos_of(of_day) + cal.duration_nanos(duration)) % cal.DAY, of_day.tzinfo
    )


def between_dates(left: cal.AnyDate, right: cal.AnyDate) -> object:
    """Return the duration from one date to another."""
    return cal.make_duration((cal.days_of(left) - cal.days_of(right)) * cal.DAY)


def between_moments(left: Any, right: Any) -> object:
    """Return the duration from one date and time to another; a date is its midnight in UTC."""
    zones = [getattr(side, "tzinfo", UTC) is None for side in (left, right)]
    if zones[0] != zones[1]:
        return None
    return cal.make_duration(moment_nanos(left) - moment_nanos(right))


def moment_nanos(value: Any) -> int:
    """Return the nanoseconds since 1970 of a date or a date and time."""
    if kind_of(value) == DATE:
        return cal.days_of(value) * cal.DAY
    return cal.instant(value)


def between_times(left: cal.AnyTime, right: cal.AnyTime) -> object:
    """Return the duration from one time of day to another."""
    mine, other = compare.time_key(left), compare.time_key(right)
    return cal.make_duration(mine[1] - other[1]) if mine[0] == other[0] else None


def on_days(act: Callable[[int, int], int]) -> Act:
    """Return a row for two durations of days."""
    return lambda left, right: cal.make_duration(
        act(cal.duration_nanos(left), cal.duration_nanos(right))
    )


def on_months(act: Callable[[int, int], int]) -> Act:
    """Return a row for two durations of months."""
    return lambda left, right: make_months(act(left.months, right.months))


def make_months(months: int) -> object:
    """Return a duration of months, if it is not too long."""
    return cal.MonthsDuration(months) if abs(months) <= 12 * cal.MOST_YEARS * 12 else None


def scaled(act: Act) -> Act:
    """Return a row for a duration times or over a number; what is less than a unit is cut off."""

    def scale(duration: Any, factor: object) -> object:
        months = isinstance(duration, cal.MonthsDuration)
        length = duration.months if months else cal.duration_nanos(duration)
        result = number(act(length, factor))
        if result is None or not -MOST < result < MOST:
            return None
        return make_months(int(result)) if months else cal.make_duration(int(result))

    return scale


def opposite(value: Any) -> object:
    """Return a number or duration with the other sign, or None."""
    kind = kind_of(value)
    if kind == NUMBER:
        plain = number(value)
        return None if plain is None else -plain
    if kind == DAYS:
        return cal.make_duration(-cal.duration_nanos(value))
    return cal.MonthsDuration(-value.months) if kind == MONTHS else None


times = numeric(operator.mul, MATH.multiply)
plus = numeric(operator.add, MATH.add)

ADD: Final[Mapping[tuple[str, str], Act]] = {
    (NUMBER, NUMBER): plus,
    (STRING, STRING): join,
    (DATE, DAYS): later_days,
    (DATE, MONTHS): later_months,
    (MOMENT, DAYS): moment_later,
    (MOMENT, MONTHS): moment_months_later,
    (TIME, DAYS): time_later,
    (DAYS, DAYS): on_days(operator.add),
    (MONTHS, MONTHS): on_months(operator.add),
    (DAYS, DATE): swapped(later_days),
    (MONTHS, DATE): swapped(later_months),
    (DAYS, MOMENT): swapped(moment_later),
    (MONTHS, MOMENT): swapped(moment_months_later),
    (DAYS, TIME): swapped(time_later),
}
SUBTRACT: Final[Mapping[tuple[str, str], Act]] = {
    (NUMBER, NUMBER): numeric(operator.sub, MATH.subtract),
    (DATE, DATE): between_dates,
    (DATE, MOMENT): between_moments,
    (MOMENT, DATE): between_moments,
    (MOMENT, MOMENT): between_moments,
    (TIME, TIME): between_times,
    (DATE, DAYS): negated(later_days, opposite),
    (DATE, MONTHS): negated(later_months, opposite),
    (MOMENT, DAYS): negated(moment_later, opposite),
    (MOMENT, MONTHS): negated(moment_months_later, opposite),
    (TIME, DAYS): negated(time_later, opposite),
    (DAYS, DAYS): on_days(operator.sub),
    (MONTHS, MONTHS): on_months(operator.sub),
}
MULTIPLY: Final[Mapping[tuple[str, str], Act]] = {
    (NUMBER, NUMBER): times,
    (DAYS, NUMBER): scaled(times),
    (MONTHS, NUMBER): scaled(times),
    (NUMBER, DAYS): swapped(scaled(times)),
    (NUMBER, MONTHS): swapped(scaled(times)),
}
DIVIDE: Final[Mapping[tuple[str, str], Act]] = {
    (NUMBER, NUMBER): quotient,
    (DAYS, NUMBER): scaled(quotient),
    (MONTHS, NUMBER): scaled(quotient),
    (DAYS, DAYS): lambda left, right: quotient(cal.duration_nanos(left), cal.duration_nanos(right)),
    (MONTHS, MONTHS): lambda left, right: quotient(left.months, right.months),
}
POWER: Final[Mapping[tuple[str, str], Act]] = {(NUMBER, NUMBER): power}


def arithmetic(rows: Mapping[tuple[str, str], Act], on_integers: Act | None = None) -> Act:
    """Return the function of a sign; `on_integers` is the short way for two small integers."""

    def act(left: Any, right: Any) -> object:
        if on_integers and type(left) is type(right) is int and LOW < left < HIGH > right > LOW:
            return on_integers(left, right)
        spend(1)
        row = rows.get((kind_of(left), kind_of(right)))
        try:
            return row(left, right) if row else None
        except ArithmeticError:
            return None

    return act


BINARY: Final[Mapping[str, Act]] = {
    "+": arithmetic(ADD, operator.add),
    "-": arithmetic(SUBTRACT, operator.sub),
    "*": arithmetic(MULTIPLY, operator.mul),
    "/": arithmetic(DIVIDE),
    "**": arithmetic(POWER),
    "==": compare.equal,
    "!=": compare.unequal,
    "<": compare.less,
    "<=": compare.less_or_equal,
    ">": compare.greater,
    ">=": compare.greater_or_equal,
}
UNARY: Final[Mapping[str, Callable[[Any], object]]] = {"-": opposite}
