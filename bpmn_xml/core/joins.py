"""How tokens meet at a gateway: what is parked on its flows, here and in enclosing scopes.

A join in an item needs at least one arrival of the item's own. For its other flows it takes the
item's own arrival, else it *reads* the one parked in the nearest enclosing scope of the same
container, which stays there for the other items.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from bpmn_xml.compiler.program import Join, Node
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope, State, around, split_key
from bpmn_xml.core.view import View
from bpmn_xml.wording import quoted

Holders = Sequence[Scope | None]
"""Per incoming flow the scope whose arrival is to be used; empty while the join waits."""


def all_there(node: Node, view: View) -> Holders:
    """One token per incoming flow (13.4.1)."""
    scope = view.scope
    if scope.index < 0:
        here, needed = scope.parked, node.incoming
        if not here or len(here) < len(needed):
            return ()
        for flow in needed:
            if flow not in here:
                return ()
        return (scope,) * len(needed)
    at = holders(node, view)
    return () if None in at else at


def none_to_come(node: Node, view: View) -> Holders:
    """One token per occupied flow once none can come on another (13.4.3, both halves).

    A token elsewhere holds the join up if it can reach an empty flow and no occupied one.
    """
    at = holders(node, view)
    pairs = list(zip(node.incoming, at, strict=False))
    empty = [flow for flow, scope in pairs if scope is None]
    occupied = [flow for flow, scope in pairs if scope]
    return () if can_come(node, view, places(node, view), empty, occupied) else at


COST_OF_SEARCH: Final = 8
"""What it costs to find out where a token can go, in scopes that are searched."""


def can_come(
    node: Node, view: View, standing: Iterable[int], empty: Sequence[int], occupied: Sequence[int]
) -> bool:
    """Whether a token elsewhere can reach an empty flow and no occupied one (13.4.3)."""
    wanted, others = _mask(node, frozenset(empty)), _mask(node, frozenset(occupied))
    for place in standing:
        for mask in view.reach.each(place, node.index):
            view.shared.searched += COST_OF_SEARCH
            if mask & wanted and not mask & others:
                return True
    return False


def _mask(node: Node, flows: frozenset[int]) -> int:
    """Some of the flows into a node as `Reach` has them; of thousands in one go."""
    bits = ["1" if flow in flows else "0" for flow in reversed(node.incoming)]
    return int("0" + "".join(bits), 2)


def holders(node: Node, view: View) -> Holders:
    """Per flow the scope whose arrival can be used here; empty if none is the scope's own."""
    scope, parked = view.scope, view.scope.parked
    if not parked or not any(flow in parked for flow in node.incoming):
        return ()
    if scope.index < 0:
        return [scope if flow in parked else None for flow in node.incoming]
    return [holder(flow, view.state, view.scope) for flow in node.incoming]


def holder(flow: int, state: State, scope: Scope) -> Scope | None:
    """The nearest scope, it or one around it, that holds an arrival on the flow."""
    for at in around(state, scope):
        if at.parked and flow in at.parked:
            return at
    return None


def lacking(node: Node, state: State, scope: Scope) -> tuple[int, ...]:
    """The flows on which nothing has come that a join in this scope could use."""
    return tuple([flow for flow in node.incoming if holder(flow, state, scope) is None])


def way(flow: int, view: View) -> str:
    """What people know a flow by: its id, and where it comes from."""
    drawn = view.program.flows[flow]
    source = view.program.nodes[drawn.source]
    return f"{drawn.id} (from {quoted(source.name or source.id)})"


def places(gateway: Node, view: View, *, own: bool = True) -> Iterator[int]:
    """Where tokens stand that will go on in this scope or an enclosing one of the container."""
    for scope in around(view.state, view.scope):
        if own or scope is not view.scope:
            yield from _standing(gateway, view, scope)


def _standing(gateway: Node, view: View, scope: Scope) -> Iterator[int]:
    """The nodes at which a scope's tokens stand. A producer's results go on elsewhere."""
    nodes, flows = view.program.nodes, view.program.flows
    for key, activation in scope.active.items():
        place, _ = split_key(view.state, key)
        work = nodes[place].work
        if not activation.emitted and not (work is not None and work.many):
            yield place
    for flow in scope.parked or ():
        if flows[flow].target != gateway.index:
            yield flows[flow].target


def use(node: Node, view: View, at: Holders) -> tuple[r.Record, ...]:
    """Take the scope's own arrivals and read the enclosing ones."""
    own: list[int] = []
    read: list[r.Record] = []
    for flow, scope in zip(node.incoming, at, strict=True):
        if scope is view.scope:
            own.append(flow)
        elif scope is not None:
            read.append(r.ArrivalRead(scope.path, flow))
    return (*read, r.Joined(view.scope.path, node.index, tuple(own)))


def merged(node: Node, view: View, at: Holders) -> dict[str, Any] | None:
    """The payloads that meet, later flows winning, where results travel along flows."""
    if not view.program.containers[node.container].flow_payload:
        return None
    together: dict[str, Any] = {}
    for flow, scope in zip(node.incoming, at, strict=True):
        if scope is not None and scope.parked is not None:
            together |= scope.parked[flow][0] or {}
    return together


def can_still_fill(node: Node, view: View) -> bool:
    """Whether enclosing scopes may yet hold all that the join lacks; one that lacks nothing, more.

    A complex gateway may start with any one of them.
    """
    standing, lacks = list(places(node, view, own=False)), lacking(node, view.state, view.scope)
    if not lacks or node.join is Join.ACTIVATING:
        return any(view.reach.bringers(flow, standing) for flow in node.incoming)
    return all(view.reach.bringers(flow, standing) for flow in lacks)
