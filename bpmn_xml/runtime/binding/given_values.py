"""Python that is given values which are computed as it is called, such as a listener's fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.core.data import entries_of
from bpmn_xml.errors import ExpressionError, UsageError
from bpmn_xml.runtime.binding.answers import HandlerError
from bpmn_xml.runtime.binding.context import TaskContext
from bpmn_xml.runtime.binding.handlers import ONE, Handler, all_as_one
from bpmn_xml.runtime.binding.one_value import arguments


def with_given_values(handler: Handler, values: Sequence[tuple[str, Computed]]) -> Handler:
    """Make the handler that is given values by name, before variables of these names.

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

    return Handler(function=call, mode=handler.mode, gather=all_as_one, context_at=0, timed=True)


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
