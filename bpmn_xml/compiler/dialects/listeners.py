"""How vendors write listeners: what is called when an element begins, ends, or its task changes."""

from __future__ import annotations

from typing import Final

from bpmn_xml.compiler.codes import VALUE
from bpmn_xml.compiler.dialects.settings import (
    Listener,
    MappedValue,
    Problem,
    ScriptText,
    Settings,
    bean_name,
    is_expression,
)
from bpmn_xml.compiler.times.durations import retry_waits
from bpmn_xml.model import ForeignElement
from bpmn_xml.reach import within

ATTEMPTS: Final = "3"
"""How often Camunda 8 tries a job where nothing is said."""

WORDS: Final = ("class", "delegateExpression", "expression")
"""The attributes that say what a Camunda 7 listener calls."""


def listener(settings: Settings, element: ForeignElement) -> None:
    """Read `camunda:executionListener` or `camunda:taskListener`."""
    said = {word: element.attribute(word) for word in WORDS}
    script = next((child for child in element.children if child.name == "script"), None)
    language = script.attribute("scriptFormat") if script is not None else ""
    fields = [field_of(child) for child in element.children if child.name == "field"]
    settings.listeners.append(
        Listener(
            event=element.attribute("event") or "take",
            name=bean_name(said["class"] or said["delegateExpression"] or ""),
            expression=said["expression"] or "",
            script=ScriptText(script.text, language or "") if script is not None else None,
            resource=(script.attribute("resource") or "") if script is not None else "",
            fields=tuple([(one.target, one.text) for one in fields if one.kind == "constant"]),
            given=tuple([one for one in fields if one.kind != "constant"]),
            timer=_timer(element),
            place=element.place,
        )
    )


def _timer(element: ForeignElement) -> tuple[str, str]:
    """When a listener at `timeout` is called: its timer stands in the standard's own words."""
    for child in element.children:
        for stated in child.children:
            if stated.name in TIMERS:
                return TIMERS[stated.name], stated.text.strip()
    return "", ""


TIMERS: Final = {
    "timeDate": "time_date",
    "timeDuration": "time_duration",
    "timeCycle": "time_cycle",
}


def field_of(element: ForeignElement) -> MappedValue:
    """The name and the value of a `camunda:field`: a `constant`, or a text with expressions."""
    name, value = element.attribute("name") or "", element.attribute("stringValue")
    inside = {child.name: child.text for child in element.children}
    if value is not None or "string" in inside:
        return MappedValue(name, inside["string"] if value is None else value, "constant")
    return MappedValue(
        name, element.attribute("expression") or inside.get("expression", "").strip()
    )


def listeners(settings: Settings, element: ForeignElement) -> None:
    """Read `zeebe:executionListeners` or `zeebe:taskListeners`."""
    for child in element.children:
        retries, tries = _attempts(settings, child)
        name = child.attribute("type") or ""
        computed = is_expression(name)
        settings.listeners.append(
            Listener(
                event=child.attribute("eventType") or "",
                name="" if computed else name,
                name_expression=name if computed else "",
                retries=retries,
                tries=tries,
                fields=tuple(headers(child)),
                place=child.place,
            )
        )


def _attempts(settings: Settings, child: ForeignElement) -> tuple[tuple[int, ...], str]:
    """The attempts at a listener; what is wrong with them is told at its own line."""
    try:
        return attempted(child.attribute("retries") or "")
    except ValueError as error:
        what = f"the retries of a listener: {error}"
        settings.problems.append(Problem(VALUE, what, "correct the value", child.place))
        return (), ""


def attempted(text: str) -> tuple[tuple[int, ...], str]:
    """The waits before further attempts at a Camunda 8 job, or the expression that gives them.

    >>> attempted("2"), attempted(""), attempted("= n")
    (((0,), ''), ((0, 0), ''), ((), '= n'))
    """
    if is_expression(text):
        return (), text.strip()
    return retry_waits(text.strip() or ATTEMPTS, first_counts=True), ""


def headers(element: ForeignElement) -> list[tuple[str, str]]:
    """The `zeebe:header` elements in an element, however deep."""
    inside = [one for outer in within(element, lambda one: one.children) for one in outer.children]
    found = [one for one in inside if one.name == "header"]
    return [(one.attribute("key") or "", one.attribute("value") or "") for one in found]
