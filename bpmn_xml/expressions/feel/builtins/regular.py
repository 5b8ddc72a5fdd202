r"""Functions on texts with regular expressions (DMN 10.3.4.3). A wrong pattern gives null.

>>> replace("banana", "a([xn])", "o$1"), split("a, b", ",\\s*"), matches("feel", "^e")
('bonona', ['a', 'b'], False)
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from bpmn_xml.expressions.feel.invoke import LEFT_OUT, Builtin, builtin
from bpmn_xml.expressions.meter import afford_items, afford_text, spend
from bpmn_xml.expressions.regular import matcher
from bpmn_xml.expressions.regular.programs import Program, groups_in, program

INSTRUCTIONS_A_STEP: Final = 2
"""Of the program of a pattern, made now or known from before."""

REFERENCE: Final = re.compile(r"\\(?P<plain>[\\$])|\$(?P<group>[0-9]{1,9})|(?P<wrong>[\\$])")


def compiled(pattern: str, flags: Any) -> Program:
    """Return the program of a pattern; ValueError, which gives null, if it is none."""
    found = program(pattern, flags if isinstance(flags, str) else "")
    spend(len(found) // INSTRUCTIONS_A_STEP)
    return found


def matches(text: str, pattern: str, flags: Any = LEFT_OUT) -> bool:
    """Say whether a pattern fits a part of a text."""
    return matcher.find(compiled(pattern, flags), text) is not None


def replace(text: str, pattern: str, replacement: str, flags: Any = LEFT_OUT) -> str | None:
    """Replace all matches; `$1` in the replacement is the first group."""
    search = compiled(pattern, flags)
    if matcher.find(search, "") is not None:
        return None
    literal = isinstance(flags, str) and "q" in flags
    parts = [replacement] if literal else parts_of(replacement, groups_in(search))
    pieces, end = [], 0
    for slots in matcher.places(search, text):
        pieces += [text[end : slots[0]], filled(parts, matcher.groups(text, slots))]
        end = slots[1]
    pieces.append(text[end:])
    afford_text(sum(map(len, pieces)))
    return "".join(pieces)


def parts_of(replacement: str, groups: int) -> list[str | int]:
    """Return the texts and groups of a replacement; ValueError, which gives null, if it is wrong.

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


def filled(parts: Sequence[str | int], groups: tuple[str | None, ...]) -> str:
    """Put groups into the parts of a replacement; a group that is not there is empty."""
    spend(len(parts) // 4)
    texts = [part if isinstance(part, str) else group(groups, part) for part in parts]
    afford_text(sum(map(len, texts)))
    return "".join(texts)


def group(groups: tuple[str | None, ...], number: int) -> str:
    """Return the text of a group; an empty one if it matched nothing."""
    return (groups[number] if number < len(groups) else None) or ""


def split(text: str, delimiter: str) -> list[str]:
    """Return the parts of a text between matches, its characters where they match nothing."""
    parts, end = [], 0
    for begin, behind, *_ in matcher.places(compiled(delimiter, ""), text):
        if behind > begin or 0 < begin < len(text):
            parts.append(text[end:begin])
            end = behind
    afford_items(len(parts) + 1)
    return [*parts, text[end:]]


def extract(text: str, pattern: str) -> list[str | None]:
    """Return the texts of all matches."""
    return [found[0] for found in matcher.matches(compiled(pattern, ""), text)]


FLAGS: Final = "flags: string?~"
FUNCTIONS: Final[Mapping[str, Builtin]] = {
    "extract": builtin("string: string, pattern: string", extract),
    "matches": builtin(f"input: string, pattern: string, {FLAGS}", matches),
    "replace": builtin(f"input: string, pattern: string, replacement: string, {FLAGS}", replace),
    "split": builtin("string: string, delimiter: string", split),
}
