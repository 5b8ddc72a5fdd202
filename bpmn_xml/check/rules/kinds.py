"""Which kinds of events may stand where (10.5)."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.rule import Verdict

Kinds = frozenset[type[m.EventDefinition]]

LINK: Final = m.LinkEventDefinition
COMPENSATE: Final = m.CompensateEventDefinition
CANCEL: Final = m.CancelEventDefinition
Intermediate = m.IntermediateCatchEvent | m.IntermediateThrowEvent

TOP_LEVEL: Final[Kinds] = frozenset(
    {
        m.MessageEventDefinition,
        m.TimerEventDefinition,
        m.ConditionalEventDefinition,
        m.SignalEventDefinition,
    }
)
NON_INTERRUPTING: Final[Kinds] = TOP_LEVEL | {m.EscalationEventDefinition}
INSIDE: Final[Kinds] = NON_INTERRUPTING | {m.ErrorEventDefinition, COMPENSATE}
BOUNDARY: Final[Kinds] = INSIDE | {CANCEL}
CAUGHT: Final[Kinds] = TOP_LEVEL | {LINK}
THROWN: Final[Kinds] = frozenset(
    {
        m.MessageEventDefinition,
        m.EscalationEventDefinition,
        COMPENSATE,
        LINK,
        m.SignalEventDefinition,
    }
)
ENDED: Final[Kinds] = (THROWN - {LINK}) | {
    m.ErrorEventDefinition,
    CANCEL,
    m.TerminateEventDefinition,
}


def is_of_other_kind(event: m.Event, facts: Facts, kinds: Kinds) -> Verdict:
    """Tell which definition of an event is none of some kinds."""
    for definition in facts.events(event):
        if type(definition) not in kinds:
            word = type(definition).__name__.removesuffix("EventDefinition").lower()
            return f"a {word} event must not stand here"
    return False


def undefined(event: m.CatchEvent, facts: Facts) -> bool:
    """Tell whether an event has no definition."""
    return not facts.events(event) and not event.event_definition_refs
