"""What variables of Camunda 8 cannot hold is refused where it comes in; elsewhere it goes on."""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from bpmn_xml.errors import BpmnError, UsageError
from bpmn_xml.expressions import evaluate
from bpmn_xml.runtime import OpenIncident
from bpmn_xml.runtime.binding.process_data import odd
from bpmn_xml.testing import Rehearsal
from tests.documents import DEFINITIONS


class Thing:
    """No data."""


CYCLE: list[Any] = [1]
CYCLE.append(CYCLE)

DATA: dict[str, object] = {
    "nothing": None,
    "plain": [True, 7, 2.5, "x", {"a": {"b": []}}],
    "a tuple": (1, 2),
    "another mapping": OrderedDict(a=1),
    "a decimal": Decimal("1.50"),
    "times": [dt.date(2026, 1, 1), dt.time(1), dt.datetime(2026, 1, 1), dt.timedelta(1)],
    "what FEEL gives": [
        evaluate(text) for text in ("= [1..2]", '= duration("P1Y")', '= date("12345-01-01")')
    ],
    "itself": CYCLE,
}
ODD: dict[str, tuple[object, str]] = {
    "a set": ({1}, "'x' is a set; give a list"),
    "a set inside": ([{"a": frozenset()}], "'x' has a frozenset in it; give a list"),
    "no number": (float("nan"), "'x' is nan; give null"),
    "no decimal": (Decimal("NaN"), "'x' is NaN; give null"),
    "an endless decimal": ([Decimal("-Infinity")], "'x' has -Infinity in it; give null"),
    "endless": ({"a": [float("-inf")]}, "'x' has -inf in it; give null"),
    "bytes": (b"x", "'x' is a bytes; give a text"),
    "an object": (Thing(), "'x' is a Thing; give texts, numbers, lists and mappings"),
    "other keys": ({1: 2}, "'x' is a mapping with the key 1; give texts as keys"),
    "other keys inside": ([{1: 2}], "'x' has a mapping with the key 1 in it; give texts as keys"),
}  # fmt: skip


@pytest.mark.parametrize("value", DATA.values(), ids=DATA)
def test_what_is_data(value: object) -> None:
    assert odd({"x": value}) is None


@pytest.mark.parametrize(("value", "told"), ODD.values(), ids=ODD)
def test_what_is_none(value: object, told: str) -> None:
    fault = odd({"a": 1, "x": value})
    assert fault is not None
    assert "; ".join(fault) == told


DRAWN = (
    DEFINITIONS
    + """<message id="M" name="paid"><extensionElements
  xmlns:z="http://camunda.org/schema/zeebe/1.0"><z:subscription correlationKey="=key"/>
  </extensionElements></message>
  <process id="P" isExecutable="true"><startEvent id="s"/><serviceTask id="work">{}</serviceTask>
  <userTask id="ask"/><receiveTask id="wait" messageRef="M"/>
  <sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
  <sequenceFlow id="f2" sourceRef="work" targetRef="ask"/>
  <sequenceFlow id="f3" sourceRef="ask" targetRef="wait"/></process></definitions>"""
)
EIGHT = DRAWN.format(
    '<extensionElements xmlns:z="http://camunda.org/schema/zeebe/1.0">'
    '<z:taskDefinition type="work"/></extensionElements>'
)
SEVEN = DRAWN.format("").replace("extensionElements", "documentation").replace("z:", "")

SET, KEY = {"d": {1, 2}}, {"key": 1}


def stuck(stage: Rehearsal) -> OpenIncident:
    run = stage.start("P")
    run.complete("ask")
    return run.incidents[0]


WAYS: dict[str, Callable[[Rehearsal], object]] = {
    "start": lambda stage: stage.start("P", SET),
    "complete": lambda stage: stage.start("P", KEY).complete("ask", SET),
    "fail": lambda stage: stage.start("P").tasks[0].fail(code="E", variables=SET),
    "retry": lambda stage: stuck(stage).retry(SET),
    "skip": lambda stage: stuck(stage).skip(SET),
    "set_variables": lambda stage: stage.start("P", KEY).set_variables(SET),
    "publish": lambda stage: stage.publish("paid", 1, SET),
    "publish to a run": lambda stage: stage.start("P", KEY).publish("paid", 1, SET),
    "signal": lambda stage: stage.signal("S", SET),
}


@pytest.mark.parametrize("give", WAYS.values(), ids=WAYS)
def test_it_is_refused_where_it_comes_in(give: Callable[[Rehearsal], object]) -> None:
    told = "this is no data: 'd' is a set: give a list"
    stage = Rehearsal(EIGHT.encode(), {"work": lambda: None})
    with stage, pytest.raises(UsageError, match=told):
        give(stage)


def work() -> dict[str, Any]:
    return SET


async def work_later() -> dict[str, Any]:
    return SET


def work_that_throws() -> None:
    raise BpmnError("E", "out of stock", SET)


async def work_that_throws_later() -> None:
    raise BpmnError("E", "out of stock", SET)


@pytest.mark.parametrize("python", [work, work_later, work_that_throws, work_that_throws_later])
def test_what_python_gives_is_an_incident(python: Callable[[], Any]) -> None:
    with Rehearsal(EIGHT.encode(), {"work": python}) as stage:
        (incident,) = stage.start("P").incidents
        told = "its Python gave what is no data: 'd' is a set: give a list"
        assert (incident.node, incident.message) == ("work", told)


def test_elsewhere_any_object_goes_from_task_to_task() -> None:
    thing = Thing()
    with Rehearsal(SEVEN.encode(), {"work": lambda: {"thing": thing}}) as stage:
        run = stage.start("P", KEY)
        run.complete("ask", SET)
        assert run.variables == {**KEY, **SET, "thing": thing}
