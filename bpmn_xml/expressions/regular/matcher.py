r"""Searches texts by programs of patterns, all ways at once: as long as the text, never longer.

The ways are kept in the order in which a search that tries one after the other would take them, so
the first match is the same (Pike's machine). Where a pattern refers back to a group, that search is
made, since what a way has read decides how it goes on. Every step is paid for.

>>> from bpmn_xml.expressions.regular.programs import program
>>> [found[0] for found in matches(program("a+|(b)", ""), "xaabx")]
['aa', 'b']
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from bpmn_xml.expressions.meter import LETTERS_A_STEP, keep, spend
from bpmn_xml.expressions.regular.patterns import Border, Chars, Same
from bpmn_xml.expressions.regular.programs import Fits, Jump, Program, Save, Split, groups_in

Slots: TypeAlias = tuple[int, ...]
"""Where each group begins and ends; -1 where it has not."""

LOOKS_A_STEP: Final = 2
STEPS_A_TRY: Final = 4
MATCH_ROOM: Final = 100
"""Bytes of the text of a match and of what stands before it, besides their letters."""


class Ways:
    """Where the ways through a program are at one position of the text, the best first."""

    def __init__(self, program: Program, text: str, position: int) -> None:
        self.program, self.text, self.position = program, text, position
        self.found: list[tuple[int, Slots]] = []
        self.seen: set[int] = set()

    def follow(self, place: int, slots: Slots) -> None:
        """Add the characters that a way comes to, and the end, without taking a character."""
        waiting = [(place, slots)]
        while waiting:
            place, slots = waiting.pop()
            if place in self.seen:
                continue
            self.seen.add(place)
            match self.program[place]:
                case Jump(target):
                    waiting.append((target, slots))
                case Split(first, second):
                    waiting += ((second, slots), (first, slots))
                case Save(slot):
                    passed = (*slots[:slot], self.position, *slots[slot + 1 :])
                    waiting.append((place + 1, passed))
                case Border() as border:
                    if is_at(border, self.text, self.position):
                        waiting.append((place + 1, slots))
                case _:
                    self.found.append((place, slots))

    def next(self) -> tuple[Ways, Slots | None]:
        """Take a character; return the ways that go on, and a match if it is better than they."""
        then = Ways(self.program, self.text, self.position + 1)
        character = self.text[self.position : self.position + 1]
        for place, slots in self.found:
            instruction = self.program[place]
            if not isinstance(instruction, Chars):  # all fits
                return then, slots
            if character and instruction.fits(character):
                then.follow(place + 1, slots)
        return then, None


def is_at(border: Border, text: str, position: int) -> bool:
    """Say whether a text, or a line of it, begins or ends here; none begins behind the text."""
    if position == (len(text) if border.at_end else 0):
        return True
    if not border.of_line or position == len(text):
        return False
    return text[position if border.at_end else position - 1] == "\n"


def find(program: Program, text: str, start: int = 0) -> Slots | None:
    """Return where the groups of the first match from a position on are, or None."""
    nowhere = (-1,) * (2 * groups_in(program) + 2)
    if any(isinstance(instruction, Same) for instruction in program):
        tries = (tried(program, text, begin, nowhere) for begin in range(start, len(text) + 1))
        return next((slots for slots in tries if slots is not None), None)
    ways, best = Ways(program, text, start), None
    while ways.position <= len(text):
        if best is None:
            ways.follow(0, nowhere)
        if not ways.found and best is not None:
            break
        spend(2 + len(ways.seen) // LOOKS_A_STEP)
        ways, better = ways.next()
        best = better or best
    return best


def tried(program: Program, text: str, begin: int, nowhere: Slots) -> Slots | None:
    """Return where the groups of the first match at a position are, trying way after way."""
    waiting, seen = [(0, begin, nowhere)], set()
    while waiting:
        way = place, position, slots = waiting.pop()
        spend(STEPS_A_TRY + len(slots))
        if way in seen:
            continue
        seen.add(way)
        match program[place]:
            case Fits():
                return slots
            case Jump(target):
                waiting.append((target, position, slots))
            case Split(first, second):
                waiting += ((second, position, slots), (first, position, slots))
            case Save(slot):
                passed = (*slots[:slot], position, *slots[slot + 1 :])
                waiting.append((place + 1, position, passed))
            case instruction:
                length = taken(instruction, text, position, slots)
                if length is not None:
                    waiting.append((place + 1, position + length, slots))
    return None


def taken(instruction: Chars | Border | Same, text: str, position: int, slots: Slots) -> int | None:
    """Return how many characters a way takes at a position, or None if it ends there."""
    match instruction:
        case Border() as border:
            return 0 if is_at(border, text, position) else None
        case Same(number, folds):
            wanted = text[slots[2 * number] : max(slots[2 * number + 1], 0)]
            spend(len(wanted) // LETTERS_A_STEP)
            found = text[position : position + len(wanted)]
            alike = found == wanted or (folds and found.casefold() == wanted.casefold())
            return len(wanted) if alike else None
        case _:
            return 1 if position < len(text) and instruction.fits(text[position]) else None


def matches(program: Program, text: str) -> Iterator[tuple[str | None, ...]]:
    """Yield the texts of all matches one after the other, each with its groups."""
    for slots in places(program, text):
        yield groups(text, slots)


def places(program: Program, text: str) -> Iterator[Slots]:
    """Yield where all matches are that do not overlap."""
    start = 0
    while start <= len(text) and (slots := find(program, text, start)) is not None:
        keep(MATCH_ROOM)
        yield slots
        start = slots[1] + (slots[1] == slots[0])


def groups(text: str, slots: Slots) -> tuple[str | None, ...]:
    """Return the text of a match and of its groups."""
    pairs = zip(slots[::2], slots[1::2], strict=True)
    return tuple(text[begin:end] if begin >= 0 <= end else None for begin, end in pairs)
