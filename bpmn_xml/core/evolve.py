"""Apply records to state. Nothing else in the package changes state.

`EVOLVE` has a row for every type of record. Empty collections of a scope are None, so that equal
states have one form. Replaying a batch is `replay`: no decision is made again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from bpmn_xml.compiler.program import Program
from bpmn_xml.core import records as r
from bpmn_xml.core.state import (
    ARRIVE,
    CHECK,
    FRESH,
    LEAVE,
    PASS,
    REPEAT,
    WORKING,
    Activation,
    Incident,
    Scope,
    State,
    Turns,
    Wait,
    child_path,
    descendants,
    split_key,
)


def replay(program: Program, state: State, batch: r.Batch) -> None:
    """Bring the state from before the batch to after it."""
    for record in batch.records:
        EVOLVE[type(record)](program, state, record)
    close_batch(state, batch)


def close_batch(state: State, batch: r.Batch) -> None:
    """Note the batch and drop what it worked off from the queues."""
    state.seq, state.time = batch.seq, batch.time
    if batch.more:
        del state.todo[: batch.arrived]
        del state.effects[: batch.applied]
        del state.unsettled[: batch.settled]
    else:
        state.todo.clear()
        state.effects.clear()
        state.unsettled.clear()


def _instance_started(_program: Program, state: State, record: r.InstanceStarted) -> None:
    state.program = record.program
    state.scopes[""] = Scope("", record.container)


def _instance_ended(_program: Program, state: State, record: r.InstanceEnded) -> None:
    root = state.scopes[""]
    state.scopes = {"": Scope("", root.container, variables=root.variables)}
    state.outcome = record.outcome
    state.todo.clear()
    state.effects.clear()
    state.unsettled.clear()


def _unchanged(_program: Program, _state: State, _record: object) -> None:
    """Some records only tell."""


def _scope_opened(program: Program, state: State, record: r.ScopeOpened) -> None:
    parent = state.scopes[record.scope]
    path = child_path(record.scope, record.node, record.n, record.index)
    where = record.scope, record.node, record.n, record.index, record.instance
    container = parent.container if record.index >= 0 else program.nodes[record.node].body
    key = record.n * state.size + record.node
    if record.instance:
        assert parent.loops is not None
        parent.loops[key].opened = record.index + 1
    elif record.index >= 0:
        parent.active[key] = msgspec.structs.replace(parent.active[key], emitted=record.index + 1)
    state.scopes[path] = Scope(path, container, *where)
    if parent.children is None:
        parent.children = {}
    parent.children[path] = None
    if record.index < 0:
        state.unsettled.append(path)


def _scope_closed(_program: Program, state: State, record: r.ScopeClosed) -> None:
    scope = state.scopes.pop(record.scope)
    assert scope.parent is not None
    parent = state.scopes[scope.parent]
    assert parent.children is not None
    del parent.children[record.scope]
    if not parent.children:
        parent.children = None
        state.unsettled.append(parent.path)
    if record.completed and (scope.index < 0 or scope.instance):
        step = REPEAT if scope.instance else LEAVE
        state.todo.append((parent.path, scope.node, step, scope.n, None))


def _token_placed(_program: Program, state: State, record: r.TokenPlaced) -> None:
    state.todo.append((record.scope, record.node, ARRIVE, -1, record.payload))


def _flow_taken(program: Program, state: State, record: r.FlowTaken) -> None:
    flow = program.flows[record.flow]
    if flow.parks:
        scope = state.scopes[record.scope]
        if scope.parked is None:
            scope.parked = {}
        scope.parked.setdefault(record.flow, []).append(record.payload)
        if not scope.active or scope.children or program.containers[scope.container].reaching:
            state.unsettled.append(record.scope)
    step = PASS if flow.decided else ARRIVE
    state.todo.append((record.scope, flow.target, step, record.flow, record.payload))


def _joined(_program: Program, state: State, record: r.Joined) -> None:
    scope = state.scopes[record.scope]
    assert scope.parked is not None
    for flow in record.flows:
        _take_parked(scope, flow)


def _take_parked(scope: Scope, flow: int) -> None:
    assert scope.parked is not None
    arrivals = scope.parked[flow]
    del arrivals[0]
    if not arrivals:
        del scope.parked[flow]
    if not scope.parked:
        scope.parked = None


def _arrival_read(_program: Program, state: State, record: r.ArrivalRead) -> None:
    scope = state.scopes[record.scope]
    if scope.read is None:
        scope.read = {}
    scope.read[record.flow] = scope.read.get(record.flow, 0) + 1


def _arrival_spent(_program: Program, state: State, record: r.ArrivalSpent) -> None:
    scope = state.scopes[record.scope]
    _take_parked(scope, record.flow)
    assert scope.read is not None
    del scope.read[record.flow]
    scope.read = scope.read or None
    state.unsettled.append(record.scope)


def _token_consumed(_program: Program, state: State, record: r.TokenConsumed) -> None:
    state.unsettled.append(record.scope)


def _activated(program: Program, state: State, record: r.Activated) -> None:
    scope = state.scopes[record.scope]
    node = record.node
    fresh = FRESH if record.payload is None else Activation(payload=record.payload)
    scope.active[record.n * state.size + node] = fresh
    if not program.nodes[node].once:
        if scope.counts is None:
            scope.counts = {}
        scope.counts[node] = record.n
    if scope.children or (scope.parked and program.containers[scope.container].reaching):
        state.unsettled.append(record.scope)


def _completed(program: Program, state: State, record: r.Completed) -> None:
    scope = state.scopes[record.scope]
    del scope.active[record.n * state.size + record.node]
    if scope.waits:
        _close_waits(program, state, scope, record)
    if record.values:
        scope.variables.update(record.values)
        if program.watches:
            _watch(program, state, scope)


def _dropped(program: Program, state: State, record: r.TokenDropped) -> None:
    scope = state.scopes[record.scope]
    del scope.active[record.n * state.size + record.node]
    scope.dropped = True
    if scope.waits:
        _close_waits(program, state, scope, record)
    state.unsettled.append(record.scope)


def _cancelled(program: Program, state: State, record: r.Cancelled) -> None:
    scope = state.scopes[record.scope]
    key = record.n * state.size + record.node
    del scope.active[key]
    if scope.waits:
        _close_waits(program, state, scope, record)
    _forget_incident(scope, key)
    _forget_loop(scope, key)
    state.unsettled.append(record.scope)


def _close_waits(
    program: Program, state: State, scope: Scope, record: r.Completed | r.Cancelled | r.TokenDropped
) -> None:
    """An activation is over, and with it all that waited on its behalf."""
    assert scope.waits is not None
    for waiter in program.nodes[record.node].waiters:
        scope.waits.pop(record.n * state.size + waiter, None)
    scope.waits = scope.waits or None


def _wait_opened(program: Program, state: State, record: r.WaitOpened) -> None:
    scope = state.scopes[record.scope]
    if scope.waits is None:
        scope.waits = {}
    key = record.n * state.size + record.node
    wait = Wait(record.count, record.due, record.name, record.key)
    scope.waits.setdefault(key, {})[record.event] = wait
    if program.nodes[record.node].events[record.event].condition is not None:
        state.todo.append((record.scope, record.node, CHECK, record.n, None))


def _triggered(_program: Program, state: State, record: r.Triggered) -> None:
    scope = state.scopes[record.scope]
    assert scope.waits is not None
    key = record.n * state.size + record.node
    del scope.waits[key][record.event]
    if not scope.waits[key]:
        del scope.waits[key]
    scope.waits = scope.waits or None


def _condition_turned(_program: Program, state: State, record: r.ConditionTurned) -> None:
    scope = state.scopes[record.scope]
    assert scope.waits is not None
    waits = scope.waits[record.n * state.size + record.node]
    old = waits[record.event]
    waits[record.event] = msgspec.structs.replace(old, holds=record.holds)


def _watch(program: Program, state: State, scope: Scope) -> None:
    """Data changed: conditions that see it are to be looked at."""
    for seeing in (scope, *descendants(state, scope)):
        for key in seeing.waits or ():
            node, n = split_key(state, key)
            if any(event.condition for event in program.nodes[node].events):
                state.todo.append((seeing.path, node, CHECK, n, None))


_GONE = ("-", 0, ARRIVE, 0, None)


def _scope_interrupted(_program: Program, state: State, record: r.ScopeInterrupted) -> None:
    scope = state.scopes[record.scope]
    scope.parked = scope.read = scope.waits = None
    state.todo[:] = [_GONE if entry[0] == record.scope else entry for entry in state.todo]


def _loop_started(_program: Program, state: State, record: r.LoopStarted) -> None:
    scope = state.scopes[record.scope]
    if scope.loops is None:
        scope.loops = {}
    scope.loops[record.n * state.size + record.node] = Turns(record.total, record.items)


def _loop_instance_done(_program: Program, state: State, record: r.LoopInstanceDone) -> None:
    loops = state.scopes[record.scope].loops
    assert loops is not None
    turns = loops[record.n * state.size + record.node]
    turns.done += 1
    turns.results[record.index] = record.value


def _loop_ended(_program: Program, state: State, record: r.LoopEnded) -> None:
    _forget_loop(state.scopes[record.scope], record.n * state.size + record.node)
    state.todo.append((record.scope, record.node, LEAVE, record.n, None))


def _forget_loop(scope: Scope, key: int) -> None:
    if scope.loops is not None:
        scope.loops.pop(key, None)
        scope.loops = scope.loops or None


def _signal_thrown(_program: Program, state: State, record: r.SignalThrown) -> None:
    state.effects.append(("signal", record.scope, record.node, record.name, record.values))


def _escalation_thrown(_program: Program, state: State, record: r.EscalationThrown) -> None:
    state.effects.append(("escalation", record.scope, record.node, record.code, None))


def _variables_written(program: Program, state: State, record: r.VariablesWritten) -> None:
    scope = state.scopes[record.scope]
    scope.variables.update(record.values)
    if program.watches:
        _watch(program, state, scope)


def _job_failed(_program: Program, state: State, record: r.JobFailed) -> None:
    active = state.scopes[record.scope].active
    key = record.n * state.size + record.node
    active[key] = msgspec.structs.replace(active[key], attempts=record.attempt, due=record.due)


def _job_retried(_program: Program, state: State, record: r.JobRetried) -> None:
    active = state.scopes[record.scope].active
    key = record.n * state.size + record.node
    active[key] = msgspec.structs.replace(active[key], due=0)


def _incident_raised(_program: Program, state: State, record: r.IncidentRaised) -> None:
    scope = state.scopes[record.scope]
    if scope.incidents is None:
        scope.incidents = {}
    key = record.n * state.size + record.node
    scope.incidents[key] = Incident(record.message, record.detail)
    if record.stage:
        old, payload = scope.active[key], record.payload
        payload = old.payload if payload is None else payload
        new = msgspec.structs.replace(old, stage=record.stage, payload=payload)
        scope.active[key] = new


def _incident_resolved(_program: Program, state: State, record: r.IncidentResolved) -> None:
    scope = state.scopes[record.scope]
    key = record.n * state.size + record.node
    _forget_incident(scope, key)
    if key in scope.active:
        old = scope.active[key]
        scope.active[key] = msgspec.structs.replace(old, attempts=0, due=0, stage=WORKING)
    state.unsettled.append(record.scope)


def _forget_incident(scope: Scope, key: int) -> None:
    if scope.incidents is not None and key in scope.incidents:
        del scope.incidents[key]
        scope.incidents = scope.incidents or None


Evolve = Callable[[Program, State, Any], None]

EVOLVE: Final[Mapping[type, Evolve]] = {
    r.InstanceStarted: _instance_started,
    r.InstanceEnded: _instance_ended,
    r.TimeClamped: _unchanged,
    r.ScopeOpened: _scope_opened,
    r.ScopeClosed: _scope_closed,
    r.TokenPlaced: _token_placed,
    r.FlowTaken: _flow_taken,
    r.Passed: _unchanged,
    r.Joined: _joined,
    r.ArrivalRead: _arrival_read,
    r.ArrivalSpent: _arrival_spent,
    r.TokenConsumed: _token_consumed,
    r.Activated: _activated,
    r.Completed: _completed,
    r.TokenDropped: _dropped,
    r.Cancelled: _cancelled,
    r.WaitOpened: _wait_opened,
    r.Triggered: _triggered,
    r.ConditionTurned: _condition_turned,
    r.ScopeInterrupted: _scope_interrupted,
    r.LoopStarted: _loop_started,
    r.LoopInstanceDone: _loop_instance_done,
    r.LoopEnded: _loop_ended,
    r.MessageThrown: _unchanged,
    r.SignalThrown: _signal_thrown,
    r.EscalationThrown: _escalation_thrown,
    r.VariablesWritten: _variables_written,
    r.JobFailed: _job_failed,
    r.JobRetried: _job_retried,
    r.ResultDiscarded: _unchanged,
    r.ErrorThrown: _unchanged,
    r.IncidentRaised: _incident_raised,
    r.IncidentResolved: _incident_resolved,
}
