r"""Text for a terminal: whatever stands in a file or an argument can be printed without harm.

>>> print(printable("Pay \x1b[31mnow\nor \u202enever"))
Pay \x1b[31mnow\nor \u202enever
>>> fitted("Approve the invoice of the supplier", 20)
'Approve the invoice…'
"""

from __future__ import annotations

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


def padded(text: str, width: int, *, left: bool = False) -> str:
    """A text with blanks behind it, or on its left, up to a width in cells of a terminal."""
    blanks = " " * (width - cells(text))
    return blanks + text if left else text + blanks
