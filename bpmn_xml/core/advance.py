"""The short way: a token goes on until it has to wait, in one record, with nothing queued.

Where anything else has a say there is no answer, and the command goes the long way, step by step;
the records of that mean the same, see `records.parts`.
"""

from __future__ import annotations

from typing import Final

from bpmn_xml.compiler.program import NONE, Program
from bpmn_xml.core import data, routes
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import ANY_ATTEMPT, CompleteJob, StartInstance
from bpmn_xml.core.records.advances import Advanced, Along, Place
from bpmn_xml.core.state import AT_REST, FRESH, Scope, State
from bpmn_xml.core.values import Values, layered
from bpmn_xml.core.view import holds
from bpmn_xml.core.ways import CHOICE, END, LONGEST, WORK, ShortWay, ShortWays
from bpmn_xml.errors import ExpressionError

FEW: Final = 32
"""So many variables are copied for a choice; more are looked through where they are."""

_ATTEMPTS: Final = (ANY_ATTEMPT, 0)
"""The attempts whose answer a fresh activation takes."""


def begin(
    program: Program, ways: ShortWays, state: State, command: StartInstance, time: int
) -> list[r.Record] | None:
    """Begin an instance and go on to its first work."""
    start = ways.start.get(command.container)
    if start is None or command.held or command.start not in (NONE, start):
        return None
    if state.scopes or state.outcome or time < state.time:
        return None
    way = ways.after[start]
    records: list[r.Record] = [
        r.InstanceStarted(program.hash, r.CORE_VERSION, command.container),
        Advanced("", start, 0, way.to, None, way.along),
    ]
    if command.variables:
        records.insert(1, r.VariablesWritten("", command.variables))
    return records


def advance(
    program: Program, ways: ShortWays, state: State, command: CompleteJob, time: int
) -> list[r.Record] | None:
    """Complete a task and go on to what has to wait."""
    node, path = command.node, command.scope
    way, scope = ways.after.get(node), state.scopes.get(path)
    if way is None or scope is None:
        return None
    n, values = command.n, command.values
    if scope.active.get(n * state.size + node) is not FRESH or state.agenda is not AT_REST:
        return None
    if scope.children or scope.incidents or command.dropped or time < state.time:
        return None
    if command.attempt not in _ATTEMPTS or (values and path and not data.is_wall(scope)):
        return None
    if way.known:
        return [Advanced(path, node, n, way.to, values, way.along)]
    reached = _follow(program, ways, way, scope, values or {})
    if reached is None:
        return None
    to, along, ended = reached
    return [Advanced(path, node, n, to, values, along, ended)]


Reached = tuple[tuple[Place, ...], Along, bool]
"""Where a token comes, what it passes, and whether nothing is left then."""


def _follow(
    program: Program, ways: ShortWays, way: ShortWay, scope: Scope, values: Values
) -> Reached | None:
    """Go on past choices, and past joins at which it is the last token to come."""
    watched = ways.watched.get(scope.container)
    if watched and (scope.resets or not watched.isdisjoint(scope.parked or ())):
        return None
    along, met = way.along, 0
    while way.goal is not WORK:
        flow, node, _ = way.to[0]
        if scope.index >= 0 or len(along) > LONGEST:
            return None
        if way.goal is END:
            return _end(way, along, scope, met)
        if way.goal is CHOICE:
            following = _chosen(program, ways, node, scope, values)
        elif _is_last(way, scope):
            following = None if met and _passed(along, node) else ways.after.get(node)
            met += len(way.needed) - 1
        else:
            return (way.to, along, False) if len(scope.active) > 1 else None
        if following is None:
            return None
        along = (*along, (flow, node, *way.needed), *following.along)
        way = following
    return _counted(scope, way.to), along, False


def _end(way: ShortWay, along: Along, scope: Scope, met: int) -> Reached | None:
    """The token is consumed; if it was the last, and all that was parked has met, that is all."""
    if len(scope.active) > 1:
        return way.to, along, False
    left = scope.path or scope.read or met < sum(map(len, (scope.parked or {}).values()))
    return None if left else (way.to, along, True)


def _is_last(way: ShortWay, scope: Scope) -> bool:
    """Whether a token is parked on all other flows of a join."""
    needed, parked, came = way.needed, scope.parked or (), way.to[0][0]
    enough = len(parked) >= len(needed) - 1
    return enough and all(flow in parked or flow == came for flow in needed)


def _passed(along: Along, node: int) -> bool:
    return any(passed[1] == node for passed in along)


def _chosen(
    program: Program, ways: ShortWays, node: int, scope: Scope, values: Values
) -> ShortWay | None:
    """The way along the flow that a choice takes, if it can take one."""
    if scope.parent is not None:
        return None
    known = scope.variables
    names = {**known, **values} if len(known) < FEW else layered(values, known)
    try:
        flow = routes.first(program.nodes[node], program.flows, lambda flow: holds(flow, names))
    except ExpressionError:
        return None
    return ways.chosen.get(flow)


def _counted(scope: Scope, to: tuple[Place, ...]) -> tuple[Place, ...]:
    """The same with the numbers that the activations have here."""
    counts = scope.counts
    if counts is None:
        return to
    return tuple([(flow, node, counts.get(node, 0) + 1) for flow, node, _ in to])
