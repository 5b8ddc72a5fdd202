"""Signs of Groovy and JavaScript: what both give, and a refusal where they differ."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.foreign.values import (
    BINARY,
    LARGEST,
    UNDEFINED,
    entry,
    entry_or_length,
    truth,
    truthy,
    unary,
)

SAME = [
    ("==", 1, 1.0, True), ("==", None, None, True), ("==", None, 0, False),
    ("==", UNDEFINED, None, True), ("!=", "a", "b", True), ("===", 2, 2, True),
    ("!==", None, None, False), ("+", 1, 2, 3), ("+", "a", "b", "ab"), ("-", 1, 3, -2),
    ("+", -1, "a", "-1a"), ("+", "a", 1, "a1"),
    ("+", 0.5, "a", "0.5a"), ("+", "a", -12.25, "a-12.25"), ("+", "a", True, "atrue"),
    ("+", "a", None, "anull"),
    ("*", 3, 4, 12), ("%", 7, 3, 1), ("<", 1, 2, True), ("<=", "a", "a", True),
    (">", "\U0001f600", "\uffff", False), (">=", 2, 3, False),
]  # fmt: skip

DIFFERENT = [
    ("==", 1, "1"), ("==", True, 1), ("===", UNDEFINED, None), ("+", 2**53, "a"),
    ("+", True, "a"), ("+", "a", 1.0), ("+", "a", 1e-7), ("+", "a", 1.5e7), ("+", "a", UNDEFINED),
    ("+", "a", [1]), ("+", True, True),
    ("-", "b", "a"), ("*", LARGEST, 2), ("%", -7, 3), ("%", 7, 0), ("%", 7.5, 2), ("<", 1, True),
    ("<", None, 1), ("==", float("nan"), 1.0), ("+", -0.0, 1.0), ("==", [1], [1]), ("==", 2**53, 1),
]  # fmt: skip


@pytest.mark.parametrize(("sign", "left", "right", "value"), SAME)
def test_what_both_languages_give(sign: str, left: object, right: object, value: object) -> None:
    found = BINARY[sign](left, right)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(("sign", "left", "right"), DIFFERENT)
def test_what_is_not_the_same_everywhere_is_refused(sign: str, left: object, right: object) -> None:
    with pytest.raises(ExpressionError, match=f"'[{sign[0]}]"):
        BINARY[sign](left, right)


NAN = float("nan")
TRUE_IN_BOTH: list[object] = [True, 1, Decimal("0.1"), -0.5, "no", [0], {"a": None}]
FALSE_IN_BOTH: list[object] = [False, None, 0, Decimal(0), -0.0, ""]


def test_each_language_says_what_is_true() -> None:
    assert all(truth(value) and truthy(value) for value in TRUE_IN_BOTH)
    assert not any(truth(value) or truthy(value) for value in FALSE_IN_BOTH)
    assert [truth(value) for value in ([], {}, NAN)] == [False, False, True]
    assert [truthy(value) for value in ([], {}, NAN, UNDEFINED)] == [True, True, False, False]
    assert (unary(truth)["!"]([]), unary(truthy)["!"]([]), unary(truth)["-"](2)) == (
        True,
        False,
        -2,
    )
    for says in (truth, truthy):
        with pytest.raises(ExpressionError, match="is neither true nor false"):
            says(object())


def test_lists_and_texts_have_a_length_in_javascript() -> None:
    assert [entry_or_length(value, "length") for value in ([], (1, 2), "\U0001f600")] == [0, 2, 2]
    assert entry_or_length({"length": "5 m"}, "length") == "5 m"
    assert entry_or_length({}, "length") is UNDEFINED
    for value, key in ((5, "length"), ([], "size")):
        with pytest.raises(ExpressionError, match="reads an entry of a mapping"):
            entry_or_length(value, key)


def test_entries_of_mappings_are_read_and_of_nothing_else() -> None:
    read = entry(UNDEFINED)
    assert read({"a": 1}, "a") == 1
    assert read({"a": 1}, "b") is UNDEFINED
    for value in (None, UNDEFINED, 5):
        with pytest.raises(ExpressionError, match="reads an entry of a mapping"):
            read(value, "a")
