"""Words are read as Python reads them, or refused with the reason."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.python import scanner

TOKENS = {
    "": [],
    " \t\r\n\f": [],
    "n<=10": ["name n", "<=", "number 10"],
    "not in": ["not", "in"],
    "x or'y'": ["name x", "or", "string 'y'"],
    "a//b**c": ["name a", "//", "name b", "**", "name c"],
    "0xe+1": ["number 0xe", "+", "number 1"],
    "1e+5": ["number 1e+5"],
    "1_000.5": ["number 1_000.5"],
    ".5": ["number .5"],
    "a.b": ["name a", ".", "name b"],
    "größe_2": ["name größe_2"],
    r"'it\'s'": [r"string 'it\'s'"],
    "'''a'b'''": ["string '''a'b'''"],
    '"""a"b"""c': ['string """a"b"""', "name c"],
    'Rb"x"': ['string Rb"x"'],
    "'open": ["'", "name open"],
    "x...y": ["name x", "...", "name y"],
    "\0": ["\0"],
}


def words(text: str) -> list[str]:
    """Return the kinds of all words, with the letters where the kind does not say them."""
    found, position = [], 0
    while (token := scanner.scan(text, position)).kind != "end":
        position = token.at + len(token.text)
        found.append(token.kind if token.kind == token.text else f"{token.kind} {token.text}")
    assert token.at == len(text)
    return found


@pytest.mark.parametrize("text", TOKENS)
def test_words(text):
    assert words(text) == TOKENS[text]


def test_other_blanks_are_named_and_placed():
    with pytest.raises(ExpressionError, match="'\\\\xa0' has no meaning here") as caught:
        scanner.scan("a  \xa0b", 1)
    assert caught.value.offset == 3


NUMBERS = [
    "0",
    "00",
    "7",
    "1_000",
    "0x_ff",
    "0XFF",
    "0b101",
    "0o17",
    "1.",
    ".5",
    "1e3",
    "1E-3",
    "1_0.2_5e1_0",
    "1e999",
]
NO_NUMBERS = [
    "1_",
    "1__0",
    "0777",
    "0x",
    "0b2",
    "1e",
    "1j",
    "1L",
    "1if",
    "1٣",
    "1e5_",
    "0xg",
    "1.5.x",
]


@pytest.mark.parametrize("word", NUMBERS)
def test_numbers_are_pythons(word):
    assert repr(scanner.number(word)) == repr(ast.literal_eval(word))


@pytest.mark.parametrize("word", NO_NUMBERS)
def test_no_numbers(word):
    with pytest.raises(ValueError, match="is not a number"):
        scanner.number(word)


def test_integers_are_limited():
    assert scanner.number("9" * 1_233) == int("9" * 1_233)
    with pytest.raises(ValueError, match="more than 4096 bits"):
        scanner.number("9" * 1_234)
    with pytest.raises(ValueError, match="more than 4096 bits"):
        scanner.number("0x" + "f" * 9_000)
    with pytest.raises(ValueError, match="is not a number"):
        scanner.number("9" * 9_000)


STRINGS = [
    "''",
    "'a'",
    '"it\'s"',
    r"'\n\t\\\'\"'",
    r"'\x41\u0042\U00000043'",
    r"'\101\7\0'",
    "'''a\n'b'''",
    '""""""',
    '"""a"""',
    r"r'\n'",
    r"R'\''",
    "u'x'",
    "'a\\\nb'",
    "'''''a'''",
]
NO_STRINGS = {
    "f'{x}'": "prefix",
    "b'x'": "prefix",
    "rb'x'": "prefix",
    "F'x'": "prefix",
    r"'\q'": "escape",
    r"'\N{DIGIT ONE}'": "escape",
    r"'\x4'": "escape",
    r"'\u12'": "escape",
    r"'\ud800'": "not a character",
    r"'\U00110000'": "not a character",
}


@pytest.mark.parametrize("word", STRINGS)
def test_strings_are_pythons(word):
    assert words(word) == [f"string {word}"]
    assert scanner.string(word) == ast.literal_eval(word)


@pytest.mark.parametrize("word", NO_STRINGS)
def test_no_strings(word):
    with pytest.raises(ValueError, match=NO_STRINGS[word]):
        scanner.string(word)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_every_text_can_be_written(text):
    assert scanner.string(repr(text)) == text
