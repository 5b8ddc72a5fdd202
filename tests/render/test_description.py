"""Drawings in words: every element once, under what it lies in."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml import formats, model, read
from bpmn_xml.errors import UsageError
from bpmn_xml.layout import with_drawing
from bpmn_xml.render.description import describe
from bpmn_xml.render.drawing import scene_of
from tests.conftest import ROOT
from tests.render.build import definitions, edge, flow, shape

APART = {"call-process.bpmn", "start-signal.bpmn"}
"""Several processes without a collaboration: a plane shows only one of them."""

OWN = sorted(p for p in (ROOT / "diagrams").rglob("*.bpmn") if p.name not in APART)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.stem)
def test_every_shape_has_a_line(path: Path) -> None:
    content, _ = with_drawing(formats.read(path))
    told = [line.strip() for line in describe(content) if not line.lstrip().startswith("- ")]
    scene = scene_of(content)
    assert sorted(told[1:]) == sorted(
        [figure.words for figure in scene.figures]
        + [line.words for line in scene.lines if line.kind != "sequence-flow"]
    )


def test_content_is_indented_and_conditions_are_said() -> None:
    sub = model.SubProcess(id="sub", name="Inner", flow_elements=(model.Task(id="deep"),))
    gate = model.ExclusiveGateway(id="g", name="Good?", default="g_e")
    nodes = [gate, sub, model.EndEvent(id="e"), flow("g", "sub", name="yes"), flow("g", "e")]
    drawn = [
        shape("g", 0, 0, 50, 50),
        shape("sub", 100, 0, 300, 200, is_expanded=True),
        shape("deep", 150, 50, 100, 80),
        shape("e", 0, 300, 36, 36),
        edge("g_sub", (50, 25), (100, 25)),
        edge("g_e", (25, 50), (25, 300)),
    ]
    assert list(describe(definitions(nodes, drawn, name="Check"))) == [
        "Check",
        "  exclusive gateway Good?, leads to Inner (yes) and end event (by default)",
        "  sub-process Inner",
        "    task",
        "  end event",
    ]


def test_conditions_and_times_are_told_below() -> None:
    gate = model.ExclusiveGateway(id="g", name="Much?")
    paid = model.SequenceFlow(
        id="f",
        source_ref="g",
        target_ref="t",
        condition_expression=model.Expression(body="amount\n > 100"),
    )
    late = model.TimerEventDefinition(id="d", time_duration=model.Expression(body="PT1H"))
    timer = model.IntermediateCatchEvent(id="t", event_definitions=(late,))
    process = model.Process(id="p", name="Pay", flow_elements=(gate, timer, paid))
    assert list(describe(model.Definitions(id="d", root_elements=(process,)))) == [
        "Pay",
        "  exclusive gateway Much?, leads to intermediate catch event",
        "  - to intermediate catch event if amount > 100",
        "  timer intermediate catch event",
        "  - after PT1H",
    ]


def test_message_flows_and_notes_come_last() -> None:
    pools = (model.Participant(id="a", name="Buyer"), model.Participant(id="b", name="Seller"))
    message = model.MessageFlow(id="m", name="order", source_ref="a", target_ref="b")
    note = model.TextAnnotation(id="n", text=model.Text(text="on paper"))
    tie = model.Association(id="t", source_ref="a", target_ref="n")
    both = model.Collaboration(
        id="c", participants=pools, message_flows=(message,), artifacts=(note, tie)
    )
    told = list(describe(model.Definitions(id="d", root_elements=(both,))))
    assert told[-2:] == [
        "  message flow order from Buyer to Seller",
        "  association from Buyer to on paper",
    ]


def test_circles_of_containers_are_told_flat() -> None:
    lanes = (model.Lane(id="l", child_lane_set=model.LaneSet(id="s", lanes=(model.Lane(id="l"),))),)
    content = definitions(
        [], [shape("l", 0, 0, 300, 200)], lane_sets=(model.LaneSet(id="ls", lanes=lanes),)
    )
    assert [line.strip() for line in describe(content)][1:] == ["lane"]


def test_there_must_be_such_a_plane() -> None:
    with pytest.raises(UsageError, match="no plane '9'"):
        list(describe(formats.read(OWN[0]), "9"))


def test_a_file_need_not_be_read_before() -> None:
    order = ROOT / "diagrams" / "order" / "order.bpmn"
    assert [*describe(order)] == [*describe(str(order))] == [*describe(read(order))]


def test_elements_of_one_name_are_told_apart() -> None:
    drawing = (ROOT / "diagrams" / "order" / "order.bpmn").read_bytes()
    told = [*describe(drawing.replace(b"Pack the goods", b"Ship the goods"))]
    lines = [line.strip() for line in told if "Ship the goods" in line]
    assert "service task Ship the goods (ship), leads to Order shipped" in lines
    assert any("leads to Ship the goods (pack)" in line for line in lines)
