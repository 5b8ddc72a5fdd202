"""One table of pure functions: what each kind of element does when a token comes and goes.

A decision reads through the view and returns records; it changes nothing. `arrive` is asked for
every token that comes, `route` says where tokens leave. An activity's job is the driver's affair:
it is open from `Activated` until `Completed`, `TokenDropped` or `Cancelled`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from bpmn_xml.compiler.program import Join, Kind, Node, Program, Trigger
from bpmn_xml.core import faults, joins, routes
from bpmn_xml.core import records as r
from bpmn_xml.core.state import child_path
from bpmn_xml.core.records import Values
from bpmn_xml.core.view import Bound, Records, View
from bpmn_xml.errors import ExpressionError

NO_FLOW: Final = "no outgoing flow can be taken: no condition holds and there is no default flow"


def pass_on(node: Node, view: View) -> Records:
    """Take no time: enter and leave."""
    if view.bound[node.index].straight:
        return (r.Passed(view.scope.path, node.index), *routes.take_all(node, view))
    taken, fault = _routed(node, view)
    if fault:
        return _held(node, view, fault)
    return (r.Passed(view.scope.path, node.index), *taken)


def join(node: Node, view: View) -> Records:
    """Wait until the gateway's tokens have met, then leave (13.4.1, 13.4.3)."""
    at = joins.MEET[node.join](node, view)
    if not at:
        return ()
    used = joins.use(node, view, at)
    view.payload = joins.merged(node, view, at)
    taken, fault = _routed(node, view)
    return (*used, *(_held(node, view, fault) if fault else taken))


def activate(node: Node, view: View) -> Records:
    """Become active: the outside has work to do (13.3.3)."""
    n = 1 if node.once else view.next_activation(node)
    return (r.Activated(view.scope.path, node.index, n, view.payload),)


def open_body(node: Node, view: View) -> Records:
    """Become active and begin inside (13.3.4)."""
    scope, n = view.scope.path, view.next_activation(node)
    inside = child_path(scope, node.index, n)
    starts = view.program.containers[node.body].starts
    return (
        r.Activated(scope, node.index, n, view.payload),
        r.ScopeOpened(scope, node.index, n),
        *[r.TokenPlaced(inside, start, view.payload) for start in starts],
    )


def end(node: Node, view: View) -> Records:
    """Consume the token, with the effect of the end event (13.5.6)."""
    if node.events:
        return ENDS[node.events[0].trigger](view, node)
    return (
        r.Passed(view.scope.path, node.index),
        r.TokenConsumed(view.scope.path, node.index),
    )


def leave_straight(node: Node, view: View, n: int, values: Values | None = None) -> Records:
    """Complete an active element, with what it wrote here, and go on along its only way."""
    scope = view.scope.path
    done = r.Completed(scope, node.index, n, values)
    if len(node.outgoing) == 1:
        return (done, r.FlowTaken(scope, node.outgoing[0], view.payload))
    return (done, *routes.take_all(node, view))


def leave_by_choice(node: Node, view: View, n: int) -> Records:
    """Complete an active element and go on, or hold it where no flow can be taken."""
    taken, fault = _routed(node, view)
    if fault:
        return (_cannot_leave(node, view, n, fault),)
    return (r.Completed(view.scope.path, node.index, n), *taken)


def _routed(node: Node, view: View) -> tuple[Records, str]:
    """The records of leaving, or what is wrong."""
    try:
        taken = view.bound[node.index].route(node, view)
    except ExpressionError as error:
        return (), str(error)
    return taken, "" if taken else NO_FLOW


def _held(node: Node, view: View, fault: str) -> Records:
    scope, n = view.scope.path, view.next_activation(node)
    return (
        r.Activated(scope, node.index, n, view.payload),
        _cannot_leave(node, view, n, fault),
    )


def _cannot_leave(node: Node, view: View, n: int, fault: str) -> r.Record:
    scope, payload = view.scope.path, view.payload
    return r.IncidentRaised(scope, node.index, n, fault, leaving=True, payload=payload)


ENDS: Final[Mapping[Trigger, Callable[[View, Node], Records]]] = {
    Trigger.TERMINATE: faults.terminate,
    Trigger.ERROR: faults.throw_at_end,
}


class Behaviour(NamedTuple):
    """What an element does at each step of its life."""

    arrive: Callable[[Node, View], Records]
    route: Callable[[Node, View], Records] = routes.take_each


BEHAVIOUR: Final[Mapping[Kind, Behaviour]] = {
    Kind.START_EVENT: Behaviour(pass_on),
    Kind.END_EVENT: Behaviour(end),
    Kind.THROW_EVENT: Behaviour(pass_on),
    Kind.BOUNDARY_EVENT: Behaviour(pass_on),
    Kind.TASK: Behaviour(pass_on),
    Kind.MANUAL_TASK: Behaviour(pass_on),
    Kind.SERVICE_TASK: Behaviour(activate),
    Kind.SEND_TASK: Behaviour(activate),
    Kind.SCRIPT_TASK: Behaviour(activate),
    Kind.BUSINESS_RULE_TASK: Behaviour(activate),
    Kind.USER_TASK: Behaviour(activate),
    Kind.EXCLUSIVE_GATEWAY: Behaviour(pass_on, routes.take_first),
    Kind.PARALLEL_GATEWAY: Behaviour(pass_on, routes.take_all),
    Kind.INCLUSIVE_GATEWAY: Behaviour(pass_on),
    Kind.SUB_PROCESS: Behaviour(open_body),
}


def bind(program: Program) -> tuple[Bound, ...]:
    """Every node's behaviour; what it never needs is left out."""
    return tuple([_bound(program, node) for node in program.nodes])


def _bound(program: Program, node: Node) -> Bound:
    behaviour = BEHAVIOUR[node.kind]
    straight = behaviour.route is routes.take_all or (
        len(node.outgoing) <= 1 and not any(program.flows[f].condition for f in node.outgoing)
    )
    return Bound(
        node=node,
        arrive=behaviour.arrive if node.join is Join.EACH else join,
        leave=leave_straight if straight else leave_by_choice,
        route=routes.take_all if straight else behaviour.route,
        straight=straight,
        flow_payload=program.containers[node.container].flow_payload,
    )
