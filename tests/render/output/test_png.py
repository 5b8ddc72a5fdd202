from __future__ import annotations

import struct
from typing import Any

import pytest

from bpmn_xml import model, render
from bpmn_xml.errors import UsageError
from bpmn_xml.render import Format, drawing, notes
from bpmn_xml.render.geometry import Box
from bpmn_xml.render.output import png
from tests.render.build import definitions, order, shape


def _size(data: bytes) -> tuple[int, int]:
    assert data.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def test_a_small_drawing_is_sharp() -> None:
    width, height = _size(render.draw(order(), format="png"))
    svg_width = 436 + 32
    assert width == pytest.approx(svg_width * png.ZOOM, rel=0.1)
    assert height > 100


@pytest.mark.parametrize(
    "frame",
    [
        Box(0, 0, 1e6, 1e6),
        Box(0, 0, 1e6, 1),
        Box(0, 0, 1, 1e6),
        Box(0, 0, 3000, 3000),
        Box(0, 0, 0, 0),
    ],
)
def test_pixels_are_capped(frame: Box) -> None:
    scale = png.zoom(frame)
    assert frame.width * scale <= png.SIDE + 1
    assert frame.height * scale <= png.SIDE + 1
    assert frame.area * scale**2 <= png.AREA + 1
    assert 0 < scale <= png.ZOOM


def test_long_lines_make_it_smaller() -> None:
    frame = Box(0, 0, 1000, 1000)
    assert png.zoom(frame, 10.0 * png.INK) == 0.1
    assert png.zoom(frame, 1000.0) == png.zoom(frame)


def test_what_is_too_small_to_be_read_is_told() -> None:
    far = [shape("a", 0, 0, 100, 80), shape("b", 90_000, 0, 100, 80)]
    nodes = [model.Task(id="a"), model.Task(id="b")]
    drawn = render.picture(definitions(nodes, far), format="png")
    assert notes.TINY in [note.code for note in drawn.notes]


@pytest.mark.parametrize("form", ["png", "pdf"])
@pytest.mark.parametrize(
    ("name", "told"),
    [("Prüfen", False), ("\U0010fffe", True), ("Go \u0378 \u200d", True), ("\u200d", False)],
)
def test_letters_that_no_font_has_are_told(
    form: Format, name: str, told: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    named = definitions([model.Task(id="a", name=name)], [shape("a", 0, 0, 100, 80)])
    drawn = render.picture(named, format=form)
    assert (notes.NO_LETTERS in [note.code for note in drawn.notes]) == told
    assert capfd.readouterr().err == ""


def test_a_drawing_of_very_many_shapes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(drawing.MOST_DRAWN, "png", 1)
    nodes = [model.Task(id="a"), model.Task(id="b")]
    both = definitions(nodes, [shape("a", 0, 0, 100, 80), shape("b", 200, 0, 100, 80)])
    assert render.draw(both, format="svg")
    with pytest.raises(UsageError, match="2 shapes and edges; more than 1 are not drawn"):
        render.draw(both, format="png")


def test_a_drawing_of_a_million_pixels_a_side_stays_small() -> None:
    drawn = [shape("a", 0, 0, 100, 80), shape("b", 900_000, 900_000, 100, 80)]
    nodes = [model.Task(id="a"), model.Task(id="b")]
    width, height = _size(render.draw(definitions(nodes, drawn), format="png"))
    assert width * height <= png.AREA + 10_000


def _ink(data: bytes) -> int:
    return len(data)


def test_names_show_in_the_picture() -> None:
    if png.font() is None:
        pytest.skip("this machine has no fonts")
    with_name, without = (render.draw(order(name), format="png") for name in ("Approve", ""))
    assert _ink(with_name) > _ink(without) + 500


def test_names_show_on_a_machine_without_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    import resvg_py

    drawing = resvg_py.svg_to_bytes

    def bare(**options: Any) -> Any:
        return drawing(**options, skip_system_fonts=True)

    monkeypatch.setattr(resvg_py, "svg_to_bytes", bare)
    png.font.cache_clear()
    try:
        assert png.font() is None
        picture = render.picture(order("Approve"), format="png")
        nameless = render.draw(order(""), format="png")
    finally:
        png.font.cache_clear()
    assert _ink(picture.data) > _ink(nameless) + 500
    (note,) = picture.notes
    assert "no fonts" in note.message
    assert "install a font" in note.remedy
