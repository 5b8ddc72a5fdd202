"""The pages' own styles and scripts: colours that can be read, and no way around the policy."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from bpmn_xml.render.overlay import Progress
from bpmn_xml.render.theme import DARK, LIGHT, Theme, contrast

WEB = files("bpmn_xml.render") / "web"
STYLES = {name: (WEB / name).read_text("utf-8") for name in ("page.css", "replay.css")}
SCRIPTS = {name: (WEB / name).read_text("utf-8") for name in ("pan.js", "replay.js")}


def values(name: str) -> list[str]:
    """What a variable is set to, for light and for dark screens."""
    return re.findall(rf"--{name}:\s*(#\w+)", "".join(STYLES.values()))


@pytest.mark.parametrize(("theme", "place"), [(LIGHT, 0), (DARK, -1)], ids=["light", "dark"])
def test_what_stands_on_the_page_can_be_read(theme: Theme, place: int) -> None:
    paper, ink, token = (values(name)[place] for name in ("paper", "ink", "token"))
    assert paper == theme.canvas
    assert contrast(ink, paper) >= 4.5
    assert contrast(token, paper) >= 4.5  # a token's number is written in the colour of paper
    for state in Progress:
        assert contrast(token, theme.states[state].fill) >= 3


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_write_text_and_never_markup(name: str) -> None:
    markup = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write"
    assert not re.search(markup, SCRIPTS[name])
    assert not re.search(r"\beval\b|new Function|fetch\(", SCRIPTS[name])
    assert not re.search(r"setAttribute\(\s*['\"](style|on)", SCRIPTS[name])


@pytest.mark.parametrize("name", STYLES)
def test_styles_load_nothing(name: str) -> None:
    assert not re.search(r"url\(|@import", STYLES[name])


def test_motion_is_left_out_where_it_is_not_wanted() -> None:
    assert "prefers-reduced-motion" in SCRIPTS["replay.js"]
