"""Within one scope: past gateways and events to where a token comes to rest, decided at once.

Where tokens wait for what can still come, nearly every decision was made before for the same
places of tokens, so it is remembered by these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bpmn_xml.compiler.program import NONE, Join
from bpmn_xml.core import halt, joins
from bpmn_xml.core.records.advances import ENDS, WAITS, Along, Place
from bpmn_xml.core.routes import CHOICES
from bpmn_xml.core.state import Scope
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
    Standing,
    Went,
)
from bpmn_xml.errors import ExpressionError

FEW: Final = 32
"""So many variables are copied for a choice; more are looked through where they are."""

MOST_STANDING: Final = 16
"""Of so many tokens in a scope, at most, it is remembered where they stood."""

MOST_RESTS: Final = 10_000
"""So much is remembered of a program."""

DONE: Final = "done"
"""In the place of a goal: nothing is left in the scope."""

NONE_MET: Final[tuple[int, ...] | None] = ()
"""The token that has come to a join waits there: on no flows do tokens meet."""

NO_FLOWS: Final[frozenset[int]] = frozenset()

NOTHING: Final[dict[Any, Any]] = {}

STARTS: Final = frozenset({WORK, SCOPE})
"""The goals at which something becomes active."""

OPEN: Final = frozenset({CHOICE, JOIN, REACHING})
"""The goals behind which it may go on at once."""

Left = tuple[int, Along]
"""The key of the activation that a token comes from, and what the token has passed since."""


def follow(view: View, ways: ShortWays, way: ShortWay, left: int, values: Values) -> Went | None:
    """Go on past choices, and past joins at which it is the last token to come."""
    scope = view.scope
    if scope.container not in ways.watched:
        return _decide(view, ways, way, left, values)
    standing = _stand(scope, view.state.size, left)
    went = ways.rests.get(standing)
    if went is not None and went[2] is CHOICE:
        went = _recall(view, ways, (standing, went), values)
    if went is not None:
        return (counted(scope.counts, went[0]), went[1], went[2]) if scope.counts else went
    went = _decide(view, ways, way, left, values)
    if went is not None and standing and len(ways.rests) < MOST_RESTS:
        _remember(view, ways, standing, went)
    return went


def _stand(scope: Scope, size: int, left: int) -> Standing:
    """Where the tokens of a scope stand when one leaves, if that alone says how it goes on."""
    active: Iterable[int] = scope.active
    parked = scope.parked
    if scope.rare is not None or scope.index >= 0 or len(scope.active) > MOST_STANDING:
        return ()
    if scope.counts and max(active) >= 2 * size:
        active = [key % size + size for key in active]
    if parked is None:
        return (left % size, *active)
    if sum(map(len, parked.values())) > len(parked):
        return ()
    return (left % size, *active, NONE, *parked)


def _recall(
    view: View, ways: ShortWays, chosen: tuple[Standing, Went], values: Values
) -> Went | None:
    """What came of a token behind a choice, if that was asked before."""
    standing, went = chosen
    found: Went | None = went
    while found is not None and found[2] is CHOICE:
        standing = (*standing, NONE, *_chosen(view, found[0][0][1], values))
        found = ways.rests.get(standing)
    return found


def _remember(view: View, ways: ShortWays, standing: Standing, went: Went) -> None:
    """Note what came of a token, at each choice that it has passed and in the end.

    Who remembers it counts anew; until then all is there for the first time.
    """
    to, along, goal = went
    for position, passed in enumerate(along):
        flow, node, *_ = passed
        if not view.bound[node].straight:
            ways.rests[standing] = ((flow, node, WAITS),), along[:position], CHOICE
            taken = along[position + 1 : position + 2] or to
            standing = (*standing, NONE, *[each[0] for each in taken])
    first = tuple([(flow, node, min(n, 1)) for flow, node, n in to])
    ways.rests[standing] = first, along, goal


def _decide(view: View, ways: ShortWays, way: ShortWay, left: int, values: Values) -> Went | None:
    """The same as `follow`, with nothing remembered."""
    scope, along = view.scope, way.along
    late = _late(ways, scope) if scope.parked and ways.watched else NO_FLOWS
    if scope.index >= 0 and way.goal not in STARTS:
        return None
    if way.met is not None and (scope.parked or NOTHING).keys() >= way.others:
        along, way = way.met
    while way.goal in OPEN:
        flow, node, _ = way.to[0]
        if way.goal is CHOICE:
            used, following = NONE_MET, _branch(ways, _chosen(view, node, values))
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
    return counted(scope.counts, way.to) if scope.counts else way.to, along, way.goal


def _rest(view: View, way: ShortWay, late: frozenset[int], left: Left) -> Went | None:
    """Where a token comes to rest and what is there, unless something else is to be decided now."""
    scope, (_, along) = view.scope, left
    goal, to = way.goal, way.to
    if goal in STARTS:
        to = counted(scope.counts, to) if scope.counts else to
    elif len(scope.active) <= 1:
        if goal is not END or scope.read or (scope.parked and not _have_met(scope, along)):
            return None
        goal = DONE
    if late and (late := late.difference(way.needed, *[passed[2:] for passed in along])):
        standing = [node for _, node, n in to if n != ENDS] + _others(view, *left)
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


def _chosen(view: View, node: int, values: Values) -> tuple[int, ...]:
    """The flows that a choice takes; none if that cannot be said."""
    scope, program = view.scope, view.program
    known = scope.variables if scope.parent is None else visible(view.state, scope)
    few = scope.parent is None and len(known) < FEW
    names = {**known, **values} if few else layered(values, known)
    choice = CHOICES[view.bound[node].route]
    try:
        return choice(program.nodes[node], program.flows, lambda flow: holds(flow, names))
    except ExpressionError:
        return ()


def _branch(ways: ShortWays, flows: tuple[int, ...]) -> ShortWay | None:
    """The way along the flows that a choice takes; along several only if each leads to work."""
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
    if _is_awaited(view, node, come, _others(view, *left)):
        return ()
    used = tuple([flow for flow in way.needed if flow in come])
    doubled = came in parked or any(len(parked[flow]) > 1 for flow in late)
    return None if doubled or scope.resets or len(used) < len(come) else used


def _passed(along: Along, node: int) -> bool:
    return any(passed[1] == node for passed in along)


def _others(view: View, left: int, along: Along) -> list[int]:
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


def counted(counts: Mapping[int, int], to: tuple[Place, ...]) -> tuple[Place, ...]:
    """The same places with the numbers that the activations have, as each has come so often."""
    return tuple([(flow, node, counts.get(node, 0) + 1 if n > 0 else n) for flow, node, n in to])
