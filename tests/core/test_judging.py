"""Errors that a task throws where a condition says so, and connectors, from their drawings."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import compile_models
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.compiler.drawing import around, extended, flow, told, word
from tests.core.harness import Driver

NONE_LEFT = m.Error(id="E", name="none left", error_code="NONE")
DOWN = m.Error(id="D", name="it is down", error_code="DOWN")


def rule(error: str, expression: str) -> m.ForeignElement:
    return word("camunda:errorEventDefinition", errorRef=error, expression=expression)


def driver(*rules: m.ForeignElement, retries: str = "", framed: bool = False) -> Driver:
    """A task with these rules, whose errors are caught: `b` takes any."""
    more = [word("camunda:failedJobRetryTimeCycle", text=retries)] if retries else []
    if framed:
        given = word("camunda:inputParameter", name="own", text="1")
        more.append(word("camunda:inputOutput", given))
    task = m.ServiceTask(id="t", **extended(*rules, *more))
    caught = m.ErrorEventDefinition(id="d")
    border = m.BoundaryEvent(id="b", attached_to_ref="t", event_definitions=(caught,))
    drawn = around(task, border, m.Task(id="z"), flow("b z"), roots=(NONE_LEFT, DOWN))
    return Driver(compile_models([drawn]), reload=True).start({"n": 1})


def outcome_of(found: Driver) -> str:
    return "caught" if found.count(r.Passed, "z") else found.outcome


def done(found: Driver, **values: Any) -> str:
    (job,) = found.open_jobs()
    found.send(c.CompleteJob(*job, values))
    return outcome_of(found)


def failed(found: Driver, message: str = "no") -> str:
    (job,) = found.open_jobs()
    found.send(c.FailJob(*job, ("ValueError",), message, f"Trace of {message}"))
    return outcome_of(found)


OUT = rule("E", "${n == 0}")
TOLD = rule("D", "${externalTask.errorMessage == 'down'}")
CALLED = rule("D", "${externalTask.getErrorDetails().contains('down')}")


@pytest.mark.parametrize("framed", [False, True])
@pytest.mark.parametrize(
    ("rules", "values", "outcome"),
    [
        ((OUT,), {"n": 0}, "caught"),
        ((OUT,), {"n": 2}, "completed"),
        ((OUT,), {}, "completed"),
        ((TOLD, CALLED), {}, "completed"),
        ((TOLD, OUT), {"n": 0}, "caught"),
    ],
)
def test_when_it_is_done(
    rules: tuple[m.ForeignElement, ...], values: dict[str, Any], outcome: str, *, framed: bool
) -> None:
    assert done(driver(*rules, framed=framed), **values) == outcome


@pytest.mark.parametrize(
    ("rules", "message"),
    [((TOLD,), "down"), ((CALLED,), "it is down"), ((rule("E", "${none.such}"), CALLED), "down")],
)
def test_when_it_has_failed_it_is_not_tried_again(
    rules: tuple[m.ForeignElement, ...], message: str
) -> None:
    assert failed(driver(*rules, retries="R3/PT10S"), message) == "caught"


def test_other_failures_are_tried_again() -> None:
    found = driver(TOLD, retries="R2/PT1S")
    assert failed(found) == ""
    found.send(c.RetryJob(*found.job("t")))
    assert failed(found, "down") == "caught"


def test_a_condition_without_a_value_is_an_incident_that_can_be_mended() -> None:
    found = driver(rule("E", "${m == 0}"))
    assert done(found) == ""
    assert found.incidents() == ["there is no variable 'm'"]
    found.send(c.ResolveIncident(*found.job("t"), {"m": 0}))
    assert outcome_of(found) == "caught"


@pytest.mark.parametrize("stated", [rule("X", "${true}"), rule("E", " ")])
def test_a_rule_that_says_nothing_is_refused(stated: m.ForeignElement) -> None:
    drawn = around(m.ServiceTask(id="t", **extended(stated)), roots=(NONE_LEFT,))
    (line,) = told(drawn)
    assert "an error that it throws has no expression, or is not in the file" in line


def test_a_rule_that_is_no_expression_is_told() -> None:
    drawn = around(m.ServiceTask(id="t", **extended(rule("E", "${n"))), roots=(NONE_LEFT,))
    (line,) = told(drawn)
    assert line.startswith("error BX110 t: its error's condition '${n' is no JUEL at character 4")


def test_what_a_connector_gives_is_seen_by_its_own_mapping_only() -> None:
    mapping = word(
        "camunda:inputOutput",
        word("camunda:inputParameter", name="url", text="at ${n}"),
        word("camunda:outputParameter", name="price", text="${response.price}"),
    )
    outer = word(
        "camunda:inputOutput",
        word("camunda:inputParameter", name="n", text="${7}"),
        word("camunda:outputParameter", name="total", text="${price * 2}"),
    )
    connector = word("camunda:connector", word("camunda:connectorId", text="http"), mapping)
    drawn = around(m.ServiceTask(id="t", **extended(connector, outer)))
    found = Driver(compile_models([drawn]), reload=True).start({"n": 1})
    (job,) = found.open_jobs()
    assert found.state.scopes[job[0]].variables == {"n": 7, "url": "at 7"}
    found.send(c.CompleteJob(*job, {"response": {"price": 12}}))
    assert found.state.scopes[""].variables == {"n": 1, "price": 12, "total": 24}


def test_a_connector_without_a_mapping_gives_nothing() -> None:
    connector = word("camunda:connector", word("camunda:connectorId", text="http"))
    drawn = around(m.ServiceTask(id="t", **extended(connector)))
    found = Driver(compile_models([drawn]), reload=True).start({})
    (job,) = found.open_jobs()
    found.send(c.CompleteJob(*job, {"response": 1}))
    assert found.state.scopes[""].variables == {}
    assert found.outcome == "completed"
