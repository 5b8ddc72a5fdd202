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
    assert [record.stage for record in raised] == ["beginning", "beginning"]
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


LISTENED = """
  <process id="P" isExecutable="true">
    <startEvent id="s"/>
    <userTask id="t"><extensionElements>
      <camunda:taskListener event="update" class="U"/>
      <camunda:taskListener event="assignment" class="A"/>
      <camunda:taskListener event="complete" class="C"/></extensionElements></userTask>
    <sequenceFlow id="f" sourceRef="s" targetRef="t"/>
  </process>"""


@pytest.mark.parametrize(
    ("steps", "jobs"),
    [
        ("claim", "t/update"),
        ("claim t/update", "t/assignment"),
        ("claim t/update t/assignment", ""),
        ("claim do", "t/update"),
        ("claim t/update do", "t/assignment"),
        ("claim do t/update", "t/assignment"),
        ("claim do t/update t/assignment", "t/complete"),
        ("claim t/update t/assignment do", "t/complete"),
        ("claim change t/update t/assignment", "t/update"),
        ("claim change t/update t/assignment t/update", ""),
        ("claim change do t/update t/assignment t/update", "t/complete"),
    ],
)
def test_listeners_are_called_beside_an_open_task_and_before_those_behind_it(
    steps: str, jobs: str
) -> None:
    driver = Driver(compile_models([read_text(LISTENED)], Options()), reload=True).start()
    (task,) = driver.open_jobs(users=True)
    for step in steps.split():
        if step == "do":
            driver.send(CompleteJob(*task))
        elif step in ("claim", "change"):
            values = {"assignee": "ada"} if step == "claim" else {"priority": 7}
            driver.send(TellPerson(*task, values))
        else:
            (job,) = [one for one in driver.open_jobs() if one[1] == index(driver.program, step)]
            driver.send(CompleteJob(*job))
    assert " ".join(driver.program.nodes[node].id for _, node, _ in driver.open_jobs()) == jobs
    assert driver.outcome == ""


def test_variables_are_set_from_outside_and_conditions_look_at_them() -> None:
    ran = Driver(drawn("s > c1 > e", events={"c1": when("n > 5")})).run({"n": 1})
    assert ran.outcome == ""
    ran.send(SetVariables("", {"n": 6}))
    assert ran.outcome == "completed"
    with pytest.raises(CommandRejected, match="instance 'i' has ended"):
        ran.send(SetVariables("", {"n": 7}))
