"""Ranges and membership: `value in test` (DMN 10.3.2.9 and table 55)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, Final

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel import compare
from bpmn_xml.expressions.feel.values import Range, kind_of, number
from bpmn_xml.expressions.meter import afford_items, spend

SIGNS: Final[dict[str, Callable[[Any, Range], bool | None]]] = {
    "<": lambda value, range_: compare.less(value, range_.end),
    "<=": lambda value, range_: compare.less_or_equal(value, range_.end),
    ">": lambda value, range_: compare.greater(value, range_.start),
    ">=": lambda value, range_: compare.greater_or_equal(value, range_.start),
    "=": lambda value, range_: compare.equal(value, range_.start),
    "!=": lambda value, range_: compare.unequal(value, range_.start),
}


def within(value: Any, range_: Range) -> bool | None:
    """Say whether a value is in a range; None if it cannot be compared with its ends."""
    if range_.written in SIGNS:
        return SIGNS[range_.written](value, range_)
    above = compare.greater_or_equal if range_.start_included else compare.greater
    below = compare.less_or_equal if range_.end_included else compare.less
    return both(above(value, range_.start), below(value, range_.end))


def both(*answers: bool | None) -> bool | None:
    """Join answers by `and`."""
    if False in answers:
        return False
    return None if None in answers else True


def matches(value: Any, test: Any) -> bool | None:
    """Say whether a test holds for a value: a range it is in, a list it is in, or its equal."""
    if isinstance(test, Range):
        return True if compare.same(value, test) else within(value, test)
    if kind_of(test) == "list":
        spend(compare.STEPS * (1 + len(test)))
        return True if compare.same(value, test) else one_holds(matches(value, one) for one in test)
    return compare.same(value, test)


def one_holds(answers: Iterable[bool | None]) -> bool | None:
    """Say whether one answer is true; None if there are answers and all are None."""
    found = list(answers)
    if True in found:
        return True
    return None if found and all(answer is None for answer in found) else False


def between(value: Any, low: Any, high: Any) -> bool | None:
    """Say whether a value is between two others, ends included."""
    return both(compare.greater_or_equal(value, low), compare.less_or_equal(value, high))


def elements(range_: Range) -> list[Any] | None:
    """Return the integers or days of a range in order, or None if it has others."""
    first, last = position(range_.start), position(range_.end)
    if first is None or last is None or kind_of(range_.start) != kind_of(range_.end):
        return None
    if range_.written == "to":
        step = 1 if first <= last else -1
        return listed(range_, range(first, last + step, step))
    first, last = first + (not range_.start_included), last - (not range_.end_included)
    return listed(range_, range(first, last + 1)) if first <= last else None


def position(value: Any) -> int | None:
    """Return the place of an end among the integers or the days."""
    if kind_of(value) == "date":
        return cal.days_of(value)
    found = number(value)
    if isinstance(found, Decimal):
        return int(found) if found == found.to_integral_value() else None
    return found


PLACE_ROOM: Final = 40
"""Bytes of an integer or a day in a list."""


def listed(range_: Range, places: range) -> list[Any]:
    """Return the values at places, if there are not too many."""
    afford_items((places.stop - places.start) * places.step, PLACE_ROOM)
    dates = kind_of(range_.start) == "date"
    return [cal.make_date(place) for place in places] if dates else list(places)
