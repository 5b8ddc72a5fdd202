"""What no shape shows: work, decisions, listeners, people, triggers, times, conditions."""

from __future__ import annotations

import pytest

from bpmn_xml import read
from bpmn_xml.render.details import details_of

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" '
    'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:bx="urn:bpmn-xml:1.0">'
    '<message id="m" name="Order placed"/><error id="err"/><process id="p">'
)
EVENT = '<startEvent id="t">{}</startEvent>'
EXTENSION = "<extensionElements>{}</extensionElements>"


def details(inside: str) -> dict[str, list[str]]:
    content = read(f"{HEAD}{inside}</process></definitions>".encode())
    return {key: list(lines) for key, lines in details_of(content).items()}


@pytest.mark.parametrize(
    ("element", "told"),
    [
        ('<serviceTask id="t"/>', None),
        ('<serviceTask id="t" implementation="##WebService"/>', None),
        ('<userTask id="t" implementation="webService"/>', None),
        ('<userTask id="t" implementation="python:shop:ask"/>', None),
        ('<serviceTask id="t" implementation="python:shop:pay"/>', ["done by python:shop:pay"]),
        ('<serviceTask id="t" bx:binding="python:shop:pay"/>', ["done by python:shop:pay"]),
        ('<serviceTask id="t" camunda:type="external" camunda:topic="pay"/>', ["done by pay"]),
        ('<serviceTask id="t" camunda:expression="${a + b}"/>', ["done by ${a + b}"]),
        (
            '<serviceTask id="t">'
            + EXTENSION.format('<zeebe:taskDefinition type="pay"/>')
            + "</serviceTask>",
            ["done by pay"],
        ),
        ('<businessRuleTask id="t" camunda:decisionRef="risk"/>', ["asks the decision risk"]),
        ('<callActivity id="t" calledElement="ship"/>', ["calls ship"]),
        (
            '<callActivity id="t">'
            + EXTENSION.format('<zeebe:calledElement processId="ship"/>')
            + "</callActivity>",
            ["calls ship", "passes all variables", "takes back all variables"],
        ),
        (
            '<callActivity id="t" calledElement="ship">'
            + EXTENSION.format(
                '<camunda:in source="order" target="parcel"/>'
                '<camunda:out sourceExpression="${kg / 1000}" target="tons"/>'
            )
            + "</callActivity>",
            ["calls ship", "takes parcel from order", "gives tons from ${kg / 1000}"],
        ),
        (
            ('<subProcess id="t" triggeredByEvent="true"><standardLoopCharacteristics/>'
            "</subProcess>"),
            ["begins with an event in it", "repeated"],
        ),
        (
            ('<task id="t" isForCompensation="true"><standardLoopCharacteristics loopMaximum="3">'
            "<loopCondition>n &lt; 9</loopCondition></standardLoopCharacteristics></task>"),
            ["undoes what a compensation event is attached to",
             "repeated while n < 9, 3 times at most"],
        ),
        (
            ('<task id="t"><multiInstanceLoopCharacteristics camunda:collection="${order.lines}"'
            ' camunda:elementVariable="line" isSequential="true"><completionCondition>done'
            "</completionCondition></multiInstanceLoopCharacteristics></task>"),
            ["for each item of ${order.lines}, one after the other, called line", "until done"],
        ),
        (
            ('<task id="t"><multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>'
            "</multiInstanceLoopCharacteristics></task>"),
            ["3 times, at once"],
        ),
        (
            '<userTask id="t">'
            + EXTENSION.format(
                '<camunda:inputOutput><camunda:inputParameter name="a">1</camunda:inputParameter>'
                '<camunda:outputParameter name="b"><camunda:list/></camunda:outputParameter>'
                "</camunda:inputOutput><camunda:formData>"
                '<camunda:formField id="ok" type="boolean"/></camunda:formData>'
            )
            + "</userTask>",
            ["takes a from 1", "gives b", "asks for ok (boolean)"],
        ),
        ('<scriptTask id="t" scriptFormat="python"><script>1</script></scriptTask>',
         ["a script in python"]),
        (
            '<userTask id="t" camunda:assignee="ada" camunda:candidateGroups="sales"/>',
            ["assignee ada", "candidate groups sales"],
        ),
        (
            '<task id="t">'
            + EXTENSION.format(
                '<camunda:executionListener event="start" class="org.acme.Log"/>'
                '<camunda:executionListener event="end"><camunda:script scriptFormat="groovy">1'
                "</camunda:script></camunda:executionListener>"
            )
            + "</task>",
            ["calls at start org.acme.Log", "calls at end a script"],
        ),
        ('<receiveTask id="t" messageRef="m"/>', ["message Order placed"]),
        (
            '<startEvent id="t"><messageEventDefinition messageRef="m"/></startEvent>',
            ["message Order placed"],
        ),
        ('<endEvent id="t"><errorEventDefinition errorRef="err"/></endEvent>', ["error error"]),
        ('<endEvent id="t"><signalEventDefinition signalRef="gone"/></endEvent>', ["signal gone"]),
        (
            EVENT.format("<timerEventDefinition><timeCycle>R3/PT1H</timeCycle></timerEventDefinition>"),
            ["every R3/PT1H"],
        ),
        (
            EVENT.format(
                "<conditionalEventDefinition><condition>x &lt; 1</condition>"
                "</conditionalEventDefinition>"
            ),
            ["if x < 1"],
        ),
        ('<textAnnotation id="t"><text>on\n paper</text></textAnnotation>', ["on paper"]),
        ('<textAnnotation id="t"/>', None),
    ],
)  # fmt: skip
def test_what_is_told(element: str, told: list[str] | None) -> None:
    assert details(element).get("t") == told


def test_conditions_are_told_where_they_are_decided() -> None:
    told = details(
        '<exclusiveGateway id="g"/><task id="t" name="Ship"/>'
        '<sequenceFlow id="f" sourceRef="g" targetRef="t">'
        "<conditionExpression>n &gt; 1</conditionExpression></sequenceFlow>"
        '<sequenceFlow id="h" sourceRef="g" targetRef="t"/>'
    )
    assert told == {"g": ["to Ship if n > 1"]}


def test_what_is_told_cannot_turn_the_text_around() -> None:
    told = details('<serviceTask id="t" camunda:topic="a\u202eb&#10;- c"/>')
    assert told == {"t": ["done by ab - c"]}
