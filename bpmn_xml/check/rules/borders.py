"""Events at the borders of activities (10.5)."""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

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

AT_BORDER: Final = "use a definition that may stand at a border, interrupting where it must be"


def _is_attached_wrongly(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    if event.cancel_activity:
        return is_of_other_kind(event, facts, BOUNDARY)
    wrong = is_of_other_kind(event, facts, NON_INTERRUPTING)
    return bool(wrong) and f"{wrong} without interrupting"


@rule(
    110,
    "10.5",
    remedy=AT_BORDER,
    law="a boundary event must have a definition, never link or terminate; error, cancel and "
    "compensation always interrupt",
)
def _stands_wrongly(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """A boundary event must have a definition that may stand at a border."""
    return undefined(event, facts) or _is_attached_wrongly(event, facts)


@rule(111, "10.5", remedy="use another event, or make the sub-process a transaction")
def _cancels_without_transaction(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """A cancel boundary event must be attached to a transaction."""
    host = facts.find(event.attached_to_ref, m.FlowNode)
    return (
        facts.is_caused(event, CANCEL) and host is not None and not isinstance(host, m.Transaction)
    )


_cancels_elsewhere = replace(_cancels_without_transaction, number=120, same_as=111)


@rule(112, "10.5", remedy="let the flow lead to what follows the event")
def _is_entered(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """A boundary event must not have an incoming flow."""
    return bool(facts.incoming(event))


@rule(113, "10.5", remedy="draw what follows")
def _is_not_left(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """A boundary event must have an outgoing flow."""
    return not facts.outgoing(event) and not facts.is_caused(event, COMPENSATE)


@rule(114, "10.5", remedy="use an association to the handler")
def _compensation_is_left(event: m.BoundaryEvent, facts: Facts) -> Verdict:
    """A compensation boundary event must not have an outgoing flow."""
    return facts.is_caused(event, COMPENSATE) and bool(facts.outgoing(event))


@rule(130, "10.5", remedy="say what it waits for", same_as=110)
def _waits_for_nothing(element: m.BoundaryEvent, facts: Facts) -> Verdict:
    """A boundary event must have a definition."""
    return undefined(element, facts)


@rule(147, "10.5", remedy=AT_BORDER, same_as=110)
def _is_of_no_border_kind(element: m.BoundaryEvent, facts: Facts) -> Verdict:
    """A boundary event must be of a kind that may stand at a border."""
    return _is_attached_wrongly(element, facts)
