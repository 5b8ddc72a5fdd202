from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest

from bpmn_xml import model
from bpmn_xml.errors import Severity
from bpmn_xml.render.composing.scene import Colours
from tests.render.build import definitions, edge, flow, order, row, shape
from tests.render.scenes import figure_of, scene_of

BIOC = "http://bpmn.io/schema/bpmn/biocolor/1.0"
OMG = "http://www.omg.org/spec/BPMN/non-normative/color/1.0"


def test_a_drawing_becomes_figures_and_lines() -> None:
    scene = scene_of(order())
    assert [figure.id for figure in scene.figures] == ["start", "task", "end"]
    assert [line.id for line in scene.lines] == ["start_task", "task_end"]
    assert not scene.notes
    assert scene.frame.x < 0
    assert scene.frame.right > 436


BROKEN_SHAPES: list[tuple[dict[str, float], str]] = [
    ({"x": nan}, "bounds are missing"),
    ({"y": inf}, "bounds are missing"),
    ({"width": -inf}, "bounds are missing"),
    ({"x": 1e9}, "bounds are missing"),
    ({"height": 0}, "in the usual one"),
    ({"width": -5}, "in the usual one"),
]


@pytest.mark.parametrize(("change", "message"), BROKEN_SHAPES)
def test_a_shape_with_broken_bounds_is_noted(change: dict[str, float], message: str) -> None:
    bounds = {"x": 0, "y": 0, "width": 100, "height": 80} | change
    scene = scene_of(definitions([model.Task(id="t")], [shape("t", **bounds)]))
    assert [note.severity for note in scene.notes] == [Severity.NOTE]
    assert message in scene.notes[0].message
    assert scene.notes[0].id == "t"
    assert len(scene.figures) == ("usual" in message)


def test_a_container_without_a_size_is_not_drawn() -> None:
    lanes = (model.LaneSet(id="ls", lanes=(model.Lane(id="lane"),)),)
    scene = scene_of(definitions([], [shape("lane", 0, 0, 0, 0)], lane_sets=lanes))
    assert not scene.figures
    assert "no size" in scene.notes[0].message


@pytest.mark.parametrize("element", ["nobody", "process", "f"])
def test_a_shape_of_what_has_none_is_noted(element: str) -> None:
    parts = [model.Task(id="a"), flow("a", "a")]
    scene = scene_of(definitions(parts, [shape(element, 0, 0, 100, 80)]))
    assert not scene.figures
    assert len(scene.notes) == 1


def _joined(*points: tuple[float, float], **more: Any) -> model.Definitions:
    nodes = [model.Task(id="a"), model.Task(id="b"), flow("a", "b")]
    shapes = [shape("a", 0, 0, 100, 80), shape("b", 200, 0, 100, 80)]
    return definitions(nodes, [*shapes, edge("a_b", *points, **more)])


@pytest.mark.parametrize(
    "points", [(), ((100, 40),), ((100, 40), (100, 40)), ((nan, 40), (200, 40))]
)
def test_an_edge_without_a_route_is_drawn_straight(points: tuple[tuple[float, float], ...]) -> None:
    scene = scene_of(_joined(*points))
    (line,) = scene.lines
    assert [(round(x), round(y)) for x, y in line.points] == [(100, 40), (200, 40)]
    assert "is drawn straight" in scene.notes[-1].message


def test_an_edge_without_a_route_between_nothing_is_not_drawn() -> None:
    nodes = [model.Task(id="a"), model.Task(id="b"), flow("a", "b")]
    scene = scene_of(definitions(nodes, [edge("a_b", (1, 1))]))
    assert not scene.lines
    assert "is not drawn" in scene.notes[-1].message


def test_an_edge_of_nothing_is_noted() -> None:
    scene = scene_of(definitions([model.Task(id="a")], [edge("a", (0, 0), (9, 9))]))
    assert not scene.lines
    assert "no such flow" in scene.notes[0].message


def test_an_element_drawn_twice_gets_two_ids() -> None:
    drawn = [shape("a", 0, 0, 100, 80), shape("a", 200, 0, 100, 80)]
    scene = scene_of(definitions([model.Task(id="a")], drawn))
    assert [figure.id for figure in scene.figures] == ["a", "a_2"]
    assert {figure.element for figure in scene.figures} == {"a"}


def _attribute(namespace: str, name: str, value: str) -> model.ForeignAttribute:
    return model.ForeignAttribute(namespace=namespace, name=name, value=value)


@pytest.mark.parametrize(
    "attributes",
    [
        [(BIOC, "fill", "#bbdefb"), (BIOC, "stroke", "#1e88e5")],
        [(OMG, "background-color", "#BBDEFB"), (OMG, "border-color", "#1E88E5")],
    ],
)
def test_colours_of_the_file_are_read(attributes: list[tuple[str, str, str]]) -> None:
    found = tuple(_attribute(*given) for given in attributes)
    label = model.BPMNLabel(extension_attributes=(_attribute(OMG, "color", "#002255"),))
    one = shape("a", 0, 0, 100, 80, extension_attributes=found, label=label)
    (figure,) = scene_of(definitions([model.Task(id="a")], [one])).figures
    assert figure.colours == Colours(fill="#bbdefb", stroke="#1e88e5", text="#002255")


def test_what_is_read_aloud() -> None:
    timer = model.TimerEventDefinition(id="timer")
    nodes = [
        model.UserTask(id="ask", name="Ask"),
        model.BoundaryEvent(
            id="late", attached_to_ref="ask", cancel_activity=False, event_definitions=(timer,)
        ),
        model.Task(id="remind", name="Remind"),
        model.EndEvent(id="end"),
        model.SubProcess(id="sub", name="More"),
        flow("ask", "remind", name="yes"),
        flow("ask", "end"),
    ]
    drawn = [shape(node.id, 0, 0, 100, 80) for node in nodes[:5]]
    drawn += [edge("ask_remind", (0, 0), (9, 9))]
    scene = scene_of(definitions(nodes, drawn))
    words = {found.element: found.words for found in scene.drawn}
    assert words["ask"] == "user task Ask, leads to Remind (yes) and end event"
    assert words["late"] == "timer boundary event, non-interrupting, on Ask"
    assert words["sub"] == "collapsed sub-process More"
    assert words["ask_remind"] == "sequence flow yes from Ask to Remind"


def test_a_name_at_its_label_bounds() -> None:
    label = model.BPMNLabel(bounds=model.Bounds(x=300, y=200, width=60, height=14))
    drawn = [shape("e", 0, 0, 36, 36, label=label)]
    (figure,) = scene_of(definitions([model.StartEvent(id="e", name="Go")], drawn)).figures
    (text,) = figure.texts
    assert (text.box.centre[0], text.box.y) == (330, 200)


@pytest.mark.parametrize("width", [0, nan])
def test_a_name_without_usable_label_bounds_stands_below(width: float) -> None:
    label = model.BPMNLabel(bounds=model.Bounds(x=300, y=200, width=width, height=0))
    drawn = [shape("e", 0, 0, 36, 36, label=label)]
    (figure,) = scene_of(definitions([model.StartEvent(id="e", name="Go")], drawn)).figures
    assert figure.texts[0].at[0] == 18
    assert 36 < figure.texts[0].at[1] < 60


def test_the_name_of_an_activity_stands_within_it() -> None:
    figure = figure_of(row(model.Task(id="a", name="Pay")), "a")
    assert figure.texts[0].at == figure.box.centre
    assert not figure.texts[0].outside
