from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.layout import lay_out
from tests.layout.processes import alone, drawn, flows


def test_ids_of_the_drawing_are_new():
    plane = lay_out(alone(model.Task(id="a"), model.Task(id="a_di"))).diagrams[0].plane
    assert [shape.id for shape in plane.elements] == ["a_di_2", "a_di_di"]


@pytest.mark.parametrize(
    ("element", "expanded", "marker"),
    [
        (model.SubProcess(id="x", flow_elements=(model.Task(id="t"),)), True, None),
        (model.SubProcess(id="x"), False, None),
        (model.Task(id="x"), None, None),
        (model.ExclusiveGateway(id="x"), None, True),
        (model.ParallelGateway(id="x"), None, None),
    ],
)
def test_what_shapes_say(element, expanded, marker):
    shape = drawn(lay_out(alone(element)))["x"]
    assert (shape.is_expanded, shape.is_marker_visible, shape.is_horizontal) == (
        expanded,
        marker,
        None,
    )


def test_pools_and_lanes_are_horizontal():
    lanes = (model.LaneSet(id="s", lanes=(model.Lane(id="l"),)),)
    process = model.Process(id="p", lane_sets=lanes, flow_elements=(model.Task(id="t"),))
    root = model.Collaboration(
        id="c", participants=(model.Participant(id="pool", process_ref="p"),)
    )
    found = drawn(lay_out(model.Definitions(id="d", root_elements=(root, process))))
    assert found["pool"].is_horizontal
    assert found["l"].is_horizontal
    assert list(found) == ["pool", "l", "t"]


def test_containers_come_before_what_they_contain_and_groups_last():
    inner = model.SubProcess(
        id="s", flow_elements=(model.Task(id="t"),), artifacts=(model.Group(id="g"),)
    )
    event = model.BoundaryEvent(id="b", attached_to_ref="s")
    note = model.TextAnnotation(id="n")
    definitions = alone(event, inner, *flows(("b", "s")), artifacts=(note,))
    assert list(drawn(lay_out(definitions))) == ["s", "n", "b", "t", "g", "b_s_0"]


def test_labels():
    found = drawn(
        lay_out(
            alone(
                model.StartEvent(id="a", name="go"),
                model.Task(id="b", name="do"),
                *flows(("a", "b"), a_b="yes"),
            )
        )
    )
    assert found["a"].label.bounds.y > found["a"].bounds.y + 36
    assert found["b"].label is None
    assert found["a_b_0"].label is not None


def test_choreography_activities_have_bands():
    task = model.ChoreographyTask(
        id="t", initiating_participant_ref="b", participant_refs=("a", "b", "c")
    )
    root = model.Choreography(id="c", flow_elements=(task,))
    diagram = lay_out(model.Definitions(id="d", root_elements=(root,))).diagrams[0]
    activity, *bands = diagram.plane.elements
    assert [(band.bpmn_element, band.participant_band_kind) for band in bands] == [
        ("a", "top_non_initiating"),
        ("b", "middle_initiating"),
        ("c", "bottom_non_initiating"),
    ]
    assert {band.choreography_activity_shape for band in bands} == {activity.id}
    assert bands[-1].bounds.y + 20 == activity.bounds.y + activity.bounds.height


def test_planes_name_what_they_draw():
    diagram = lay_out(alone(model.Task(id="a"))).diagrams[0]
    assert diagram.plane.bpmn_element == "process"
    assert {diagram.id, diagram.plane.id} == {"process_diagram", "process_plane"}
