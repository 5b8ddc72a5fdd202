"""Conditions: in which language each is."""

from __future__ import annotations

import pytest

from tests.compiler.drawing import compiled, read_text

LANGUAGES = [
    ("", "", "n > 1", "python"),
    ("", 'language="https://www.python.org/"', "n > 1", "python"),
    ('expressionLanguage="python"', "", "n > 1", "python"),
    ('expressionLanguage="http://www.w3.org/1999/XPath"', "", "n > 1", "python"),
]


@pytest.mark.parametrize(("of_file", "own", "text", "language"), LANGUAGES)
def test_the_language_is_the_expressions_own_or_the_files(
    of_file: str, own: str, text: str, language: str
) -> None:
    escaped = text.replace(">", "&gt;")
    drawn = read_text(
        f"""<process id="P" isExecutable="true"><startEvent id="s"/><endEvent id="e"/>
        <sequenceFlow id="f" sourceRef="s" targetRef="e">
          <conditionExpression xsi:type="tFormalExpression" {own}
            xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
              {escaped}
          </conditionExpression></sequenceFlow></process>""",
        of_file,
    )
    condition = compiled(drawn).flows[0].condition
    assert condition is not None
    assert (condition.text, condition.language) == (text, language)


@pytest.mark.parametrize(
    ("of_file", "text", "language"),
    [
        ('expressionLanguage="http://www.omg.org/spec/DMN/20151101/feel/"', "a = b", "feel"),
        ("", "a = b", "xpath"),
        ("", "= a", "feel"),
        ("", "${a}", "juel"),
    ],
)
def test_the_file_or_how_it_looks_says_the_language(of_file: str, text: str, language: str) -> None:
    drawn = read_text(
        f"""<process id="P" isExecutable="true"><startEvent id="s"/><endEvent id="e"/>
        <sequenceFlow id="f" sourceRef="s" targetRef="e">
          <conditionExpression>{text}</conditionExpression></sequenceFlow></process>""",
        of_file,
    )
    condition = compiled(drawn).flows[0].condition
    assert condition is not None
    assert condition.language == language
