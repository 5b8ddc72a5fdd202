"""What violates each rule and what keeps it, in shorthand: for `explain`, and for the tests.

A file holds the rules of one part: `== 096` begins a rule, `== BX601` a flaw, `- ` a violation,
`+ ` what is valid.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


class Example(msgspec.Struct, frozen=True):
    """A diagram that breaks a rule, or keeps it, in shorthand."""

    valid: bool
    shorthand: str


@cache
def examples() -> dict[str, tuple[Example, ...]]:
    """Return the examples of each rule by its code.

    >>> [example.valid for example in examples()["EXT096"]]
    [False, True]
    """
    texts = [
        file.read_text("utf-8") for file in files(__name__).iterdir() if file.name.endswith(".txt")
    ]
    return examples_in("".join(texts))


def examples_in(text: str) -> dict[str, tuple[Example, ...]]:
    r"""Return the examples that a text holds, by the code of each rule.

    >>> examples_in("== 096\n- s > t > s\n+ s > t > e\n")["EXT096"][1]
    Example(valid=True, shorthand='s > t > e\n')
    """
    found: dict[str, tuple[Example, ...]] = {}
    for section in text.split("== ")[1:]:
        number, _, body = section.partition("\n")
        found[f"EXT{number}" if number.isdecimal() else number] = tuple(_examples(body))
    return {code: found[code] for code in sorted(found)}


def _examples(body: str) -> list[Example]:
    """Take a section apart."""
    parts: list[list[str]] = []
    for line in body.splitlines():
        if line[:2] in ("- ", "+ "):
            parts.append([])
        parts[-1].append(line)
    return [
        Example(lines[0][0] == "+", "\n".join(line[2:] for line in lines) + "\n") for lines in parts
    ]
