"""Tasks whose Python is named by an expression: it is known only when the task comes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from bpmn_xml import expressions
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.errors import BpmnXmlError, ExpressionError
from bpmn_xml.runtime.binding.answers import HandlerError
from bpmn_xml.runtime.binding.codes import RefusedError
from bpmn_xml.runtime.binding.context import TaskContext
from bpmn_xml.runtime.binding.handlers import ONE, Handler, Mode, all_as_one
from bpmn_xml.wording import quoted


def chooser(expression: Computed, find: Callable[[str], Handler]) -> Handler:
    """Make the handler that looks for another one at each call.

    Args:
        expression: gives the name.
        find: finds the handler of a name, or raises.
    """
    known = cache(find)

    def call(context: TaskContext) -> Any:
        handler = _found(expression, known, context)
        args = list(handler.gather(context.variables))
        if handler.context_at >= 0:
            args[handler.context_at] = context
        if handler.mode is Mode.COROUTINE:
            import asyncio

            return asyncio.run(handler.function(*args))
        return handler.function(*args)

    return Handler(function=call, gather=all_as_one, context_at=0)


def _found(expression: Computed, find: Callable[[str], Handler], context: TaskContext) -> Handler:
    """The handler of the name that the expression gives now.

    Raises:
        HandlerError: there is none, or it is a producer.
    """
    try:
        name = expression.evaluate(context.variables)
    except ExpressionError as error:
        raise HandlerError(f"{expression.text!r} names no Python: {error}") from error
    if not isinstance(name, str) or not name:
        shown = "null" if name is None else quoted(str(name))
        why = expressions.why_null(expression.text, expression.language, context.variables)
        told = f": {why}" if name is None and why else ""
        raise HandlerError(f"{expression.text!r} gives {shown}, which names no Python{told}")
    try:
        handler = find(name)
    except RefusedError as error:
        raise HandlerError(str(error), remedy=error.remedy) from error
    except BpmnXmlError as error:
        raise HandlerError(str(error)) from error
    if handler.mode not in ONE:
        remedy = "name it without an expression"
        raise HandlerError(f"{name!r} gives many results, and must be known before", remedy=remedy)
    return handler
