"""Real diagrams of many tools: everything is in the picture, where the file says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bpmn_xml import model, render
from bpmn_xml.formats import read
from bpmn_xml.render.composing.lettering import clean
from tests.real import real_files
from tests.render.build import SVG, parse

FILES = [pytest.param(path, id=f"{path.parent.name}/{path.name}") for path in real_files()]


def _outline(group: Any) -> tuple[float, ...]:
    """The box of the first primitive of a group."""
    first = next(found for found in group if found.tag != f"{SVG}title")
    values = {key: float(first.get(key)) for key in ("x", "y", "width", "height") if first.get(key)}
    if first.tag == f"{SVG}ellipse":
        cx, cy, rx, ry = (float(first.get(key)) for key in ("cx", "cy", "rx", "ry"))
        return cx - rx, cy - ry, 2 * rx, 2 * ry
    if first.tag == f"{SVG}rect":
        return values["x"], values["y"], values["width"], values["height"]
    numbers = first.get("d").replace("M", " ").replace("L", " ").replace("C", " ").replace("Z", " ")
    pairs = [tuple(map(float, pair.split(","))) for pair in numbers.split()]
    xs, ys = [x for x, _ in pairs], [y for _, y in pairs]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


@pytest.mark.parametrize("file", FILES)
def test_everything_is_drawn_where_the_file_says(file: Path) -> None:
    definitions = read(file)
    for number, diagram in enumerate(definitions.diagrams, 1):
        picture = render.picture(definitions, plane=number)
        svg = parse(picture.data)
        groups = {found.get("id"): found for found in svg.iter(f"{SVG}g") if found.get("id")}
        noted = {note.id for note in picture.notes}
        for element in diagram.plane.elements:
            if element.bpmn_element in noted:
                continue
            _check(element, groups[element.bpmn_element])


def _check(element: Any, group: Any) -> None:
    if isinstance(element, model.BPMNShape):
        bounds = element.bounds
        expected = (bounds.x, bounds.y, bounds.width, bounds.height)
        height = expected[3] if "data-store" not in group.get("class") else None
        x, y, width, drawn_height = _outline(group)
        if "text-annotation" in group.get("class"):
            width = expected[2]
        assert (x, width) == pytest.approx((expected[0], expected[2]), abs=0.02)
        assert height is None or (y, drawn_height) == pytest.approx((expected[1], height), abs=0.02)
    else:
        ends = (element.waypoints[0], element.waypoints[-1])
        route = next(found for found in group if found.get("class") == "route")
        numbers = route.get("d").replace("M", " ").replace("C", " ").replace(" ", ",").split(",")
        values = [float(value) for value in numbers if value]
        for end, near in zip(ends, (values[:2], values[-2:]), strict=True):
            assert abs(end.x - near[0]) + abs(end.y - near[1]) < 40


@pytest.mark.parametrize("file", FILES)
def test_every_name_is_in_the_picture(file: Path) -> None:
    definitions = read(file)
    svg = parse(render.draw(definitions))
    shown = "".join("".join(found.itertext()) for found in svg.iter(f"{SVG}text"))
    squeezed = "".join(shown.split())
    for group in svg.iter(f"{SVG}g"):
        tip = group.find(f"{SVG}title")
        named = tip is not None and group.get("aria-label") and tip.text in group.get("aria-label")
        if named and "…" not in squeezed:
            words = "".join(clean(tip.text).split())
            kind = group.get("aria-label").startswith(tip.text)
            assert kind or words in squeezed or _is_kind(group, tip.text)


def _is_kind(group: Any, words: str) -> bool:
    """Whether a nameless element is called by its kind."""
    return words.replace(" ", "-") in group.get("class") or words in group.get("aria-label")


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_format_of_every_file(file: Path, theme: str) -> None:
    definitions = read(file)
    assert render.draw(definitions, theme=theme, format="pdf").startswith(b"%PDF")
    assert render.draw(definitions, theme=theme, format="dot").startswith(b"digraph")
