"""The row of `EVOLVE` for tokens that have gone the short way: all of it at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bpmn_xml.compiler.program import Program
from bpmn_xml.core import records as r
from bpmn_xml.core.evolve.active import (
    ALONE,
    MOST_SHARED,
    alone,
    count,
    drop_active,
    put_active,
)
from bpmn_xml.core.evolve.moves import end_instance, forget_read, note_end, park, take_parked
from bpmn_xml.core.records.advances import ENDS, WAITS, Along, Place
from bpmn_xml.core.state import FRESH, NONE_ACTIVE, Evolve, Scope, State


def advanced(program: Program, state: State, record: r.Advanced, time: int | None = None) -> None:
    """The same as the rows of its parts where nothing but what it names is concerned.

    Of a batch that is nothing else, as most are, the `time` is noted with it.
    """
    scope, size = state.scopes[record.scope], state.size
    left, to = record.n, record.to
    if record.values:
        variables = scope.variables
        variables |= record.values
    if record.along and scope.parked is not None:
        _use_parked(scope, record.along)
    _, node, n = to[0]
    gone, active = left * size + record.node, scope.active
    if gone < MOST_SHARED:
        lone = active is (ALONE[gone] if left else NONE_ACTIVE)
    else:
        lone = len(active) == 1 and gone in active
    if lone and n > 0 and len(to) == 1:
        key = n * size + node
        scope.active = (key < MOST_SHARED and ALONE[key]) or alone(key)
        if node in program.counted:
            count(scope, node, n)
    elif record.ended:
        note_end(program, state, scope, node)
        end_instance(state, "completed")
    else:
        if lone:
            scope.active = NONE_ACTIVE
        elif left:
            drop_active(scope, gone)
        _come(program, state, scope, to)
    if time is not None:
        state.seq += 1
        state.time = time


def _come(program: Program, state: State, scope: Scope, to: tuple[Place, ...]) -> None:
    """Tokens come to where they are now."""
    flow, node, n = to[0]
    if n == WAITS:
        park(scope, flow)
    elif n == ENDS:
        note_end(program, state, scope, node)
    elif len(to) == 1:
        put_active(scope, n * state.size + node, FRESH)
        if node in program.counted:
            count(scope, node, n)
    else:
        size, counted, active = state.size, program.counted, scope.active
        own: Any = active if len(active) > 1 else {**active} if active else {}  # the scope's own
        for _, node, n in to:
            own[n * size + node] = FRESH
            if node in counted:
                count(scope, node, n)
        scope.active = own


def _use_parked(scope: Scope, along: Along) -> None:
    """Tokens have met: what was parked is gone. The one that came last was never parked."""
    for passed in along:
        met = passed[2:]
        for flow in met:
            if flow != passed[0]:
                take_parked(scope, flow)
        if met and scope.read:
            forget_read(scope, met)


ADVANCES: Final[Mapping[type, Evolve]] = {r.Advanced: advanced}
