r"""Regular expressions of XPath (DMN 10.3.4.3) are read into a tree, then into a small program.

What could make a search slow is not there, but for references back to groups: no looking around.
Repetitions with numbers are written out, so the program has a limit.

>>> [instruction[0] for instruction in program(r"a|b*", "")]
['save', 'split', 'char', 'jump', 'split', 'char', 'jump', 'save', 'match']
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from bpmn_xml.expressions.feel import charsets

if TYPE_CHECKING:
    from bpmn_xml.expressions.feel.charsets import CharSet

Part: TypeAlias = tuple[Any, ...]
"""A part of a pattern: its kind, then what belongs to it."""

Instruction: TypeAlias = tuple[Any, ...]
Program: TypeAlias = tuple[Instruction, ...]
"""Instructions: ("char", set), ("split", first, second), ("jump", to), ("save", slot), ("start",),
("end",), ("same", group, folds case), ("match",)."""

MOST_LETTERS: Final = 2_000
MOST_INSTRUCTIONS: Final = 3_000
MOST_DEPTH: Final = 40
MOST_GROUPS: Final = 99
COUNT: Final = re.compile(r"\{([0-9]{1,4})(?:(,)([0-9]{1,4})?)?\}")
CATEGORY: Final = re.compile(r"\{([A-Za-z0-9-]{1,40})\}")
DIGITS: Final = re.compile("[1-9][0-9]?")
FLAGS: Final = frozenset("smixq")
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
        return branches[0] if len(branches) == 1 else ("either", branches)

    def branch(self) -> Part:
        """Read pieces up to a bar or bracket."""
        pieces = []
        while self.peek() not in ("", "|", ")"):
            pieces.append(self.repeated(self.atom()))
        return ("all", pieces)

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
        return ("repeat", atom, least, most, not self.sees("?"))

    def atom(self) -> Part:
        """Read a character, a set or a group."""
        found = self.take()
        if found == "(":
            return self.group()
        if found == "[":
            return ("char", self.cased(self.set_of_characters()))
        if found == "\\":
            return self.reference() or ("char", self.cased(self.escape()))
        if found == ".":
            return ("char", (lambda _: True) if "s" in self.flags else (lambda c: c not in "\n\r"))
        if found in "^$":
            line = "m" in self.flags
            return ("start" if found == "^" else "end", line)
        if found in "?*+{}]":
            raise ValueError(f"nothing to repeat before {found}")
        return ("char", self.cased(charsets.exactly(found)))

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
        return ("group", number, inner)

    def reference(self) -> Part | None:
        """Read the number of a group behind a backslash, as many digits as there are groups."""
        digits = DIGITS.match(self.pattern, self.position)
        if digits is None:
            return None
        number = next(n for n in (int(digits[0]), int(digits[0][0])) if n < 10 or n <= self.groups)
        if number not in self._closed:
            raise ValueError("a reference to a group that is not closed before it")
        self.position += len(str(number))
        return ("same", number, "i" in self.flags)

    def cased(self, chars: CharSet) -> CharSet:
        """Return the set, with both cases if the flags say so."""
        return charsets.any_case(chars) if "i" in self.flags else chars

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
            return charsets.between(first, last)
        return charsets.exactly(first) if isinstance(first, str) else first

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


class Writer:
    """Writes the program of a pattern."""

    def __init__(self) -> None:
        self.program: list[tuple[Any, ...]] = []

    def add(self, *instruction: Any) -> int:
        """Add an instruction and return its place."""
        if len(self.program) >= MOST_INSTRUCTIONS:
            raise ValueError("the pattern is too large")
        self.program.append(instruction)
        return len(self.program) - 1

    def write(self, part: Part) -> None:
        """Add the instructions of a part."""
        getattr(self, f"write_{part[0]}")(*part[1:])

    def write_char(self, chars: CharSet) -> None:
        """Add one character."""
        self.add("char", chars)

    def write_start(self, line: object) -> None:
        """Add the beginning of the text or of a line."""
        self.add("start", line)

    def write_end(self, line: object) -> None:
        """Add the end of the text or of a line."""
        self.add("end", line)

    def write_same(self, number: int, folds: object) -> None:
        """Add what a group was."""
        self.add("same", number, folds)

    def write_all(self, parts: list[Part]) -> None:
        """Add parts that follow each other."""
        for part in parts:
            self.write(part)

    def write_group(self, number: int, part: Part) -> None:
        """Add a group whose place is remembered."""
        self.add("save", 2 * number)
        self.write(part)
        self.add("save", 2 * number + 1)

    def write_either(self, branches: list[Part]) -> None:
        """Add branches of which the first that fits is taken."""
        jumps = []
        for branch in branches[:-1]:
            split = self.add("split", 0, 0)
            self.write(branch)
            jumps.append(self.add("jump", 0))
            self.program[split] = ("split", split + 1, len(self.program))
        self.write(branches[-1])
        for jump in jumps:
            self.program[jump] = ("jump", len(self.program))

    def write_repeat(self, part: Part, least: int, most: int | None, greedy: object) -> None:
        """Add a part as often as it must come, then as often as it may."""
        for _ in range(least):
            self.write(part)
        if most is None:
            split = self.add("split", 0, 0)
            self.write(part)
            self.add("jump", split)
            self.turn(split, greedy)
            return
        splits = []
        for _ in range(most - least):
            splits.append(self.add("split", 0, 0))
            self.write(part)
        for split in splits:
            self.turn(split, greedy)

    def turn(self, split: int, greedy: object) -> None:
        """Let a split go on with what follows it, or first with what follows the repetition."""
        ways = split + 1, len(self.program)
        self.program[split] = ("split", *(ways if greedy else ways[::-1]))


@lru_cache(maxsize=200)
def program(pattern: str, flags: str) -> Program:
    """Return the program of a pattern, or raise ValueError."""
    if len(pattern) > MOST_LETTERS or not set(flags) <= FLAGS:
        raise ValueError("the pattern is too long, or a flag is unknown")
    reader = PatternReader(pattern, flags)
    literal = [("char", reader.cased(charsets.exactly(character))) for character in pattern]
    part: Part = ("all", literal) if "q" in flags else reader.read()
    if reader.groups > MOST_GROUPS:
        raise ValueError("too many groups")
    writer = Writer()
    writer.write_group(0, part)
    writer.add("match")
    return tuple(writer.program)
