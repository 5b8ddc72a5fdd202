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
from bpmn_xml.check.rules.rule import Verdict, rule


def starts_wrongly(event: m.StartEvent, facts: Facts) -> Verdict:
    """Tell whether a process cannot start by an event."""
    top = isinstance(facts.parent(event), m.Process)
    return top and is_of_other_kind(event, facts, TOP_LEVEL)


def starts_by_compensation(event: m.StartEvent, facts: Facts) -> Verdict:
    """Tell whether a process is to start by compensation."""
    return isinstance(facts.parent(event), m.Process) and facts.is_caused(event, COMPENSATE)


def starts_embedded(event: m.StartEvent, facts: Facts) -> Verdict:
    """Tell whether a sub-process in the normal flow is to start by something."""
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


def triggers_wrongly(event: m.StartEvent, facts: Facts) -> Verdict:
    """Tell whether an event sub-process cannot start by an event."""
    if not begins_event_sub_process(event, facts):
        return False
    if undefined(event, facts):
        return True
    if event.is_interrupting:
        return is_of_other_kind(event, facts, INSIDE)
    return is_of_other_kind(event, facts, NON_INTERRUPTING)


def touches_flow(process: m.SubProcess, facts: Facts) -> Verdict:
    """Tell whether sequence flows lead to or from an event sub-process."""
    return process.triggered_by_event and bool(facts.incoming(process) or facts.outgoing(process))


def has_not_one_start(process: m.SubProcess, facts: Facts) -> Verdict:
    """Tell whether an event sub-process has no start event, or several."""
    return process.triggered_by_event and len(facts.nodes(process, m.StartEvent)) != 1


def is_no_message(event: m.StartEvent | m.EndEvent, facts: Facts) -> bool:
    """Tell whether an event is no message event."""
    elsewhere = any(facts.is_elsewhere(ref) for ref in event.event_definition_refs)
    return not (elsewhere or facts.is_caused(event, m.MessageEventDefinition))


def escapes_transaction(event: m.EndEvent, facts: Facts) -> Verdict:
    """Tell whether a cancel end event is in no transaction."""
    return facts.is_caused(event, CANCEL) and facts.around(event, m.Transaction) is None


def is_loose(event: m.Event, facts: Facts) -> bool:
    """Tell whether an intermediate event is where no flow is needed."""
    return isinstance(facts.parent(event), m.AdHocSubProcess)


def is_not_entered(event: m.Event, facts: Facts) -> Verdict:
    """Tell whether nothing leads to an intermediate event."""
    target = isinstance(event, m.CatchEvent) and facts.is_caused(event, LINK)
    return not (facts.incoming(event) or target or is_loose(event, facts))


def is_not_continued(event: m.Event, facts: Facts) -> Verdict:
    """Tell whether an intermediate event leads nowhere."""
    source = isinstance(event, m.ThrowEvent) and facts.is_caused(event, LINK)
    return not (facts.outgoing(event) or source or is_loose(event, facts))


def links_and_flows(event: m.Event, facts: Facts) -> Verdict:
    """Tell whether a link event has a flow on the side of the link."""
    if not facts.is_caused(event, LINK):
        return False
    flows = facts.incoming(event) if isinstance(event, m.CatchEvent) else facts.outgoing(event)
    return bool(flows)


def talks_wrongly(event: m.Event, facts: Facts) -> Verdict:
    """Tell whether a catch event sends, or a throw event receives."""
    return facts.sends(event) if isinstance(event, m.CatchEvent) else facts.receives(event)


def ends_wrongly(event: m.EndEvent, facts: Facts) -> Verdict:
    """Tell whether nothing can end by an event."""
    return is_of_other_kind(event, facts, ENDED)


def catches_wrongly(event: m.IntermediateCatchEvent, facts: Facts) -> Verdict:
    """Tell whether the flow cannot wait for an event."""
    return undefined(event, facts) or is_of_other_kind(event, facts, CAUGHT)


PLAIN_START: Final = "use a start event of another kind"

EVENTS: Final = (
    rule(
        57,
        "10.3",
        m.SubProcess,
        "an event sub-process must not have incoming or outgoing flows",
        touches_flow,
        mend="remove the flows: its start event says when it begins",
    ),
    rule(
        58,
        "10.3",
        m.SubProcess,
        "an event sub-process must have exactly one start event",
        has_not_one_start,
        mend="keep one start event",
    ),
    rule(
        59,
        "10.5",
        m.StartEvent,
        "an event sub-process must start by a message, timer, error, escalation, compensation, "
        "condition or signal; by error and compensation only if it interrupts",
        triggers_wrongly,
        mend="give the start event one of these definitions",
    ),
    rule(
        96,
        "10.5",
        m.StartEvent,
        "a start event must not have an incoming flow",
        lambda event, facts: bool(facts.incoming(event)),
        mend="let the flow lead to what follows the start event",
    ),
    rule(
        98,
        "10.5",
        m.StartEvent,
        "a process must start by nothing, a message, a timer, a condition or a signal",
        starts_wrongly,
        mend=PLAIN_START,
    ),
    rule(
        100,
        "10.5",
        m.StartEvent,
        "the start event of an embedded sub-process must not have a definition",
        starts_embedded,
        mend="remove the definition, or make it an event sub-process",
    ),
    rule(
        101,
        "10.5",
        m.StartEvent,
        "a start event must have an outgoing flow",
        lambda event, facts: not facts.outgoing(event),
        mend="draw what follows",
    ),
    rule(
        102,
        "10.5",
        m.StartEvent,
        "a start event must not send a message flow",
        lambda event, facts: facts.sends(event),
        mend="let a task or a throw event send it",
    ),
    rule(
        103,
        "10.5",
        m.StartEvent,
        "a start event that receives a message flow must be a message event",
        lambda event, facts: facts.receives(event) and is_no_message(event, facts),
        mend="add a messageEventDefinition",
    ),
    rule(
        104,
        "10.5",
        m.EndEvent,
        "an end event must not have an outgoing flow",
        lambda event, facts: bool(facts.outgoing(event)),
        mend="use an intermediate event",
    ),
    rule(
        106,
        "10.5",
        m.EndEvent,
        "a cancel end event must be in a transaction",
        escapes_transaction,
        mend="use another end event, or make the sub-process a transaction",
    ),
    rule(
        107,
        "10.5",
        m.EndEvent,
        "an end event must have an incoming flow",
        lambda event, facts: not facts.incoming(event),
        mend="draw what leads to it, or remove it",
    ),
    rule(
        108,
        "10.5",
        m.EndEvent,
        "an end event must not receive a message flow",
        lambda event, facts: facts.receives(event),
        mend="let a task or a catch event receive it",
    ),
    rule(
        109,
        "10.5",
        m.EndEvent,
        "an end event that sends a message flow must be a message event",
        lambda event, facts: facts.sends(event) and is_no_message(event, facts),
        mend="add a messageEventDefinition",
    ),
    rule(
        115,
        "10.5",
        INTERMEDIATE,
        "an intermediate event must have an incoming flow",
        is_not_entered,
        mend="draw what leads to it",
    ),
    rule(
        116,
        "10.5",
        INTERMEDIATE,
        "an intermediate event must have an outgoing flow",
        is_not_continued,
        mend="draw what follows, or use an end event",
    ),
    rule(
        117,
        "10.5",
        INTERMEDIATE,
        "a link catch event must not have an incoming flow, a link throw event no outgoing one",
        links_and_flows,
        mend="remove the flow: the link is what connects them",
    ),
    rule(
        119,
        "10.5",
        (*INTERMEDIATE, m.BoundaryEvent),
        "a catch event must not send a message flow, a throw event must not receive one",
        talks_wrongly,
        mend="turn the message flow, or use the other kind of event",
    ),
    rule(
        121,
        "10.5",
        m.StartEvent,
        "a process must not start by compensation",
        starts_by_compensation,
        mend=PLAIN_START,
        same_as=98,
    ),
    rule(
        122,
        "10.5",
        m.IntermediateCatchEvent,
        "a catch event in the normal flow must not be a compensation event",
        lambda event, facts: facts.is_caused(event, COMPENSATE),
        mend="attach it to the activity that is to be compensated",
    ),
    rule(
        129,
        "10.5",
        m.StartEvent,
        "the start event of an event sub-process must have a definition",
        lambda event, facts: begins_event_sub_process(event, facts) and undefined(event, facts),
        mend="say what it waits for",
        same_as=59,
    ),
    rule(
        146,
        "10.5",
        m.EndEvent,
        "an end event must be none, message, escalation, error, cancel, compensation, signal or "
        "terminate",
        ends_wrongly,
        mend="use one of these definitions",
    ),
    rule(
        148,
        "10.5",
        m.IntermediateCatchEvent,
        "a catch event must be a message, timer, conditional, link or signal event",
        catches_wrongly,
        mend="use one of these definitions",
    ),
    rule(
        149,
        "10.5",
        m.IntermediateThrowEvent,
        "a throw event must be none, message, escalation, compensation, link or signal",
        lambda event, facts: is_of_other_kind(event, facts, THROWN),
        mend="use one of these definitions",
    ),
)
