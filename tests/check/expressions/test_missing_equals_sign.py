"""Texts of mappings that seem to be meant as FEEL are noted; others are let be."""

from __future__ import annotations

import pytest

from bpmn_xml.check.expressions.missing_equals_sign import missing_equals_sign
from bpmn_xml.formats import read

DRAWN = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:x"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:x="urn:x">
<process id="P" isExecutable="true">
<serviceTask id="t"><extensionElements><zeebe:taskDefinition type="t"/><x:input source="total"/>
<zeebe:ioMapping>
<zeebe:input source="{source}" target="{target}"/>
<zeebe:output source="=total" target="sum.net"/><zeebe:output source="=if" target="z"/>
</zeebe:ioMapping></extensionElements></serviceTask>
<scriptTask id="u"><extensionElements><zeebe:script expression="=1" resultVariable="answer"/>
</extensionElements></scriptTask>
<sequenceFlow id="f" sourceRef="t" targetRef="u">
<conditionExpression>=limit &gt; 5</conditionExpression></sequenceFlow>
</process></definitions>"""

MEANT = {
    "what is read": "total",
    "what a condition reads": "limit",
    "what is written": "sum.net",
    "a result": "answer",
    "a sum": "total + limit",
    "a call": "string length(a)",
    "JUEL": "${total}",
    "JUEL of old": "#{total}",
    "its target's name": "amount",
}
CONSTANT = {
    "a word": "get",
    "a name that nobody knows": "noAuth",
    "a type": "text/plain",
    "an address": "https://example.org/a",
    "words": "Your order, on its way",
    "two words": "Weather Service",
    "a number": "5",
    "nothing": "",
    "an expression": "=total",
    "a short name": "am",
}


def told(source: str) -> list[tuple[str, int]]:
    """Ids and lines of what is noted."""
    drawn = read(DRAWN.format(source=source, target="newAmount").encode())
    return [(one.id, one.place.line) for one in missing_equals_sign(drawn)]


@pytest.mark.parametrize("source", MEANT.values(), ids=MEANT)
def test_what_seems_meant_is_noted(source: str) -> None:
    assert told(source) == [("t", 6)]


@pytest.mark.parametrize("source", CONSTANT.values(), ids=CONSTANT)
def test_a_constant_is_let_be(source: str) -> None:
    assert told(source) == []
