"""An incident for want of a variable names it, and which one may be meant."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import BpmnError
from bpmn_xml.testing import Rehearsal
from tests.documents import DEFINITIONS

ZEEBE = 'xmlns:z="http://camunda.org/schema/zeebe/1.0"'
KEYED = f"""<message id="M" name="paid"><extensionElements {ZEEBE}>
  <z:subscription correlationKey="=orderId"/></extensionElements></message>"""
TYPED = """<serviceTask id="at"><extensionElements><z:taskDefinition type='="pay-" + kind'/>
  </extensionElements></serviceTask>"""
ASSIGNED = """<userTask id="at"><extensionElements><z:userTask/>
  <z:assignmentDefinition assignee="=reviewer"/></extensionElements></userTask>"""
EACH = """<task id="at"><multiInstanceLoopCharacteristics><extensionElements>
  <z:loopCharacteristics inputCollection="=items" inputElement="item"/></extensionElements>
  </multiInstanceLoopCharacteristics></task>"""
SPLIT = """<exclusiveGateway id="at"/><task id="a"/><task id="b"/>
  <sequenceFlow id="yes" sourceRef="at" targetRef="a">
  <conditionExpression>=done = true</conditionExpression></sequenceFlow>
  <sequenceFlow id="no" sourceRef="at" targetRef="b">
  <conditionExpression>=done = false{}</conditionExpression></sequenceFlow>"""
GATHERED = """<complexGateway id="at"><activationCondition>=activationCount &gt; 0
  </activationCondition></complexGateway><task id="a"/><task id="b"/>
  <sequenceFlow id="yes" sourceRef="at" targetRef="a"><conditionExpression>{}</conditionExpression>
  </sequenceFlow><sequenceFlow id="no" sourceRef="at" targetRef="b">
  <conditionExpression>{}</conditionExpression></sequenceFlow>"""
PYTHON = """<exclusiveGateway id="at"/><task id="a"/><task id="b"/>
  <sequenceFlow id="yes" sourceRef="at" targetRef="a">
  <conditionExpression language="python">state == 1</conditionExpression></sequenceFlow>
  <sequenceFlow id="no" sourceRef="at" targetRef="b">
  <conditionExpression language="python">len(all) &gt; 7</conditionExpression></sequenceFlow>"""
LACKS = "there is no variable '{}'; did you mean '{}'?"
NO_LIST = "the instances are given by '=items', which is nothing, not a list"
NO_FLOW = "no outgoing flow can be taken: no condition holds and there is no default flow"

CASES: dict[str, tuple[str, dict[str, object], str]] = {
    "a correlation key": (
        '<receiveTask id="at" messageRef="M"/>',
        {"orderld": 7},
        f"the correlation key '=orderId' is null: {LACKS.format('orderId', 'orderld')}",
    ),
    "a type of a job": (
        TYPED,
        {},
        """'="pay-" + kind' gives null, which names no Python: there is no variable 'kind'""",
    ),
    "an assignee": (
        ASSIGNED,
        {"reviewr": "ann"},
        "the assignee cannot be told by '=reviewer': nothing (None) is no text; "
        + LACKS.format("reviewer", "reviewr"),
    ),
    "a time at the border": (
        """<userTask id="at"/><boundaryEvent id="late" name="Two&#10;days" attachedToRef="at">
        <timerEventDefinition><timeDuration language="python">patience</timeDuration>
        </timerEventDefinition></boundaryEvent>""",
        {},
        "'Two days' (late) cannot be waited for: there is no variable 'patience'",
    ),
    "a time of its own": (
        """<intermediateCatchEvent id="at"><timerEventDefinition>
        <timeDuration language="python">patience</timeDuration></timerEventDefinition>
        </intermediateCatchEvent>""",
        {},
        "there is no variable 'patience'",
    ),
    "a collection": (
        EACH,
        {"itms": [1]},
        f"{NO_LIST}; {LACKS.format('items', 'itms')}",
    ),
    "a collection that is null": (
        EACH,
        {"items": None},
        NO_LIST,
    ),
    "no way that can be taken": (
        SPLIT.format(""),
        {"don": True},
        f"{NO_FLOW} ('=done = true', '=done = false'); {LACKS.format('done', 'don')}",
    ),
    "several variables": (
        SPLIT.format(" or sent = true"),
        {},
        (f"{NO_FLOW} ('=done = true', '=done = false or sent = true');"
        " there is no variable 'done' or 'sent'"),
    ),
    "a gateway's own names": (
        GATHERED.format("=activationCount &gt; 7", "=not(waitingForStart)"),
        {},
        (f"{NO_FLOW} ('=activationCount > 7', '=not(waitingForStart)';"
        " activationCount is 1, waitingForStart is True)"),
    ),
    "a variable beside a gateway's own names": (
        GATHERED.format("=if waitingForStart then sum &gt; 3 else false", "=done = true"),
        {"sum": 1},
        (f"{NO_FLOW} ('=if waitingForStart then sum > 3 else false', '=done = true';"
        " waitingForStart is True, sum is 1); there is no variable 'done'"),
    ),
    "no way though all is there": (
        SPLIT.format(""),
        {"done": None},
        f"{NO_FLOW} ('=done = true', '=done = false'; done is nothing (None))",
    ),
    "no way by Python's conditions": (
        PYTHON,
        {"state": "a " * 99, "all": [1]},
        f"{NO_FLOW} ('state == 1', 'len(all) > 7'; state is '{'a ' * 28}a...', all is a list)",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("drawn", "given", "told"), CASES.values(), ids=CASES)
def test_the_variable_is_named(drawn: str, given: dict[str, object], told: str) -> None:
    drawn = drawn.replace("<extensionElements>", f"<extensionElements {ZEEBE}>")
    text = f"""{DEFINITIONS}{KEYED}<process id="P" isExecutable="true"><startEvent id="s"/>
      {drawn}<sequenceFlow id="f" sourceRef="s" targetRef="at"/></process></definitions>"""
    with Rehearsal(text.encode()) as stage:
        (incident,) = stage.start("P", given).incidents
    assert (incident.node, incident.message) == ("at", told)


THROWN = """<serviceTask id="at"><extensionElements><z:taskDefinition type="work"/>
  </extensionElements></serviceTask><boundaryEvent id="b" attachedToRef="at">
  <errorEventDefinition errorRef="E"/></boundaryEvent>
  <sequenceFlow id="g" sourceRef="at" targetRef="e"/>
  <endEvent id="e"><errorEventDefinition errorRef="F"/></endEvent>"""


@pytest.mark.parametrize(
    ("code", "told"),
    [("cardErr", "'cardErr'; did you mean 'cardError'?"), ("lost", "'lost'"), ("", "'lost'")],
)
def test_the_error_is_named_that_may_be_meant(code: str, told: str) -> None:
    def work() -> None:
        if code:
            raise BpmnError(code)

    drawn = THROWN.replace("<extensionElements>", f"<extensionElements {ZEEBE}>")
    text = f"""{DEFINITIONS}<error id="E" errorCode="cardError"/><error id="F" errorCode="lost"/>
      <process id="P" isExecutable="true"><startEvent id="s"/>{drawn}
      <sequenceFlow id="f" sourceRef="s" targetRef="at"/></process></definitions>"""
    with Rehearsal(text.encode(), {"work": work}) as stage:
        (incident,) = stage.start("P").incidents
    assert incident.message == f"nobody catches error {told}"
