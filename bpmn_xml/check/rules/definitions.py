"""Event definitions: what they must say, links, compensation, and the data of events (10.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.rule import Verdict, rule
from bpmn_xml.check.rules.texts import CRON, CYCLE, DURATION, MOMENT, is_written

TIMES: Final = ("time_date", "time_cycle", "time_duration")
NOTHING: Final = ("", m.Message, "")
CARRIED: Final[Mapping[type[m.EventDefinition], tuple[str, type[m.RootElement], str]]] = {
    m.MessageEventDefinition: ("message_ref", m.Message, "item_ref"),
    m.SignalEventDefinition: ("signal_ref", m.Signal, "structure_ref"),
    m.ErrorEventDefinition: ("error_ref", m.Error, "structure_ref"),
    m.EscalationEventDefinition: ("escalation_ref", m.Escalation, "structure_ref"),
}
"""What comes with an event: how a definition refers to it, what it is, where its item stands."""

REUSING: Final = (m.CatchEvent, m.ThrowEvent, m.MultiInstanceLoopCharacteristics)


def throws_no_code(event: m.ThrowEvent, facts: Facts) -> Verdict:
    """Tell whether an event throws an escalation without a code; a drawing need not name one."""
    for definition in facts.events(event):
        if isinstance(definition, m.EscalationEventDefinition):
            named = definition.escalation_ref
            thrown = facts.find(named, m.Escalation)
            coded = thrown.escalation_code if thrown else facts.is_elsewhere(named)
            if not coded and (named or facts.executable(event)):
                return True
    return False


def data_of(event: m.Event) -> tuple[Any, ...]:
    """Return the data inputs or outputs of an event."""
    if isinstance(event, m.ThrowEvent):
        return event.data_inputs
    return event.data_outputs if isinstance(event, m.CatchEvent) else ()


def has_other_number(event: m.CatchEvent | m.ThrowEvent, facts: Facts) -> Verdict:
    """Tell whether an event that uses data has not as many data as definitions."""
    used = (
        event.data_input_associations
        if isinstance(event, m.ThrowEvent)
        else event.data_output_associations
    )
    count = len(facts.events(event))
    return bool(count and (data_of(event) or used)) and len(data_of(event)) != count


def carries_another_item(event: m.CatchEvent | m.ThrowEvent, facts: Facts) -> Verdict:
    """Tell whether a definition comes with another item than its data input or output has."""
    definitions, data = facts.events(event), data_of(event)
    if len(definitions) != len(data):
        return False
    for definition, held in zip(definitions, data, strict=True):
        reference, kind, item = CARRIED.get(type(definition), NOTHING)
        carried = facts.find(getattr(definition, reference, None), kind)
        if carried is not None and getattr(carried, item) != held.item_subject_ref:
            return True
    return False


def borrows(user: Any, facts: Facts) -> Verdict:
    """Tell whether a definition is used that belongs to another event."""
    if isinstance(user, m.MultiInstanceLoopCharacteristics):
        used = (user.none_behavior_event_ref, user.one_behavior_event_ref)
    else:
        used = user.event_definition_refs
    found = [facts.find(reference, m.EventDefinition) for reference in used]
    return any(one is not None and isinstance(facts.parent(one), m.Event) for one in found)


def partners(link: m.LinkEventDefinition, facts: Facts) -> list[m.LinkEventDefinition]:
    """Return the link definitions on the other side that have the name of one."""
    thrown = isinstance(facts.parent(link), m.ThrowEvent)
    return [
        other
        for other in facts.links(link.name)
        if isinstance(facts.parent(other), m.CatchEvent if thrown else m.ThrowEvent)
    ]


def level_of(link: m.Element, facts: Facts) -> m.Element | None:
    """Return the process or sub-process in which a definition of an event is."""
    event = facts.parent(link)
    return facts.parent(event) if event is not None else None


def targets(link: m.LinkEventDefinition, facts: Facts) -> list[m.LinkEventDefinition]:
    """Return the definition that a link throw event names as its target."""
    found = facts.find(link.target, m.LinkEventDefinition)
    return [found] if found is not None else []


def is_thrown(link: m.LinkEventDefinition, facts: Facts) -> bool:
    """Tell whether a link is the source of a jump."""
    return isinstance(facts.parent(link), m.ThrowEvent)


def has_no_target(link: m.LinkEventDefinition, facts: Facts) -> Verdict:
    """Tell whether no link catch event matches a link throw event."""
    if not is_thrown(link, facts):
        return False
    named = targets(link, facts)
    if named:
        return named[0].name != link.name or not is_caught(named[0], facts)
    return not partners(link, facts)


def is_caught(link: m.LinkEventDefinition, facts: Facts) -> bool:
    """Tell whether a link is the target of a jump."""
    return isinstance(facts.parent(link), m.CatchEvent)


def joins_levels(link: m.LinkEventDefinition, facts: Facts) -> Verdict:
    """Tell whether a link leads out of its process or sub-process."""
    level = level_of(link, facts)
    named = [facts.find(one, m.LinkEventDefinition) for one in (*link.sources, link.target)]
    if any(one is not None and level_of(one, facts) is not level for one in named):
        return True
    others = partners(link, facts) if not any(named) else []
    return bool(others) and all(level_of(other, facts) is not level for other in others)


def times(timer: m.TimerEventDefinition, facts: Facts) -> Verdict:
    """Tell whether a timer says not exactly one of date, cycle and duration."""
    given = (timer.time_date, timer.time_cycle, timer.time_duration)
    twice = any((timer.id, part) in facts.repeated for part in TIMES)
    return twice or sum(one is not None for one in given) != 1


def names_no_target(link: m.LinkEventDefinition, facts: Facts) -> Verdict:
    """Tell whether a link throw event names no target, or several."""
    several = (link.id, "target") in facts.repeated
    return is_thrown(link, facts) and (several or not link.target)


def repeats_wrongly(timer: m.TimerEventDefinition, facts: Facts) -> Verdict:
    """Tell whether a cycle is none of ISO 8601, nor one of the engine that a file is drawn for."""
    cycle = timer.time_cycle
    crontab = cycle is not None and CRON.fullmatch(cycle.body.strip()) and facts.is_for_engine()
    return not (crontab or is_written(cycle, CYCLE))


def is_compensation(event: m.Element | None, facts: Facts) -> bool:
    """Tell whether an element is a compensation event at a border."""
    return isinstance(event, m.BoundaryEvent) and facts.is_caused(
        event, m.CompensateEventDefinition
    )


def other_end(association: m.Association, event: m.BoundaryEvent, facts: Facts) -> m.Element | None:
    """Return what an association connects an event with."""
    ends = {association.source_ref, association.target_ref} - {event.id}
    return facts.by_id.get(ends.pop()) if ends else None


def has_no_handler(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """Tell whether no association leads from a compensation event to a handler."""
    ends = [other_end(one, event, facts) for one in facts.associations(event)]
    handlers = [end for end in ends if isinstance(end, m.FlowNode)]
    return is_compensation(event, facts) and not handlers


def handles_wrongly(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """Tell whether what a compensation event leads to is no handler of compensation."""
    if not is_compensation(event, facts):
        return False
    for association in facts.associations(event):
        end = other_end(association, event, facts)
        handler = isinstance(end, m.Task | m.SubProcess) and end.is_for_compensation
        if isinstance(end, m.FlowNode) and not handler:
            return f"'{end.id}' is no task or sub-process that is marked isForCompensation"
    return False


LINK: Final = m.LinkEventDefinition
LINKED: Final = "give both the same name, in the same process or sub-process"
HANDLER: Final = "connect it with a task or sub-process marked isForCompensation"

DEFINITIONS: Final = (
    rule(
        11,
        "10.5",
        (m.EndEvent, m.IntermediateThrowEvent),
        "an escalation that is thrown must have an escalationCode",
        throws_no_code,
        mend="name an escalation, and give it a code",
    ),
    rule(
        93,
        "10.5",
        (m.CatchEvent, m.ThrowEvent),
        "an event that uses data must have one data input or output for each of its definitions",
        has_other_number,
        mend="add or remove data inputs or outputs",
    ),
    rule(
        94,
        "10.5",
        (m.CatchEvent, m.ThrowEvent),
        "the data of an event must have the item of what it throws or catches",
        carries_another_item,
        mend="give both the same item definition",
    ),
    rule(
        95,
        "10.5",
        REUSING,
        "the definition that an event holds must not be used elsewhere",
        borrows,
        mend="move the definition below <definitions>, and refer to it from both",
    ),
    rule(
        118,
        "10.5",
        LINK,
        "a link throw event must have a matching catch event",
        has_no_target,
        mend=LINKED,
    ),
    rule(
        123,
        "10.5",
        m.ConditionalEventDefinition,
        "a conditional event of an executable process must have a formal condition",
        lambda one, facts: (
            facts.executable(one) and not isinstance(one.condition, m.FormalExpression)
        ),
        mend='write a <condition xsi:type="tFormalExpression">',
    ),
    rule(
        124,
        "10.5",
        LINK,
        "a link catch event must name a source at least",
        lambda one, facts: is_caught(one, facts) and not one.sources,
        mend="add a <source> with the id of the other definition",
        extended=True,
    ),
    rule(
        125,
        "10.5",
        LINK,
        "a link throw event must name exactly one target",
        names_no_target,
        mend="keep or add one <target> with the id of the other definition",
        extended=True,
    ),
    rule(
        126,
        "10.5",
        LINK,
        "a link must join points of the same process and level",
        joins_levels,
        mend=LINKED,
    ),
    rule(
        127,
        "10.5",
        m.MessageEventDefinition,
        "a message event of an executable process must have a messageRef",
        lambda one, facts: not one.message_ref and facts.executable(one),
        mend="name the message",
        extended=True,
    ),
    rule(
        128,
        "10.5",
        m.MessageEventDefinition,
        "a message event of an executable process must have an operationRef",
        lambda one, facts: not one.operation_ref and facts.executable(one),
        mend="name the operation that the message belongs to",
        extended=True,
    ),
    rule(
        131,
        "10.5",
        m.TimerEventDefinition,
        "a timer must have exactly one of timeDate, timeCycle and timeDuration",
        times,
        mend="keep or add one of them",
    ),
    rule(
        132,
        "10.5",
        m.TimerEventDefinition,
        "a timeDate must be an ISO 8601 date and time",
        lambda one, _: not is_written(one.time_date, MOMENT),
        mend="write it as 2026-01-31T12:00:00Z",
        part="time_date",
    ),
    rule(
        133,
        "10.5",
        m.TimerEventDefinition,
        "a timeCycle must be an ISO 8601 repeating interval",
        repeats_wrongly,
        mend="write it as R3/PT10H",
        part="time_cycle",
    ),
    rule(
        134,
        "10.5",
        m.TimerEventDefinition,
        "a timeDuration must be an ISO 8601 duration",
        lambda one, _: not is_written(one.time_duration, DURATION),
        mend="write it as P1DT12H",
        part="time_duration",
    ),
    rule(
        143,
        "10.7",
        m.BoundaryEvent,
        "a compensation boundary event must have an association to its handler",
        has_no_handler,
        mend=HANDLER,
    ),
    rule(
        144,
        "10.7",
        m.BoundaryEvent,
        "a compensation handler must be a task or sub-process that is marked isForCompensation",
        handles_wrongly,
        mend=HANDLER,
    ),
)
