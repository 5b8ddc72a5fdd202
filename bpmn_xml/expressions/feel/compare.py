"""Equality and order (DMN 10.3.2.4, tables 53 and 54): true, false, or None where there is none.

>>> equal(1, 1), equal([1, [2]], [1, [2]]), equal(1, "1")
(True, True, None)
>>> less(1, 2), less("b", "a"), less(1, "2")
(True, False, None)
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel.values import kind_of, number
from bpmn_xml.expressions.meter import read_text, spend

STEPS: Final = 4
"""What it costs to look at one item of a list."""

DIRECT: Final = frozenset({int, str})
"""Types of values that are compared as they are."""


def equal(left: Any, right: Any) -> bool | None:
    """Say whether two values are equal; None if they are of different kinds."""
    if type(left) is type(right) and type(left) in DIRECT:
        if type(left) is str:
            read_text(len(left))
        return bool(left == right)
    if left is None or right is None:
        return left is right
    kind = kind_of(left)
    if kind != kind_of(right):
        return None
    if kind in KEYS:
        spend(1)
        mine, other = KEYS[kind](left), KEYS[kind](right)
        return None if mine is None or other is None else second(mine) == second(other)
    return equal_structures(kind, left, right)


def equal_structures(kind: str, left: Any, right: Any) -> bool | None:
    """Say whether two lists, contexts, ranges or functions are equal."""
    if kind in ("list", "context"):
        spend(STEPS * (1 + len(left)))
    if kind == "list":
        return len(left) == len(right) and all(map(same, left, right))
    if kind == "context":
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    return bool(left == right)


def same(left: Any, right: Any) -> bool:
    """Say whether two values are of one kind and equal."""
    return left is right or equal(left, right) is True


def date_time_key(value: cal.AnyDateTime) -> tuple[bool, int]:
    """Return what of a date and time is compared: the second in UTC."""
    return value.tzinfo is None, cal.instant(value)


def time_key(value: cal.AnyTime) -> tuple[bool, int]:
    """Return what of a time is compared: the time in UTC; of a named zone that of 1970."""
    nanos = cal.nanos_of(value)
    if value.tzinfo is None:
        return True, nanos
    return False, nanos - cal.offset_nanos(value.tzinfo, 0, nanos)


def second(key: Any) -> Any:
    """Return the key of a time without fractions: equal are times of the same second."""
    return (key[0], key[1] // cal.NANOS) if isinstance(key, tuple) else key


def itself(value: Any) -> Any:
    """Return what is compared as it is."""
    return value


KEYS: Final[Mapping[str, Callable[[Any], Any]]] = {
    "number": number,
    "string": itself,
    "boolean": itself,
    "date": cal.days_of,
    "date and time": date_time_key,
    "time": time_key,
    "days and time duration": cal.duration_nanos,
    "years and months duration": itself,
}
"""What of a value is compared, for each kind that has more than identity."""

ORDERED: Final = KEYS.keys() - {"boolean"}


def ordering(compare: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool | None]:
    """Return the function of `<` or its like; None where the values have no order."""

    def compared(left: Any, right: Any) -> bool | None:
        if type(left) is type(right) and type(left) in DIRECT:
            if type(left) is str:
                read_text(len(left))
            return compare(left, right)
        kind = kind_of(left)
        if kind not in ORDERED or kind != kind_of(right):
            return None
        spend(1)
        mine, other = KEYS[kind](left), KEYS[kind](right)
        if mine is None or other is None or has_zone(mine) != has_zone(other):
            return None
        return compare(mine, other)

    return compared


def has_zone(key: object) -> object:
    """Say whether the key of a time says that it has no zone; others have none to say."""
    return key[0] if isinstance(key, tuple) else None


less: Final = ordering(operator.lt)
less_or_equal: Final = ordering(operator.le)
greater: Final = ordering(operator.gt)
greater_or_equal: Final = ordering(operator.ge)


def unequal(left: object, right: object) -> bool | None:
    """Say whether two values differ; None if they are of different kinds."""
    result = equal(left, right)
    return None if result is None else not result


def identity(value: Any) -> object:
    """Return what equal values have in common and can be looked up by.

    >>> identity(1) == identity(1.0), identity([1]) == identity(["1"])
    (True, False)
    """
    if type(value) is int:
        spend(1)
        return "number", value
    spend(STEPS)
    kind = kind_of(value)
    if kind in KEYS:
        return kind, KEYS[kind](value)
    if kind == "list":
        return kind, tuple(map(identity, value))
    if kind == "context":
        return kind, frozenset((key, identity(value[key])) for key in value)
    if kind == "range":
        ends = identity(value.start), identity(value.end)
        return kind, *ends, value.start_included, value.end_included, value.written
    return kind, None if value is None else id(value)
