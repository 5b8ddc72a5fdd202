r"""How messages say what is not ours: one line, not too long, harmless in a terminal.

>>> listed(["a", "b", "c"]), listed("abcdefghij", "or")
('a, b and c', 'a, b, c, d, e or 5 more')
>>> quoted("n > 1\n  and m"), quoted("x" * 80)[-6:]
("'n > 1 and m'", "xx...'")
>>> print(printable("Pay \x1b[31mnow\nor \u202enever"))
Pay \x1b[31mnow\nor \u202enever
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_MOST: Final = 5
"""How many names are told of many."""

_SHORT: Final = 60
"""Characters of a text that are shown."""


def listed(names: Iterable[str], last: str = "and", most: int = _MOST) -> str:
    """Some names in a row, the rest of many as a number."""
    known = list(names)
    if len(known) > most + 1:
        known = [*known[:most], f"{len(known) - most} more"]
    return f" {last} ".join([", ".join(known[:-1]), known[-1]] if known[1:] else known)


def quoted(text: str) -> str:
    """A text of somebody else in quotation marks, on one line and not too long."""
    return repr(shorten(" ".join(text.split())))


def shorten(text: str) -> str:
    """Cut a long text, for messages."""
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 3]}..."


def printable(text: str) -> str:
    """Write control, format and surrogate characters as escapes; all is one line then."""
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() else _escape(c) for c in text])


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
