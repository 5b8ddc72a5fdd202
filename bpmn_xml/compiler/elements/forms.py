"""Forms of Camunda as fields that an answer is checked against.

What depends on other fields cannot be told before: a field that may be hidden is never required,
and one that is repeated or kept inside of another value is not checked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from bpmn_xml.compiler.program.fields import FormField

LARGEST: Final = 1_000_000
"""Characters of a form."""

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
}
"""The components that hold a value; others show something, or hold other components."""

SHOWN: Final = frozenset(
    {
        "button",
        "default",
        "documentPreview",
        "dynamiclist",
        "expression",
        "filepicker",
        "group",
        "html",
        "iframe",
        "image",
        "separator",
        "spacer",
        "table",
        "text",
    }
)
"""The components that hold no value that is checked."""

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
    return tuple(_field(found) for found in _components(form["components"]))


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


def _components(components: list[Any]) -> Iterator[Component]:
    """The components that hold a value, those of groups too."""
    waiting = [components]
    while waiting:
        for component in waiting.pop(0):
            if not isinstance(component, dict):
                raise ValueError("a component is no object")
            if component.get("type") in KINDS and "." not in str(component.get("key", ".")):
                yield component
            inner = component.get("components")
            is_plain = component.get("type") == "group" and not component.get("path")
            if is_plain and isinstance(inner, list):
                waiting.append(inner)


def _pattern(rules: Component) -> str:
    """A regular expression that texts must match.

    Raises:
        ValueError: it is none, or not one of those that cost little.
    """
    pattern = str(rules.get("pattern") or "")
    if pattern:
        from bpmn_xml.expressions.feel.builtins.regular import compiled

        compiled(pattern, None)
    return pattern


def _field(component: Component) -> FormField:
    rules = component.get("validate")
    rules = rules if isinstance(rules, dict) else {}
    kind = KINDS[component["type"]]
    if component.get("subtype") == "time":
        kind = "text"
    choices = _choices(component)
    if kind in ("choice", "choices") and not choices:
        kind = "any"
    default = component.get("defaultValue")
    return FormField(
        name=str(component["key"]),
        label=str(component.get("label") or ""),
        kind=kind,
        required=rules.get("required") is True and not component.get("conditional"),
        choices=choices,
        least=_bound(rules.get("min"), float),
        most=_bound(rules.get("max"), float),
        shortest=_bound(rules.get("minLength"), int) or 0,
        longest=_bound(rules.get("maxLength"), int) or 0,
        pattern=_pattern(rules),
        readonly=component.get("readonly") is True or component.get("disabled") is True,
        default=None if default == "" else default,
    )


def _choices(component: Component) -> tuple[tuple[str, str], ...]:
    """What can be chosen, where that does not depend on data."""
    values = component.get("values")
    if not isinstance(values, list):
        return ()
    pairs = [value for value in values if isinstance(value, dict) and "value" in value]
    return tuple((str(pair["value"]), str(pair.get("label", ""))) for pair in pairs)


def _bound(value: object, convert: Callable[[Any], Any]) -> Any:
    """A bound that is a number; one that is an expression is not known here."""
    try:
        return None if value is None or value == "" else convert(value)
    except (TypeError, ValueError, OverflowError):
        return None
