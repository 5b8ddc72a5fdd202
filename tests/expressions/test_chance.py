"""What is drawn by chance: of an entry among the variables, else anew; never in conditions."""

from __future__ import annotations

import re

import pytest

from bpmn_xml import Engine, ManualClock, errors, formats
from bpmn_xml.expressions import compile as compiled
from bpmn_xml.expressions.chance import CHANCE, check_settled
from tests.documents import CAMUNDA_DEFINITIONS

VERSION_4 = re.compile("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
PROCESS = (
    CAMUNDA_DEFINITIONS
    + """
  <process id="p" isExecutable="true"><startEvent id="s"/>
    <subProcess id="t"><extensionElements><zeebe:ioMapping>
      <zeebe:input source="=[uuid(), uuid(), random number()]" target="given"/>
      <zeebe:output source="=append(given, uuid())" target="drawn"/>
      </zeebe:ioMapping></extensionElements></subProcess>
    <exclusiveGateway id="g" default="f3"/><endEvent id="e"/><endEvent id="o"/>
    <sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
    <sequenceFlow id="f2" sourceRef="t" targetRef="g"/>
    <sequenceFlow id="f3" sourceRef="g" targetRef="e"/>
    <sequenceFlow id="f4" sourceRef="g" targetRef="o">
      <conditionExpression>{condition}</conditionExpression></sequenceFlow>
  </process>
</definitions>
"""
)


def test_the_entry_says_what_is_drawn():
    names = {CHANCE: lambda: 2**126}
    assert compiled("= random number()").evaluate(names) == compiled("= 0.25").evaluate({})
    assert compiled("= uuid()").evaluate(names) == "40000000-0000-4000-8000-000000000000"


def test_without_it_each_is_another():
    several = compiled("= for i in 1..20 return uuid()").evaluate({})
    assert len(set(several)) == 20
    assert all(map(VERSION_4.fullmatch, several))
    assert all(0 <= number < 1 for number in compiled("= [random number()]").evaluate({}))


@pytest.mark.parametrize("text", ["= random number() > 0.5", "= not(uuid() = x)"])
def test_what_must_be_settled_does_not_draw(text):
    with pytest.raises(errors.ExpressionError, match=r"put it into a variable first"):
        check_settled(compiled(text).tree, text)


def test_nothing_is_drawn_elsewhere():
    check_settled(compiled("= x > 0.5 and today() > y").tree, "")


def drawn(name: str) -> list[object]:
    """What an instance of this name draws."""
    drawing = formats.read(PROCESS.format(condition="=true").encode())
    with Engine(drawing, clock=ManualClock("2031-05-06T07:08Z")) as engine:
        run = engine.start("p", instance=name)
        run.wait()
        return run.variables["drawn"]


def test_the_same_steps_of_a_process_draw_the_same():
    first, again, other = drawn("a"), drawn("a"), drawn("b")
    assert first == again
    assert len({*first, *other}) == 8


def test_a_condition_is_refused():
    drawing = formats.read(PROCESS.format(condition="= random number() > 0.5").encode())
    with pytest.raises(errors.CheckError, match=r"random number\(\) gives something else"):
        Engine(drawing)
