"""The state of an instance is plain data: values, lists and mappings of values.

No token is an object. A token is one of: an active element instance, an arrival parked on a flow,
an entry of the queue `todo`. Only `core.evolve` changes any of this.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from types import MappingProxyType
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.program import NONE, Node, Program
from bpmn_xml.core.records.activities import ErrorThrown
from bpmn_xml.core.records.happenings import CompensationThrown, SignalThrown
from bpmn_xml.core.words import FRAME, INSIDE, ITEM, TURN, WORKING
from bpmn_xml.rare import Rarely

# What is to be decided for a node: steps of `Todo`.
ARRIVE: Final = 0  # a token comes to it
LEAVE: Final = 1  # it is done, and left
PASS: Final = 2  # what it waits for has happened, so it is passed
CHECK: Final = 3  # the conditions that it waits for are to be looked at
REPEAT: Final = 4  # one of its instances is done
CHOOSE: Final = 5  # one of the activities that were chosen in it is done
UNDO: Final = 6  # one of those that it undoes is undone

NOT_HALTED: Final = -1
"""The instance is not held at any node."""

Todo = tuple[str, int, int, int, Any]
"""(scope, node, step, flow to arrive by or activation n, payload, or to `REPEAT` a `TurnDone`)."""


class TurnDone(msgspec.Struct, frozen=True):
    """How far an activity had come when a turn of it was done: others may be done since.

    `own` is what that turn had for itself, where a condition is asked about it.
    """

    done: int
    terminated: int
    own: Mapping[str, object] = msgspec.field(default_factory=dict)


Effect = SignalThrown | CompensationThrown
"""What is thrown, and has its effect when no token can move."""


class Activation(msgspec.Struct, frozen=True):
    """An active element instance. Most are all default and share one value.

    Attributes:
        attempts: calls that failed so far.
        waits: before each further attempt, where an expression gave them at the first failure.
        due: when a failed job is tried again, microseconds; 0 if none waits.
        emitted: results that have become items.
        stage: one of `STAGES`: an incident holds it while it begins, leaves or catches.
        payload: what came along the flow, where results travel there, or what is to be caught.
        task_settings: what a person is told of a user task; see `PersonAsked`.
    """

    attempts: int = 0
    due: int = 0
    emitted: int = 0
    stage: str = WORKING
    payload: Mapping[str, object] | None = None
    task_settings: Mapping[str, object] | None = None
    waits: tuple[int, ...] | None = None


FRESH = Activation()
"""The activation that is all default: there is no other that equals it."""

NONE_ACTIVE: Final[Mapping[int, Activation]] = MappingProxyType({})
"""Nothing is active; shared by all scopes."""


class Wait(msgspec.Struct, frozen=True):
    """What a catching node waits for; see `WaitOpened`. `holds`: the condition was true.

    `kept` is what others of the events that it waits for together have brought.
    """

    count: int = 0
    due: int = 0
    name: str = ""
    key: str = ""
    holds: bool = False
    late: int = 0
    kept: Mapping[str, object] | None = None


class Turns(msgspec.Struct):
    """How far a loop or multi-instance activity has come. `total` is -1 for a standard loop."""

    total: int
    items: Sequence[Any] | None = None
    opened: int = 0
    done: int = 0
    terminated: int = 0
    results: dict[int, Any] = msgspec.field(default_factory=dict)


class Completion(msgspec.Struct, frozen=True):
    """Something that was completed and can be undone.

    Attributes:
        node, n: the activation.
        variables: the data that was its own.
        inside: how many of the completions before it in its list were made inside it.
        container: what was inside it; `NONE` of what has no inside.
    """

    node: int
    n: int
    variables: Mapping[str, Any] = msgspec.field(default_factory=dict)
    inside: int = 0
    container: int = NONE


class LedTo(msgspec.Struct):
    """What was completed before something happened at the border of an activity that goes on.

    Attributes:
        parts: per time at which something happened, oldest first, what was completed from the time
            before until then; beside it the activity itself, once it is completed.
        at: per activity that goes on, by activation key, which part is the one before its event.
        size: how many completions there are in all parts.
    """

    parts: list[list[Completion]] = msgspec.field(default_factory=list)
    at: dict[int, int] = msgspec.field(default_factory=dict)
    size: int = 0


class Undoing(msgspec.Struct):
    """How far a compensation has come: what is left, the next at the end, and turns opened."""

    left: list[Completion]
    opened: int = 0


class Incident(msgspec.Struct, frozen=True):
    """What stands still until a person mends it."""

    message: str
    detail: str = ""


class Scope(msgspec.Struct):
    """A process, the inside of an activity, or one item of a producer.

    What most scopes never have takes no place in them: it is read and written like a field, and
    kept in `rare`, which is None as long as there is nothing in it.

    Attributes:
        path: its identity; the root's is empty. `parent` is the enclosing scope's, or None.
        node, n, index: the activation in the parent that opened it; `index` >= 0 for an item.
        active: what is active here, by activation key, see `key_of`.
        parked: per flow, the payloads of its arrivals, oldest first.
        counts: per node that can come more than once, how often it was activated.
        role: what it is to that activation, one of `ROLES`.
        loops: per activity that is done several times, by activation key, how far it has come.
        waits: per catching node, by activation key, the waits by event definition.
        children: paths of the scopes inside, oldest first.
        watching: paths of those in which, or inside which, a condition has been waited for.
        read: per flow, how many items read the arrival parked here.
        resets: per complex gateway that waits for reset, the flows on which nothing has come.
        queued: activities of an ad-hoc sub-process that begin in turn; empty where it is enough.
        dropped: a token ended here for want of a result.
        terminated: what was to be done here was cut off, or in what was done once inside.
        done: what was completed here and can be undone, oldest first; see `led_to`.
        led_to: what of that came before something happened at a border that does not end it.
        undoing: per thrower, by activation key, how far its compensation has come.
        answers: what Python answered for elements in it, by the name that they ask for.
        keys: what messages have said of correlation properties, by their ids (8.4.2).
    """

    path: str
    container: int
    parent: str | None = None
    node: int = -1
    n: int = 0
    index: int = -1
    role: str = INSIDE
    variables: dict[str, Any] = msgspec.field(default_factory=dict)
    active: Mapping[int, Activation] = NONE_ACTIVE
    parked: dict[int, list[Any]] | None = None
    counts: dict[int, int] | None = None
    waits: dict[int, dict[int, Wait]] | None = None
    children: dict[str, None] | None = None
    read: dict[int, int] | None = None
    incidents: dict[int, Incident] | None = None
    rare: dict[str, Any] | None = None
    loops = Rarely[dict[int, Turns] | None](None)
    watching = Rarely[dict[str, None] | None](None)
    resets = Rarely[dict[int, tuple[int, ...]] | None](None)
    queued = Rarely[tuple[int, ...] | None](None)
    dropped = Rarely(default=False)
    terminated = Rarely(default=False)
    done = Rarely[list[Completion] | None](None)
    led_to = Rarely[LedTo | None](None)
    undoing = Rarely[dict[int, Undoing] | None](None)
    answers = Rarely[dict[str, Any] | None](None)
    keys = Rarely[dict[str, str] | None](None)


RARE: Final = tuple([name for name, kind in vars(Scope).items() if isinstance(kind, Rarely)])
"""What of a scope stands in `rare`."""


class Agenda(msgspec.Struct, frozen=True, gc=False):
    """The queues of what must still be decided before an instance is at rest.

    Attributes:
        todo: decisions that are due, oldest first.
        effects: throws that are to be applied when no token can move, oldest first.
        unsettled: scopes to look at when nothing can move, oldest first.
        steps: how many were made since it was at rest, and what they cost beside.
        halted: the node at which an incident holds the instance, or `NOT_HALTED`.
        cuts: per scope that was taken over in this batch, before which place in `todo` its
            entries are void.
    """

    todo: list[Todo]
    effects: list[Effect]
    unsettled: list[str]
    steps: int = 0
    halted: int = NOT_HALTED
    cuts: dict[str, int] = msgspec.field(default_factory=dict)


def holds_all(state: State, scope: str, node: int, n: int) -> bool:
    """Whether the incident there is the one that holds the whole instance."""
    return state.agenda.halted == node and not (n or scope)


AT_REST: Final = Agenda((), (), ())  # type: ignore[arg-type] # tuples, so that nothing is added
"""The agenda of all instances that are at rest."""


WaitPlace = tuple[str, int, int, int]
"""Where something may wait: scope, node, number of the activation, event definition."""


@dataclass(slots=True)
class State:
    """One instance. No msgspec value: every batch writes to it, in 11 ns where those take 28 to 45.

    Attributes:
        size: the number of nodes of the program, the base of activation keys.
        agenda: what is due; `AT_REST` unless a batch said `more`, or an incident holds it.
        outcome: empty while it runs.
        ends: the end events of the process itself that tokens have come to, the last one last.
        error: the last BPMN error that was uncaught.
        listening: who waits for a signal, by its name; None unless there were many scopes.
    """

    instance: str
    size: int
    seq: int = 0
    time: int = 0
    scopes: dict[str, Scope] = field(default_factory=dict)
    agenda: Agenda = AT_REST
    outcome: str = ""
    ends: tuple[int, ...] = ()
    error: ErrorThrown | None = None
    listening: dict[str, dict[WaitPlace, None]] | None = None


Evolve = Callable[[Program, State, Any], None]
"""Applies a record of one type: a row of `core.evolve`, which alone changes state."""


def child_path(parent: str, node: int | str, n: int, index: int = -1) -> str:
    """Name a scope by the activation that opened it; with nodes by index, or as a trace has them.

    >>> child_path("", 4, 1), child_path("4.1", 7, 2, 30)
    ('4.1', '4.1/7.2:30')
    """
    own = f"{node}.{n}" if index < 0 else f"{node}.{n}:{index}"
    return f"{parent}/{own}" if parent else own


def place_of(path: str, nodes: Sequence[Node]) -> str:
    """What people call an inner scope: the element that opened it, and which of its items it is."""
    opened, _, item = path.rpartition("/")[2].partition(":")
    name = repr(nodes[int(opened.partition(".")[0])].id)
    return f"item {item} of {name}" if item else name


def key_of(state: State, node: int, n: int) -> int:
    """The key of an activation; where every step needs it, it is written out."""
    return n * state.size + node


def split_key(state: State, key: int) -> tuple[int, int]:
    """(node, n) of an activation's key."""
    n, node = divmod(key, state.size)
    return node, n


def around(state: State, scope: Scope) -> Iterator[Scope]:
    """The scope and, outwards from an item, the enclosing scopes of the same container."""
    yield scope
    while scope.index >= 0 and scope.parent is not None:
        scope = state.scopes[scope.parent]
        yield scope


def container_scope(state: State, scope: Scope) -> Scope:
    """The scope of the process or activity that an item, however deep, belongs to."""
    *_, outermost = around(state, scope)
    return outermost


def has_items(state: State, scope: Scope) -> bool:
    """Whether items are open in a scope."""
    return any(state.scopes[path].role == ITEM for path in scope.children or ())


def descendants(state: State, scope: Scope) -> Iterator[Scope]:
    """All scopes inside, the innermost first."""
    stack = [(scope, False)]
    while stack:
        inner, opened = stack.pop()
        if opened:
            yield inner
            continue
        if inner is not scope:
            stack.append((inner, True))
        if inner.children:
            stack.extend((state.scopes[path], False) for path in reversed(inner.children))


def completed(scope: Scope) -> list[Completion]:
    """All that was completed in a scope and can be undone, oldest first."""
    if scope.led_to is None:
        return scope.done or []
    return [*chain.from_iterable(scope.led_to.parts), *(scope.done or ())]


def belongs_to(scope: Scope, node: int) -> bool:
    """Whether a scope is around this node alone: its frame, or one of the times it is done."""
    return scope.role == FRAME or (scope.role == TURN and scope.node == node)


def layers(state: State, scope: Scope, node: int, n: int) -> Iterator[tuple[Scope, int, int]]:
    """An activation and those around it, up to that of the element as it is drawn.

    One element is active up to three times: as a whole, in a turn of it, and in its frame, where
    a listener of it may be in its place.
    """
    yield scope, node, n
    while belongs_to(scope, node):
        scope, node, n = state.scopes[scope.parent or ""], scope.node, scope.n
        yield scope, node, n


def has_inside(node: Node) -> bool:
    """Whether an activity opens a scope of its own: a sub-process, or the call of a process."""
    return node.body != NONE or (node.call is not None and node.call.which is not None)


def is_at_work(node: Node, scope: Scope) -> bool:
    """Whether an activation of a node in a scope is the one whose job is done.

    Those around it, of the activity as a whole and of its frame, only wait for it.
    """
    if node.frame is not None:
        return scope.role == FRAME
    return node.loop is None or belongs_to(scope, node.index)


def may_work_again(node: Node, activation: Activation) -> bool:
    """Whether work is done once more without giving results twice."""
    return not activation.emitted or (node.work is not None and node.work.resumable)


def find_activation(state: State, path: str, node: int, n: int) -> Activation | None:
    """The active element instance, if it still is one."""
    scope = state.scopes.get(path)
    return None if scope is None else scope.active.get(key_of(state, node, n))


def is_open(scope: Scope, key: int, activation: Activation) -> bool:
    """Whether the work of an activation is wanted now."""
    if activation is FRESH and scope.incidents is None:
        return True
    stopped = scope.incidents is not None and key in scope.incidents
    return not (stopped or activation.stage or activation.due)
