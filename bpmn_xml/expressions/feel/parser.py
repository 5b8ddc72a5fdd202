"""The parser of FEEL: the common one, which learns names while it reads (DMN 10.3.1.4).

Names that a text declares (entries, parameters, iterators) are read whole where they are declared,
also with signs in them, and known from then on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from typing import Final

from bpmn_xml.expressions.closures import Function
from bpmn_xml.expressions.feel import scanner
from bpmn_xml.expressions.pratt import Grammar, PrattParser, Token

MOST_NAMES: Final = 60
"""Names with signs or keywords in them that one text may declare."""

SIGNS: Final = r"{}()\[\]\",:"
"""What no name has in it, unless it stands between back-ticks or quotes."""

DECLARED: Final[Mapping[str, re.Pattern[str]]] = {
    ending: re.compile(rf"(?P<name>(?![\s0-9])[^{SIGNS}][^{SIGNS}]{{0,200}}?)\s*(?={ahead})")
    for ending, ahead in {"key": ":", "parameter": "[:,)]", "iterator": r"\sin\b"}.items()
}
AFTER_RANGE: Final = re.compile(
    r"\[\s*(?:$|[\])},=!<>]|\.(?![0-9])|(?:and|or|then|else|return|satisfies|between|in|instance)\b)"
)


class FeelParser(PrattParser):
    """One pass over one text of FEEL."""

    def __init__(
        self,
        text: str,
        grammar: Grammar,
        functions: Mapping[str, Function],
        names: Iterable[str] = (),
        *,
        start: int = 0,
    ) -> None:
        super().__init__(text, grammar, functions)
        self.reset((start, None))
        known = specials((*functions, *names))
        given = [name for name, parts in known if all(part in text for part in parts)]
        self._known = scanner.Known(given[:MOST_NAMES])
        self._declared: set[str] = set()
        self._specials = 0
        self._in_range = False

    def scan(self, position: int) -> Token:
        """Return the token at or behind a position; where a range ends, `[` is its bracket."""
        token = scanner.scan(self.text, position, self._known)
        if token.kind == "[" and self._in_range and AFTER_RANGE.match(self.text, token.at):
            return Token("range end", "[", token.at)
        return token

    def more(self, closing: str) -> None:
        """Go on behind a comma with something behind it; else there must be the closing bracket."""
        comma = self.accepted(",")
        closes = self.peek().kind == closing
        if comma and closes:
            self.fail("nothing follows this comma", comma.at)
        if not comma and not closes:
            self.unexpected(self.take(), f"',' or '{closing}'")

    def accepted(self, kind: str) -> Token | None:
        """Take the next token if it is of this kind, and return it."""
        return self.take() if self.peek().kind == kind else None

    def declare(self, ending: str) -> str:
        """Read a name that is declared here, up to what ends it, and know it from now on."""
        at = self.peek().at
        found = DECLARED[ending].match(self.text, at)
        if found is None:
            self.unexpected(self.take(), "a name")
        self.reset((found.end(), None))
        name = " ".join(found["name"].strip("`").split())
        self._declared.add(name)
        if not scanner.is_ordinary(name):
            self._specials += 1
            if self._specials > MOST_NAMES:
                self.fail(f"more than {MOST_NAMES} names with signs in them", at)
            self._known.add(name)
        return name

    def is_function(self, name: str) -> bool:
        """Say whether a name is that of a registered function, and of nothing in the text."""
        return name in self.functions and name not in self._declared

    @contextmanager
    def within(self, *, range_end: bool) -> Iterator[None]:
        """Read the end of a range; or something with brackets of its own, wherever it is."""
        before = self._in_range
        self._in_range = range_end
        try:
            yield
        finally:
            self._in_range = before


@lru_cache(maxsize=100)
def specials(names: tuple[str, ...]) -> tuple[tuple[str, list[str]], ...]:
    """Return the names with signs or keywords in them, and their parts; made once for many texts.

    A name whose parts are not all in a text cannot stand in it.
    """
    return tuple((name, name.split()) for name in names if not scanner.is_ordinary(name))
