"""Event definitions (10.5)."""

from __future__ import annotations

from bpmn_xml.model.common import Expression
from bpmn_xml.model.foundation import RootElement


class EventDefinition(RootElement, frozen=True, kw_only=True):
    """What an event waits for or throws (10.5)."""


class CancelEventDefinition(EventDefinition, frozen=True, kw_only=True):
    """A transaction is to be cancelled (10.5)."""


class CompensateEventDefinition(EventDefinition, frozen=True, kw_only=True):
    """Completed activities are to be undone (10.5)."""

    wait_for_completion: bool | None = None
    activity_ref: str | None = None


class ConditionalEventDefinition(EventDefinition, frozen=True, kw_only=True):
    """A condition becomes true (10.5)."""

    condition: Expression | None = None


class ErrorEventDefinition(EventDefinition, frozen=True, kw_only=True):
    """An error is thrown or caught (10.5)."""

    error_ref: str | None = None


class EscalationEventDefinition(EventDefinition, frozen=True, kw_only=True):
    """An escalation is thrown or caught (10.5)."""

    escalation_ref: str | None = None


class LinkEventDefinition(EventDefinition, frozen=True, kw_only=True):
    """A jump within one process level, by name (10.5)."""

    name: str
    sources: tuple[str, ...] = ()
    target: str | None = None


class MessageEventDefinition(EventDefinition, frozen=True, kw_only=True):
    """A message is sent or received (10.5)."""

    message_ref: str | None = None
    operation_ref: str | None = None


class SignalEventDefinition(EventDefinition, frozen=True, kw_only=True):
    """A signal is broadcast or received (10.5)."""

    signal_ref: str | None = None


class TerminateEventDefinition(EventDefinition, frozen=True, kw_only=True):
    """Everything active in the process or sub-process ends at once (10.5)."""


class TimerEventDefinition(EventDefinition, frozen=True, kw_only=True):
    """A date, a duration or a cycle (10.5)."""

    time_date: Expression | None = None
    time_duration: Expression | None = None
    time_cycle: Expression | None = None


class Signal(RootElement, frozen=True, kw_only=True):
    """A broadcast that every waiting catch event receives (10.5)."""

    name: str | None = None
    structure_ref: str | None = None
