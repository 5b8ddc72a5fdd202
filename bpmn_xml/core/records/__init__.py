"""What happened: immutable facts. Every change of state is one of these, and nothing else.

A record says what and where: an element or flow by its index and the scope by its path. Time,
instance and sequence belong to the batch. A `scope` is where the thing happened, `n` counts the
activations of `node` in that scope from 1, so identities do not depend on scheduling.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from bpmn_xml.core.records.activities import (
    Activated,
    Answered,
    Cancelled,
    Completed,
    ErrorThrown,
    IncidentRaised,
    IncidentResolved,
    JobFailed,
    JobRetried,
    LoopEnded,
    LoopInstanceDone,
    LoopStarted,
    PersonAsked,
    ResultDiscarded,
    TokenDropped,
    VariablesRemoved,
    VariablesWritten,
)
from bpmn_xml.core.records.advances import Advanced, expanded, parts
from bpmn_xml.core.records.happenings import (
    CompensationEnded,
    CompensationStarted,
    CompensationThrown,
    ConditionTurned,
    EscalationThrown,
    KeyFilled,
    MessageThrown,
    SignalThrown,
    Triggered,
    WaitOpened,
)
from bpmn_xml.core.records.moves import (
    ActivitiesQueued,
    ArrivalRead,
    ArrivalSpent,
    FlowTaken,
    GatewayReset,
    HandlersClosed,
    InstanceEnded,
    InstanceStarted,
    Joined,
    Passed,
    ResetAwaited,
    ScopeClosed,
    ScopeInterrupted,
    ScopeOpened,
    TimeClamped,
    TokenConsumed,
    TokenPlaced,
)

__all__ = [
    "CORE_VERSION",
    "Activated",
    "ActivitiesQueued",
    "Advanced",
    "Answered",
    "ArrivalRead",
    "ArrivalSpent",
    "Batch",
    "Cancelled",
    "CompensationEnded",
    "CompensationStarted",
    "CompensationThrown",
    "Completed",
    "ConditionTurned",
    "ErrorThrown",
    "EscalationThrown",
    "FlowTaken",
    "GatewayReset",
    "HandlersClosed",
    "IncidentRaised",
    "IncidentResolved",
    "InstanceEnded",
    "InstanceStarted",
    "JobFailed",
    "JobRetried",
    "Joined",
    "KeyFilled",
    "LoopEnded",
    "LoopInstanceDone",
    "LoopStarted",
    "MessageThrown",
    "Passed",
    "PersonAsked",
    "Record",
    "ResetAwaited",
    "ResultDiscarded",
    "ScopeClosed",
    "ScopeInterrupted",
    "ScopeOpened",
    "SignalThrown",
    "TimeClamped",
    "TokenConsumed",
    "TokenDropped",
    "TokenPlaced",
    "Triggered",
    "VariablesRemoved",
    "VariablesWritten",
    "WaitOpened",
    "Worked",
    "expanded",
    "parts",
]

CORE_VERSION: Final = 2
"""Written into every instance; grows when `core.evolve` makes another state of the same records.

What is decided may change without that: nothing that is replayed is decided again.
"""


Record = (
    InstanceStarted
    | InstanceEnded
    | TimeClamped
    | ScopeOpened
    | ScopeClosed
    | ActivitiesQueued
    | TokenPlaced
    | FlowTaken
    | Passed
    | Joined
    | ResetAwaited
    | GatewayReset
    | ArrivalRead
    | ArrivalSpent
    | TokenConsumed
    | Activated
    | PersonAsked
    | Completed
    | Advanced
    | TokenDropped
    | Cancelled
    | WaitOpened
    | Triggered
    | KeyFilled
    | ConditionTurned
    | ScopeInterrupted
    | HandlersClosed
    | LoopStarted
    | LoopInstanceDone
    | LoopEnded
    | MessageThrown
    | SignalThrown
    | EscalationThrown
    | CompensationThrown
    | CompensationStarted
    | CompensationEnded
    | VariablesWritten
    | VariablesRemoved
    | Answered
    | JobFailed
    | JobRetried
    | ResultDiscarded
    | ErrorThrown
    | IncidentRaised
    | IncidentResolved
)


class Worked(msgspec.Struct, frozen=True, gc=False):
    """How far a command has come with what was queued.

    Attributes:
        arrived, settled, applied: how many entries of the state's queues were worked off.
        cost: what expressions and searches cost where more is left, counted as steps.
    """

    arrived: int = 0
    settled: int = 0
    applied: int = 0
    cost: int = 0


class Batch(msgspec.Struct, frozen=True, gc=False):
    """All records of one command: the atomic unit of journal and trace.

    Attributes:
        seq: counts the batches of the instance from 1.
        time: microseconds since 1970 UTC.
        worked: how far it has come with what was queued; None where nothing was.
        more: the bound on one command was reached; send `Continue` to go on.
    """

    instance: str
    seq: int
    time: int
    records: Sequence[Record]
    worked: Worked | None = None
    more: bool = False
