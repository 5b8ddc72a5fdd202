"""Plain words for messages."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.words import language_word, trigger_word, with_article


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


def test_languages() -> None:
    assert language_word("juel") == "JUEL"
    assert language_word("brainfuck") == "'brainfuck'"
