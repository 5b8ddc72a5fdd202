"""Texts of a file cannot disturb a message."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.formats.xml.wording import LONGEST, excerpt, tagged


@given(st.text())
def test_a_quoted_text_is_short_and_visible(text):
    found = excerpt(text)
    assert len(found) <= LONGEST + 1
    assert found.isprintable()


def test_control_sequences_are_made_visible():
    assert (
        excerpt("a\x1b[31mred\u202eb")
        == "a\N{REPLACEMENT CHARACTER}[31mred\N{REPLACEMENT CHARACTER}b"
    )
    assert tagged("a\nb") == "<a b>"
