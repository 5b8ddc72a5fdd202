r"""JUEL's words: names, numbers, texts and signs; words that mean signs are those signs.

>>> scan("a ge 10", 1)
Token(kind='>=', text='ge', at=2)
>>> string(r"'it\'s'")
"it's"
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from bpmn_xml.expressions.pratt import Token, word_at

WORDS: Final = re.compile(
    r"""[ \t\r\n\f]*(?:
      (?P<string>'(?:[^\\']|\\.)*'|"(?:[^\\"]|\\.)*")
    | (?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)
    | (?P<name>(?:[^\W\d]|\$(?!\{))(?:\w|\$(?!\{))*)
    | (?P<sign>&&|\|\||==|!=|<=|>=|->|\+=|[^\w\s])
    )""",
    re.VERBOSE | re.DOTALL,
)
SIGNS: Final[Mapping[str, str]] = {
    "eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "div": "/", "mod": "%",
    "and": "and", "&&": "and", "or": "or", "||": "or", "not": "!",
}  # fmt: skip
"""Words and double signs, and the one sign each means."""

KEYWORDS: Final = frozenset({"true", "false", "null", "empty", "instanceof"})
ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)


def scan(text: str, position: int) -> Token:
    """Return the word at or behind a position; keywords and signs are their own kind."""
    kind, word, at = word_at(WORDS, text, position)
    if kind == "name" and word in KEYWORDS:
        return Token(word, word, at)
    return Token(SIGNS.get(word, word if kind == "sign" else kind), word, at)


def string(word: str) -> str:
    """Return the text that a literal means, or raise ValueError with the reason."""
    body = word[1:-1]
    for escape in ESCAPE.finditer(body):
        if escape[1] not in "\\'\"":
            raise ValueError(
                f"the escape '\\{escape[1]}' is not known; write '\\\\' for a backslash"
            )
    return ESCAPE.sub(r"\1", body)


def number(word: str) -> int | float:
    """Return the integer or double that a word means, or raise ValueError with the reason."""
    if not word.isdigit():
        return float(word)
    if len(word.lstrip("0")) > 19 or int(word) >= 1 << 63:
        raise ValueError("an integer of more than 64 bits")
    return int(word)
