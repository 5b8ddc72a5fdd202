"""Event definitions: what they must say, links, compensation, and the data of events (10.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.rule import Verdict, rule
from bpmn_xml.check.rules.texts import CRON, CYCLE, DURATION, MOMENT, is_written
from bpmn_xml.model.about import name_of
from bpmn_xml.wording import quoted

TIMES: Final = ("time_date", "time_cycle", "time_duration")
NOTHING: Final = ("", m.Message, "")
CARRIED: Final[Mapping[type[m.EventDefinition], tuple[str, type[m.RootElement], str]]] = {
    m.MessageEventDefinition: ("message_ref", m.Message, "item_ref"),
    m.SignalEventDefinition: ("signal_ref", m.Signal, "structure_ref"),
    m.ErrorEventDefinition: ("error_ref", m.Error, "structure_ref"),
    m.EscalationEventDefinition: ("escalation_ref", m.Escalation, "structure_ref"),
}
"""What comes with an event: how a definition refers to it, what it is, where its item stands."""

Reusing = m.CatchEvent | m.ThrowEvent | m.MultiInstanceLoopCharacteristics
LINK: Final = m.LinkEventDefinition
LINKED: Final = "give both the same name, in the same process or sub-process"
HANDLER: Final = "connect it with a task or sub-process marked isForCompensation"


def data_of(event: m.Event) -> tuple[Any, ...]:
    """Return the data inputs or outputs of an event."""
    if isinstance(event, m.ThrowEvent):
        return event.data_inputs
    return event.data_outputs if isinstance(event, m.CatchEvent) else ()


def _item(reference: str | None) -> str:
    return f"the item {quoted(reference)}" if reference else "no item"


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


def is_thrown(link: m.LinkEventDefinition, facts: Facts) -> bool:
    """Tell whether a link is the source of a jump."""
    return isinstance(facts.parent(link), m.ThrowEvent)


def is_caught(link: m.LinkEventDefinition, facts: Facts) -> bool:
    """Tell whether a link is the target of a jump."""
    return isinstance(facts.parent(link), m.CatchEvent)


def is_compensation(event: m.Element | None, facts: Facts) -> bool:
    """Tell whether an element is a compensation event at a border."""
    return isinstance(event, m.BoundaryEvent) and facts.is_caused(
        event, m.CompensateEventDefinition
    )


def other_end(association: m.Association, event: m.BoundaryEvent, facts: Facts) -> m.Element | None:
    """Return what an association connects an event with."""
    ends = {association.source_ref, association.target_ref} - {event.id}
    return facts.by_id.get(ends.pop()) if ends else None


@rule(11, "10.5", remedy="name an escalation, and give it a code")
def _throws_no_code(event: m.EndEvent | m.IntermediateThrowEvent, facts: Facts) -> Verdict:
    """An escalation that is thrown must have an escalationCode."""
    for definition in facts.events(event):
        if isinstance(definition, m.EscalationEventDefinition):
            named = definition.escalation_ref
            thrown = facts.find(named, m.Escalation)
            coded = thrown.escalation_code if thrown else facts.is_elsewhere(named)
            if not coded and (named or facts.executable(event)):
                return True
    return False


@rule(93, "10.5", remedy="add or remove data inputs or outputs")
def _has_other_number(event: m.CatchEvent | m.ThrowEvent, facts: Facts) -> Verdict:
    """An event that uses data must have one data input or output for each of its definitions."""
    used = (
        event.data_input_associations
        if isinstance(event, m.ThrowEvent)
        else event.data_output_associations
    )
    count = len(facts.events(event))
    return bool(count and (data_of(event) or used)) and len(data_of(event)) != count


@rule(94, "10.5", remedy="give both the same item definition")
def _carries_another_item(event: m.CatchEvent | m.ThrowEvent, facts: Facts) -> Verdict:
    """The data of an event must have the item of what it throws or catches."""
    definitions, data = facts.events(event), data_of(event)
    if len(definitions) != len(data):
        return False
    for definition, held in zip(definitions, data, strict=True):
        reference, kind, item = CARRIED.get(type(definition), NOTHING)
        carried = facts.find(getattr(definition, reference, None), kind)
        wanted, given = getattr(carried, item, None), held.item_subject_ref
        if carried is not None and wanted != given:
            what = f"its data {name_of(held) or held.id!r} has {_item(given)}"
            return (
                f"{what}, and {name_of(carried) or carried.id!r} {_item(wanted)}: both must agree"
            )
    return False


@rule(95, "10.5", remedy="move the definition below <definitions>, and refer to it from both")
def _borrows(user: Reusing, facts: Facts) -> Verdict:
    """The definition that an event holds must not be used elsewhere."""
    used: tuple[str | None, ...]
    if isinstance(user, m.MultiInstanceLoopCharacteristics):
        used = (user.none_behavior_event_ref, user.one_behavior_event_ref)
    else:
        used = user.event_definition_refs
    found = [facts.find(reference, m.EventDefinition) for reference in used]
    return any(one is not None and isinstance(facts.parent(one), m.Event) for one in found)


@rule(118, "10.5", remedy=LINKED)
def _has_no_target(link: m.LinkEventDefinition, facts: Facts) -> Verdict:
    """A link throw event must have a matching catch event."""
    if not is_thrown(link, facts):
        return False
    named = facts.find(link.target, m.LinkEventDefinition)
    if named is not None:
        return named.name != link.name or not is_caught(named, facts)
    return not partners(link, facts)


@rule(123, "10.5", remedy='write a <condition xsi:type="tFormalExpression">')
def _has_informal_condition(one: m.ConditionalEventDefinition, facts: Facts) -> Verdict:
    """A conditional event of an executable process must have a formal condition."""
    return facts.executable(one) and not isinstance(one.condition, m.FormalExpression)


@rule(124, "10.5", remedy="add a <source> with the id of the other definition", extended=True)
def _names_no_source(one: m.LinkEventDefinition, facts: Facts) -> Verdict:
    """A link catch event must name a source at least."""
    return is_caught(one, facts) and not one.sources


@rule(
    125,
    "10.5",
    remedy="keep or add one <target> with the id of the other definition",
    extended=True,
)
def _names_no_target(link: m.LinkEventDefinition, facts: Facts) -> Verdict:
    """A link throw event must name exactly one target."""
    several = (link.id, "target") in facts.repeated
    return is_thrown(link, facts) and (several or not link.target)


@rule(126, "10.5", remedy=LINKED)
def _joins_levels(link: m.LinkEventDefinition, facts: Facts) -> Verdict:
    """A link must join points of the same process and level."""
    level = level_of(link, facts)
    named = [facts.find(one, m.LinkEventDefinition) for one in (*link.sources, link.target)]
    if any(one is not None and level_of(one, facts) is not level for one in named):
        return True
    others = partners(link, facts) if not any(named) else []
    return bool(others) and all(level_of(other, facts) is not level for other in others)


@rule(127, "10.5", remedy="name the message", extended=True)
def _names_no_message(one: m.MessageEventDefinition, facts: Facts) -> Verdict:
    """A message event of an executable process must have a messageRef."""
    return not one.message_ref and facts.executable(one)


@rule(128, "10.5", remedy="name the operation that the message belongs to", extended=True)
def _names_no_operation(one: m.MessageEventDefinition, facts: Facts) -> Verdict:
    """A message event of an executable process must have an operationRef."""
    return not one.operation_ref and facts.executable(one)


@rule(131, "10.5", remedy="keep or add one of them")
def times(timer: m.TimerEventDefinition, facts: Facts) -> Verdict:
    """A timer must have exactly one of timeDate, timeCycle and timeDuration."""
    given = (timer.time_date, timer.time_cycle, timer.time_duration)
    twice = any((timer.id, part) in facts.repeated for part in TIMES)
    return twice or sum(one is not None for one in given) != 1


@rule(132, "10.5", remedy="write it as 2026-01-31T12:00:00Z", part="time_date")
def _is_no_moment(one: m.TimerEventDefinition, _: Facts) -> Verdict:
    """A timeDate must be an ISO 8601 date and time."""
    return not is_written(one.time_date, MOMENT)


@rule(133, "10.5", remedy="write it as R3/PT10H", part="time_cycle")
def _repeats_wrongly(timer: m.TimerEventDefinition, facts: Facts) -> Verdict:
    """A timeCycle must be an ISO 8601 repeating interval."""
    cycle = timer.time_cycle
    crontab = cycle is not None and CRON.fullmatch(cycle.body.strip()) and facts.is_for_engine()
    return not (crontab or is_written(cycle, CYCLE))


@rule(134, "10.5", remedy="write it as P1DT12H", part="time_duration")
def _is_no_duration(one: m.TimerEventDefinition, _: Facts) -> Verdict:
    """A timeDuration must be an ISO 8601 duration."""
    return not is_written(one.time_duration, DURATION)


@rule(143, "10.7", remedy=HANDLER)
def _has_no_handler(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """A compensation boundary event must have an association to its handler."""
    ends = [other_end(one, event, facts) for one in facts.associations(event)]
    handlers = [end for end in ends if isinstance(end, m.FlowNode)]
    return is_compensation(event, facts) and not handlers


@rule(144, "10.7", remedy=HANDLER)
def _handles_wrongly(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """A compensation handler must be a task or sub-process that is marked isForCompensation."""
    if not is_compensation(event, facts):
        return False
    for association in facts.associations(event):
        end = other_end(association, event, facts)
        handler = isinstance(end, m.Task | m.SubProcess) and end.is_for_compensation
        if isinstance(end, m.FlowNode) and not handler:
            return f"'{end.id}' is no task or sub-process that is marked isForCompensation"
    return False
