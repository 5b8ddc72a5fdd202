"""What an expression may cost. All limits of all languages are here, each with a hostile test."""

from __future__ import annotations

from typing import Final

from bpmn_xml.errors import ExpressionError


class LimitError(ExpressionError):
    """An evaluation costs more than it may."""


MAX_TEXT: Final = 10_000
"""Characters of one expression."""

MAX_DEPTH: Final = 100
"""Nodes from the root of a tree to its deepest leaf: brackets, signs, chains of `+` or `.`."""

MAX_CALLS: Final = 1_000
"""Calls of functions within each other."""

MAX_BITS: Final = 4_096
"""Bits of an integer (1,233 decimal digits)."""

MAX_STRING: Final = 1_000_000
"""Characters of a text that an expression makes."""

MAX_ITEMS: Final = 100_000
"""Items of a list that an expression makes or walks over."""

TEXT_STEPS: Final = 40_000
"""Steps that a text may take of itself in a language with loops: items, calls, parts of texts.

A decision is one evaluation, with all that it requires; a cell of a table is a step.
"""

VALUE_STEPS: Final = 150
"""Steps more for each value of the data that an evaluation reads."""

MOST_VALUES: Final = 20_000
"""Values of the data that are counted."""

MAX_ROOM: Final = 40_000_000
"""Bytes, more or less, of all that an evaluation makes."""

MAX_WEIGHT: Final = 50_000_000
"""Letters of a value, 40 more for each item; what stands in it twice counts twice."""

MAX_DIGITS: Final = 400
"""Decimal places asked of `round`, either way."""

MAX_NUMERAL: Final = 1_300
"""Characters of a text that is read as a number."""
