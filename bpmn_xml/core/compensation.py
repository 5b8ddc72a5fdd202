"""Compensation: what has been completed is undone, last things first (10.7, 13.5.5).

A scope remembers what was completed in it and can be undone, with the data that was its own. Who
throws opens one turn after the other, each a scope in which that data is back: at the boundary
event whose handler undoes the activity, at the event sub-process that undoes the sub-process
around it, or, where a sub-process has neither, all that was completed inside it is undone in turn.
"""

from __future__ import annotations

from bpmn_xml.compiler.program import NONE, Kind, Node, Trigger, is_about
from bpmn_xml.core import faults, routes
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Completion, child_path, find_activation, key_of, layers
from bpmn_xml.core.view import Records, View
from bpmn_xml.core.words import TURN


def start(view: View, thrown: r.CompensationThrown) -> Records:
    """Begin to undo what can be seen from a thrower, unless that is gone."""
    scope, node, n = thrown.scope, thrown.node, thrown.n
    if find_activation(view.state, scope, node, n) is None:
        return ()
    return (r.CompensationStarted(scope, node, n, thrown.activity),)


def again(node: Node, view: View, n: int) -> Records:
    """Undo what was completed last of what is left; when nothing is left, go on."""
    key = key_of(view.state, node.index, n)
    undoing = (view.scope.undoing or {}).get(key)
    if undoing is None:
        return ()
    if undoing.left:
        return _undo(node, view, n, undoing.left[-1])
    ended = r.CompensationEnded(view.scope.path, node.index, n)
    if key in view.scope.active:
        return (ended, *_leave(node, view, n))
    transaction = view.program.containers[view.scope.container].node
    if view.scope.index < 0 and view.program.nodes[transaction].kind is Kind.TRANSACTION:
        return (ended, *_cancelled(view))
    return (ended,)


def _undo(node: Node, view: View, n: int, done: Completion) -> Records:
    """Open the scope in which one completed activity is undone."""
    undoing = (view.scope.undoing or {})[key_of(view.state, node.index, n)]
    path = child_path(view.scope.path, node.index, n, undoing.opened)
    opened = r.ScopeOpened(view.scope.path, node.index, n, undoing.opened, TURN)
    written = (r.VariablesWritten(path, done.variables),) if done.variables else ()
    handler = view.program.nodes[done.node].undo
    begun: r.Record = r.TokenPlaced(path, handler)
    if handler == NONE:
        begun = r.CompensationStarted(path, node.index, 1, NONE)
    return (opened, *written, begun)


def _leave(node: Node, view: View, n: int) -> Records:
    """Complete the thrower; its token went on before if it was not to wait."""
    if is_awaited(node):
        return view.bound[node.index].leave(node, view, n)
    return (r.Completed(view.scope.path, node.index, n),)


def begin(node: Node, view: View) -> Records:
    """Let the token go on at once where the thrower is not to wait."""
    return () if is_awaited(node) else routes.take_all(node, view)


def is_awaited(node: Node) -> bool:
    """Whether a thrower waits until all is undone (10.5.5)."""
    return any(event.waits and event.trigger is Trigger.COMPENSATION for event in node.events)


def cancel(view: View, node: Node, n: int) -> Records:
    """A cancel end event: cut off what is active in the transaction, then undo the rest."""
    reached = () if n else (r.Passed(view.scope.path, node.index),)
    scope, containers, nodes = view.scope, view.program.containers, view.program.nodes
    while scope.index >= 0 or nodes[containers[scope.container].node].kind is not Kind.TRANSACTION:
        assert scope.parent is not None
        scope = view.state.scopes[scope.parent]
    cut = faults.interrupt(view, scope)
    return (*reached, *cut, r.CompensationStarted(scope.path, node.index, 1, NONE))


def _cancelled(view: View) -> Records:
    """All is undone: go on at the cancel boundary event, if the transaction has one (13.5.3)."""
    inside, nodes = view.scope, view.program.nodes
    transaction, around = nodes[inside.node], view.state.scopes[inside.parent or ""]
    *_, (outer, _, n) = layers(view.state, around, transaction.index, inside.n)
    cut = faults.cancel_activity(view, outer, transaction.index, n)
    after = [i for i in transaction.boundary if is_about(nodes[i].events, Trigger.CANCEL)]
    return (*cut, *[r.TokenPlaced(outer.path, i) for i in after[:1]])
