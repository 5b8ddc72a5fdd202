"""Scripts in safe languages: what they set, and what they may not say."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler.elements.scripts import compile_script
from bpmn_xml.compiler.elements.statements import MAX_LINES
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
    ("way.append('A')\nway.append(n + 1)", {"way": ["B"], "n": 1}, "", {"way": ["B", "A", 2]}),
    ("größe = 3", {}, "", {"größe": 3}),
    ("", {}, "r", {}),
]


@pytest.mark.parametrize(("text", "variables", "result", "written"), SCRIPTS)
def test_what_a_script_sets(
    text: str, variables: dict[str, object], result: str, written: dict[str, object]
) -> None:
    assert compile_script(text, "python", result)(variables) == written


SET = "execution.setVariable"
OF_OTHERS = [
    (f'{SET}("a", 1)', {}, "", {"a": 1}),
    (
        f"{SET}('a', n + 1); {SET}('b', execution.getVariable('a') + 1);",
        {"n": 1},
        "",
        {"a": 2, "b": 3},
    ),
    (f"n = n + 1\n{SET}('m', n)", {"n": 1}, "", {"m": 2}),
    (f"n += 2; {SET}('m', n)", {"n": 1}, "", {"m": 3}),
    (f"{SET}('way', way + ',\"(;' + ')'); // then; stop\n", {"way": "A"}, "", {"way": 'A,"(;)'}),
    (f"/* first;\n then */ {SET}(\n'a',\n(1 + 1))", {}, "", {"a": 2}),
    ("a = 1\nreturn a + 1", {}, "r", {"r": 2}),
    ("n * 2;", {"n": 2}, "r", {"r": 4}),
    ("n ==\n 2", {"n": 2}, "r", {"r": True}),
    (f"n == 2; {SET}('a', n)", {"n": 2}, "", {"a": 2}),
]


@pytest.mark.parametrize("language", ["groovy", "javascript"])
@pytest.mark.parametrize(("text", "variables", "result", "written"), OF_OTHERS)
def test_what_is_named_is_the_scripts_own_and_what_is_set_is_a_variable(
    text: str, variables: dict[str, object], result: str, written: dict[str, object], language: str
) -> None:
    assert compile_script(text, language, result)(variables) == written


@pytest.mark.parametrize(
    ("text", "language", "written"),
    [
        (f"def a = n; {SET}('n', n + 1); {SET}('m', a)", "groovy", {"n": 2, "m": 1}),
        (f"let a = n; {SET}('n', n + 1); {SET}('m', a)", "javascript", {"n": 2, "m": 1}),
        (f"var a = n\nconst b = a\n{SET}('m', b)", "javascript", {"m": 1}),
    ],
)
def test_what_is_declared_stays_what_it_was(
    text: str, language: str, written: dict[str, object]
) -> None:
    assert compile_script(text, language)({"n": 1}) == written


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a = 1\nfor (b in c) { d = b }", "line 2, column"),
        ("a = 1\n\nlines.each { a += it }", "line 3, column"),
        (f"if (n > 1) {{ {SET}('a', 1) }}", "line 1, column"),
        ("return 1\na = 2", "line 2, column"),
        (f"a = 1; {SET}('a', b.c())", "line 1, column"),
        (f"{SET}(name, 1)", "line 1, column"),
        ("a = 1\n" * 2000, "longer than"),
    ],
)
def test_what_only_the_language_itself_can_do_is_told_by_its_place(text: str, place: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        compile_script(text, "groovy")
    assert place in f"{raised.value} {getattr(raised.value, 'part', '')}"


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
    monkeypatch.setattr("bpmn_xml.compiler.elements.statements.LINES", frozenset())
    assert compile_script("1 +\n n", "python", "r")({"n": 2}) == {"r": 3}


def test_what_a_script_in_feel_computes_is_a_number_of_python() -> None:
    found = compile_script("n * 0.5", "feel", "half")({"n": 3})
    assert (found, type(found["half"])) == ({"half": 1.5}, float)
