"""Errors look for who catches them, from the inside outwards; what they cut off is cancelled.

First the boundary events of the activity, then those of the sub-process around it, and so on
(10.5.1, 13.5.3). Within one activity an exact code comes before a catch-all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from bpmn_xml.compiler.program import EventSpec, Node, Trigger, UncaughtError
from bpmn_xml.core import data
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope, child_path, container_scope, descendants, split_key
from bpmn_xml.core.view import Records, View


class Thrown(msgspec.Struct, frozen=True):
    """A BPMN error, or a Python exception: then `exceptions` are its class's and bases' names."""

    code: str
    message: str = ""
    variables: Mapping[str, Any] = msgspec.field(default_factory=dict)
    exceptions: tuple[str, ...] = ()


class Catcher(NamedTuple):
    """The activity that is cut off and the boundary event where the token goes on."""

    scope: Scope
    node: int
    n: int
    boundary: Node
    event: EventSpec


def catches(event: EventSpec, thrown: Thrown) -> bool:
    """Whether an error event definition catches this."""
    if event.trigger is not Trigger.ERROR:
        return False
    if thrown.exceptions:
        return event.catches_exceptions or event.code in thrown.exceptions
    return event.code in ("", thrown.code)


def find_catcher(view: View, node: int, n: int, thrown: Thrown) -> Catcher | None:
    """The innermost boundary event that catches what the activity `node` threw."""
    scope, nodes = view.scope, view.program.nodes
    while True:
        for boundary in nodes[node].boundary:
            for event in nodes[boundary].events:
                if catches(event, thrown):
                    return Catcher(scope, node, n, nodes[boundary], event)
        inside = container_scope(view.state, scope)
        if inside.parent is None:
            return None
        scope, node, n = view.state.scopes[inside.parent], inside.node, inside.n


def throw(view: View, node: int, n: int, thrown: Thrown) -> Records:
    """Throw from an element of the view's scope: caught, or as the dialect treats uncaught ones.

    `n` is 0 where the thrower is no activation (an end event).
    """
    catcher = find_catcher(view, node, n, thrown)
    told = r.ErrorThrown(view.scope.path, node, thrown.code, thrown.message)
    if catcher is None:
        return (told, *_uncaught(view, node, n, thrown))
    event, payload = catcher.event, view.payload
    told_to = {event.code_variable: thrown.code, event.message_variable: thrown.message}
    carried = {**thrown.variables, **{name: text for name, text in told_to.items() if name}}
    cut = cancel_activity(view, catcher.scope, catcher.node, catcher.n)
    if view.program.containers[catcher.scope.container].flow_payload:
        payload, carried = {**(payload or {}), **carried}, {}
    written = data.write(view.at(catcher.scope), carried)
    placed = r.TokenPlaced(catcher.scope.path, catcher.boundary.index, payload)
    return (told, *cut, *written, placed)


def _uncaught(view: View, node: int, n: int, thrown: Thrown) -> Records:
    scope = view.scope.path
    match view.program.rules.uncaught_error:
        case UncaughtError.INCIDENT:
            message = f"nobody catches error {thrown.code!r} {thrown.message}".rstrip()
            if n:
                return (r.IncidentRaised(scope, node, n, message),)
            n = view.next_activation(view.program.nodes[node])
            return (r.Activated(scope, node, n), r.IncidentRaised(scope, node, n, message))
        case UncaughtError.ENDS:
            ended = r.TokenConsumed(scope, node)
            return (r.Cancelled(scope, node, n), ended) if n else (ended,)
        case _:
            ended_all = r.InstanceEnded("failed", thrown.code, thrown.message)
            return (*cancel_inside(view, view.state.scopes[""]), ended_all)


def cancel_activity(view: View, scope: Scope, node: int, n: int) -> Records:
    """Cut an active element off, with everything inside it."""
    body = view.state.scopes.get(child_path(scope.path, node, n))
    inside: Records = ()
    if body is not None:
        inside = (*cancel_inside(view, body), r.ScopeClosed(body.path, completed=False))
    return (*inside, r.Cancelled(scope.path, node, n))


def cancel_inside(view: View, scope: Scope) -> Records:
    """Cut off all that is active in a scope and close the scopes in it, the innermost first."""
    records: list[r.Record] = []
    for inner in descendants(view.state, scope):
        records += _cancel_active(view, inner)
        records.append(r.ScopeClosed(inner.path, completed=False))
    return (*records, *_cancel_active(view, scope))


def _cancel_active(view: View, scope: Scope) -> list[r.Record]:
    keys = [split_key(view.state, key) for key in scope.active]
    return [r.Cancelled(scope.path, node, n) for node, n in keys]


def terminate(view: View, node: Node) -> Records:
    """End the scope of a terminate end event at once, with all its items (13.5.6)."""
    scope = container_scope(view.state, view.scope)
    reached = r.Passed(view.scope.path, node.index)
    cut = cancel_inside(view, scope)
    if scope.parent is None:
        return (reached, *cut, r.InstanceEnded("terminated"))
    return (reached, *cut, r.ScopeClosed(scope.path, completed=True))


def throw_at_end(view: View, node: Node) -> Records:
    """An error end event throws into the scopes around it (13.5.6)."""
    event = node.events[0]
    reached = r.Passed(view.scope.path, node.index)
    return (reached, *throw(view, node.index, 0, Thrown(event.code, event.message)))
