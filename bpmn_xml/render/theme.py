"""Colours: two themes, and what a run's state or the file's own colours make of them.

Text stands out 4.5:1 from what lies under it, lines 3:1, in both themes (a test says so).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import msgspec

from bpmn_xml.errors import UsageError
from bpmn_xml.render.overlay import Edit, Found, Heat, Progress, State


class Paint(msgspec.Struct, frozen=True):
    """The colours of one element: its lines, its inside, its text, its icons (as its lines)."""

    line: str
    fill: str
    text: str
    icon: str = ""


class Theme(msgspec.Struct, frozen=True, kw_only=True):
    """All colours of a picture, as #rrggbb."""

    name: str
    canvas: str
    plain: Paint
    shade: str  # the soft grey of table heads and of messages that do not initiate
    badge: str  # a count's and a duration's ground
    states: Mapping[State, Paint]
    visible: float = 1.6  # the least contrast of lines in colours of a file
    lifted: int = 0  # by how many tenths these may be mixed with white to reach it


LIKE: Final[Mapping[State, State]] = {
    Edit.ADDED: Progress.DONE,
    Edit.REMOVED: Progress.FAILED,
    Edit.CHANGED: Progress.WAITING,
    Edit.MOVED: Progress.ACTIVE,
    Edit.SAME: Progress.UNTOUCHED,
    Found.ERROR: Progress.FAILED,
    Found.WARNING: Progress.WAITING,
    Found.NOTE: Progress.ACTIVE,
    Found.CLEAN: Progress.UNTOUCHED,
}
"""What looks like the state of a run."""


def _paints(
    text: str, quiet: str, colours: Mapping[State, tuple[str, str]]
) -> Mapping[State, Paint]:
    """The paint of each state, of lines and ground; what nothing was done with has quiet text."""
    paints = {
        state: Paint(line, fill, quiet if state is Progress.UNTOUCHED else text)
        for state, (line, fill) in colours.items()
    }
    return paints | {state: paints[like] for state, like in LIKE.items()}


LIGHT: Final = Theme(
    name="light",
    canvas="#ffffff",
    plain=Paint("#22242a", "#ffffff", "#22242a"),
    shade="#cfd3d9",
    badge="#4a4f57",
    states=_paints(
        "#22242a",
        "#666b73",
        {
            Progress.DONE: ("#2e7d32", "#e9f5ea"),
            Progress.ACTIVE: ("#1565c0", "#e3f0fd"),
            Progress.WAITING: ("#9a5b00", "#fff3d6"),
            Progress.FAILED: ("#c62828", "#fdeaec"),
            Progress.INTERRUPTED: ("#565b63", "#eceef1"),
            Progress.UNTOUCHED: ("#8b9098", "#ffffff"),
            Heat.NONE: ("#22242a", "#ffffff"),
            Heat.COLD: ("#7a5c1e", "#fff8e6"),
            Heat.COOL: ("#7d4a12", "#ffe3b0"),
            Heat.WARM: ("#7d350f", "#ffc582"),
            Heat.HOT: ("#7a220f", "#ff9d6b"),
            Heat.HOTTEST: ("#701010", "#f5704f"),
        },
    ),
)

DARK: Final = Theme(
    name="dark",
    visible=3.0,
    lifted=6,
    canvas="#14171b",
    plain=Paint("#d7dce2", "#1e2228", "#e8eaed"),
    shade="#4b525c",
    badge="#c3c9d1",
    states=_paints(
        "#e8eaed",
        "#a2a8b0",
        {
            Progress.DONE: ("#81c784", "#18301b"),
            Progress.ACTIVE: ("#64b5f6", "#12293f"),
            Progress.WAITING: ("#ffc46b", "#38290f"),
            Progress.FAILED: ("#f2a0a0", "#3d191b"),
            Progress.INTERRUPTED: ("#b4bac3", "#2b3038"),
            Progress.UNTOUCHED: ("#737a84", "#1e2228"),
            Heat.NONE: ("#d7dce2", "#1e2228"),
            Heat.COLD: ("#d9c08a", "#2a2418"),
            Heat.COOL: ("#e8b878", "#453018"),
            Heat.WARM: ("#f0b07a", "#66391a"),
            Heat.HOT: ("#f7b28e", "#8a3d1d"),
            Heat.HOTTEST: ("#ffb8a0", "#ad3a22"),
        },
    ),
)

THEMES: Final[Mapping[str, Theme]] = {theme.name: theme for theme in (LIGHT, DARK)}


AUTO: Final = "auto"
"""Light, and dark on a screen that is set so."""


def themes_called(name: str) -> tuple[Theme, ...]:
    """Find a theme by its name; `auto` is both.

    >>> [theme.canvas for theme in themes_called("dark")]
    ['#14171b']
    """
    if name == AUTO:
        return (LIGHT, DARK)
    if name not in THEMES:
        known = ", ".join((*THEMES, AUTO))
        raise UsageError(f"unknown theme {name!r}", remedy=f"use one of {known}")
    return (THEMES[name],)


_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})", re.ASCII)
_RGB = re.compile(r"rgb\( *(\d{1,3}) *, *(\d{1,3}) *, *(\d{1,3}) *\)", re.ASCII)
_NAMED: Final[Mapping[str, str]] = {
    "black": "#000000", "white": "#ffffff", "red": "#ff0000", "green": "#008000",
    "blue": "#0000ff", "yellow": "#ffff00", "orange": "#ffa500", "purple": "#800080",
    "gray": "#808080", "grey": "#808080", "silver": "#c0c0c0", "maroon": "#800000",
    "olive": "#808000", "lime": "#00ff00", "aqua": "#00ffff", "cyan": "#00ffff",
    "teal": "#008080", "navy": "#000080", "fuchsia": "#ff00ff", "magenta": "#ff00ff",
    "pink": "#ffc0cb", "brown": "#a52a2a", "lightblue": "#add8e6", "lightgreen": "#90ee90",
    "lightgray": "#d3d3d3", "lightgrey": "#d3d3d3", "darkgray": "#a9a9a9", "darkgrey": "#a9a9a9",
}  # fmt: skip


def colour(text: str) -> str | None:
    """Read a colour that a file gives: as #rrggbb, or nothing when it is none.

    >>> colour("#FFF"), colour("rgb(30, 136, 229)"), colour("red;url(x)")
    ('#ffffff', '#1e88e5', None)
    """
    plain = text.strip().lower()
    if _HEX.fullmatch(plain):
        return plain[:7] if len(plain) > 4 else "#" + "".join(c + c for c in plain[1:])
    if match := _RGB.fullmatch(plain):
        return "#" + "".join(f"{min(255, int(part)):02x}" for part in match.groups())
    return _NAMED.get(plain)


@lru_cache(maxsize=256)
def _luminance(rgb: str) -> float:
    channels = (int(rgb[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Compute the contrast of two colours as WCAG 2 defines it: 1 to 21.

    >>> round(contrast("#000000", "#ffffff"))
    21
    """
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(wanted: str, ground: str) -> str:
    """Take the wanted text colour, a little darker or lighter if it must be; else black or white.

    >>> readable("#831311", "#ffcdd2"), readable("#e53935", "#ffffff")
    ('#831311', '#ce3330')
    """
    end = max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, ground))
    shades = (_mixed(wanted, end, tenths / 10) for tenths in range(4))
    return next((ink for ink in shades if contrast(ink, ground) >= 4.5), end)


def _mixed(one: str, other: str, share: float) -> str:
    """Mix two colours; the other one has a share from 0 to 1."""
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()


def coloured(theme: Theme, *, fill: str | None, stroke: str | None, text: str | None) -> Paint:
    """Mix the file's own colours of one element with the theme.

    Black lines on white paper are what tools write when nobody chose a colour: they are the
    theme's affair.
    """
    plain = theme.plain
    ground = fill if fill and fill != _WHITE else plain.fill
    wanted = None if stroke == _BLACK else stroke
    line = (_lifted(wanted, theme) if wanted else None) or plain.line
    letters = plain.text if text == _BLACK else text or wanted or plain.text
    icon = "" if contrast(line, ground) >= 3 else readable(line, ground)
    return Paint(line, ground, readable(letters, ground), icon)


def _lifted(wanted: str, theme: Theme) -> str | None:
    """Make the colour of a line so light that it is seen; nothing if it cannot be."""
    shades = (_mixed(wanted, _WHITE, tenths / 10) for tenths in range(theme.lifted + 1))
    return next((ink for ink in shades if contrast(ink, theme.canvas) >= theme.visible), None)


_BLACK, _WHITE = "#000000", "#ffffff"
