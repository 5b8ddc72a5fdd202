"""Forms of user tasks: what a person writes becomes typed values, or is refused with the reason.

>>> form = (FormField(name="amount", kind="integer", required=True, least=1),)
>>> checked(form, {"amount": "5", "note": "as agreed"})
{'amount': 5, 'note': 'as agreed'}
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from math import isfinite
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.elements.people.entries import entered, shown
from bpmn_xml.compiler.elements.people.forms import choices_of
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.errors import UsageError
from bpmn_xml.wording import did_you_mean

Doubt = Callable[[str], object]

NOTHING: Final[Mapping[str, Any]] = {}


class FormError(UsageError):
    """An answer does not fit the form of its user task."""


def checked(
    form: Sequence[FormField], values: Mapping[str, Any], variables: Mapping[str, Any] = NOTHING
) -> dict[str, Any]:
    """The answer with every field of the form as a value of its kind.

    What the form does not name stays as it is; what is not given has its default.

    Raises:
        FormError: some fields are missing or have no value of their kind; all of them at once.
    """
    faults = list[str]()
    found = _checked(form, values, variables, faults)
    if faults:
        doubts = misspelt(form, values)
        remedy = "" if doubts else "correct the answer"
        raise FormError("; ".join([*faults, *doubts]), remedy=remedy)
    return found


def answered(
    form: Sequence[FormField],
    values: Mapping[str, Any],
    variables: Mapping[str, Any],
    *,
    at: str,
    doubt: Doubt,
) -> dict[str, Any]:
    """The answer for the user task `at`, checked; `doubt` is told what of it may be misspelt.

    Raises:
        FormError: as `checked`.
    """
    found = checked(form, values, variables)
    for what in misspelt(form, values):
        doubt(f"the answer for {at}: {what}")
    return found


def _checked(
    form: Sequence[FormField],
    values: Mapping[str, Any],
    variables: Mapping[str, Any],
    faults: list[str],
) -> dict[str, Any]:
    """The same; what is wrong is added to the faults."""
    found = {**values, **_as_far_as_read(form, values)}
    for stated in form:
        field, given = resolved(stated, {**variables, **found}), stated.name in values
        value = values.get(field.name, field.default)
        if field.hidden:
            found.pop(field.name, None)
        elif field.readonly and given:
            faults.append(f"{field.name}: it is only shown, and takes no {shown(value)}")
        elif given or not _is_there(field, variables):
            try:
                names = {**variables, **found}
                read = _read(field, value, names)
            except ValueError as error:
                faults.append(f"{field.name}: {error}")
                continue
            if value is not None or given:
                found[field.name] = read
    return found


def _read(field: FormField, value: object, names: Mapping[str, Any]) -> object:
    """The value of a field, which Python does not refuse either.

    Raises:
        ValueError: it is none, or is refused.
    """
    read = _inside(field, value, names) if field.fields else entered(field, value)
    for check in field.checks:
        check(read, {**names, field.name: read})
    return read


def _is_there(field: FormField, variables: Mapping[str, Any]) -> bool:
    """Whether a variable has the value of a field for which nothing is given."""
    computed = any(name == "default" for name, _ in field.computes)
    return field.strict and not computed and variables.get(field.name) is not None


def _as_far_as_read(form: Sequence[FormField], values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that can be read, for what is computed of them."""
    found = dict[str, Any]()
    for field in form:
        if field.name in values and not field.fields:
            with suppress(ValueError):
                found[field.name] = entered(field, values[field.name])
    return found


def _inside(field: FormField, value: object, names: Mapping[str, Any]) -> Any:
    """What is in a group, or in each of some rows, checked in its turn.

    Raises:
        ValueError: it is no such thing, or something in it is wrong.
    """
    parts = value if field.kind == "rows" else [value]
    if parts is None:
        parts = []
    if not isinstance(parts, list | tuple):
        raise ValueError(f"{shown(value)} is no list")
    faults, found = list[str](), list[dict[str, Any]]()
    for part in parts:
        if not isinstance(part, Mapping | None):
            raise ValueError(f"{shown(part)} is no mapping")
        found.append(_checked(field.fields, part or {}, {**names, "this": part}, faults))
    if faults:
        raise ValueError("; ".join(faults))
    return found if field.kind == "rows" else found[0]


def resolved(field: FormField, names: Mapping[str, Any]) -> FormField:
    """A field with what is computed of the variables and of what has been answered.

    >>> from bpmn_xml.compiler.program.scoping import Computed
    >>> least = Computed("= n", lambda names: names["n"], "feel")
    >>> resolved(FormField(name="pieces", computes=(("least", least),)), {"n": 3}).least
    3.0
    """
    values = dict[str, Any]()
    for name, value in field.computes:  # what hides a group hides all that is in it
        values[name] = values.get(name) or COMPUTED[name](value.evaluate(names))
    return msgspec.structs.replace(field, **values) if values else field


def misspelt(form: Sequence[FormField], values: Mapping[str, Any]) -> list[str]:
    """What is given but no field, and looks like a field that is not given; said in words.

    >>> misspelt((FormField(name="approved", kind="boolean"),), {"aproved": True, "by": "Ada"})
    ["the form has no field 'aproved'; did you mean 'approved'?"]
    """
    known = {field.name for field in form}
    empty = sorted(field.name for field in form if field.name not in values and not field.readonly)
    hints = {name: did_you_mean(name, empty) for name in values if name not in known}
    return [f"the form has no field {name!r}{hint}" for name, hint in hints.items() if hint]


def _truth(value: object) -> bool:
    return value is True


def _measure(value: object) -> Any:
    """A bound; none where there is no number, or none that can be reached."""
    if not isinstance(value, int | float | Decimal) or isinstance(value, bool):
        return None
    try:
        bound = float(value)
    except OverflowError:
        return None
    return bound if isfinite(bound) else None


COMPUTED: Final[Mapping[str, Callable[[object], Any]]] = {
    "hidden": _truth,
    "readonly": _truth,
    "required": _truth,
    "least": _measure,
    "most": _measure,
    "shortest": lambda value: int(_measure(value) or 0),
    "longest": lambda value: int(_measure(value) or 0),
    "choices": lambda value: tuple(choices_of(value)),
    "default": lambda value: value,
}
"""How a property of a field is read that is computed."""
