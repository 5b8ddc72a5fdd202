"""Functions written for Camunda 7's external tasks run as they are: complete, failure, error."""

from __future__ import annotations

from typing import Any

import pytest

REASON = "the client is not installed: pip install bpmn-xml[camunda-external-task]"
pytest.importorskip("camunda.external_task.external_task", reason=REASON)

from camunda.external_task.external_task import ExternalTask, TaskResult

from bpmn_xml import model as m
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime import Engine, ManualClock, Run
from bpmn_xml.runtime.binding.workers import from_external_task
from tests.compiler.drawing import around, extended, flow, said, word

CALLS: list[str] = []


def add(task: ExternalTask) -> TaskResult:
    names = task.get_variables()
    return task.complete({"sum": names["a"] + task.get_variable("b")})


async def add_later(task: ExternalTask) -> TaskResult:
    return add(task)


def add_quietly(task: ExternalTask) -> None:
    add(task)


def typed(task: ExternalTask) -> TaskResult:
    return task.complete(
        {
            "n": {"value": 5, "type": "Integer"},
            "j": {"value": '{"a": [1]}', "type": "Json"},
            "d": {"value": 1, "other": 2},
        }
    )


def look(task: ExternalTask) -> TaskResult:
    seen = [
        task.get_topic_name(),
        task.get_activity_id(),
        task.get_process_instance_id(),
        task.get_worker_id(),
        task.get_business_key(),
        task.get_extension_property("region"),
    ]
    return task.complete({"seen": seen})


def refuse(task: ExternalTask) -> TaskResult:
    return task.bpmn_error("REFUSED", "no", {"why": "no"})


def fail(task: ExternalTask) -> TaskResult:
    CALLS.append(task.get_task_id())
    return task.failure("broken", "details", max_retries=2, retry_timeout=5_000)


def local(task: ExternalTask) -> TaskResult:
    return task.complete({}, {"only": "here"})


def silent(task: ExternalTask) -> None: ...


def wrong(task: ExternalTask) -> dict[str, Any]:
    return {"sum": 1}


FUNCTIONS = {
    function.__name__: function
    for function in (add, add_later, add_quietly, typed, look, refuse, fail, local, silent, wrong)
}


def drawn(topic: str) -> m.Definitions:
    noted = word("camunda:properties", word("camunda:property", name="region", value="north"))
    words = said(camunda_type="external", camunda_topic=topic)
    task = m.ServiceTask(id="t", **words, **extended(noted))
    event = m.BoundaryEvent(
        id="b", attached_to_ref="t", event_definitions=(m.ErrorEventDefinition(id="d"),)
    )
    return around(task, event, m.EndEvent(id="caught"), flow("b caught"))


def done(topic: str, variables: dict[str, Any] | None = None) -> Run:
    with Engine(drawn(topic), from_external_task(FUNCTIONS), workers=0) as engine:
        run = engine.start("P", variables)
        run.wait(20)
    return run


@pytest.mark.parametrize("topic", ["add", "add_later", "add_quietly"])
def test_what_is_completed_is_written(topic: str) -> None:
    assert done(topic, {"a": 1, "b": 2}).variables == {"a": 1, "b": 2, "sum": 3}


def test_values_may_be_given_with_their_types() -> None:
    assert done("typed").variables == {"n": 5, "j": {"a": [1]}, "d": {"value": 1, "other": 2}}


def test_a_function_sees_its_task() -> None:
    seen = done("look", {"businessKey": "K-1"}).variables["seen"]
    assert seen == ["look", "t", "P-1", "bpmn-xml", "K-1", "north"]


def test_what_has_been_made_of_functions_is_made_once() -> None:
    made = from_external_task(FUNCTIONS)
    assert from_external_task(made) == made
    both = from_external_task({"mine": add, **made})
    assert {**both, "mine": None} == {**made, "mine": None}
    assert both["mine"] is not add


def test_errors_go_to_the_boundary() -> None:
    run = done("refuse")
    assert (run.outcome, run.variables) == ("completed", {"why": "no"})


def test_the_function_says_how_often_and_when_it_is_tried_again() -> None:
    CALLS.clear()
    clock = ManualClock()
    with Engine(drawn("fail"), from_external_task(FUNCTIONS), clock=clock, workers=0) as engine:
        run = engine.start("P")
        for tries in (1, 2, 3):
            engine.wait()
            assert len(CALLS) == tries
            assert len(run.incidents) == (tries == 3)
            clock.advance(seconds=4)
            engine.wait()
            assert len(CALLS) == tries
            clock.advance(seconds=1)
    assert run.incidents[0].message == "broken"


FAULTS = [
    ("local", "variables of one task only cannot be given back"),
    ("silent", "the function said neither complete, failure nor BPMN error"),
    ("wrong", "the function gave a dict, no TaskResult"),
]


@pytest.mark.parametrize(("topic", "message"), FAULTS)
def test_what_is_no_answer_is_an_incident(topic: str, message: str) -> None:
    (incident,) = done(topic).incidents
    assert message in incident.message


def test_only_functions_are_workers() -> None:
    with pytest.raises(UsageError, match="what does topic 'a' is no function"):
        from_external_task({"a": 5})  # type: ignore[dict-item] # that is the point
