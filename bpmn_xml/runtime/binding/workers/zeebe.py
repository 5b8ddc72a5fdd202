"""Run the functions of a `ZeebeTaskRouter` of pyzeebe, decorators and exception handlers included.

A job that fails is tried again as often as the drawing says, and after the waits that it says
unless the worker asks for another. Variables that are given with a failure are not kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.errors import BpmnError, CallFailed, UsageError
from bpmn_xml.runtime.binding.context import TaskContext
from bpmn_xml.runtime.binding.handlers import as_worker

INSTALL: Final = "install bpmn-xml[pyzeebe]"


def is_router(source: object) -> bool:
    """Whether something holds tasks as a router of pyzeebe does; workers do too."""
    tasks = getattr(source, "tasks", None)
    return isinstance(tasks, list) and all(hasattr(task, "job_handler") for task in tasks)


def from_pyzeebe(router: Any) -> dict[str, Callable[..., Any]]:
    """Make handlers of the tasks of a `ZeebeTaskRouter` or `ZeebeWorker`, by their type.

    Raises:
        UsageError: pyzeebe is not installed, or this is no router.
    """
    if not is_router(router):
        raise UsageError(f"{type(router).__name__} is no ZeebeTaskRouter")
    try:
        import pyzeebe  # noqa: F401 - it makes the jobs
    except ImportError as error:
        raise UsageError("pyzeebe is not installed", remedy=INSTALL) from error
    return {task.type: _handler(task) for task in router.tasks}


def _handler(task: Any) -> Callable[..., Any]:
    from pyzeebe.job.job import JobController

    control: Any = JobController

    async def work(context: TaskContext) -> Mapping[str, Any]:
        answer = Answer()
        job = _job(task, context)
        await task.job_handler(job, control(job, answer))
        return answer.given()

    return as_worker(work, task.original_function)


class Answer:
    """Stands where pyzeebe has its connection: what a job came to."""

    def __init__(self) -> None:
        self.variables: Mapping[str, Any] | None = None
        self.error: Exception | None = None

    async def complete_job(self, *, variables: Mapping[str, Any], **_job: Any) -> None:
        """The job is done."""
        self.variables = variables

    async def fail_job(
        self, *, message: str, retries: int, retry_back_off_ms: int, **_job: Any
    ) -> None:
        """The job failed, and may be tried again."""
        after = retry_back_off_ms / 1000 if retry_back_off_ms else None
        self.error = CallFailed(message, again=retries > 0, after=after)

    async def throw_error(
        self, *, message: str, error_code: str, variables: Mapping[str, Any], **_job: Any
    ) -> None:
        """The job cannot be done, for a reason that the drawing knows."""
        self.error = BpmnError(error_code, message, variables)

    def given(self) -> Mapping[str, Any]:
        """The variables of a job that is done.

        Raises:
            BpmnError, CallFailed: it is not.
        """
        if self.error is not None:
            raise self.error
        if self.variables is None:
            raise CallFailed("the exception handler of the worker gave no answer")
        return self.variables


def _job(task: Any, context: TaskContext) -> Any:
    """The job as pyzeebe shows it. Its keys are made of names, so they are the same each time."""
    from pyzeebe import Job

    from bpmn_xml.expressions.feel.outward import as_json

    wanted = task.config.variables_to_fetch or context.variables
    return Job(
        key=_key(context.instance, context.scope, context.node),
        type=task.type,
        process_instance_key=_key(context.instance),
        bpmn_process_id=context.process,
        process_definition_version=1,
        process_definition_key=_key(context.process),
        element_id=context.node,
        element_instance_key=_key(context.scope, context.node),
        custom_headers=dict(context.fields),
        worker="bpmn-xml",
        retries=context.retries + 1,
        deadline=0,
        variables={
            name: as_json(context.variables[name]) for name in wanted if name in context.variables
        },
    )


def _key(*names: str) -> int:
    digest = hashlib.sha256("\0".join(names).encode()).digest()
    return int.from_bytes(digest[:6], "big")
