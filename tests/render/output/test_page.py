"""A picture as a page: one file, one script, nothing from elsewhere."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import lxml.html
import msgspec
import pytest

from bpmn_xml import model, render
from bpmn_xml.errors import UsageError
from bpmn_xml.render import Mark, Overlay, Progress, drawing
from bpmn_xml.render.notes import NO_ROOM
from bpmn_xml.render.output.page import Extras, PageDrawing, page
from tests.render.build import drill_down, order, shape

OVERLAY = Overlay(marks={"task": Mark(state=Progress.DONE, count=2)})


def drawings(data: bytes) -> list[object]:
    return list(lxml.html.fromstring(data.decode()).xpath("//div[@id='stage']/svg"))


def hashed(text: str) -> str:
    return "'sha256-" + b64encode(sha256(text.encode()).digest()).decode() + "'"


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_the_policy_lets_in_our_script_and_our_styles_alone(theme: str) -> None:
    found = lxml.html.fromstring(
        render.draw(order(), theme=theme, overlay=OVERLAY, format="html").decode()
    )
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (script,) = (one.text for one in found.iter("script"))
    styles = [one.text for one in found.iter("style")]
    assert len(styles) == 2
    assert policy == "; ".join(
        [
            "default-src 'none'",
            f"script-src {hashed(script)}",
            " ".join(["style-src", *map(hashed, styles)]),
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )


def test_nothing_comes_from_elsewhere_and_nothing_is_inline() -> None:
    data = render.draw(order(), overlay=OVERLAY, format="html").decode()
    assert not re.search(r"\b(src|href|style|on\w+)=", data)
    assert set(re.findall(r"https?://[^/]+", data)) == {"http://www.w3.org"}  # namespaces


def test_data_for_scripts_cannot_end_its_element() -> None:
    name = "</script><script>alert(1)</script>"
    data = page(PageDrawing(render.draw(order())), extras=Extras(data={"name": name}))
    assert data.count(b"</script>") == 2
    (found,) = lxml.html.fromstring(data.decode()).xpath("//script[@id='data']")
    assert "\\u003c/script>" in found.text


def test_all_drawings_of_a_file_are_on_its_page() -> None:
    data = render.draw(drill_down(), format="html").decode()
    found = lxml.html.fromstring(data)
    links = found.xpath("//nav[@id='planes']/a")
    assert [(link.get("href"), link.text) for link in links] == [
        ("#plane=1", "process"),
        ("#plane=2", "Look & see"),
    ]
    drawn = found.xpath("//div[@id='stage']/svg")
    assert [svg.get("data-element") for svg in drawn] == ["process", "sub"]
    assert [svg.get("class") for svg in drawn] == ["bpmn-xml light", "bpmn-xml light away"]
    (policy,) = found.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert all(hashed(style.text) in policy for style in found.iter("style"))
    assert "Look &lt;closer&gt;" in data
    assert "<closer>" not in data


@pytest.mark.parametrize("plane", [2, "sub", "d2"])
def test_a_page_of_one_plane_has_this_alone(plane: str | int) -> None:
    found = lxml.html.fromstring(render.draw(drill_down(), format="html", plane=plane).decode())
    assert not found.xpath("//nav")
    assert len(found.xpath("//div[@id='stage']/svg")) == 1


def test_a_page_has_no_more_drawings_than_can_be_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(drawing.MOST_DRAWN, "html", 3)
    found = render.picture(drill_down(), format="html")
    assert len(drawings(found.data)) == 1
    assert [(one.code, one.id) for one in found.notes] == [(NO_ROOM, "sub")]


def test_a_drawing_that_is_too_large_keeps_no_smaller_one_off_a_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn = drill_down()
    shapes = tuple(msgspec.structs.replace(shape("start", 0, 0, 36, 36), id=one) for one in "ab")
    plane = model.BPMNPlane(id="p3", bpmn_element="process", elements=shapes)
    diagrams = (*drawn.diagrams[:-1], model.BPMNDiagram(id="d3", plane=plane), drawn.diagrams[-1])
    monkeypatch.setitem(drawing.MOST_DRAWN, "html", 4)
    found = render.picture(msgspec.structs.replace(drawn, diagrams=diagrams), format="html")
    assert len(drawings(found.data)) == 2
    assert [(one.code, one.id) for one in found.notes] == [(NO_ROOM, "process")]


STYLE = ".bpmn-xml .user-task .paper{fill:#abcdef}"


@pytest.mark.parametrize("kind", ["svg", "html"])
def test_rules_of_the_user_come_last(kind: str) -> None:
    data = render.draw(order(), style=STYLE, format=kind).decode()
    assert f"{STYLE}</style>" in data


def test_rules_of_the_user_change_pixels() -> None:
    assert render.draw(order(), style=STYLE, format="png") != render.draw(order(), format="png")


@pytest.mark.parametrize("kind", ["dot", "pdf"])
def test_where_rules_do_not_count_they_are_refused(kind: str) -> None:
    with pytest.raises(UsageError, match=f"in the format '{kind}': use one of svg, png, html"):
        render.draw(order(), style=STYLE, format=kind)


def test_auto_is_light_and_on_a_dark_screen_dark() -> None:
    data = render.draw(order(), theme="auto", overlay=OVERLAY).decode()
    light, _, dark = data.partition("@media (prefers-color-scheme:dark){")
    assert ".bpmn-xml.auto .canvas{fill:#ffffff" in light
    assert ".bpmn-xml.auto .canvas{fill:#14171b" in dark
    assert 'class="bpmn-xml auto"' in light
    assert ".fill-ffffff-14171b" in light
    assert ".fill-ffffff-14171b.fill-ffffff-14171b{fill:#14171b}" in dark
    assert render.draw(order(), theme="auto", format="png") == render.draw(order(), format="png")
