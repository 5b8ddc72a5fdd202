from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.layout import lay_out
from bpmn_xml.layout.block import empty_block
from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.outline import outlines
from bpmn_xml.layout.routing import free
from bpmn_xml.layout.routing.field import new_field
from bpmn_xml.layout.routing.free import obstacles, route_free_edges
from bpmn_xml.layout.scopes import Sketch
from bpmn_xml.layout.wiring import wire
from tests.layout.processes import alone, drawn
from tests.layout.score import score


def message(source, target):
    return model.MessageFlow(id=f"{source}_{target}", source_ref=source, target_ref=target)


def two_pools(*messages, notes=()):
    processes = [
        model.Process(
            id=key,
            flow_elements=(model.StartEvent(id=f"{key}s"), model.Task(id=f"{key}t")),
        )
        for key in "pq"
    ]
    pools = tuple(model.Participant(id=f"{key}pool", process_ref=key) for key in "pq")
    root = model.Collaboration(
        id="c",
        participants=(*pools, model.Participant(id="box")),
        message_flows=tuple(message(*ends) for ends in messages),
        artifacts=notes,
    )
    return model.Definitions(id="d", root_elements=(root, *processes))


@pytest.mark.parametrize(
    "ends",
    [
        ("ps", "qt"),
        ("pt", "qpool"),
        ("box", "pt"),
        ("box", "qpool"),
        ("pt", "pt"),
        ("box", "box"),
        ("pt", "ps"),
    ],
)
def test_messages_are_routed(ends):
    definitions = lay_out(two_pools(ends))
    assert not score(definitions).faults()
    assert "_".join(ends) in drawn(definitions)


def test_a_note_can_be_tied_to_a_message():
    notes = (
        model.TextAnnotation(id="n"),
        model.Association(id="l", source_ref="n", target_ref="ps_qt"),
    )
    assert not score(lay_out(two_pools(("ps", "qt"), notes=notes))).faults()


def test_flows_into_boundary_events_and_across_scopes_are_routed():
    inner = model.SubProcess(id="s", flow_elements=(model.Task(id="t"),))
    elements = (
        inner,
        model.Task(id="a"),
        model.BoundaryEvent(id="b", attached_to_ref="a"),
        model.SequenceFlow(id="1", source_ref="a", target_ref="t"),
        model.SequenceFlow(id="2", source_ref="t", target_ref="b"),
        model.SequenceFlow(id="3", source_ref="b", target_ref="b"),
        model.SequenceFlow(id="4", source_ref="t", target_ref="s"),
    )
    definitions = lay_out(alone(*elements))
    assert not score(definitions).faults()
    assert {"1", "2", "3", "4"} <= drawn(definitions).keys()


def test_obstacles():
    (outline,) = outlines(two_pools())
    drawing = empty_block()
    for number, key in enumerate(outline.elements):
        drawing.areas[key] = Area(0, 100 * number, 500, 80)
    drawing.lanes["lane"] = Area(30, 0, 470, 80)
    found = obstacles(outline, drawing)
    assert {"ps", "pt", "box"} <= found.keys()
    assert not {"ppool", "qpool"} & found.keys()
    headers = [area for key, area in found.items() if key.startswith(" header")]
    assert [area.width for area in headers] == [30, 30, 30]


def test_without_effort_edges_go_straight_through(monkeypatch):
    monkeypatch.setattr(free, "_STEPS_ALL", 0)
    (outline,) = outlines(two_pools(("ps", "qt")))
    sketch = Sketch(outline, wire(outline), {})
    drawing = empty_block()
    drawing.areas = {"ps": Area(0, 0, 36, 36), "qt": Area(300, 300, 100, 80)}
    assert route_free_edges(sketch, drawing, new_field({}, {}, [])) == ["ps_qt"]
    route = drawing.routes["ps_qt"]
    assert (route[0], route[-1]) == ((18, 0), (350, 300))
