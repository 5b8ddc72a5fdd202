"""SVG to PNG by resvg: sharp on fine screens, never larger than a screen of screens can show."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import islice
from math import sqrt
from typing import Final

from bpmn_xml.errors import InternalError, UsageError
from bpmn_xml.layout.text import text_width
from bpmn_xml.render.geometry import Box
from bpmn_xml.render.output.offload import LONG, in_worker

ZOOM: Final = 2.0
"""Pixels per px of a small drawing; of larger ones down to 1."""

FINE: Final = 6_000_000
"""So many pixels may be spent on being sharp."""

SIDE: Final = 16_000
"""The largest width and height, in pixels."""

AREA: Final = 16_000_000
"""The largest number of pixels: 64 MB while drawing."""

_FAMILIES: Final = (
    "Arial", "Helvetica", "Liberation Sans", "DejaVu Sans", "Noto Sans", "Roboto", "Open Sans",
    "Ubuntu", "Cantarell", "Segoe UI", "FreeSans", "Nimbus Sans", "Bitstream Vera Sans",
    "Droid Sans", "Noto Sans CJK SC", "Lato",
)  # fmt: skip


INK: Final = 1_500_000
"""The largest length of all lines together, in pixels: drawing them takes some seconds."""


def zoom(frame: Box, ink: float = 0.0) -> float:
    """Tell how many pixels one px of a drawing takes, so that its PNG stays below the caps.

    `ink` is the length of all its lines.
    """
    width, height = max(frame.width, 1.0), max(frame.height, 1.0)
    sharp = min(ZOOM, max(1.0, sqrt(FINE / (width * height))))
    drawn = INK / max(ink, 1.0)
    return min(sharp, SIDE / width, SIDE / height, sqrt(AREA / (width * height)), drawn)


def rasterize(svg: bytes, frame: Box, scale: float) -> bytes:
    """Draw an SVG as PNG, so many pixels for each px; a long one in a process of its own.

    Raises:
        UsageError: nothing here can draw PNG, or it takes too long.
        InternalError: resvg failed.
    """
    family = font()
    width, height = (max(1, round(side * scale)) for side in (frame.width, frame.height))
    if len(svg) < LONG:
        return rastered(svg, width, height, family)
    return in_worker("png", f"{width}", f"{height}", family or "", data=svg)


def rastered(svg: bytes, width: int, height: int, family: str | None) -> bytes:
    """Draw an SVG as PNG here."""
    try:
        import resvg_py
    except ImportError as error:
        remedy = "install resvg-py (pip install resvg-py), or draw SVG"
        raise UsageError("nothing here can draw PNG", remedy=remedy) from error
    try:
        image = resvg_py.svg_to_bytes(
            svg_string=svg.decode(),
            width=width,
            height=height,
            font_family=family,
            sans_serif_family=family,
        )
    except ValueError as error:
        raise InternalError(f"resvg did not draw: {error}") from error
    return bytes(image)


@cache
def font() -> str | None:
    """Find a sans-serif font of this machine that draws; nothing on a machine without any."""
    return next((family for family in _FAMILIES if _probe("M", family) != _probe("", family)), None)


def without_glyph(texts: Iterable[str]) -> bool:
    """Tell whether texts have letters that no font here has; one of each script is looked at."""
    family = font()
    if family is None:
        return False
    seen = {letter for text in texts if not text.isascii() for letter in text if letter > LATIN}
    letters = {ord(letter) >> 8: letter for letter in sorted(seen) if text_width(letter, 1)}
    return any(_is_boxed(letter, family) for letter in islice(letters.values(), SCRIPTS))


LATIN: Final = "\u024f"
"""The last of the letters that every font is taken to have."""

SCRIPTS: Final = 16
"""So many scripts are looked at; each takes some ms."""


@cache
def _is_boxed(letter: str, family: str) -> bool:
    """Tell whether a letter looks like a code that is none."""
    return _probe(letter, family) == _probe(_NO_LETTER, family)


_NO_LETTER: Final = "\U0010ffff"


def _probe(letter: str, family: str) -> bytes:
    """Draw one letter in a font, to see whether there is ink."""
    import resvg_py

    text = f'<text y="14" font-family="{family}">{letter}</text>'
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16">{text}</svg>'
    image = resvg_py.svg_to_bytes(svg_string=svg, font_family=family, sans_serif_family=family)
    return bytes(image)
