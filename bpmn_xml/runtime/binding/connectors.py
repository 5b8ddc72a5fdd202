"""Python in the place of a connector of Camunda 8: it gives the answer, the drawing does the rest.

Python that takes one of the headers which say what becomes of the answer does that itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from bpmn_xml.compiler.elements.connectors import ERROR, KIND, RESULT, VALUES
from bpmn_xml.compiler.program import AnswerRules
from bpmn_xml.compiler.times.timers import read_duration
from bpmn_xml.errors import BpmnError, CallFailed, UsageError
from bpmn_xml.expressions.wording import describe
from bpmn_xml.runtime.binding.answers import HandlerError
from bpmn_xml.runtime.binding.context import TaskContext
from bpmn_xml.runtime.binding.handlers import ONE, Handler
from bpmn_xml.runtime.binding.wrappers import arguments, around, passed_on

HEADERS: Final = frozenset({RESULT, VALUES, ERROR})

PLAIN_WORDS: Final = (BpmnError, CallFailed, UsageError)
"""What says by itself what follows."""


def with_answer_taken(handler: Handler, rules: AnswerRules | None) -> Handler:
    """Make the handler of which the drawing takes the answer, if it says how.

    Raises:
        UsageError: it gives many results.
    """
    if rules is None or not HEADERS.isdisjoint(handler.names):
        return handler
    if handler.mode not in ONE:
        message = "it gives many results, where a connector gives one answer"
        raise UsageError(message, remedy=f"return it, or take {VALUES} as a parameter")

    def call(context: TaskContext) -> Any:
        take, rescue = partial(taken, rules, context), partial(failed, rules, context)
        return passed_on(handler, arguments(handler, context), take, rescue)

    return around(handler, call)


def taken(rules: AnswerRules, context: TaskContext, answer: Any) -> Mapping[str, Any]:
    """The variables that are made of an answer.

    Raises:
        BpmnError, CallFailed: the drawing takes it for an error.
        HandlerError: an expression gives what is of no use.
    """
    names = {**(answer if isinstance(answer, Mapping) else {}), "response": answer}
    values: dict[str, Any] = {rules.result: answer} if rules.result else {}
    if rules.values is not None:
        values |= _context(VALUES, rules.values.evaluate(names))
    instead = _instead(rules, context, {**names, **values})
    return values if instead is None else instead


def failed(rules: AnswerRules, context: TaskContext, error: Exception) -> Mapping[str, Any]:
    """The variables that are taken for an answer where the drawing ignores a failure.

    What it asks about as `error.code` is the `code` of the exception, else its type.

    Raises:
        BpmnError, CallFailed: what the drawing takes it for.
        Exception: the failure itself, of which the drawing says nothing.
    """
    code = getattr(error, "code", type(error).__name__)
    told = {"code": str(code), "message": str(error)}
    said = isinstance(error, PLAIN_WORDS)
    instead = None if said else _instead(rules, context, {"error": told})
    if instead is None:
        raise error
    return instead


def _instead(
    rules: AnswerRules, context: TaskContext, names: Mapping[str, Any]
) -> Mapping[str, Any] | None:
    """What an error expression asks for: variables instead of an answer, or to raise."""
    if rules.error is None:
        return None
    known = {"job": {"retries": context.retries + 1}, "error": None, **names}
    asked = _context(ERROR, rules.error.evaluate(known))
    message, variables = str(asked.get("message") or ""), _context(ERROR, asked.get("variables"))
    kind = asked.get(KIND)
    if kind == "bpmnError":
        raise BpmnError(str(asked.get("code") or ""), message, variables)
    if kind == "jobError":
        raise _job_error(message, asked, context.retries)
    return variables if kind == "ignoreError" else None


def _job_error(message: str, asked: Mapping[str, Any], left: int) -> CallFailed:
    """The failure of a job: it is tried again as long as it says itself, else as drawn."""
    retries, pause = asked.get("retries"), asked.get("retryBackoff")
    after = None if retries is None else 0.0
    if pause is not None:
        after = read_duration(pause).microseconds / 1_000_000
    return CallFailed(message, again=(left if retries is None else retries) > 0, after=after)


def _context(what: str, value: object) -> Mapping[str, Any]:
    """A context, empty for null.

    Raises:
        HandlerError: it is something else.
    """
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise HandlerError(f"its {what} gives {describe(value)}, where a context is needed")
    return value
