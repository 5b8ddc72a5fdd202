"""Where tokens and scopes are: instances, scopes, flows, gateways."""

from __future__ import annotations

import msgspec

from bpmn_xml.core.values import Values
from bpmn_xml.core.words import INSIDE


class InstanceStarted(msgspec.Struct, frozen=True, gc=False):
    """An instance of a process began; its root scope is open."""

    program: str
    core: int
    container: int


class InstanceEnded(msgspec.Struct, frozen=True, gc=False):
    """Nothing is left to do: `completed`, `terminated`, `failed` (by an error), `cancelled`.

    `node` is the terminate end event, or what threw the error.
    """

    outcome: str
    code: str = ""
    message: str = ""
    node: int = -1


class TimeClamped(msgspec.Struct, frozen=True, gc=False):
    """A command came with an earlier time than the one before; the later time was used."""

    asked: int


class ScopeOpened(msgspec.Struct, frozen=True, gc=False):
    """A scope of an activity began in `scope`: its `role` is one of `ROLES`.

    Items and turns are counted by `index` from 0. `container` is the process that is called, where
    an expression gives it.
    """

    scope: str
    node: int
    n: int
    index: int = -1
    role: str = INSIDE
    container: int = -1


class ScopeClosed(msgspec.Struct, frozen=True, gc=False):
    """A scope ended with all that was parked in it. Unless `completed` it was cut off."""

    scope: str
    completed: bool


class ScopeInterrupted(msgspec.Struct, frozen=True, gc=False):
    """An event sub-process took a scope over, or it was terminated: tokens and waits are gone."""

    scope: str


class HandlersClosed(msgspec.Struct, frozen=True, gc=False):
    """Only event sub-processes go on in a scope, so no other begins there any more (13.5.4)."""

    scope: str


class ActivitiesQueued(msgspec.Struct, frozen=True, gc=False):
    """These activities of an ad-hoc sub-process are to begin later, one after the other.

    Where they are done in parallel none is: no other begins any more, and tokens go no further.
    """

    scope: str
    nodes: tuple[int, ...]


class TokenPlaced(msgspec.Struct, frozen=True, gc=False):
    """A token begins at a node without coming along a flow.

    `host` is the activation number of an activity that goes on and can be undone, if the node is an
    event at its border: what is completed from now on may be undone before it (13.5.5).
    """

    scope: str
    node: int
    payload: Values | None = None
    host: int = 0


class FlowTaken(msgspec.Struct, frozen=True, gc=False):
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


class ResetAwaited(msgspec.Struct, frozen=True, gc=False):
    """A complex gateway has started, and waits for tokens on these other flows (13.4.5)."""

    scope: str
    node: int
    flows: tuple[int, ...]


class GatewayReset(msgspec.Struct, frozen=True, gc=False):
    """A complex gateway has used up what came on these flows since it started."""

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
