"""Event definitions: which may stand where, and what they carry."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.settings import CAMUNDA7, Settings, is_expression
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import EventSpec, Trigger
from bpmn_xml.compiler.words import element_word, quoted, trigger_word, with_article

TRIGGERS: Final[Mapping[type[m.EventDefinition], Trigger]] = {
    m.ErrorEventDefinition: Trigger.ERROR,
    m.TerminateEventDefinition: Trigger.TERMINATE,
}

PLACES: Final[Mapping[type[m.Event], frozenset[type[m.EventDefinition]]]] = {
    m.StartEvent: frozenset(),
    m.EndEvent: frozenset({m.ErrorEventDefinition, m.TerminateEventDefinition}),
    m.IntermediateThrowEvent: frozenset(),
    m.BoundaryEvent: frozenset({m.ErrorEventDefinition}),
}
"""The event definitions that can be run, per place (10.5.1)."""

REMEDIES: Final[Mapping[type[m.Event], str]] = {
    m.StartEvent: "draw a start event without a trigger",
    m.EndEvent: "draw an end event that is plain, throws an error or terminates",
    m.IntermediateThrowEvent: "draw a send task instead",
    m.BoundaryEvent: "draw an error boundary event, or remove it",
}
"""What to draw instead of an event that cannot be run."""


def compile_events(file: DiagramFile, event: m.Event) -> tuple[EventSpec, ...]:
    """What an event waits for or throws, by its own definitions and those it refers to (10.5.1)."""
    stated = [*getattr(event, "event_definitions", ()), *_referred(file, event)]
    possible = PLACES[type(event)]
    runnable = [definition for definition in stated if type(definition) in possible]
    for definition in stated:
        if definition not in runnable:
            refuse_event(file, event, definition)
    if isinstance(event, m.BoundaryEvent) and not stated:
        file.report(codes.EVENT, event, "it catches nothing", "say which error it catches")
    if isinstance(event, m.EndEvent) and len(runnable) > 1:
        what = "an end event with several definitions"
        file.refuse(codes.EVENT, event, what, "keep one of them")
    settings = file.settings(event, *runnable)
    return tuple(_compile(file, event, definition, settings) for definition in runnable)


def _referred(file: DiagramFile, event: m.Event) -> Iterator[m.EventDefinition]:
    for ref in getattr(event, "event_definition_refs", ()):
        root = file.roots.get(ref)
        if isinstance(root, m.EventDefinition):
            yield root
        else:
            what = f"its event definition {ref!r} is not in the file"
            file.report(codes.EVENT, event, what, "add the definition, or remove the reference")


def refuse_event(file: DiagramFile, event: m.Event, definition: m.EventDefinition) -> None:
    """Say that an event of this kind cannot be run."""
    what = with_article(f"{trigger_word(definition)} {element_word(event)}")
    file.refuse(codes.EVENT, event, what, REMEDIES[type(event)])


def _compile(
    file: DiagramFile, event: m.Event, definition: m.EventDefinition, settings: Settings
) -> EventSpec:
    code = message = ""
    if isinstance(definition, m.ErrorEventDefinition) and definition.error_ref:
        code, message = _error(file, definition.error_ref)
        if is_expression(code):
            what = f"its error code {quoted(code)} is an expression"
            file.report(codes.LANGUAGE, event, what, "give it a constant code")
    return EventSpec(
        trigger=TRIGGERS[type(definition)],
        code=code,
        message=message,
        catches_exceptions=settings.catches_exceptions,
        code_variable=settings.code_variable,
        message_variable=settings.message_variable,
    )


def _error(file: DiagramFile, ref: str) -> tuple[str, str]:
    """The code and message of an error; one that is not in the file is its own code."""
    error = file.roots.get(ref)
    if not isinstance(error, m.Error):
        return ref, ""
    message = error.extension_attribute(CAMUNDA7, "errorMessage") or error.name or ""
    return error.error_code or error.id, message
