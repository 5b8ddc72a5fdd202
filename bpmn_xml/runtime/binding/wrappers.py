"""Handlers around handlers: what Python is given first, and what becomes of its answer."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from bpmn_xml.compiler.program import OneValue, Work
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.core.data import entries_of
from bpmn_xml.core.values import copied
from bpmn_xml.errors import ExpressionError, UsageError
from bpmn_xml.runtime.binding.answers import HandlerError, missing
from bpmn_xml.runtime.binding.context import TaskContext
from bpmn_xml.runtime.binding.execution import AMBIENT
from bpmn_xml.runtime.binding.handlers import ONE, Handler, Mode, all_as_one

Take = Callable[[Any], Any]
"""Makes something else of an answer."""

Rescue = Callable[[Exception], Any]
"""Makes an answer of what was raised instead, or raises something."""


def around(handler: Handler, call: Callable[[TaskContext], Any], *, timed: bool = False) -> Handler:
    """The handler that calls another, of which `call` knows how, whose answer is given alike."""
    return Handler(function=call, mode=handler.mode, gather=all_as_one, context_at=0, timed=timed)


def passed_on(
    handler: Handler, args: Sequence[Any], take: Take, rescue: Rescue | None = None
) -> Any:
    """What is made of the answer of a handler: at once, or when it has been awaited."""
    try:
        answer = handler.function(*args)
    except Exception as error:
        if rescue is None:
            raise
        return rescue(error)
    if handler.mode is Mode.COROUTINE and inspect.isawaitable(answer):
        return _awaited(answer, take, rescue)
    return take(answer)


async def _awaited(answer: Awaitable[Any], take: Take, rescue: Rescue | None) -> Any:
    try:
        found = await answer
    except Exception as error:
        if rescue is None:
            raise
        return rescue(error)
    return take(found)


def arguments(handler: Handler, context: TaskContext) -> list[Any]:
    """What a handler is called with, as adapted.

    Raises:
        HandlerError: a variable that it needs is not set.
    """
    variables = copied(context.variables, _own)
    context = replace(context, variables=variables)
    absent = [name for name in handler.needs if name not in variables]
    if absent:
        raise missing(absent, variables)
    args = list(handler.gather(variables))
    if handler.context_at >= 0:
        args[handler.context_at] = context
    return args


def _own(names: Mapping[str, Any]) -> dict[str, Any]:
    """Variables without what only conditions are told."""
    return {name: value for name, value in names.items() if name not in AMBIENT}


def with_one_value(handler: Handler, work: Work | None) -> Handler:
    """Make the handler whose answer is one value, if one is asked for.

    So Python stands in for an expression or a script that is not evaluated.

    Raises:
        UsageError: it gives many results.
    """
    if work is None or work.question is None:
        return handler
    if handler.mode not in ONE:
        raise UsageError("it gives many results, where one value is asked for", remedy="return it")
    question, result = work.question, work.result

    def call(context: TaskContext) -> Any:
        verdicts, settled = judged(question, context.variables)
        if settled:
            return verdicts | {result: False}
        args = arguments(handler, context)
        return passed_on(handler, args, lambda value: verdicts | {result: value})

    return around(handler, call)


def unless_settled(handler: Handler, work: Work) -> Handler:
    """Make the handler of an expression that calls nobody where its answer is settled."""
    if work.question is None or not work.question.before:
        return handler
    question, result = work.question, work.result

    def call(variables: Mapping[str, Any], context: object = None) -> Any:
        verdicts, settled = judged(question, variables)
        return verdicts | ({result: False} if settled else handler.function(variables, context))

    return Handler(function=call, gather=handler.gather, context_at=handler.context_at)


def judged(question: OneValue, variables: Mapping[str, Any]) -> tuple[dict[str, bool], bool]:
    """What the conditions before a question say, and whether one holds.

    Nothing behind that one is looked at, and it does not hold.
    """
    verdicts, settled = dict[str, bool](), False
    for name, condition in question.before:
        verdicts[name] = not settled and condition.evaluate(variables)
        settled = settled or verdicts[name]
    return verdicts, settled


def in_decisions_place(handler: Handler, work: Work) -> Handler:
    """Make the handler whose mapping is a decision's value as a whole, where a variable takes that.

    A mapping that has the variable itself is written as of any other task.
    """
    if work.decision is None or not work.result or handler.mode not in ONE:
        return handler
    name = work.result

    def whole(given: object) -> object:
        return {name: given} if isinstance(given, Mapping) and name not in given else given

    return replace(handler, function=lambda *args: passed_on(handler, args, whole))


def with_given_values(handler: Handler, values: Sequence[tuple[str, Computed]]) -> Handler:
    """Make the handler that is given values by name, before variables of these names.

    They are computed as it is called, such as the fields of a listener.

    Args:
        handler: a function, method or coroutine function.
        values: names, and what gives their values; without a name the entries of a mapping.

    Raises:
        UsageError: it gives many results.
    """
    if not values:
        return handler
    if handler.mode not in ONE:
        raise UsageError("it gives many results, where it is given values", remedy="return one")

    def call(context: TaskContext) -> Any:
        found = _evaluated(values, context.variables)
        variables, fields = {**context.variables, **found}, {**context.fields, **found}
        told = replace(context, variables=variables, fields=fields)
        return handler.function(*arguments(handler, told))

    return around(handler, call, timed=True)


def _evaluated(
    values: Sequence[tuple[str, Computed]], variables: Mapping[str, Any]
) -> dict[str, Any]:
    """What is given now.

    Raises:
        HandlerError: an expression has no value.
    """
    found = dict[str, Any]()
    try:
        for name, value in values:
            given = value.evaluate(variables)
            found |= {name: given} if name else entries_of(given)
        return found
    except ExpressionError as error:
        raise HandlerError(f"what it is given cannot be computed: {error}") from error
