"""How an instance stands: whether anything in it moves without the outside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from bpmn_xml.core.state import Scope, State, descendants, is_open

if TYPE_CHECKING:
    from bpmn_xml.runtime.tasks import BoundTask


class Standing(StrEnum):
    """What an instance does, as a person would say it."""

    RUNNING = "running"
    WAITING = "waiting"
    INCIDENT = "incident"
    ENDED = "ended"


Works = Sequence["BoundTask | None"]
"""Per node index the task whose handler does its work."""


def standing(state: State, works: Works, *, timers_move: bool) -> Standing:
    """How an instance stands; with `timers_move` what is due some time moves by itself."""
    if state.outcome:
        return Standing.ENDED
    scopes = state.scopes.values()
    if moves(state, scopes, works, timers_move=timers_move):
        return Standing.RUNNING
    if any(scope.incidents for scope in scopes):
        return Standing.INCIDENT
    return Standing.WAITING


def moves(state: State, scopes: Iterable[Scope], works: Works, *, timers_move: bool) -> bool:
    """Whether a call is to be made or under way in one of these scopes, or a timer will fire."""
    for scope in scopes:
        if any(_calls(state, scope, works)):
            return True
        if timers_move and any(_timers(scope)):
            return True
    return False


def _calls(state: State, scope: Scope, works: Works) -> Iterable[bool]:
    """For each activation in a scope whether its handler is to be called or is running."""
    size = state.size
    for key, activation in scope.active.items():
        task = works[key % size]
        mine = task is not None and (scope.instance or not task.repeats)
        yield mine and is_open(scope, key, activation)


def _timers(scope: Scope) -> Iterable[int]:
    """The times at which something in a scope is due; 0 for what is never."""
    for activation in scope.active.values():
        yield activation.due
    for waits in (scope.waits or {}).values():
        for wait in waits.values():
            yield wait.due


def rests(state: State, item: str, works: Works) -> bool:
    """Whether nothing in an item moves, not even later: it waits for a person."""
    scope = state.scopes.get(item)
    if scope is None:
        return False
    inside = [*descendants(state, scope), scope]
    return not moves(state, inside, works, timers_move=True)
