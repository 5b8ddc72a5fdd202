"""How an instance stands: whether anything in it moves without the outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum, StrEnum
from math import inf
from typing import Final

from bpmn_xml.compiler.program import Node, Program, Trigger
from bpmn_xml.core.commands import Command, RetryJob, TriggerWait
from bpmn_xml.core.state import (
    AT_REST,
    NOT_HALTED,
    Scope,
    State,
    Wait,
    descendants,
    is_at_work,
    is_open,
    key_of,
)


class Standing(StrEnum):
    """What an instance does, as a person would say it."""

    RUNNING = "running"
    WAITING = "waiting"
    INCIDENT = "incident"
    ENDED = "ended"


class Until(Enum):
    """What a caller waits for when it waits for an instance."""

    NOW = "nothing moves at this time"
    REST = "it has ended or asks somebody outside; else timers too are over, if the clock runs"
    DONE = "no work is under way, nor to be tried again while the caller waits, if the clock runs"
    END = "it has ended"


Place = tuple[str, int, int, int]
"""Where something may wait: scope, node, number of the activation, event definition."""

SENT: Final = frozenset({Trigger.MESSAGE.value, Trigger.SIGNAL.value})
"""What comes from somebody; a time and a condition come by themselves."""

Works = Sequence[Node | None]
"""Per node index the node, if a handler does its work."""


def standing(state: State, works: Works, until: float) -> Standing:
    """How an instance stands; what is due `until` then counts as moving."""
    if state.outcome:
        return Standing.ENDED
    scopes = state.scopes.values()
    if state.agenda.halted != NOT_HALTED and not moves(state, scopes, works, 0):
        return Standing.INCIDENT
    if state.agenda is not AT_REST or moves(state, scopes, works, until):
        return Standing.RUNNING
    if any(scope.incidents for scope in scopes):
        return Standing.INCIDENT
    return Standing.WAITING


def moves(state: State, scopes: Iterable[Scope], works: Works, until: float) -> bool:
    """Whether a call is to be made or under way in one of these scopes, or a timer will fire."""
    return next(_movers(state, scopes, works, until), None) is not None


def _movers(
    state: State, scopes: Iterable[Scope], works: Works, until: float
) -> Iterator[tuple[str, int]]:
    """Scope and activation key of all that moves."""
    size = state.size
    for scope in scopes:  # thousands may be looked at for each message: no call for each of them
        for key, activation in scope.active.items():
            node = works[key % size]
            if 0 < activation.due <= until or (
                node is not None and is_at_work(node, scope) and is_open(scope, key, activation)
            ):
                yield scope.path, key
        if until and scope.waits:
            yield from [(scope.path, key) for key in _due(scope.waits, until)]


def _due(waits: Mapping[int, Mapping[int, Wait]], until: float) -> Iterator[int]:
    """The keys of what waits for a time that is reached."""
    for key, by_event in waits.items():
        for wait in by_event.values():
            if 0 < wait.due <= until:
                yield key


def goes_on(state: State, works: Works, until: float, seen: list[tuple[str, int]]) -> bool:
    """Whether anything in an instance moves; what has moved is looked at first.

    Of thousands that stand still most are not looked at again as long as one of these still moves.

    Args:
        seen: scope and activation key of what moved when all was looked at; changed in place.
    """
    while seen:
        if _moves_still(state, works, until, seen[-1]):
            return True
        seen.pop()
    seen += _movers(state, state.scopes.values(), works, until)
    return bool(seen)


def _moves_still(state: State, works: Works, until: float, place: tuple[str, int]) -> bool:
    """Whether what has moved does so still."""
    path, key = place
    scope = state.scopes.get(path)
    if scope is None:
        return False
    waits = (scope.waits or {}).get(key, {})
    if any(0 < wait.due <= until for wait in waits.values()):
        return True
    activation = scope.active.get(key)
    if activation is None:
        return False
    node = works[key % state.size]
    at_work = node is not None and is_at_work(node, scope) and is_open(scope, key, activation)
    return at_work or 0 < activation.due <= until


def waits_for_time(program: Program, state: State, _before: float) -> bool:
    """Whether a clock that runs moves an instance on, and nobody outside is asked meanwhile.

    A person, an incident and who sends a message or a signal are asked. A call that is tried
    again is waited for all the same. Why all stands still is found out only while a timer is set,
    and no further than to the first that asks somebody.
    """
    from bpmn_xml.trace.standstill import Cause
    from bpmn_xml.trace.why import standstills

    if state.agenda is not AT_REST:
        return False
    if is_tried_again(program, state, inf):
        return True
    return moves(state, state.scopes.values(), (None,) * state.size, inf) and not any(
        still.cause in (Cause.PERSON, Cause.INCIDENT)
        or (still.cause is Cause.EVENT and any(one.trigger in SENT for one in still.awaits))
        for still in standstills(program, state)
    )


def is_tried_again(_program: Program, state: State, before: float) -> bool:
    """Whether a call has failed and will be made anew by a time, in microseconds since 1970."""
    return any(
        0 < one.due <= before for scope in state.scopes.values() for one in scope.active.values()
    )


LATER: Final[Mapping[Until, Callable[[Program, State, float], bool]]] = {
    Until.REST: waits_for_time,
    Until.DONE: is_tried_again,
}
"""What a clock that runs will bring, where a caller waits for that too, until a time."""


def rests(state: State, item: str, works: Works) -> bool:
    """Whether nothing in an item moves, not even later: it waits for a person."""
    scope = state.scopes.get(item)
    if scope is None:
        return False
    inside = [*descendants(state, scope), scope]
    return not moves(state, inside, works, inf)


def overtaken(state: State, command: Command) -> bool:
    """Whether a timer's command comes for something that does not wait for it any more."""
    if not isinstance(command, RetryJob | TriggerWait):
        return False
    if isinstance(command, TriggerWait):
        return wait_at(state, command.scope, command.node, command.n, command.event) is None
    scope = state.scopes.get(command.scope)
    key = key_of(state, command.node, command.n)
    activation = None if scope is None else scope.active.get(key)
    return activation is None or not activation.due


def wait_at(state: State, path: str, node: int, n: int, event: int) -> Wait | None:
    """What waits at a place."""
    scope = state.scopes.get(path)
    if scope is None or scope.waits is None:
        return None
    return scope.waits.get(key_of(state, node, n), {}).get(event)
