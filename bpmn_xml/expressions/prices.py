"""What it costs to evaluate a term again and again, as loops, filters and functions do.

>>> from bpmn_xml.expressions import compile
>>> price_of(compile("[a, b, c, a + 1]", "feel").tree)
Price(steps=1, room=188)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any, Final, NamedTuple

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.limits import MAX_ROOM
from bpmn_xml.expressions.meter import CONTEXT_ROOM, ENTRY_ROOM, ITEM_ROOM, LETTER_ROOM

TERMS_A_STEP: Final = 5
"""Terms that are evaluated for one step."""

VALUE_ROOM: Final = 100
"""Bytes of a number, a date or another value by itself."""

LIST_ROOM: Final = 56
FUNCTION_ROOM: Final = 800
"""Bytes of a function with what it sees."""

SINGLE: Final = (type(None), int, float, Decimal, date, time, timedelta)
"""Types of values that have no others in them."""

ARITHMETIC: Final = frozenset("+-*/") | {"**"}

ROOM: Final[Mapping[type[tree.Term], Callable[[Any], int]]] = {
    tree.Binary: lambda term: VALUE_ROOM if term.operator in ARITHMETIC else 0,
    tree.Call: lambda _: VALUE_ROOM,
    tree.Context: lambda term: CONTEXT_ROOM + ENTRY_ROOM * len(term.names),
    tree.Interval: lambda _: VALUE_ROOM,
    tree.Items: lambda term: LIST_ROOM + ITEM_ROOM * len(term.items),
    tree.Lambda: lambda _: FUNCTION_ROOM,
    tree.Unary: lambda _: VALUE_ROOM,
}
"""What terms make besides truths, in bytes."""


TERMS: Final[Mapping[type[tree.Term], int]] = {
    tree.Binary: 2,
    tree.Context: 8,
    tree.Filter: 4,
    tree.Items: 2,
    tree.Lambda: 4,
    tree.Loop: 4,
}
"""Terms that take longer than others: so many times."""


class Price(NamedTuple):
    """Steps, and bytes of what is made."""

    steps: int
    room: int


def price_of(term: tree.Term, steps: int = 0, room: int = 0) -> Price:
    """Return what a term costs, and so much more."""
    parts = list(tree.walk(term))
    made = sum(ROOM[type(part)](part) for part in parts if type(part) in ROOM)
    took = sum(TERMS.get(type(part), 1) for part in parts)
    return Price(steps + took // TERMS_A_STEP, room + made)


def room_of(value: object) -> int:
    """Return how many bytes are kept of a value at most; of what has others in it, all."""
    if isinstance(value, str):
        return VALUE_ROOM + len(value) * LETTER_ROOM
    return VALUE_ROOM if isinstance(value, SINGLE) else MAX_ROOM
