"""Forms of Camunda as fields that an answer is checked against.

What a form computes by FEEL (what is hidden, bounds, choices, values of its own) is compiled with
it and evaluated when it is answered. Texts in templates are only shown, so they are not looked at.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec

from bpmn_xml import expressions
from bpmn_xml.compiler.elements.values import written
from bpmn_xml.compiler.program.fields import FormField
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.errors import ExpressionError
from bpmn_xml.wording import quoted

LARGEST: Final = 1_000_000
"""Characters of a form."""

DEEPEST: Final = 50
"""How many components may be inside of each other."""

KINDS: Final[Mapping[str, str]] = {
    "textfield": "text",
    "textarea": "text",
    "number": "number",
    "checkbox": "boolean",
    "radio": "choice",
    "select": "choice",
    "checklist": "choices",
    "taglist": "choices",
    "datetime": "date",
    "expression": "any",
    "filepicker": "any",
}
"""The components that hold a value; others show something, or hold other components."""

HOLDERS: Final[Mapping[str, str]] = {"group": "group", "dynamiclist": "rows"}
"""The components that hold others, and what the value is in which these put theirs."""

PATTERNS: Final[Mapping[str, str]] = {
    "email": r"^[^\s@]+@[^\s@.]+(\.[^\s@.]+)*$",
    "phone": r"^(\+|00)[1-9][\d ().\/-]+$",
}
"""What a text of a type that is named must look like."""

SHOWN: Final = frozenset(
    [
        *("button", "default", "documentPreview", "html", "iframe", "image"),
        *("separator", "spacer", "table", "text"),
    ]
)
"""The components that hold no value."""

Component = Mapping[str, Any]


def read_form(text: str) -> tuple[FormField, ...]:
    """Read a form as Camunda's form editor writes it.

    Raises:
        ValueError: it is no such form.
    """
    if len(text) > LARGEST:
        raise ValueError(f"it has more than {LARGEST:,} characters")
    try:
        form = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"it is no JSON ({error})") from None
    if not isinstance(form, dict) or not isinstance(form.get("components"), list):
        raise ValueError("it has no list of components")
    return tuple(_fields(form["components"], 1))


def components_of(text: str) -> Iterator[Component]:
    """Yield the outermost components of a form, whatever they are; none where it is no form."""
    try:
        form = json.loads(text[:LARGEST])
    except (ValueError, RecursionError):
        return
    found = form.get("components") if isinstance(form, dict) else None
    yield from (
        (one for one in found or () if isinstance(one, dict)) if isinstance(found, list) else ()
    )


def _fields(components: Sequence[Any], depth: int) -> Iterator[FormField]:
    """The fields of components, those in groups too."""
    if depth > DEEPEST:
        raise ValueError(f"it has more than {DEEPEST} components inside of each other")
    for component in components:
        if not isinstance(component, dict):
            raise ValueError("a component is no object")
        kind, inner = str(component.get("type")), component.get("components")
        if kind in HOLDERS and isinstance(inner, list):
            yield from _held(component, tuple(_fields(inner, depth + 1)))
        elif kind in KINDS and component.get("key"):
            path = str(component["key"]).split(".")
            yield _inside(path[:-1], _field(component, path[-1]))


def _held(component: Component, fields: tuple[FormField, ...]) -> Iterator[FormField]:
    """The fields that a component holds: in a value of its own, or beside it."""
    path = [part for part in str(component.get("path") or "").split(".") if part]
    hidden = tuple(_computed(component, {"hidden": _hidden}))
    if path:
        *outer, name = path
        kind = HOLDERS[component["type"]]
        held = FormField(name=name, kind=kind, fields=fields, computes=hidden)
        yield _inside(outer, held)
        return
    for field in fields:
        yield msgspec.structs.replace(field, computes=(*hidden, *field.computes))


def _inside(path: Sequence[str], field: FormField) -> FormField:
    """A field inside of groups: `order.note` is an entry of the variable `order`."""
    for name in reversed(path):
        field = FormField(name=name, kind="group", fields=(field,))
    return field


def _pattern(rules: Component) -> str:
    """A regular expression that texts must match.

    Raises:
        ValueError: it is none, or not one of those that cost little.
    """
    pattern = PATTERNS.get(str(rules.get("validationType")), str(rules.get("pattern") or ""))
    if pattern:
        from bpmn_xml.expressions.regular.replacing import program_of

        program_of(pattern)
    return pattern


def _rules(component: Component) -> Component:
    rules = component.get("validate")
    return rules if isinstance(rules, dict) else {}


def _field(component: Component, name: str) -> FormField:
    rules, default = _rules(component), component.get("defaultValue")
    kind = "text" if component.get("subtype") == "time" else KINDS[component["type"]]
    computes = tuple(_computed(component, COMPUTED))
    choices = tuple(choices_of(component.get("values")))
    if kind in ("choice", "choices") and not (choices or computes):
        kind = "any"
    locked = component["type"] == "expression"
    return FormField(
        name=name,
        label=str(component.get("label") or ""),
        kind=kind,
        required=rules.get("required") is True,
        strict=True,
        choices=choices,
        least=_bound(rules.get("min"), float),
        most=_bound(rules.get("max"), float),
        shortest=_bound(rules.get("minLength"), int) or 0,
        longest=_bound(rules.get("maxLength"), int) or 0,
        pattern=_pattern(rules),
        readonly=locked or component.get("readonly") is True or component.get("disabled") is True,
        default=None if default == "" else default,
        as_text=component.get("serializeToString") is True,
        computes=computes,
    )


def choices_of(values: object) -> Iterator[tuple[Any, str]]:
    """What can be chosen of a list: values, or objects that have a value and a label.

    >>> [*choices_of(["a", {"value": 1, "label": "One"}])]
    [('a', 'a'), (1, 'One')]
    """
    for value in values if isinstance(values, list | tuple) else ():
        if isinstance(value, dict) and "value" in value:
            yield value["value"], str(value.get("label", ""))
        elif isinstance(value, str | int | float):
            yield value, str(value)


def _bound(value: object, convert: Callable[[Any], Any]) -> Any:
    """A bound that is a number; one that is an expression is computed later."""
    try:
        return None if value is None or value == "" else convert(value)
    except (TypeError, ValueError, OverflowError):
        return None


Told = Callable[[Component], object]
"""What a component says of one of its properties."""


def _rule(name: str) -> Told:
    return lambda component: _rules(component).get(name)


def _hidden(component: Component) -> object:
    conditional = component.get("conditional")
    return conditional.get("hide") if isinstance(conditional, dict) else None


COMPUTED: Final[Mapping[str, Told]] = {
    "hidden": _hidden,
    "readonly": lambda component: component.get("readonly"),
    "required": _rule("required"),
    "least": _rule("min"),
    "most": _rule("max"),
    "shortest": _rule("minLength"),
    "longest": _rule("maxLength"),
    "choices": lambda component: component.get("valuesExpression"),
    "default": lambda component: component.get("expression"),
}
"""What of a field may be an expression, and where that stands."""


def _computed(
    component: Component, properties: Mapping[str, Told]
) -> Iterator[tuple[str, Computed]]:
    """The properties of a component that are computed.

    Raises:
        ValueError: an expression cannot be read.
    """
    for name, told in properties.items():
        text = told(component)
        if isinstance(text, str) and text.lstrip().startswith("="):
            yield name, _feel(text)
    key = component.get("valuesKey")
    if key and "choices" in properties:
        yield "choices", _feel(f"= {key}")


def _feel(text: str) -> Computed:
    try:
        compiled = expressions.compile(text, "feel")
    except ExpressionError as error:
        raise ValueError(f"{quoted(text)} is no FEEL: {error}") from None
    return Computed(compiled.text, written(compiled), compiled.language)
