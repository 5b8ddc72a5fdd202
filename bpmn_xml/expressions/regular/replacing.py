"""What is made of a text by a pattern: its matches replaced, or what stands between them.

>>> search = program_of("a([xn])")
>>> rewritten(search, "banana", parts_of("o$1", 1)), between(search, "banana")
('bonona', ['b', '', 'a'])
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import Final

from bpmn_xml.expressions.meter import afford_text, spend
from bpmn_xml.expressions.regular import matcher
from bpmn_xml.expressions.regular.programs import Program, program

INSTRUCTIONS_A_STEP: Final = 2
"""Of the program of a pattern, made now or known from before."""

PARTS_A_STEP: Final = 4
"""Of a replacement."""

REFERENCE: Final = re.compile(r"\\(?P<plain>[\\$])|\$(?P<group>[0-9]{1,9})|(?P<wrong>[\\$])")


def program_of(pattern: str, flags: str = "") -> Program:
    """Return the program of a pattern, for the price of it; ValueError if it is none."""
    found = program(pattern, flags)
    spend(len(found) // INSTRUCTIONS_A_STEP)
    return found


def rewritten(
    search: Program, text: str, parts: Sequence[str | int], most: int | None = None
) -> str:
    """Return a text with its matches, or as many as are allowed, replaced by parts."""
    pieces, end = [], 0
    for slots in islice(matcher.places(search, text), most):
        pieces += [text[end : slots[0]], filled(parts, matcher.groups(text, slots))]
        end = slots[1]
    pieces.append(text[end:])
    afford_text(sum(map(len, pieces)))
    return "".join(pieces)


def between(search: Program, text: str) -> list[str]:
    """Return the parts of a text between matches, its characters where they match nothing."""
    parts, end = [], 0
    for begin, behind, *_ in matcher.places(search, text):
        if behind > begin or 0 < begin < len(text):
            parts.append(text[end:begin])
            end = behind
    return [*parts, text[end:]]


def parts_of(replacement: str, groups: int) -> list[str | int]:
    """Return the texts and groups of a replacement; ValueError if it is wrong.

    A number has as many digits as there are groups for: behind it they mean themselves.

    >>> parts_of("<$1>", 1), parts_of("$12", 1), parts_of("$12", 12)
    (['<', 1, '>'], [1, '2'], [12])
    """
    parts, end = list[str | int](), 0
    for found in REFERENCE.finditer(replacement):
        if found["wrong"]:
            raise ValueError("a reference without a number")
        reference = found["plain"] or group_meant(found["group"], groups)
        parts += [replacement[end : found.start()], *reference]
        end = found.end()
    return [part for part in (*parts, replacement[end:]) if part != ""]


def group_meant(digits: str, groups: int) -> tuple[int, str]:
    """Return the group that is meant, and the digits that belong to none."""
    length = len(digits)
    while length > 1 and int(digits[:length]) > groups:
        length -= 1
    return int(digits[:length]), digits[length:]


def filled(parts: Sequence[str | int], groups: Sequence[str | None]) -> str:
    """Put groups into the parts of a replacement; one that matched nothing is empty."""
    spend(len(parts) // PARTS_A_STEP)
    there = dict(enumerate(groups))
    texts = [part if isinstance(part, str) else there.get(part) or "" for part in parts]
    afford_text(sum(map(len, texts)))
    return "".join(texts)
