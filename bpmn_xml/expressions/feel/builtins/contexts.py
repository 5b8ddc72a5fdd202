"""Functions on contexts, and on any value (DMN 10.3.4.6, 10.3.4.2) and those that Camunda adds.

>>> put_deep({"a": {"b": 1}}, ["a", "c"], 2), context_of([{"key": "a", "value": 1}])
({'a': {'b': 1, 'c': 2}}, {'a': 1})
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions.feel import compare
from bpmn_xml.expressions.feel.invoke import LEFT_OUT, Builtin, builtin, either
from bpmn_xml.expressions.feel.values import kind_of
from bpmn_xml.expressions.limits import MAX_DEPTH
from bpmn_xml.expressions.meter import CONTEXT_ROOM, ENTRY_ROOM, afford_entries, afford_items, spend

Entries = Mapping[str, Any]


def value_at(context: Entries, key: str) -> object:
    """Return the entry of a key, or None."""
    return context[key] if key in context else None  # noqa: SIM401 - a mapping may have no get


def value_deep(context: Any, keys: Sequence[Any]) -> object:
    """Return the entry that a path of keys leads to, or None."""
    if not keys:
        return None
    for key in keys:
        if kind_of(context) != "context" or not isinstance(key, str):
            return None
        context = value_at(context, key)
    return context


def entries_of(context: Entries) -> list[dict[str, Any]]:
    """Return the entries of a context as a list of keys and values."""
    afford_items(len(context), CONTEXT_ROOM + 2 * ENTRY_ROOM)
    return [{"key": key, "value": context[key]} for key in context]


def context_of(entries: Sequence[Any]) -> dict[str, Any] | None:
    """Return the context of a list of keys and values; every key may come once."""
    found: dict[str, Any] = {}
    afford_entries(len(entries))
    for entry in entries:
        whole = kind_of(entry) == "context" and "key" in entry and "value" in entry
        if not whole or not isinstance(entry["key"], str) or entry["key"] in found:
            return None
        found[entry["key"]] = entry["value"]
    return found


def put(context: Entries, key: str, value: Any) -> dict[str, Any]:
    """Return the context with one more or one other entry."""
    afford_entries(len(context) + 1)
    return {**context, key: value}


def put_deep(context: Any, keys: Sequence[Any], value: Any) -> dict[str, Any] | None:
    """Return the context with another value where a path of keys leads; contexts may be missing.

    >>> put_deep({}, ["a", "b"], 1)
    {'a': {'b': 1}}
    """
    if not 0 < len(keys) <= MAX_DEPTH:
        return None
    if kind_of(context) != "context" or not isinstance(keys[0], str):
        return None
    if len(keys) == 1:
        return put(context, keys[0], value)
    spend(1)
    inner = value_at(context, keys[0])
    below = put_deep({} if inner is None else inner, keys[1:], value)
    return None if below is None else put(context, keys[0], below)


def merged(contexts: Sequence[Any]) -> dict[str, Any] | None:
    """Return one context of several; of equal keys the last one counts."""
    if not all(kind_of(context) == "context" for context in contexts):
        return None
    afford_entries(sum(len(context) for context in contexts))
    return {key: context[key] for context in contexts for key in context}


def alike(left: Any, right: Any) -> bool:
    """Say whether two values are of one kind and equal, zones of times included."""
    if left is None or right is None:
        return left is right
    zones = [str(getattr(side, "tzinfo", None)) for side in (left, right)]
    return zones[0] == zones[1] and compare.same(left, right)


def negation(value: Any) -> bool | None:
    """Return the other truth value, null of anything else."""
    return not value if isinstance(value, bool) else None


def asserted(value: Any, condition: Any, cause: Any = LEFT_OUT) -> object:
    """Return the value if the condition is true; else the evaluation fails, as nothing else.

    >>> asserted(-1, False, "no number below 0")
    Traceback (most recent call last):
        ...
    bpmn_xml.errors.ExpressionError: no number below 0
    """
    if condition is True:
        return value
    raise ExpressionError(cause if isinstance(cause, str) else "the assertion does not hold")


MERGE: Final = either(builtin("contexts: list", merged), builtin("contexts: any...", merged))
PUT: Final = either(
    builtin("context: context, key: string, value: any", put),
    builtin("context: context, keys: list, value: any", put_deep),
)
"""`put` and `put all` are the names that Camunda gave these before the standard did."""

ASKED: Final = "value: any, description: string?~, type: string?~, schema: any?, options: any?"

FUNCTIONS: Final[Mapping[str, Builtin]] = {
    "assert": builtin("value: any, condition: any, cause: any?", asserted),
    "context": builtin("entries: list", context_of),
    "context merge": MERGE,
    "context put": PUT,
    "fromAi": builtin(ASKED, lambda value, *_said: value),
    "get entries": either(
        builtin("m: context", entries_of), builtin("context: context", entries_of)
    ),
    "get or else": builtin(
        "value: any, default: any", lambda value, other: other if value is None else value
    ),
    "get value": either(
        builtin("m: context, key: string", value_at),
        builtin("context: context, key: string", value_at),
        builtin("context: context, keys: list", value_deep),
    ),
    "is": builtin("value1: any, value2: any", alike),
    "is defined": builtin("value: any", lambda value: value is not None),
    "not": builtin("negand: boolean", negation),
    "put": PUT,
    "put all": MERGE,
}
