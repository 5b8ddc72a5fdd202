"""What is wrong with a text is told at the line on which it stands, of its node or flow."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler import analyse
from bpmn_xml.formats import read

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x"
  xmlns:camunda="http://camunda.org/schema/1.0/bpmn"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0">
<process id="P" isExecutable="true">
<startEvent id="s"/><sequenceFlow id="f" sourceRef="s" targetRef="X"/>
"""
TAIL = '<signal id="S" name="s"/></definitions>'

TASK = '<{kind} id="X"{more}><extensionElements>\n{inside} <!--!-->\n</extensionElements>{rest}'
EVENT = '<intermediateCatchEvent id="X">\n{inside}\n</intermediateCatchEvent>'


def task(inside: str, kind: str = "serviceTask", more: str = "", rest: str = "") -> str:
    """A task `X` with a word of a vendor."""
    return TASK.format(kind=kind, more=more, inside=inside, rest=rest) + f"</{kind}>"


def zeebe(source: str) -> str:
    """A task `X` with a mapping."""
    mapped = f'<zeebe:ioMapping><zeebe:input source="=1" target="b"/>\n{source} <!--!-->\n'
    return (
        task('<zeebe:taskDefinition type="t"/>')
        .replace("</ext", f"{mapped}</zeebe:ioMapping></ext", 1)
        .replace(" <!--!-->", "", 1)
    )


def choice(condition: str) -> str:
    """A gateway with a condition behind it."""
    return f"""<exclusiveGateway id="G" default="o"/><sequenceFlow id="g" sourceRef="s"
      targetRef="G"/><task id="a"/><sequenceFlow id="o" sourceRef="G" targetRef="a"/>
      <sequenceFlow id="X" sourceRef="G" targetRef="a">
      {condition} <!--!-->\n</sequenceFlow>"""


def repeated(inside: str, kind: str = "multiInstanceLoopCharacteristics", more: str = "") -> str:
    """A task `X` that is repeated."""
    return f'<task id="X">\n<{kind}{more}> {inside}\n</{kind}></task>'


FAULTS = {
    "a condition": choice("<conditionExpression>${n > }</conditionExpression>"),
    "a condition that is never asked": choice("<conditionExpression>n</conditionExpression>")
    .replace('default="o"', 'default="X"'),
    "a condition again": choice("<conditionExpression>#{n}</conditionExpression>").replace(
        '<sequenceFlow id="X"',
        '<sequenceFlow id="x" sourceRef="G" targetRef="a"><conditionExpression>${n}'
        '</conditionExpression></sequenceFlow><sequenceFlow id="X"',
    ),
    "a duration": EVENT.format(
        inside="<timerEventDefinition>\n<timeDuration>1 hour</timeDuration> <!--!-->\n"
        "</timerEventDefinition>"
    ),
    "a timer without a time": EVENT.format(inside="<timerEventDefinition/> <!--!-->"),
    "a signal that is not there": EVENT.format(inside="<signalEventDefinition/> <!--!-->"),
    "a conditional event": EVENT.format(
        inside="<conditionalEventDefinition>\n<condition>=a +</condition> <!--!-->\n"
        "</conditionalEventDefinition>"
    ),
    "a function that FEEL has not": zeebe('<zeebe:input source="=lenght(x)" target="a"/>'),
    "a mapping": zeebe('<zeebe:input source="=x +" target="a"/>'),
    "a mapping without target": zeebe('<zeebe:input source="=x"/>'),
    "a mapping to no name": zeebe('<zeebe:input source="=x" target="a b"/>'),
    "a parameter": task(
        '<camunda:inputOutput>\n<camunda:inputParameter name="a">${x</camunda:inputParameter>'
        " <!--!--></camunda:inputOutput>"
    ).replace("</camunda:inputOutput> <!--!-->", "</camunda:inputOutput>"),
    "a script": task('<zeebe:script expression="=if" resultVariable="r"/>', "scriptTask"),
    "a listener": task('<camunda:executionListener event="start" expression="${a.b(}"/>'),
    "attempts at a listener": task(
        '<zeebe:executionListeners>\n'
        '<zeebe:executionListener eventType="start" type="a" retries="no"/>'
    ).replace(" <!--!-->", " <!--!--></zeebe:executionListeners>"),
    "a listener at no event": task('<camunda:executionListener event="begin" class="a.B"/>'),
    "a listener of what is not cut off": task(
        '<camunda:taskListener event="delete" class="a.B"/>', "userTask"
    ),
    "an unknown word": task("<zeebe:taskDefintion/>"),
    "a word of no effect": task('<zeebe:script expression="=1"/>', "userTask"),
    "a collection": repeated("<!--!-->", more=' camunda:collection="${a"'),
    "no collection": repeated("<!--!-->"),
    "a completion condition": repeated(
        "<loopCardinality>2</loopCardinality>\n"
        "<completionCondition>${a</completionCondition> <!--!-->"
    ),
    "a number below nought": repeated("\n<loopCardinality>-2</loopCardinality> <!--!-->"),
    "a loop without end": repeated("<!--!-->", "standardLoopCharacteristics"),
    "a maximum below nought": repeated(
        "<!--!-->", "standardLoopCharacteristics", ' loopMaximum="-1"'
    ),
}  # fmt: skip


@pytest.mark.parametrize("inside", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_at_its_line(inside: str) -> None:
    text = f"{HEAD}{inside}\n</process>{TAIL}"
    line = next(n for n, line in enumerate(text.splitlines(), 1) if "<!--!-->" in line)
    _, findings = analyse([read(text.encode())])
    told = {(one.place.line, one.id) for one in findings}
    assert (line, "X") in told, [str(one) for one in findings]
    assert all(one.place.column for one in findings if one.place.line == line)


def test_a_script_that_python_may_do_is_told_of_with_its_listener() -> None:
    listener = '<camunda:executionListener event="start"><camunda:script scriptFormat="groovy"/>'
    text = f"{HEAD}{task(listener + '</camunda:executionListener>')}\n</process>{TAIL}"
    program, _ = analyse([read(text.encode())])
    assert program is not None
    (node,) = [node for node in program.nodes if node.id == "X/start"]
    assert node.place.line == text[: text.index("<!--!-->")].count("\n") + 1
