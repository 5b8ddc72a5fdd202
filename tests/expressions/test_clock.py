"""What time it is for expressions: the command's, the same in every language."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bpmn_xml import ManualClock, expressions, formats, run
from bpmn_xml.expressions import clock

LEAP = datetime(2024, 2, 29, 12, tzinfo=UTC)
MICROS = int(LEAP.timestamp()) * 1_000_000
TEXTS = [
    ("= now()", LEAP),
    ("= today()", LEAP.date()),
    ("${now()}", LEAP),
    ("${dateTime().plusDays(1).toDate()}", datetime(2024, 3, 1, 12, tzinfo=UTC)),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_the_time_of_a_command(text, expected):
    with clock.at(0), clock.at(MICROS):
        assert expressions.evaluate(text) == expected
    assert clock.MOMENT.micros is None


def test_without_a_command_it_is_the_systems():
    before = datetime.now(UTC)
    assert before <= expressions.evaluate("= now()") <= datetime.now(UTC)


PROCESS = """
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="urn:p">
  <process id="p" isExecutable="true"><startEvent id="s"/><exclusiveGateway id="g" default="f2"/>
    <serviceTask id="then"/><serviceTask id="later"/>
    <sequenceFlow id="f" sourceRef="s" targetRef="g"/>
    <sequenceFlow id="f1" sourceRef="g" targetRef="then">
      <conditionExpression>= today() = date("2024-02-29")</conditionExpression></sequenceFlow>
    <sequenceFlow id="f2" sourceRef="g" targetRef="later"/></process>
</definitions>
"""


def test_conditions_see_the_clock_of_the_engine():
    done = run(
        formats.read(PROCESS.encode()),
        handlers={"then": lambda: {"at": "then"}, "later": lambda: {"at": "later"}},
        clock=ManualClock(MICROS),
    )
    assert (done.outcome, done.variables) == ("completed", {"at": "then"})
    assert clock.MOMENT.micros is None
