"""The names of types, as `instance of` and parameters have them (DMN 10.3.1.2, rules 52 to 54).

>>> read_type("list< context <a: number, b c: date and time> >")[0].parts[0].fields[1]
('b c', TypeName(name='date and time', parts=(), fields=(), allowed=None))
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, TypeVar

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.feel.parser import FeelParser
from bpmn_xml.expressions.feel.scanner import SPACE, WORD
from bpmn_xml.expressions.tree import TypeName

PHRASES: Final[Mapping[str, str]] = {
    "days and time duration": "days and time duration",
    "day-time-duration": "days and time duration",
    "day-time duration": "days and time duration",
    "dayTimeDuration": "days and time duration",
    "years and months duration": "years and months duration",
    "year-month-duration": "years and months duration",
    "year-month duration": "years and months duration",
    "yearMonthDuration": "years and months duration",
    "date and time": "date and time",
    "dateTime": "date and time",
    "date time": "date and time",
}
"""Types by what they are called, here and there, and in the specification."""

T = TypeVar("T")

GAP: Final = f"{SPACE}*"
NAME: Final = re.compile(
    GAP
    + "("
    + "|".join(rf"{SPACE}+".join(map(re.escape, phrase.split())) for phrase in PHRASES)
    + rf"|{WORD}(?:\.{WORD})*)"
)
FIELD: Final = re.compile(rf"{GAP}([^:<>]{{1,200}}?){GAP}:")
CLOSING: Final = re.compile(f"{GAP}(>)")
DEEPEST: Final = 20


class TypeReader:
    """One pass over the text of a type."""

    def __init__(self, text: str, position: int) -> None:
        self.text, self.position = text, position

    def read(self, depth: int = 0) -> TypeName:
        """Read a type."""
        if depth > DEEPEST:
            raise ExpressionError("types nested too deeply", text=self.text, offset=self.position)
        name = " ".join(self.need(NAME, "a type").split())
        name = PHRASES.get(name, name)
        if name not in ("list", "range", "context", "function") or not self.sees("<"):
            return TypeName(name)
        if name == "context":
            return TypeName(name, fields=self.fields(depth))
        parts = self.parts(depth)
        if name == "function" and self.sees("->"):
            parts = (*parts, self.read(depth + 1))
        return TypeName(name, parts)

    def parts(self, depth: int) -> tuple[TypeName, ...]:
        """Read types up to the closing bracket."""
        return tuple(self.separated(lambda: self.read(depth + 1)))

    def fields(self, depth: int) -> tuple[tuple[str, TypeName], ...]:
        """Read names and their types up to the closing bracket."""
        return tuple(self.separated(lambda: (self.field(), self.read(depth + 1))))

    def field(self) -> str:
        """Read a name and the colon behind it."""
        return " ".join(self.need(FIELD, "a name and ':'").split())

    def separated(self, part: Callable[[], T]) -> Iterator[T]:
        """Read parts with commas between, and the closing bracket behind them."""
        if self.sees(">"):
            return
        yield part()
        while self.sees(","):
            yield part()
        self.need(CLOSING, "',' or '>'")

    def sees(self, sign: str) -> bool:
        """Go behind a sign, if it is next."""
        found = re.compile(GAP + re.escape(sign)).match(self.text, self.position)
        self.position = found.end() if found else self.position
        return found is not None

    def need(self, pattern: re.Pattern[str], wanted: str) -> str:
        """Go behind what must be next, and return it."""
        found = pattern.match(self.text, self.position)
        if found is None:
            message = f"expected {wanted}"
            raise ExpressionError(message, text=self.text, offset=self.position)
        self.position = found.end()
        return found[1]


def read_type(text: str, position: int = 0) -> tuple[TypeName, int]:
    """Return the type that stands at a place, and the place behind it."""
    reader = TypeReader(text, position)
    return reader.read(), reader.position


def parse_type(parser: FeelParser) -> TypeName:
    """Parse the type that stands next."""
    position, ahead = parser.mark()
    found, end = read_type(parser.text, ahead.at if ahead else position)
    parser.reset((end, None))
    return found
