"""The parts that the dialects' tables are made of."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler.dialects.settings import bean_name, flag, is_expression, one_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${a}", "a"),
        (" #{ a } ", "a"),
        ("a.B", "a.B"),
        ("${a", "${a"),
        ("", ""),
        ("${a.b()}", "a.b()"),
    ],
)
def test_the_name_in_an_expression(text: str, expected: str) -> None:
    assert bean_name(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a", False), (" = a", True), ("x ${a}", True), ("#{a}", True), ("$a", False), ("", False)],
)
def test_what_asks_to_be_evaluated(text: str, expected: bool) -> None:
    assert is_expression(text) is expected


def test_flags_and_words() -> None:
    assert flag(" true ") is True
    assert flag("false") is False
    with pytest.raises(ValueError, match="'1' is not true or false"):
        flag("1")
    assert one_of("b ", ("a", "b")) == "b"
    with pytest.raises(ValueError, match="'c' is not a or b"):
        one_of("c", ("a", "b"))
