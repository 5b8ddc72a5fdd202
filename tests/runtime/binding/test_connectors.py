"""Connectors of Camunda 8 that are bound to Python: what becomes of the answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

import bpmn_xml
from bpmn_xml import model as m
from bpmn_xml.errors import BindingError, BpmnError
from bpmn_xml.runtime.binding.handlers import as_worker
from tests.compiler.drawing import around, extended, file, flow, told, word

ANSWER = {"status": 200, "body": {"temp": 31}}


class NotFoundError(Exception):
    code = 404


def connector(**headers: str) -> m.ServiceTask:
    return m.ServiceTask(
        id="t",
        **extended(
            word("zeebe:taskDefinition", type="http", retries="1"),
            word(
                "zeebe:taskHeaders",
                *[word("zeebe:header", key=key, value=text) for key, text in headers.items()],
            ),
        ),
    )


def drawing(**headers: str) -> m.Definitions:
    error = m.Error(id="E", error_code="NOT_FOUND")
    caught = m.BoundaryEvent(
        id="b",
        attached_to_ref="t",
        event_definitions=(m.ErrorEventDefinition(id="d", error_ref="E"),),
    )
    task, end = connector(**headers), m.EndEvent(id="lost")
    return around(task, caught, end, flow("b lost"), roots=(error,))


def run(function: Callable[..., Any], **headers: str) -> bpmn_xml.Run:
    return bpmn_xml.run(drawing(**headers), {"city": "Ulm"}, {"http": function})


def failing() -> None:
    raise NotFoundError("no such city")


def test_the_drawing_takes_what_it_wants_of_the_answer() -> None:
    made = "={temperature: body.temp, code: response.status}"
    done = run(lambda: ANSWER, resultVariable="all", resultExpression=made)
    assert done.variables == {"city": "Ulm", "all": ANSWER, "temperature": 31, "code": 200}
    assert run(lambda: 5, resultVariable="n").variables == {"city": "Ulm", "n": 5}
    assert run(lambda: 5, resultExpression="{n: response + 1}").variables["n"] == 6
    half = run(lambda: 5, resultExpression="{n: response * 0.5}").variables["n"]
    assert (half, type(half)) == (2.5, float)
    assert run(lambda: ANSWER, resultExpression="= null").variables == {"city": "Ulm"}
    assert run(lambda: ANSWER, other="x").variables == {"city": "Ulm", **ANSWER}


def test_it_may_be_a_coroutine() -> None:
    async def call(city: str) -> dict[str, str]:
        return {"found": city}

    assert run(call, resultExpression="= {place: found}").variables["place"] == "Ulm"

    async def fail() -> None:
        failing()

    done = run(fail, errorExpression='= bpmnError("NOT_FOUND", error.message)')
    assert done.ended_at == "lost"


FAILS = {
    '= bpmnError("NOT_FOUND", error.message, {why: error.code})': ("lost", {"why": "404"}),
    '= if error.code = "404" then bpmnError("NOT_FOUND") else null': ("lost", {}),
    '= if job.retries = 1 then bpmnError("NOT_FOUND", "x") else null': ("lost", {}),
    "= ignoreError()": ("e", {}),
    "= ignoreError({left: true})": ("e", {"left": True}),
}


@pytest.mark.parametrize("expression", FAILS)
def test_the_drawing_says_what_a_failure_means(expression: str) -> None:
    end, variables = FAILS[expression]
    done = run(failing, errorExpression=expression, resultVariable="all")
    assert done.ended_at == end
    assert done.variables == {"city": "Ulm", **variables}


def test_the_drawing_may_take_an_answer_for_an_error() -> None:
    rule = '= if response.status = 404 or lost then bpmnError("NOT_FOUND", "gone") else null'
    headers = {"errorExpression": rule, "resultExpression": "= {lost: body.temp = null}"}
    assert run(lambda: ANSWER, **headers).ended_at == "e"
    assert run(lambda: {"status": 404}, **headers).ended_at == "lost"
    assert run(lambda: {"status": 200}, **headers).ended_at == "lost"


STANDS = {
    "= null": f"{__name__}.NotFoundError: no such city",
    '= jobError("later")': "later",
    '= jobError("later", {}, 0)': "later",
    '= jobError("later", {}, job.retries - 1, duration("PT0.01S"))': "later",
    "= 5": "its errorExpression gives a number, where a context is needed",
    '= {errorType: "other"}': f"{__name__}.NotFoundError: no such city",
}


@pytest.mark.parametrize("expression", STANDS)
def test_other_failures_are_incidents(expression: str) -> None:
    done = run(failing, errorExpression=expression)
    assert done.incidents[0].message == STANDS[expression]


@pytest.mark.parametrize("pause", ["", ', duration("PT0.01S")'])
def test_a_job_is_tried_again_as_often_as_its_error_says(pause: str) -> None:
    calls = iter([failing, failing, lambda: 7])
    rule = f'= if error = null then null else jobError("later", {{}}, 1{pause})'
    done = run(lambda: next(calls)(), errorExpression=rule, resultVariable="n")
    assert done.variables["n"] == 7


def test_an_answer_of_no_use_is_an_incident() -> None:
    (incident,) = run(lambda: ANSWER, resultExpression="= status").incidents
    assert incident.message == "its resultExpression gives a number, where a context is needed"


def test_a_bpmn_error_is_one() -> None:
    def lost() -> None:
        raise BpmnError("NOT_FOUND", "gone")

    assert run(lost, errorExpression="= ignoreError()").ended_at == "lost"


def test_python_that_takes_such_a_header_does_it_itself() -> None:
    done = run(lambda resultExpression: {"said": resultExpression}, resultExpression="= {a: 1}")
    assert done.variables == {"city": "Ulm", "said": "= {a: 1}"}


def test_workers_written_for_camunda_do_it_themselves() -> None:
    def work() -> dict[str, Any]:
        return ANSWER

    workers = {"http": as_worker(work, work)}
    for given in (workers, {**workers, "other": work}):
        assert bpmn_xml.run(drawing(resultVariable="all"), {}, given).variables == ANSWER


def test_many_results_are_no_answer() -> None:
    def several() -> Iterator[int]:
        yield 1

    with pytest.raises(BindingError, match="where a connector gives one answer"):
        run(several, resultVariable="all")


def test_expressions_that_are_none_are_told() -> None:
    headers = {"resultExpression": "= {a:", "errorExpression": "= ("}
    lines = told(file(m.StartEvent(id="s"), connector(**headers), flow("s t")))
    assert [line.split(" is no FEEL")[0] for line in lines] == [
        "error BX110 t: its resultExpression '= {a:'",
        "error BX110 t: its errorExpression '= ('",
    ]
