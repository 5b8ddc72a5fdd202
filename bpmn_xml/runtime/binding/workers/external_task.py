"""Run functions that were written for camunda-external-task-client-python3.

Such a function takes an `ExternalTask` and gives a `TaskResult`: complete, failure or BPMN error.
How often a failure is tried again, and when, the function decides, as with Camunda 7.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from bpmn_xml.compiler.program.scoping import BUSINESS_KEY
from bpmn_xml.errors import BpmnError, CallFailed, UsageError
from bpmn_xml.runtime.binding.context import TaskContext
from bpmn_xml.runtime.binding.handlers import as_worker, is_worker

INSTALL: Final = "install bpmn-xml[camunda-external-task]"


def from_external_task(
    functions: Mapping[str, Callable[..., Any]],
) -> dict[str, Callable[..., Any]]:
    """Make handlers of functions by their topic; what has been made is returned as it is.

    A function that raises is tried again as often as is drawn (`failedJobRetryTimeCycle`), for
    which Camunda 7 itself asks the worker alone.

    Raises:
        UsageError: the client's package is not installed, or something is no function.
    """
    made = {topic: function for topic, function in functions.items() if is_worker(function)}
    if len(made) == len(functions):
        return made
    try:
        from camunda.external_task import external_task  # noqa: F401 - it makes the tasks
    except ImportError as error:
        message = "camunda-external-task-client-python3 is not installed"
        raise UsageError(message, remedy=INSTALL) from error
    for topic, function in functions.items():
        if not callable(function):
            raise UsageError(f"what does topic {topic!r} is no function")
    return {topic: made.get(topic) or _handler(topic, functions[topic]) for topic in functions}


def _handler(topic: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def call(context: TaskContext) -> Mapping[str, Any]:
        task = _task(topic, context)
        return _given(task, function(task), context)

    async def wait_for(context: TaskContext) -> Mapping[str, Any]:
        task = _task(topic, context)
        return _given(task, await function(task), context)

    return as_worker(wait_for if inspect.iscoroutinefunction(function) else call, function)


def _task(topic: str, context: TaskContext) -> Any:
    """The task as the client shows it."""
    from camunda.external_task.external_task import ExternalTask

    from bpmn_xml.expressions.feel.outward import as_json

    return ExternalTask(
        {
            "id": f"{context.instance}/{context.scope}/{context.node}",
            "workerId": "bpmn-xml",
            "topicName": topic,
            "activityId": context.node,
            "processInstanceId": context.instance,
            "processDefinitionKey": context.process,
            "businessKey": context.variables.get(BUSINESS_KEY),
            "variables": {
                name: {"value": as_json(value)} for name, value in context.variables.items()
            },
            "extensionProperties": dict(context.properties),
        }
    )


def _given(task: Any, result: Any, context: TaskContext) -> Mapping[str, Any]:
    """The variables of a task that is done.

    Raises:
        BpmnError, CallFailed: it is not.
    """
    result = task.get_task_result() if result is None else result
    if not hasattr(result, "is_bpmn_error"):
        raise UsageError(f"the function gave a {type(result).__name__}, no TaskResult")
    variables = {name: _plain(value) for name, value in (result.global_variables or {}).items()}
    if result.is_bpmn_error():
        raise BpmnError(result.bpmn_error_code, result.error_message or "", variables)
    if result.is_failure():
        left = int(result.retries or 0) - context.attempt
        wait = int(result.retry_timeout or 0) / 1000
        raise CallFailed(str(result.error_message), again=left > 0, after=wait)
    if not result.is_success():
        raise CallFailed("the function said neither complete, failure nor BPMN error", again=False)
    if result.local_variables:
        message = "variables of one task only cannot be given back: give them to complete() as"
        raise CallFailed(f"{message} global variables", again=False)
    return variables


def _plain(value: Any) -> Any:
    """A variable's value, which may be given with its type."""
    if not isinstance(value, dict) or "value" not in value or not value.keys() <= TYPED:
        return value
    plain = value["value"]
    is_json = str(value.get("type", "")).lower() == "json" and isinstance(plain, str)
    return json.loads(plain) if is_json else plain


TYPED: Final = {"value", "type", "valueInfo"}
"""The keys of a value that is given with its type."""
