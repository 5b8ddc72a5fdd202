"""Functions written for pyzeebe run as they are: decorators, handlers of exceptions, all kinds."""

# Annotations stay types here: pyzeebe looks for the parameter that is a `Job`.
from typing import Any

import pytest

pytest.importorskip("pyzeebe", reason="pyzeebe is not installed: pip install bpmn-xml[pyzeebe]")

from pyzeebe import Job, JobController, ZeebeTaskRouter
from pyzeebe.errors import BusinessError

from bpmn_xml import model as m
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime import Engine, Run
from bpmn_xml.runtime.binding.naming import python_of
from bpmn_xml.runtime.binding.workers import from_pyzeebe
from tests.compiler.drawing import around, extended, flow, word

HEARD: list[str] = []


async def note(job: Job) -> Job:
    HEARD.append(f"before {job.type}")
    return job


def note_after(job: Job) -> Job:
    HEARD.append(f"after {job.type}: {job.task_result}")
    return job


async def refuse(error: Exception, job: Job, controller: JobController) -> None:
    if isinstance(error, ZeroDivisionError):
        await controller.set_error_status("cannot", "DIVIDED", {"by": 0})
    elif isinstance(error, KeyError):
        await controller.set_failure_status("later", retry_back_off_ms=2_000)


router = ZeebeTaskRouter(before=[note], after=[note_after], exception_handler=refuse)


@router.task(task_type="add")
async def add(a: int, b: int) -> dict[str, int]:
    return {"sum": a + b}


@router.task(task_type="double", single_value=True, variable_name="twice")
def double(a: int) -> int:
    return 2 * a


@router.task(task_type="divide")
def divide(a: int, b: int) -> dict[str, float]:
    return {"ratio": a / b}


@router.task(task_type="look")
def look(job: Job) -> dict[str, Any]:
    """All that a worker can see of its job."""
    return {
        "seen": {
            "type": job.type,
            "element": job.element_id,
            "process": job.bpmn_process_id,
            "headers": job.custom_headers,
            "retries": job.retries,
            "variables": job.variables,
        }
    }


@router.task(task_type="fetch", variables_to_fetch=["a"])
def fetch(**found: Any) -> dict[str, Any]:
    return {"found": found}


@router.task(task_type="nothing")
def nothing() -> None: ...


@router.task(task_type="odd")
def odd() -> None:
    raise OSError


@router.task(task_type="later")
def later() -> None:
    HEARD.append("tried")
    raise KeyError("x")


plain = ZeebeTaskRouter()


@plain.task(task_type="refuse")
def business() -> None:
    raise BusinessError("REFUSED", "no")


@plain.task(task_type="break")
def broken() -> None:
    HEARD.append("tried")
    raise ValueError("no")


def drawn(type_: str, retries: str = "1") -> m.Definitions:
    definition = word("zeebe:taskDefinition", type=type_, retries=retries)
    headers = word("zeebe:taskHeaders", word("zeebe:header", key="h", value="1"))
    task = m.ServiceTask(id="t", **extended(definition, headers))
    event = m.BoundaryEvent(
        id="b", attached_to_ref="t", event_definitions=(m.ErrorEventDefinition(id="d"),)
    )
    return around(task, event, m.EndEvent(id="caught"), flow("b caught"))


def done(type_: str, variables: dict[str, Any], retries: str = "1") -> Run:
    HEARD.clear()
    handlers = from_pyzeebe(router) | from_pyzeebe(plain)
    with Engine(drawn(type_, retries), handlers, workers=0) as engine:
        run = engine.start("P", variables)
        run.wait(20)
    return run


def test_functions_of_every_kind_run_with_their_decorators() -> None:
    assert done("add", {"a": 1, "b": 2}).variables == {"a": 1, "b": 2, "sum": 3}
    assert HEARD == ["before add", "after add: {'sum': 3}"]
    assert done("double", {"a": 2}).variables == {"a": 2, "twice": 4}
    assert done("fetch", {"a": 1, "b": 2}).variables["found"] == {"a": 1}
    assert done("nothing", {"a": 1}).variables == {"a": 1}


def test_a_worker_sees_its_job() -> None:
    assert done("look", {"a": 1}, retries="3").variables["seen"] == {
        "type": "look",
        "element": "t",
        "process": "P",
        "headers": {"h": "1"},
        "retries": 3,
        "variables": {"a": 1},
    }


def test_errors_go_to_the_boundary() -> None:
    run = done("divide", {"a": 1, "b": 0})
    assert (run.outcome, run.incidents) == ("completed", [])
    assert run.variables["by"] == 0
    assert done("refuse", {}).outcome == "completed"


def test_failures_are_tried_again_as_the_drawing_says() -> None:
    run = done("break", {}, retries="3")
    assert HEARD == ["tried"] * 3
    assert run.incidents[0].message == "Failed job. Error: no"


def test_an_exception_handler_may_ask_for_a_wait_or_say_nothing() -> None:
    assert done("odd", {}).incidents[0].message.startswith("the exception handler of the worker")
    assert done("later", {}).incidents[0].message == "later"
    assert HEARD.count("tried") == 1


def test_what_is_bound_is_the_function_of_the_worker() -> None:
    assert python_of(from_pyzeebe(router)["add"]) == f"{__name__}:add"


def test_only_routers_have_workers() -> None:
    with pytest.raises(UsageError, match="dict is no ZeebeTaskRouter"):
        from_pyzeebe({})
