"""Words for people: what a value is, and which name was probably meant.

>>> describe("x"), describe(2.5), describe(None)
('text', 'a number', 'nothing (None)')
>>> did_you_mean("amout", ["amount", "customer"])
"; did you mean 'amount'?"
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import islice
from typing import Final

from bpmn_xml.errors import ExpressionError

WORDS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (type(None), "nothing (None)"),
    (bool, "True or False"),
    ((int, float, Decimal), "a number"),
    (str, "text"),
    ((list, tuple), "a list"),
    (Mapping, "a mapping"),
)
MOST_CANDIDATES: Final = 1_000
MOST_LETTERS: Final = 60


def describe(value: object) -> str:
    """Name the kind of a value as people call it; of an unknown kind its class."""
    for kinds, words in WORDS:
        if isinstance(value, kinds):
            return words
    return f"a {type(value).__name__}"


def mismatch(sign: str, left: object, right: object) -> ExpressionError:
    """The error for operands that a sign does not work on."""
    return ExpressionError(f"'{sign}' does not work on {describe(left)} and {describe(right)}")


def nearest(name: str, candidates: Iterable[object]) -> tuple[str, ...]:
    """Return up to three of the candidates that look like the name, the best first."""
    from difflib import get_close_matches

    known = [
        candidate
        for candidate in islice(candidates, MOST_CANDIDATES)
        if isinstance(candidate, str) and len(candidate) <= MOST_LETTERS
    ]
    return tuple(get_close_matches(name[:MOST_LETTERS], known, n=3, cutoff=0.7))


def did_you_mean(name: str, candidates: Iterable[object]) -> str:
    """Return the end of a sentence that suggests the nearest names, or nothing."""
    names = " or ".join(f"'{candidate}'" for candidate in nearest(name, candidates))
    return f"; did you mean {names}?" if names else ""
