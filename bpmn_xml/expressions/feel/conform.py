"""Types of values: `instance of` and the types of parameters (DMN 10.3.2.9.2, table 58)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC
from typing import Any, Final

from bpmn_xml.expressions.feel import calendar as cal
from bpmn_xml.expressions.feel.values import FeelFunction, Range, kind_of
from bpmn_xml.expressions.meter import spend
from bpmn_xml.expressions.tree import TypeName

SIMPLE: Final = frozenset(
    {
        "number", "string", "boolean", "date", "time", "date and time",
        "days and time duration", "years and months duration", "list", "context", "function",
        "range",
    }
)  # fmt: skip


def is_instance(value: Any, type_: TypeName) -> bool | None:
    """Say whether a value is of a type; null is of Null only. None if there is no such type."""
    if type_.name not in SIMPLE and type_.name not in ("Any", "Null"):
        return None
    return type_.name == "Null" if value is None else conforms(value, type_)


def conforms(value: Any, type_: TypeName) -> bool:
    """Say whether a value may stand where a type is asked for; null may always."""
    if value is None or type_.name == "Any":
        return True
    if kind_of(value) != type_.name:
        return False
    if type_.name in DEEPER and not DEEPER[type_.name](value, type_):
        return False
    return type_.allowed is None or type_.allowed(value)


def coerced(value: Any, type_: TypeName) -> Any:
    """Return the value as a type asks for it, or None (DMN 10.3.2.9.4).

    A list of one stands for its item, an item for a list of one, a date for its midnight in UTC.

    >>> from bpmn_xml.expressions.tree import TypeName
    >>> coerced([1], TypeName("number")), coerced(1, TypeName("string"))
    (1, None)
    """
    if conforms(value, type_):
        return value
    kind = kind_of(value)
    if kind == "list" and len(value) == 1 and conforms(value[0], type_):
        return value[0]
    if type_.name == "list" and conforms([value], type_):
        return [value]
    if kind == "date" and type_.name == "date and time":
        return cal.make_date_time(cal.days_of(value), 0, UTC)
    return None


def list_conforms(value: Any, type_: TypeName) -> bool:
    """Say whether all items of a list are of a type."""
    spend(len(value))
    return all(conforms(item, part) for part in type_.parts[:1] for item in value)


def context_conforms(value: Any, type_: TypeName) -> bool:
    """Say whether a context has entries of the given types, and perhaps others."""
    return all(key in value and conforms(value[key], part) for key, part in type_.fields)


def range_conforms(value: Range, type_: TypeName) -> bool:
    """Say whether both ends of a range are of a type."""
    return all(conforms(end, part) for part in type_.parts[:1] for end in (value.start, value.end))


def function_conforms(value: Any, type_: TypeName) -> bool:
    """Say whether a function takes as many arguments as its type says."""
    if not type_.parts or not isinstance(value, FeelFunction):
        return True
    return len(value.parameters) == len(type_.parts) - 1


DEEPER: Final[Mapping[str, Callable[[Any, TypeName], bool]]] = {
    "list": list_conforms,
    "context": context_conforms,
    "range": range_conforms,
    "function": function_conforms,
}
