r"""Sets of characters in regular expressions: classes, categories of Unicode, escapes.

>>> digit = ESCAPED["d"]
>>> digit("7"), digit("x"), inverted(digit)("x"), category("Lu")("Ä")
(True, False, True, True)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Final, TypeAlias

from bpmn_xml.expressions.regular.blocks import BLOCKS

CharSet: TypeAlias = Callable[[str], bool]

NAME_STARTS: Final = "_:"
NAME_PARTS: Final = "_:.-\u00b7"
CATEGORIES: Final = re.compile("L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?")


def exactly(character: str) -> CharSet:
    """Return the set of one character."""
    return lambda found: found == character


def either_case(character: str) -> CharSet:
    """Return the set of a character and what differs from it in case only."""
    mine = set(variants(character))
    return lambda found: not mine.isdisjoint(variants(found))


def between(first: str, last: str) -> CharSet:
    """Return the set of all characters between two."""
    return lambda found: first <= found <= last


def inverted(chars: CharSet) -> CharSet:
    """Return the set of all other characters."""
    return lambda found: not chars(found)


def union(parts: list[CharSet]) -> CharSet:
    """Return the set of all characters that are in one set at least."""
    return lambda found: any(part(found) for part in parts)


def without(chars: CharSet, others: CharSet) -> CharSet:
    """Return the set of the characters that are in the one and not in the other."""
    return lambda found: chars(found) and not others(found)


def any_case(chars: CharSet) -> CharSet:
    """Return the set with all characters also in the other case."""
    return lambda found: chars(found) or any(map(chars, variants(found)))


@lru_cache(maxsize=1_000)
def variants(character: str) -> tuple[str, ...]:
    """Return the characters that differ from one in case only, and itself.

    >>> "".join(sorted(variants("\u03c2")))
    '\u03a3\u03c2\u03c3'
    """
    lower, upper = character.lower(), character.upper()
    found = {character, lower, upper, lower.upper(), upper.lower()}
    return tuple(each for each in found if len(each) == 1)


def category(name: str) -> CharSet:
    """Return the characters of a category or block of Unicode; ValueError if there is none."""
    if name.startswith("Is") and name[2:] in BLOCKS:
        first, last = BLOCKS[name[2:]]
        return lambda found: first <= ord(found) <= last
    if not CATEGORIES.fullmatch(name):
        raise ValueError(f"there is no category {name[:20]}")
    return lambda found: unicodedata.category(found).startswith(name)


def is_word(character: str) -> bool:
    r"""Say whether a character is one of `\w`: no punctuation, separator or control."""
    return unicodedata.category(character)[0] not in "PZC"


SIMPLE: Final[Mapping[str, CharSet]] = {
    "d": lambda found: unicodedata.category(found) == "Nd",
    "s": lambda found: found in " \t\n\r",
    "w": is_word,
    "i": lambda found: found.isalpha() or found in NAME_STARTS,
    "c": lambda found: found.isalnum() or found in NAME_PARTS,
}
ESCAPED: Final[Mapping[str, CharSet]] = {
    **SIMPLE,
    **{letter.upper(): inverted(chars) for letter, chars in SIMPLE.items()},
}
"""What a backslash and a letter stand for."""

CONTROLS: Final[Mapping[str, str]] = {"n": "\n", "r": "\r", "t": "\t"}
"""Characters that are written as a backslash and a letter."""
