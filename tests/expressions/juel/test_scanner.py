"""Words become tokens as JUEL reads them."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel.scanner import number, scan, string
from bpmn_xml.expressions.pratt import END


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("a eq b", "name == name"),
        ("a ne b lt c le d gt e ge f", "name != name < name <= name > name >= name"),
        ("a and b && c or d || not !e", "name and name and name or name or ! ! name"),
        ("a div b mod c % d / e", "name / name % name % name / name"),
        ("empty null true false instanceof", "empty null true false instanceof"),
        ("$a _b c$d Größe nota eqx", "name name name name name name"),
        ("a.b[0](x,1)", "name . name [ number ] ( name , number )"),
        ("1 1.5 .5 1e3 2.E-4 1.", "number number number number number number"),
        ("""'a' "b" 'it\\'s' "\\"" '}'""", "string string string string string"),
        ("a$ ${", "name $ {"),
        (" \t\r\n\f", ""),
        ("a?b:c}", "name ? name : name }"),
        ("'open", "' name"),
        ("-> += =", "-> += ="),
    ],
)
def test_kinds(text, kinds):
    found, position = [], 0
    while (token := scan(text, position)).kind != END:
        found.append(token.kind)
        assert text[token.at : token.at + len(token.text)] == token.text
        position = token.at + len(token.text)
    assert " ".join(found) == kinds


def test_what_is_no_word():
    with pytest.raises(ExpressionError, match="'\\\\u3000' has no meaning here") as caught:
        scan("a \u3000", 1)
    assert caught.value.offset == 2


@pytest.mark.parametrize(
    ("word", "value"),
    [("'a'", "a"), ('"it\'s"', "it's"), (r"'\'\"\\'", "'\"\\"), ("''", ""), ("'a\nb'", "a\nb")],
)
def test_string(word, value):
    assert string(word) == value


def test_an_escape_that_juel_has_not():
    with pytest.raises(ValueError, match="'\\\\n' is not known"):
        string(r"'\n'")


@pytest.mark.parametrize(
    ("word", "value"),
    [("0", 0), ("007", 7), ("9223372036854775807", 2**63 - 1), ("1.", 1.0), (".5", 0.5),
     ("1e3", 1000.0), ("0" * 30 + "1", 1)],
)  # fmt: skip
def test_number(word, value):
    found = number(word)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize("word", ["9223372036854775808", "9" * 9_000])
def test_a_number_too_large(word):
    with pytest.raises(ValueError, match="more than 64 bits"):
        number(word)
