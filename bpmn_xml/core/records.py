"""What happened: immutable facts. Every change of state is one of these, and nothing else.

A record says what and where: an element or flow by its index and the scope by its path. Time,
instance and sequence belong to the batch. A `scope` is where the thing happened, `n` counts the
activations of `node` in that scope from 1, so identities do not depend on scheduling.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

CORE_VERSION: Final = 1
"""Written into every instance; grows when the meaning of a record changes."""

Values = Mapping[str, object]


class InstanceStarted(msgspec.Struct, frozen=True, gc=False):
    """An instance of a process began; its root scope is open."""

    program: str
    core: int
    container: int


class InstanceEnded(msgspec.Struct, frozen=True, gc=False):
    """Nothing is left to do: `completed`, `terminated`, `failed` (by an error), `cancelled`."""

    outcome: str
    code: str = ""
    message: str = ""


class TimeClamped(msgspec.Struct, frozen=True, gc=False):
    """A command came with an earlier time than the one before; the later time was used."""

    asked: int


class ScopeOpened(msgspec.Struct, frozen=True, gc=False):
    """The inside of an activity began in `scope`.

    With `index` >= 0 it is an item of a producer, or with `instance` one instance of an activity
    that is done several times.
    """

    scope: str
    node: int
    n: int
    index: int = -1
    instance: bool = False


class ScopeClosed(msgspec.Struct, frozen=True, gc=False):
    """A scope ended with all that was parked in it. Unless `completed` it was cut off."""

    scope: str
    completed: bool


class TokenPlaced(msgspec.Struct, frozen=True):
    """A token begins at a node without coming along a flow."""

    scope: str
    node: int
    payload: Values | None = None


class FlowTaken(msgspec.Struct, frozen=True):
    """A token moved along a sequence flow."""

    scope: str
    flow: int
    payload: Values | None = None


class Passed(msgspec.Struct, frozen=True, gc=False):
    """An element that takes no time was entered and left."""

    scope: str
    node: int


class Joined(msgspec.Struct, frozen=True, gc=False):
    """A gateway used up one arrival of each of these flows, all parked in this scope."""

    scope: str
    node: int
    flows: tuple[int, ...]


class ArrivalRead(msgspec.Struct, frozen=True, gc=False):
    """A join in an item read the arrival parked here, in an enclosing scope; it stays."""

    scope: str
    flow: int


class ArrivalSpent(msgspec.Struct, frozen=True, gc=False):
    """An arrival that items have read is gone: nobody is left who could read it."""

    scope: str
    flow: int


class TokenConsumed(msgspec.Struct, frozen=True, gc=False):
    """A token ended at a node."""

    scope: str
    node: int


class Activated(msgspec.Struct, frozen=True):
    """An element instance is active. If its kind does work, its job is open from now on."""

    scope: str
    node: int
    n: int
    payload: Values | None = None


class Completed(msgspec.Struct, frozen=True):
    """An active element did what it should, and wrote `values` to the variables of its scope.

    What it wrote to other scopes, and what a choice behind it has to see first, are
    `VariablesWritten` before this; where its token goes stands behind it.
    """

    scope: str
    node: int
    n: int
    values: Values | None = None


class TokenDropped(msgspec.Struct, frozen=True, gc=False):
    """An active element completed without a result where a result carries the token."""

    scope: str
    node: int
    n: int


class Cancelled(msgspec.Struct, frozen=True, gc=False):
    """An active element was cut off; a job of it is no longer wanted."""

    scope: str
    node: int
    n: int


class WaitOpened(msgspec.Struct, frozen=True, gc=False):
    """A catching node waits for event definition `event`, as long as activation `n` is active.

    `n` is the node's own activation, that of the activity a boundary event is attached to or of
    the event-based gateway before it, and 0 for an event sub-process. A timer is `due`, for the
    `count`-th time from 0; a message or signal has a `name`, a correlated message a `key`.
    """

    scope: str
    node: int
    n: int
    event: int
    count: int = 0
    due: int = 0
    name: str = ""
    key: str = ""


class Triggered(msgspec.Struct, frozen=True, gc=False):
    """What a catching node waited for has happened; that wait is over."""

    scope: str
    node: int
    n: int
    event: int


class ConditionTurned(msgspec.Struct, frozen=True, gc=False):
    """The condition that a node waits for has become true or false."""

    scope: str
    node: int
    n: int
    event: int
    holds: bool


class ScopeInterrupted(msgspec.Struct, frozen=True, gc=False):
    """An event sub-process took a scope over: its tokens and other waits are gone."""

    scope: str


class LoopStarted(msgspec.Struct, frozen=True):
    """An activity is to be done `total` times, for each of `items` if it is a collection.

    `total` is -1 where a condition decides.
    """

    scope: str
    node: int
    n: int
    total: int
    items: Sequence[object] | None = None


class LoopInstanceDone(msgspec.Struct, frozen=True):
    """One instance of a loop or multi-instance activity has completed, with what is collected."""

    scope: str
    node: int
    n: int
    index: int
    value: object = None


class LoopEnded(msgspec.Struct, frozen=True, gc=False):
    """No further instance comes; the activity completes."""

    scope: str
    node: int
    n: int


class MessageThrown(msgspec.Struct, frozen=True):
    """A message was sent; the outside finds who receives it."""

    scope: str
    node: int
    name: str
    key: str = ""
    values: Values | None = None


class SignalThrown(msgspec.Struct, frozen=True):
    """A signal was broadcast, here and, by the outside, to all other instances."""

    scope: str
    node: int
    name: str
    values: Values | None = None


class EscalationThrown(msgspec.Struct, frozen=True, gc=False):
    """An escalation was thrown (10.5.1); if nobody catches it all goes on."""

    scope: str
    node: int
    code: str


class VariablesWritten(msgspec.Struct, frozen=True):
    """Variables of this very scope were set."""

    scope: str
    values: Values


class JobFailed(msgspec.Struct, frozen=True, gc=False):
    """A call raised; it is to be tried again at `due` (microseconds since 1970 UTC)."""

    scope: str
    node: int
    n: int
    attempt: int
    due: int
    error: str
    message: str


class JobRetried(msgspec.Struct, frozen=True, gc=False):
    """The wait is over: the job is open again."""

    scope: str
    node: int
    n: int


class ResultDiscarded(msgspec.Struct, frozen=True, gc=False):
    """An answer came for something that is no longer active."""

    scope: str
    node: int
    n: int
    reason: str


class ErrorThrown(msgspec.Struct, frozen=True, gc=False):
    """A BPMN error was thrown here (10.5.1)."""

    scope: str
    node: int
    code: str
    message: str = ""


class IncidentRaised(msgspec.Struct, frozen=True):
    """A person must mend something before the token can go on.

    `stage` says whether the element was working (0), beginning (1) or leaving (2); then its own
    work is done, with `payload` as its result where results travel along flows. `n` is 0 where
    the fault is no active element's (a join that is stuck).
    """

    scope: str
    node: int
    n: int
    message: str
    detail: str = ""
    stage: int = 0
    payload: Values | None = None


class IncidentResolved(msgspec.Struct, frozen=True, gc=False):
    """A person asked to go on: the element tries again."""

    scope: str
    node: int
    n: int


Record = (
    InstanceStarted
    | InstanceEnded
    | TimeClamped
    | ScopeOpened
    | ScopeClosed
    | TokenPlaced
    | FlowTaken
    | Passed
    | Joined
    | ArrivalRead
    | ArrivalSpent
    | TokenConsumed
    | Activated
    | Completed
    | TokenDropped
    | Cancelled
    | WaitOpened
    | Triggered
    | ConditionTurned
    | ScopeInterrupted
    | LoopStarted
    | LoopInstanceDone
    | LoopEnded
    | MessageThrown
    | SignalThrown
    | EscalationThrown
    | VariablesWritten
    | JobFailed
    | JobRetried
    | ResultDiscarded
    | ErrorThrown
    | IncidentRaised
    | IncidentResolved
)


class Batch(msgspec.Struct, frozen=True):
    """All records of one command: the atomic unit of journal and trace.

    Attributes:
        seq: counts the batches of the instance from 1.
        time: microseconds since 1970 UTC.
        arrived, settled, applied: how many entries of the state's queues were worked off.
        more: the bound on one command was reached; send `Continue` to go on.
    """

    instance: str
    seq: int
    time: int
    records: Sequence[Record]
    arrived: int
    settled: int
    more: bool = False
    applied: int = 0
