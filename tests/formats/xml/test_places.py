"""Attributes are found in the source."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import Place
from bpmn_xml.formats.xml.places import attribute_place

PLACES = [
    (b"<a b='1' c='2'/>", "c", "f:5:16"),
    (b"<a\r\n b = \"x='y'\"\r\n  y='2'/>", "y", "f:7:3"),
    (b"<a\n\xc3\xa4='1' c='2'/>", "c", "f:6:7"),
    (b"<a b='1'/>", "c", "f:5:7"),
    (b"<a b='1'/><d c='1'/>", "c", "f:5:7"),
    (b"no tag", "c", "f:5:7"),
    (b"<c c='1'/>", "c", "f:5:10"),
]


@pytest.mark.parametrize(("tag", "name", "place"), PLACES)
def test_the_place_of_an_attribute(tag, name, place):
    before = b"<x/>\n" * 4 + b"      "
    found = attribute_place(before + tag, len(before), Place("f", 5, 7), name)
    assert str(found) == place
