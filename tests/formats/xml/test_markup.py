"""Tags, text and prefixes are written so that any parser reads what was meant."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import UsageError
from bpmn_xml.formats.xml.markup import Markup, Tag, prefix_in

XML = "http://www.w3.org/XML/1998/namespace"


def body(markup):
    return markup.text().split("\n", 1)[1].rstrip("\n")


def test_nothing_is_added_to_text():
    markup = Markup({})
    markup.start(Tag("", "a"), inline=True)
    markup.write(" x ")
    markup.start(Tag("", "b"))
    markup.start(Tag("", "c"))
    markup.end()
    markup.end()
    markup.write("")
    markup.end()
    assert body(markup) == "<a> x <b><c/></b></a>"


def test_what_must_be_escaped_is():
    markup = Markup({})
    markup.start(Tag("", "a"), [(Tag("", "b"), "<\"'&>\n\t\r")])
    markup.write("<\"'&>\n\t\r")
    markup.end()
    assert body(markup) == (
        '<a b="&lt;&quot;\'&amp;&gt;&#10;&#9;&#13;">&lt;"\'&amp;&gt;\n\t&#13;</a>'
    )


PREFIXES = [
    (Tag("urn:a", "x", "p"), "<p:x/>"),
    (Tag("urn:b", "x", "p"), '<p:x xmlns:p="urn:b"/>'),
    (Tag("urn:b", "x", ""), '<x xmlns="urn:b"/>'),
    (Tag("", "x", ""), '<x xmlns=""/>'),
    (Tag("", "x", "p"), '<x xmlns=""/>'),
    (Tag("urn:b", "x", "xmlns"), '<ns1:x xmlns:ns1="urn:b"/>'),
    (Tag("urn:a", "x", "not a name"), "<p:x/>"),
    (Tag(XML, "lang", "anything"), "<xml:lang/>"),
]


@pytest.mark.parametrize(("tag", "expected"), PREFIXES)
def test_prefixes_are_declared_where_they_are_needed(tag, expected):
    markup = Markup({"": "urn:default", "p": "urn:a"})
    markup.start(Tag("urn:default", "r"))
    markup.start(tag)
    markup.end()
    markup.end()
    assert body(markup).splitlines()[1].strip() == expected


def test_attributes_of_one_tag_do_not_share_a_prefix():
    markup = Markup({})
    attributes = [(Tag("urn:b", "x", "p"), "1"), (Tag("urn:c", "x", ""), "2")]
    markup.start(Tag("urn:a", "r", "p"), attributes)
    markup.end()
    assert body(markup) == (
        '<p:r xmlns:p="urn:a" xmlns:ns1="urn:b" xmlns:ns2="urn:c" ns1:x="1" ns2:x="2"/>'
    )


def test_a_prefix_ends_with_its_element():
    markup = Markup({})
    markup.start(Tag("", "r"))
    for _ in range(2):
        markup.start(Tag("urn:a", "x", "p"))
        assert markup.prefix_of("urn:a") == "p"
        markup.end()
    markup.end()
    assert body(markup).count("xmlns:p") == 2


def test_prefixes_to_keep_are_kept():
    markup = Markup({"p": "urn:a"})
    attribute = (Tag("urn:b", "x", "p"), "1")
    markup.start(Tag("urn:a", "r", "p"), [attribute], keep={"p": "urn:a"})
    markup.end()
    assert body(markup) == '<p:r xmlns:p="urn:a" xmlns:ns1="urn:b" ns1:x="1"/>'


def test_the_default_namespace_is_no_prefix():
    assert prefix_in({"": "urn:a"}, "urn:a") is None


@pytest.mark.parametrize("name", ["", "a b", "1a", "a:b", "<", "-a"])
def test_what_is_no_name_is_refused(name):
    with pytest.raises(UsageError, match="cannot be a name"):
        Markup({}).start(Tag("", name))


def test_an_attribute_stands_once():
    twice = [(Tag("", "a"), "1"), (Tag("", "a"), "2")]
    with pytest.raises(UsageError, match="stands twice"):
        Markup({}).start(Tag("", "r"), twice)
