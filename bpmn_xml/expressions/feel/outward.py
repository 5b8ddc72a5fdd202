"""What FEEL computes, as the world outside takes it.

Its decimals become ints and floats: Python that adds a float to a decimal fails, and JSON has no
decimals. FEEL takes a float by what it prints, so nothing is lost of numbers of up to 15 digits
when they come back.

>>> from decimal import Decimal
>>> outward({"net": Decimal("20.5"), "all": [Decimal("2.0"), Decimal("NaN"), "2.0"]})
{'net': 20.5, 'all': [2, nan, '2.0']}
>>> as_json([Decimal("0.5"), timedelta(days=1)])
[0.5, 'P1D']
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel.temporal import java_text

DEEPEST: Final = 60
"""Below so many levels of lists and contexts nothing is changed."""

MOST_EXACT: Final = 2**53
"""Up to here a float has all whole numbers."""

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


def is_read(term: tree.Term) -> bool:
    """Whether an expression only reads a variable or an entry: that goes on as it is."""
    while isinstance(term, tree.Access):
        term = term.value
    return isinstance(term, tree.Name)


def outward(value: Any) -> Any:
    """The value with numbers of Python; itself, if there is no decimal in it."""
    return _changed(value, _number, DEEPEST)


def as_json(value: Any) -> Any:
    """The value with dates, times and durations as texts, too: what comes from a server."""
    return _changed(value, _text, DEEPEST)


def _number(value: Any) -> Any:
    if not isinstance(value, Decimal):
        return value
    number = float(value)
    return int(value) if number.is_integer() and abs(number) <= MOST_EXACT else number


def _text(value: Any) -> Any:
    return java_text(value) if isinstance(value, TEMPORAL) else _number(value)


def _changed(value: Any, change: Callable[[Any], Any], depth: int) -> Any:
    """The value with all that is in it changed; itself, if nothing is."""
    if isinstance(value, list) and depth:
        items = [_changed(item, change, depth - 1) for item in value]
        return items if _differ(items, value) else value
    if isinstance(value, dict) and depth:
        entries = {key: _changed(item, change, depth - 1) for key, item in value.items()}
        return entries if _differ(entries.values(), value.values()) else value
    return change(value)


def _differ(new: Any, old: Any) -> bool:
    return any(one is not other for one, other in zip(new, old, strict=True))
