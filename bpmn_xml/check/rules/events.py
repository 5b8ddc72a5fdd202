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
    LINK,
    NON_INTERRUPTING,
    THROWN,
    TOP_LEVEL,
    Intermediate,
    is_of_other_kind,
    undefined,
)
from bpmn_xml.check.rules.rule import Verdict, rule

PLAIN_START: Final = "use a start event of another kind"


def begins_event_sub_process(event: m.StartEvent, facts: Facts) -> bool:
    """Tell whether an event starts an event sub-process."""
    level = facts.parent(event)
    return isinstance(level, m.SubProcess) and level.triggered_by_event


def is_no_message(event: m.StartEvent | m.EndEvent, facts: Facts) -> bool:
    """Tell whether an event is no message event."""
    elsewhere = any(facts.is_elsewhere(ref) for ref in event.event_definition_refs)
    return not (elsewhere or facts.is_caused(event, m.MessageEventDefinition))


def is_loose(event: m.Event, facts: Facts) -> bool:
    """Tell whether an intermediate event is where no flow is needed."""
    return isinstance(facts.parent(event), m.AdHocSubProcess)


@rule(57, "10.3", remedy="remove the flows: its start event says when it begins")
def _touches_flow(process: m.SubProcess, facts: Facts) -> Verdict:
    """An event sub-process must not have incoming or outgoing flows."""
    return process.triggered_by_event and bool(facts.incoming(process) or facts.outgoing(process))


@rule(58, "10.3", remedy="keep one start event")
def _has_not_one_start(process: m.SubProcess, facts: Facts) -> Verdict:
    """An event sub-process must have exactly one start event."""
    return process.triggered_by_event and len(facts.nodes(process, m.StartEvent)) != 1


@rule(
    59,
    "10.5",
    remedy="give the start event one of these definitions",
    law="an event sub-process must start by a message, timer, error, escalation, compensation, "
    "condition or signal; by error and compensation only if it interrupts",
)
def _triggers_wrongly(event: m.StartEvent, facts: Facts) -> Verdict:
    """An event sub-process must start by what may trigger one."""
    if not begins_event_sub_process(event, facts):
        return False
    if undefined(event, facts):
        return True
    if event.is_interrupting:
        return is_of_other_kind(event, facts, INSIDE)
    return is_of_other_kind(event, facts, NON_INTERRUPTING)


@rule(96, "10.5", remedy="let the flow lead to what follows the start event")
def _start_is_entered(event: m.StartEvent, facts: Facts) -> Verdict:
    """A start event must not have an incoming flow."""
    return bool(facts.incoming(event))


@rule(98, "10.5", remedy=PLAIN_START)
def _starts_wrongly(event: m.StartEvent, facts: Facts) -> Verdict:
    """A process must start by nothing, a message, a timer, a condition or a signal."""
    top = isinstance(facts.parent(event), m.Process)
    return top and is_of_other_kind(event, facts, TOP_LEVEL)


@rule(100, "10.5", remedy="remove the definition, or make it an event sub-process")
def _starts_embedded(event: m.StartEvent, facts: Facts) -> Verdict:
    """The start event of an embedded sub-process must not have a definition."""
    level = facts.parent(event)
    return (
        isinstance(level, m.SubProcess)
        and not level.triggered_by_event
        and not undefined(event, facts)
    )


@rule(101, "10.5", remedy="draw what follows")
def _start_is_not_left(event: m.StartEvent, facts: Facts) -> Verdict:
    """A start event must have an outgoing flow."""
    return not facts.outgoing(event)


@rule(102, "10.5", remedy="let a task or a throw event send it")
def _start_sends(event: m.StartEvent, facts: Facts) -> Verdict:
    """A start event must not send a message flow."""
    return facts.sends(event)


@rule(103, "10.5", remedy="add a messageEventDefinition")
def _start_receives_no_message(event: m.StartEvent, facts: Facts) -> Verdict:
    """A start event that receives a message flow must be a message event."""
    return facts.receives(event) and is_no_message(event, facts)


@rule(104, "10.5", remedy="use an intermediate event")
def _end_is_left(event: m.EndEvent, facts: Facts) -> Verdict:
    """An end event must not have an outgoing flow."""
    return bool(facts.outgoing(event))


@rule(106, "10.5", remedy="use another end event, or make the sub-process a transaction")
def _escapes_transaction(event: m.EndEvent, facts: Facts) -> Verdict:
    """A cancel end event must be in a transaction."""
    return facts.is_caused(event, CANCEL) and facts.around(event, m.Transaction) is None


@rule(107, "10.5", remedy="draw what leads to it, or remove it")
def _end_is_not_entered(event: m.EndEvent, facts: Facts) -> Verdict:
    """An end event must have an incoming flow."""
    return not facts.incoming(event)


@rule(108, "10.5", remedy="let a task or a catch event receive it")
def _end_receives(event: m.EndEvent, facts: Facts) -> Verdict:
    """An end event must not receive a message flow."""
    return facts.receives(event)


@rule(109, "10.5", remedy="add a messageEventDefinition")
def _end_sends_no_message(event: m.EndEvent, facts: Facts) -> Verdict:
    """An end event that sends a message flow must be a message event."""
    return facts.sends(event) and is_no_message(event, facts)


@rule(115, "10.5", remedy="draw what leads to it")
def _is_not_entered(event: Intermediate, facts: Facts) -> Verdict:
    """An intermediate event must have an incoming flow."""
    target = isinstance(event, m.CatchEvent) and facts.is_caused(event, LINK)
    return not (facts.incoming(event) or target or is_loose(event, facts))


@rule(116, "10.5", remedy="draw what follows, or use an end event")
def _is_not_continued(event: Intermediate, facts: Facts) -> Verdict:
    """An intermediate event must have an outgoing flow."""
    source = isinstance(event, m.ThrowEvent) and facts.is_caused(event, LINK)
    return not (facts.outgoing(event) or source or is_loose(event, facts))


@rule(117, "10.5", remedy="remove the flow: the link is what connects them")
def _links_and_flows(event: Intermediate, facts: Facts) -> Verdict:
    """A link catch event must not have an incoming flow, a link throw event no outgoing one."""
    if not facts.is_caused(event, LINK):
        return False
    flows = facts.incoming(event) if isinstance(event, m.CatchEvent) else facts.outgoing(event)
    return bool(flows)


@rule(119, "10.5", remedy="turn the message flow, or use the other kind of event")
def _talks_wrongly(event: Intermediate | m.BoundaryEvent, facts: Facts) -> Verdict:
    """A catch event must not send a message flow, a throw event must not receive one."""
    return facts.sends(event) if isinstance(event, m.CatchEvent) else facts.receives(event)


@rule(121, "10.5", remedy=PLAIN_START, same_as=98)
def _starts_by_compensation(event: m.StartEvent, facts: Facts) -> Verdict:
    """A process must not start by compensation."""
    return isinstance(facts.parent(event), m.Process) and facts.is_caused(event, COMPENSATE)


@rule(122, "10.5", remedy="attach it to the activity that is to be compensated")
def _catches_compensation(event: m.IntermediateCatchEvent, facts: Facts) -> Verdict:
    """A catch event in the normal flow must not be a compensation event."""
    return facts.is_caused(event, COMPENSATE)


@rule(129, "10.5", remedy="say what it waits for", same_as=59)
def _triggers_by_nothing(event: m.StartEvent, facts: Facts) -> Verdict:
    """The start event of an event sub-process must have a definition."""
    return begins_event_sub_process(event, facts) and undefined(event, facts)


@rule(
    146,
    "10.5",
    remedy="use one of these definitions",
    law="an end event must be none, message, escalation, error, cancel, compensation, signal or "
    "terminate",
)
def _ends_wrongly(event: m.EndEvent, facts: Facts) -> Verdict:
    """An end event must be of a kind that may end a flow."""
    return is_of_other_kind(event, facts, ENDED)


@rule(148, "10.5", remedy="use one of these definitions")
def _catches_wrongly(event: m.IntermediateCatchEvent, facts: Facts) -> Verdict:
    """A catch event must be a message, timer, conditional, link or signal event."""
    return undefined(event, facts) or is_of_other_kind(event, facts, CAUGHT)


@rule(149, "10.5", remedy="use one of these definitions")
def _throws_wrongly(event: m.IntermediateThrowEvent, facts: Facts) -> Verdict:
    """A throw event must be none, message, escalation, compensation, link or signal."""
    return is_of_other_kind(event, facts, THROWN)
