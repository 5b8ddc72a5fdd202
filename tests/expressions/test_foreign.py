"""Groovy and JavaScript as far as they are supported: values, what has none, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import expressions
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import UnsupportedLanguage

LANGUAGES = ("groovy", "javascript")
KNOWN: dict[str, Any] = {
    "a": 1, "b": 2, "half": 0.5, "yes": True, "no": False, "none": None, "text": "open",
    "order": {"total": 120, "state": "new"}, "items": [1],
}  # fmt: skip

VALUES: list[tuple[str, object]] = [
    ("a == 1", True),
    ("a != b", True),
    ("a === 1", True),
    ("text !== 'open'", False),
    ('text == "open"', True),
    ("return a < b;", True),
    ("  yes ; ", True),
    ("a <= 1 && b >= 2", True),
    ("a > 1 || no", False),
    ("no || none", False),
    ("yes && a == 1", True),
    ("!yes", False),
    ("!none", True),
    ("none == null", True),
    ("none != null || no", False),
    ("none == 1", False),
    ("yes == true", True),
    ("half < a", True),
    ("text < 'p'", True),
    ("order.total > 100", True),
    ("order.missing == null", True),
    ("yes ? 'a' : 'b'", "a"),
    ("none ? 1 : -a", -1),
    ("a + b * 2 - 1", 4),
    ("7 % 4", 3),
    ("text + '!'", "open!"),
    ("'a === b'", "a === b"),
    ("execution.getVariable('a') == 1", True),
    ("execution.getVariable('missing') == null", True),
    ("execution.hasVariable('missing')", False),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_what_all_languages_agree_on_is_evaluated(
    language: str, expression: str, value: object
) -> None:
    assert expressions.compile(expression, language).evaluate(KNOWN) == value


FAULTS: list[tuple[str, str]] = [
    ("text == 1", "does not mean the same everywhere"),
    ("order == items", "does not mean the same everywhere"),
    ("yes < no", "does not order"),
    ("yes + no", "does not calculate with"),
    ("text - text", "does not calculate with"),
    ("-text", "does not work on"),
    ("text && yes", "neither true nor false"),
    ("a ? 1 : 2", "neither true nor false"),
    ("-a % 2", "does not mean the same everywhere"),
    ("2147483647 + a", "too large"),
    ("none.a == 1", "reads an entry of a mapping"),
    ("missing == 1", "no variable 'missing'"),
]


@pytest.mark.parametrize(("expression", "why"), FAULTS)
def test_what_they_do_not_agree_on_has_no_value(expression: str, why: str) -> None:
    with pytest.raises(ExpressionError, match=why):
        expressions.compile(expression, "groovy").evaluate(KNOWN)


REFUSED = (
    "items.collect { it.id }", "items.size()", "a / 2", "a eq 1", "a and b", "empty items",
    "text =~ /x/", '"${a}"', "items[0]", "this.a", "variables.a == 1", "a == undefined",
    "execution.setVariable('a', 1)", "a = 1", "def a = 1", "a == 1; b == 2", "`a`", "",
    "println(a)", "a ?: b", "a?.b", "// a", "next(null, true)", "new Date()",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("expression", REFUSED)
def test_the_rest_is_not_supported(language: str, expression: str) -> None:
    with pytest.raises(UnsupportedLanguage):
        expressions.compile(expression, language)
