"""A small font of strokes, for where letters cannot be had otherwise.

It writes what Graphviz cannot turn (the names of pools, in the plain .dot) and whole pictures on
machines without any font. Latin letters with their accents; what else there is becomes a box.
Each letter takes the width the wrapping reckoned with.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from bpmn_xml.layout.text import text_width
from bpmn_xml.render.composing.icons.parts import Draw, Ink, Part
from bpmn_xml.render.composing.scene import LINE_HEIGHT, Caption
from bpmn_xml.render.geometry import Point

Strokes = tuple[tuple["Point", ...], ...]

_GLYPHS: Final[Mapping[str, str]] = {
    "A": "0,0 3,7 6,0;1.1,2.5 4.9,2.5",
    "B": "0,0 0,7 4,7 5.6,6.2 5.6,4.6 4.2,3.7 0,3.7;4.2,3.7 6,2.8 6,1 4.4,0 0,0",
    "C": "6,5.6 4.6,7 1.6,7 0,5.2 0,1.8 1.6,0 4.6,0 6,1.4",
    "D": "0,0 0,7 3.6,7 6,5 6,2 3.6,0 0,0",
    "E": "6,7 0,7 0,0 6,0;0,3.7 5,3.7",
    "F": "6,7 0,7 0,0;0,3.7 5,3.7",
    "G": "6,5.6 4.6,7 1.6,7 0,5.2 0,1.8 1.6,0 4.6,0 6,1.4 6,3.3 3.5,3.3",
    "H": "0,0 0,7;6,0 6,7;0,3.7 6,3.7",
    "I": "3,0 3,7;1,0 5,0;1,7 5,7",
    "J": "5,7 5,1.6 3.8,0 1.6,0 0.4,1.6",
    "K": "0,0 0,7;6,7 0,2.6;2,4.2 6,0",
    "L": "0,7 0,0 6,0",
    "M": "0,0 0,7 3,1 6,7 6,0",
    "N": "0,0 0,7 6,0 6,7",
    "O": "1.6,0 0,1.8 0,5.2 1.6,7 4.4,7 6,5.2 6,1.8 4.4,0 1.6,0",
    "P": "0,0 0,7 4.4,7 6,6 6,4.2 4.4,3.2 0,3.2",
    "Q": "1.6,0 0,1.8 0,5.2 1.6,7 4.4,7 6,5.2 6,1.8 4.4,0 1.6,0;3.8,2 6.2,-0.4",
    "R": "0,0 0,7 4.4,7 6,6 6,4.2 4.4,3.2 0,3.2;3.4,3.2 6,0",
    "S": "5.8,5.7 4.4,7 1.6,7 0.2,5.8 0.2,4.6 1.6,3.8 4.4,3.2 5.9,2.3 5.9,1.2 4.4,0 1.5,0 0,1.4",
    "T": "0,7 6,7;3,7 3,0",
    "U": "0,7 0,1.8 1.6,0 4.4,0 6,1.8 6,7",
    "V": "0,7 3,0 6,7",
    "W": "0,7 1.5,0 3,6 4.5,0 6,7",
    "X": "0,0 6,7;0,7 6,0",
    "Y": "0,7 3,3.4 6,7;3,3.4 3,0",
    "Z": "0,7 6,7 0,0 6,0",
    "a": "0.6,4.3 1.8,5 4.2,5 5.6,4 5.6,0;5.6,3 1.6,2.8 0.2,1.9 0.2,0.8 1.4,0 3.6,0 5.6,1.4",
    "b": "0,0 0,7;0,3.8 1.6,5 4.2,5 6,3.6 6,1.4 4.2,0 1.6,0 0,1.2",
    "c": "6,4 4.4,5 1.8,5 0,3.6 0,1.4 1.8,0 4.4,0 6,1",
    "d": "6,0 6,7;6,3.8 4.4,5 1.8,5 0,3.6 0,1.4 1.8,0 4.4,0 6,1.2",
    "e": "0.1,2.6 6,2.6 5.8,3.8 4.4,5 1.8,5 0,3.6 0,1.4 1.8,0 4.4,0 5.8,0.9",
    "f": "6,6.9 4.4,7 3,6 3,0;0.6,5 5.6,5",
    "g": "6,5 6,-0.6 4.6,-2 1.8,-2 0.4,-1.2;6,3.8 4.4,5 1.8,5 0,3.6 0,1.4 1.8,0 4.4,0 6,1.2",
    "h": "0,0 0,7;0,3.6 1.8,5 4.4,5 6,3.8 6,0",
    "i": "3,0 3,5;3,6.6 3,7",
    "j": "4,5 4,-1 2.6,-2 1.2,-1.8;4,6.6 4,7",
    "k": "0,0 0,7;5.6,5 0,1.8;2.2,3 6,0",
    "l": "3,0 3,7",
    "m": "0,0 0,5;0,4 1.2,5 2.2,5 3,4.2 3,0;3,4.2 4.2,5 5.2,5 6,4.2 6,0",
    "n": "0,0 0,5;0,3.6 1.8,5 4.4,5 6,3.8 6,0",
    "o": "1.8,0 0,1.4 0,3.6 1.8,5 4.2,5 6,3.6 6,1.4 4.2,0 1.8,0",
    "p": "0,-2 0,5;0,3.8 1.6,5 4.2,5 6,3.6 6,1.4 4.2,0 1.6,0 0,1.2",
    "q": "6,-2 6,5;6,3.8 4.4,5 1.8,5 0,3.6 0,1.4 1.8,0 4.4,0 6,1.2",
    "r": "0.6,0 0.6,5;0.6,3 2.4,4.8 4,5 6,4.9",
    "s": "5.6,4.2 4.2,5 1.6,5 0.4,4.2 0.6,3 5.4,2.1 5.8,0.9 4.2,0 1.6,0 0.1,0.9",
    "t": "2.4,6.6 2.4,1.2 3.6,0 5.6,0.2;0.4,5 5.4,5",
    "u": "0,5 0,1.2 1.6,0 4.2,0 6,1.4;6,5 6,0",
    "v": "0,5 3,0 6,5",
    "w": "0,5 1.5,0 3,4.4 4.5,0 6,5",
    "x": "0,0 6,5;0,5 6,0",
    "y": "0,5 3,0.2;6,5 2.4,-1.4 0.6,-2",
    "z": "0,5 6,5 0,0 6,0",
    "0": "1.8,0 0.2,1.8 0.2,5.2 1.8,7 4.2,7 5.8,5.2 5.8,1.8 4.2,0 1.8,0",
    "1": "1,5.4 3.4,7 3.4,0",
    "2": "0.3,5.4 1.6,7 4.4,7 5.8,5.6 5.6,4 0,0 6,0",
    "3": "0.3,6 1.8,7 4.4,7 5.7,5.8 5.4,4.3 4,3.7 2.2,3.7;4,3.7 6,2.6 6,1.2 4.4,0 1.6,0 0,1.2",
    "4": "4.6,0 4.6,7 0,2 6,2",
    "5": "5.6,7 1,7 0.5,3.6 2,4.4 4.4,4.4 6,3 6,1.4 4.4,0 1.6,0 0,1.1",
    "6": "5.5,6.2 4.2,7 2,7 0.3,4.8 0.2,1.8 1.8,0 4.2,0 5.9,1.4 5.9,2.8 4.2,4.2 2,4.2 0.3,2.8",
    "7": "0,7 6,7 2.2,0",
    "8": "1.8,3.8 0.4,4.8 0.4,6 1.8,7 4.2,7 5.6,6 5.6,4.8 4.2,3.8 1.8,3.8;"
    "1.8,3.8 0,2.6 0,1.2 1.6,0 4.4,0 6,1.2 6,2.6 4.2,3.8",
    "9": "0.5,0.8 1.8,0 4,0 5.7,2.2 5.8,5.2 4.2,7 1.8,7 0.1,5.6 0.1,4.2 1.8,2.8 4,2.8 5.7,4.2",
    ".": "3,0 3,0.4",
    ",": "3.4,0.4 2.6,-1.2",
    ":": "3,0 3,0.4;3,4.2 3,4.6",
    ";": "3.4,0.4 2.6,-1.2;3,4.2 3,4.6",
    "!": "3,7 3,2.2;3,0 3,0.4",
    "?": "0.6,5.6 1.8,7 4.2,7 5.4,5.8 5.2,4.4 3,3.2 3,2;3,0 3,0.4",
    "-": "0.6,2.6 5.4,2.6",
    "_": "0,-1.4 6,-1.4",
    "+": "3,0.6 3,5.4;0.4,3 5.6,3",
    "=": "0.4,2.2 5.6,2.2;0.4,4 5.6,4",
    "*": "3,4.2 3,7;1,4.9 5,6.3;5,4.9 1,6.3",
    "/": "0,-0.4 6,7.2",
    "\\": "0,7.2 6,-0.4",
    "|": "3,-2 3,7.4",
    "(": "4.4,7.4 2,5 1.6,2.6 2,0.4 4.4,-2",
    ")": "1.6,7.4 4,5 4.4,2.6 4,0.4 1.6,-2",
    "[": "5,7.2 2,7.2 2,-1.8 5,-1.8",
    "]": "1,7.2 4,7.2 4,-1.8 1,-1.8",
    "{": "5,7.2 3.4,6.6 3.4,3.6 1.6,2.7 3.4,1.8 3.4,-1.2 5,-1.8",
    "}": "1,7.2 2.6,6.6 2.6,3.6 4.4,2.7 2.6,1.8 2.6,-1.2 1,-1.8",
    "<": "5.4,5.2 0.6,3 5.4,0.8",
    ">": "0.6,5.2 5.4,3 0.6,0.8",
    "^": "1,4.6 3,7 5,4.6",
    "~": "0.4,2.6 1.8,3.6 4.2,2.4 5.6,3.4",
    "'": "3,7 3,5",
    '"': "1.6,7 1.6,5;4.4,7 4.4,5",
    "`": "2,7 4,5.6",
    "#": "1.6,0 2.4,7;3.8,0 4.6,7;0.2,2.2 5.8,2.2;0.4,4.8 6,4.8",
    "$": "5.8,5.4 4.4,6.4 1.6,6.4 0.2,5.2 1.6,3.8 4.4,3.2 5.9,1.8 4.4,0.6 1.5,0.6 0,1.6;3,-1 3,8",
    "%": "0,0 6,7;1.2,4.6 0.2,5.4 0.2,6.4 1.2,7 2.2,6.4 2.2,5.4 1.2,4.6;"
    "4.8,0 3.8,0.8 3.8,1.8 4.8,2.6 5.8,1.8 5.8,0.8 4.8,0",
    "&": "6,0 1,5.4 1.6,7 3.6,7 4,5.4 0.4,2.4 0.4,1 1.8,0 3.8,0 6,2.6",
    "@": "4.4,2 2.6,1.6 1.8,3 2.8,4.6 4.4,4.6 4.2,2.2 5.4,2 6,3.4 5.2,6 3.2,7 1,6.2 0,3.6 0.8,0.8"
    " 3,-0.6 5,-0.2",
    "…": "1,0 1,0.4;3,0 3,0.4;5,0 5,0.4",
    "ß": "0,-1 0,5.4 1.4,7 3.6,7 4.8,5.8 4.4,4.4 3,3.8 5.2,2.6 5.6,1.2 4.2,0 2.4,0.2",
    "ø": "1.8,0 0,1.4 0,3.6 1.8,5 4.2,5 6,3.6 6,1.4 4.2,0 1.8,0;0,-0.4 6,5.4",
    "Ø": "1.6,0 0,1.8 0,5.2 1.6,7 4.4,7 6,5.2 6,1.8 4.4,0 1.6,0;0,-0.4 6,7.4",
    "ł": "3,0 3,7;1.4,2.6 4.6,4.4",
    "Ł": "0,7 0,0 6,0;-1,2.6 2.4,4.6",
    "\u2013": "0,2.6 6,2.6",
    "\u2019": "3.4,7 2.8,5.4",
    "\u0300": "2,7 3.6,5.8",
    "\u0301": "4,7 2.4,5.8",
    "\u0302": "1.4,5.9 3,7 4.6,5.9",
    "\u0303": "1,6 2.2,6.8 3.8,6 5,6.8",
    "\u0304": "1.2,6.4 4.8,6.4",
    "\u0306": "1.4,6.9 3,6 4.6,6.9",
    "\u0307": "3,6.4 3,6.7",
    "\u0308": "1.6,6.4 1.6,6.7;4.4,6.4 4.4,6.7",
    "\u030a": "3,5.8 2.2,6.4 3,7.1 3.8,6.4 3,5.8",
    "\u030b": "3,7 2,5.8;5,7 4,5.8",
    "\u030c": "1.4,7 3,5.9 4.6,7",
    "\u0327": "3,0 3.6,-1 2.2,-1.6",
    "\u0328": "5.6,0 4.6,-1 5.6,-1.6",
}
"""Strokes of a letter: x from 0 to 6 between its sides, y up: capitals 7 high, small letters 5."""

_BOX: Final = "0.4,0 0.4,7 5.6,7 5.6,0 0.4,0"
_SIDE: Final = 0.12
"""The share of a letter's width that stays empty at either side."""

_UNIT: Final = 0.72 / 7
"""One step up, in font sizes."""

_RAISED: Final = 2.2
"""How much higher an accent stands on a capital."""


@cache
def _strokes(character: str) -> Strokes:
    """Read the strokes of a character, accents apart; a box for what is unknown."""
    decomposed = unicodedata.normalize("NFD", character)
    base, marks = decomposed[0], decomposed[1:]
    if base.isspace():
        return ()
    lift = _RAISED if base.isupper() else 0.0
    found = [*_read(_GLYPHS.get(character) or _GLYPHS.get(base, _BOX))]
    if character not in _GLYPHS:
        for mark in marks:
            rise = 0.0 if unicodedata.combining(mark) < 230 else lift
            found += [tuple((x, y + rise) for x, y in s) for s in _read(_GLYPHS.get(mark, ""))]
    return tuple(found)


def _read(strokes: str) -> Iterator[tuple[Point, ...]]:
    for stroke in filter(None, strokes.split(";")):
        pairs = (pair.split(",") for pair in stroke.split())
        yield tuple((float(x), float(y)) for x, y in pairs)


def _line(words: str, size: float) -> Iterator[tuple[Point, ...]]:
    """Write one line from (0, 0) along its baseline, y up."""
    x = 0.0
    for character in words:
        width = text_width(character, size)
        step = width * (1 - 2 * _SIDE) / 6
        for stroke in _strokes(character) if width else ():
            yield tuple((x + width * _SIDE + a * step, b * _UNIT * size) for a, b in stroke)
        x += width


def written(text: Caption) -> tuple[Part, ...]:
    """Write a text as strokes where it stands on the picture."""
    parts: list[Part] = []
    width = max(0.75, text.size / 11)
    for number, words in enumerate(text.lines):
        drop = (number - (len(text.lines) - 1) / 2) * text.size * LINE_HEIGHT + text.size * 0.36
        start = -text_width(words, text.size) / 2 if text.centred else 0.0
        for stroke in _line(words, text.size):
            points = tuple(_put(text, (x + start, drop - y)) for x, y in stroke)
            parts.append(Part(Draw.LINE, points, Ink.LINE, width))
    return tuple(parts)


def _put(text: Caption, offset: Point) -> Point:
    """Move a point of a text to the picture, a turned one by a quarter."""
    (x, y), (dx, dy) = text.at, offset
    return (x + dy, y - dx) if text.turned else (x + dx, y + dy)
