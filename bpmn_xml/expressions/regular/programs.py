"""Programs that search texts: what a pattern is written out as, with a limit to how long it is.

>>> [type(instruction).__name__ for instruction in program(r"a|b*", "")]
['Save', 'Split', 'Chars', 'Jump', 'Split', 'Chars', 'Jump', 'Save', 'Fits']
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple, TypeAlias

from bpmn_xml.expressions.regular.patterns import (
    Border,
    Capture,
    Chars,
    Either,
    InOrder,
    Part,
    PatternReader,
    Repeat,
    Same,
)


class Split(NamedTuple):
    """Two ways to go on, the better one first."""

    first: int
    second: int


class Jump(NamedTuple):
    """Go on there."""

    to: int


class Save(NamedTuple):
    """Remember the position: where a group begins (an even slot) or ends."""

    slot: int


class Fits(NamedTuple):
    """The pattern fits."""


Instruction: TypeAlias = Chars | Border | Same | Split | Jump | Save | Fits
Program: TypeAlias = tuple[Instruction, ...]
Code: TypeAlias = list[Instruction]

MOST_LETTERS: Final = 2_000
MOST_INSTRUCTIONS: Final = 3_000
MOST_GROUPS: Final = 99
FLAGS: Final = frozenset("smixq")
AHEAD: Final = Jump(0)
"""Stands where it is not known yet how to go on."""


@lru_cache(maxsize=200)
def program(pattern: str, flags: str) -> Program:
    """Return the program of a pattern, or raise ValueError."""
    if len(pattern) > MOST_LETTERS or not set(flags) <= FLAGS:
        raise ValueError("the pattern is too long, or a flag is unknown")
    reader = PatternReader(pattern, flags)
    part = InOrder(tuple(map(reader.letter, pattern))) if "q" in flags else reader.read()
    if reader.groups > MOST_GROUPS:
        raise ValueError("too many groups")
    code: Code = []
    write(code, Capture(0, part))
    add(code, Fits())
    return tuple(code)


def groups_in(program: Program) -> int:
    """Return how many groups a program remembers, besides the whole."""
    return max(one.slot for one in program if isinstance(one, Save)) // 2


def add(code: Code, instruction: Instruction) -> int:
    """Add an instruction and return its place."""
    if len(code) >= MOST_INSTRUCTIONS:
        raise ValueError("the pattern is too large")
    code.append(instruction)
    return len(code) - 1


def write(code: Code, part: Part) -> None:
    """Add the instructions of a part."""
    WRITERS[type(part)](code, part)


def write_row(code: Code, row: InOrder) -> None:
    """Add parts that follow each other."""
    for part in row.parts:
        write(code, part)


def write_group(code: Code, group: Capture) -> None:
    """Add a group between the places that are remembered."""
    add(code, Save(2 * group.number))
    write(code, group.part)
    add(code, Save(2 * group.number + 1))


def write_either(code: Code, either: Either) -> None:
    """Add branches, and let each but the last begin with a split and end behind all of them."""
    jumps = []
    for branch in either.branches[:-1]:
        split = add(code, AHEAD)
        write(code, branch)
        jumps.append(add(code, AHEAD))
        code[split] = Split(split + 1, len(code))
    write(code, either.branches[-1])
    for jump in jumps:
        code[jump] = Jump(len(code))


def write_repeat(code: Code, repeat: Repeat) -> None:
    """Add a part as often as it must come, then as often as it may."""
    for _ in range(repeat.least):
        write(code, repeat.part)
    splits = []
    for _ in range(1 if repeat.most is None else repeat.most - repeat.least):
        splits.append(add(code, AHEAD))
        write(code, repeat.part)
    if repeat.most is None:
        add(code, Jump(splits[0]))
    for split in splits:
        ways = split + 1, len(code)
        code[split] = Split(*(ways if repeat.greedy else ways[::-1]))


WRITERS: Final[Mapping[type, Callable[[Code, Any], object]]] = {
    Chars: add,
    Border: add,
    Same: add,
    Capture: write_group,
    InOrder: write_row,
    Either: write_either,
    Repeat: write_repeat,
}
