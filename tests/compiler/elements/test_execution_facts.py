"""What expressions of Camunda 7 are told of where they stand, and that the rest is refused."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import compile_models
from bpmn_xml.compiler.elements.execution_facts import listener_context
from bpmn_xml.compiler.program import BeanCalls, Kind
from bpmn_xml.runtime import run
from tests.compiler.drawing import around, extended, file, flow, flows, word
from tests.compiler.elements.data.test_mappings import into, io7, out, ran

HERE = "${execution.currentActivityId}/${execution.getCurrentActivityName()}"
TOLD = {"task.eventName": "create", "task.taskDefinitionKey": "t", "task.name": "Pay"}
KNOWN = {"execution.currentActivityId": "t", "execution.currentActivityName": "Pay"}


def mapped(text: str, **more: Any) -> m.Definitions:
    return around(m.Task(id="t", **extended(io7(into("x", text), out("y", "${x}"))), **more))


def listening(kind: str, event: str, text: str) -> m.Definitions:
    listener = word(f"camunda:{kind}Listener", event=event, expression=text)
    return around(m.UserTask(id="t", name="Pay", **extended(listener)))


@pytest.mark.parametrize(("name", "value"), [("Pay", "t/Pay"), (None, "t/")])
def test_a_mapping_is_told_its_activity(name: str | None, value: str) -> None:
    assert ran(mapped(HERE, name=name), lambda _: {}, {})["y"] == value


@pytest.mark.parametrize(("place", "end"), [("g", "yes"), ("a-g", "no"), ("no", "no")])
def test_a_condition_is_told_what_its_flow_leaves(place: str, end: str) -> None:
    asked = flow("g yes", f"${{execution.currentActivityId == '{place}'}}")
    gateway = m.ExclusiveGateway(id="g", default="g-no")
    ends = m.StartEvent(id="a"), m.EndEvent(id="yes"), m.EndEvent(id="no")
    program = compile_models([file(*ends, gateway, asked, *flows("a g, g no"))])
    (way,) = [flow for flow in program.flows if flow.id == "g-yes"]
    assert way.condition is not None
    assert way.condition.evaluate({}) == (end == "yes")


def test_a_listener_of_a_flow_is_told_which_it_is() -> None:
    text = "${execution.setVariable('way', execution.getCurrentTransitionId())}"
    heard = word("camunda:executionListener", event="take", expression=text)
    ways = flow("s t", **extended(heard)), flow("t e")
    drawn = file(m.StartEvent(id="s"), m.Task(id="t"), m.EndEvent(id="e"), *ways)
    assert run(drawn).variables == {"way": "s-t"}


@pytest.mark.parametrize(
    ("kind", "event", "facts"),
    [
        ("execution", "start", {**KNOWN, "execution.eventName": "start"}),
        ("task", "create", {**KNOWN, **TOLD}),
    ],
)
def test_a_listener_is_told_what_it_listens_to(
    kind: str, event: str, facts: dict[str, str]
) -> None:
    asked = f"{listener_context(event)}.eventName"
    program = compile_models([listening(kind, event, f"${{log.write({asked})}}")])
    (work,) = [node.work for node in program.nodes if node.kind is Kind.LISTENER]
    assert work is not None
    assert work.beans == BeanCalls(f"${{log.write({asked})}}", ("log.write",), facts)


def test_a_listener_of_a_process_is_told_its_event_alone() -> None:
    heard = word("camunda:executionListener", event="end", expression="${execution.eventName}")
    lost = word("camunda:executionListener", event="end", expression=HERE)
    assert lacking(around(m.Task(id="t"), **extended(heard))) == []
    assert lacking(around(m.Task(id="t"), **extended(lost))) == [
        (
            "its expression needs execution.currentActivityId, "
            "execution.getCurrentActivityName(), which cannot be evaluated"
        )
    ]


@pytest.mark.parametrize("fact", ["tenantId", "processDefinitionId", "eventName", "nonsense"])
def test_python_must_tell_what_nobody_knows(fact: str) -> None:
    assert lacking(mapped(f"${{execution.{fact}}}")) == [
        f"its value of 'x' needs execution.{fact}, which cannot be evaluated"
    ]


def lacking(drawn: m.Definitions) -> list[str]:
    """What must be bound in place of what is drawn."""
    works = [node.work for node in compile_models([drawn]).nodes]
    return [work.lacks.what for work in works if work is not None and work.lacks is not None]
