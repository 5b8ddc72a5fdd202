"""Signs do what Python's do on known values; unknown and huge ones are refused in words."""

from __future__ import annotations

import math
from collections import ChainMap, UserDict
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.limits import MAX_BITS, MAX_ITEMS, MAX_STRING
from bpmn_xml.expressions.python.operators import BINARY, UNARY, item_of, member_of

DAY, NOON = date(2024, 2, 29), datetime(2024, 2, 29, 12, 0)
HOUR = timedelta(hours=1)
HUGE = 2**MAX_BITS - 1

VALUES = [
    ("+", 1, 2, 3),
    ("+", 2**70, 1, 2**70 + 1),
    ("+", 1, 0.5, 1.5),
    ("+", True, 1, 2),
    ("+", DAY, timedelta(1), date(2024, 3, 1)),
    ("+", Decimal("0.1"), Decimal("0.2"), Decimal("0.3")),
    ("+", Fraction(1, 3), 1, Fraction(4, 3)),
    ("+", "a", "b", "ab"),
    ("+", [1], [2], [1, 2]),
    ("+", (1,), (2,), (1, 2)),
    ("+", "a" * 10, "b" * (MAX_STRING - 10), "a" * 10 + "b" * (MAX_STRING - 10)),
    ("-", NOON, HOUR, datetime(2024, 2, 29, 11, 0)),
    ("-", NOON, NOON, timedelta(0)),
    ("*", 2**2000, 2**2000, 2**4000),
    ("*", HOUR, 3, timedelta(hours=3)),
    ("/", HOUR, 2, timedelta(minutes=30)),
    ("/", 1, 2, 0.5),
    ("//", 7, -2, -4),
    ("%", 7, -2, -1),
    ("%", 7.5, 2, 1.5),
    ("<", 1, 2, True),
    ("<=", "a", "a", True),
    (">", [2], [1, 9], True),
    (">=", DAY, DAY, True),
    ("<", 1, Decimal(2), True),
    ("==", 1, "1", False),
    ("!=", 1, "1", True),
    ("==", [1], [1], True),
    ("==", 1, True, True),
    ("is", None, None, True),
    ("is not", 0, None, True),
    ("in", 1, range(3), True),
    ("in", "k", ChainMap({"k": 1}), True),
    ("in", 1, frozenset({2}), False),
    ("not in", "x", "abc", True),
]


@pytest.mark.parametrize(("sign", "left", "right", "value"), VALUES)
def test_value(sign, left, right, value):
    found = BINARY[sign](left, right)
    assert (type(found), found) == (type(value), value)


class Opaque:
    """An object of a class that the language does not know."""

    def __getitem__(self, key):
        raise AssertionError("was reached")

    __add__ = __mul__ = __iter__ = __neg__ = __getitem__


REFUSED = [
    ("+", 1, "a", "'+' does not work on a number and text"),
    ("+", "a", 1, "'+' does not work on text and a number"),
    ("+", [1], (2,), "'+' does not work on a list and a list"),
    ("+", None, 1, "'+' does not work on nothing (None) and a number"),
    ("+", Opaque(), 1, "'+' does not work on an Opaque and a number"),
    ("+", DAY, 1, "'+' does not work on a date and a number"),
    ("+", 0.5, Decimal(1), "'+' does not work on a number and a number"),
    ("+", "a" * MAX_STRING, "b", f"'+' makes something longer than {MAX_STRING}"),
    ("+", [0] * MAX_ITEMS, [0], f"'+' makes something longer than {MAX_ITEMS}"),
    ("+", HUGE, HUGE, f"a number of more than {MAX_BITS} bits"),
    ("-", -HUGE, HUGE, f"a number of more than {MAX_BITS} bits"),
    ("*", HUGE, HUGE, f"a number of more than {MAX_BITS} bits"),
    ("//", 2 * HUGE, 3, f"a number of more than {MAX_BITS} bits"),
    ("%", 5, 2 * HUGE, f"a number of more than {MAX_BITS} bits"),
    ("*", "a", 3, "'*' does not work on text and a number"),
    ("*", 3, [1], "'*' does not work on a number and a list"),
    ("*", Opaque(), 3, "'*' does not work on an Opaque and a number"),
    ("%", "%99999d", 1, "'%' does not work on text and a number"),
    ("%", "%s", {}, "'%' does not work on text and a mapping"),
    ("<", 1, "a", "'<' does not work on a number and text"),
    (">=", None, 1, "'>=' does not work on nothing (None) and a number"),
    ("<", {}, {}, "'<' does not work on a mapping and a mapping"),
    ("in", 1, 1, "'in' needs a list, a mapping or a text, not a number"),
    ("in", 1, Opaque(), "'in' needs a list, a mapping or a text, not an Opaque"),
    ("in", 1, iter([1]), "'in' needs a list, a mapping or a text, not a list_iterator"),
    ("in", 1, "text", "'in' does not work on a number and text"),
    ("not in", [], {}, "'in' does not work on a list and a mapping"),
]


@pytest.mark.parametrize(("sign", "left", "right", "words"), REFUSED)
def test_refused(sign, left, right, words):
    with pytest.raises(ExpressionError) as caught:
        BINARY[sign](left, right)
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("sign", "value", "result"),
    [("-", 2, -2), ("+", True, 1), ("-", HOUR, -HOUR), ("not", [], True), ("not", Opaque(), False)],
)
def test_unary(sign, value, result):
    assert UNARY[sign](value) == result


@pytest.mark.parametrize(("sign", "value"), [("-", "a"), ("+", None), ("-", Opaque()), ("-", DAY)])
def test_unary_refused(sign, value):
    with pytest.raises(ExpressionError, match=f"'\\{sign}' does not work on"):
        UNARY[sign](value)


def test_member_is_an_entry_of_any_mapping():
    assert member_of({"a": 1}, "a") == member_of(UserDict(a=1), "a") == 1


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"amount": 1}, "there is no entry 'amout'; did you mean 'amount'?"),
        (Opaque(), "'.amout' reads an entry of a mapping, not of an Opaque"),
        (None, "'.amout' reads an entry of a mapping, not of nothing (None)"),
    ],
)
def test_member_refused(value, words):
    with pytest.raises(ExpressionError) as caught:
        member_of(value, "amout")
    assert str(caught.value) == words


@pytest.mark.parametrize(
    ("value", "key", "item"),
    [
        ("abc", 0, "a"),
        ([1, 2], -1, 2),
        ((1, 2), slice(1), (1,)),
        (range(5), 2, 2),
        ({1: 2}, 1, 2),
        (UserDict(a=1), "a", 1),
        ([1, 2], True, 2),
    ],
)
def test_item(value, key, item):
    assert item_of(value, key) == item


@pytest.mark.parametrize(
    ("value", "key", "words"),
    [
        ([1], 1, "there is no item 1 among 1"),
        ("", -1, "there is no item -1 among 0"),
        ([1], "a", "an item's position is an integer, not text"),
        ({}, 1, "there is no entry 1"),
        ({"amount": 1}, "amout", "there is no entry 'amout'; did you mean 'amount'?"),
        ({}, "k" * 200, f"there is no entry '{'k' * 56}..."),
        ({}, [], "a list cannot be the key of an entry"),
        (Opaque(), 1, "[...] reads a list, a mapping or a text, not an Opaque"),
        (None, 1, "[...] reads a list, a mapping or a text, not nothing (None)"),
        (5, 1, "[...] reads a list, a mapping or a text, not a number"),
    ],
)
def test_item_refused(value, key, words):
    with pytest.raises(ExpressionError) as caught:
        item_of(value, key)
    assert str(caught.value) == words


def test_what_is_not_a_number_stays_so():
    assert math.isnan(BINARY["+"](math.nan, 1))
    assert BINARY["<"](math.nan, 1) is False
