"""Numbers drawn by chance: from an entry among the variables, which no text can name, else anew.

Whoever evaluates an expression as a part of something else gives the entry, so that the same
steps draw the same again.

>>> fraction(2**127), unique(7)
(Decimal('0.5'), '00000000-0000-4000-8000-000000000007')
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import tree

CHANCE: Final = "random()"
"""The name of the entry: a function without arguments, which returns a number of `BITS` bits."""

BITS: Final = 128
DIGITS: Final = 17
MARKED, MARKS = 0xF << 76 | 0x3 << 62, 0x4 << 76 | 0x2 << 62
"""The bits of an identifier that tell its version and variant, and what they are."""

DRAWING: Final = frozenset({"random number", "uuid"})
"""Functions of expressions that draw."""


def fraction(bits: int) -> Decimal:
    """Return the number from 0 to below 1 that bits mean."""
    return Decimal(bits * 10**DIGITS >> BITS).scaleb(-DIGITS).normalize()


def unique(bits: int) -> str:
    """Return the identifier that bits mean (RFC 9562, version 4)."""
    found = f"{bits & ~MARKED | MARKS:032x}"
    return "-".join((found[:8], found[8:12], found[12:16], found[16:20], found[20:]))


def check_settled(term: tree.Term, text: str) -> None:
    """Refuse to draw where an answer must be the same whenever it is asked for.

    Raises:
        ExpressionError: something in it draws.
    """
    found: Any = next(
        (
            part
            for part in tree.walk(term)
            if isinstance(part, tree.Call) and part.function in DRAWING
        ),
        None,
    )
    if found:
        message = f"{found.function}() gives something else each time; put it into a variable first"
        raise ExpressionError(message, text=text, offset=found.at)
