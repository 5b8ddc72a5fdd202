"""Rows of `EVOLVE`: waits open and close, throws are queued."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import msgspec

from bpmn_xml.compiler.program import (
    BETWEEN,
    OPEN,
    EventSpec,
    KeyPart,
    Program,
    Trigger,
    follows,
)
from bpmn_xml.core import records as r
from bpmn_xml.core.evolve.listening import (
    end_waits,
    forget_listening,
    look_for_listeners,
    note_listening,
)
from bpmn_xml.core.state import CHECK, Evolve, Scope, State, Wait, descendants, split_key
from bpmn_xml.core.values import Values


def close_waits(
    program: Program, state: State, scope: Scope, record: r.Completed | r.Cancelled | r.TokenDropped
) -> None:
    """An activation is over, and with it all that waited on its behalf."""
    first = record.n * state.size
    end_waits(state, scope, [first + waiter for waiter in program.nodes[record.node].waiters])


def written(scope: Scope, values: Values) -> dict[str, str]:
    """How each variable changes that is about to be written."""
    return {name: "update" if name in scope.variables else "create" for name in values}


def watch(program: Program, state: State, scope: Scope, changes: Mapping[str, str]) -> None:
    """Data is about to change: what waits and follows it is to be looked at, if it asks for it."""
    if program.watched and program.watched.isdisjoint(changes):
        return
    for seeing in _watching(state, scope):
        for key in seeing.waits or ():
            node, n = split_key(state, key)
            if any(_is_asked(event, changes) for event in program.nodes[node].events):
                state.agenda.todo.append((seeing.path, node, CHECK, n, None))


def _watching(state: State, scope: Scope) -> Iterator[Scope]:
    """The scope and those inside in which something follows data, outer ones first."""
    found = [scope]
    for seeing in found:
        yield seeing
        found += [state.scopes[path] for path in seeing.watching or ()]


def _note_watching(state: State, scope: Scope) -> None:
    """What follows data is waited for in a scope: those around it find it from now on."""
    while scope.parent is not None:
        parent = state.scopes[scope.parent]
        if parent.watching is None:
            parent.watching = {}
        elif scope.path in parent.watching:
            return
        parent.watching[scope.path] = None
        scope = parent


def _is_asked(event: EventSpec, changes: Mapping[str, str]) -> bool:
    """Whether what follows data is to be looked at after changes to these variables."""
    return follows(event) and any(
        (not event.variable_names or name in event.variable_names)
        and (not event.variable_events or how in event.variable_events)
        for name, how in changes.items()
    )


def _wait_opened(program: Program, state: State, record: r.WaitOpened) -> None:
    scope = state.scopes[record.scope]
    if scope.waits is None:
        scope.waits = {}
    waits = scope.waits.setdefault(record.n * state.size + record.node, {})
    kept = waits[record.event].kept if record.event in waits else None
    wait = Wait(record.count, record.due, record.name, record.key, late=record.late, kept=kept)
    waits[record.event] = wait
    definition = program.nodes[record.node].events[record.event]
    if definition.trigger is Trigger.SIGNAL:
        note_listening(program, state, record)
    if program.watches and follows(definition):
        _note_watching(state, scope)
    if definition.condition is not None:
        state.agenda.todo.append((record.scope, record.node, CHECK, record.n, None))


def _triggered(program: Program, state: State, record: r.Triggered) -> None:
    """A wait is over; the conditions of a node that still waits for others are to be looked at."""
    scope = state.scopes[record.scope]
    assert scope.waits is not None
    key = record.n * state.size + record.node
    left = scope.waits[key]
    if state.listening is not None:
        forget_listening(state, scope, key, {record.event: left[record.event]})
    kept = left.pop(record.event).kept
    if left and (kept or record.values):
        event = next(iter(left))
        kept = {**(left[event].kept or {}), **(kept or {}), **(record.values or {})}
        left[event] = msgspec.structs.replace(left[event], kept=kept)
    node = program.nodes[record.node]
    if node.needs_all and any(node.events[event].condition for event in left):
        state.agenda.todo.append((record.scope, record.node, CHECK, record.n, None))
    if not left:
        del scope.waits[key]
    scope.waits = scope.waits or None


def _key_filled(program: Program, state: State, record: r.KeyFilled) -> None:
    """What a message says is known from now on, of what is waited for already as well."""
    scope = state.scopes[record.scope]
    scope.keys = {**(scope.keys or {}), **record.keys}
    for waiting in (scope, *descendants(state, scope)):
        for key, waits in (waiting.waits or {}).items():
            events = program.nodes[split_key(state, key)[0]].events
            for event in [event for event, wait in waits.items() if OPEN in wait.key]:
                filled = _filled(waits[event].key, events[event].parts, record.keys)
                waits[event] = msgspec.structs.replace(waits[event], key=filled)


def _filled(key: str, parts: Sequence[KeyPart], values: Mapping[str, str]) -> str:
    """A key in which what was open is filled with these values."""
    known = zip(parts, key.split(BETWEEN, len(parts) - 1), strict=True)
    return BETWEEN.join([values.get(p.property, o) if o == OPEN else o for p, o in known])


def _condition_turned(_program: Program, state: State, record: r.ConditionTurned) -> None:
    scope = state.scopes[record.scope]
    assert scope.waits is not None
    waits = scope.waits[record.n * state.size + record.node]
    old = waits[record.event]
    waits[record.event] = msgspec.structs.replace(old, holds=record.holds)


def _signal_thrown(program: Program, state: State, record: r.SignalThrown) -> None:
    look_for_listeners(program, state)
    state.agenda.effects.append(record)


HAPPENINGS: Final[Mapping[type, Evolve]] = {
    r.WaitOpened: _wait_opened,
    r.Triggered: _triggered,
    r.KeyFilled: _key_filled,
    r.ConditionTurned: _condition_turned,
    r.SignalThrown: _signal_thrown,
}
