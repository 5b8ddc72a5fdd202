"""How wide text is and where it breaks, known without any font file.

The widths are Helvetica's (Arial's are the same), in thousandths of the font size. Layout and
drawing measure with this one table, so a name fits its place in every picture.

>>> text_width("Order", 12)
30.672
>>> wrap("Check the incoming order", 80, 12)
['Check the', 'incoming order']
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import ceil
from typing import Final

ELLIPSIS: Final = "…"

MOST_LINES: Final = 2_000
"""More lines no text is given in a drawing."""


_CHARACTERS_BY_WIDTH: Final[Mapping[int, str]] = {
    191: "'",
    222: "ijl",
    260: "|",
    278: " !,./:;I[\\]ft",
    333: "()-`r",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu",
    584: "+<=>~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: ELLIPSIS,
    1015: "@",
}
_WIDTHS: Final[Mapping[str, int]] = {
    character: width for width, group in _CHARACTERS_BY_WIDTH.items() for character in group
}
_OTHER: Final = 600
_FULL: Final = 1000
_MARKS_AND_CONTROLS: Final = frozenset({"Mn", "Me", "Cc", "Cf"})
_AFTER_THESE_A_WORD_MAY_BREAK: Final = frozenset("-/_.:,;")


@cache
def _character_width(character: str) -> int:
    """Measure one character in thousandths of the font size; accents weigh 0, CJK is square."""
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.category(character) in _MARKS_AND_CONTROLS:
        return 0
    if _is_wide(character):
        return _FULL
    return _WIDTHS.get(unicodedata.normalize("NFD", character)[0], _OTHER)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in {"W", "F"}


def text_width(text: str, size: float) -> float:
    """Measure one line of text in the unit of `size` (pixels)."""
    return sum(map(_character_width, text)) * size / 1000


def wrap(text: str, width: float, size: float, max_lines: int | None = None) -> list[str]:
    """Break text into lines of at most `width`; what exceeds `max_lines` becomes an ellipsis.

    There are never more than `MOST_LINES`.

    Line ends in the text stay. Words too wide are cut: after a hyphen and the like or before a
    capital, else into even pieces. A line holds one character at least. Empty text has no lines.

    >>> wrap("businessRuleTask", 90, 12), wrap("Donaudampfschifffahrt", 110, 12)
    (['businessRule', 'Task'], ['Donaudamp', 'fschifffahrt'])
    >>> wrap("one two three four", 50, 12, max_lines=2)
    ['one two', 'three…']
    """
    limit = max(width, 1) * 1000 / size
    lines: list[str] = []
    most = MOST_LINES if max_lines is None else max_lines
    for paragraph in text.strip().splitlines():
        for line in _fill(paragraph, limit):
            if len(lines) == most:
                return [*lines[:-1], _shorten(lines[-1], limit)]
            lines.append(line)
    return lines


def _fill(paragraph: str, limit: float) -> Iterator[str]:
    """Fill the lines of one paragraph greedily; an empty paragraph is an empty line."""
    line, used = "", 0
    for glue, piece in _pieces(paragraph, limit):
        weight = sum(map(_character_width, piece))
        gap = _character_width(glue) if glue and line else 0
        if line and used + gap + weight > limit:
            yield line
            line, used, gap = "", 0, 0
        line += (glue if gap else "") + piece
        used += gap + weight
    yield line


def _pieces(paragraph: str, limit: float) -> Iterator[tuple[str, str]]:
    """Split into what is never broken, each with the space that stands before it inside a line."""
    for word in paragraph.split():
        glue = " "
        for part in _between_wide(word):
            for piece in _cut(part, limit):
                yield glue, piece
                glue = ""


def _between_wide(word: str) -> Iterator[str]:
    """Part a word around each CJK character: a line may end there."""
    if word.isascii():
        yield word
        return
    part = ""
    for character in word:
        if part and (_is_wide(character) or _is_wide(part[0])) and _character_width(character):
            yield part
            part = ""
        part += character
    yield part


def _cut(word: str, limit: float) -> Iterator[str]:
    """Cut a word into pieces that fit."""
    widths = list(map(_character_width, word))
    start, rest = 0, sum(widths)
    while rest > limit:
        end = _end_of_piece(word, widths, start, limit, rest / ceil(rest / limit))
        if end == len(word):
            break
        yield word[start:end]
        rest -= sum(widths[start:end])
        start = end
    yield word[start:]


def _end_of_piece(word: str, widths: Sequence[int], start: int, limit: float, share: float) -> int:
    """Find where a piece of a word ends: at the last joint that fits, else after an even share."""
    used = joint = even = 0
    for position in range(start, len(word)):
        if position > start and widths[position]:
            if used + widths[position] > limit:
                return joint or even or position
            even = even or (position if used >= share else 0)
            joint = position if _is_joint(word[position - 1], word[position]) else joint
        used += widths[position]
    return len(word)


def _is_joint(before: str, after: str) -> bool:
    """Tell whether a word may well be parted between two of its characters."""
    return before in _AFTER_THESE_A_WORD_MAY_BREAK or (before.islower() and after.isupper())


def _shorten(line: str, limit: float) -> str:
    """End the line with an ellipsis, still no wider than the limit."""
    room = limit - _character_width(ELLIPSIS)
    while line and sum(map(_character_width, line)) > room:
        line = line[:-1]
    return line.rstrip() + ELLIPSIS
