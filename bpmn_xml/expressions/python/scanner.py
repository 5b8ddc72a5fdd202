r"""Python's words: names, numbers, strings and signs, read as Python reads them.

>>> scan("n <= 10", 1)
Token(kind='<=', text='<=', at=2)
>>> number("0x_ff"), number("2.5e3"), string(r"'a\x62c'")
(255, 2500.0, 'abc')
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Mapping
from typing import Final

from bpmn_xml.expressions.limits import MAX_BITS
from bpmn_xml.expressions.pratt import Token, word_at
from bpmn_xml.wording import shorten

WORDS: Final = re.compile(
    r"""[ \t\r\n\f]*(?:
      (?P<string>(?:[bB][rR]?|[rR][bBfF]?|[fF][rR]?|[uU])?
        (?:'''(?:[^\\]|\\.)*?'''|\"""(?:[^\\]|\\.)*?\"""|'(?:[^\\'\n]|\\.)*'|"(?:[^\\"\n]|\\.)*"))
    | (?P<number>0[xXoObB]\w*|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9_]+)?\w*)
    | (?P<name>[^\W\d]\w*)
    | (?P<sign>\*\*|//|<<|>>|<=|>=|==|!=|->|:=|\.\.\.|[^\w\s])
    )""",
    re.VERBOSE | re.DOTALL,
)
KEYWORDS: Final = frozenset(keyword.kwlist)
ESCAPES: Final = re.compile(
    r"\\(?:(?P<letter>[abfnrtv\\'\"\n])|(?P<octal>[0-7]{1,3})"
    r"|x(?P<x>[0-9a-fA-F]{2})|u(?P<u>[0-9a-fA-F]{4})|U(?P<U>[0-9a-fA-F]{8})|(?P<unknown>.))",
    re.DOTALL,
)
LETTERS: Final[Mapping[str, str]] = {
    "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\n": "",
    "\\": "\\", "'": "'", '"': '"',
}  # fmt: skip


def scan(text: str, position: int) -> Token:
    """Return the word at or behind a position; keywords and signs are their own kind."""
    kind, word, at = word_at(WORDS, text, position)
    return Token(word if kind == "sign" or word in KEYWORDS else kind, word, at)


def number(word: str) -> int | float:
    """Return the integer or float that a word means, or raise ValueError with the reason."""
    if not word.isascii():
        raise ValueError(f"'{shorten(word)}' is not a number")
    based = word[:2].lower() in ("0x", "0o", "0b")
    try:
        value = float(word) if not based and re.search(r"[.eE]", word) else int(word, 0)
    except ValueError:
        raise ValueError(f"'{shorten(word)}' is not a number") from None
    if isinstance(value, int) and value.bit_length() > MAX_BITS:
        raise ValueError(f"a number of more than {MAX_BITS} bits")
    return value


def string(word: str) -> str:
    """Return the text that a string literal means, or raise ValueError with the reason."""
    prefix, quote, rest = re.split(r"(['\"])", word, maxsplit=1)
    prefix = prefix.lower()
    if prefix not in ("", "r", "u"):
        raise ValueError("text with the prefix 'f' or 'b' is not allowed; join texts with '+'")
    width = 3 if len(rest) >= 5 and rest.startswith(quote * 2) else 1
    body = rest[width - 1 : -width]
    return body if prefix == "r" else ESCAPES.sub(_character, body)


def _character(escape: re.Match[str]) -> str:
    kind, digits = str(escape.lastgroup), escape[str(escape.lastgroup)]
    if kind == "letter":
        return LETTERS[digits]
    if kind == "unknown":
        raise ValueError(f"the escape '\\{digits}' is not known; write '\\\\' for a backslash")
    code = int(digits, 8 if kind == "octal" else 16)
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise ValueError(f"'{escape[0]}' is not a character")
    return chr(code)
