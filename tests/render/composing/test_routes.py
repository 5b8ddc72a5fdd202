from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model
from bpmn_xml.render.composing.icons.parts import Draw
from bpmn_xml.render.composing.scene import Dash, Tip
from tests.render.build import definitions, edge, flow, shape
from tests.render.scenes import line_of, scene_of


def _between(source: Any, target: Any, *points: tuple[float, float]) -> model.Definitions:
    nodes = [source, target, flow(source.id, target.id)]
    drawn = [shape(source.id, 0, 0, 100, 80), shape(target.id, 200, 0, 40, 80)]
    return definitions(nodes, [*drawn, edge("a_b", *points)])


@pytest.mark.parametrize(
    ("source", "target", "points", "met"),
    [
        (model.Task, model.Task, [(100, 40), (200, 40)], [(100, 40), (200, 40)]),
        (model.Task, model.Task, [(50, 40), (220, 40)], [(100, 40), (200, 40)]),
        (model.Task, model.EndEvent, [(50, 40), (220, 40)], [(100, 40), (200, 40)]),
        (model.ParallelGateway, model.Task, [(50, 40), (220, 40)], [(100, 40), (200, 40)]),
        (
            model.ParallelGateway,
            model.Task,
            [(50, 40), (150, 80), (200, 80)],
            [(83, 53), (200, 80)],
        ),
        (model.Task, model.Task, [(98, 40), (202, 40)], [(98, 40), (202, 40)]),
        (model.Task, model.Task, [(40, 40), (60, 40)], [(40, 40), (60, 40)]),
    ],
)
def test_a_flow_ends_at_the_borders(source: Any, target: Any, points: Any, met: Any) -> None:
    line = line_of(_between(source(id="a"), target(id="b"), *points), "a_b")
    ends = [(round(x), round(y)) for x, y in (line.points[0], line.points[-1])]
    assert ends == met


CONDITION = model.Expression(body="x > 1")


@pytest.mark.parametrize(
    ("source", "condition", "tail"),
    [
        (model.Task(id="a"), CONDITION, Tip.DIAMOND),
        (model.Task(id="a"), None, Tip.NONE),
        (model.ExclusiveGateway(id="a"), CONDITION, Tip.NONE),
        (model.Task(id="a", default="a_b"), CONDITION, Tip.NONE),
    ],
)
def test_a_condition_of_an_activity_wears_a_diamond(source: Any, condition: Any, tail: Tip) -> None:
    nodes = [source, model.Task(id="b"), flow("a", "b", condition_expression=condition)]
    line = line_of(definitions(nodes, [edge("a_b", (0, 0), (99, 0))]), "a_b")
    assert line.tail is tail
    assert line.head is Tip.ARROW


def test_the_default_flow_has_a_slash_near_its_start() -> None:
    nodes = [model.ExclusiveGateway(id="a", default="a_b"), model.Task(id="b"), flow("a", "b")]
    (slash,) = line_of(definitions(nodes, [edge("a_b", (0, 0), (99, 0))]), "a_b").parts
    (x0, y0), (x1, y1) = slash.points
    assert (x0 + x1) / 2 == pytest.approx(10)
    (top, foot) = sorted(slash.points, key=lambda point: point[1])
    assert y0 * y1 < 0
    assert top[0] < foot[0]


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ([(0, 0), (99, 0)], (40, 16)),
        ([(0, 0), (20, 0), (20, -90)], (33, 0)),
        ([(0, 0), (40, 0), (40, 90), (90, 90)], (10, 0)),
        ([(0, 5), (99, 5)], (40, 16)),
        ([(0, 9), (99, 9)], (10, 0)),
        ([(0, 0), (0, 90)], (10, 0)),
    ],
    ids=["parts at the bend", "parts before it", "shares all", "close by", "aside", "leaves down"],
)
def test_the_slash_stands_where_its_flow_is_alone(other: Any, expected: Any) -> None:
    source = model.Task(id="a", default="a_b")
    nodes = [source, model.Task(id="b"), model.Task(id="c"), flow("a", "b"), flow("a", "c")]
    edges = [edge("a_b", (0, 0), (40, 0), (40, 90)), edge("a_c", *other)]
    (slash,) = line_of(definitions(nodes, edges), "a_b").parts
    (x0, y0), (x1, y1) = slash.points
    assert ((x0 + x1) / 2, (y0 + y1) / 2) == pytest.approx(expected)


@pytest.mark.parametrize(("direction", "heads"), [("None", 0), ("One", 1), ("Both", 2)])
def test_associations_have_open_heads_by_direction(direction: Any, heads: int) -> None:
    association = model.Association(
        id="x", source_ref="a", target_ref="b", association_direction=direction
    )
    content = definitions([], [edge("x", (0, 0), (99, 0))], artifacts=(association,))
    line = line_of(content, "x")
    assert line.dash is Dash.DOTTED
    assert len(line.parts) == heads
    assert (line.head, line.tail) == (Tip.NONE, Tip.NONE)
    tips = [part.points[1] for part in line.parts]
    assert tips == [(99, 0)] * (heads == 1) + [(0, 0), (99, 0)] * (heads == 2)


def test_data_flows_between_data_and_their_activity() -> None:
    task = model.Task(
        id="t",
        data_input_associations=(
            model.DataInputAssociation(id="in", source_refs=("d",), target_ref="t_input"),
        ),
        data_output_associations=(
            model.DataOutputAssociation(id="out", source_refs=("t_output",), target_ref="d"),
        ),
    )
    nodes = [task, model.DataObjectReference(id="d")]
    drawn = [edge("in", (0, 0), (99, 0)), edge("out", (0, 9), (99, 9))]
    lines = {
        line.id: (line.source, line.target) for line in scene_of(definitions(nodes, drawn)).lines
    }
    assert lines == {"in": ("d", "t"), "out": ("t", "d")}


def _messages(**more: Any) -> model.Definitions:
    ends = tuple(model.Participant(id=name) for name in "ab")
    message = model.MessageFlow(id="m", source_ref="a", target_ref="b", name="Hello")
    collaboration = model.Collaboration(id="c", participants=ends, message_flows=(message,))
    return definitions([], [edge("m", (0, 0), (0, 99), **more)], roots=[collaboration])


def test_a_message_flow_is_dashed_from_ring_to_open_arrow() -> None:
    line = line_of(_messages(), "m")
    assert (line.tail, line.head, line.dash) == (Tip.RING, Tip.OPEN_ARROW, Dash.LONG)
    assert not line.parts
    assert line.runs


@pytest.mark.parametrize(("kind", "ink"), [("initiating", "paper"), ("non_initiating", "shade")])
def test_a_visible_message_lies_on_its_flow(kind: str, ink: str) -> None:
    line = line_of(_messages(message_visible_kind=kind), "m")
    assert line.parts[0].draw is Draw.RECT
    assert line.parts[0].ink == ink
    assert line.texts[0].box.x > 13


def test_a_conversation_link_is_a_double_line() -> None:
    link = model.ConversationLink(id="l", source_ref="a", target_ref="b")
    collaboration = model.Collaboration(id="c", conversation_links=(link,))
    line = line_of(definitions([], [edge("l", (0, 0), (99, 0))], roots=[collaboration]), "l")
    assert line.parts[0].ink == "knock"
    assert line.parts[0].width < line.width


@pytest.mark.parametrize(
    ("points", "beside"),
    [(((0, 0), (100, 0)), (50, -10)), (((0, 0), (0, 100)), (15, 50))],
    ids=["above", "right"],
)
def test_a_name_without_bounds_stands_beside_the_longest_piece(points: Any, beside: Any) -> None:
    nodes = [flow("a", "b", name="yes")]
    (text,) = line_of(definitions(nodes, [edge("a_b", *points)]), "a_b").texts
    assert text.at == pytest.approx(beside, abs=5)
    assert text.outside
