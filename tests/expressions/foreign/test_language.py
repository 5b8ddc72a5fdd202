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
    "big": "\U0001f600", "last": "\uffef", "many": 2**53, "zero": -0.0, "nan": float("nan"),
    "least": -(2**31),
    "order": {"total": 120, "state": "new"}, "items": [1], "empty_list": [], "moment": object(),
}  # fmt: skip

VALUES: list[tuple[str, object]] = [
    ("a == 1", True),
    ("a != b", True),
    ('text == "open"', True),
    ("  yes ; ", True),
    ("a <= 1 && b >= 2", True),
    ("a > 1 || no", False),
    ("yes && a == 1", True),
    ("!yes", False),
    ("!none", True),
    ("none == null", True),
    ("none != null || no", False),
    ("a > 1.5 || half == 0.5", True),
    ("a >\n b ||\n yes", True),
    ("'\U0001f600' < text", False),
    ("big + text", "\U0001f600open"),
    ("big < last", True),
    ("none == 1", False),
    ("yes == true", True),
    ("half < a", True),
    ("text < 'p'", True),
    ("order.total > 100", True),
    ("order.missing == null", True),
    ("yes ? 'a' : 'b'", "a"),
    ("none ? 1 : -a", -1),
    ("text ? 1 : 2", 1),
    ("!items", False),
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


ONE: list[tuple[str, str, object]] = [
    ("groovy", "return a < b;", True),
    ("groovy", "[]", []),
    ("groovy", "['x', a + 1, [none, yes]]", ["x", 2, [None, True]]),
    ("groovy", "[:]", {}),
    (
        "groovy",
        "[total: a, 'the state': [text], m: [k: [:]]]",
        {"total": 1, "the state": ["open"], "m": {"k": {}}},
    ),
    ("groovy", "a > 1 ? [1] : [\n 2,\n 3]", [2, 3]),
    ("groovy", "[] || [a: 1]", True),
    ("groovy", "no || none", False),
    ("groovy", "(yes && none) == false", True),
    ("groovy", "text && a", True),
    ("groovy", "empty_list || ''", False),
    ("javascript", "text && a", 1),
    ("javascript", "order.nick || text", "open"),
    ("javascript", "empty_list ? 1 : 2", 1),
    ("javascript", "items.length * 700", 700),
    ("javascript", "text.length > 3 && !none", True),
    ("javascript", "a === 1", True),
    ("javascript", "text !== 'open'", False),
    ("javascript", "none === null", True),
    ("javascript", "no || none", None),
    ("javascript", "(yes && none) == false", False),
    ("javascript", "order.missing", None),
    ("javascript", "(order.missing ? 1 : 2) + half * 1.5", 2.75),
]


@pytest.mark.parametrize(("language", "expression", "value"), ONE)
def test_what_is_each_language_s_own(language: str, expression: str, value: object) -> None:
    found = expressions.compile(expression, language).evaluate(KNOWN)
    assert (found, type(found)) == (value, type(value))


FAULTS: list[tuple[str, str]] = [
    ("text == 1", "does not mean the same everywhere"),
    ("order == items", "does not mean the same everywhere"),
    ("yes < no", "does not order"),
    ("yes + no", "does not calculate with"),
    ("text - text", "does not calculate with"),
    ("-text", "does not work on"),
    ("moment && yes", "neither true nor false"),
    ("moment ? 1 : 2", "neither true nor false"),
    ("-a % 2", "does not mean the same everywhere"),
    ("2147483647 + a", "too large"),
    ("none.a == 1", "reads an entry of a mapping"),
    ("missing == 1", "no variable 'missing'"),
    ("many == many", "does not mean the same everywhere"),
    ("many - many", "does not mean the same everywhere"),
    ("7 % many", "does not mean the same everywhere"),
    ("nan < 1", "does not mean the same everywhere"),
    ("zero == 0", "does not mean the same everywhere"),
    ("-least", "too large"),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("expression", "why"), FAULTS)
def test_what_they_do_not_agree_on_has_no_value(language: str, expression: str, why: str) -> None:
    with pytest.raises(ExpressionError, match=why):
        expressions.compile(expression, language).evaluate(KNOWN)


UNDEFINED = [
    ("'x' + order.missing", "does not join undefined to a text"),
    ("order.missing === null", "an entry that is missing"),
    ("null !== order.missing", "an entry that is missing"),
    ("order.missing < 1", "does not mean the same everywhere for undefined and a number"),
    ("order.missing.a", "not of undefined"),
    ("-order.missing", "does not work on undefined"),
]


@pytest.mark.parametrize(("expression", "why"), UNDEFINED)
def test_what_is_undefined_is_not_taken_for_null(expression: str, why: str) -> None:
    with pytest.raises(ExpressionError, match=why):
        expressions.compile(expression, "javascript").evaluate(KNOWN)


REFUSED = (
    "items.collect { it.id }", "items.size()", "a / 2", "a eq 1", "a and b", "empty items",
    "text =~ /x/", '"${a}"', "items[0]", "this.a", "variables.a == 1", "a == undefined",
    "execution.setVariable('a', 1)", "a = 1", "def a = 1", "a == 1; b == 2", "`a`", "",
    "println(a)", "a ?: b", "a?.b", "// a", "next(null, true)", "new Date()",
    "010 == 8", "1e3", "1.", ".5 < a", "9007199254740993 == a", "0.1000000000000001 < half",
    "a\n- b", "a -\n b", "a\n+b", "return\n a > 1", "a--b", "a++", "--a", "x <!-- y",
    "'a\nb' == text", "'$' == text", "text < '\uffef'", "typeof == 1", "order.constructor == null",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("expression", REFUSED)
def test_the_rest_is_not_supported(language: str, expression: str) -> None:
    with pytest.raises(UnsupportedLanguage):
        expressions.compile(expression, language)


OWN = [
    ("groovy", "text === 'open'"), ("groovy", "a !== 1"), ("groovy", "0.1 + 0.2 == 0.3"),
    ("groovy", "a * 1.1 == 3.3"), ("groovy", "yes ? 1.5 : 2"), ("groovy", "1.5"),
    ("javascript", "return a > 1"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "expression"), OWN)
def test_what_only_the_other_language_says_so_is_not_supported(
    language: str, expression: str
) -> None:
    with pytest.raises(UnsupportedLanguage):
        expressions.compile(expression, language)


PARTS = [
    ("groovy", "text.toUpperCase() + 1", "line 1, column 5: '.toUpperCase'"),
    ("groovy", "a &&\n 'a/b' + a / 2", "line 2, column 12: '/'"),
    ("javascript", "a > 1 && b == 010", "line 1, column 15: '010'"),
    ("groovy", "a + 1.5", "line 1, column 5: '1.5'"),
    ("groovy", "[a, 1.5]", "line 1, column 5: '1.5'"),
    ("groovy", "[a, text.size()]", "line 1, column 9: '.size'"),
    ("groovy", "[a: 1, 2]", "line 1, column 1: each value of a map has a key"),
    ("groovy", "[a: '$x']", "line 1, column 5: "),
    ("groovy", "['$x': 1]", "line 1, column 2: "),
    ("groovy", "['\\n': 1]", "line 1, column 2: "),
    ("groovy", "[(a): 1]", "line 1, column 5: "),
    ("groovy", "[a", "line 1, column 3: "),
    ("groovy", "items[0]", "line 1, column 6: "),
    ("javascript", "[1, 2]", "line 1, column 1: "),
    ("groovy", "return text + this", "line 1, column 15: 'this'"),
    ("javascript", "var x = 1", "line 1, column 5: expected"),
]


@pytest.mark.parametrize(("language", "expression", "part"), PARTS)
def test_what_is_not_supported_is_told_with_its_place(
    language: str, expression: str, part: str
) -> None:
    with pytest.raises(UnsupportedLanguage) as caught:
        expressions.compile(expression, language)
    assert caught.value.part.startswith(part)
