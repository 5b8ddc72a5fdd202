r"""Text for a terminal: whatever stands in a file or an argument can be printed without harm.

>>> print(printable("Pay \x1b[31mnow\nor \u202enever"))
Pay \x1b[31mnow\nor \u202enever
>>> shorten("Approve the invoice of the supplier", 20), amount(1, "error"), amount(2, "error")
('Approve the invoice…', '1 error', '2 errors')
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LONGEST: Final = 1000
"""Characters of a line that somebody else has written."""


def printable(text: str) -> str:
    """Write control, format and surrogate characters as escapes; all is one line then."""
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() else _escape(c) for c in text])


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def shorten(text: str, width: int = LONGEST) -> str:
    """Cut a text to a width, and make it printable."""
    text = printable(text[: width + 1])
    return text if len(text) <= width else f"{text[: width - 1]}…"


def listed(names: Sequence[str], most: int = 12) -> str:
    """Write names one after the other, of many only some.

    >>> listed(["a", "b", "c"], 2), listed(["a", "b"], 2)
    ('a, b and 1 more', 'a, b')
    """
    shown = ", ".join(names[:most])
    return f"{shown} and {len(names) - most:,} more" if len(names) > most else shown


def amount(number: int, noun: str) -> str:
    """Write how many of something."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def label(id_: str, name: str = "") -> str:
    """Write an element's id, and its name if that says more.

    >>> label("Task_1", "Approve"), label("approve", "approve"), label("e")
    ('Task_1 "Approve"', 'approve', 'e')
    """
    return printable(f'{id_} "{name}"' if name and name != id_ else id_)
