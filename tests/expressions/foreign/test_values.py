"""Signs of Groovy and JavaScript: what both give, and a refusal where they differ."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.foreign.values import BINARY, LARGEST, UNARY, UNDEFINED, entry, truth

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


def test_what_holds_and_what_is_neither() -> None:
    assert [truth(value) for value in (True, False, None, UNDEFINED)] == [True, False, False, False]
    assert (UNARY["!"](None), UNARY["-"](2)) == (True, -2)
    for value in (0, 1, "", "a", []):
        with pytest.raises(ExpressionError, match="is neither true nor false"):
            truth(value)


def test_entries_of_mappings_are_read_and_of_nothing_else() -> None:
    read = entry(UNDEFINED)
    assert read({"a": 1}, "a") == 1
    assert read({"a": 1}, "b") is UNDEFINED
    for value in (None, UNDEFINED, 5):
        with pytest.raises(ExpressionError, match="reads an entry of a mapping"):
            read(value, "a")
