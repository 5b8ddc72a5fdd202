"""Words for people: what a value is.

>>> describe("x"), describe(2.5), describe(None)
('text', 'a number', 'nothing (None)')
>>> told("in stock"), told(2.5), told([1])
("'in stock'", '2.5', 'a list')
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.wording import quoted

LONG: Final = 10**15
"""Whole numbers from here on are not written in messages."""

WORDS: Final[tuple[tuple[type | tuple[type, ...], str], ...]] = (
    (type(None), "nothing (None)"),
    (bool, "a boolean"),
    ((int, float, Decimal), "a number"),
    (str, "text"),
    ((list, tuple), "a list"),
    (Mapping, "a mapping"),
)


def describe(value: object) -> str:
    """Name the kind of a value as people call it; of an unknown kind its class."""
    for kinds, words in WORDS:
        if isinstance(value, kinds):
            return words
    name = type(value).__name__
    return f"{'an' if name[0] in 'aeiouAEIOU' else 'a'} {name}"


def told(value: object) -> str:
    """Write a value as far as it is a short one; else name its kind."""
    if isinstance(value, str):
        return quoted(value)
    short = isinstance(value, float) or (isinstance(value, int) and abs(value) < LONG)
    return repr(value) if short else describe(value)


def mismatch(sign: str, left: object, right: object) -> ExpressionError:
    """The error for operands that a sign does not work on."""
    return ExpressionError(f"'{sign}' does not work on {describe(left)} and {describe(right)}")
