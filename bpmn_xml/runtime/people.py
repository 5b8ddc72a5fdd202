"""What is told of a user task: whose it is, when it is due; as it is recorded, and as it is shown.

>>> task_fields({"assignee": "ada", "due": 1_700_000_000_000_000})["due"].isoformat()
'2023-11-14T22:13:20+00:00'
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.elements.people.user_tasks import USER_TASK_SETTINGS
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.times.timers import time_of
from bpmn_xml.errors import UsageError


def task_fields(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """The fields of an open task, of what was recorded when it came."""
    known = values or {}
    return {
        name: kind.show(known[name])
        for name, (_, kind) in USER_TASK_SETTINGS.items()
        if known.get(name) is not None
    }


def _names(given: Iterable[str]) -> list[str]:
    """Names as a caller gives them.

    Raises:
        UsageError: it is one alone, whose letters would be taken for names.
    """
    if isinstance(given, str):
        raise UsageError("candidates are a list of names", remedy=f"give [{given!r}]")
    return list(given)


RECORD: Final[Mapping[str, Callable[[Any], object]]] = {
    "candidate_users": _names,
    "candidate_groups": _names,
    "due": time_of,
    "follow_up": time_of,
    "priority": int,
}
"""How what a caller says is recorded."""


def recorded(told: Mapping[str, Any]) -> dict[str, Any]:
    """What is to be recorded of what a caller says of a task; None says nothing."""
    return {name: RECORD[name](value) for name, value in told.items() if value is not None}


def form_of(form: tuple[FormField, ...], values: Mapping[str, Any] | None) -> tuple[FormField, ...]:
    """The form, with the defaults that were computed when the task came."""
    defaults = {
        name: value for name, value in (values or {}).items() if name.startswith("default:")
    }
    if not defaults:
        return form
    return tuple(
        msgspec.structs.replace(field, default=defaults.get(f"default:{field.name}", field.default))
        for field in form
    )
