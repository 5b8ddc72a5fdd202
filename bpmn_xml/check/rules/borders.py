"""Events at the borders of activities (10.5)."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.rules.facts import Facts
from bpmn_xml.check.rules.kinds import (
    BOUNDARY,
    CANCEL,
    COMPENSATE,
    NON_INTERRUPTING,
    is_of_other_kind,
    undefined,
)
from bpmn_xml.check.rules.rule import Verdict, rule


def is_attached_wrongly(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """Tell whether an event may not stand at a border in its way."""
    if event.cancel_activity:
        return is_of_other_kind(event, facts, BOUNDARY)
    wrong = is_of_other_kind(event, facts, NON_INTERRUPTING)
    return bool(wrong) and f"{wrong} without interrupting"


def cancels_no_transaction(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """Tell whether a cancel event stands at the border of anything but a transaction."""
    host = facts.find(event.attached_to_ref, m.FlowNode)
    return (
        facts.is_caused(event, CANCEL) and host is not None and not isinstance(host, m.Transaction)
    )


def is_not_left(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """Tell whether a boundary event leads nowhere although it should."""
    return not facts.outgoing(event) and not facts.is_caused(event, COMPENSATE)


AT_BORDER: Final = "use a definition that may stand at a border, interrupting where it must be"

BORDERS: Final = (
    rule(
        110,
        "10.5",
        m.BoundaryEvent,
        "a boundary event must have a definition, never link or terminate; error, cancel and "
        "compensation always interrupt",
        lambda event, facts: undefined(event, facts) or is_attached_wrongly(event, facts),
        mend=AT_BORDER,
    ),
    rule(
        111,
        "10.5",
        m.BoundaryEvent,
        "a cancel boundary event must be attached to a transaction",
        cancels_no_transaction,
        mend="use another event, or make the sub-process a transaction",
    ),
    rule(
        112,
        "10.5",
        m.BoundaryEvent,
        "a boundary event must not have an incoming flow",
        lambda event, facts: bool(facts.incoming(event)),
        mend="let the flow lead to what follows the event",
    ),
    rule(
        113,
        "10.5",
        m.BoundaryEvent,
        "a boundary event must have an outgoing flow",
        is_not_left,
        mend="draw what follows",
    ),
    rule(
        114,
        "10.5",
        m.BoundaryEvent,
        "a compensation boundary event must not have an outgoing flow",
        lambda event, facts: facts.is_caused(event, COMPENSATE) and bool(facts.outgoing(event)),
        mend="use an association to the handler",
    ),
    rule(
        120,
        "10.5",
        m.BoundaryEvent,
        "a cancel boundary event must be attached to a transaction",
        cancels_no_transaction,
        mend="use another event, or make the sub-process a transaction",
        same_as=111,
    ),
    rule(
        130,
        "10.5",
        m.BoundaryEvent,
        "a boundary event must have a definition",
        undefined,
        mend="say what it waits for",
        same_as=110,
    ),
    rule(
        147,
        "10.5",
        m.BoundaryEvent,
        "a boundary event must be of a kind that may stand at a border",
        is_attached_wrongly,
        mend=AT_BORDER,
        same_as=110,
    ),
)
