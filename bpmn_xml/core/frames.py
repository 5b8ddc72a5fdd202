"""What is done around an element's own work (13.3.2): data comes in, listeners, data goes out.

An element with a frame becomes active where its token came, and opens a scope for its local data.
In there the nodes of its chain become active one after the other: listeners, the element itself
alone, listeners. Elements without a frame pay nothing for any of this.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import dropwhile
from typing import Any

from bpmn_xml.compiler.program import Node
from bpmn_xml.compiler.program.scoping import TOLD, LocalFrame
from bpmn_xml.core import data, incidents, waits
from bpmn_xml.core import records as r
from bpmn_xml.core.numbers import counted_at
from bpmn_xml.core.state import child_path
from bpmn_xml.core.values import Values, layered
from bpmn_xml.core.view import Records, View
from bpmn_xml.errors import ExpressionError


def _frame(node: Node) -> LocalFrame:
    assert node.frame is not None
    return node.frame


def begin(node: Node, view: View, n: int) -> Records:
    """Open the scope with the data that comes in, and begin with the first of the chain."""
    frame, scope = _frame(node), view.scope.path
    try:
        armed = waits.arm(view, node, scope, n)
        came = {**dict.fromkeys(frame.local), **(view.payload or {})}
        local = came | data.assigned(frame.inputs, view.names(), anew=True)
        local |= _told_before(frame, frame.chain[0], layered(local, view.names()))
    except ExpressionError as error:
        return incidents.cannot_begin(view, node.index, n, error)
    inside = child_path(scope, node.index, n, 0)
    opened = r.ScopeOpened(scope, node.index, n, 0, instance=True, framed=True)
    written = data.written(view, inside, local) if local else ()
    first = _following(frame, frame.chain, local)[0]
    return (*armed, opened, *written, r.TokenPlaced(inside, first))


def _told_before(frame: LocalFrame, node: int, names: Values) -> Values:
    """What is told before a node of the chain, where listeners are told of a person's task."""
    return data.assigned(frame.told, names) if frame.told and node == frame.told_at else {}


def _following(frame: LocalFrame, chain: Sequence[int], names: Values) -> Sequence[int]:
    """What comes of a chain: the listeners at assignment only if somebody is assigned."""
    if not frame.assigning:
        return chain
    told: Any = names.get(TOLD) or {}
    left_out = () if told.get("assignee") else frame.assigning
    return list(dropwhile(lambda node: node in left_out, chain))


def leave(node: Node, view: View, n: int) -> Records:
    """The element or a job around it is done: the next of the chain, or the end of the scope."""
    host, written = view.program.nodes[view.scope.node], tuple[r.Record, ...]()
    if node.index == _frame(host).gives:
        try:
            written = data.bring_out(view, host)
        except ExpressionError as error:
            return incidents.cannot_leave(view, node.index, n, error)
    return (*written, *go_on(node, view, n))


def go_on(node: Node, view: View, n: int) -> Records:
    """Complete the element or a job around it; behind that comes the next of the chain."""
    scope, host = view.scope, view.program.nodes[view.scope.node]
    frame = _frame(host)
    done: Records = (r.Completed(scope.path, node.index, n),)
    following: Sequence[int] = frame.chain[frame.chain.index(node.index) + 1 :]
    if not following:
        return (*done, r.ScopeClosed(scope.path, completed=True))
    if frame.told:
        try:
            told = _told_before(frame, following[0], view.names())
        except ExpressionError as error:
            return incidents.cannot_leave(view, node.index, n, error)
        done = (*done, *data.written(view, scope.path, told)) if told else done
        following = _following(frame, following, layered(told, view.names()))
    if node.work is not None and node.work.listened:
        done = (*_tell_listeners(node, view, n), *done)
    if len(following) == 1 and host.loop is not None and host.loop.asks:
        numbers = counted_at(view.state, scope, following[0])
        done = (*done, r.VariablesWritten(scope.path, numbers))
    return (*done, r.TokenPlaced(scope.path, following[0]))


def _tell_listeners(node: Node, view: View, n: int) -> Records:
    """Tell the listeners behind a task what a person was told of it in the end."""
    activation = view.scope.active[n * view.state.size + node.index]
    return (r.Answered(view.scope.path, {TOLD: activation.task_settings or {}}),)
