"""Errors look for whoever catches them, from the inside outwards; what they cut off is cancelled.

First the boundary events of the activity, then the event sub-processes of the scope it is in,
then the boundary events of the sub-process around it, and so on (10.5.1, 13.5.3, 13.5.4). Of those
in one place an exact code comes before a catch-all. Escalations go the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import msgspec

from bpmn_xml.compiler.program import EventSpec, Kind, Node, Trigger
from bpmn_xml.compiler.program.scoping import ENDED, UncaughtError
from bpmn_xml.core import closing, data, incidents
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope, child_path, container_scope, descendants, layers, split_key
from bpmn_xml.core.values import Values
from bpmn_xml.core.view import Records, View
from bpmn_xml.core.words import AGAIN, APART, FRAME
from bpmn_xml.errors import ExpressionError
from bpmn_xml.wording import did_you_mean


class Thrown(msgspec.Struct, frozen=True):
    """A BPMN error, an escalation, or a Python exception.

    `exceptions` are the names of a Python exception's class and its bases.
    """

    code: str
    message: str = ""
    variables: Mapping[str, Any] = msgspec.field(default_factory=dict)
    exceptions: tuple[str, ...] = ()
    trigger: Trigger = Trigger.ERROR


class Catcher(NamedTuple):
    """Who catches: a boundary event of activation (`host`, `n`), or an event sub-process."""

    scope: Scope
    host: int
    n: int
    node: Node
    event: EventSpec


Mapped = dict[str, dict[str, Any]]
"""What elements that are cut off have mapped out so far: variables by scope."""

CATCHING: Final = (Kind.BOUNDARY_EVENT, Kind.EVENT_SUB_PROCESS)
"""What catches errors."""


def catches(event: EventSpec, thrown: Thrown) -> bool:
    """Whether an event definition catches this."""
    if event.trigger is not thrown.trigger:
        return False
    if thrown.exceptions:
        return event.catches_exceptions or event.code in thrown.exceptions
    return event.code in ("", thrown.code)


def find_catcher(view: View, node: int, n: int, thrown: Thrown) -> Catcher | None:
    """The innermost node that catches what the element `node` threw."""
    scope, nodes = view.scope, view.program.nodes
    while True:
        *_, (scope, node, n) = layers(view.state, scope, node, n)
        inside = container_scope(view.state, scope)
        handlers = _beside(nodes[node], view.program.containers[inside.container].handlers)
        for at, candidates in ((scope, nodes[node].boundary), (inside, handlers)):
            caught = _first_that_catches([nodes[index] for index in candidates], thrown)
            if caught is not None:
                return Catcher(at, node, n, *caught)
        if inside.parent is None:
            return None
        scope, node, n = view.state.scopes[inside.parent], inside.node, inside.n


def _beside(thrower: Node, handlers: tuple[int, ...]) -> tuple[int, ...]:
    """The event sub-processes that may catch what is thrown in a scope, or in one of them.

    One catches nothing of its own, and with one that has interrupted its scope the others are over.
    """
    if thrower.index not in handlers:
        return handlers
    return () if thrower.interrupting else tuple([i for i in handlers if i != thrower.index])


def _first_that_catches(
    candidates: Iterable[Node], thrown: Thrown
) -> tuple[Node, EventSpec] | None:
    """Of those in one place the first for just this code, else the first that catches all."""
    found = ((node, event) for node in candidates for event in node.events)
    caught = [(node, event) for node, event in found if catches(event, thrown)]
    return min(caught, key=lambda one: not one[1].code, default=None)


def throw(view: View, node: int, n: int, thrown: Thrown) -> Records:
    """Throw from an element of the view's scope: caught, or as the dialect treats uncaught ones.

    `n` is 0 where the thrower is no activation (an end event).
    """
    catcher = find_catcher(view, node, n, thrown)
    told = r.ErrorThrown(view.scope.path, node, thrown.code, thrown.message, n=n)
    if catcher is None:
        return _uncaught(view, node, n, thrown, told)
    event, payload = catcher.event, view.payload
    told_to = {event.code_variable: thrown.code, event.message_variable: thrown.message}
    carried = {**thrown.variables, **{name: text for name, text in told_to.items() if name}}
    cut = _cut(view, catcher)
    if view.program.containers[catcher.scope.container].flow_payload:
        payload, carried = {**(payload or {}), **carried}, {}
    there = view.at(catcher.scope)
    try:
        payload = data.carried(there, catcher.node, carried) or payload
        written = data.received(there, catcher.node, carried)
    except ExpressionError as error:
        return _cannot_throw(view, node, n, error)
    if _has_ended(view.program.nodes[node], view.program.nodes[catcher.host], catcher.node):
        payload = {**(payload or {}), ENDED: True}
    placed = r.TokenPlaced(catcher.scope.path, catcher.node.index, payload)
    return (told, *cut, *written, placed)


def _has_ended(thrower: Node, host: Node, border: Node) -> bool:
    """Whether a listener at the end of an activity threw what cuts that off."""
    calls = border.frame is not None and border.frame.cuts
    return bool(calls) and host.frame is not None and thrower.index in host.frame.ending


def _cut(view: View, catcher: Catcher) -> Records:
    """What a catcher cuts off: nothing, the activity it is attached to, or its scope."""
    if not catcher.node.interrupting:
        return ()
    if catcher.node.kind is Kind.EVENT_SUB_PROCESS:
        return interrupt(view, catcher.scope)
    return cancel_activity(view, catcher.scope, catcher.host, catcher.n)


def escalate(view: View, node: int, n: int, thrown: Thrown) -> tuple[Records, bool]:
    """Bring an escalation to who catches it; nobody needs to (10.5.1).

    Returns:
        What happens, and whether that has cut off the thrower.
    """
    catcher = find_catcher(view, node, n, thrown)
    if catcher is None:
        return (), False
    name, cut = catcher.event.code_variable, _cut(view, catcher)
    values = {**thrown.variables, **({name: thrown.code} if name else {})}
    there = view.at(catcher.scope)
    follows: Records = ()
    try:
        carried = data.carried(there, catcher.node, values)
        written = data.received(there, catcher.node, values)
        follows = (*written, begin_at(there, catcher.node, catcher.n, carried))
    except ExpressionError as error:
        follows = cannot_catch(there, catcher.node, catcher.n, error, values)
    return (*cut, *follows), catcher.node.interrupting


def begin_at(view: View, catcher: Node, n: int, payload: Values | None) -> r.TokenPlaced:
    """Let a token begin at what catches: at the border of activation `n`, or in its scope."""
    return r.TokenPlaced(view.scope.path, catcher.index, payload, _host(view, catcher, n))


def cannot_catch(view: View, catcher: Node, n: int, why: object, values: Values | None) -> Records:
    """An incident where a token would begin: what was caught cannot be written."""
    *active, raised = incidents.cannot_write(view, catcher.index, 0, why, values)
    return (*active, msgspec.structs.replace(raised, host=_host(view, catcher, n)))


def _host(view: View, catcher: Node, n: int) -> int:
    """The activation that goes on beside what its border leads to; see `TokenPlaced`."""
    beside = catcher.kind is Kind.BOUNDARY_EVENT and not catcher.interrupting
    return n if beside and view.program.nodes[catcher.host].undoes else 0


def _uncaught(view: View, node: int, n: int, thrown: Thrown, told: r.ErrorThrown) -> Records:
    fate = view.rules.uncaught_error
    if fate is UncaughtError.INCIDENT:
        said = f"nobody catches error {thrown.code!r} {thrown.message}".rstrip()
        message = f"{said}{did_you_mean(thrown.code, _caught_anywhere(view) - {thrown.code})}"
        return (told, *_cannot_throw(view, node, n, message))
    told = msgspec.structs.replace(told, uncaught=True, values=thrown.variables or None)
    if fate is UncaughtError.ENDS:
        return (told, *_end_token(view, node, n))
    ended_all = r.InstanceEnded("failed", thrown.code, thrown.message, node)
    return (told, *cancel_inside(view, view.state.scopes[""]), ended_all)


def _caught_anywhere(view: View) -> set[str]:
    """The codes of errors for which there are catching events."""
    nodes = [one for one in view.program.nodes if one.kind in CATCHING]
    return {one.code for node in nodes for one in node.events if one.trigger is Trigger.ERROR}


def _cannot_throw(view: View, node: int, n: int, why: object) -> Records:
    """An incident: tried again, an end event throws once more, and other work is done again.

    An end event with a frame throws when it leaves that.
    """
    thrower = view.program.nodes[node]
    if thrower.kind is not Kind.END_EVENT:
        return incidents.cannot_work(view, node, n, why)
    return (incidents.cannot_leave if thrower.frame else incidents.cannot_begin)(view, node, n, why)


def _end_token(view: View, node: int, n: int) -> Records:
    """The token that threw ends; if a listener threw, that of the element it belongs to."""
    there = layers(view.state, view.scope, node, n)
    scope, node, n = next(layer for layer in there if layer[0].role != FRAME)
    ended = r.TokenConsumed(scope.path, node)
    return (*cancel_activity(view, scope, node, n), ended) if n else (ended,)


def cancel_activity(view: View, scope: Scope, node: int, n: int) -> Records:
    """Cut an active element off, with everything inside it."""
    return (*cut_bodies(view, scope, node, n), r.Cancelled(scope.path, node, n))


def cut_bodies(view: View, scope: Scope, node: int, n: int) -> Records:
    """Cut off and close everything inside an active element."""
    inside, mapped = list[r.Record](), Mapped()
    for body in _bodies(view, scope, node, n):
        inside += (*_cancel_inside(view, body, mapped), *_close(view, body, mapped))
    return tuple(inside)


def _bodies(view: View, scope: Scope, node: int, n: int) -> list[Scope]:
    """The inside of an activation, or its instances; a producer's items are not its inside."""
    scopes = view.state.scopes
    body = scopes.get(child_path(scope.path, node, n))
    if body is not None:
        return [body]
    if view.program.nodes[node].loop is None and view.program.nodes[node].frame is None:
        return []
    children = [scopes[path] for path in scope.children or ()]
    return [
        child for child in children if child.role in AGAIN and (child.node, child.n) == (node, n)
    ]


def cancel_inside(view: View, scope: Scope) -> Records:
    """Cut off all that is active in a scope and close the scopes in it, the innermost first."""
    return _cancel_inside(view, scope, {})


def _cancel_inside(view: View, scope: Scope, mapped: Mapped) -> Records:
    records: list[r.Record] = []
    for inner in descendants(view.state, scope):
        records += (*_cancel_active(view, inner), *_close(view, inner, mapped))
    return (*records, *_cancel_active(view, scope))


def _close(view: View, scope: Scope, mapped: Mapped) -> Records:
    """Close a scope that is cut off; in Camunda 7 what an element maps out is written all the same.

    It sees what those inside have `mapped` out, and is left out where something has no value yet.
    """
    closed = r.ScopeClosed(scope.path, completed=False)
    if scope.role != FRAME or not view.program.containers[scope.container].rules.maps_cut:
        return (closed,)
    there, node = view.at(scope), view.program.nodes[scope.node]
    try:
        given = data.bring_out(there, node, _seen(view, scope, mapped) if mapped else None)
    except ExpressionError:
        given = ()
    for record in given:
        if isinstance(record, r.VariablesWritten):
            mapped.setdefault(record.scope, {}).update(record.values)
    return (*given, closed)


def _seen(view: View, scope: Scope, mapped: Mapped) -> dict[str, Any]:
    """What was mapped out to where a scope sees it, by name."""
    seen, nearer = dict[str, Any](), list[Scope]()
    outer: str | None = scope.path
    while outer is not None:
        around = view.state.scopes[outer]
        for name, value in mapped.get(outer, {}).items():
            if not any(name in each.variables for each in nearer):
                seen.setdefault(name, value)
        nearer.append(around)
        outer = around.parent if around.role != APART else None
    return seen


def _cancel_active(view: View, scope: Scope) -> list[r.Record]:
    keys = [split_key(view.state, key) for key in scope.active]
    return [r.Cancelled(scope.path, node, n) for node, n in keys]


def interrupt(view: View, scope: Scope) -> Records:
    """An event sub-process takes a scope over, with all its items (13.5.4)."""
    return (*cancel_inside(view, scope), r.ScopeInterrupted(scope.path))


def terminate(view: View, node: Node, n: int) -> Records:
    """End the scope of a terminate end event at once, with all its items (13.5.6)."""
    scope = container_scope(view.state, view.scope)
    reached = () if n else (r.Passed(view.scope.path, node.index),)
    cut = cancel_inside(view, scope)
    if scope.parent is None:
        return (*reached, *cut, r.InstanceEnded("terminated", node=node.index))
    return (*reached, *cut, r.ScopeInterrupted(scope.path), *closing.close(view, scope))


def code_of(event: EventSpec, view: View) -> str:
    """The code of an error or escalation that is thrown.

    Raises:
        ExpressionError: it has no value.
    """
    return str(event.name.evaluate(view.names())) if event.name is not None else event.code
