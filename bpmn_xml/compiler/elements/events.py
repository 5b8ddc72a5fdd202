"""Event definitions: which may stand where, and what they wait for or throw (10.5)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.assumptions import supposed
from bpmn_xml.compiler.dialects.settings import Settings, is_expression
from bpmn_xml.compiler.elements.compensation import undone_activity
from bpmn_xml.compiler.elements.conditions import always
from bpmn_xml.compiler.elements.messages import message_of, message_specs
from bpmn_xml.compiler.elements.python_values import asked_before
from bpmn_xml.compiler.elements.values import (
    TIMERS,
    SourceText,
    awaited,
    computed,
    constant,
    named,
    schedule,
    text_of,
    time_text,
)
from bpmn_xml.compiler.engine_rules import dialect_of
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import Condition, EventSpec, Trigger
from bpmn_xml.compiler.program.scoping import CAMUNDA8, Computed
from bpmn_xml.compiler.words import trigger_word, with_article
from bpmn_xml.model.about import element_word
from bpmn_xml.model.vendors import CAMUNDA
from bpmn_xml.wording import listed, quoted

Definitions = frozenset[type[m.EventDefinition]]

WAITED_FOR: Final[Definitions] = frozenset(
    {
        m.MessageEventDefinition,
        m.TimerEventDefinition,
        m.SignalEventDefinition,
        m.ConditionalEventDefinition,
    }
)
THROWN: Final[Definitions] = frozenset(
    {
        m.MessageEventDefinition,
        m.SignalEventDefinition,
        m.EscalationEventDefinition,
        m.CompensateEventDefinition,
    }
)

_ERROR: Final[type[m.EventDefinition]] = m.ErrorEventDefinition
CAUGHT: Final[Definitions] = frozenset(
    {_ERROR, m.EscalationEventDefinition, m.CompensateEventDefinition}
)
ENDING: Final[Definitions] = frozenset(
    {_ERROR, m.TerminateEventDefinition, m.CancelEventDefinition}
)
PLACES: Final[Mapping[type[m.Event], tuple[Definitions, str]]] = {
    m.StartEvent: (WAITED_FOR, "draw a start event without a trigger"),
    m.IntermediateCatchEvent: (WAITED_FOR, "draw a catch event of another kind"),
    m.BoundaryEvent: (
        WAITED_FOR | CAUGHT | {m.CancelEventDefinition},
        "draw a boundary event of another kind, or remove it",
    ),
    m.IntermediateThrowEvent: (THROWN, "draw a send task instead"),
    m.EndEvent: (THROWN | ENDING, "draw an end event of another kind"),
}
"""The event definitions that can be run, per place (10.5.1), and what to draw instead of others."""

AT_EVENT_SUB_PROCESS: Final = WAITED_FOR | CAUGHT
"""The event definitions that can start an event sub-process (10.5.6)."""

NO_SIGNAL: Final = "it names no signal that is in the file"
CHOOSE: Final = "choose the {} that it is about"

Events = tuple[EventSpec, ...]


def compile_events(
    file: DiagramFile, event: m.Event, possible: Definitions | None = None
) -> Events:
    """What an event waits for or throws, by its own definitions and those it refers to."""
    runnable = runnable_definitions(file, event, possible)
    return specs_of(file, event, runnable, file.settings(event, *runnable))


def runnable_definitions(
    file: DiagramFile, event: m.Event, possible: Definitions | None = None
) -> list[m.EventDefinition]:
    """The definitions of an event that can be run in its place; the others are reported."""
    stated = definitions_of(file, event)
    known = PLACES[type(event)][0] if possible is None else possible
    for definition in stated:
        if type(definition) not in known:
            refuse_event(file, event, definition)
    if isinstance(event, m.BoundaryEvent | m.IntermediateCatchEvent) and not stated:
        file.report(codes.EVENT, event, "it catches nothing", "say what it waits for")
    return [definition for definition in stated if type(definition) in known]


def specs_of(
    file: DiagramFile,
    event: m.FlowNode,
    definitions: Sequence[m.EventDefinition],
    settings: Settings,
) -> Events:
    """What these definitions are in the program; those with faults are reported and left out."""
    read: list[EventSpec | None] = []
    for found in definitions:
        if isinstance(found, m.MessageEventDefinition):
            read += message_specs(file, event, message_of(file, found), settings)
        else:
            read.append(COMPILE[type(found)](file, event, found, settings))
    return tuple([spec for spec in read if spec is not None])


def definitions_of(file: DiagramFile, event: m.Event) -> list[m.EventDefinition]:
    """All event definitions of an event; of those it refers to, what is missing is reported."""
    for ref in getattr(event, "event_definition_refs", ()):
        what = f"its event definition {ref!r} is not in the file"
        file.report(codes.EVENT, event, what, "add the definition, or remove the reference")
    return [*getattr(event, "event_definitions", ())]


def check_ending(
    file: DiagramFile, event: m.ThrowEvent, definitions: Sequence[m.EventDefinition]
) -> None:
    """What ends the scope around it does so once, when all is undone that it compensates."""
    ending = [found for found in definitions if type(found) in ENDING]
    undoing = [found for found in definitions if isinstance(found, m.CompensateEventDefinition)]
    if len(ending) > 1:
        ways = listed([trigger_word(found) for found in ending])
        what = f"it ends what is around it in {len(ending)} ways ({ways}), and only one can be"
        file.report(codes.EVENT, event, what, "keep one of them")
    elif ending and any(found.wait_for_completion is False for found in undoing):
        what = "it ends what is around it, and so the compensation that it does not wait for"
        file.report(codes.EVENT, event, what, 'remove waitForCompletion="false"')


def refuse_event(file: DiagramFile, event: m.Event, definition: m.EventDefinition) -> None:
    """Say that there is no event of this kind in its place."""
    kind = with_article(f"{trigger_word(definition)} {element_word(event)}")
    what = f"it is {kind}, and BPMN has none here (10.5)"
    file.report(codes.EVENT, event, what, PLACES[type(event)][1])


def _signal(
    file: DiagramFile, event: m.Event, definition: m.SignalEventDefinition, _settings: Settings
) -> EventSpec | None:
    signal = file.roots.get(definition.signal_ref or "")
    name = None
    if isinstance(signal, m.Signal):
        text = SourceText(event, "signal name", signal.name or signal.id)
        name = asked_before(file, event, text) or named(file, text)
    elif not file.lack(
        codes.EVENT, event, NO_SIGNAL, CHOOSE.format("signal"), place=definition.place
    ):
        return None
    else:
        name = constant(event.name or event.id)
    return EventSpec(trigger=Trigger.SIGNAL, name=name)


def _timer(
    file: DiagramFile, event: m.Event, definition: m.TimerEventDefinition, _settings: Settings
) -> EventSpec | None:
    stated = [(kind, found) for kind in TIMERS if (found := getattr(definition, kind))]
    due = None
    if len(stated) == 1 and stated[0][1].body.strip():
        kind, expression = stated[0]
        text = time_text(event, kind, expression)
        due = schedule(file, kind, text, asked_before(file, event, text))
        if due is None:
            return None
    else:
        what = "its timer has none or several of date, duration and cycle"
        if not file.lack(codes.VALUE, event, what, "give it one of them", place=definition.place):
            return None
    if file.options.stub:
        due = supposed(due, waits=isinstance(event, m.IntermediateCatchEvent))
    return EventSpec(trigger=Trigger.TIMER, due=due)


def _conditional(
    file: DiagramFile, event: m.Event, definition: m.ConditionalEventDefinition, settings: Settings
) -> EventSpec | None:
    if definition.condition is None or not definition.condition.body.strip():
        if not file.lack(codes.VALUE, event, "it has no condition", "give it one"):
            return None
        condition: Condition | None = always("", holds=False)
    else:
        condition = awaited(file, text_of(event, "condition", definition.condition))
    if condition is None:
        return None
    names, changes = settings.variable_names, settings.variable_events
    if (names or changes) and len(definitions_of(file, event)) > 1:
        what = "an event of several triggers with a condition that is asked at some changes only"
        file.refuse(codes.EXTENSION, event, what, "draw two events")
    if {*changes} == {"delete"} and dialect_of(file) == CAMUNDA8.dialect:
        what = "its condition is asked at first, and then never: no variable is ever deleted"
        file.report_at(definition.place, codes.NO_EFFECT, event, what, "ask it at create or update")
    return EventSpec(
        trigger=Trigger.CONDITIONAL,
        condition=condition,
        variable_names=names or _read_by(condition),
        variable_events=changes,
    )


def _read_by(condition: Condition) -> tuple[str, ...]:
    """The variables at whose changes Camunda 8 asks a condition; of other languages all ask it."""
    if condition.language != "feel":
        return ()
    return tuple(sorted(expressions.compile(condition.text, condition.language).names))


def _error(
    file: DiagramFile, event: m.Event, definition: m.ErrorEventDefinition, settings: Settings
) -> EventSpec | None:
    code, name = definition.error_ref or "", None
    message, says = "", None
    error = file.roots.get(code)
    if isinstance(error, m.Error):
        message = error.extension_attribute(CAMUNDA, "errorMessage") or error.name or ""
        if isinstance(event, m.ThrowEvent) and is_expression(message):
            says = computed(file, SourceText(event, "error message", message))
        code, name = _code(file, event, "error code", error.error_code or error.id)
    elif _is_lost(file, event, definition, ("error", code)):
        return None
    return EventSpec(
        trigger=Trigger.ERROR,
        code=code,
        name=name,
        message=message,
        says=says,
        catches_exceptions=settings.catches_exceptions,
        code_variable=settings.code_variable,
        message_variable=settings.message_variable,
    )


def _escalation(
    file: DiagramFile, event: m.Event, definition: m.EscalationEventDefinition, settings: Settings
) -> EventSpec | None:
    code, name = definition.escalation_ref or "", None
    escalation = file.roots.get(code)
    if isinstance(escalation, m.Escalation):
        stated = escalation.escalation_code or escalation.id
        code, name = _code(file, event, "escalation code", stated)
    elif _is_lost(file, event, definition, ("escalation", code)):
        return None
    variable = settings.code_variable
    return EventSpec(trigger=Trigger.ESCALATION, code=code, name=name, code_variable=variable)


def _is_lost(
    file: DiagramFile, event: m.Event, definition: m.EventDefinition, named: tuple[str, str]
) -> bool:
    """Whether what a definition names, a kind and an id, is nowhere; a stub run takes the id."""
    kind, ref = named
    what, remedy = f"its {kind} {ref!r} is not in the file", CHOOSE.format(kind)
    return bool(ref) and not file.lack(codes.EVENT, event, what, remedy, place=definition.place)


def _code(file: DiagramFile, event: m.Event, what: str, text: str) -> tuple[str, Computed | None]:
    """A code as it stands, or the expression that gives it where it is thrown."""
    if not is_expression(text):
        return text, None
    if isinstance(event, m.ThrowEvent):
        return text, named(file, SourceText(event, what, text))
    problem = f"its {what} {quoted(text)} is an expression"
    file.report(codes.LANGUAGE, event, problem, "give it a constant code")
    return text, None


def _compensation(
    file: DiagramFile, event: m.Event, definition: m.CompensateEventDefinition, _: Settings
) -> EventSpec:
    waits = definition.wait_for_completion is not False
    thrown = isinstance(event, m.ThrowEvent)
    undone = undone_activity(file, event, definition.activity_ref) if thrown else ""
    return EventSpec(trigger=Trigger.COMPENSATION, undone=undone, waits=waits)


COMPILE: Final[Mapping[type[m.EventDefinition], Callable[..., EventSpec | None]]] = {
    m.TimerEventDefinition: _timer,
    m.SignalEventDefinition: _signal,
    m.ConditionalEventDefinition: _conditional,
    m.ErrorEventDefinition: _error,
    m.EscalationEventDefinition: _escalation,
    m.TerminateEventDefinition: lambda *_: EventSpec(trigger=Trigger.TERMINATE),
    m.CompensateEventDefinition: _compensation,
    m.CancelEventDefinition: lambda *_: EventSpec(trigger=Trigger.CANCEL),
}
"""How each event definition that can be run is read, but for messages, which have flows."""
