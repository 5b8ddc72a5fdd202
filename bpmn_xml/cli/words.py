r"""Text for a terminal: whatever stands in a file or an argument can be printed without harm.

>>> print(printable("Pay \x1b[31mnow\nor \u202enever"))
Pay \x1b[31mnow\nor \u202enever
>>> fitted("Approve the invoice of the supplier", 20), amount(1, "error"), amount(2, "error")
('Approve the invoice…', '1 error', '2 errors')
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from unicodedata import combining, east_asian_width

from bpmn_xml.wording import printable

LONGEST: Final = 1000
"""Characters of a line that somebody else has written."""


def fitted(text: str, width: int = LONGEST) -> str:
    """A text cut to a width in cells of a terminal, and printable."""
    shown = printable(text[: 2 * width])
    if len(text) <= 2 * width and cells(shown) <= width:
        return shown
    room, kept = width - 1, 0
    while kept < len(shown) and (room := room - cells(shown[kept])) >= 0:
        kept += 1
    return f"{shown[:kept]}…"


def cells(text: str) -> int:
    """How many cells of a terminal a text takes.

    >>> cells("pay"), cells("支払う"), cells("e\u0301")
    (3, 6, 1)
    """
    if text.isascii():
        return len(text)
    marks = sum(1 for c in text if combining(c))
    return len(text) - marks + sum(1 for c in text if east_asian_width(c) in "WF")


def padded(text: str, width: int) -> str:
    """A text with blanks behind it up to a width in cells of a terminal."""
    return text + " " * (width - cells(text))


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
    name = " ".join(name.split())
    return printable(f'{id_} "{name}"' if name and name != id_ else id_)
