"""How values are read as other kinds, and how they are written."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from enum import IntEnum, StrEnum
from fractions import Fraction
from types import MappingProxyType

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel import values


class Colour(StrEnum):
    RED = "red"


class Level(IntEnum):
    HIGH = 3


@pytest.mark.parametrize(
    ("value", "kind"),
    [(None, "null"), (True, "boolean"), (1, "integer"), (1.0, "double"), (Decimal(1), "decimal"),
     ("", "text"), (Colour.RED, "text"), (Level.HIGH, "integer"), (Fraction(1, 2), "double"),
     ([], "other"), (object(), "other")],
)  # fmt: skip
def test_kind_of(value, kind):
    assert values.kind_of(value) == kind


@pytest.mark.parametrize(
    ("read", "value", "number"),
    [
        (values.integer, None, 0),
        (values.integer, "", 0),
        (values.integer, "-12", -12),
        (values.integer, 2.9, 2),
        (values.integer, Decimal("2.9"), 2),
        (values.double, "1.5e3", 1500.0),
        (values.double, 3, 3.0),
        (values.double, ".5", 0.5),
        (values.decimal, "0.1", Decimal("0.1")),
        (values.decimal, 3, Decimal(3)),
        (values.decimal, Decimal("1e9999"), Decimal("1e9999")),
    ],
)
def test_numbers_are_read(read, value, number):
    found = read(value)
    assert (type(found), found) == (type(number), number)


@pytest.mark.parametrize(
    ("read", "value", "reason"),
    [
        (values.integer, "1.5", "'1.5' cannot be read as an integer"),
        (values.integer, " 1", "' 1' cannot be read"),
        (values.integer, True, "a boolean cannot be read as an integer"),
        (values.integer, [], "a list cannot be read"),
        (values.integer, "9" * 1_301, "cannot be read"),
        (values.integer, "9" * 1_300, "more than 4096 bits"),
        (values.integer, 1 << 5_000, "more than 4096 bits"),
        (values.integer, Decimal("1e999999"), "more than 4096 bits"),
        (values.double, "x", "'x' cannot be read as a number"),
        (values.double, "nan", "'nan' cannot be read as a number"),
    ],
)
def test_what_is_no_number(read, value, reason):
    with pytest.raises(ExpressionError, match=reason):
        read(value)


@pytest.mark.parametrize(
    ("value", "answer"),
    [(None, False), ("", False), ("true", True), ("TRUE", True), ("yes", False), (True, True),
     (False, False)],
)  # fmt: skip
def test_truth(value, answer):
    assert values.truth(value) is answer


@pytest.mark.parametrize("value", [0, 1, 1.5, [], {}])
def test_what_is_neither_true_nor_false(value):
    with pytest.raises(ExpressionError, match="true or false is needed here, not a "):
        values.truth(value)


@pytest.mark.parametrize(
    ("value", "answer"),
    [(None, True), ("", True), ([], True), ({}, True), ((), True), (set(), True), (range(0), True),
     (MappingProxyType({}), True), (0, False), (False, False), (" ", False), ([None], False),
     (object(), False)],
)  # fmt: skip
def test_is_empty(value, answer):
    assert values.is_empty(value) is answer


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""), ("text", "text"), (Colour.RED, "red"), (True, "true"), (False, "false"),
        (7, "7"), (Level.HIGH, "3"), (1.0, "1.0"), (0.0, "0.0"), (-0.0, "-0.0"), (0.001, "0.001"),
        (0.0001, "1.0E-4"), (1234567.5, "1234567.5"), (1e7, "1.0E7"), (-1.25e10, "-1.25E10"),
        (1e300, "1.0E300"), (123456789.0, "1.23456789E8"), (float("inf"), "Infinity"),
        (float("-inf"), "-Infinity"), (float("nan"), "NaN"), (Fraction(1, 2), "0.5"),
        (Decimal("1.50"), "1.50"), (date(2024, 2, 29), "2024-02-29"), (time(12, 0), "12:00:00"),
        (datetime(2024, 2, 29, 12), "2024-02-29T12:00:00"), ([], "[]"), ([1, None, "a"],
        "[1, null, a]"), ((1, [2]), "[1, [2]]"), ({}, "{}"), ({"a": 1, "b": [None]},
        "{a=1, b=[null]}"),
    ],
)  # fmt: skip
def test_text(value, written):
    assert values.text(value) == written


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (object(), "an object has no text"),
        ([object()], "an object has no text"),
        ("x" * 1_000_001, "more than 1000000 characters"),
        ([["x" * 1_000] * 100] * 100, "more than 1000000 characters"),
        (1 << 5_000, "more than 4096 bits"),
    ],
)
def test_what_has_no_text(value, reason):
    with pytest.raises(ExpressionError, match=reason):
        values.text(value)
