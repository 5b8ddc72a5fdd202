"""Events: which may stand where, and what leads to and from them (10.5)."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.kinds import (
    CANCEL,
    CAUGHT,
    COMPENSATE,
    ENDED,
    INSIDE,
    INTERMEDIATE,
    LINK,
    NON_INTERRUPTING,
    THROWN,
    TOP_LEVEL,
    is_of_other_kind,
    undefined,
)
from bpmn_xml.check.rules.rule import Rule, Verdict


def _starts_wrongly(event: m.StartEvent, facts: Facts) -> Verdict:
    top = isinstance(facts.parent(event), m.Process)
    return top and is_of_other_kind(event, facts, TOP_LEVEL)


def _starts_by_compensation(event: m.StartEvent, facts: Facts) -> Verdict:
    return isinstance(facts.parent(event), m.Process) and facts.is_caused(event, COMPENSATE)


def _starts_embedded(event: m.StartEvent, facts: Facts) -> Verdict:
    level = facts.parent(event)
    return (
        isinstance(level, m.SubProcess)
        and not level.triggered_by_event
        and not undefined(event, facts)
    )


def begins_event_sub_process(event: m.StartEvent, facts: Facts) -> bool:
    """Tell whether an event starts an event sub-process."""
    level = facts.parent(event)
    return isinstance(level, m.SubProcess) and level.triggered_by_event


def _triggers_wrongly(event: m.StartEvent, facts: Facts) -> Verdict:
    if not begins_event_sub_process(event, facts):
        return False
    if undefined(event, facts):
        return True
    if event.is_interrupting:
        return is_of_other_kind(event, facts, INSIDE)
    return is_of_other_kind(event, facts, NON_INTERRUPTING)


def _touches_flow(process: m.SubProcess, facts: Facts) -> Verdict:
    return process.triggered_by_event and bool(facts.incoming(process) or facts.outgoing(process))


def _has_not_one_start(process: m.SubProcess, facts: Facts) -> Verdict:
    return process.triggered_by_event and len(facts.nodes(process, m.StartEvent)) != 1


def is_no_message(event: m.StartEvent | m.EndEvent, facts: Facts) -> bool:
    """Tell whether an event is no message event."""
    elsewhere = any(facts.is_elsewhere(ref) for ref in event.event_definition_refs)
    return not (elsewhere or facts.is_caused(event, m.MessageEventDefinition))


def _escapes_transaction(event: m.EndEvent, facts: Facts) -> Verdict:
    return facts.is_caused(event, CANCEL) and facts.around(event, m.Transaction) is None


def is_loose(event: m.Event, facts: Facts) -> bool:
    """Tell whether an intermediate event is where no flow is needed."""
    return isinstance(facts.parent(event), m.AdHocSubProcess)


def _is_not_entered(event: m.Event, facts: Facts) -> Verdict:
    target = isinstance(event, m.CatchEvent) and facts.is_caused(event, LINK)
    return not (facts.incoming(event) or target or is_loose(event, facts))


def _is_not_continued(event: m.Event, facts: Facts) -> Verdict:
    source = isinstance(event, m.ThrowEvent) and facts.is_caused(event, LINK)
    return not (facts.outgoing(event) or source or is_loose(event, facts))


def _links_and_flows(event: m.Event, facts: Facts) -> Verdict:
    if not facts.is_caused(event, LINK):
        return False
    flows = facts.incoming(event) if isinstance(event, m.CatchEvent) else facts.outgoing(event)
    return bool(flows)


def _talks_wrongly(event: m.Event, facts: Facts) -> Verdict:
    return facts.sends(event) if isinstance(event, m.CatchEvent) else facts.receives(event)


def _ends_wrongly(event: m.EndEvent, facts: Facts) -> Verdict:
    return is_of_other_kind(event, facts, ENDED)


def _catches_wrongly(event: m.IntermediateCatchEvent, facts: Facts) -> Verdict:
    return undefined(event, facts) or is_of_other_kind(event, facts, CAUGHT)


PLAIN_START: Final = "use a start event of another kind"

EVENTS: Final = (
    Rule(
        57,
        "10.3",
        m.SubProcess,
        "an event sub-process must not have incoming or outgoing flows",
        _touches_flow,
        remedy="remove the flows: its start event says when it begins",
    ),
    Rule(
        58,
        "10.3",
        m.SubProcess,
        "an event sub-process must have exactly one start event",
        _has_not_one_start,
        remedy="keep one start event",
    ),
    Rule(
        59,
        "10.5",
        m.StartEvent,
        "an event sub-process must start by a message, timer, error, escalation, compensation, "
        "condition or signal; by error and compensation only if it interrupts",
        _triggers_wrongly,
        remedy="give the start event one of these definitions",
    ),
    Rule(
        96,
        "10.5",
        m.StartEvent,
        "a start event must not have an incoming flow",
        lambda event, facts: bool(facts.incoming(event)),
        remedy="let the flow lead to what follows the start event",
    ),
    Rule(
        98,
        "10.5",
        m.StartEvent,
        "a process must start by nothing, a message, a timer, a condition or a signal",
        _starts_wrongly,
        remedy=PLAIN_START,
    ),
    Rule(
        100,
        "10.5",
        m.StartEvent,
        "the start event of an embedded sub-process must not have a definition",
        _starts_embedded,
        remedy="remove the definition, or make it an event sub-process",
    ),
    Rule(
        101,
        "10.5",
        m.StartEvent,
        "a start event must have an outgoing flow",
        lambda event, facts: not facts.outgoing(event),
        remedy="draw what follows",
    ),
    Rule(
        102,
        "10.5",
        m.StartEvent,
        "a start event must not send a message flow",
        lambda event, facts: facts.sends(event),
        remedy="let a task or a throw event send it",
    ),
    Rule(
        103,
        "10.5",
        m.StartEvent,
        "a start event that receives a message flow must be a message event",
        lambda event, facts: facts.receives(event) and is_no_message(event, facts),
        remedy="add a messageEventDefinition",
    ),
    Rule(
        104,
        "10.5",
        m.EndEvent,
        "an end event must not have an outgoing flow",
        lambda event, facts: bool(facts.outgoing(event)),
        remedy="use an intermediate event",
    ),
    Rule(
        106,
        "10.5",
        m.EndEvent,
        "a cancel end event must be in a transaction",
        _escapes_transaction,
        remedy="use another end event, or make the sub-process a transaction",
    ),
    Rule(
        107,
        "10.5",
        m.EndEvent,
        "an end event must have an incoming flow",
        lambda event, facts: not facts.incoming(event),
        remedy="draw what leads to it, or remove it",
    ),
    Rule(
        108,
        "10.5",
        m.EndEvent,
        "an end event must not receive a message flow",
        lambda event, facts: facts.receives(event),
        remedy="let a task or a catch event receive it",
    ),
    Rule(
        109,
        "10.5",
        m.EndEvent,
        "an end event that sends a message flow must be a message event",
        lambda event, facts: facts.sends(event) and is_no_message(event, facts),
        remedy="add a messageEventDefinition",
    ),
    Rule(
        115,
        "10.5",
        INTERMEDIATE,
        "an intermediate event must have an incoming flow",
        _is_not_entered,
        remedy="draw what leads to it",
    ),
    Rule(
        116,
        "10.5",
        INTERMEDIATE,
        "an intermediate event must have an outgoing flow",
        _is_not_continued,
        remedy="draw what follows, or use an end event",
    ),
    Rule(
        117,
        "10.5",
        INTERMEDIATE,
        "a link catch event must not have an incoming flow, a link throw event no outgoing one",
        _links_and_flows,
        remedy="remove the flow: the link is what connects them",
    ),
    Rule(
        119,
        "10.5",
        (*INTERMEDIATE, m.BoundaryEvent),
        "a catch event must not send a message flow, a throw event must not receive one",
        _talks_wrongly,
        remedy="turn the message flow, or use the other kind of event",
    ),
    Rule(
        121,
        "10.5",
        m.StartEvent,
        "a process must not start by compensation",
        _starts_by_compensation,
        remedy=PLAIN_START,
        same_as=98,
    ),
    Rule(
        122,
        "10.5",
        m.IntermediateCatchEvent,
        "a catch event in the normal flow must not be a compensation event",
        lambda event, facts: facts.is_caused(event, COMPENSATE),
        remedy="attach it to the activity that is to be compensated",
    ),
    Rule(
        129,
        "10.5",
        m.StartEvent,
        "the start event of an event sub-process must have a definition",
        lambda event, facts: begins_event_sub_process(event, facts) and undefined(event, facts),
        remedy="say what it waits for",
        same_as=59,
    ),
    Rule(
        146,
        "10.5",
        m.EndEvent,
        "an end event must be none, message, escalation, error, cancel, compensation, signal or "
        "terminate",
        _ends_wrongly,
        remedy="use one of these definitions",
    ),
    Rule(
        148,
        "10.5",
        m.IntermediateCatchEvent,
        "a catch event must be a message, timer, conditional, link or signal event",
        _catches_wrongly,
        remedy="use one of these definitions",
    ),
    Rule(
        149,
        "10.5",
        m.IntermediateThrowEvent,
        "a throw event must be none, message, escalation, compensation, link or signal",
        lambda event, facts: is_of_other_kind(event, facts, THROWN),
        remedy="use one of these definitions",
    ),
)
