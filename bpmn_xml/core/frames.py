"""What is done around an element's own work (13.3.2): data comes in, listeners, data goes out.

An element with a frame becomes active where its token came, and opens a scope for its local data.
In there the nodes of its chain become active one after the other: listeners, the element itself
alone, listeners. Elements without a frame pay nothing for any of this.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import dropwhile
from typing import Any

from bpmn_xml.compiler.program import Node
from bpmn_xml.compiler.program.scoping import ASSIGNEE, CALLED, ENDED, TOLD, LocalFrame
from bpmn_xml.core import data, incidents, waits
from bpmn_xml.core import records as r
from bpmn_xml.core.numbers import counted_at
from bpmn_xml.core.state import child_path, key_of
from bpmn_xml.core.values import Values, layered
from bpmn_xml.core.view import Records, View
from bpmn_xml.core.words import FRAME
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
    opened = r.ScopeOpened(scope, node.index, n, 0, FRAME)
    written = data.written(view, inside, local) if local else ()
    following = _following(frame, frame.chain, local)
    first = (
        r.TokenPlaced(inside, following[0]) if following else r.ScopeClosed(inside, completed=True)
    )
    return (*armed, opened, *written, first)


def _told_before(frame: LocalFrame, node: int, names: Values) -> Values:
    """What is told before a node of the chain, where listeners are told of a person's task."""
    return data.assigned(frame.told, names) if frame.told and node == frame.told_at else {}


def _following(frame: LocalFrame, chain: Sequence[int], names: Values) -> Sequence[int]:
    """What comes of a chain: the listeners at assignment only if somebody is assigned.

    Those of what was cut off by one of them at its end are not called once more.
    """
    if frame.cuts and names.get(ENDED):
        return [node for node in chain if node not in frame.cuts]
    if not frame.assigning:
        return chain
    told: Any = names.get(TOLD) or {}
    left_out = () if told.get(ASSIGNEE) else frame.assigning
    return list(dropwhile(lambda node: node in left_out, chain))


def leave(node: Node, view: View, n: int) -> Records:
    """The element or a job around it is done: the next of the chain, or the end of the scope."""
    host, written = view.program.nodes[view.scope.node], tuple[r.Record, ...]()
    if _is_beside(node, view):
        return _go_on_beside(node, view, n)
    if node.index == _frame(host).gives:
        try:
            written = data.bring_out(view, host)
        except ExpressionError as error:
            return incidents.cannot_leave(view, node.index, n, error)
    return (*written, *go_on(node, view, n))


def call_changed(node: Node, view: View, told: Values, changed: Collection[str]) -> Records:
    """Call the listeners of an open task that has changed, beside it, one after the other."""
    frame, scope = _frame(node), view.scope
    updated = changed and (view.rules.assigning_updates or changed != {ASSIGNEE})
    called = (*(frame.updating if updated else ()), *_assigned(frame, changed))
    waiting = (scope.answers or {}).get(CALLED, ())
    answers = {TOLD: told, **({CALLED: (*waiting, *called)} if called else {})}
    first = (r.TokenPlaced(scope.path, called[0]),) if called and not waiting else ()
    return (r.Answered(scope.path, answers), *first)


def _assigned(frame: LocalFrame, changed: Collection[str]) -> tuple[int, ...]:
    return frame.assigning if ASSIGNEE in changed else ()


def _is_beside(node: Node, view: View) -> bool:
    """Whether a listener is called beside an open task, and not before or behind it."""
    frame = _frame(view.program.nodes[view.scope.node])
    if node.index not in frame.chain:
        return True
    return node.index in frame.assigning and bool((view.scope.answers or {}).get(CALLED))


def _go_on_beside(node: Node, view: View, n: int) -> Records:
    """A listener beside a task is done: the next of them, or, if that is done, what comes behind.

    What the listener has changed of the task is told.
    """
    scope, host = view.scope, view.program.nodes[view.scope.node]
    answers: Any = scope.answers or {}
    waiting = answers.get(CALLED, ())
    records: Records = (r.Completed(scope.path, node.index, n),)
    if waiting and waiting[0] == node.index:
        records = (*records, r.Answered(scope.path, {CALLED: waiting[1:]}))
        if waiting[1:]:
            records = (*records, r.TokenPlaced(scope.path, waiting[1]))
    task = next((key for key in scope.active if key % view.state.size == host.index), None)
    if task is None:
        more = len(scope.active) > 1 or waiting[1:]
        return (*records, *(() if more else _onward(view, host, _behind(_frame(host), host), {})))
    told = answers.get(TOLD)
    if told is None or told == scope.active[task].task_settings:
        return records
    where = scope.path, host.index, task // view.state.size
    return (*records, r.PersonAsked(*where, told))


def go_on(node: Node, view: View, n: int) -> Records:
    """Complete the element or a job around it; behind that comes the next of the chain.

    Behind a task that comes when no listener beside it is still called.
    """
    scope, host = view.scope, view.program.nodes[view.scope.node]
    done: Records = (r.Completed(scope.path, node.index, n),)
    if node.work is not None and node.work.listened:
        done = (*_tell_listeners(node, view, n), *done)
    if node.index == host.index and len(scope.active) > 1:
        return done
    following = _behind(_frame(host), node)
    try:
        told = _told_before(_frame(host), following[0], view.names()) if following else {}
    except ExpressionError as error:
        return incidents.cannot_leave(view, node.index, n, error)
    return (*done, *_onward(view, host, following, told))


def _behind(frame: LocalFrame, node: Node) -> Sequence[int]:
    """What comes behind a node of the chain."""
    return frame.chain[frame.chain.index(node.index) + 1 :]


def _onward(view: View, host: Node, following: Sequence[int], told: Values) -> Records:
    """Place a token at the next of the chain, before which this is told; or end the scope."""
    frame, scope = _frame(host), view.scope
    if not following:
        return (r.ScopeClosed(scope.path, completed=True),)
    written: Records = data.written(view, scope.path, told) if told else ()
    if frame.told:
        following = _following(frame, following, layered(told, view.names()))
    if len(following) == 1 and host.loop is not None and host.loop.asks:
        numbers = counted_at(view.state, scope, following[0])
        written = (*written, r.VariablesWritten(scope.path, numbers))
    return (*written, r.TokenPlaced(scope.path, following[0]))


def _tell_listeners(node: Node, view: View, n: int) -> Records:
    """Tell the listeners behind a task what a person was told of it in the end."""
    activation = view.scope.active[key_of(view.state, node.index, n)]
    return (r.Answered(view.scope.path, {TOLD: activation.task_settings or {}}),)
