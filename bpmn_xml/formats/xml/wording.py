"""How names and texts of a file appear in messages: on one line, short, nothing invisible."""

from __future__ import annotations

from typing import Final

LONGEST: Final = 80


def excerpt(text: str) -> str:
    r"""Make a text of the file fit into a message.

    >>> excerpt("a\nb" + "c" * 100)[:8], len(excerpt("c" * 200))
    ('a bccccc', 81)
    """
    line = " ".join(text[: 2 * LONGEST].split())
    seen = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in line)
    return f"{seen[:LONGEST]}\N{HORIZONTAL ELLIPSIS}" if len(seen) > LONGEST else seen


def tagged(tag: str) -> str:
    """Write a tag as messages show it.

    >>> tagged("task")
    '<task>'
    """
    return f"<{excerpt(tag)}>"
