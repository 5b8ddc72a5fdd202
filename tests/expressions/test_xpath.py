"""XPath as far as it is supported: values, what has none, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import expressions
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import UnsupportedLanguage

XPATH = "http://www.w3.org/1999/XPath"
KNOWN: dict[str, Any] = {
    "n": 1, "m": 2, "text": "open", "yes": True, "no": False, "none": None, "empty_text": "",
    "order": {"total": 120, "customer": {"name": "Ada"}}, "items": [1],
}  # fmt: skip

VALUES: list[tuple[str, object]] = [
    ("n = 1", True),
    ("n=1", True),
    ("$n != 1", False),
    ("n = 1.0", True),
    ("text = 'open'", True),
    ('text != "open"', False),
    ("text = 'it is \"so\"'", False),
    ("n < m and m <= 2 or no", True),
    ("n = 2 or m > 1 and text = 'open'", True),
    ("not(n = 1)", False),
    ("not(none)", True),
    ("not(empty_text)", True),
    ("true()", True),
    ("false() or yes", True),
    ("yes = true()", True),
    ("n + m * 2 - 1", 4),
    ("(n + m) * 2", 6),
    ("m - 1 = n", True),
    ("-n < 0", True),
    ("7 div 2", 3.5),
    ("7 mod 4", 3),
    ("order/total > 100", True),
    ("$order/customer/name = 'Ada'", True),
    ("order/nothing = 1", False),
    ("order/nothing != 1", False),
    ("none < 1", False),
    ("getDataObject('n') = 1", True),
    ("bpmn:getDataObject('order')/total = 120", True),
    ('getProcessProperty("m")', 2),
]


@pytest.mark.parametrize(("text", "value"), VALUES)
def test_what_needs_no_document_is_evaluated(text: str, value: object) -> None:
    found = expressions.compile(text, XPATH).evaluate(KNOWN)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("/order/total > 1", "character 1: "),
        ("//order", "character 1: "),
        ("order[1]", "character 6: "),
        ("order/@total", "character 7: "),
        ("count(order) > 1", "character 1: count() is not known; not(), true()"),
        ("string-length(text)", "character 1: string-length() is not known"),
        ("n-1 = 0", "character 1: 'n-1' is no variable; blanks stand around '-'"),
        ("text < 'p'", "character 6: '<' orders numbers alone"),
        ("'p' >= text", "character 5: '>=' orders numbers alone"),
        ("n == 1", "character 4: "),
        ("1/n", "character 2: a path leads from a variable"),
        ("not(n", "character 6: "),
        ("__class__ = 1", "character 1: names like '__class__' are Python's own"),
        ("n/__class__ = 1", "character 3: names like"),
        ("getDataObject('__class__')", "character 1: names like"),
        ("getDataObject('a-b')", "character 1: 'a-b' is no variable"),
        ("yes = true", "character 7: 'true' would be data of this name; write 'true()'"),
        ("", "character 1: "),
    ],
)
def test_what_needs_one_is_refused(text: str, part: str) -> None:
    with pytest.raises(UnsupportedLanguage) as caught:
        expressions.compile(text, XPATH)
    assert caught.value.part.startswith(part)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("text = 1", "'=' does not mean the same everywhere"),
        ("n < text", "'<' does not mean the same everywhere"),
        ("text < text", "'<' orders numbers alone"),
        ("yes + 1", "does not mean the same everywhere for a boolean"),
        ("n div 0", "division by zero"),
        ("text + 'x'", r"'\+' adds numbers alone"),
        ("n + text", r"'\+' adds numbers alone"),
        ("missing = 1", "missing"),
        ("text/total", "reads an entry of a mapping"),
    ],
)
def test_what_has_no_value_says_why(text: str, why: str) -> None:
    with pytest.raises(ExpressionError, match=why):
        expressions.compile(text, XPATH).evaluate(KNOWN)
