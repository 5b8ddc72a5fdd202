"""What variables of Camunda 8 can hold: what JSON can say, decimals, dates and durations.

Elsewhere any object of Python may go from task to task, by reference: a trace tells how it looked.

>>> odd({"order": {"id": 7, "tags": ["new"]}})
>>> odd({"order": {"tags": {"new"}}})
Odd(what="'order' has a set in it", remedy='give a list')
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, NamedTuple

from bpmn_xml.compiler.program import Program
from bpmn_xml.compiler.program.scoping import ScopeRules
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime.binding.answers import HandlerError, values_of

PLAIN: Final = frozenset({type(None), bool, int, str})
DATA: Final = (type(None), list, tuple, str, int, float, Decimal, dt.date, dt.time, dt.timedelta)
OURS: Final = f"{__name__.partition('.')[0]}."
"""How the modules are called whose objects FEEL gives."""

REMEDIES: Final[Mapping[type, str]] = {
    set: "give a list",
    frozenset: "give a list",
    bytes: "give a text",
    float: "give null",
}
KEYS: Final = "give texts as keys"
REMEDY: Final = "give texts, numbers, lists and mappings"


def data_of(result: object, name: str) -> dict[str, Any] | None:
    """The variables that a result sets, as `values_of`, of Camunda 8.

    Raises:
        HandlerError: it is nothing that variables can hold there.
    """
    values = values_of(result, name)
    if values and (fault := odd(values)):
        raise HandlerError(f"its Python gave what is no data: {fault.what}", remedy=fault.remedy)
    return values


def require_data(values: Mapping[str, Any], rules: ScopeRules | None) -> None:
    """Refuse values that variables cannot hold, where by the rules they hold data alone.

    Raises:
        UsageError: there are some.
    """
    if rules is not None and rules.data_alone and (fault := odd(values)):
        raise UsageError(f"this is no data: {fault.what}", remedy=fault.remedy)


def rules_of(program: Program) -> ScopeRules | None:
    """The rules by which all of a program goes; None if parts go by different ones."""
    found = {container.rules.dialect: container.rules for container in program.containers}
    return next(iter(found.values())) if len(found) == 1 else None


class Odd(NamedTuple):
    """A value that is no data: what it is, and what to give instead."""

    what: str
    remedy: str


def odd(values: Mapping[str, Any]) -> Odd | None:
    """The first value that is no data; None if all are."""
    for name, value in values.items():
        if type(value) not in PLAIN and (found := _odd_in(value)):
            is_it, kind, remedy = found
            fault = f"is {kind}" if is_it else f"has {kind} in it"
            return Odd(f"{name!r} {fault}", remedy)
    return None


def _odd_in(whole: object) -> tuple[bool, str, str] | None:
    """Whether it is the whole that is no data, what it is, and what to do."""
    waiting, seen = [whole], set[int]()
    for value in waiting:
        if id(value) in seen:
            continue
        if fault := _fault(value):
            return (value is whole, *fault)
        if isinstance(value, list | tuple | Mapping):
            seen.add(id(value))
            waiting += value.values() if isinstance(value, Mapping) else value
    return None


def _fault(value: object) -> tuple[str, str] | None:
    """What a value is that is no data, whatever is in it, and what to do."""
    if isinstance(value, Mapping):
        strange = [key for key in value if not isinstance(key, str)]
        return (f"a mapping with the key {strange[0]!r}", KEYS) if strange else None
    if isinstance(value, float) and value - value != 0:
        return repr(value), REMEDIES[float]
    if isinstance(value, Decimal) and not value.is_finite():
        return str(value), REMEDIES[float]
    if isinstance(value, DATA) or _is_ours(value):
        return None
    return f"a {type(value).__name__}", REMEDIES.get(type(value), REMEDY)


def _is_ours(value: object) -> bool:
    return type(value).__module__.startswith(OURS)
