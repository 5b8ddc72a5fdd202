from __future__ import annotations

import pytest

from bpmn_xml.render.composing import outlines
from bpmn_xml.render.composing.icons.parts import Ink
from bpmn_xml.render.composing.scene import Colours, Figure
from bpmn_xml.render.geometry import Box
from bpmn_xml.render.output.painter import Painter
from bpmn_xml.render.overlay import Edit, Mark, Overlay, Progress
from bpmn_xml.render.theme import LIGHT

PINK, BLUE = "#ffcdd2", "#bbdefb"
BOX = Box(0, 0, 600, 200)


def figure(element: str, parent: str, fill: str | None, ink: Ink) -> Figure:
    return Figure(
        id=element,
        element=element,
        kind="lane",
        box=BOX,
        outline=outlines.rectangle(BOX, ink=ink),
        parent=parent,
        colours=Colours(fill=fill),
    )


@pytest.mark.parametrize(
    ("lane", "ground"),
    [
        (figure("lane", "pool", None, Ink.LINE), PINK),
        (figure("lane", "pool", BLUE, Ink.PAPER), BLUE),
        (figure("lane", "", None, Ink.LINE), LIGHT.canvas),
        (figure("lane", "lane", None, Ink.LINE), LIGHT.plain.fill),
    ],
    ids=["seen through", "coloured", "without a pool", "in itself"],
)
def test_what_lies_in_a_lane_lies_on_what_one_sees_there(lane: Figure, ground: str) -> None:
    event = figure("event", "lane", None, Ink.PAPER)
    figures = (figure("pool", "", PINK, Ink.PAPER), lane, event)
    assert Painter(LIGHT, None, figures).ground(event) == ground


def test_what_takes_no_tokens_is_marked_only_where_something_is_said_of_it() -> None:
    pool, lane = figure("pool", "", PINK, Ink.PAPER), figure("lane", "pool", None, Ink.LINE)
    added, done = Mark(state=Edit.ADDED), Mark(state=Progress.DONE)
    said = [
        (Overlay(marks={"pool": added}), added, None),
        (Overlay(marks={"pool": added}, rest=Edit.SAME, whole=True), added, Mark(state=Edit.SAME)),
        (Overlay(marks={"task": done}), None, None),
    ]
    for overlay, of_pool, of_lane in said:
        painter = Painter(LIGHT, overlay, (pool, lane))
        assert (painter.mark(pool), painter.mark(lane)) == (of_pool, of_lane)
