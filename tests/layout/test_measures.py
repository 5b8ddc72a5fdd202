from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.layout import lay_out
from bpmn_xml.layout.measures import (
    caption,
    category_values,
    contour_of,
    is_named_outside,
    label_size,
    room_for_markers,
    shape_size,
)
from tests.layout.processes import alone, drawn


@pytest.mark.parametrize(
    ("element", "text", "size"),
    [
        (model.StartEvent(id="a"), "x" * 99, (36, 36)),
        (model.ExclusiveGateway(id="a"), "", (50, 50)),
        (model.Task(id="a"), "Check", (100, 80)),
        (model.Task(id="a"), "one two three " * 3, (100, 80)),
        (model.UserTask(id="a"), "one two three " * 4, (120, 80)),
        (model.Task(id="a"), "word " * 100, (200, 252)),
        (model.CallActivity(id="a"), "", (100, 80)),
        (model.DataObjectReference(id="a"), "", (36, 50)),
        (model.DataStoreReference(id="a"), "", (50, 50)),
        (model.Group(id="a"), "", (200, 120)),
        (model.TextAnnotation(id="a"), "", (100, 30)),
        (model.TextAnnotation(id="a"), "note " * 60, (300, 94)),
        (
            model.ChoreographyTask(
                id="a", initiating_participant_ref="x", participant_refs=("x", "y", "z")
            ),
            "",
            (100, 100),
        ),
    ],
)
def test_shape_size(element, text, size):
    assert shape_size(element, text) == size


@pytest.mark.parametrize("text", ["", "OK", "Goods were received", "Rechtsschutz" * 5, "a\nb"])
def test_middles_are_whole_pixels(text):
    for size in (label_size(text), shape_size(model.Task(id="a"), text * 9)):
        assert all(length % 2 == 0 for length in size)


@pytest.mark.parametrize(
    ("element", "contour", "outside"),
    [
        (model.EndEvent(id="a"), "circle", True),
        (model.ParallelGateway(id="a"), "diamond", True),
        (model.Conversation(id="a"), "diamond", True),
        (model.Task(id="a"), "box", False),
        (model.DataStoreReference(id="a"), "box", True),
        (model.TextAnnotation(id="a"), "box", False),
    ],
)
def test_contours_and_names(element, contour, outside):
    assert (contour_of(element), is_named_outside(element)) == (contour, outside)


@pytest.mark.parametrize(
    ("element", "room"),
    [
        (model.SubProcess(id="a"), 0),
        (model.AdHocSubProcess(id="a"), 12),
        (model.SubProcess(id="a", is_for_compensation=True), 12),
        (
            model.Transaction(
                id="a", loop_characteristics=model.StandardLoopCharacteristics(id="l")
            ),
            12,
        ),
    ],
)
def test_markers_at_the_foot_of_a_sub_process_have_room(element, room):
    assert room_for_markers(element) == room


def test_captions():
    value = model.CategoryValue(id="v", value="phase")
    category = model.Category(id="c", category_values=(value, model.CategoryValue(id="w")))
    values = category_values(model.Definitions(id="d", root_elements=(category,)))
    assert values == {"v": "phase", "w": ""}
    for element, text in (
        (model.Group(id="g", category_value_ref="v"), "phase"),
        (model.Group(id="g"), ""),
        (model.TextAnnotation(id="t", text=model.Text(text="hi")), "hi"),
        (model.TextAnnotation(id="t"), ""),
        (model.Task(id="t", name="do"), "do"),
        (model.Task(id="t"), ""),
    ):
        assert caption(element, values) == text


@pytest.mark.parametrize("name", ["x" * 10_000, "word " * 2_000, "漢字" * 3_000])
def test_a_name_without_end_makes_no_shape_without_end(name):
    assert shape_size(model.UserTask(id="t"), name)[1] <= 350
    assert label_size(name)[1] <= 140
    assert shape_size(model.TextAnnotation(id="t"), name)[1] <= 900
    found = lay_out(
        alone(
            model.Task(id="t"),
            model.SubProcess(id="s", name=name, flow_elements=(model.Task(id="u", name=name),)),
        )
    )
    assert max(one.bounds.y + one.bounds.height for one in drawn(found).values()) < 1_500
