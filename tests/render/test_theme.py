from __future__ import annotations

import pytest

from bpmn_xml.errors import UsageError
from bpmn_xml.render.overlay import QUIET, State
from bpmn_xml.render.theme import (
    DARK,
    LIGHT,
    THEMES,
    Theme,
    colour,
    coloured,
    contrast,
    readable,
    themes_called,
)

GROUNDS = ("#ffffff", "#000000", "#be0000", "#b98b00", "#2953e7", "#6db700", "#c2d7eb", "#777777")


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_text_and_lines_stand_out(theme: Theme) -> None:
    plain = theme.plain
    assert contrast(plain.text, plain.fill) >= 4.5
    assert contrast(plain.text, theme.canvas) >= 4.5
    assert contrast(plain.text, theme.shade) >= 4.5
    assert contrast(theme.canvas, theme.badge) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("state", LIGHT.states)
def test_states_can_be_read(theme: Theme, state: State) -> None:
    paint = theme.states[state]
    assert contrast(paint.text, paint.fill) >= 4.5
    assert contrast(paint.text, theme.canvas) >= 4.5
    assert contrast(paint.line, paint.fill) >= 3
    assert contrast(paint.line, theme.canvas) >= 3
    if state not in QUIET:
        assert contrast(theme.canvas, paint.line) >= 4.5


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("#1E88E5", "#1e88e5"),
        (" #fff ", "#ffffff"),
        ("#11223380", "#112233"),
        ("rgb(1, 2, 300)", "#0102ff"),
        ("Red", "#ff0000"),
        ("", None),
        ("#12", None),
        ("#12345g", None),
        ("url(#x)", None),
        ("red;stroke:url(http://x)", None),
        ('"><script>', None),
        ("expression(1)", None),
        ("var(--x)", None),
        ("#fff\n#000", None),
    ],
)
def test_only_colours_are_read_as_colours(written: str, read: str | None) -> None:
    assert colour(written) == read


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("stroke", [None, *GROUNDS])
def test_names_can_be_read_on_any_colour_of_a_file(
    theme: Theme, ground: str, stroke: str | None
) -> None:
    paint = coloured(theme, fill=ground, stroke=stroke, text=stroke)
    assert contrast(paint.text, paint.fill) >= 4.5
    assert contrast(paint.icon or paint.line, paint.fill) >= 3


def test_black_on_white_is_the_theme_s_affair() -> None:
    assert coloured(DARK, fill="#ffffff", stroke="#000000", text="#000000") == DARK.plain
    assert coloured(LIGHT, fill=None, stroke=None, text=None) == LIGHT.plain


def test_black_names_stay_so_beside_coloured_lines() -> None:
    paint = coloured(LIGHT, fill=None, stroke="#72ab16", text="#000000")
    assert paint.text == LIGHT.plain.text
    assert coloured(LIGHT, fill=None, stroke="#0d4372", text=None).text == "#0d4372"


def test_a_colour_nobody_could_see_is_replaced() -> None:
    assert coloured(LIGHT, fill=None, stroke="#fdfdfd", text=None).line == LIGHT.plain.line
    assert readable("#eeeeee", "#ffffff") == "#000000"
    assert readable("#111111", "#000000") == "#ffffff"


@pytest.mark.parametrize("stroke", ["#0d4372", "#831311", "#5b176d"])
def test_dark_lines_of_a_file_become_lighter_in_the_dark(stroke: str) -> None:
    assert coloured(LIGHT, fill=None, stroke=stroke, text=None).line == stroke
    line = coloured(DARK, fill=None, stroke=stroke, text=None).line
    assert line != DARK.plain.line
    assert contrast(line, DARK.canvas) >= 3


def test_a_text_keeps_its_hue() -> None:
    red, green, blue = bytes.fromhex(readable("#43a047", "#ffffff")[1:])
    assert green > red
    assert green > blue


def test_an_unknown_theme_is_refused() -> None:
    with pytest.raises(UsageError, match="unknown theme 'pink': use one of light, dark, auto"):
        themes_called("pink")
