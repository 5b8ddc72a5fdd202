"""The one parser: precedence climbing over a table of rules, one table per language (Pratt, 1973).

A grammar is two tables: what a token means where a value begins (`prefix`), and what it means
after a value (`infix`), each with the power it binds with. The depth of the tree is limited while
it grows, so no text can exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple, NoReturn, TypeAlias

import msgspec

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.closures import Function
from bpmn_xml.expressions.limits import MAX_DEPTH
from bpmn_xml.expressions.tree import Term
from bpmn_xml.wording import shorten

END: Final = "end"
"""The kind of the token behind the last character."""

BLANKS: Final = " \t\r\n\f"

HIGHEST: Final = 1_000
"""A prefix rule of this power may stand anywhere."""


class Token(NamedTuple):
    """A word of the text: its kind (a sign or keyword is its own kind), its letters, its offset."""

    kind: str
    text: str
    at: int


def word_at(words: re.Pattern[str], text: str, position: int) -> Token:
    r"""Return the word at or behind a position, by a pattern that skips blanks and names each kind.

    Raises:
        ExpressionError: no word begins there.

    >>> word_at(re.compile(r"\s*(?P<name>[a-z]+)"), "a bc", 1)
    Token(kind='name', text='bc', at=2)
    """
    found = words.match(text, position)
    if found is not None:
        kind = str(found.lastgroup)
        return Token(kind, found[kind], found.start(kind))
    at = len(text) - len(text[position:].lstrip(BLANKS))
    if at == len(text):
        return Token(END, "", at)
    raise ExpressionError(f"{text[at]!r} has no meaning here", text=text, offset=at)


class Prefix(NamedTuple):
    """What a token means where a value begins, and the highest power it may be asked for with."""

    parse: Callable[[Any, Token], Term]
    power: int = HIGHEST


class Infix(NamedTuple):
    """What a token means behind a value, and how strongly it binds."""

    parse: Callable[[Any, Term, Token], Term]
    power: int


Scan: TypeAlias = Callable[[str, int], Token]


class Grammar(msgspec.Struct, frozen=True, eq=False, kw_only=True):
    """A language for the parser: its scanner, its two tables of rules, and what it refuses, why."""

    scan: Scan
    prefix: Mapping[str, Prefix]
    infix: Mapping[str, Infix]
    refused: Mapping[str, str]


class PrattParser:
    """One pass over one text. Tokens are scanned when asked for, one ahead."""

    def __init__(self, text: str, grammar: Grammar, functions: Mapping[str, Function]) -> None:
        self.text, self.grammar, self.functions = text, grammar, functions
        self._position = self._depth = 0
        self._ahead: Token | None = None

    def parse(self) -> Term:
        """Parse the whole text as one expression."""
        term = self.expression()
        self.expect(END)
        return term

    def expression(self, power: int = 0) -> Term:
        """Parse as long as operators bind at least with `power`."""
        before = self._depth
        self._deeper()
        token = self.take()
        prefix = self.grammar.prefix.get(token.kind)
        if prefix is None or prefix.power < power:
            self.unexpected(token, "a value")
        term = prefix.parse(self, token)
        while (infix := self.grammar.infix.get(self.peek().kind)) and infix.power >= power:
            self._deeper()
            term = infix.parse(self, term, self.take())
        self._depth = before
        return term

    def peek(self) -> Token:
        """Return the next token and leave it."""
        if self._ahead is None:
            self._ahead = self.scan(self._position)
        return self._ahead

    def scan(self, position: int) -> Token:
        """Return the token at or behind a position; a language may know more than its scanner."""
        return self.grammar.scan(self.text, position)

    def mark(self) -> tuple[int, Token | None]:
        """Return where the parser is, for `reset`."""
        return self._position, self._ahead

    def reset(self, mark: tuple[int, Token | None]) -> None:
        """Go back to where the parser was."""
        self._position, self._ahead = mark

    def take(self) -> Token:
        """Return the next token and go on behind it."""
        token = self.peek()
        self._position, self._ahead = token.at + len(token.text), None
        return token

    def accept(self, kind: str) -> bool:
        """Take the next token if it is of this kind."""
        found = self.peek().kind == kind
        if found:
            self.take()
        return found

    def expect(self, kind: str) -> Token:
        """Take the next token, which must be of this kind."""
        token = self.take()
        if token.kind != kind:
            self.unexpected(token, "the end" if kind == END else f"'{kind}'")
        return token

    def unexpected(self, token: Token, wanted: str) -> NoReturn:
        """Refuse a token, with the language's reason if there is one."""
        if reason := self.grammar.refused.get(token.kind):
            self.fail(reason, token.at)
        found = "the text ends" if token.kind == END else f"there is '{shorten(token.text)}'"
        self.fail(f"expected {wanted} but {found}", token.at)

    def fail(self, message: str, at: int) -> NoReturn:
        """Refuse the text at a character."""
        raise ExpressionError(message, text=self.text, offset=at)

    def _deeper(self) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self.fail(f"nested deeper than {MAX_DEPTH} levels", self.peek().at)
