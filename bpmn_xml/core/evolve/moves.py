"""Rows of `EVOLVE`: tokens and scopes come and go."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import msgspec

from bpmn_xml.compiler.program import NONE, Program
from bpmn_xml.core import records as r
from bpmn_xml.core.evolve.active import alter_active
from bpmn_xml.core.evolve.completions import note_led_to, remember_inside, take_turn
from bpmn_xml.core.evolve.listening import end_waits
from bpmn_xml.core.state import (
    ARRIVE,
    LEAVE,
    NOT_HALTED,
    PASS,
    REPEAT,
    UNDO,
    Evolve,
    Incident,
    Scope,
    State,
    TurnDone,
    child_path,
    container_scope,
    has_items,
)
from bpmn_xml.core.values import Values
from bpmn_xml.core.words import AGAIN, APART, INSIDE, ITEM, TURN

NO_OTHER: Final[tuple[int, ...]] = ()
"""The activities that begin later where it is enough: none does any more."""

NOWHERE: Final = "-"
"""The path of no scope: what is queued there is void."""


def _instance_started(_program: Program, state: State, record: r.InstanceStarted) -> None:
    state.scopes[""] = Scope("", record.container)


def _instance_ended(program: Program, state: State, record: r.InstanceEnded) -> None:
    if record.outcome == "terminated":
        note_end(program, state, state.scopes[""], record.node)
    end_instance(state, record.outcome)
    agenda = state.agenda
    agenda.todo.clear()
    agenda.cuts.clear()
    agenda.effects.clear()
    agenda.unsettled.clear()
    if agenda.halted != NOT_HALTED:
        state.agenda = msgspec.structs.replace(agenda, halted=NOT_HALTED)


def _scope_opened(program: Program, state: State, record: r.ScopeOpened) -> None:
    parent, node = state.scopes[record.scope], program.nodes[record.node]
    path = child_path(record.scope, record.node, record.n, record.index)
    where, role = (record.scope, record.node, record.n, record.index), record.role
    container = parent.container
    if role == INSIDE:
        container = node.body if record.container == NONE else record.container
        role = APART if node.call is not None and node.call.apart else INSIDE
        state.agenda.unsettled.append(path)
    scope = state.scopes[path] = Scope(path, container, *where, role)
    key = record.n * state.size + record.node
    if role == TURN and key in (parent.undoing or ()):
        take_turn(program, scope, (parent.undoing or {})[key])
    elif role == TURN:
        assert parent.loops is not None
        parent.loops[key].opened = record.index + 1
    elif role == ITEM:
        alter_active(parent, key, emitted=record.index + 1)
    if parent.children is None:
        parent.children = {}
    parent.children[path] = None


def _scope_closed(program: Program, state: State, record: r.ScopeClosed) -> None:
    scope = state.scopes.pop(record.scope)
    assert scope.parent is not None
    parent = state.scopes[scope.parent]
    assert parent.children is not None
    del parent.children[record.scope]
    end_waits(state, scope, [*scope.waits] if scope.waits else ())
    if parent.watching:
        parent.watching.pop(record.scope, None)
        parent.watching = parent.watching or None
    if not parent.children:
        parent.children = None
        state.agenda.unsettled.append(parent.path)
    elif scope.role == ITEM and _only_handlers_are_left(program, state, parent):
        state.agenda.unsettled.append(parent.path)
    again = scope.role in AGAIN
    undone = again and scope.n * state.size + scope.node in (parent.undoing or ())
    if scope.terminated:
        parent.terminated |= parent.role in AGAIN
    elif record.completed and program.compensates and not undone:
        remember_inside(program, state, scope, parent)
    if record.completed and (scope.index < 0 or again):
        turn = scope.role == TURN
        told = _counted(program, state, scope, parent) if turn else None
        step = UNDO if undone else REPEAT if turn else LEAVE
        state.agenda.todo.append((parent.path, scope.node, step, scope.n, told))


def _only_handlers_are_left(program: Program, state: State, parent: Scope) -> bool:
    """Whether the last item of a scope has gone in which event sub-processes go on (13.5.4)."""
    return bool(program.containers[parent.container].handlers) and not has_items(state, parent)


def _counted(program: Program, state: State, scope: Scope, parent: Scope) -> TurnDone | None:
    """Count a turn, however its token ended: how far its activity has come by now."""
    turns = (parent.loops or {}).get(scope.n * state.size + scope.node)
    if turns is None:
        return None
    turns.done += 1
    turns.terminated += scope.terminated
    loop = program.nodes[scope.node].loop
    asked = loop is not None and (loop.until is not None or loop.announces)
    own = {**scope.variables, **(scope.answers or {})} if asked else {}
    return TurnDone(turns.done, turns.terminated, own)


def end_instance(state: State, outcome: str) -> None:
    """Nothing but the variables is left."""
    root = state.scopes[""]
    state.scopes = {"": Scope("", root.container, variables=root.variables)}
    state.outcome, state.listening = outcome, None


def note_end(program: Program, state: State, scope: Scope, node: int) -> None:
    """A token is done: remember where, if that is an end event of the process itself."""
    if program.nodes[node].is_end and _is_in_the_process(state, scope):
        ends = state.ends
        state.ends = (*filter(node.__ne__, ends), node) if ends else (node,)


def _is_in_the_process(state: State, scope: Scope) -> bool:
    """Whether a scope is the process itself, or an item there."""
    if scope.parent is None:
        return True
    return scope.index >= 0 and container_scope(state, scope).parent is None


def _handlers_closed(program: Program, state: State, record: r.HandlersClosed) -> None:
    scope = state.scopes[record.scope]
    handlers = program.containers[scope.container].handlers
    end_waits(state, scope, handlers)


def _scope_interrupted(program: Program, state: State, record: r.ScopeInterrupted) -> None:
    scope = state.scopes[record.scope]
    rules = program.containers[scope.container].rules
    end_waits(state, scope, [*(scope.waits or ())])
    scope.parked = scope.read = scope.resets = None
    scope.queued = NO_OTHER
    scope.incidents, scope.terminated = _holding(state, scope), not rules.cut_completes
    state.agenda.cuts[record.scope] = len(state.agenda.todo)


def _holding(state: State, scope: Scope) -> dict[int, Incident] | None:
    """The incident that holds the whole instance, if it stands here: only a person takes it away.

    It is that of activation 0, whose key is the node.
    """
    halted = state.agenda.halted
    if halted == NOT_HALTED or scope.parent is not None:
        return None
    assert scope.incidents is not None
    return {halted: scope.incidents[halted]}


def _activities_queued(program: Program, state: State, record: r.ActivitiesQueued) -> None:
    scope = state.scopes[record.scope]
    ad_hoc = program.nodes[scope.node].ad_hoc
    sequential = ad_hoc is None or ad_hoc.sequential
    scope.queued = record.nodes or (None if sequential else NO_OTHER)
    if not (record.nodes or ad_hoc is None or sequential or ad_hoc.by_path):
        _begin_no_other(state, scope)


def _begin_no_other(state: State, scope: Scope) -> None:
    """Drop the tokens on their way in a scope, and at its end what is parked in it."""
    todo = state.agenda.todo
    for place, (path, node, step, flow, payload) in enumerate(todo):
        if path == scope.path and step in (ARRIVE, PASS):
            todo[place] = (NOWHERE, node, step, flow, payload)
    scope.dropped = True
    state.agenda.unsettled.append(scope.path)


def _token_placed(program: Program, state: State, record: r.TokenPlaced) -> None:
    if record.host:
        host = record.host * state.size + program.nodes[record.node].host
        note_led_to(state.scopes[record.scope], host)
    state.agenda.todo.append((record.scope, record.node, ARRIVE, -1, record.payload))


def _flow_taken(program: Program, state: State, record: r.FlowTaken) -> None:
    flow = program.flows[record.flow]
    if flow.parks:
        scope = state.scopes[record.scope]
        park(scope, record.flow, record.payload)
        if not scope.active or scope.children or program.containers[scope.container].reaching:
            state.agenda.unsettled.append(record.scope)
    step = PASS if flow.decided else ARRIVE
    state.agenda.todo.append((record.scope, flow.target, step, record.flow, record.payload))


def _joined(_program: Program, state: State, record: r.Joined) -> None:
    scope = state.scopes[record.scope]
    assert scope.parked is not None
    for flow in record.flows:
        take_parked(scope, flow)
    if scope.read:
        forget_read(scope, record.flows)


def _reset_awaited(_program: Program, state: State, record: r.ResetAwaited) -> None:
    scope = state.scopes[record.scope]
    scope.resets = {**(scope.resets or {}), record.node: record.flows}
    state.agenda.unsettled.append(record.scope)


def _gateway_reset(_program: Program, state: State, record: r.GatewayReset) -> None:
    scope = state.scopes[record.scope]
    assert scope.resets is not None
    del scope.resets[record.node]
    scope.resets = scope.resets or None
    for flow in record.flows:
        take_parked(scope, flow)
    state.agenda.unsettled.append(record.scope)


def park(scope: Scope, flow: int, payload: Values | None = None) -> None:
    """A token has come on a flow, and waits there."""
    if scope.parked is None:
        scope.parked = {flow: [payload]}
    else:
        scope.parked.setdefault(flow, []).append(payload)


def take_parked(scope: Scope, flow: int) -> None:
    """The oldest arrival on a flow is used up."""
    parked = scope.parked
    assert parked is not None
    if len(parked[flow]) > 1:
        del parked[flow][0]
    elif len(parked) > 1:
        del parked[flow]
    else:
        scope.parked = None


def forget_read(scope: Scope, flows: Iterable[int]) -> None:
    """What items have read on these flows is gone."""
    assert scope.read is not None
    left = scope.read.keys() - set(flows)
    scope.read = {flow: times for flow, times in scope.read.items() if flow in left} or None


def _arrival_read(_program: Program, state: State, record: r.ArrivalRead) -> None:
    scope = state.scopes[record.scope]
    if scope.read is None:
        scope.read = {}
    scope.read[record.flow] = scope.read.get(record.flow, 0) + 1


def _arrival_spent(_program: Program, state: State, record: r.ArrivalSpent) -> None:
    scope = state.scopes[record.scope]
    take_parked(scope, record.flow)
    forget_read(scope, (record.flow,))
    state.agenda.unsettled.append(record.scope)


def _token_consumed(program: Program, state: State, record: r.TokenConsumed) -> None:
    note_end(program, state, state.scopes[record.scope], record.node)
    state.agenda.unsettled.append(record.scope)


MOVES: Final[Mapping[type, Evolve]] = {
    r.InstanceStarted: _instance_started,
    r.InstanceEnded: _instance_ended,
    r.ScopeOpened: _scope_opened,
    r.ScopeClosed: _scope_closed,
    r.ActivitiesQueued: _activities_queued,
    r.TokenPlaced: _token_placed,
    r.FlowTaken: _flow_taken,
    r.Joined: _joined,
    r.ResetAwaited: _reset_awaited,
    r.GatewayReset: _gateway_reset,
    r.ArrivalRead: _arrival_read,
    r.ArrivalSpent: _arrival_spent,
    r.TokenConsumed: _token_consumed,
    r.ScopeInterrupted: _scope_interrupted,
    r.HandlersClosed: _handlers_closed,
}
