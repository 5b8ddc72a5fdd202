"""XML's rules for characters and names."""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.errors import UsageError
from bpmn_xml.formats.xml.characters import IN_TEXT, IN_VALUE, escape, first_illegal, is_name


def parsed(document):
    """The text and the attributes of a document, as a parser sees them."""
    parser, texts, values = expat.ParserCreate(), [], []
    parser.CharacterDataHandler = texts.append
    parser.StartElementHandler = lambda _, attributes: values.append(attributes)
    parser.Parse(document.encode(), True)
    return "".join(texts), values[0]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_escaped_reads_back_the_same(text):
    if first_illegal(text):
        with pytest.raises(UsageError, match="cannot be written in XML"):
            escape(text, IN_TEXT)
    else:
        document = f'<a b="{escape(text, IN_VALUE)}">{escape(text, IN_TEXT)}</a>'
        assert parsed(document) == (text, {"b": text})


@pytest.mark.parametrize("name", ["a", "_", "Ä-1.b", "\u4e16\u754c", "a\u00b7"])
def test_names(name):
    assert is_name(name)
    parsed(f"<{name}/>")


@pytest.mark.parametrize("name", ["", "1", "-a", "a b", "a:b", "a<", "\u00b7", "\u00b2"])
def test_what_is_no_name(name):
    assert not is_name(name)
