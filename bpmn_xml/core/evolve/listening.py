"""Waits that are over; and who waits for which signal, so that a throw need not look everywhere.

That is noted only where there are many scopes, and says no more than `Scope.waits` do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from bpmn_xml.compiler.program import Program, Trigger
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope, State, Wait, WaitPlace, split_key

MANY: Final = 32
"""In fewer scopes one looks everywhere."""


def note_listening(program: Program, state: State, opened: r.WaitOpened) -> None:
    """Something begins to wait for a signal."""
    look_for_listeners(program, state)
    if state.listening is not None:
        place = opened.scope, opened.node, opened.n, opened.event
        state.listening.setdefault(opened.name, {})[place] = None


def look_for_listeners(program: Program, state: State) -> None:
    """Note who waits for which signal, if that is not known and there are many scopes."""
    if state.listening is None and len(state.scopes) >= MANY:
        state.listening = {}
        for name, place in _listeners(program, state):
            state.listening.setdefault(name, {})[place] = None


def _listeners(program: Program, state: State) -> Iterator[tuple[str, WaitPlace]]:
    for scope in state.scopes.values():
        for key, by_event in (scope.waits or {}).items():
            node, n = split_key(state, key)
            events = program.nodes[node].events
            heard = [event for event in by_event if events[event].trigger is Trigger.SIGNAL]
            yield from [(by_event[event].name, (scope.path, node, n, event)) for event in heard]


def end_waits(state: State, scope: Scope, keys: Iterable[int]) -> None:
    """All that some nodes wait for is over, by their activation keys."""
    waits = scope.waits or {}
    for key in keys:
        over = waits.pop(key, None)
        if over is not None and state.listening is not None:
            forget_listening(state, scope, key, over)
    scope.waits = waits or None


def forget_listening(state: State, scope: Scope, key: int, over: Mapping[int, Wait]) -> None:
    """Waits of one node are over: they are noted no more."""
    listening, (node, n) = state.listening or {}, split_key(state, key)
    for event, wait in over.items():
        places = listening.get(wait.name, {})
        places.pop((scope.path, node, n, event), None)
        if not places:
            listening.pop(wait.name, None)
