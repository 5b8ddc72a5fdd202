"""Where badges stand: which spot is chosen, and what keeps one away."""

from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.render.geometry import Box, common
from bpmn_xml.render.output.spots import HIGH, Anchor, Clearing, corners
from tests.render.build import definitions, edge, flow, shape
from tests.render.scenes import scene_of

HERE, THERE, FAR = Box(105, 105, 40, HIGH), Box(300, 105, 40, HIGH), Box(500, 105, 40, HIGH)

NODES = [model.Task(id="a"), model.Task(id="b"), flow("a", "b")]
DRAWN = [shape("a", 100, 100, 100, 80), edge("a_b", (200, 110), (345, 110))]

CHOICES = [
    ("x", [HERE, THERE, FAR], FAR),
    ("a", [HERE, THERE], HERE),
    ("a_b", [THERE._replace(x=250), HERE], THERE._replace(x=250)),
    ("a_b", [THERE, FAR], FAR),
    ("x", [FAR, FAR._replace(x=600)], FAR),
    ("x", [HERE], HERE),
]


@pytest.mark.parametrize(
    ("owner", "places", "expected"),
    CHOICES,
    ids=["free", "on its own", "on its flow", "not on its head", "first", "no other"],
)
def test_the_place_that_covers_least_is_best(owner: str, places: list[Box], expected: Box) -> None:
    assert Clearing(scene_of(definitions(NODES, DRAWN))).best(places, owner).box == expected


def test_what_is_taken_is_free_no_more_until_it_is_left() -> None:
    room = Clearing(scene_of(definitions(NODES, DRAWN)))
    room.take(FAR)
    assert room.best([FAR, FAR._replace(x=600)], "x").box.x == 600
    room.leave(FAR)
    assert room.best([FAR, FAR._replace(x=600)], "x").box == FAR


def test_a_spot_says_which_point_stands_where() -> None:
    spot = Anchor((1, 0), (0, 0.5), (-12, 0))
    assert spot.beside(Box(100, 50, 36, 36), 30) == Box(124, 50 - HIGH / 2, 30, HIGH)


def test_a_script_writes_states_where_they_cover_no_name() -> None:
    """The gateway has its name above, so that its state stands at its left."""
    label = model.BPMNLabel(bounds=model.Bounds(x=110, y=84, width=70, height=14))
    nodes = [model.ExclusiveGateway(id="g", name="Which way?"), model.Task(id="a")]
    drawn = [shape("g", 100, 100, 50, 50, label=label), shape("a", 300, 100, 100, 80)]
    scene = scene_of(definitions(nodes, drawn))
    found = corners(scene)
    assert found["a"] == (410, 92, 1)
    x, y, share = found["g"]
    (name,) = scene.figures[0].texts
    assert not common(Box(x - share * 40, y, 40, HIGH), name.box)


def test_nothing_stands_on_the_marks_of_an_activity_or_touches_a_name() -> None:
    """Three bars are lines, which have no width; a name has some air around it."""
    loop = model.MultiInstanceLoopCharacteristics(id="l")
    call = model.CallActivity(id="c", loop_characteristics=loop)
    room = Clearing(scene_of(definitions([call], [shape("c", 100, 100, 100, 80)])))
    assert room.best([Box(110, 170, 40, HIGH), FAR], "c").box == FAR
    label = model.BPMNLabel(bounds=model.Bounds(x=100, y=140, width=36, height=14))
    event = model.StartEvent(id="e", name="Goods")
    scene = scene_of(definitions([event], [shape("e", 100, 100, 36, 36, label=label)]))
    (name,) = scene.figures[0].texts
    beside = Box(name.box.right + 1, name.box.y, 40, HIGH)
    assert Clearing(scene).best([beside, FAR], "x").box == FAR
