"""What the outside may ask of an instance: a command is done or rejected, never half done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from bpmn_xml.core.values import Values

ANY_ATTEMPT: Final = -1
"""The answer is welcome whichever attempt it belongs to."""


class StartInstance(msgspec.Struct, frozen=True, gc=False):
    """Begin an instance of a process with these variables, at `start` or where the model says.

    `initiator` is who begins it, for the start events that ask for that. It is held at once, for
    the reason that `held` gives. `correlated` is what the message that begins it says of its
    correlation properties, by their ids.
    """

    container: int
    variables: Values
    start: int = -1
    initiator: str | None = None
    held: str = ""
    correlated: Mapping[str, str] | None = None


class CompleteJob(msgspec.Struct, frozen=True, gc=False):
    """The work for an active element is done.

    `values` are written to variables, or travel on as payload where results do. `attempt` counts
    the failed calls before this one; the answer of another attempt is discarded.
    """

    scope: str
    node: int
    n: int
    values: Values | None = None
    attempt: int = ANY_ATTEMPT


class DropJob(msgspec.Struct, frozen=True, gc=False):
    """The work is done without a result, where a result carries the token: it ends there."""

    scope: str
    node: int
    n: int
    attempt: int = ANY_ATTEMPT


class EmitResult(msgspec.Struct, frozen=True, gc=False):
    """A producer has its result number `index` (from 0); it goes on as an item of its own."""

    scope: str
    node: int
    n: int
    index: int
    values: Values
    attempt: int = ANY_ATTEMPT


class FailJob(msgspec.Struct, frozen=True, gc=False):
    """The call raised an exception that is no BPMN error.

    `errors` are the qualified names of its class and the class's bases, nearest first. The message
    says it all where it is `plain`; else the name of the class stands before it. It is tried again
    after `wait` microseconds, or as the drawing says where that is -1; not at all without `retry`.
    """

    scope: str
    node: int
    n: int
    errors: tuple[str, ...]
    message: str
    detail: str = ""
    retry: bool = True
    attempt: int = ANY_ATTEMPT
    plain: bool = False
    wait: int = -1


class ThrowError(msgspec.Struct, frozen=True, gc=False):
    """The call raised a BPMN error."""

    scope: str
    node: int
    n: int
    code: str
    message: str = ""
    variables: Values = msgspec.field(default_factory=dict)
    attempt: int = ANY_ATTEMPT


class RetryJob(msgspec.Struct, frozen=True, gc=False):
    """The time of a failed job's next attempt has come."""

    scope: str
    node: int
    n: int


class TriggerWait(msgspec.Struct, frozen=True, gc=False):
    """What a catching node waits for has happened: a timer is due, a message has come.

    `values` are written to variables where the node stands; `correlated` is what a message says of
    correlation properties, by their ids.
    """

    scope: str
    node: int
    n: int
    event: int
    values: Values | None = None
    correlated: Mapping[str, str] | None = None


class BroadcastSignal(msgspec.Struct, frozen=True, gc=False):
    """A signal came from outside; all that wait for it here receive it."""

    name: str
    values: Values | None = None


class ResolveIncident(msgspec.Struct, frozen=True, gc=False):
    """Try again what an incident stopped, after setting these variables.

    A producer that has given results is not called again, unless it is resumable.
    """

    scope: str
    node: int
    n: int
    variables: Values = msgspec.field(default_factory=dict)


class SkipIncident(msgspec.Struct, frozen=True, gc=False):
    """Go on as if what an incident stopped were done, after setting these variables.

    A join that is stuck does without what has not come, a mapping without what it would give. An
    element that cannot be left ends its token, and a producer goes on in the items that it has.
    """

    scope: str
    node: int
    n: int
    variables: Values = msgspec.field(default_factory=dict)


class SetVariables(msgspec.Struct, frozen=True, gc=False):
    """Variables are set from outside, as seen from a scope."""

    scope: str
    variables: Values


class TellPerson(msgspec.Struct, frozen=True, gc=False):
    """What is told of an open user task changes: these `values` are others from now on.

    Who `claims` it becomes its assignee unless it is another's.
    """

    scope: str
    node: int
    n: int
    values: Values
    claims: bool = False
    attempt: int = ANY_ATTEMPT


class CancelInstance(msgspec.Struct, frozen=True, gc=False):
    """End the instance from outside, whatever it does."""

    reason: str = ""


class HoldInstance(msgspec.Struct, frozen=True, gc=False):
    """Let no token move before a person says so: what goes on in it has become too much."""

    node: int
    reason: str


class Continue(msgspec.Struct, frozen=True, gc=False):
    """Go on where the bound on one command was reached."""


Command = (
    StartInstance
    | CompleteJob
    | DropJob
    | EmitResult
    | FailJob
    | ThrowError
    | RetryJob
    | TriggerWait
    | BroadcastSignal
    | ResolveIncident
    | SkipIncident
    | SetVariables
    | TellPerson
    | CancelInstance
    | HoldInstance
    | Continue
)
