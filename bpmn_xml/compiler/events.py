"""Event definitions: which may stand where, and what they carry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.settings import Settings
from bpmn_xml.compiler.program import EventSpec, Trigger

if TYPE_CHECKING:
    from bpmn_xml.compiler.lowering import Lowering

PLACES: Final[Mapping[type[m.Event], frozenset[type[m.EventDefinition]]]] = {
    m.StartEvent: frozenset(),
    m.EndEvent: frozenset({m.ErrorEventDefinition, m.TerminateEventDefinition}),
    m.IntermediateThrowEvent: frozenset(),
    m.BoundaryEvent: frozenset({m.ErrorEventDefinition}),
}
"""The event definitions that can be run, per place (10.5.1)."""

TRIGGERS: Final[Mapping[type[m.EventDefinition], Trigger]] = {
    m.ErrorEventDefinition: Trigger.ERROR,
    m.TerminateEventDefinition: Trigger.TERMINATE,
}


def compile_events(
    work: Lowering, event: m.Event, settings: Settings
) -> tuple[EventSpec, ...]:
    """The definitions of an event, its own and those it refers to (10.5.1)."""
    roots = {root.id: root for root in work.definitions.root_elements}
    definitions = list(getattr(event, "event_definitions", ()))
    for ref in getattr(event, "event_definition_refs", ()):
        root = roots.get(ref)
        if isinstance(root, m.EventDefinition):
            definitions.append(root)
        else:
            work.report("BX102", event, f"its event definition {ref!r} is not in the file")
    compiled = []
    for definition in definitions:
        kind = type(definition).__name__.removesuffix("EventDefinition").lower()
        if type(definition) not in PLACES.get(type(event), ()):
            place = type(event).__name__
            work.report("BX102", event, f"a {kind} definition in a {place} cannot be run yet")
            continue
        compiled.append(_compile(definition, roots, settings))
    if not compiled and isinstance(event, m.BoundaryEvent) and not definitions:
        work.report("BX102", event, "a boundary event without a definition catches nothing")
    return tuple(compiled)


def _compile(
    definition: m.EventDefinition, roots: Mapping[str, m.RootElement], settings: Settings
) -> EventSpec:
    code = message = ""
    if isinstance(definition, m.ErrorEventDefinition) and definition.error_ref:
        error = roots.get(definition.error_ref)
        code = definition.error_ref
        if isinstance(error, m.Error):
            code, message = error.error_code or error.id, error.name or ""
    return EventSpec(
        trigger=TRIGGERS[type(definition)],
        code=code,
        message=message,
        catches_exceptions=settings.catches_exceptions,
        code_variable=settings.code_variable,
        message_variable=settings.message_variable,
    )
