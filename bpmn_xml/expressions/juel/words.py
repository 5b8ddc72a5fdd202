"""The methods of texts, as Java has them; arguments are read as texts or integers.

>>> part("order-7", 0, 5), pieces("a,b,,", ",")
('order', ['a', 'b'])
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.juel import regular
from bpmn_xml.expressions.juel.values import bounded, integer, made, order_of, text
from bpmn_xml.expressions.limits import MAX_ITEMS
from bpmn_xml.expressions.meter import limit_text

PLAIN: Final = re.compile(r"(?:[^\\.$|?*+()\[\]{}^]|\\[^a-zA-Z0-9])+", re.DOTALL)
"""Separators that mean themselves in a regular expression."""


def within(value: str, position: object) -> int:
    """Return a position in a text, its end included, or raise."""
    index: int = integer(position)
    if not 0 <= index <= len(value):
        raise ExpressionError(f"there is no position {index} in a text of {len(value)} characters")
    return index


def character(value: str, position: object) -> str:
    """Return the character at a position."""
    index = within(value, position)
    if index == len(value):
        raise ExpressionError(f"there is no position {index} in a text of {index} characters")
    return value[index]


def part(value: str, start: object, end: object = None) -> str:
    """Return the text from a position up to another or the end."""
    first = within(value, start)
    behind = len(value) if end is None else within(value, end)
    if first > behind:
        raise ExpressionError(f"position {behind} is before position {first}")
    return made(value[first:behind])


def joined(value: str, other: object) -> str:
    """Return a text and another behind it."""
    return made(value + text(other))


def replaced(value: str, old: object, new: object) -> str:
    """Return the text with every occurrence of a text replaced by another."""
    before, after = text(old), text(new)
    limit_text((len(value) + value.count(before) * len(after)) // 2)
    return made(value.replace(before, after))


def pieces(value: str, separator: object) -> list[str]:
    """Return the texts between separators; empty ones at the end are left out, as in Java."""
    between = text(separator)
    if PLAIN.fullmatch(between):
        plain = re.sub(r"\\(.)", r"\1", between, flags=re.DOTALL)
        found = value.split(plain, MAX_ITEMS)
    else:
        found = regular.pieces(value, between)
    if len(found) > MAX_ITEMS:
        raise ExpressionError(f"split() makes more than {MAX_ITEMS} texts")
    while len(found) > 1 and not found[-1]:
        found.pop()
    return found


WORDS: Final[Mapping[str, tuple[Callable[..., Any], int, int]]] = {
    **regular.REGULAR,
    "charAt": (character, 1, 1),
    "compareTo": (lambda value, other: order_of(value, text(other)), 1, 1),
    "concat": (joined, 1, 1),
    "contains": (lambda value, other: text(other) in value, 1, 1),
    "endsWith": (lambda value, other: value.endswith(text(other)), 1, 1),
    "equalsIgnoreCase": (
        lambda value, other: other is not None and value.casefold() == text(other).casefold(), 1, 1
    ),
    "indexOf": (lambda value, other: value.find(text(other)), 1, 1),
    "isBlank": (lambda value: not value.strip(), 0, 0),
    "isEmpty": (lambda value: not value, 0, 0),
    "lastIndexOf": (lambda value, other: value.rfind(text(other)), 1, 1),
    "length": (len, 0, 0),
    "replace": (replaced, 2, 2),
    "split": (pieces, 1, 1),
    "startsWith": (lambda value, other: value.startswith(text(other)), 1, 1),
    "substring": (part, 1, 2),
    "toLowerCase": (lambda value: made(bounded(value).lower()), 0, 0),
    "toUpperCase": (lambda value: made(bounded(value).upper()), 0, 0),
    "trim": (lambda value: made(value.strip()), 0, 0),
}  # fmt: skip
"""Name -> function of the text and its arguments, the least and the most of those."""
