"""Rows of `EVOLVE`: activations, their turns, work, data and incidents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from bpmn_xml.compiler.program import Node, Program
from bpmn_xml.core import records as r
from bpmn_xml.core.evolve.active import alter_active, count, drop_active, put_active
from bpmn_xml.core.evolve.completions import (
    drop_undoing,
    forget,
    forget_led_to,
    note_led_to,
    remember,
)
from bpmn_xml.core.evolve.happenings import close_waits, watch, written
from bpmn_xml.core.evolve.moves import note_end
from bpmn_xml.core.state import (
    CHOOSE,
    FRESH,
    LEAVE,
    NOT_HALTED,
    Activation,
    Completion,
    Evolve,
    Incident,
    Scope,
    State,
    Turns,
    has_inside,
    holds_all,
    is_at_work,
)
from bpmn_xml.core.words import HALTED, WORKING


def _activated(program: Program, state: State, record: r.Activated) -> None:
    scope = state.scopes[record.scope]
    node = record.node
    fresh = FRESH if record.payload is None else Activation(payload=record.payload)
    put_active(scope, record.n * state.size + node, fresh)
    if node in program.counted:
        count(scope, node, record.n)
    if scope.children or (
        (scope.parked or scope.resets) and program.containers[scope.container].reaching
    ):
        state.agenda.unsettled.append(record.scope)


def _person_asked(_program: Program, state: State, record: r.PersonAsked) -> None:
    scope, key = state.scopes[record.scope], record.n * state.size + record.node
    alter_active(scope, key, task_settings=record.values)


def _completed(program: Program, state: State, record: r.Completed) -> None:
    scope = state.scopes[record.scope]
    drop_active(scope, record.n * state.size + record.node)
    if scope.waits:
        close_waits(program, state, scope, record)
    if record.values:
        if program.watches:
            watch(program, state, scope, written(scope, record.values))
        scope.variables.update(record.values)
    if program.compensates:
        _remember(program, state, scope, record)
    if program.evaluates_ad_hoc:
        _choose(program, state, scope, program.nodes[record.node])


def _choose(program: Program, state: State, scope: Scope, done: Node) -> None:
    """Queue the question that an ad-hoc sub-process asks when an activity inside was completed."""
    ad_hoc = program.nodes[scope.node].ad_hoc
    if scope.index >= 0 or scope.parent is None or ad_hoc is None:
        return
    if ad_hoc.until and not (ad_hoc.by_path and done.outgoing):
        state.agenda.todo.append((scope.parent, scope.node, CHOOSE, scope.n, None))


def _remember(program: Program, state: State, scope: Scope, record: r.Completed) -> None:
    """A task was completed that can be undone; what has an inside is remembered with it."""
    node, key = program.nodes[record.node], record.n * state.size + record.node
    if node.undoes and not has_inside(node) and is_at_work(node, scope):
        remember(scope, key, [Completion(record.node, record.n)])
    forget_led_to(scope, key)


def _dropped(program: Program, state: State, record: r.TokenDropped) -> None:
    scope = state.scopes[record.scope]
    key = record.n * state.size + record.node
    drop_active(scope, key)
    forget_led_to(scope, key)
    scope.dropped = True
    if scope.waits:
        close_waits(program, state, scope, record)
    state.agenda.unsettled.append(record.scope)


def _cancelled(program: Program, state: State, record: r.Cancelled) -> None:
    scope = state.scopes[record.scope]
    key = record.n * state.size + record.node
    drop_active(scope, key)
    if scope.waits:
        close_waits(program, state, scope, record)
    _forget_incident(scope, key)
    _forget_loop(scope, key)
    if program.compensates:
        if program.nodes[record.node].loop is not None:
            forget(scope, record.node, record.n)
        forget_led_to(scope, key)
        drop_undoing(scope, key)
    state.agenda.unsettled.append(record.scope)


def _loop_started(_program: Program, state: State, record: r.LoopStarted) -> None:
    scope = state.scopes[record.scope]
    if scope.loops is None:
        scope.loops = {}
    scope.loops[record.n * state.size + record.node] = Turns(record.total, record.items)


def _loop_instance_done(_program: Program, state: State, record: r.LoopInstanceDone) -> None:
    loops = state.scopes[record.scope].loops
    assert loops is not None
    loops[record.n * state.size + record.node].results[record.index] = record.value


def _loop_ended(_program: Program, state: State, record: r.LoopEnded) -> None:
    _forget_loop(state.scopes[record.scope], record.n * state.size + record.node)
    state.agenda.todo.append((record.scope, record.node, LEAVE, record.n, None))


def _forget_loop(scope: Scope, key: int) -> None:
    if scope.loops is not None:
        scope.loops.pop(key, None)
        scope.loops = scope.loops or None


def _variables_written(program: Program, state: State, record: r.VariablesWritten) -> None:
    scope = state.scopes[record.scope]
    if program.watches:
        watch(program, state, scope, written(scope, record.values))
    scope.variables.update(record.values)


def _variables_removed(program: Program, state: State, record: r.VariablesRemoved) -> None:
    scope = state.scopes[record.scope]
    if program.watches:
        watch(program, state, scope, dict.fromkeys(record.names, "delete"))
    for name in record.names:
        del scope.variables[name]


def _answered(_program: Program, state: State, record: r.Answered) -> None:
    scope = state.scopes[record.scope]
    scope.answers = {**(scope.answers or {}), **record.values}


def _job_failed(_program: Program, state: State, record: r.JobFailed) -> None:
    scope, key = state.scopes[record.scope], record.n * state.size + record.node
    given = {} if record.waits is None else {"waits": record.waits}
    alter_active(scope, key, attempts=record.attempt, due=record.due, **given)


def _job_retried(_program: Program, state: State, record: r.JobRetried) -> None:
    scope, key = state.scopes[record.scope], record.n * state.size + record.node
    alter_active(scope, key, due=0)


def _error_thrown(program: Program, state: State, record: r.ErrorThrown) -> None:
    note_end(program, state, state.scopes[record.scope], record.node)
    if record.uncaught:
        state.error = record


def _incident_raised(program: Program, state: State, record: r.IncidentRaised) -> None:
    scope = state.scopes[record.scope]
    if record.host:
        note_led_to(scope, record.host * state.size + program.nodes[record.node].host)
    if scope.incidents is None:
        scope.incidents = {}
    key = record.n * state.size + record.node
    scope.incidents[key] = Incident(record.message, record.detail)
    if record.stage == HALTED:
        state.agenda = msgspec.structs.replace(state.agenda, halted=record.node)
    elif record.stage:
        old, payload = scope.active[key], record.payload
        payload = old.payload if payload is None else payload
        alter_active(scope, key, stage=record.stage, payload=payload)


def _incident_resolved(_program: Program, state: State, record: r.IncidentResolved) -> None:
    scope = state.scopes[record.scope]
    key = record.n * state.size + record.node
    _forget_incident(scope, key)
    if holds_all(state, record.scope, record.node, record.n):
        state.agenda = msgspec.structs.replace(state.agenda, halted=NOT_HALTED, steps=0)
    if key in scope.active:
        alter_active(scope, key, attempts=0, due=0, stage=WORKING, waits=None)
    state.agenda.unsettled.append(record.scope)


def _forget_incident(scope: Scope, key: int) -> None:
    if scope.incidents is not None and key in scope.incidents:
        del scope.incidents[key]
        scope.incidents = scope.incidents or None


ACTIVITIES: Final[Mapping[type, Evolve]] = {
    r.Activated: _activated,
    r.PersonAsked: _person_asked,
    r.Completed: _completed,
    r.TokenDropped: _dropped,
    r.Cancelled: _cancelled,
    r.LoopStarted: _loop_started,
    r.LoopInstanceDone: _loop_instance_done,
    r.LoopEnded: _loop_ended,
    r.VariablesWritten: _variables_written,
    r.VariablesRemoved: _variables_removed,
    r.Answered: _answered,
    r.JobFailed: _job_failed,
    r.JobRetried: _job_retried,
    r.ErrorThrown: _error_thrown,
    r.IncidentRaised: _incident_raised,
    r.IncidentResolved: _incident_resolved,
}
