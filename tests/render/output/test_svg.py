from __future__ import annotations

import re

import pytest

from bpmn_xml import model, render
from bpmn_xml.render import Mark, Overlay, Progress
from tests.render.build import SVG, definitions, edge, flow, group, order, parse, shape, texts

OVERLAY = Overlay(
    marks={
        "start": Mark(state=Progress.DONE, count=1),
        "task": Mark(state=Progress.FAILED, count=3, duration="1.2 s", remark="retry 2/5"),
        "start_task": Mark(state=Progress.DONE, count=1),
    }
)


def test_every_element_is_a_group_with_its_id() -> None:
    svg = parse(render.draw(order()))
    ids = [found.get("id") for found in svg.iter(f"{SVG}g") if found.get("id")]
    assert ids == ["start", "task", "end", "start_task", "task_end"]


def test_shapes_stand_at_the_coordinates_of_the_file() -> None:
    svg = parse(render.draw(order()))
    circle = group(svg, "start").find(f"{SVG}ellipse")
    assert [circle.get(key) for key in ("cx", "cy", "rx", "ry")] == ["18", "100", "18", "18"]
    box = group(svg, "task").find(f"{SVG}rect")
    assert [box.get(key) for key in ("x", "y", "width", "height")] == ["200", "60", "100", "80"]
    assert box.get("class") == "shape paper"


def test_flows_know_what_they_connect_and_end_there() -> None:
    svg = parse(render.draw(order()))
    found = group(svg, "start_task")
    assert (found.get("data-from"), found.get("data-to")) == ("start", "task")
    route = found.find(f"{SVG}path")
    assert route.get("class") == "route"
    assert route.get("d").startswith("M36,100C")
    tip = found.find(f"{SVG}polygon")
    assert tip.get("class") == "tip"
    xs = [float(pair.split(",")[0]) for pair in tip.get("points").split()]
    assert max(xs) == pytest.approx(200, abs=2)


def test_the_frame_is_the_view_box() -> None:
    svg = parse(render.draw(order()))
    x, y, width, height = map(float, svg.get("viewBox").split())
    assert x < 0
    assert x + width > 436
    assert y < 60
    assert y + height > 140
    assert (svg.get("width"), svg.get("height")) == (f"{width:g}", f"{height:g}")


def test_names_are_written() -> None:
    svg = parse(render.draw(order("Approve the order now")))
    assert {"Begin", "Done"} <= set(texts(svg))
    assert "Approve the order now" in texts(group(svg, "task"))


def test_the_picture_can_be_read_aloud() -> None:
    svg = parse(render.draw(order()))
    assert svg.get("role") == "graphics-document document"
    assert svg.get("aria-label")
    assert svg.find(f"{SVG}title").text == svg.get("aria-label")
    for found in svg.iter(f"{SVG}g"):
        if found.get("id"):
            assert found.get("role") == "graphics-symbol"
            assert found.get("aria-label")
            assert found.find(f"{SVG}title").text
    assert group(svg, "task").get("aria-label") == "user task Approve, leads to Done"


def test_a_run_shows_by_class_width_sign_and_words() -> None:
    plain, run = (parse(render.draw(order(), overlay=overlay)) for overlay in (None, OVERLAY))
    task = group(run, "task")
    assert task.get("class") == "user-task failed"
    assert task.get("aria-label").endswith("failed, 3 times, 1.2 s, retry 2/5")
    assert group(run, "end").get("class") == "end-event untouched"
    widths = [
        float(group(svg, "task").find(f"{SVG}rect").get("stroke-width")) for svg in (plain, run)
    ]
    assert widths[1] > widths[0]
    layer = next(found for found in run.iter(f"{SVG}g") if found.get("class") == "overlay")
    assert {"3", "1.2 s · retry 2/5", "failed", "done", "not reached"} <= set(texts(layer))
    assert not [found for found in plain.iter(f"{SVG}g") if found.get("class") == "overlay"]


def test_the_legend_can_be_left_out() -> None:
    svg = parse(render.draw(order(), overlay=Overlay(marks=OVERLAY.marks, legend=False)))
    assert "not reached" not in texts(svg)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_themes_are_classes(theme: str) -> None:
    data = render.draw(order(), theme=theme)
    svg = parse(data)
    assert svg.get("class") == f"bpmn-xml {theme}"
    style = svg.find(f"{SVG}style").text
    assert all(rule.startswith(f".bpmn-xml.{theme}") for rule in style.splitlines())
    assert f".bpmn-xml.{theme} .done{{" not in style
    assert not re.search(rb'(fill|stroke)="', data)


def test_classes_in_use_have_rules() -> None:
    data = render.draw(order(), overlay=OVERLAY).decode()
    used = {name for names in re.findall(r' class="([^"]*)"', data) for name in names.split()}
    unstyled = {
        "figures", "flows", "labels", "overlay", "bpmn-xml", "light", "shape", "start-event",
        "user-task", "end-event", "sequence-flow",
    }  # fmt: skip
    style = str(parse(data.encode()).find(f"{SVG}style").text)
    assert all(f".{name}" in style for name in used - unstyled)


def test_colours_of_the_file_are_worn_until_a_run_says_otherwise() -> None:
    colours = [("fill", "#ffcdd2"), ("stroke", "#e53935")]
    attributes = tuple(
        model.ForeignAttribute(namespace="urn:b", name=name, value=value) for name, value in colours
    )
    drawn = [shape("t", 0, 0, 100, 80, extension_attributes=attributes)]
    content = definitions([model.UserTask(id="t", name="Pay")], drawn)
    found = group(parse(render.draw(content)), "t")
    assert found.get("class") == "user-task color-e53935"
    assert found.find(f"{SVG}rect").get("class") == "shape paper fill-ffcdd2"
    run = group(parse(render.draw(content, overlay=Overlay())), "t")
    assert run.get("class") == "user-task untouched"


def test_a_name_is_drawn_above_the_lines_beside_it() -> None:
    nodes = [model.Task(id="a"), model.Task(id="b"), flow("a", "b", name="yes")]
    drawn = [shape("a", 0, 0, 100, 80), shape("b", 200, 0, 100, 80)]
    content = definitions(nodes, [*drawn, edge("a_b", (100, 40), (200, 40))])
    layers = [found.get("class") for found in parse(render.draw(content)) if found.tag == f"{SVG}g"]
    assert layers == ["figures", "flows", "labels"]
    label = next(t for t in parse(render.draw(content)).iter(f"{SVG}text") if t.text == "yes")
    assert label.get("class") == "outside"
    assert label.getparent().get("data-for") == "a_b"


def test_names_stand_out_from_their_container() -> None:
    fill = model.ForeignAttribute(namespace="urn:b", name="fill", value="#112233")
    sub = model.SubProcess(id="sub", flow_elements=(model.StartEvent(id="in", name="Go"),))
    drawn = [
        shape("sub", 0, 0, 300, 200, is_expanded=True, extension_attributes=(fill,)),
        shape("in", 100, 100, 36, 36),
    ]
    svg = parse(render.draw(definitions([sub], drawn)))
    label = next(found for found in svg.iter(f"{SVG}text") if found.text == "Go")
    assert label.get("class") == "outside fill-ffffff stroke-112233"


def test_the_same_drawing_twice_is_the_same() -> None:
    assert render.draw(order(), overlay=OVERLAY) == render.draw(order(), overlay=OVERLAY)


def test_an_element_drawn_twice_keeps_its_name() -> None:
    drawn = [shape("a", 0, 0, 100, 80), shape("a", 200, 0, 100, 80)]
    svg = parse(render.draw(definitions([model.Task(id="a")], drawn)))
    assert group(svg, "a").get("data-element") is None
    assert group(svg, "a_2").get("data-element") == "a"


DARK_FILL = model.ForeignAttribute(namespace="urn:b", name="fill", value="#222222")
PALE_LINE = model.ForeignAttribute(namespace="urn:b", name="stroke", value="#eeeeee")


def test_a_note_has_no_inside_so_its_text_stands_out_from_what_lies_below() -> None:
    text = model.TextAnnotation(id="a", text=model.Text(text="note"))
    own = (DARK_FILL, PALE_LINE)
    content = definitions(
        [], [shape("a", 0, 0, 100, 40, extension_attributes=own)], artifacts=(text,)
    )
    words = next(found for found in parse(render.draw(content)).iter(f"{SVG}text"))
    assert words.get("class") == "fill-000000"


def test_lines_within_a_dark_figure_stand_out_from_it() -> None:
    store = model.DataStoreReference(id="a")
    drawn = [shape("a", 0, 0, 50, 50, extension_attributes=(DARK_FILL,))]
    rings = group(parse(render.draw(definitions([store], drawn))), "a").find(f"{SVG}g")
    assert rings.get("class") == "color-ffffff"
    assert len(rings)
