"""What is decided when nothing can move in a scope: late joins, the end, or that it is stuck.

A scope is complete when nothing is active and nothing is parked in it (13.3.4). What is parked
and can never be freed is an incident, never silence; only where a token ended for want of a
result is the rest discarded with its scope.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Final

from bpmn_xml.compiler.program import Join, Kind, Node
from bpmn_xml.compiler.program.scoping import STANDARD
from bpmn_xml.core import adhoc, closing, gathering, incidents, joins
from bpmn_xml.core import records as r
from bpmn_xml.core.behaviour import join_reaching
from bpmn_xml.core.state import Scope, around, descendants, has_items, split_key
from bpmn_xml.core.view import Records, View
from bpmn_xml.wording import listed


def settle(view: View) -> Records:
    """Decide for the view's scope."""
    scope = view.scope
    joined = _late_join(view) if scope.parked or scope.resets else ()
    if joined:
        return joined
    if scope.read:
        ended = _doubled(view) or (() if scope.children else _spend(view))
        if ended:
            return ended
    if scope.children:
        return _items(view) or _close_handlers(view)
    if scope.active or scope.incidents:
        return ()
    if scope.parked and not any(outer.dropped for outer in around(view.state, scope)):
        return _stuck(view)
    return go_on(view)


def go_on(view: View) -> Records:
    """Begin with what is next in turn where nothing is left of the view's scope, else end it."""
    scope = view.scope
    return adhoc.next_in_turn(view) if scope.queued else _end(view, scope)


def _gateways(view: View) -> list[Node]:
    """The joins at which something of this scope is parked, in document order."""
    program = view.program
    targets = {program.flows[flow].target for flow in view.scope.parked or ()}
    targets.update(view.scope.resets or ())
    return [program.nodes[index] for index in sorted(targets)]


LATE: Final[Mapping[Join, Callable[[Node, View], Records]]] = {
    Join.REACHING: join_reaching,
    Join.ACTIVATING: gathering.settle,
}
"""Joins that are decided when nothing moves."""


def join_reached(view: View) -> Records:
    """An inclusive join for whose tokens none is on the way any more (13.4.3)."""
    for gateway in _gateways(view):
        if gateway.join is Join.REACHING and (joined := join_reaching(gateway, view)):
            return joined
    return ()


def _late_join(view: View) -> Records:
    """A join that waited for others to be out of reach, or for an enclosing scope's token."""
    for gateway in _gateways(view):
        if gateway.join in LATE or view.scope.index >= 0:
            decide = LATE.get(gateway.join, view.bound[gateway.index].arrive)
            joined = decide(gateway, view)
            if joined:
                return joined
    return ()


def _items(view: View) -> Records:
    """Settle the items inside again, because something moved around them."""
    scope = view.scope
    if not view.program.containers[scope.container].joins:
        return ()
    records: list[r.Record] = []
    for item in descendants(view.state, scope):
        if item.index >= 0 and item.container == scope.container and item.parked:
            there = view.at(item)
            records += settle(there) if not item.children else _late_join(there)
    return tuple(records)


def _close_handlers(view: View) -> Records:
    """No event sub-process begins any more once nothing but others goes on (13.5.4).

    Items go on for the scope that they are in.
    """
    scope, waits = view.scope, view.scope.waits or {}
    handlers = view.program.containers[scope.container].handlers
    if not any(handler in waits for handler in handlers) or view.rules.dialect != STANDARD.dialect:
        return ()
    others = any(split_key(view.state, key)[0] not in handlers for key in scope.active)
    going_on = others or scope.parked or scope.queued or has_items(view.state, scope)
    return () if going_on else (r.HandlersClosed(scope.path),)


def _doubled(view: View) -> Records:
    """A second arrival came while items still read the first: nobody can tell them apart."""
    scope, program = view.scope, view.program
    told = list[r.Record]()
    for flow in scope.read or ():
        gateway = program.flows[flow].target
        if len((scope.parked or {})[flow]) > 1 and gateway not in (scope.incidents or ()):
            name = program.flows[flow].id
            message = f"a second token came on {name} while results still read the first"
            told += incidents.stuck(view, gateway, message)
    return tuple(told)


def _spend(view: View) -> Records:
    """Drop what items have read once no producer is left whose items could read it."""
    scope, flows = view.scope, view.program.flows
    places = [split_key(view.state, key)[0] for key in scope.active]
    return tuple(
        [
            r.ArrivalSpent(scope.path, flow)
            for flow in scope.read or ()
            if not any(view.reach.mask(place, flows[flow].target) for place in places)
        ]
    )


def _stuck(view: View) -> Records:
    """Nothing is active here, yet tokens are parked: wait for an enclosing scope, or say so."""
    gateways = _gateways(view)
    if _moves_around(view) and any(joins.can_still_fill(gateway, view) for gateway in gateways):
        return ()
    if _can_begin(view, gateways):
        return ()
    stuck = [incidents.stuck(view, gateway.index, _why(gateway, view)) for gateway in gateways]
    return tuple(chain.from_iterable(stuck))


def _can_begin(view: View, gateways: Sequence[Node]) -> bool:
    """Whether a start event of its conversation may still bring what a join lacks (13.2)."""
    nodes, waiting = view.program.nodes, view.scope.waits or {}
    starts = [key for key in waiting if key < len(nodes) and nodes[key].kind is Kind.START_EVENT]
    lacking = (joins.lacking(gateway, view.state, view.scope) for gateway in gateways)
    return any(view.reach.bringers(flow, starts) for flow in chain.from_iterable(lacking))


def _moves_around(view: View) -> bool:
    """Whether anything is active around an item, or can be joined there."""
    outer = list(around(view.state, view.scope))[1:]
    return any(each.active for each in outer) or any(_late_join(view.at(each)) for each in outer)


def _why(gateway: Node, view: View) -> str:
    scope = view.scope
    if gateway.join is Join.ENOUGH:
        count = sum(len((scope.parked or {}).get(flow, ())) for flow in gateway.incoming)
        return f"stuck at {gateway.id}: {count} of the {gateway.takes} tokens it takes have come"
    if gateway.join is Join.ACTIVATING:
        return f"stuck at {gateway.id}: its activation condition does not hold"
    lacking = joins.lacking(gateway, view.state, scope)
    came = [flow for flow in gateway.incoming if flow not in lacking]
    ways = listed([joins.way(flow, view) for flow in lacking], "or")
    others = _in_turn(gateway, view, lacking) if gateway.join is Join.REACHING else ""
    never = f"{others} could bring one on {ways}" if others else f"nothing can arrive on {ways}"
    held = f"; a token came on {listed([joins.way(flow, view) for flow in came])}" if came else ""
    return f"stuck at {gateway.id}: {never}{held}"


def _in_turn(gateway: Node, view: View, flows: Sequence[int]) -> str:
    """The joins for which an inclusive gateway waits, and which wait themselves (13.4.3)."""
    places = list(dict.fromkeys(joins.places(gateway, view)))
    others = dict.fromkeys(at for flow in flows for at in view.reach.bringers(flow, places))
    names = listed([view.program.nodes[at].id for at in others])
    return f"{names}, where tokens wait in turn," if names else ""


def _end(view: View, scope: Scope) -> Records:
    last = view.program.containers[scope.container].closing
    if last >= 0 and scope.index < 0 and last not in (scope.counts or ()):
        return (r.TokenPlaced(scope.path, last),)
    if scope.parent is None:
        return (r.InstanceEnded("completed"),)
    return adhoc.not_enough(view) or closing.close(view, scope)
