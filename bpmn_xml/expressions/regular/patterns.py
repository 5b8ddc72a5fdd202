r"""Regular expressions of XPath (DMN 10.3.4.3) are read into a tree.

What could make a search slow is not there, but for references back to groups: no looking around.

>>> PatternReader(r"^a+", "").read().parts  # doctest: +ELLIPSIS
(Border(at_end=False, of_line=False), Repeat(part=Chars(fits=...), least=1, most=None, greedy=True))
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple, TypeAlias

from bpmn_xml.expressions.regular import charsets
from bpmn_xml.expressions.regular.charsets import CharSet


class Chars(NamedTuple):
    """One character that a set has."""

    fits: CharSet


class Border(NamedTuple):
    """The beginning or the end of the text, or of a line."""

    at_end: bool
    of_line: bool


class Same(NamedTuple):
    """What a group was, in either case if it `folds`."""

    number: int
    folds: bool


class Capture(NamedTuple):
    """A part whose place is remembered."""

    number: int
    part: Part


class InOrder(NamedTuple):
    """Parts that follow each other."""

    parts: tuple[Part, ...]


class Either(NamedTuple):
    """Branches of which the first that fits is taken."""

    branches: tuple[Part, ...]


class Repeat(NamedTuple):
    """A part that comes at least and at most so often; `greedy` as often as it can."""

    part: Part
    least: int
    most: int | None
    greedy: bool


Part: TypeAlias = Chars | Border | Same | Capture | InOrder | Either | Repeat

MOST_DEPTH: Final = 40
COUNT: Final = re.compile(r"\{([0-9]{1,4})(?:(,)([0-9]{1,4})?)?\}")
CATEGORY: Final = re.compile(r"\{([A-Za-z0-9-]{1,40})\}")
DIGITS: Final = re.compile("[1-9][0-9]?")
BLANKS: Final = re.compile(
    r"(?P<set>\[(?:[^\]\\]|\\.)*\])|(?P<escape>\\[^ \t\n\r])|[ \t\n\r]", re.DOTALL
)


def without_blank(found: re.Match[str]) -> str:
    """Return what is found, but nothing for a blank: the flag x lets patterns be spaced out."""
    return found["set"] or found["escape"] or ""


class PatternReader:
    """One pass over a pattern."""

    def __init__(self, pattern: str, flags: str) -> None:
        self.pattern = BLANKS.sub(without_blank, pattern) if "x" in flags else pattern
        self.flags = flags
        self.position = self.groups = self._depth = 0
        self._closed: set[int] = set()

    def read(self) -> Part:
        """Read the whole pattern."""
        found = self.alternatives()
        if self.position < len(self.pattern):
            raise ValueError("a bracket is closed that was not opened")
        return found

    def peek(self) -> str:
        """Return the next character, nothing at the end."""
        return self.pattern[self.position : self.position + 1]

    def take(self) -> str:
        """Return the next character and go behind it."""
        found = self.peek()
        if not found:
            raise ValueError("the pattern ends too early")
        self.position += 1
        return found

    def sees(self, sign: str) -> bool:
        """Go behind a sign, if it is next."""
        found = self.pattern.startswith(sign, self.position)
        self.position += len(sign) if found else 0
        return found

    def alternatives(self) -> Part:
        """Read branches with bars between."""
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise ValueError("groups nested too deeply")
        branches = [self.branch()]
        while self.peek() == "|":
            self.take()
            branches.append(self.branch())
        self._depth -= 1
        return branches[0] if len(branches) == 1 else Either(tuple(branches))

    def branch(self) -> Part:
        """Read pieces up to a bar or bracket."""
        pieces = []
        while self.peek() not in ("", "|", ")"):
            pieces.append(self.repeated(self.atom()))
        return InOrder(tuple(pieces))

    def repeated(self, atom: Part) -> Part:
        """Read how often an atom may come."""
        sign = self.peek()
        if sign not in tuple("?*+{"):
            return atom
        if sign == "{":
            found = COUNT.match(self.pattern, self.position)
            if found is None:
                raise ValueError("a curly bracket without numbers")
            self.position = found.end()
            least = int(found[1])
            most = None if found[2] and not found[3] else int(found[3] or least)
        else:
            self.take()
            least, most = {"?": (0, 1), "*": (0, None), "+": (1, None)}[sign]
        if most is not None and most < least:
            raise ValueError("a repetition from more to less")
        return Repeat(atom, least, most, greedy=not self.sees("?"))

    def atom(self) -> Part:
        """Read a character, a set or a group."""
        found = self.take()
        if found == "(":
            return self.group()
        if found == "[":
            return Chars(self.set_of_characters())
        if found == "\\":
            return self.reference() or Chars(self.escape())
        if found == ".":
            return Chars((lambda _: True) if "s" in self.flags else (lambda c: c not in "\n\r"))
        if found in "^$":
            return Border(at_end=found == "$", of_line="m" in self.flags)
        if found in "?*+{}]":
            raise ValueError(f"nothing to repeat before {found}")
        return self.letter(found)

    def group(self) -> Part:
        """Read what stands in round brackets."""
        number = None
        if not self.sees("?:"):
            if self.peek() == "?":
                raise ValueError("a group of an unknown kind")
            self.groups += 1
            number = self.groups
        inner = self.alternatives()
        self.take()
        if number is None:
            return inner
        self._closed.add(number)
        return Capture(number, inner)

    def letter(self, character: str) -> Part:
        """Return the part that this character is."""
        return Chars(self.one(character))

    def reference(self) -> Part | None:
        """Read the number of a group behind a backslash, as many digits as there are groups."""
        digits = DIGITS.match(self.pattern, self.position)
        if digits is None:
            return None
        number = next(n for n in (int(digits[0]), int(digits[0][0])) if n < 10 or n <= self.groups)
        if number not in self._closed:
            raise ValueError("a reference to a group that is not closed before it")
        self.position += len(str(number))
        return Same(number, folds="i" in self.flags)

    def one(self, character: str) -> CharSet:
        """Return the set of a character, in both cases if the flags say so."""
        fold = "i" in self.flags
        return charsets.either_case(character) if fold else charsets.exactly(character)

    def escape(self) -> CharSet:
        """Read what stands behind a backslash."""
        letter = self.pattern[self.position : self.position + 1]
        self.position += 1
        if letter in ("p", "P"):
            found = CATEGORY.match(self.pattern, self.position)
            if found is None:
                raise ValueError("a category without its name")
            self.position = found.end()
            chars = charsets.category(found[1])
            return chars if letter == "p" else charsets.inverted(chars)
        if letter in charsets.ESCAPED:
            return charsets.ESCAPED[letter]
        if letter in charsets.CONTROLS:
            return charsets.exactly(charsets.CONTROLS[letter])
        if not letter or letter.isalnum():
            raise ValueError(f"an unknown escape {letter}")
        return charsets.exactly(letter)

    def set_of_characters(self) -> CharSet:
        """Read what stands in square brackets, perhaps less another set."""
        negative = self.sees("^")
        parts: list[CharSet] = []
        while not self.sees("]"):
            if parts and self.sees("-["):
                others = self.set_of_characters()
                if not self.sees("]"):
                    raise ValueError("a set goes on behind what is taken from it")
                found = charsets.union(parts)
                found = charsets.inverted(found) if negative else found
                return charsets.without(found, others)
            parts.append(self.span())
        if not parts:
            raise ValueError("an empty set")
        found = charsets.union(parts)
        return charsets.inverted(found) if negative else found

    def span(self) -> CharSet:
        """Read a character of a set, or two with a dash between."""
        first = self.member()
        ahead = self.pattern[self.position + 1 : self.position + 2]
        if isinstance(first, str) and ahead not in ("", "]", "[") and self.sees("-"):
            last = self.member()
            if not isinstance(last, str) or last < first:
                raise ValueError("a span from more to less")
            found = charsets.between(first, last)
            return charsets.any_case(found) if "i" in self.flags else found
        return self.one(first) if isinstance(first, str) else first

    def member(self) -> str | CharSet:
        """Read one character or one escape of a set."""
        found = self.pattern[self.position : self.position + 1]
        self.position += 1
        if not found or found == "[":
            raise ValueError("a set without its closing bracket")
        if found != "\\":
            return found
        letter = self.pattern[self.position : self.position + 1]
        if letter in charsets.CONTROLS or (letter and not letter.isalnum()):
            self.position += 1
            return charsets.CONTROLS.get(letter, letter)
        return self.escape()
