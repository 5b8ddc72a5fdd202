"""What is waited for and what is thrown."""

from __future__ import annotations

import msgspec

from bpmn_xml.core.values import Values


class WaitOpened(msgspec.Struct, frozen=True, gc=False):
    """A catching node waits for event definition `event`, as long as activation `n` is active.

    `n` is the node's own activation, that of the activity a boundary event is attached to or of
    the event-based gateway before it, and 0 for an event sub-process. A timer is `due`, for the
    `count`-th time from 0, `late` counts the repetitions in a row that came late; a message or
    signal has a `name`, a correlated message a `key`. What waits already has another key from now
    on: the data that it follows have changed (8.4.2).
    """

    scope: str
    node: int
    n: int
    event: int
    count: int = 0
    due: int = 0
    name: str = ""
    key: str = ""
    late: int = 0


class Triggered(msgspec.Struct, frozen=True, gc=False):
    """What a catching node waited for has happened; that wait is over.

    `values` are kept for a node that still waits for others of its events, until it has all.
    """

    scope: str
    node: int
    n: int
    event: int
    values: Values | None = None


class KeyFilled(msgspec.Struct, frozen=True, gc=False):
    """A message has given correlation properties the values that later ones must have (8.4.2).

    `keys` are by the ids of the properties. They hold for `scope` and all inside: of what is waited
    for there they fill what was open.
    """

    scope: str
    keys: dict[str, str]


class ConditionTurned(msgspec.Struct, frozen=True, gc=False):
    """The condition that a node waits for has become true or false, or is true once more."""

    scope: str
    node: int
    n: int
    event: int
    holds: bool


class MessageThrown(msgspec.Struct, frozen=True, gc=False):
    """A message was sent; the outside finds who receives it.

    With a `receiver`, the id of a node to which a message flow leads, only that receives it; where
    that is a pool which shows nothing, only processes of other files may.
    """

    scope: str
    node: int
    name: str
    key: str = ""
    values: Values | None = None
    receiver: str = ""


class SignalThrown(msgspec.Struct, frozen=True, gc=False):
    """A signal was broadcast, here and, by the outside, to all other instances."""

    scope: str
    node: int
    name: str
    values: Values | None = None


class CompensationThrown(msgspec.Struct, frozen=True, gc=False):
    """Compensation was asked for: of `activity`, or of all that is completed (10.7)."""

    scope: str
    node: int
    n: int
    activity: int = -1


class CompensationStarted(msgspec.Struct, frozen=True, gc=False):
    """What was completed and is to be undone is taken out of what can be compensated."""

    scope: str
    node: int
    n: int
    activity: int = -1


class CompensationEnded(msgspec.Struct, frozen=True, gc=False):
    """Nothing is left to undo of what one thrower asked for."""

    scope: str
    node: int
    n: int


class EscalationThrown(msgspec.Struct, frozen=True, gc=False):
    """An escalation was thrown (10.5.1); if nobody catches it all goes on."""

    scope: str
    node: int
    code: str
