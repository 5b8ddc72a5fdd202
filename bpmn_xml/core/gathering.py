"""Nodes that count what arrives: start quantities and complex gateways (10.3.2, 13.4.5).

A complex gateway starts as soon as its activation condition holds: it uses one token of each flow
on which one has come by then, and leaves. Then it waits for reset: for the other flows, as far as
tokens can still come on them, as an inclusive gateway does. What has come by then leaves by the
flows whose condition holds (`waitingForStart` is false then), else by the default flow, or not at
all where nothing has a condition; then it can start again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from bpmn_xml.compiler.program import Node
from bpmn_xml.core import incidents, joins, routes
from bpmn_xml.core import records as r
from bpmn_xml.core.state import belongs_to
from bpmn_xml.core.values import layered
from bpmn_xml.core.view import Records, View
from bpmn_xml.errors import ExpressionError


def gathered(arrive: Callable[[Node, View], Records]) -> Callable[[Node, View], Records]:
    """Let an activity begin when as many tokens have come as it takes (10.3.2).

    In its frame and in each of its instances one token stands for all of them.
    """

    def gather(node: Node, view: View) -> Records:
        if belongs_to(view.scope, node.index):
            return arrive(node, view)
        parked = view.scope.parked or {}
        flows = [flow for flow in node.incoming for _ in parked.get(flow, ())][: node.takes]
        if len(flows) < node.takes:
            return ()
        used = r.Joined(view.scope.path, node.index, tuple(flows))
        return (used, *arrive(node, view))

    return gather


def come(node: Node, view: View) -> Records:
    """A token comes to a complex gateway: see whether it starts, unless it waits for reset."""
    waits = view.scope.resets is not None and node.index in view.scope.resets
    return () if waits else start(node, view)


def settle(node: Node, view: View) -> Records:
    """Nothing moves: a complex gateway resets if nothing more can come, or starts again."""
    if view.scope.resets is None or node.index not in view.scope.resets:
        return start(node, view)
    if node.index in (view.scope.incidents or ()):
        return ()
    awaited = view.scope.resets[node.index]
    parked = view.scope.parked or {}
    here = [flow for flow in awaited if flow in parked]
    empty = [flow for flow in awaited if flow not in parked]
    if joins.can_come(node, view, joins.places(node, view), empty, here):
        return ()
    reset = r.GatewayReset(view.scope.path, node.index, tuple(here))
    if not here:
        return (reset,)
    known = view.program.flows
    asked = [i for i in node.outgoing if i != node.default and known[i].condition is not None]
    try:
        taken = _taken(view, asked, len(here), starts=False)
    except ExpressionError as error:
        return incidents.stuck(view, node.index, error)
    if asked and not taken:
        taken = routes.take_default(node, view)
    return (reset, *(taken or (r.TokenConsumed(view.scope.path, node.index),)))


def start(node: Node, view: View) -> Records:
    """Start if the activation condition holds over the flows on which a token has come.

    In an item what has come around it counts, and is read, as at any join.
    """
    scope = view.scope
    if node.index in (scope.incidents or ()):
        return ()
    at = joins.holders(node, view)
    candidates = [flow for flow in node.outgoing if flow != node.default]
    try:
        flows = _activating(node, view, at)
        if not flows:
            return ()
        taken = _taken(view, candidates, len(flows), starts=True)
    except ExpressionError as error:
        return incidents.stuck(view, node.index, error)
    taken = taken or _otherwise(node, view)
    if not taken:
        return _held(node, view, len(flows))
    pairs = list(zip(node.incoming, at, strict=True))
    missing = tuple([flow for flow in node.incoming if flow not in flows])
    waits = (r.ResetAwaited(scope.path, node.index, missing),) if missing else ()
    used = joins.use(node, view, [holder if flow in flows else None for flow, holder in pairs])
    return (*used, *waits, *taken)


def _activating(node: Node, view: View, at: joins.Holders) -> list[int]:
    """The flows on which a token had come when the activation condition held.

    Tokens that come at once come one after the other: what has been there longest counts first.
    """
    come = [flow for flow, holder in zip(node.incoming, at, strict=False) if holder]
    known = list(view.scope.parked or ())
    come.sort(key=lambda flow: known.index(flow) if flow in known else -1)
    for count in range(1, len(come) + 1):
        if _activates(node, view, count):
            return come[:count]
    return []


def _otherwise(node: Node, view: View) -> Records:
    """The default flow; where nothing leads on at all the token ends."""
    if not node.outgoing:
        return (r.TokenConsumed(view.scope.path, node.index),)
    return routes.take_default(node, view)


def _held(node: Node, view: View, count: int) -> Records:
    """An incident: no way out can be taken by what its conditions saw."""
    asked = _names(view, count, starts=True)
    return incidents.stuck(view, node.index, routes.no_flow(node, view, asked))


def _activates(node: Node, view: View, count: int) -> bool:
    names = _names(view, count, starts=True)
    return node.activation is None or node.activation.evaluate(names)


def _taken(view: View, flows: list[int], count: int, *, starts: bool) -> Records:
    """Take the flows whose condition holds."""
    names, known = _names(view, count, starts=starts), view.program.flows
    taken = [flow for flow in flows if view.holds(known[flow], names)]
    return tuple([r.FlowTaken(view.scope.path, flow, view.payload) for flow in taken])


def _names(view: View, count: int, *, starts: bool) -> Mapping[str, Any]:
    """The variables, and what only the conditions of the gateway see."""
    return layered({"activationCount": count, "waitingForStart": starts}, view.names())
