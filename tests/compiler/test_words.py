"""Plain words for messages."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.words import (
    language_word,
    listed,
    plural,
    quoted,
    suggest,
    trigger_word,
    with_article,
)


def test_words_for_triggers() -> None:
    assert trigger_word(m.CompensateEventDefinition(id="d")) == "compensation"
    assert trigger_word(m.TimerEventDefinition(id="d")) == "timer"


@pytest.mark.parametrize(
    ("noun", "phrase"),
    [
        ("user task", "a user task"),
        ("error end event", "an error end event"),
        ("inclusive gateway", "an inclusive gateway"),
        ("task", "a task"),
    ],
)
def test_articles(noun: str, phrase: str) -> None:
    assert with_article(noun) == phrase


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("", ""),
        ("a", "a"),
        ("ab", "a or b"),
        ("abc", "a, b or c"),
        ("abcdef", "a, b, c, d, e or f"),
        ("abcdefg", "a, b, c, d, e or 2 more"),
    ],
)
def test_names_in_a_row(names: str, text: str) -> None:
    assert listed(names, "or") == text


def test_numbers() -> None:
    assert plural("flow", [1]) == "flow"
    assert plural("flow", []) == plural("flow", [1, 2]) == "flows"
    assert plural("is", [1, 2], "are") == "are"


def test_texts_of_authors_are_one_short_line() -> None:
    assert quoted("a\n\t b") == "'a b'"
    assert quoted("\x1b[31mred\u202e") == repr("\x1b[31mred\u202e")
    assert len(quoted("x" * 10**6)) == 62


def test_languages() -> None:
    assert language_word("juel") == "JUEL"
    assert language_word("brainfuck") == "'brainfuck'"


def test_suggestions() -> None:
    assert suggest("aple", ["apple", "pear"], "choose a fruit") == "did you mean 'apple'?"
    assert suggest("x" * 10**6, ["apple"] * 10**4, "choose a fruit") == "choose a fruit"
