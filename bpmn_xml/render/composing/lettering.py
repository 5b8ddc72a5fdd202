"""Names as they are drawn: cleaned, wrapped to their room, made smaller before they are cut.

A name is data of unknown origin. After `clean` it has no control characters, no characters that
turn the direction of the text around it, and nothing that XML or Graphviz would refuse.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from bpmn_xml.layout.text import text_width, wrap
from bpmn_xml.render.composing.scene import LINE_HEIGHT, Caption
from bpmn_xml.render.geometry import Box, Point

INSIDE, OUTSIDE = 12.0, 11.0
"""Font sizes of text within and beside its element, in px."""

EXTERNAL: Final = 90.0
"""Width of the room of a name beside its element when the file says nothing, in px."""

SIZES: Final = (12.0, 11.0, 10.0, 9.0, 8.0)
LONGEST = 4_000
"""How many characters of a name are drawn at most."""

NOTE, _MOST = 10.0, 60
"""Font size, in px, of notes that are larger than their room, and how many lines they may have."""

_WIDEST: Final = 150.0
"""How wide the room of a name beside its element may become for a long word, in px."""

SPARE: Final = 0.92
"""How much of the room of a name is filled: some machines' letters are wider than ours."""

_WIDER: Final = 1.15
"""How much wider than ours the letters of some machines are."""

_SPACES = dict.fromkeys((0x09, 0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n") | {0x09: " "}
_DROPPED = dict.fromkeys(
    (
        *(code for code in range(0x20) if code not in {0x09, 0x0A, 0x0B, 0x0C}),
        *(code for code in range(0x7F, 0xA0) if code != 0x85),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0xD800, 0xE000),
        *range(0xFFF9, 0xFFFC),
        0xFEFF,
        0xFFFE,
        0xFFFF,
    )
)
_ACCENTS: Final = frozenset({"Mn", "Me"})
_MOST_ACCENTS: Final = 4
"""So many accents a letter has in the writings of the world, and seldom."""

_CLEANED = {**_DROPPED, **_SPACES}


def clean(name: str | None) -> str:
    r"""Take out of a name what is not text.

    >>> clean("  Pay\x00ment\u202e\r\nnow ")
    'Payment\nnow'
    >>> len(clean("o" + 300 * "\u0301"))
    5
    """
    text = name or ""
    if not (text.isascii() and text.isprintable()):
        text = _unpiled(text.translate(_CLEANED))
    return text.strip()


def _unpiled(text: str) -> str:
    """Drop accents that pile up on one letter: they would run through the whole picture."""
    if text.isascii():
        return text
    kept, piled = list[str](), 0
    for character in text:
        piled = piled + 1 if unicodedata.category(character) in _ACCENTS else 0
        if piled <= _MOST_ACCENTS:
            kept.append(character)
    return "".join(kept)


def one_line(text: str, longest: int = 200) -> str:
    r"""Put a text on one line; a sign says that a long one was cut.

    >>> one_line("one\ntwo", 5)
    'one …'
    """
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def lines_of(name: str, width: float, size: float, most: int | None = None) -> tuple[str, ...]:
    """Wrap a name into at most so many lines; an … tells that there would be more."""
    shown = name if len(name) <= LONGEST else name[:LONGEST] + "…"
    return tuple(wrap(shown, width, size, most))


def widest(lines: Sequence[str], size: float) -> float:
    """Tell how wide the widest line is, in px."""
    return max((text_width(line, size) for line in lines), default=0.0)


def block(lines: tuple[str, ...], at: Point, size: float, *, outside: bool = False) -> Caption:
    """Set lines around a middle."""
    width, height = widest(lines, size), len(lines) * size * LINE_HEIGHT
    box = Box(at[0] - width / 2, at[1] - height / 2, width, height)
    return Caption(lines=lines, at=at, size=size, outside=outside, box=box)


def below(name: str, middle: float, top: float, width: float, *, growing: bool = True) -> Caption:
    """Set a name beside its element: centred on a middle, from a top downwards.

    Its room may grow a little where a word would have to be cut.
    """
    room = max(width, min(_longest(name) * OUTSIDE, _WIDEST)) if growing else width
    lines = _evened(lines_of(name, room, OUTSIDE, 10), name, room)
    height = len(lines) * OUTSIDE * LINE_HEIGHT
    text = block(lines, (middle, top + height / 2), OUTSIDE, outside=True)
    return msgspec.structs.replace(text, name=name)


def _evened(lines: tuple[str, ...], name: str, room: float) -> tuple[str, ...]:
    """Wrap a name anew where its last line would be much shorter than the others."""
    widths = [text_width(line, OUTSIDE) for line in lines]
    if len(lines) < 2 or widths[-1] > max(widths) * _SHORT:
        return lines
    narrow = max(sum(widths) / len(lines), _longest(name) * OUTSIDE)
    tries = (lines_of(name, narrow + (room - narrow) * step, OUTSIDE, 10) for step in _STEPS)
    return next((other for other in tries if len(other) <= len(lines)), lines)


_SHORT, _STEPS = 0.35, (0.1, 0.3, 0.5, 0.7)


def aside(text: Caption, dx: float, dy: float) -> Caption:
    """Move a text."""
    box = text.box._replace(x=text.box.x + dx, y=text.box.y + dy)
    return msgspec.structs.replace(text, at=(text.at[0] + dx, text.at[1] + dy), box=box)


def ranged_left(name: str, room: Box) -> Caption:
    """Set a note: from the left side of its room, smaller when it does not fit.

    What still does not fit goes on below its room: a note is there to be read.
    """
    wide = room.width * SPARE
    size, lines = _largest(name, wide, room.height)
    if size == SIZES[-1]:
        size, lines = NOTE, lines_of(name, wide, NOTE, _MOST)
    height = len(lines) * size * LINE_HEIGHT
    top = room.y if height > room.height else room.centre[1] - height / 2
    box = Box(room.x, top, widest(lines, size), height)
    at = (room.x, top + height / 2)
    return Caption(lines=lines, at=at, size=size, centred=False, box=box)


def turned(name: str, room: Box) -> Caption:
    """Set a name that reads upwards, in the middle of a narrow upright room."""
    size, lines = _largest(name, room.height * SPARE, room.width)
    across, along = len(lines) * size * LINE_HEIGHT, widest(lines, size)
    cx, cy = room.centre
    box = Box(cx - across / 2, cy - along / 2, across, along)
    return Caption(lines=lines, at=(cx, cy), size=size, turned=True, box=box)


def _largest(name: str, width: float, height: float) -> tuple[float, tuple[str, ...]]:
    """Find the largest size in which a name fits; the smallest one, cut, when none does."""
    for size in _sizes(name, width):
        lines = lines_of(name, width, size)
        if len(lines) * size * LINE_HEIGHT <= height + 1:
            return size, lines
    size = SIZES[-1]
    return size, lines_of(name, width, size, _room_for(height, size))


def _sizes(name: str, width: float) -> Iterator[float]:
    """Go through the sizes: first those that cut no word and are easy to read, then all."""
    longest = _longest(name)
    yield from (size for size in SIZES[:3] if longest * size <= width)
    yield from SIZES


def _longest(name: str) -> float:
    """Measure the longest word of a name, in font sizes."""
    return max((text_width(word, 1) for word in name[:LONGEST].split()), default=0)


def _room_for(height: float, size: float) -> int:
    return max(1, int(height / (size * LINE_HEIGHT)))


def within(name: str, room: Box, *, taken: Box | None = None, foot: float = 0) -> Caption:
    """Set a name in the middle of a box, around the icon in its corner and the markers at its foot.

    `taken` is the icon's place; `foot` is how high the markers stand.
    """
    wide = room.width * SPARE
    for size in _sizes(name, wide):
        lines = lines_of(name, wide, size)
        text = _settled(lines, room, size, taken=taken, foot=foot)
        if text is not None:
            return text
    size, free = SIZES[-1], room.height - foot
    lines = lines_of(name, wide, size, _room_for(free, size))
    return block(lines, (room.centre[0], room.y + free / 2), size)


def _settled(
    lines: tuple[str, ...], room: Box, size: float, *, taken: Box | None, foot: float
) -> Caption | None:
    """Move a block of lines down from an icon or up from the markers; nothing if it cannot fit."""
    height = len(lines) * size * LINE_HEIGHT
    lowest = room.bottom - foot - height
    top = min(room.centre[1] - height / 2, lowest)
    if taken and top < taken.bottom and _collides(lines, room, size, taken, top):
        top = taken.bottom
    if top > lowest + 0.5 or top < room.y - 0.5:
        return None
    return block(lines, (room.centre[0], top + height / 2), size)


def _collides(lines: tuple[str, ...], room: Box, size: float, taken: Box, top: float) -> bool:
    """Tell whether one of the lines beside an icon would run under it."""
    beside = int((taken.bottom - top) / (size * LINE_HEIGHT)) + 1
    left = room.centre[0] - widest(lines[:beside], size) * _WIDER / 2
    return left < taken.right - 0.5
