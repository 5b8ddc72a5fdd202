from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bpmn_xml import model, render
from bpmn_xml.render.composing.missing import forgotten
from bpmn_xml.render.notes import FORGOTTEN
from tests.render.build import definitions, flow, order, shape

TASK, OTHER = model.Task(id="task"), model.Task(id="other")
SHAPE = shape("task", 0, 0, 100, 80)
SUB = model.SubProcess(id="sub", flow_elements=(TASK, OTHER))
BOX = shape("sub", 0, 0, 400, 300)

FILES = [
    ("nothing", definitions([TASK], [SHAPE]), ()),
    ("a task", definitions([TASK, OTHER], [SHAPE]), ("other",)),
    ("a flow", definitions([TASK, flow("task", "task")], [SHAPE]), ("task_task",)),
    ("what has no shape", definitions([TASK, model.DataObject(id="data")], [SHAPE]), ()),
    ("the inside of a collapsed one", definitions([SUB], [BOX]), ()),
    ("part of an inside", definitions([SUB], [BOX, SHAPE]), ("other",)),
]


@pytest.mark.parametrize(("file", "missing"), [row[1:] for row in FILES], ids=[r[0] for r in FILES])
def test_what_stands_beside_what_is_drawn_is_missing(file: Any, missing: Any) -> None:
    assert forgotten(file) == missing


def test_an_inside_on_a_plane_of_its_own_is_drawn() -> None:
    file = definitions([SUB], [BOX])
    inside = model.BPMNPlane(bpmn_element="sub", elements=(SHAPE, shape("other", 9, 9, 100, 80)))
    diagrams = (*file.diagrams, model.BPMNDiagram(plane=inside))
    assert forgotten(msgspec.structs.replace(file, diagrams=diagrams)) == ()


@pytest.mark.parametrize(("pools", "missing"), [((), ("other",)), (("p2",), ())])
def test_a_process_that_is_not_drawn_is_missing_unless_a_pool_holds_it(
    pools: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    second = model.Process(id="p2", flow_elements=(OTHER,))
    members = tuple(model.Participant(id=f"pool {one}", process_ref=one) for one in pools)
    roots = (second, model.Collaboration(id="c", participants=members))
    assert forgotten(definitions([TASK], [SHAPE], roots=roots)) == missing


def test_a_picture_tells_how_many_and_which_are_missing() -> None:
    many = [model.Task(id=f"t{n}") for n in range(20)]
    [note] = render.picture(definitions([TASK, *many], [SHAPE])).notes
    assert note.code == FORGOTTEN
    assert "(20: t0, t1, t2, t3, t4 and 15 more)" in note.message
    assert "bpmn-xml layout" in note.remedy


def test_what_is_laid_out_forgets_nothing() -> None:
    bare = msgspec.structs.replace(order(), diagrams=())
    assert not render.picture(bare).notes


def test_messages_of_a_choreography_are_not_drawn() -> None:
    step = model.ChoreographyTask(id="step", initiating_participant_ref="a")
    message = model.MessageFlow(id="m", source_ref="a", target_ref="b")
    root = model.Choreography(id="c", flow_elements=(step,), message_flows=(message,))
    plane = model.BPMNPlane(bpmn_element="c", elements=(shape("step", 0, 0, 100, 80),))
    diagram = model.BPMNDiagram(plane=plane)
    assert forgotten(model.Definitions(id="d", root_elements=(root,), diagrams=(diagram,))) == ()
