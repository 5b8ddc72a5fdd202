"""What an evaluation may cost, counted in each thread. Whoever loops or grows pays here.

A step is what takes a microsecond or little more. A text has `TEXT_STEPS` of its own, so that no
text alone is busy for a tenth of a second, and `VALUE_STEPS` more for each value of the data that
it reads: who sorts, filters or joins much data may take the time that it takes, and no text makes
a bomb of little data. The data is counted when the text's own steps are used up, and no further
than `MOST_VALUES`. All that an evaluation makes has to fit into `MAX_ROOM`, however much data
there is.

So work that grows as the data does, or as sorting does, is ordinary. Work on pairs (`for a in xs, b
in ys`, a filter in a loop) is ordinary for hundreds by hundreds and refused for thousands by
thousands: it would take minutes with data that whoever starts a process may send.

>>> from bpmn_xml.expressions.weight import count_values
>>> busy = metered(lambda _: spend(TEXT_STEPS + 150), count_values)
>>> busy([])
Traceback (most recent call last):
    ...
bpmn_xml.expressions.limits.LimitError: the expression takes too many steps for so little data
>>> busy(["one value", "and another"])
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Final

from bpmn_xml.expressions.limits import (
    MAX_ITEMS,
    MAX_ROOM,
    MAX_STRING,
    TEXT_STEPS,
    VALUE_STEPS,
    LimitError,
)
from bpmn_xml.expressions.spending import SPENDING
from bpmn_xml.expressions.weight import ITEM, PARTS, weigh, weight

SEARCHED_A_STEP: Final = 100
"""Letters of a text in which another one is looked for."""

LETTERS_A_STEP: Final = 32
"""Of a text that is made."""

READ_A_STEP: Final = 1_024
"""Letters of a text that is looked through."""

READ_ITEMS_A_STEP: Final = 8
"""Items that are compared with others."""

ITEMS_A_STEP: Final = 8
"""Of a list that is made in one go."""

LIGHT: Final = 10_000
"""Items of a result that cost no more than it took to make them."""

ENTRIES_A_STEP: Final = 4
"""Of a context that is made in one go."""

ITEM_ROOM: Final = 8
"""Bytes of an item in a list."""

CONTEXT_ROOM: Final = 232
ENTRY_ROOM: Final = 100
"""Bytes of a context, and of an entry in it."""

LETTER_ROOM: Final = 4


class Account:
    """What is left of the steps and of the room; how many steps were granted, how to have more.

    `depth` is how deep functions have called each other.
    """

    __slots__ = ("count", "depth", "granted", "room", "steps")

    def __init__(self, steps: int, room: int, count: Callable[[], int] | None = None) -> None:
        self.steps = self.granted = steps
        self.room, self.count, self.depth = room, count, 0

    def pay(self, steps: int, room: int) -> None:
        """Take steps and bytes, or raise when there are none left."""
        self.steps -= steps
        self.room -= room
        if self.steps < 0:
            self._go_on_for_the_data()
        if self.room < 0:
            raise LimitError(f"the expression makes more than {MAX_ROOM // 1_000_000} MB")

    def _go_on_for_the_data(self) -> None:
        count, self.count = self.count, None
        if count is not None:
            more = VALUE_STEPS * count()
            self.steps += more
            self.granted += more
        if self.steps < 0:
            raise LimitError("the expression takes too many steps for so little data")


UNLIMITED: Final = Account(1 << 62, 1 << 62)
"""For what is soon done, or pays by itself."""


class Meter(threading.local):
    """Who pays in this thread."""

    account = UNLIMITED


METER: Final = Meter()


def metered(
    run: Callable[[Any], object], count: Callable[[Any], int], cost: int = 0
) -> Callable[[Any], object]:
    """Return the function with steps to take; inside another evaluation it takes of its.

    There it may be called again and again, and costs so much each time. `count` tells how many
    values of the scope it reads. A heavy result costs as much as a list of its size, however little
    it took to make, as it is written and looked at.
    """

    def evaluate(scope: Any) -> object:
        if METER.account is not UNLIMITED:
            METER.account.pay(cost, 0)
            return run(scope)
        account = METER.account = Account(TEXT_STEPS, MAX_ROOM, lambda: count(scope))
        weighed = 0
        try:
            value = run(scope)
            weighed = weigh(value)
        finally:
            taken = account.granted - max(account.steps, 0)
            SPENDING.steps += max(taken, (weighed // ITEM - LIGHT) // ITEMS_A_STEP)
            METER.account = UNLIMITED
        return value

    return evaluate


def spend(steps: int) -> None:
    """Take so many steps, or raise when there are none left."""
    METER.account.pay(steps, 0)


def keep(room: int) -> None:
    """Take so many bytes for something new, or raise when there are none left."""
    METER.account.pay(0, room)


def read_value(value: object) -> None:
    """Pay for looking through a list or mapping and all that is in it."""
    if type(value) in PARTS and METER.account is not UNLIMITED:
        spend(weight(value, 1, {}) // (ITEM * READ_ITEMS_A_STEP))


def read_text(letters: int) -> None:
    """Pay for looking through a text of so many letters; a short one costs nothing."""
    if letters > READ_A_STEP:
        spend(letters // READ_A_STEP)


def search_text(letters: int, match: str) -> None:
    """Pay for looking for a text in one of so many letters; for a single letter it is soon done."""
    if len(match) > 1:
        spend(letters // SEARCHED_A_STEP)


def too_long() -> LimitError:
    """A text of too many letters."""
    return LimitError(f"the expression makes a text of more than {MAX_STRING} characters")


def limit_text(letters: int) -> None:
    """Refuse a text of too many letters."""
    if letters > MAX_STRING:
        raise too_long()


def afford_text(letters: int) -> None:
    """Pay for a text of so many letters before it is made."""
    if letters > MAX_STRING:
        raise too_long()
    afford(letters // LETTERS_A_STEP, letters * LETTER_ROOM)


def afford_items(count: int, room: int = ITEM_ROOM) -> None:
    """Pay for a list of so many items before it is made; each takes so many bytes."""
    if count > MAX_ITEMS:
        raise LimitError(f"the expression makes a list of more than {MAX_ITEMS} items")
    afford(count // ITEMS_A_STEP, count * room)


def afford_entries(count: int) -> None:
    """Pay for a context of so many entries before it is made."""
    afford(count // ENTRIES_A_STEP, CONTEXT_ROOM + count * ENTRY_ROOM)


def afford(steps: int, room: int = 0) -> None:
    """Pay for what is made and may be kept; it is added up even where nothing is metered."""
    account = METER.account
    account.pay(steps, room)
    if account is UNLIMITED and steps:
        SPENDING.steps += steps
