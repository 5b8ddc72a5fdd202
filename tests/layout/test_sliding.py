from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.layout import lay_out
from tests.layout.processes import alone, drawn, flows
from tests.layout.score import score

NOTE = "Both of these tasks are done by the same person, who has to have been told of it " * 2


def shared(text, *tasks, count=3):
    """A row of tasks, and a note at some of them."""
    nodes = [model.Task(id=f"t{n}") for n in range(count)]
    links = flows(*((f"t{n}", f"t{n + 1}") for n in range(count - 1)))
    note = model.TextAnnotation(id="note", text=model.Text(text=text))
    lines = [
        model.Association(id=f"to{task}", source_ref=task, target_ref="note") for task in tasks
    ]
    return alone(*nodes, *links, artifacts=(note, *lines))


@pytest.mark.parametrize("tasks", [("t0", "t1"), ("t1", "t0"), ("t2", "t1")])
def test_a_note_at_two_tasks_faces_both(tasks):
    found = lay_out(shared(NOTE, *tasks))
    assert not score(found).faults()
    elements = drawn(found)
    for task in tasks:
        points = [(point.x, point.y) for point in elements[f"to{task}"].waypoints]
        assert len(points) == 2
        assert points[0][0] == points[1][0]


def test_a_narrow_note_stays_at_the_first():
    elements = drawn(lay_out(shared("short", "t0", "t2")))
    note, task = elements["note"].bounds, elements["t0"].bounds
    assert note.x + note.width / 2 == task.x + task.width / 2


def test_a_note_does_not_slide_upon_another():
    definitions = shared(NOTE, "t0", "t1")
    process = definitions.root_elements[0]
    more = (
        model.TextAnnotation(id="other", text=model.Text(text=NOTE)),
        model.Association(id="line", source_ref="t1", target_ref="other"),
    )
    found = alone(*process.flow_elements, artifacts=(*process.artifacts, *more))
    assert not score(lay_out(found)).faults()
