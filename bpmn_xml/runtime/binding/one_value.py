"""Python that is asked for one value: in place of an expression or script that is not evaluated."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from bpmn_xml.compiler.program import OneValue, Work
from bpmn_xml.core.values import copied
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.binding.answers import missing
from bpmn_xml.runtime.binding.context import TaskContext
from bpmn_xml.runtime.binding.execution import AMBIENT
from bpmn_xml.runtime.binding.handlers import ONE, Handler, Mode, all_as_one


def with_one_value(handler: Handler, work: Work | None) -> Handler:
    """Make the handler whose answer is one value, if one is asked for.

    Raises:
        UsageError: it gives many results.
    """
    if work is None or work.question is None:
        return handler
    if handler.mode not in ONE:
        raise UsageError("it gives many results, where one value is asked for", remedy="return it")
    question, result, function = work.question, work.result, handler.function

    def call(context: TaskContext) -> dict[str, Any]:
        verdicts, settled = judged(question, context.variables)
        return verdicts | {result: not settled and function(*arguments(handler, context))}

    async def call_on_loop(context: TaskContext) -> dict[str, Any]:
        verdicts, settled = judged(question, context.variables)
        given = not settled and function(*arguments(handler, context))
        return verdicts | {result: await given if inspect.isawaitable(given) else given}

    asked = call if handler.mode is Mode.CALL else call_on_loop
    return Handler(function=asked, mode=handler.mode, gather=all_as_one, context_at=0)


def in_decisions_place(handler: Handler, work: Work) -> Handler:
    """Make the handler whose mapping is a decision's value as a whole, where a variable takes that.

    A mapping that has the variable itself is written as of any other task.
    """
    if work.decision is None or not work.result or handler.mode not in ONE:
        return handler
    name, function = work.result, handler.function

    def whole(given: object) -> object:
        return {name: given} if isinstance(given, Mapping) and name not in given else given

    def call(*arguments: Any) -> object:
        return whole(function(*arguments))

    async def call_on_loop(*arguments: Any) -> object:
        return whole(await function(*arguments))

    return replace(handler, function=call if handler.mode is Mode.CALL else call_on_loop)


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
