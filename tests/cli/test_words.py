"""Text that comes from files or arguments is harmless in a terminal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.cli.words import cells, fitted
from bpmn_xml.wording import label

ANY = st.text(st.characters(exclude_categories=()))


@given(ANY, st.integers(2, 20))
def test_shortened_text_fits(text: str, width: int) -> None:
    assert cells(fitted(text, width)) <= width


def test_of_very_long_text_only_the_beginning_is_looked_at() -> None:
    assert fitted("\x1b" * 10**7) == "\\x1b" * 249 + "\\x1…"


def test_labels() -> None:
    assert (label("a", "A\nB"), label("a"), label("a", "a")) == ('a "A B"', "a", "a")
