r"""How messages say things: few of many names, what may be meant, what is not ours harmlessly.

>>> listed(["a", "b", "c"]), listed("abcdefghij", "or")
('a, b and c', 'a, b, c, d, e or 5 more')
>>> amount(1, "error"), amount(2000, "error")
('1 error', '2,000 errors')
>>> suggest("thread", ["threads", "delay"], "remove it"), suggest("x", ["delay"], "remove it")
("did you mean 'threads'? Else remove it", 'remove it')
>>> did_you_mean("amout", ["amount", "customer"])
"; did you mean 'amount'?"
>>> did_you_mean("order", ["confirm"], ["confirm order"])
"; did you mean 'confirm order'?"
>>> quoted("n > 1\n  and m"), quoted("x" * 80)[-6:]
("'n > 1 and m'", "xx...'")
>>> print(printable("Pay \x1b[31mnow\nor \u202enever"))
Pay \x1b[31mnow\nor \u202enever
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Final

_MOST: Final = 5
"""How many names are told of many."""

_SHORT: Final = 60
"""Characters of a text that are shown, and of a name that others are compared with."""

_CANDIDATES: Final = 1_000
"""How many names are looked at for the one that may be meant."""

MOST_HINTS: Final = 100
"""Of so many faults of a file each may say which name is meant: to look for one takes time."""

ALIKE: Final = 0.7
"""How like a name another must be to be meant by it (1 is the same)."""


def listed(names: Iterable[str], last: str = "and", most: int = _MOST) -> str:
    """Some names in a row, the rest of many as a number."""
    known = list(names)
    if len(known) > most + 1:
        known = [*known[:most], f"{len(known) - most} more"]
    return f" {last} ".join([", ".join(known[:-1]), known[-1]] if known[1:] else known)


def plural(noun: str, number: int, forms: str = "") -> str:
    """The noun in singular or plural, as many as there are; `forms` is an irregular plural."""
    return noun if number == 1 else forms or f"{noun}s"


def amount(number: int, noun: str) -> str:
    """Write how many of something."""
    return f"{number:,} {plural(noun, number)}"


def nearest(name: str, known: Iterable[object], alike: float = ALIKE) -> tuple[str, ...]:
    """Return up to three of the known names that look like this one, the best first."""
    from difflib import get_close_matches

    candidates = [
        candidate
        for candidate in islice(known, _CANDIDATES)
        if isinstance(candidate, str) and len(candidate) <= _SHORT
    ]
    return tuple(get_close_matches(name[:_SHORT], candidates, n=3, cutoff=alike))


def did_you_mean(name: str, known: Iterable[object], others: Iterable[str] = ()) -> str:
    """The end of a sentence that suggests the nearest names, where there are none `others`."""
    meant = _question(nearest(name, known) or others)
    return f"; {meant}" if meant else ""


def _question(names: Iterable[str]) -> str:
    near = listed((repr(str(one)) for one in names), "or")
    return f"did you mean {near}?" if near else ""


def suggest(name: str, known: Iterable[object], otherwise: str = "", alike: float = ALIKE) -> str:
    """A remedy for a name that is not known: the nearest ones, and something else to do."""
    meant = _question(nearest(name, known, alike))
    return f"{meant} Else {otherwise}" if meant and otherwise else meant or otherwise


def on_one_line(text: str) -> str:
    """A text as people type it: modelers break names into lines."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """A text of somebody else in quotation marks, on one line and not too long."""
    return repr(shorten(on_one_line(text)))


def shorten(text: str) -> str:
    """Cut a long text, for messages."""
    return text if len(text) <= _SHORT else f"{text[: _SHORT - 3]}..."


def printable(text: str) -> str:
    """Write control, format and surrogate characters as escapes; all is one line then."""
    if text.isprintable():
        return text
    return "".join([c if c.isprintable() else _escape(c) for c in text])


def label(id_: str, name: str = "") -> str:
    """Write an element's id, and its name if that says more.

    >>> label("Task_1", "Approve"), label("approve", "approve"), label("e")
    ('Task_1 "Approve"', 'approve', 'e')
    """
    name = on_one_line(name)
    return printable(f'{id_} "{name}"' if name and name != id_ else id_)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
