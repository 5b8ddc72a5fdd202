"""From models to a program as a whole: every finding at once, in order, and no other exception."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse, compile_models
from bpmn_xml.errors import CheckError, Severity
from bpmn_xml.model.vendors import CAMUNDA
from tests.compiler.drawing import around, file, flow, read_text, told

DRAWN = """<process id="P" isExecutable="true">
  <startEvent id="s" name="Begin"/>
  <choreographyTask id="c" name="Odd" initiatingParticipantRef="A"/>
  <task id="t" name="Twice" startQuantity="0"/>
  <sequenceFlow id="f" sourceRef="s" targetRef="gone"/>
  <sequenceFlow id="g" sourceRef="s" targetRef="t"/>
</process>"""


def test_every_fault_is_told_at_once_with_its_place_and_name() -> None:
    with pytest.raises(CheckError) as raised:
        compile_models([read_text(DRAWN, name="order.bpmn")])
    found = [(f.code, str(f.place), f.id, f.name) for f in raised.value.findings]
    assert found == [
        ("BX101", "order.bpmn:4:3", "c", "Odd"),
        ("BX103", "order.bpmn:5:3", "t", "Twice"),
        ("BX120", "order.bpmn:6:3", "f", ""),
    ]


def test_findings_of_several_files_are_in_the_order_of_files_and_lines() -> None:
    files = [read_text(DRAWN, name="b.bpmn"), read_text(DRAWN, name="a.bpmn")]
    _, findings = analyse(files, Options())
    places = [(found.place.file, found.place.line) for found in findings]
    assert places == sorted(places)
    assert {found.place.file for found in findings} == {"a.bpmn", "b.bpmn"}


def test_warnings_and_notes_do_not_refuse() -> None:
    drawn = file(m.StartEvent(id="s"), m.Task(id="t"))
    program, findings = analyse([drawn], Options())
    assert program is not None
    assert [found.severity for found in findings] == [Severity.WARNING]
    assert compile_models([drawn]) == program


def test_an_error_leaves_warnings_out_of_the_exception() -> None:
    drawn = around(m.ChoreographyTask(id="g", initiating_participant_ref="A"), m.Task(id="aside"))
    with pytest.raises(CheckError) as raised:
        compile_models([drawn])
    assert [found.code for found in raised.value.findings] == ["BX101"]
    assert len(told(drawn)) == 2


def test_producers_are_checked_with_their_places() -> None:
    drawn = read_text(
        """<process id="P" isExecutable="true"><startEvent id="s"/>
        <serviceTask id="m1" bx:emits="many"/><serviceTask id="m2" bx:emits="many"/>
        <parallelGateway id="j" name="Join"/>
        <sequenceFlow id="f1" sourceRef="s" targetRef="m1"/>
        <sequenceFlow id="f2" sourceRef="s" targetRef="m2"/>
        <sequenceFlow id="f3" sourceRef="m1" targetRef="j"/>
        <sequenceFlow id="f4" sourceRef="m2" targetRef="j"/></process>"""
    )
    program, findings = analyse([drawn], Options())
    assert program is None
    assert [(f.code, str(f.place), f.id, f.name) for f in findings] == [
        ("BX150", "a.bpmn:4:9", "j", "Join")
    ]


def test_two_elements_of_one_id_are_refused() -> None:
    drawn = read_text(
        """<process id="P" isExecutable="true"><task id="a"/>
        <subProcess id="z"><task id="a"/></subProcess></process>"""
    )
    _, findings = analyse([drawn], Options())
    assert [str(found) for found in findings] == [
        "a.bpmn:3:28: error BX125 a: a task at a.bpmn:2:37 has the same id; give each its own id"
    ]
    assert "error BX125 t: a task has the same id; give each its own id" in told(
        file(m.Task(id="t"), m.Task(id="t"))
    )
    assert "error BX125 P: a process has the same id; give each its own id" in told(
        file(m.Task(id="P"))
    )
    assert "error BX125 s: a start event has the same id; give each its own id" in told(
        around(m.Task(id="t"), flow("t t", id="s"))
    )


def test_an_event_that_shares_its_id_with_what_is_refused_is_refused_with_it() -> None:
    listened = m.ForeignElement(name="taskListener", namespace=CAMUNDA)
    drawn = file(
        m.ChoreographyTask(id="a", initiating_participant_ref="A"),
        m.BoundaryEvent(id="a", attached_to_ref="a"),
        m.ChoreographyTask(id="a", initiating_participant_ref="A", extension_elements=(listened,)),
    )
    lines = told(drawn)
    assert any(line.startswith("error BX125 a: ") for line in lines)
    assert any(line.startswith("error BX101 a: a choreography task ") for line in lines)


def test_lists_of_names_are_public() -> None:
    import bpmn_xml.compiler as package

    assert all(hasattr(package, name) for name in package.__all__)
    with pytest.raises(AttributeError, match="no attribute 'gone'"):
        package.gone  # noqa: B018 - the attribute is asked for
