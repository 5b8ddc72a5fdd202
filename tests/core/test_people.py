"""What a person is told is computed once, when the task comes, in every way to run."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler import Options
from bpmn_xml.compiler.compile import compile_models
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import CompleteJob, SetVariables, StartInstance, TellPerson
from bpmn_xml.core.machine import Machine
from bpmn_xml.errors import CommandRejected
from tests.compiler.drawing import read_text
from tests.core.drawn import when
from tests.core.harness import Driver, index
from tests.core.harness import program as drawn
from tests.core.saved import dump, load

DRAWN = """
  <process id="P" isExecutable="true">
    <startEvent id="s"/>
    <userTask id="t" camunda:assignee="${who}">
      <multiInstanceLoopCharacteristics><loopCardinality>${2}</loopCardinality>
      </multiInstanceLoopCharacteristics>
    </userTask>
    <boundaryEvent id="b" attachedToRef="t"><timerEventDefinition>
      <timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>
    <sequenceFlow id="f" sourceRef="s" targetRef="t"/>
  </process>"""


def test_each_instance_of_a_task_tells_its_own() -> None:
    program = compile_models([read_text(DRAWN)], Options())
    machine = Machine(program)
    state = machine.create("i")
    batch = machine.send(state, StartInstance(0, {"who": "ada"}), 0)
    told = [record for record in batch.records if isinstance(record, r.PersonAsked)]
    assert [(record.scope, dict(record.values)) for record in told] == [
        ("1.1:0", {"assignee": "ada"}),
        ("1.1:1", {"assignee": "ada"}),
    ]
    assert sum(isinstance(record, r.WaitOpened) for record in batch.records) == 1
    assert load(dump(state)) == state


def test_what_cannot_be_told_holds_the_task() -> None:
    program = compile_models([read_text(DRAWN)], Options())
    machine = Machine(program)
    state = machine.create("i")
    batch = machine.send(state, StartInstance(0, {}), 0)
    raised = [record for record in batch.records if isinstance(record, r.IncidentRaised)]
    assert [record.stage for record in raised] == [1, 1]
    assert "there is no variable 'who'" in raised[0].message


def test_what_is_told_of_an_open_task_may_change() -> None:
    ran = Driver(drawn("s > u1 > e")).run()
    task = "", index(ran.program, "u1"), 1
    ran.send(TellPerson(*task, {"assignee": "ada"}, claims=True))
    ran.send(TellPerson(*task, {"assignee": "ada", "priority": 7}, claims=True))
    with pytest.raises(CommandRejected, match="user task 'u1' is ada's already"):
        ran.send(TellPerson(*task, {"assignee": "bob"}, claims=True))
    told = [record.values for record in ran.records if isinstance(record, r.PersonAsked)]
    assert told == [{"assignee": "ada"}, {"assignee": "ada", "priority": 7}]
    ran.send(CompleteJob(*task))
    assert ran.outcome == "completed"
    ran.send(TellPerson(*task, {"assignee": "bob"}))
    assert ran.records[-1] == r.ResultDiscarded(*task, "changed too late")


def test_variables_are_set_from_outside_and_conditions_look_at_them() -> None:
    ran = Driver(drawn("s > c1 > e", events={"c1": when("n > 5")})).run({"n": 1})
    assert ran.outcome == ""
    ran.send(SetVariables("", {"n": 6}))
    assert ran.outcome == "completed"
    with pytest.raises(CommandRejected, match="instance 'i' has ended"):
        ran.send(SetVariables("", {"n": 7}))
