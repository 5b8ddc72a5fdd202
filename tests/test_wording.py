"""Words of others in messages: short, on one line, harmless in a terminal."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.wording import (
    amount,
    did_you_mean,
    listed,
    nearest,
    plural,
    printable,
    quoted,
    shorten,
    suggest,
)

ANY = st.text(st.characters(exclude_categories=()))


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


def test_texts_of_authors_are_one_short_line() -> None:
    assert quoted("a\n\t b") == "'a b'"
    assert quoted("\x1b[31mred\u202e") == repr("\x1b[31mred\u202e")
    assert len(quoted("x" * 10**6)) == 62


@given(ANY)
def test_printable_text_is_printable(text: str) -> None:
    found = printable(text)
    assert found.isprintable()
    assert "\n" not in found
    found.encode("utf-8")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain ü 漢", "plain ü 漢"),
        ("\x1b[2J", "\\x1b[2J"),
        ("a\nb\tc", "a\\nb\\tc"),
        ("\u202ereversed", "\\u202ereversed"),
        ("\udcff", "\\udcff"),
    ],
)
def test_what_does_harm_is_escaped(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_shorten() -> None:
    assert shorten("x" * 60) == "x" * 60
    assert shorten("x" * 61) == "x" * 57 + "..."


@pytest.mark.parametrize(
    ("name", "candidates", "words"),
    [
        ("amout", ["amount", "mount", "count"], "; did you mean 'amount' or 'mount'?"),
        ("amout", ["customer"], ""),
        ("amout", [], ""),
        ("x" * 10**6, ["apple"] * 10**4, ""),
        ("amout", [1, None, "amount" * 1000], ""),
    ],
)
def test_did_you_mean(name: str, candidates: list[object], words: str) -> None:
    assert did_you_mean(name, candidates) == words


def test_endless_candidates_are_not_all_read() -> None:
    assert nearest("name7", (f"name{number}" for number in itertools.count()))[0] == "name7"


def test_a_remedy_names_what_may_be_meant_and_what_else_to_do() -> None:
    assert suggest("aple", ["apple"], "take one") == "did you mean 'apple'? Else take one"
    assert suggest("aple", ["pear"], "take one") == "take one"
    assert suggest("aple", ["apple"], alike=0.95) == ""


def test_nouns_go_with_their_numbers() -> None:
    assert (plural("is", 1, "are"), plural("is", 2, "are")) == ("is", "are")
    assert (amount(0, "error"), amount(1, "error"), amount(1200, "item")) == (
        "0 errors",
        "1 error",
        "1,200 items",
    )
