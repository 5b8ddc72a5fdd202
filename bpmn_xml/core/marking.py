"""The part of a state that decides what can still happen: no identities, times, counts or values.

Two states with equal markings can do the same; `check` searches markings, not states. A marking
is a tree of tuples: per scope what is active, parked and waited for, and its inner scopes.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import accumulate
from typing import Any, Final

from bpmn_xml.core.state import (
    Completion,
    LedTo,
    Scope,
    State,
    Turns,
    Undoing,
    completed,
    descendants,
    split_key,
)

Marking = tuple[Any, ...]

LEFT_OUT: Final = frozenset(
    {
        "path",
        "parent",
        "n",
        "index",
        "variables",
        "answers",
        "keys",
        "counts",
        "read",
        "children",
        "watching",
    }
)
"""Fields of a scope that no marking holds; the inner scopes stand in their scope's marking."""


def marking(state: State) -> Marking:
    """The marking of an instance; that of one that has ended is its outcome.

    >>> from bpmn_xml.core.state import FRESH
    >>> state = State("i", 10, scopes={"": Scope("", 0, active={14: FRESH, 24: FRESH})})
    >>> marking(state) == marking(State("j", 10, scopes={
    ...     "": Scope("", 0, active={34: FRESH, 44: FRESH})}))
    True
    """
    if state.outcome:
        return (state.outcome,)
    marks: dict[str, Marking] = {}
    for scope in (*descendants(state, state.scopes[""]), state.scopes[""]):
        inner = sorted(marks.pop(path) for path in scope.children or ())
        marks[scope.path] = (*_own(state, scope), tuple(inner))
    return marks[""]


def _own(state: State, scope: Scope) -> Marking:
    """The part of the marking that one scope contributes."""
    loops = scope.loops or {}
    active = [
        (split_key(state, key)[0], activation.stage, key in (scope.incidents or ()))
        for key, activation in scope.active.items()
    ]
    return (
        scope.node,
        scope.container,
        tuple(sorted(scope.resets or ())),
        scope.queued or (),
        (scope.role, scope.dropped, scope.terminated),
        _counted(active),
        _counted(flow for flow, arrivals in (scope.parked or {}).items() for _ in arrivals),
        _counted((split_key(state, key)[0], *waits) for key, waits in (scope.waits or {}).items()),
        _counted((split_key(state, k)[0], *_turned(v)) for k, v in loops.items()),
        _counted(split_key(state, key)[0] for key in scope.incidents or ()),
        tuple([_completed(done) for done in completed(scope)]),
        _led_to(state, scope.led_to),
        _counted(
            (split_key(state, key)[0], *[_completed(done) for done in undoing.left])
            for key, undoing in (scope.undoing or {}).items()
        ),
    )


def _led_to(state: State, led_to: LedTo | None) -> Marking:
    """Behind how many completions each activity would stand at whose border something happened."""
    if led_to is None:
        return ()
    before = [*accumulate(map(len, led_to.parts))]
    return tuple([(split_key(state, key)[0], before[at]) for key, at in led_to.at.items()])


def _completed(done: Completion) -> Marking:
    return done.node, done.inside, done.container


def _turned(turns: Turns) -> Marking:
    return turns.total, turns.opened, turns.done, turns.terminated


def _counted(things: Any) -> Marking:
    return tuple(sorted(Counter(things).items()))


def fork(state: State) -> State:
    """Another state of an instance at rest, equal and independent."""
    return replace(state, scopes=_fork(state.scopes), listening=_fork(state.listening))


def _fork(value: Any) -> Any:
    """A value in which nothing that `core.evolve` changes is shared."""
    if isinstance(value, dict):
        return {key: _fork(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_fork(inner) if isinstance(inner, list) else inner for inner in value]
    if isinstance(value, Scope | Turns | Undoing | LedTo):
        return type(value)(*[_fork(getattr(value, field)) for field in value.__struct_fields__])
    return value
