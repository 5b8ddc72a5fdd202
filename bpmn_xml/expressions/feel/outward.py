"""What FEEL computes, as the world outside takes it.

Its decimals become ints and floats, as far as these say the same: Python that adds a float to a
decimal fails, and JSON has no decimals. One that FEEL had to round to its 34 digits becomes the
nearest float. FEEL takes a float by what it prints, so that nothing is lost on the way back.

>>> from decimal import Decimal
>>> outward({"net": Decimal("20.5"), "all": [Decimal("2.0"), None, "2.0"]})
{'net': 20.5, 'all': [2, None, '2.0']}
>>> as_json([Decimal("0.5"), timedelta(days=1)])
[0.5, 'P1D']
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, Final

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel.temporal import java_text
from bpmn_xml.expressions.feel.values import MATH

DEEPEST: Final = 60
"""Below so many levels of lists and contexts nothing is changed."""

TEMPORAL: Final = (
    date,
    time,
    timedelta,
    cal.LongDate,
    cal.LongDateTime,
    cal.FineTime,
    cal.LongDuration,
    cal.MonthsDuration,
)


def outward(value: Any) -> Any:
    """The value with numbers of Python; itself, if there is no decimal in it."""
    return _changed(value, _number, DEEPEST, {})


def as_json(value: Any) -> Any:
    """The value with dates, times and durations as texts, too: what comes from a server."""
    return _changed(value, _text, DEEPEST, {})


def _number(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    if value.is_finite() and value.adjusted() < MATH.prec and value == value.to_integral_value():
        return int(value)
    number = float(value)
    rounded = len(value.as_tuple().digits) >= MATH.prec
    return number if rounded or Decimal(repr(number)) == value else value


def _text(value: Any) -> Any:
    return java_text(value) if isinstance(value, TEMPORAL) else _number(value)


def _changed(value: Any, change: Callable[[Any], Any], depth: int, done: dict[int, Any]) -> Any:
    """The value with all that is in it changed; itself, if nothing is.

    `done` has what became of each list and context, by its identity: many may share one.
    """
    if not (isinstance(value, list | dict) and depth):
        return change(value)
    if id(value) not in done:
        old = [*value.values()] if isinstance(value, dict) else value
        new = [_changed(item, change, depth - 1, done) for item in old]
        same = all(one is other for one, other in zip(new, old, strict=True))
        made = dict(zip(value, new, strict=True)) if isinstance(value, dict) else new
        done[id(value)] = value if same else made
    return done[id(value)]
