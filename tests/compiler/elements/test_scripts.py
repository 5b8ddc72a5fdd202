"""Scripts in safe languages: what they set, and what they may not say."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler.elements.scripts import MAX_LINES, compile_script
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import UnsupportedLanguage

SCRIPTS = [
    ("a = 1", {}, "", {"a": 1}),
    ("a = 1\nb = a + n", {"n": 2}, "", {"a": 1, "b": 3}),
    ("n = n + 1\nn = n * 2", {"n": 2}, "", {"n": 6}),
    ("# a comment\n\n   a   =   'x = y'   \n", {}, "", {"a": "x = y"}),
    ("a == 1", {"a": 1}, "", {}),
    ("a == 1", {"a": 1}, "same", {"same": True}),
    ("a=1;".rstrip(";"), {}, "", {"a": 1}),
    ("n += 1\nn *= 2", {"n": 2}, "", {"n": 6}),
    ("n -= 1 if n else 0", {"n": 2}, "", {"n": 1}),
    ("n //= 2 + 1", {"n": 7}, "", {"n": 2}),
    ("way += ['A']", {"way": ["B"]}, "", {"way": ["B", "A"]}),
    ("größe = 3", {}, "", {"größe": 3}),
    ("", {}, "r", {}),
]


@pytest.mark.parametrize(("text", "variables", "result", "written"), SCRIPTS)
def test_what_a_script_sets(
    text: str, variables: dict[str, object], result: str, written: dict[str, object]
) -> None:
    assert compile_script(text, "python", result)(variables) == written


REFUSED = [
    ("a = 1\nb =", "line 2: "),
    ("\n\nimport os", "line 3: "),
    ("a = b = 1", "line 1: '=' would assign"),
    ("a += b = 1", "line 1: "),
    ("a @= 1", "line 1: "),
    ("a **= 2", "line 1: "),
    ("a: int = 1", "line 1: "),
    ("a.b = 1", "line 1: "),
    ("for x in y:\n  z = 1", "line 1: "),
    ("a = __import__('os')", "line 1: "),
    ("x = 1\n" * (MAX_LINES + 1), f"more than {MAX_LINES} lines"),
]


@pytest.mark.parametrize(("text", "what"), REFUSED)
def test_what_a_script_may_not_say(text: str, what: str) -> None:
    with pytest.raises(ExpressionError, match=what):
        compile_script(text, "python")


def test_a_fault_at_run_time_is_an_expressions_fault() -> None:
    with pytest.raises(ExpressionError, match="'missing'"):
        compile_script("a = missing", "python")({})


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(UnsupportedLanguage) as raised:
        compile_script("a = 1", "cobol")
    assert raised.value.language == "cobol"


def test_other_languages_are_one_expression(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bpmn_xml.compiler.elements.scripts.LINES", frozenset())
    assert compile_script("1 +\n n", "python", "r")({"n": 2}) == {"r": 3}


def test_what_a_script_in_feel_computes_is_a_number_of_python() -> None:
    found = compile_script("n * 0.5", "feel", "half")({"n": 3})
    assert (found, type(found["half"])) == ({"half": 1.5}, float)
