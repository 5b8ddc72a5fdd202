"""Compensation and transactions as they are drawn, and what can be wrong with them."""

from __future__ import annotations

from typing import Any

import pytest

import bpmn_xml
from bpmn_xml import model as m
from bpmn_xml.compiler.program import NONE, Kind, Trigger
from tests.compiler.drawing import compiled, file, flow, flows, told

COMPENSATION = (m.CompensateEventDefinition(id="d"),)
CANCEL = (m.CancelEventDefinition(id="d"),)
TASK = m.Task(id="t")
UNDO = m.Task(id="u", is_for_compensation=True)
AT_T = m.BoundaryEvent(id="b", attached_to_ref="t", event_definitions=COMPENSATION)
LINE = m.Association(id="a", source_ref="b", target_ref="u")


def throws(activity: str | None = None, **fields: Any) -> m.EndEvent:
    definition = m.CompensateEventDefinition(id="d", activity_ref=activity, **fields)
    return m.EndEvent(id="e", event_definitions=(definition,))


@pytest.mark.parametrize("line", [LINE, m.Association(id="a", source_ref="u", target_ref="b")])
@pytest.mark.parametrize("outside", [True, False])
def test_an_association_leads_to_what_undoes(line: m.Association, outside: bool) -> None:
    note = m.Association(id="note", source_ref="t", target_ref="u")
    where: dict[str, Any] = {"artifacts": (note, line)}
    if outside:
        where = {"roots": (m.Collaboration(id="C", artifacts=(line,)),)}
    program = compiled(file(TASK, AT_T, UNDO, throws("t"), flow("t e"), **where))
    task, boundary, undo, end = program.nodes
    assert task.undo == boundary.index
    assert program.flows[boundary.outgoing[0]].id == "a"
    assert program.flows[boundary.outgoing[0]].target == undo.index
    assert end.events[0].activity == task.index
    assert end.events[0].waits
    assert [node.undoes for node in program.nodes] == [True, False, False, False]
    assert program.compensates
    assert program.containers[0].starts == (task.index,)


def test_a_definition_at_the_root() -> None:
    event = m.BoundaryEvent(id="b", attached_to_ref="t", event_definition_refs=("d",))
    program = compiled(file(TASK, event, UNDO, roots=COMPENSATION, artifacts=(LINE,)))
    assert program.nodes[0].undo == 1


def test_an_event_need_not_wait() -> None:
    program = compiled(file(TASK, throws(wait_for_completion=False), flow("t e")))
    assert not program.nodes[1].events[0].waits
    assert not program.compensates


def test_what_has_something_undoable_inside_can_be_undone() -> None:
    inner = m.SubProcess(id="z", flow_elements=(TASK, AT_T, UNDO), artifacts=(LINE,))
    handler = m.SubProcess(
        id="v",
        triggered_by_event=True,
        flow_elements=(m.StartEvent(id="vs", event_definitions=COMPENSATION),),
    )
    outer = m.SubProcess(id="y", flow_elements=(m.Task(id="x"), handler))
    program = compiled(file(inner, outer, throws(), flow("z y"), flow("y e")))
    nodes = {node.id: node for node in program.nodes}
    assert [name for name, node in nodes.items() if node.undoes] == ["z", "y", "t"]
    assert nodes["z"].undo == -1
    assert nodes["y"].undo == nodes["v"].index


def test_a_call_activity_is_undone_as_what_it_calls() -> None:
    called = m.Process(id="Q", flow_elements=(TASK, AT_T, UNDO), artifacts=(LINE,))
    call = m.CallActivity(id="w", called_element="Q")
    program = compiled(file(call, throws(), flow("w e"), roots=(called,)))
    assert [node.id for node in program.nodes if node.undoes] == ["w", "t"]


def transaction(*inside: m.FlowElement) -> m.Definitions:
    ends = m.StartEvent(id="s"), m.EndEvent(id="e")
    element = m.Transaction(id="n", flow_elements=inside)
    after = m.BoundaryEvent(id="b", attached_to_ref="n", event_definitions=CANCEL)
    return file(*ends, element, *flows("s n, n e"), after, flow("b e"))


CANCELS = (m.Task(id="i"), m.EndEvent(id="k", event_definitions=CANCEL), flow("i k"))


def test_a_transaction_that_can_be_cancelled() -> None:
    program = compiled(transaction(*CANCELS))
    node = next(node for node in program.nodes if node.id == "n")
    assert node.kind is Kind.TRANSACTION
    assert [program.nodes[i].events[0].trigger for i in node.boundary] == [Trigger.CANCEL]


def undoes_around(name: str) -> m.SubProcess:
    start = m.StartEvent(id=f"{name}s", event_definitions=COMPENSATION)
    return m.SubProcess(id=name, triggered_by_event=True, flow_elements=(start,))


FAULTS: list[tuple[m.Definitions, list[str]]] = [
    (
        file(TASK, AT_T),
        ["error BX135 b: no activity undoes what it is attached to; draw an association to one"],
    ),
    (
        file(TASK, AT_T, m.Task(id="u"), artifacts=(LINE,)),
        [
            (
                "error BX135 b: it leads to 'u', which is not marked for compensation; "
                'set isForCompensation="true" there'
            )
        ],
    ),
    (
        file(
            TASK,
            AT_T,
            UNDO,
            m.Task(id="v", is_for_compensation=True),
            artifacts=(LINE, m.Association(id="a2", source_ref="b", target_ref="v")),
        ),
        [
            (
                "error BX135 b: 2 activities undo what it is attached to; "
                "put them into one sub-process"
            ),
            (
                "warning BX128 u: no compensation event leads to it, so it is never run; "
                "lead one to it, or remove it"
            ),
            (
                "warning BX128 v: no compensation event leads to it, so it is never run; "
                "lead one to it, or remove it"
            ),
        ],
    ),
    (
        file(
            TASK,
            AT_T,
            m.BoundaryEvent(id="c", attached_to_ref="t", event_definitions=COMPENSATION),
            UNDO,
            m.Task(id="v", is_for_compensation=True),
            artifacts=(LINE, m.Association(id="a2", source_ref="c", target_ref="v")),
        ),
        ["error BX135 c: it undoes 't', as 'b' does; put what undoes it into one sub-process"],
    ),
    (
        file(TASK, undoes_around("v"), undoes_around("w")),
        ["error BX135 w: it undoes 'P', as 'v' does; put what undoes it into one sub-process"],
    ),
    (
        file(TASK, AT_T, UNDO, m.Task(id="x"), flow("b x"), artifacts=(LINE,)),
        [
            (
                "error BX122 b-x: it leaves a compensation event; "
                "draw an association to the activity that undoes"
            )
        ],
    ),
    (
        file(TASK, AT_T, UNDO, m.Task(id="x"), *flows("t u, u x"), artifacts=(LINE,)),
        [
            (
                "error BX122 t-u: it leads to an activity for compensation; "
                "draw an association from a boundary event"
            ),
            (
                "error BX122 u-x: it leaves an activity for compensation; "
                "put what follows into one sub-process"
            ),
        ],
    ),
    (
        file(TASK, throws("gone"), flow("t e")),
        [
            (
                "error BX135 e: the activity 'gone' that it compensates is not in the file; "
                "name one, or none to compensate all"
            )
        ],
    ),
    (
        file(m.SubProcess(id="z", flow_elements=(TASK,)), throws("t"), flow("z e")),
        [
            (
                "error BX135 e: it cannot see the activity 't' that it compensates, "
                "on another level; name an activity of its own level"
            )
        ],
    ),
    (
        file(
            TASK,
            m.SubProcess(id="z", flow_elements=(throws("t"), m.Task(id="i"), flow("i e"))),
            flow("t z"),
        ),
        [
            (
                "error BX135 e: it cannot see the activity 't' that it compensates, "
                "on another level; name an activity of its own level"
            )
        ],
    ),
    (
        file(TASK, m.BoundaryEvent(id="b", attached_to_ref="t", event_definitions=CANCEL)),
        [
            (
                "error BX123 b: it waits for task 't' to be cancelled, which is no transaction; "
                "attach it to a transaction"
            )
        ],
    ),
    (
        file(*CANCELS),
        ["error BX102 k: it is in no transaction; draw another end event"],
    ),
]


@pytest.mark.parametrize(("definitions", "lines"), FAULTS)
def test_what_is_wrong_is_said(definitions: m.Definitions, lines: list[str]) -> None:
    assert sorted(told(definitions)) == sorted(lines)


def test_an_event_sub_process_sees_what_is_around_it() -> None:
    handler = m.SubProcess(
        id="v",
        triggered_by_event=True,
        flow_elements=(
            m.StartEvent(id="vs", event_definitions=(m.ErrorEventDefinition(id="d"),)),
            throws("t"),
            flow("vs e"),
        ),
    )
    assert told(file(TASK, AT_T, UNDO, handler, artifacts=(LINE,))) == []


TWO_RECEIVERS = b"""
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x">
  <collaboration id="C">
    <participant id="p" processRef="P"/>
    <participant id="q" processRef="Q"/>
    <messageFlow id="m1" sourceRef="e" targetRef="q1"/>
    <messageFlow id="m2" sourceRef="e" targetRef="q2"/>
  </collaboration>
  <process id="P" isExecutable="true">
    <startEvent id="s"/>
    <task id="t"/>
    <boundaryEvent id="b" attachedToRef="t"><compensateEventDefinition/></boundaryEvent>
    <task id="u" isForCompensation="true"/>
    <association id="a" sourceRef="b" targetRef="u"/>
    <endEvent id="e">
      <messageEventDefinition messageRef="M"/>
      <compensateEventDefinition activityRef="t"/>
    </endEvent>
    <sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
    <sequenceFlow id="f2" sourceRef="t" targetRef="e"/>
  </process>
  <process id="Q" isExecutable="true">
    <startEvent id="q1"><messageEventDefinition messageRef="M"/></startEvent>
    <startEvent id="q2"><messageEventDefinition messageRef="M"/></startEvent>
  </process>
  <message id="M" name="paid"/>
</definitions>
"""


def test_what_is_undone_goes_with_its_definition_however_many_receive_the_other() -> None:
    program = compiled(bpmn_xml.read(TWO_RECEIVERS))
    thrown = next(node for node in program.nodes if node.id == "e").events
    undone = [program.nodes[event.activity].id for event in thrown if event.activity != NONE]
    assert [event.receiver for event in thrown] == ["q1", "q2", ""]
    assert undone == ["t"]
