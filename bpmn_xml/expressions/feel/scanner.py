r"""FEEL's words. A name may be of several words, and of signs too where it is known to be a name.

>>> scan("first  name + 1", 0)
Token(kind='name', text='first  name', at=0)
>>> string(r'"\u00e9\ud83d\udc0e\n"')
'é🐎\n'
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.pratt import END, Token

BEYOND: Final = "\U00010000-\U000effff"
PART: Final = f"[\\w?\u00b7{BEYOND}]"
WORD: Final = f"(?:[^\\W\\d]|[?{BEYOND}]){PART}*"
"""A word of a name: letters of all scripts, pictures, and digits behind them."""

SPACE: Final = "[\\s\u0085\u180e\u200b\ufeff]"
BLANK: Final = re.compile(f"(?:{SPACE}|//[^\n]*|/\\*.*?\\*/)*", re.DOTALL)
KEYWORDS: Final = frozenset(
    {
        "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or",
        "between", "instance", "of", "function", "external", "true", "false", "null",
    }
)  # fmt: skip
WORDS: Final = re.compile(
    rf"""(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.[0-9]+(?:[eE][+-]?[0-9]+)?)
    |(?P<string>"(?:[^"\\]|\\.)*")
    |(?P<quoted>`[^`]*`)
    |(?P<name>{WORD})
    |(?P<sign>\.\.|\*\*|!=|<=|>=|->|[-+*/=<>(){{}}\[\],.:@])""",
    re.VERBOSE | re.DOTALL,
)
UNKNOWN: Final = dict.fromkeys('"`', "this text has no closing quote")
INSTEAD: Final[Mapping[str, str]] = {
    "'": '; write texts in double quotes, "..."',
    "&": "; write 'and', or '+' between texts",
    "|": "; write 'or'",
    "!": "; write 'not(...)', or '!=' between values",
    "%": "; write 'modulo(a, b)'",
}
"""What other languages write so, and how FEEL does."""

NEXT_WORD: Final = re.compile(f"{SPACE}+({WORD})")
ESCAPES: Final = re.compile(
    r"\\(?:(?P<letter>[nrt\"'\\])"
    r"|u(?P<high>[dD][89abAB][0-9a-fA-F]{2})\\u(?P<low>[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|u(?P<four>[0-9a-fA-F]{4})|U(?P<six>[0-9a-fA-F]{5,6}))"
)
LETTERS: Final[Mapping[str, str]] = {
    "n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\",
}  # fmt: skip


class Known:
    """The names of a text that the rules for names do not cover: with signs or keywords in them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_word: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
        self._names: set[str] = set()
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        """Take a name for a name from now on; a keyword stays one, but in back-ticks."""
        parts = name.split()
        if not parts or name in self._names or name in KEYWORDS or is_ordinary(name):
            return
        self._names.add(name)
        pattern = re.compile(f"{SPACE}+".join(map(re.escape, parts)) + f"(?!{PART})")
        rows = self._by_word.setdefault(parts[0][0], [])
        rows.append((name, pattern))
        rows.sort(key=lambda row: -len(row[0]))

    def match(self, text: str, at: int) -> str | None:
        """Return the letters of the longest known name at a place, if there is one."""
        for _, pattern in self._by_word.get(text[at : at + 1], ()):
            if found := pattern.match(text, at):
                return found[0]
        return None


@lru_cache(maxsize=2_000)
def is_ordinary(name: str) -> bool:
    """Say whether a name is made of words that are no keywords."""
    return all(re.fullmatch(WORD, part) and part not in KEYWORDS for part in name.split())


NOTHING: Final = Known(())


def scan(text: str, position: int, known: Known = NOTHING) -> Token:
    """Return the word at or behind a position; keywords and signs are their own kind."""
    blank = BLANK.match(text, position)
    at = blank.end() if blank else position
    if at == len(text):
        return Token(END, "", at)
    if name := known.match(text, at):
        return Token("name", name, at)
    found = WORDS.match(text, at)
    if found is None:
        sign = text[at]
        told = UNKNOWN.get(sign, f"{sign!r} has no meaning here")
        raise ExpressionError(told + INSTEAD.get(sign, ""), text=text, offset=at)
    kind, word = str(found.lastgroup), found[0]
    if kind == "name" and word not in KEYWORDS:
        return Token("name", text[at : phrase_end(text, found.end())], at)
    return Token(word if kind in ("sign", "name") else kind, word, at)


def phrase_end(text: str, end: int) -> int:
    """Return where a name of several words ends: before a keyword or a sign."""
    while (more := NEXT_WORD.match(text, end)) and more[1] not in KEYWORDS:
        end = more.end()
    return end


def name_of(token: Token) -> str:
    """Return the name that a token means: one blank between words, no back-ticks."""
    return token.text[1:-1] if token.kind == "quoted" else " ".join(token.text.split())


def string(word: str) -> str:
    """Return the text that a literal means; a backslash that escapes nothing stands for itself."""
    return ESCAPES.sub(character, word[1:-1])


def character(escape: re.Match[str]) -> str:
    """Return the character that an escape means."""
    if escape["letter"]:
        return LETTERS[escape["letter"]]
    if escape["high"]:
        return chr(
            0x10000 + ((int(escape["high"], 16) & 0x3FF) << 10) + (int(escape["low"], 16) & 0x3FF)
        )
    code = int(escape["four"] or escape["six"], 16)
    usable = code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF
    return chr(code) if usable else "\ufffd"
