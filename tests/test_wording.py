"""Words of others in messages: short, on one line, harmless in a terminal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.wording import listed, printable, quoted

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
