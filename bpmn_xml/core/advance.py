"""The short way: a token goes on until it has to wait, in one record, with nothing queued.

Only where the inside of an activity begins or ends are there more: one per scope, with what opens
or closes it between. Where anything else has a say there is no answer, and the command goes the
long way, step by step; the records of that mean the same, see `records.parts`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from bpmn_xml.compiler.program import NONE, Join
from bpmn_xml.core import data, halt, joins
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import StartInstance
from bpmn_xml.core.evolve.straight import Job
from bpmn_xml.core.records.advances import ENDS, Advanced, Along, Place
from bpmn_xml.core.routes import first
from bpmn_xml.core.state import AT_REST, FRESH, Scope, State, child_path
from bpmn_xml.core.values import Values, layered
from bpmn_xml.core.view import View, holds, visible
from bpmn_xml.core.ways import (
    CHOICE,
    END,
    JOIN,
    LONGEST,
    REACHING,
    SCOPE,
    WORK,
    ShortWay,
    ShortWays,
)
from bpmn_xml.errors import ExpressionError

FEW: Final = 32
"""So many variables are copied for a choice; more are looked through where they are."""

DONE: Final = "done"
"""In the place of a goal: nothing is left in the scope."""

NONE_MET: Final[tuple[int, ...] | None] = ()
"""The token that has come to a join waits there: on no flows do tokens meet."""

NO_FLOWS: Final[frozenset[int]] = frozenset()

NOTHING: Final[dict[Any, Any]] = {}

STARTS: Final = frozenset({WORK, SCOPE})
"""The goals at which something becomes active."""

BETWEEN: Final = frozenset({SCOPE, DONE})
"""The goals at which it goes on in another scope."""

OPEN: Final = frozenset({CHOICE, JOIN, REACHING})
"""The goals behind which it may go on at once."""

Went = tuple[tuple[Place, ...], Along, str]
"""Where a token comes to rest, what it has passed, and the goal there, or `DONE`."""

Left = tuple[int, Along]
"""The key of the activation that a token comes from, and what the token has passed since."""


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
    try:
        scope = state.scopes[path]
        activation = scope.active[n * state.size + node]
    except KeyError:
        return None
    way = ways.after[node]
    if way is None or activation is not FRESH or state.agenda is not AT_REST:
        return None
    if (scope.children or scope.incidents) and _is_watched(ways, scope):
        return None
    if way.known and not (values and path):
        return Advanced(path, node, n, way.to, values, way.along)
    if way.goal is END and _is_last(scope):
        return Advanced(path, node, n, way.to, values, way.along, ended=True)
    view.state, view.scope = state, scope
    return _advance(view, ways, way, job, values)


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
    went = _follow(view, ways, way, n * view.state.size + node, values or NOTHING)
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
        went = _follow(view, ways, way, n * view.state.size + node, values or NOTHING)
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


def _follow(view: View, ways: ShortWays, way: ShortWay, left: int, values: Values) -> Went | None:
    """Go on past choices, and past joins at which it is the last token to come."""
    scope, along = view.scope, way.along
    late = _late(ways, scope) if scope.parked and ways.watched else NO_FLOWS
    if scope.index >= 0 and way.goal not in STARTS:
        return None
    if way.met is not None and (scope.parked or NOTHING).keys() >= way.others:
        along, way = way.met
    while way.goal in OPEN:
        flow, node, _ = way.to[0]
        if way.goal is CHOICE:
            used, following = NONE_MET, _chosen(view, ways, way, values)
        else:
            used = _meet(view, way, late, (left, along))
            if used == NONE_MET:
                break
            following = None if along and _passed(along, node) else ways.after[node]
        if following is None or used is None or len(along) > LONGEST:
            return None
        along, way = (*along, (flow, node, *used), *following.along), following
    if scope.counts and len(scope.active) > halt.MOST_ACTIVE:
        return None
    if late or (len(scope.active) <= 1 and way.goal not in STARTS):
        return _rest(view, way, late, (left, along))
    return _counted(scope, way.to) if scope.counts else way.to, along, way.goal


def _rest(view: View, way: ShortWay, late: frozenset[int], left: Left) -> Went | None:
    """Where a token comes to rest and what is there, unless something else is to be decided now."""
    scope, (_, along) = view.scope, left
    goal, to = way.goal, way.to
    if goal in STARTS:
        to = _counted(scope, to)
    elif len(scope.active) <= 1:
        if goal is not END or scope.read or (scope.parked and not _have_met(scope, along)):
            return None
        goal = DONE
    if late and (late := late.difference(way.needed, *[passed[2:] for passed in along])):
        standing = [node for _, node, n in to if n != ENDS] + _standing(view, *left)
        joins_there = {view.program.flows[flow].target for flow in late}
        if not all(_is_awaited(view, node, late, standing) for node in joins_there):
            return None
    return to, along, goal


def _have_met(scope: Scope, along: Along) -> bool:
    """Whether all that was parked in a scope has been met on the way."""
    met = sum(len(passed) - 3 for passed in along if len(passed) > 2)
    return met == sum(map(len, (scope.parked or {}).values()))


def _late(ways: ShortWays, scope: Scope) -> frozenset[int]:
    """The flows of a scope on which tokens wait at joins for what can still come."""
    return ways.watched.get(scope.container, NO_FLOWS).intersection(scope.parked or NOTHING)


def _chosen(view: View, ways: ShortWays, way: ShortWay, values: Values) -> ShortWay | None:
    """The way along the flows that a choice takes; along several only if each leads to work."""
    scope, program, choice = view.scope, view.program, way.choice or first
    known = scope.variables if scope.parent is None else visible(view.state, scope)
    few = scope.parent is None and len(known) < FEW
    names = {**known, **values} if few else layered(values, known)
    try:
        flows = choice(program.nodes[way.to[0][1]], program.flows, lambda flow: holds(flow, names))
    except ExpressionError:
        return None
    if len(flows) == 1:
        return ways.chosen.get(flows[0])
    found = [ways.chosen.get(flow) for flow in flows]
    to = tuple([each.to[0] for each in found if each and each.goal is WORK and not each.along])
    apart = len({node for _, node, _ in to}) == len(flows)
    return ShortWay(WORK, to) if to and apart else None


def _meet(view: View, way: ShortWay, late: frozenset[int], left: Left) -> tuple[int, ...] | None:
    """The flows on which tokens meet at a join; none if this one waits, None if too many do."""
    scope, used = view.scope, NONE_MET
    if way.goal is not JOIN:
        used = _come(view, way, late, left)
    elif (scope.parked or NOTHING).keys() >= way.others:
        used = way.needed
    piled = used == NONE_MET and scope.parked and halt.is_piled(scope, way.to[0][0], 1)
    return None if piled else used


def _come(view: View, way: ShortWay, late: frozenset[int], left: Left) -> tuple[int, ...] | None:
    """The flows of a join on which tokens have come if no other can come (13.4.3).

    None where other joins are concerned, or more tokens than one on a flow.
    """
    scope, (came, node, _) = view.scope, way.to[0]
    come, parked = late.union((came,)), scope.parked or {}
    if _is_awaited(view, node, come, _standing(view, *left)):
        return ()
    used = tuple([flow for flow in way.needed if flow in come])
    doubled = came in parked or any(len(parked[flow]) > 1 for flow in late)
    return None if doubled or scope.resets or len(used) < len(come) else used


def _passed(along: Along, node: int) -> bool:
    return any(passed[1] == node for passed in along)


def _standing(view: View, left: int, along: Along) -> list[int]:
    """The nodes at which the other tokens of the scope stand."""
    scope, size, flows = view.scope, view.state.size, view.program.flows
    met = {flow for passed in along for flow in passed[2:]}
    parked = [flows[flow].target for flow in scope.parked or () if flow not in met]
    return [key % size for key in scope.active if key != left] + parked


def _is_awaited(view: View, node: int, late: frozenset[int], standing: list[int]) -> bool:
    """Whether a join with tokens on late flows waits for those that stand elsewhere (13.4.3)."""
    join = view.program.nodes[node]
    empty = [flow for flow in join.incoming if flow not in late]
    occupied = [flow for flow in join.incoming if flow in late]
    waits = join.join is Join.REACHING
    return waits and joins.can_come(join, view, standing, empty, occupied)


def _counted(scope: Scope, to: tuple[Place, ...]) -> tuple[Place, ...]:
    """The same with the numbers that the activations have here."""
    counts = scope.counts
    if counts is None:
        return to
    return tuple([(flow, node, counts.get(node, 0) + 1 if n > 0 else n) for flow, node, n in to])
