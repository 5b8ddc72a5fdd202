"""Names leave what they would touch, and stay where nothing is in the way."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model
from bpmn_xml.render.composing.scene import Caption, Figure, Line
from bpmn_xml.render.composing.settling import FAR, HIGH
from bpmn_xml.render.geometry import Box, box_of
from tests.render.build import definitions, edge, flow, row, shape
from tests.render.scenes import scene_of

NAME = "Boundary Intermediate Event"


def label(x: float, y: float, width: float = 94, height: float = 28) -> Any:
    return model.BPMNLabel(bounds=model.Bounds(x=x, y=y, width=width, height=height))


def drawn(name: str, others: list[Any], shapes: list[Any], **more: Any) -> tuple[Any, Caption]:
    """An event with a name at (100, 100), among others; the scene, and how its name is set."""
    event = model.StartEvent(id="event", name=name)
    scene = scene_of(
        definitions([event, *others], [shape("event", 100, 100, 36, 36, **more), *shapes])
    )
    return scene, scene.figures[[f.element for f in scene.figures].index("event")].texts[0]


def overlap(one: Box, other: Box) -> bool:
    """Whether both share more than a border."""
    across = one.x < other.right and other.x < one.right
    return across and one.y < other.bottom and other.y < one.bottom


def routes(scene: Any) -> list[Box]:
    return [
        box_of(piece).grown(0.5)
        for line in scene.lines
        for piece in zip(line.points, line.points[1:], strict=False)
    ]


def test_a_name_stays_where_nothing_is_in_its_way() -> None:
    _, alone = drawn(NAME, [], [])
    _, busy = drawn(NAME, [model.Task(id="t")], [shape("t", 300, 100, 100, 80)])
    assert alone == busy
    assert alone.at[0] == 118
    assert alone.box.y == 140


def test_the_place_that_the_file_gives_is_kept() -> None:
    _, text = drawn("Goods arrive", [], [], label=label(60, 60, 90, 14))
    assert (text.at[0], text.box.y) == pytest.approx((105, 60))


def test_the_rim_of_a_name_does_not_cover_the_border_of_its_element() -> None:
    _, text = drawn("Begin", [], [], label=label(100, 136, 36, 14))
    assert 136 < text.box.y < 140


def test_a_name_leaves_a_flow_that_runs_down_from_its_element() -> None:
    below = [model.Task(id="t"), flow("event", "t")]
    shapes = [shape("t", 200, 200, 100, 80), edge("event_t", (118, 136), (118, 240), (200, 240))]
    scene, text = drawn(NAME, below, shapes)
    assert not any(overlap(text.box, route) for route in routes(scene))
    assert abs(text.at[0] - 118) + abs(text.box.y - 140) <= FAR


CROWD = [
    shape("t1", 30, 130, 60, 90),
    shape("t2", 146, 130, 60, 90),
    edge("event_t1", (118, 136), (118, 240), (60, 240), (60, 220)),
]


@pytest.mark.parametrize(
    ("where", "above"),
    [
        ({}, True),  # the file says nothing of it
        ({"label": label(71, 142)}, True),  # right below, as editors have it by themselves
        ({"label": label(130, 140)}, False),  # its author has put it there
    ],
)
def test_a_name_goes_above_where_there_is_no_room_below(where: dict[str, Any], above: bool) -> None:
    tasks = [model.Task(id="t1"), model.Task(id="t2"), flow("event", "t1")]
    scene, text = drawn(NAME, tasks, CROWD, **where)
    assert (text.box.bottom < 100) == above
    if above:
        assert text.at[0] == pytest.approx(118, abs=1)
        assert not any(overlap(text.box, route) for route in routes(scene))


def test_the_name_of_a_boundary_event_does_not_go_into_its_host() -> None:
    host = model.SubProcess(id="host")
    event = model.BoundaryEvent(id="event", name=NAME, attached_to_ref="host")
    nodes = [host, event, model.Task(id="t1"), model.Task(id="t2"), flow("event", "t1")]
    shapes = [
        shape("host", 0, -200, 400, 318, is_expanded=True),
        shape("event", 100, 100, 36, 36),
        *CROWD,
    ]
    figures = scene_of(definitions(nodes, shapes)).figures
    (name,) = (figure.texts[0] for figure in figures if figure.element == "event")
    assert name.box.y > 118


def test_a_name_leaves_a_slanting_flow() -> None:
    below = [model.Task(id="t"), flow("event", "t")]
    shapes = [shape("t", 200, 200, 100, 80), edge("event_t", (118, 136), (200, 220))]
    scene, text = drawn("Begin", below, shapes)
    (a, b) = scene.lines[0].points
    met = [(a[0] + (b[0] - a[0]) * n / 100, a[1] + (b[1] - a[1]) * n / 100) for n in range(101)]
    assert not any(text.box.holds(point) for point in met)


def test_a_name_becomes_narrower_between_shapes() -> None:
    tasks = [model.Task(id="a"), model.Task(id="b")]
    shapes = [shape("a", 0, 110, 80, 80), shape("b", 156, 110, 80, 80)]
    _, text = drawn("Start 1 Timer", tasks, shapes, label=label(80, 140))
    assert text.lines == ("Start 1", "Timer")
    assert text.box.x >= 80
    assert text.box.right <= 156


def test_a_name_does_not_leave_what_its_element_lies_in() -> None:
    task = model.Task(id="t")
    inner = model.StartEvent(id="event", name="Start of it all")
    around = model.SubProcess(id="s", flow_elements=(inner, task))
    shapes = [
        shape("s", 80, 60, 400, 200, is_expanded=True),
        shape("event", 90, 100, 36, 36),
        shape("t", 128, 100, 100, 80),
    ]
    scene = scene_of(definitions([around], shapes))
    event = next(figure for figure in scene.figures if figure.element == "event")
    assert event.texts[0].at[0] > 80


def test_names_leave_each_other() -> None:
    neighbour = model.EndEvent(id="next", name="The end of all")
    _, text = drawn(NAME, [neighbour], [shape("next", 170, 100, 36, 36)])
    scene, _ = drawn(NAME, [neighbour], [shape("next", 170, 100, 36, 36)])
    one, other = (figure.texts[0].box for figure in scene.figures)
    assert not overlap(one, other)
    assert text.name == NAME


def test_a_name_leaves_the_border_and_the_band_of_its_pool() -> None:
    pool = model.Participant(id="pool", process_ref="process", name="Pool")
    process = model.Process(
        id="process", flow_elements=(model.StartEvent(id="event", name="Goods have arrived"),)
    )
    plane = model.BPMNPlane(
        id="plane",
        bpmn_element="c",
        elements=(shape("pool", 60, 60, 600, 200), shape("event", 100, 100, 36, 36)),
    )
    scene = scene_of(
        model.Definitions(
            id="d",
            root_elements=(model.Collaboration(id="c", participants=(pool,)), process),
            diagrams=(model.BPMNDiagram(id="diagram", plane=plane),),
        )
    )
    event = next(figure for figure in scene.figures if figure.element == "event")
    assert event.texts[0].box.x > 90


def named_flow(x: float) -> Box:
    """The place of a flow's name that the file sets on the flow, at an x."""
    route = edge("event_t", (136, 118), (300, 118), label=label(x, 111, 20, 14))
    parts = [model.StartEvent(id="event"), model.Task(id="t"), flow("event", "t", name="go")]
    shapes = [shape("event", 100, 100, 36, 36), shape("t", 300, 80, 100, 80), route]
    return scene_of(definitions(parts, shapes)).lines[0].texts[0].box


def test_the_name_of_a_flow_may_stand_on_it_but_not_on_its_ends() -> None:
    assert named_flow(210).centre == pytest.approx((220, 117.6))
    at_end = named_flow(284)
    assert at_end.right < 293 or at_end.bottom < 111 or at_end.y > 125


@pytest.mark.parametrize("height", [500, 5000])
def test_a_name_that_is_walled_in_stays(height: float) -> None:
    """It would have to go too far; a very large shape counts with its borders."""
    _, text = drawn(NAME, [model.Task(id="t")], [shape("t", -150, -150, height, height)])
    assert abs(text.at[0] - 118) <= FAR
    assert abs(text.box.y - 140) <= HIGH


def test_in_a_crowd_names_are_set_in_time() -> None:
    events: list[Any] = [model.StartEvent(id=f"e{n}", name=f"Start {n}") for n in range(3000)]
    scene = scene_of(definitions(events, [shape(e.id, 0, 0, 36, 36) for e in events]))
    assert len(scene.figures) == len(events)


def test_only_names_move() -> None:
    scene = scene_of(row(model.StartEvent(id="a", name="Begin"), model.Task(id="b", name="Work")))
    work: Figure = scene.figures[1]
    way: Line = scene.lines[0]
    assert work.texts[0].at == work.box.centre
    assert not way.texts


def message_name(at: Any) -> Caption:
    """The name of a message flow that runs down at x = 100."""
    nodes = [model.Task(id="a"), model.Task(id="b"), flow("a", "b", name="Message Flow 1")]
    drawing = [edge("a_b", (100, 0), (100, 300), label=at)]
    (text,) = scene_of(definitions(nodes, drawing)).lines[0].texts
    return text


ASTRIDE = [(60, True), (100, False), (20, False), (150, False)]


@pytest.mark.parametrize(("x", "stays"), ASTRIDE)
def test_a_name_stands_on_its_own_line_only_where_it_is_meant_to(x: float, stays: bool) -> None:
    """Letters that are wider than the author's do not run over it."""
    text = message_name(label(x, 100, 80, 14))
    assert (text.box.x < 100 < text.box.right) is stays
    assert text.box.centre[1] == pytest.approx(100 + 6.6, abs=8)
