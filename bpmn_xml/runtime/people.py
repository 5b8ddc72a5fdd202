"""What a user task tells people: whose it is, when it should be done, what is asked.

>>> task_fields({"assignee": "ada", "due": 1_700_000_000_000_000})["due"].isoformat()
'2023-11-14T22:13:20+00:00'
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.times.timers import moment_of

CONVERT: Final[Mapping[str, Callable[[Any], Any]]] = {
    "assignee": str,
    "candidate_users": tuple,
    "candidate_groups": tuple,
    "due": moment_of,
    "follow_up": moment_of,
    "priority": int,
    "form_key": str,
}
"""How what was recorded is shown; these are the fields of an open task."""


def task_fields(values: Mapping[str, Any] | None) -> dict[str, Any]:
    """The fields of an open task, of what was recorded when it came."""
    known = values or {}
    return {
        name: convert(known[name])
        for name, convert in CONVERT.items()
        if known.get(name) is not None
    }


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
