"""The short way: a token goes on until it has to wait, in one record, with nothing queued.

Only where the inside of an activity begins or ends are there more: one per scope, with what opens
or closes it between. Where anything else has a say there is no answer, and the command goes the
long way, step by step; the records of that mean the same, see `records.parts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from bpmn_xml.compiler.program import NONE
from bpmn_xml.core import data, halt
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import StartInstance
from bpmn_xml.core.evolve.active import ALONE, MOST_SHARED
from bpmn_xml.core.evolve.straight import Job
from bpmn_xml.core.follow import DONE, NOTHING, counted, follow
from bpmn_xml.core.records.advances import Advanced, Along, Place
from bpmn_xml.core.state import AT_REST, FRESH, Scope, State, child_path
from bpmn_xml.core.values import Values
from bpmn_xml.core.view import View
from bpmn_xml.core.ways import END, JOIN, SCOPE, WORK, ShortWay, ShortWays, Went

SOON: Final = frozenset({WORK, JOIN})
"""The goals at which, mostly, it is clear at once how it goes on."""

BETWEEN: Final = frozenset({SCOPE, DONE})
"""The goals at which it goes on in another scope."""


def begin(
    view: View, ways: ShortWays, state: State, command: StartInstance, time: int
) -> list[r.Record] | None:
    """Begin an instance and go on to its first work."""
    begins = ways.start.get(command.container)
    if begins is None or command.held or command.start not in (NONE, begins[0]):
        return None
    if state.scopes or state.outcome or time < state.time:
        return None
    begun = _begun(view, ways, "", command.container)
    if begun is None:
        return None
    started = r.InstanceStarted(view.program.hash, r.CORE_VERSION, command.container)
    if command.variables:
        return [started, r.VariablesWritten("", command.variables), *begun]
    return [started, *begun]


def _begun(view: View, ways: ShortWays, path: str, container: int) -> list[r.Record] | None:
    """Go on from where a scope begins to its first work, however deep inside."""
    records: list[r.Record] = []
    while begins := ways.start.get(container):
        start, way = begins
        records.append(Advanced(path, start, 0, way.to, None, way.along))
        if way.goal is WORK:
            return records
        if way.goal is not SCOPE:
            break
        _, node, n = way.to[0]
        records.append(r.ScopeOpened(path, node, n))
        path, container = child_path(path, node, n), view.program.nodes[node].body
    return None


def advance(
    view: View, ways: ShortWays, state: State, job: Job, values: Values | None
) -> Advanced | list[r.Record] | None:
    """Complete a task at its first attempt and go on to what has to wait."""
    path, node, n = job
    scope, way = state.scopes.get(path), ways.after[node]
    if scope is None or way is None or state.agenda is not AT_REST:
        return None
    key = n * state.size + node
    alone = key < MOST_SHARED and scope.active is ALONE[key]  # then nothing is looked up in it
    if not alone and scope.active.get(key) is not FRESH:
        return None
    if (scope.children or scope.incidents) and _is_watched(ways, scope):
        return None
    if (way.known or (way.first and scope.parked is None)) and not (values and path):
        return Advanced(path, node, n, way.to, values, way.along)
    if way.goal in SOON and not (values and path) and (soon := _soon(ways, scope, way)):
        to, along = soon
        return Advanced(path, node, n, to, values, along)
    if way.goal is END and _is_last(scope):
        return Advanced(path, node, n, way.to, values, way.along, ended=True)
    view.state, view.scope = state, scope
    return _advance(view, ways, way, job, values)


def _soon(ways: ShortWays, scope: Scope, way: ShortWay) -> tuple[tuple[Place, ...], Along] | None:
    """Where a token goes that concerns none that wait for what can still come, and what it passes.

    To work, also behind a join at which all others are there; else to wait there, being the first
    on its flow and not the last that is active.
    """
    parked, active, along = scope.parked, scope.active, way.along
    if parked is not None and scope.container in ways.watched:
        return None
    if way.goal is JOIN:
        if way.met is None or scope.index >= 0:
            return None
        there = parked or NOTHING
        if way.other in there if way.other != NONE else there.keys() >= way.others:
            along, way = way.met
        elif len(active) <= 1 or way.to[0][0] in there:
            return None
        else:
            return way.to, along
    counts = scope.counts
    if way.goal is not WORK or (counts is not None and len(active) > halt.MOST_ACTIVE):
        return None
    return counted(counts, way.to) if counts else way.to, along


def _is_last(scope: Scope) -> bool:
    """Whether nothing else is left in a process when one activity is done."""
    return scope.parent is None and len(scope.active) == 1 and not (scope.parked or scope.read)


def _is_watched(ways: ShortWays, scope: Scope) -> bool:
    """Whether what happens in a scope concerns something else: an incident, or items."""
    return bool(scope.incidents or (scope.children and scope.container in ways.itemized))


def _advance(
    view: View, ways: ShortWays, way: ShortWay, job: Job, values: Values | None
) -> Advanced | list[r.Record] | None:
    """Go on in the scope, and from there on in others if it leads out of it or further inside."""
    scope, (path, node, n) = view.scope, job
    went = follow(view, ways, way, n * view.state.size + node, values or NOTHING)
    if went is None:
        return None
    to, along, goal = went
    if values and path and not data.is_wall(scope):
        records: list[r.Record] = [*data.results(view, view.program.nodes[node], values)]
        records.append(Advanced(path, node, n, to, None, along))
        return _onwards(view, ways, records, went, values)
    over = goal is DONE and not path
    told = Advanced(path, node, n, to, values, along, over)
    return told if over or goal not in BETWEEN else _onwards(view, ways, [told], went, values)


def _onwards(
    view: View, ways: ShortWays, records: list[r.Record], went: Went | None, values: Values | None
) -> list[r.Record] | None:
    """Go on around each scope that is done, and inside another; `values` count as written."""
    while went is not None:
        scope, (to, _, goal) = view.scope, went
        if goal is SCOPE:
            return _inside(view, ways, records, to[0])
        if goal is not DONE or scope.parent is None:
            return records
        way = None if _wrote(records, scope) else _outwards(view, ways)
        if way is None:
            return None
        records.append(r.ScopeClosed(scope.path, completed=True))
        node, n, around = scope.node, scope.n, view.scope
        went = follow(view, ways, way, n * view.state.size + node, values or NOTHING)
        if went is not None:
            over = went[2] is DONE and around.parent is None
            records.append(Advanced(around.path, node, n, went[0], None, went[1], over))
    return None


def _inside(
    view: View, ways: ShortWays, records: list[r.Record], place: Place
) -> list[r.Record] | None:
    """Begin with what is inside an activity that a token has come to."""
    path, (_, node, n) = view.scope.path, place
    begun = _begun(view, ways, child_path(path, node, n), view.program.nodes[node].body)
    return None if begun is None else [*records, r.ScopeOpened(path, node, n), *begun]


def _wrote(records: Iterable[r.Record], scope: Scope) -> bool:
    """Whether something was written that is gone with this scope."""
    return any(type(told) is r.VariablesWritten and told.scope == scope.path for told in records)


def _outwards(view: View, ways: ShortWays) -> ShortWay | None:
    """The way from the activity whose inside is done, with the view moved there."""
    inside = view.scope
    around = view.scope = view.state.scopes[inside.parent or ""]
    fresh = around.active.get(inside.n * view.state.size + inside.node) is FRESH
    return ways.after[inside.node] if fresh and not _is_watched(ways, around) else None
