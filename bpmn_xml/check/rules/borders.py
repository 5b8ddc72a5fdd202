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
from bpmn_xml.check.rules.rule import Rule, Verdict


def _is_attached_wrongly(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    if event.cancel_activity:
        return is_of_other_kind(event, facts, BOUNDARY)
    wrong = is_of_other_kind(event, facts, NON_INTERRUPTING)
    return bool(wrong) and f"{wrong} without interrupting"


def _cancels_no_transaction(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    host = facts.find(event.attached_to_ref, m.FlowNode)
    return (
        facts.is_caused(event, CANCEL) and host is not None and not isinstance(host, m.Transaction)
    )


def _is_not_left(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    return not facts.outgoing(event) and not facts.is_caused(event, COMPENSATE)


AT_BORDER: Final = "use a definition that may stand at a border, interrupting where it must be"

BORDERS: Final = (
    Rule(
        110,
        "10.5",
        m.BoundaryEvent,
        "a boundary event must have a definition, never link or terminate; error, cancel and "
        "compensation always interrupt",
        lambda event, facts: undefined(event, facts) or _is_attached_wrongly(event, facts),
        remedy=AT_BORDER,
    ),
    Rule(
        111,
        "10.5",
        m.BoundaryEvent,
        "a cancel boundary event must be attached to a transaction",
        _cancels_no_transaction,
        remedy="use another event, or make the sub-process a transaction",
    ),
    Rule(
        112,
        "10.5",
        m.BoundaryEvent,
        "a boundary event must not have an incoming flow",
        lambda event, facts: bool(facts.incoming(event)),
        remedy="let the flow lead to what follows the event",
    ),
    Rule(
        113,
        "10.5",
        m.BoundaryEvent,
        "a boundary event must have an outgoing flow",
        _is_not_left,
        remedy="draw what follows",
    ),
    Rule(
        114,
        "10.5",
        m.BoundaryEvent,
        "a compensation boundary event must not have an outgoing flow",
        lambda event, facts: facts.is_caused(event, COMPENSATE) and bool(facts.outgoing(event)),
        remedy="use an association to the handler",
    ),
    Rule(
        120,
        "10.5",
        m.BoundaryEvent,
        "a cancel boundary event must be attached to a transaction",
        _cancels_no_transaction,
        remedy="use another event, or make the sub-process a transaction",
        same_as=111,
    ),
    Rule(
        130,
        "10.5",
        m.BoundaryEvent,
        "a boundary event must have a definition",
        undefined,
        remedy="say what it waits for",
        same_as=110,
    ),
    Rule(
        147,
        "10.5",
        m.BoundaryEvent,
        "a boundary event must be of a kind that may stand at a border",
        _is_attached_wrongly,
        remedy=AT_BORDER,
        same_as=110,
    ),
)
