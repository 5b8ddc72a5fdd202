"""Primitives as xdot, Graphviz' own language of drawing operations (y up)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bpmn_xml.render.composing.icons.parts import Draw, Ink, Part
from bpmn_xml.render.geometry import Point
from bpmn_xml.render.output.paths import number
from bpmn_xml.render.theme import Paint

_KAPPA = 0.5523
"""How far the control points of a quarter circle reach, in radii."""


def operations(drawn: Iterable[tuple[Part, Paint]], shade: str) -> Iterator[str]:
    """Write parts in their order; pens are named only where they change.

    >>> from bpmn_xml.render.composing.icons.parts import line
    >>> from bpmn_xml.render.theme import Paint
    >>> black = Paint("#000000", "#ffffff", "#000000")
    >>> for words in operations([(line((0, 0), (5, 5)), black), (line((1, 0), (5, 4)), black)], ""):
    ...     print(words)
    S 17 -setlinewidth(1.2) S 5 -solid c 7 -#000000 L 2 0 0 5 -5
    L 2 1 0 5 -4
    """
    held: tuple[str, ...] = ("", "", "", "")
    for part, paint in drawn:
        pens = _pens(part, paint, shade)
        changed = [new for new, old in zip(pens, held, strict=True) if new and new != old]
        held = tuple(new or old for new, old in zip(pens, held, strict=True))
        yield " ".join([*changed, _shape(part, filled=bool(pens[3]))])


def _pens(part: Part, paint: Paint, shade: str) -> tuple[str, str, str, str]:
    """Name the width, the style and the colours a part is drawn with; the fill may be empty."""
    colour = paint.fill if part.ink in {Ink.KNOCK, Ink.HOLE, Ink.RIM} else paint.line
    fills = {
        Ink.PAPER: paint.fill,
        Ink.SOLID: paint.line,
        Ink.RIM: paint.line,
        Ink.SHADE: shade,
        Ink.HOLE: paint.fill,
    }
    fill = "" if part.draw in {Draw.LINE, Draw.CURVE} else fills.get(part.ink, "")
    return (
        f"S {_string(f'setlinewidth({number(part.width)})')}",
        f"S {_string(_STYLES.get(part.dash, 'dashed'))}",
        f"c {_string(colour)}",
        f"C {_string(fill)}" if fill else "",
    )


def _rounded(part: Part) -> tuple[Point, ...]:
    """Turn a rectangle with round corners into a closed Bezier curve."""
    (x, y), (width, height), (r, _) = part.points
    right, bottom, k = x + width, y + height, r * (1 - _KAPPA)
    return (
        (x + r, y), (x + r, y), (right - r, y), (right - r, y),
        (right - k, y), (right, y + k), (right, y + r),
        (right, y + r), (right, bottom - r), (right, bottom - r),
        (right, bottom - k), (right - k, bottom), (right - r, bottom),
        (right - r, bottom), (x + r, bottom), (x + r, bottom),
        (x + k, bottom), (x, bottom - k), (x, bottom - r),
        (x, bottom - r), (x, y + r), (x, y + r),
        (x, y + k), (x + k, y), (x + r, y),
    )  # fmt: skip


def _box(part: Part) -> tuple[Point, ...]:
    (x, y), (width, height), _ = part.points
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


_OPERATIONS: Final[Mapping[tuple[Draw, bool], str]] = {
    (Draw.POLYGON, True): "P",
    (Draw.POLYGON, False): "p",
    (Draw.BLOB, True): "b",
    (Draw.BLOB, False): "B",
    (Draw.LINE, False): "L",
    (Draw.CURVE, False): "B",
}
_STYLES: Final[Mapping[str, str]] = {"": "solid", "0.1,5": "dotted"}


def _string(text: str) -> str:
    return f"{len(text.encode())} -{text}"


def _shape(part: Part, *, filled: bool) -> str:
    draw, points = part.draw, part.points
    if draw is Draw.OVAL:
        (cx, cy), (rx, ry) = points
        letter = "E" if filled else "e"
        return f"{letter} {number(cx)} {number(-cy)} {number(rx)} {number(ry)}"
    if draw is Draw.RECT:
        round_ = bool(points[2][0])
        draw = Draw.BLOB if round_ else Draw.POLYGON
        points = _rounded(part) if round_ else _box(part)
    letter = _OPERATIONS[draw, filled]
    flat = " ".join(f"{number(x)} {number(-y)}" for x, y in points)
    return f"{letter} {len(points)} {flat}"
