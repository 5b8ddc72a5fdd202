"""The tables of signs: JUEL's rules for numbers, texts, null and the rest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel.operators import BINARY, UNARY

VALUES = [
    ("+", 2, 3, 5), ("+", 2, 3.5, 5.5), ("+", "2", 3, 5), ("+", "2.5", 3, 5.5), ("+", None, 3, 3),
    ("+", None, None, 0), ("+", "", 1, 1), ("+", 2**62, 1, 2**62 + 1),
    ("+", Decimal("0.1"), Decimal("0.2"), Decimal("0.3")), ("+", Decimal(1), 2, Decimal(3)),
    ("-", 2, 3, -1), ("*", 2, 3, 6), ("*", 2, "1.5", 3.0),
    ("/", 7, 2, 3.5), ("/", 6, 2, 3.0), ("/", 2**70, 2, 2.0**69), ("/", "6", 2, 3.0),
    ("/", Decimal(6), 4, Decimal("1.5")), ("/", None, 2, 0.0),
    ("%", 7, 3, 1), ("%", -7, 3, -1), ("%", 7, -3, 1), ("%", 7.5, 2, 1.5), ("%", -7.5, 2, -1.5),
    ("%", Decimal("-7.5"), 2, Decimal("-1.5")),
    ("<", 1, 2, True), ("<", 1, 1, False), ("<=", 1, 1.0, True), (">", "10", 9, True),
    (">", "10", "9", False), (">=", "b", "a", True), ("<", None, 1, False), (">", 1, None, False),
    ("<=", None, None, True), ("<", None, None, False), (">=", None, None, True),
    ("<", "a", True, True), ("<", False, True, True), ("<", Decimal("1.5"), "2", True),
    ("<", date(2024, 1, 1), date(2024, 1, 2), True), (">", 1.5, "1", True),
    ("==", 1, 1.0, True), ("==", "1", 1, True), ("==", "1.0", 1, True), ("==", "", 0, True),
    ("==", "a", "a", True), ("==", "a", "b", False), ("==", None, None, True),
    ("==", None, 0, False), ("==", "", None, False), ("==", True, "true", True),
    ("==", True, "TRUE", True), ("==", "x", False, True), ("==", True, False, False),
    ("==", [1], [1], True), ("==", [1], "[1]", False), ("==", {"a": 1}, {"a": 2}, False),
    ("==", Decimal("1.0"), 1, True), ("==", date(2024, 1, 1), date(2024, 1, 1), True),
    ("==", date(2024, 1, 1), "2024-01-01", False),
    ("!=", 1, 2, True), ("!=", None, "a", True), ("!=", "1", 1, False),
]  # fmt: skip


@pytest.mark.parametrize(("sign", "left", "right", "value"), VALUES)
def test_value(sign, left, right, value):
    found = BINARY[sign](left, right)
    assert (type(found), found) == (type(value), value)


REFUSED = [
    ("+", "a", "b", "texts are joined"), ("+", "a", 1, "texts are joined"),
    ("-", "a", 1, "'a' cannot be read as an integer"), ("*", "x.y", 1, "cannot be read as a num"),
    ("+", True, 1, "a boolean cannot be read"), ("+", [1], [2], "does not work on a list"),
    ("+", [1], "a", "does not work on a list and text"), ("+", 1, object(), "does not work on"),
    ("*", 1 << 4_000, 1 << 4_000, "more than 4096 bits"), ("+", 1 << 5_000, 1, "4096 bits"),
    ("<", "a", 1, "'a' cannot be read"), ("<", [1], 2, "a list cannot be read"),
    ("<", [1], "a", "'<' does not work on a list and text"), ("<", {}, [], "'<' does not work"),
    (">", date(2024, 1, 1), "2024", "'>' does not work on a date and text"),
    ("==", "a", 5, "'a' cannot be read as an integer"), ("==", True, 1, "cannot be read"),
    ("==", True, [], "true or false is needed here"), ("!=", "a", 1.5, "cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(("sign", "left", "right", "reason"), REFUSED)
def test_refused(sign, left, right, reason):
    with pytest.raises(ExpressionError, match=reason):
        BINARY[sign](left, right)


@pytest.mark.parametrize("sign", ["/", "%"])
@pytest.mark.parametrize(("left", "right"), [(1, 0), (1.5, 0), (Decimal(1), 0), (2**70, 0)])
def test_division_by_zero_is_an_error_and_not_infinity(sign, left, right):
    with pytest.raises(ArithmeticError):
        BINARY[sign](left, right)


def test_the_same_thing_is_equal_and_in_order():
    thing = object()
    assert BINARY["=="](thing, thing) is True
    assert BINARY["<="](thing, thing) is True
    assert BINARY["<"](thing, thing) is False


@pytest.mark.parametrize(
    ("sign", "value", "answer"),
    [("-", 2, -2), ("-", "2", -2), ("-", "2.5", -2.5), ("-", None, 0), ("-", Decimal(2),
     Decimal(-2)), ("!", True, False), ("!", None, True), ("!", "true", False),
     ("empty", [], True), ("empty", None, True), ("empty", 0, False)],
)  # fmt: skip
def test_unary(sign, value, answer):
    found = UNARY[sign](value)
    assert (type(found), found) == (type(answer), answer)


@pytest.mark.parametrize(("sign", "value"), [("-", "a"), ("-", True), ("-", []), ("!", 1)])
def test_unary_refused(sign, value):
    with pytest.raises(ExpressionError):
        UNARY[sign](value)


@given(st.integers(), st.integers().filter(bool))
def test_remainders_fit_quotients_cut_to_zero(left, right):
    rest = BINARY["%"](left, right)
    assert (left - rest) % right == 0
    assert abs(rest) < abs(right)
    assert rest == 0 or (rest < 0) == (left < 0)


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.lists(st.none())


@given(st.sampled_from(sorted(BINARY)), PLAIN, PLAIN)
def test_any_two_values_have_a_result_or_an_error_in_words(sign, left, right):
    try:
        found = BINARY[sign](left, right)
    except (ExpressionError, ArithmeticError, ValueError):
        return
    assert isinstance(found, (bool, int, float))
