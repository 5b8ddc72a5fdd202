"""Whoever works for one of many instances may ask what is counted; nobody else hears of it."""

from __future__ import annotations

from typing import Any

import pytest

import bpmn_xml
from tests.documents import CAMUNDA_DEFINITIONS

DRAWING = (
    CAMUNDA_DEFINITIONS
    + """
  <process id="p" isExecutable="true"><startEvent id="s"/>
  <sequenceFlow id="f" sourceRef="s" targetRef="t"/>
  <{kind} id="t" {attributes}>{inside}<multiInstanceLoopCharacteristics isSequential="true">
    <loopCardinality>2</loopCardinality></multiInstanceLoopCharacteristics></{kind}></process>
  <process id="q" isExecutable="true"><startEvent id="qs"/>
  <sequenceFlow id="qf" sourceRef="qs" targetRef="qt"/><serviceTask id="qt"/></process>
</definitions>"""
)


def mapped(entry: str) -> str:
    return f"<extensionElements>{entry}</extensionElements>"


CALL = 'camunda:expression="${{bean.see({})}}"'.format
INPUT = mapped(
    '<camunda:inputOutput><camunda:inputParameter name="n">${bean.see(nrOfInstances)}'
    "</camunda:inputParameter></camunda:inputOutput>"
)
CASES: list[tuple[str, str, str, list[object]]] = [
    ("serviceTask", CALL("nrOfInstances"), "", [2, 2]),
    ("sendTask", CALL("nrOfCompletedInstances"), "", [0, 1]),
    ("serviceTask", CALL("execution.getVariable('nrOfInstances')"), "", [2, 2]),
    ("serviceTask", "", INPUT, [2, 2, 2, 2]),
    ("serviceTask", "", "", [2, 2]),
    ("callActivity", 'calledElement="q"', mapped('<camunda:in variables="all"/>'), [None, None]),
    ("callActivity", 'calledElement="q"',
     mapped('<camunda:in source="nrOfInstances" target="nrOfInstances"/>'), [2, 2]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "attributes", "inside", "told"), CASES)
def test_who_is_told(kind: str, attributes: str, inside: str, told: list[object]) -> None:
    seen: list[object] = []

    class Bean:
        def see(self, value: object) -> object:
            seen.append(value)
            return value

    def work(context: Any) -> dict[str, Any]:
        seen.append(context.variables.get("nrOfInstances"))
        return {}

    drawing = DRAWING.format(kind=kind, attributes=attributes, inside=inside)
    handlers = {"qt": work, **({"bean": Bean()} if "bean." in inside + attributes else {})}
    handlers |= {} if attributes else {"t": work}
    ran = bpmn_xml.run(bpmn_xml.read(drawing.encode()), {}, handlers, process="p")
    assert (ran.outcome, ran.variables, seen) == ("completed", {}, told)


def test_a_person_is_told_and_writes_only_what_is_listed_back() -> None:
    drawing = DRAWING.format(kind="userTask", attributes="", inside="")
    with bpmn_xml.Engine(bpmn_xml.read(drawing.encode()), {"qt": lambda: None}) as engine:
        ran = engine.start(process="p")
        (task,) = ran.tasks
        assert (task.variables, task.variables["nrOfInstances"]) == ({"loopCounter": 1}, 2)
        task.complete({**task.variables, "done": True})
        assert ran.variables == {"done": True}
