"""Rows of `EVOLVE`: what was completed and can be undone is remembered until it is undone.

`Scope.done` lists completions in order; what was completed inside an activity stands before it,
and the activity before what an event at its border led to: that is undone first (13.5.5). So what
was completed before such an event is kept apart, as long as the activity goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from bpmn_xml.compiler.program import NONE, Kind, Program, Trigger, is_about
from bpmn_xml.core import records as r
from bpmn_xml.core.evolve.listening import end_waits
from bpmn_xml.core.state import (
    UNDO,
    Completion,
    Evolve,
    LedTo,
    Scope,
    State,
    Undoing,
    completed,
    layers,
)
from bpmn_xml.core.words import TURN


def remember(scope: Scope, key: int, done: Sequence[Completion]) -> None:
    """Note a completed activity that can be compensated later (10.7), by its activation key."""
    led_to = scope.led_to
    if led_to is not None and key in led_to.at:
        led_to.parts[led_to.at[key]] += done
        led_to.size += len(done)
    elif done:
        scope.done = known = scope.done or []
        known += done


def note_led_to(scope: Scope, host: int) -> None:
    """Something has happened at the border of an activity, for the first time or again."""
    led_to = scope.led_to = scope.led_to or LedTo()
    if host in led_to.at:
        return
    led_to.at[host] = len(led_to.parts)
    led_to.size += len(scope.done or ())
    led_to.parts.append(scope.done or [])
    scope.done = None


def forget_led_to(scope: Scope, host: int) -> None:
    """An activity is over; parts between which nothing has to be put any more become one."""
    led_to = scope.led_to
    if led_to is None or led_to.at.pop(host, None) is None:
        return
    if len(led_to.parts) > 2 * len(led_to.at):
        _join(scope, led_to)


def _join(scope: Scope, led_to: LedTo) -> None:
    hosts = {part: host for host, part in led_to.at.items()}
    joined = led_to.parts[:1]
    for part, done in enumerate([*led_to.parts[1:], scope.done or []]):
        if part in hosts:
            led_to.at[hosts[part]] = len(joined) - 1
            joined.append(done)
        else:
            joined[-1] += done
    *led_to.parts, last = joined
    led_to.size = sum(map(len, led_to.parts))
    scope.done, scope.led_to = last or None, led_to if led_to.at else None


def remember_inside(program: Program, state: State, scope: Scope, parent: Scope) -> None:
    """A scope is completed: what was completed in it is known to the scope around it."""
    key = scope.n * state.size + scope.node
    if scope.index >= 0:
        remember(parent, key, list(_with_data(scope)))
    elif program.nodes[scope.node].undoes:
        inner = completed(scope)
        own = scope.variables, len(inner), scope.container
        remember(parent, key, [*inner, Completion(scope.node, scope.n, *own)])


def _with_data(scope: Scope) -> Iterator[Completion]:
    """What was completed in an item or a turn keeps the data that was its own."""
    done = completed(scope)
    for first, last in _activities(done):
        yield from done[first:last]
        n = scope.n if scope.node == done[last].node else done[last].n
        variables = {**scope.variables, **done[last].variables}
        yield msgspec.structs.replace(done[last], n=n, variables=variables)


def _activities(done: Sequence[Completion]) -> list[tuple[int, int]]:
    """Where each activity that is inside no other stands: the first inside it, and itself."""
    found, last = list[tuple[int, int]](), len(done) - 1
    while last >= 0:
        first = last - done[last].inside
        found.append((first, last))
        last = first - 1
    return found[::-1]


def _take(state: State, scope: Scope, activity: int) -> list[Completion]:
    """Take out what is to be undone: one activity, each time it was completed, or all.

    What is still active cannot be compensated (10.7): the turns that it has completed stay.
    """
    return _part(
        scope,
        lambda done: (
            activity in (NONE, done.node) and done.n * state.size + done.node not in scope.active
        ),
    )


def _part(scope: Scope, wanted: Callable[[Completion], bool]) -> list[Completion]:
    """Take some activities out of what was completed, with what was completed inside them."""
    taken, led_to = list[Completion](), scope.led_to
    scope.done = _kept(scope.done or [], wanted, taken) or None
    if led_to is not None:
        later, taken = taken, []
        led_to.parts = [_kept(done, wanted, taken) for done in led_to.parts]
        led_to.size -= len(taken)
        taken += later
    return taken


def _kept(
    done: Sequence[Completion], wanted: Callable[[Completion], bool], taken: list[Completion]
) -> list[Completion]:
    """What is not taken of some completions; the others are added to those `taken`."""
    kept = list[Completion]()
    for first, last in _activities(done):
        (taken if wanted(done[last]) else kept).extend(done[first : last + 1])
    return kept


def _once(program: Program, taken: Sequence[Completion]) -> list[Completion]:
    """One completion of each activity that was done several times and is undone at its border."""
    found, known = list[Completion](), set[tuple[int, int]]()
    for first, last in reversed(_activities(taken)):
        done = taken[last]
        node = program.nodes[done.node]
        at_border = node.undo != NONE and program.nodes[node.undo].kind is Kind.BOUNDARY_EVENT
        if node.loop is None or not at_border:
            found[:0] = taken[first : last + 1]
        elif (done.node, done.n) not in known:
            known.add((done.node, done.n))
            found.insert(0, msgspec.structs.replace(done, variables={}, inside=0))
    return found


def forget(scope: Scope, node: int, n: int) -> None:
    """An activity was cut off: not all turns of it were completed, so none is undone (13.3.7)."""
    _part(scope, lambda done: (done.node, done.n) == (node, n))


def _compensation_thrown(_program: Program, state: State, record: r.CompensationThrown) -> None:
    state.agenda.effects.append(record)


def _compensation_started(program: Program, state: State, record: r.CompensationStarted) -> None:
    scope = state.scopes[record.scope]
    taken = [_take(state, home, record.activity) for home in _homes(program, state, scope)]
    if program.containers[scope.container].rules.undone_once:
        taken = [_once(program, part) for part in taken]
    undoing = Undoing([done for part in reversed(taken) for done in part])
    key = record.n * state.size + record.node
    if is_about(program.nodes[record.node].events, Trigger.CANCEL):
        _close_borders(program, state, scope)
    if scope.undoing and key in scope.undoing:
        scope.undoing[key].left[:0] = undoing.left
        return
    scope.undoing = {**(scope.undoing or {}), key: undoing}
    state.agenda.todo.append((record.scope, record.node, UNDO, record.n, None))


def _close_borders(program: Program, state: State, inside: Scope) -> None:
    """A transaction is cancelled: nothing at its border happens any more while it is undone."""
    transaction = program.nodes[inside.node]
    if inside.parent is None or transaction.kind is not Kind.TRANSACTION:
        return
    around = state.scopes[inside.parent]
    for scope, _, n in layers(state, around, transaction.index, inside.n):
        end_waits(state, scope, [n * state.size + border for border in transaction.boundary])


def _homes(program: Program, state: State, scope: Scope) -> Iterator[Scope]:
    """The scopes whose completions a thrower sees: its own, and around event sub-processes."""
    nodes, containers = program.nodes, program.containers
    yield scope
    while scope.parent is not None and scope.role != TURN:
        around = containers[scope.container].node
        handles = around != NONE and nodes[around].kind is Kind.EVENT_SUB_PROCESS
        if scope.index < 0 and not handles:
            return
        scope = state.scopes[scope.parent]
        yield scope


def take_turn(program: Program, scope: Scope, undoing: Undoing) -> None:
    """A scope in which something is undone begins with what was completed inside that."""
    undoing.opened += 1
    done = undoing.left[-1]
    first = len(undoing.left) - 1 - done.inside
    node = program.nodes[done.node]
    if node.undo == NONE or program.nodes[node.undo].kind is Kind.EVENT_SUB_PROCESS:
        scope.container = done.container
        scope.done = undoing.left[first:-1] or None
    else:
        scope.container = node.container
    del undoing.left[first:]


def _compensation_ended(_program: Program, state: State, record: r.CompensationEnded) -> None:
    scope = state.scopes[record.scope]
    drop_undoing(scope, record.n * state.size + record.node)
    state.agenda.unsettled.append(record.scope)


def drop_undoing(scope: Scope, key: int) -> None:
    """A compensation is over."""
    if scope.undoing is not None:
        scope.undoing.pop(key, None)
        scope.undoing = scope.undoing or None


COMPLETIONS: Final[Mapping[type, Evolve]] = {
    r.CompensationThrown: _compensation_thrown,
    r.CompensationStarted: _compensation_started,
    r.CompensationEnded: _compensation_ended,
}
