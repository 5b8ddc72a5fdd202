"""What happens to active elements: their work, their turns, their faults, their data."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from bpmn_xml.core.values import Values
from bpmn_xml.core.words import WORKING


class Activated(msgspec.Struct, frozen=True, gc=False):
    """An element instance is active. If its kind does work, its job is open from now on."""

    scope: str
    node: int
    n: int
    payload: Values | None = None


class PersonAsked(msgspec.Struct, frozen=True, gc=False):
    """What is told of a user task was computed when its job opened, or changes while it is open."""

    scope: str
    node: int
    n: int
    values: Values


class Completed(msgspec.Struct, frozen=True, gc=False):
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


class LoopStarted(msgspec.Struct, frozen=True, gc=False):
    """An activity is to be done `total` times, for each of `items` if it is a collection.

    `total` is -1 where a condition decides.
    """

    scope: str
    node: int
    n: int
    total: int
    items: Sequence[object] | None = None


class LoopInstanceDone(msgspec.Struct, frozen=True, gc=False):
    """What is collected of one instance of an activity that is done several times.

    That it is done is said by the end of its scope.
    """

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


class VariablesWritten(msgspec.Struct, frozen=True, gc=False):
    """Variables of this very scope were set."""

    scope: str
    values: Values


class VariablesRemoved(msgspec.Struct, frozen=True, gc=False):
    """Variables of this very scope are there no more."""

    scope: str
    names: tuple[str, ...]


class Answered(msgspec.Struct, frozen=True, gc=False):
    """Somebody's Python said what an element of this very scope asks; these are no variables."""

    scope: str
    values: Values


class JobFailed(msgspec.Struct, frozen=True, gc=False):
    """A call raised; it is to be tried again at `due` (microseconds since 1970 UTC).

    `waits` come before this and each further attempt, where an expression has just given them.
    """

    scope: str
    node: int
    n: int
    attempt: int
    due: int
    error: str
    message: str
    waits: tuple[int, ...] | None = None


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
    """A BPMN error was thrown here (10.5.1), by activation `n`; 0 is an end event's.

    One that is `uncaught` ends its token or the instance; what it carried are `values` then, as
    there is nothing else that would keep them.
    """

    scope: str
    node: int
    code: str
    message: str = ""
    uncaught: bool = False
    values: Values | None = None
    n: int = 0


class IncidentRaised(msgspec.Struct, frozen=True, gc=False):
    """A person must mend something before the token can go on.

    `stage`, one of `STAGES`, says what cannot go on. `n` is 0 where the fault is no active
    element's: a join that is stuck, or an instance that is held as a whole. `host` is what it is to
    `TokenPlaced`.
    """

    scope: str
    node: int
    n: int
    message: str
    detail: str = ""
    stage: str = WORKING
    payload: Values | None = None
    host: int = 0


class IncidentResolved(msgspec.Struct, frozen=True, gc=False):
    """A person asked to go on: the element tries again."""

    scope: str
    node: int
    n: int
