"""Forms as the dialects name and draw them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import msgspec

from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.settings import (
    Problem,
    Refusal,
    Settings,
    bean_name,
    is_expression,
)
from bpmn_xml.compiler.program.fields import FormField, Validator, date_format
from bpmn_xml.model import ForeignElement
from bpmn_xml.wording import did_you_mean, quoted

KINDS: Final[Mapping[str, str]] = {
    "": "any",
    "string": "text",
    "long": "integer",
    "int": "integer",
    "double": "number",
    "boolean": "boolean",
    "date": "date",
    "enum": "choice",
    "file": "any",
}
"""A field's type in both -> what it is here."""

USUAL: Final = "dd/MM/yyyy"
"""How Camunda 7 writes a date where nothing is said."""

EMBEDDED: Final = "camunda-forms:bpmn:"
DEPLOYED: Final = "camunda-forms:deployment:"

DRAWN: Final = "use the types and rules of form fields"
CORRECT: Final = "correct the value"
CHECK: Final = "check it in Python, by a listener at complete"


def _whole(text: str) -> int:
    if not text.strip().isdecimal():
        raise ValueError(f"{quoted(text)} is no whole number")
    return int(text)


def _number(text: str) -> float:
    """A number; its text must be one."""
    try:
        return float(text)
    except ValueError:
        raise ValueError(f"{quoted(text)} is no number") from None


RULES: Final[Mapping[str, tuple[str, Callable[[str], Any]]]] = {
    "required": ("required", lambda text: text.strip() != "false"),
    "readonly": ("readonly", lambda text: text.strip() != "false"),
    "min": ("least", _number),
    "max": ("most", _number),
    "minlength": ("shortest", _whole),
    "maxlength": ("longest", _whole),
}
"""The constraint -> what it sets of the field, and how its `config` is read."""

VALIDATOR: Final = "validator"
"""The constraint whose `config` is a class or a bean."""


def form_name_of(key: str) -> str:
    """The name of a form that a key refers to; other keys name forms of other programs.

    >>> form_name_of("camunda-forms:bpmn:userTaskForm_1"), form_name_of("embedded:app:a.html")
    ('userTaskForm_1', '')
    """
    for prefix in (EMBEDDED, DEPLOYED):
        if key.startswith(prefix):
            return key.removeprefix(prefix).removesuffix(".form")
    return ""


def form_data(settings: Settings, element: ForeignElement) -> None:
    """Read `formData` with its fields."""
    for child in element.children:
        if child.name == "formField":
            settings.form.append(_field(settings, child))


def start_form(settings: Settings, element: ForeignElement) -> None:
    """Read what the fields of a form hold with which a process is started; nobody is asked."""
    for child in element.children:
        default = child.attribute("defaultValue") if child.name == "formField" else None
        if not default:
            continue
        field = _named(settings, child, "")
        settings.form.append(msgspec.structs.replace(field, default=default))


def _field(settings: Settings, element: ForeignElement) -> FormField:
    """One field with its rules."""
    field = _named(settings, element, element.attribute("label") or "")
    rules: dict[str, Any] = {}
    validators = list[Validator]()
    for constraint in _constraints(element):
        name, config = constraint.attribute("name") or "", constraint.attribute("config") or ""
        try:
            if name in RULES:
                to, read = RULES[name]
                rules[to] = read(config)
            else:
                validators.append(_validator(name, config))
                _doubt(settings, constraint, field.name, name)
        except ValueError as error:
            what = f"the rule {name!r} of its field {field.name!r}: {error}"
            settings.problems.append(Problem(codes.VALUE, what, CORRECT, constraint.place))
    default = _default(settings, element, field.name)
    return msgspec.structs.replace(field, **rules, default=default, validators=tuple(validators))


def _constraints(element: ForeignElement) -> Iterator[ForeignElement]:
    """The rules of a field."""
    for validation in element.children:
        if validation.name == "validation":
            yield from validation.children


def _doubt(settings: Settings, constraint: ForeignElement, field: str, name: str) -> None:
    """Say of a rule that Python would check that it may be one of ours, misspelt."""
    if name != VALIDATOR and (hint := did_you_mean(name, RULES)):
        what = f"the rule {name!r} of its field {field!r} is Python's{hint}"
        settings.problems.append(Problem(codes.NO_FORM, what, CORRECT, constraint.place))


def _validator(name: str, config: str) -> Validator:
    """A rule that Python checks: `validator` names it in its `config`, others are it by name."""
    if not name or (name == VALIDATOR and not config.strip()):
        raise ValueError("it names nothing")
    return Validator(bean_name(config)) if name == VALIDATOR else Validator(name, config)


def _unchecked(settings: Settings, element: ForeignElement, field: str, why: str) -> None:
    """Say that what is given for a field is taken as it is: nobody here knows how to check it."""
    what = f"what is given for its field {field!r} is not checked: {why}"
    settings.problems.append(Problem(codes.NO_FORM, what, CHECK, element.place))


def form_property(settings: Settings, element: ForeignElement) -> None:
    """Read a `formProperty`, which is a field of Activiti's."""
    if element.attribute("expression") is not None:
        settings.refused.append(Refusal("a form property with an expression", DRAWN))
        return
    field = _named(settings, element, element.attribute("name") or "")
    field = msgspec.structs.replace(
        field,
        name=element.attribute("variable") or field.name,
        required=element.attribute("required") == "true",
        readonly=element.attribute("writable") == "false",
    )
    default = _default(settings, element, field.name)
    settings.form.append(msgspec.structs.replace(field, default=default))


def _named(settings: Settings, element: ForeignElement, label: str) -> FormField:
    """A field with its name, type and choices."""
    kind = element.attribute("type") or ""
    if kind not in KINDS:
        _unchecked(settings, element, element.attribute("id") or "", f"its type is {kind!r}")
    return FormField(
        name=element.attribute("id") or "",
        label=label,
        kind=KINDS.get(kind, "any"),
        pattern=date_format(element.attribute("datePattern") or USUAL) if kind == "date" else "",
        choices=tuple(
            (child.attribute("id") or "", child.attribute("name") or "")
            for child in element.children
            if child.name == "value"
        ),
    )


def _default(settings: Settings, element: ForeignElement, name: str) -> str | None:
    """What stands in a field before; an expression is computed when the task comes."""
    text = element.attribute("defaultValue") or element.attribute("default")
    if text and is_expression(text):
        settings.user_task_settings[f"default:{name}"] = text
        return None
    return text or None
