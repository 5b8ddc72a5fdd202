"""Retries that an expression gives: asked at the first failure, which sets how many there are."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import compile_models
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.compiler.drawing import around, extended, file, flows, told, word
from tests.core.harness import Driver

SECOND = 1_000_000


def seven(text: str) -> m.ForeignElement:
    return word("camunda:failedJobRetryTimeCycle", text=text)


def eight(text: str) -> m.ForeignElement:
    return word("zeebe:taskDefinition", type="t", retries=text)


def begun(found: m.ForeignElement, variables: dict[str, Any]) -> Driver:
    drawn = around(m.ServiceTask(id="t", **extended(found)))
    return Driver(compile_models([drawn]), reload=True).start(variables)


def fail(driver: Driver) -> None:
    driver.send(c.FailJob(*driver.job("t"), ("ValueError",), "no"))


def waited(driver: Driver) -> list[int]:
    """Fail until there is an incident; how long each further attempt waits, in seconds."""
    waits = []
    while not driver.incidents():
        fail(driver)
        last = driver.records[-1]
        if isinstance(last, r.JobFailed):
            waits.append((last.due - driver.time) // SECOND)
            driver.send(c.RetryJob(*driver.job("t")))
    return waits


def test_who_fails_may_say_when_it_is_tried_again() -> None:
    driver = begun(seven("R3/PT10S"), {})
    driver.send(c.FailJob(*driver.job("t"), ("ValueError",), "no", wait=7 * SECOND))
    failed = driver.records[-1]
    assert isinstance(failed, r.JobFailed)
    assert failed.due - driver.time == 7 * SECOND


CASES = [
    (seven("${n}"), {"n": 3}, [0, 0]),
    (seven("${n}"), {"n": "R3/PT10S"}, [10, 10]),
    (seven("R${n}/PT1M"), {"n": 2}, [60]),
    (seven("${n}"), {"n": "PT1S,PT5M"}, [1, 300]),
    (seven("${n}"), {"n": 1}, []),
    (eight("= n + 1"), {"n": 1}, [0]),
    (eight('= "R3/PT" + string(n) + "S"'), {"n": 4}, [4, 4]),
]


@pytest.mark.parametrize(("found", "variables", "waits"), CASES)
def test_an_expression_says_how_often(
    found: m.ForeignElement, variables: dict[str, Any], waits: list[int]
) -> None:
    driver = begun(found, variables)
    assert waited(driver) == waits
    assert driver.incidents() == ["ValueError: no"]


def test_it_is_asked_at_the_first_failure_only_and_again_after_an_incident() -> None:
    task, other = m.ServiceTask(id="t", **extended(seven("${n}"))), m.ServiceTask(id="u")
    gateway, ways = m.ParallelGateway(id="g"), flows("s g, g t, g u")
    drawn = file(m.StartEvent(id="s"), gateway, task, other, *ways)
    driver = Driver(compile_models([drawn]), reload=True).start({"n": 3})
    fail(driver)
    driver.send(c.CompleteJob(*driver.job("u"), {"n": 9}))
    driver.send(c.RetryJob(*driver.job("t")))
    assert waited(driver) == [0]
    driver.send(c.ResolveIncident(*driver.job("t"), {"n": 2}))
    assert waited(driver) == [0]


WRONG = [
    (seven("${n}"), {"n": True}, "is no number of retries such as"),
    (seven("${n}"), {"n": "often"}, "'often' is no number of retries such as"),
    (seven("${n}"), {}, "there is no variable 'n'"),
    (eight("= n"), {"n": None}, "is no number of retries such as"),
]


@pytest.mark.parametrize(("found", "variables", "what"), WRONG)
def test_what_is_no_number_of_retries(
    found: m.ForeignElement, variables: dict[str, Any], what: str
) -> None:
    driver = begun(found, variables)
    fail(driver)
    (message,) = driver.incidents()
    assert what in message
    assert message.endswith("; it failed with ValueError: no")


def test_an_expression_that_cannot_be_read() -> None:
    (line,) = told(around(m.ServiceTask(id="t", **extended(seven("${n +}")))))
    assert "its number of retries '${n +}' is no JUEL" in line


def test_a_listener_may_be_tried_as_often_as_an_expression_says() -> None:
    listener = word("zeebe:executionListener", eventType="start", type="L", retries="= n")
    found = word("zeebe:executionListeners", listener)
    drawn = around(m.ServiceTask(id="t", **extended(found)))
    driver = Driver(compile_models([drawn]), reload=True).start({"n": 2})
    ((scope, node, n),) = driver.open_jobs()
    driver.send(c.FailJob(scope, node, n, ("ValueError",), "no"))
    assert driver.count(r.JobFailed) == 1
