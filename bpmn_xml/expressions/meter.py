"""The steps that an evaluation may still take, in each thread. Whoever loops or grows pays here.

>>> metered(spend, 10)(11)
Traceback (most recent call last):
    ...
bpmn_xml.expressions.limits.LimitError: the expression takes too many steps
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, Final

from bpmn_xml.expressions import tree
from bpmn_xml.expressions.limits import MAX_ITEMS, MAX_STRING, LimitError
from bpmn_xml.expressions.spending import SPENDING
from bpmn_xml.expressions.weight import weigh

if TYPE_CHECKING:
    from collections.abc import Callable

UNMETERED: Final = 1 << 62
METERED: Final = 1 << 61
LETTERS_A_STEP: Final = 64
"""Of a text that is made."""

READ_A_STEP: Final = 1_024
"""Letters of a text that is looked through."""

ITEMS_A_STEP: Final = 8
"""Of a list that is made in one go."""

TERMS_A_STEP: Final = 16
"""Terms of what is evaluated again and again."""


class Meter(threading.local):
    """What is left in this thread."""

    left = UNMETERED


METER: Final = Meter()


def metered(run: Callable[[Any], object], steps: int, cost: int = 0) -> Callable[[Any], object]:
    """Return the function with so many steps to take; inside another evaluation it takes of its.

    There it may be called again and again, and costs so much each time.
    """

    def evaluate(scope: Any) -> object:
        before = METER.left
        if before < METERED:
            spend(cost)
            return run(scope)
        METER.left = steps
        try:
            value = run(scope)
            weigh(value)
        finally:
            SPENDING.steps += steps - METER.left
            METER.left = before
        return value

    return evaluate


def spend(steps: int) -> None:
    """Take so many steps, or raise when there are none left."""
    METER.left -= steps
    if METER.left < 0:
        raise LimitError("the expression takes too many steps")


def cost_of(term: tree.Term) -> int:
    """Return what it costs to evaluate a term again: what is in it, a part of a step each."""
    return sum(1 for _ in tree.walk(term)) // TERMS_A_STEP


def read_text(letters: int) -> None:
    """Pay for looking through a text of so many letters; a short one costs nothing."""
    if letters > READ_A_STEP:
        spend(letters // READ_A_STEP)


def afford_text(letters: int) -> None:
    """Pay for a text of so many letters before it is made."""
    if letters > MAX_STRING:
        raise LimitError(f"the expression makes a text of more than {MAX_STRING} characters")
    spend(letters // LETTERS_A_STEP)


def afford_items(count: int) -> None:
    """Pay for a list of so many items before it is made."""
    if count > MAX_ITEMS:
        raise LimitError(f"the expression makes a list of more than {MAX_ITEMS} items")
    spend(count // ITEMS_A_STEP)
