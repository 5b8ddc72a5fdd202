"""Call activities (13.3.4): a called process begins with what is passed in and returns results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bpmn_xml.compiler.program import NONE, Kind, Node
from bpmn_xml.compiler.program.scoping import BUSINESS_KEY, NOBODY
from bpmn_xml.core import data, incidents
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope
from bpmn_xml.core.values import Values, layered
from bpmn_xml.core.view import Records, View, visible
from bpmn_xml.core.words import AGAIN
from bpmn_xml.errors import ExpressionError

NOTHING: Final[Mapping[str, Any]] = {}

MAX_DEPTH: Final = 1_200
"""How deep calls may be nested: a recursion of a thousand turns ends, an endless one is held."""


def is_too_deep(view: View) -> bool:
    """Whether calls are nested as deeply as is allowed."""
    depth, scope = 0, view.scope
    while scope.parent is not None:
        depth += scope.role not in AGAIN
        scope = view.state.scopes[scope.parent]
        view.shared.searched += 1
    return depth >= MAX_DEPTH


def called(node: Node, view: View) -> int:
    """The container that a sub-process or a call begins; `NONE` where the call passes.

    Raises:
        ExpressionError: there is no process of the name that an expression gives.
    """
    which = node.call.which if node.call is not None else None
    if which is None:
        return node.body
    name = which.evaluate(view.names())
    if name is NOBODY:
        return NONE
    found = view.program.processes.get(name, NONE) if isinstance(name, str) else NONE
    if found == NONE:
        known = ", ".join(view.program.processes)
        raise ExpressionError(f"there is no process {name!r} to call: there are {known}")
    starts = view.program.containers[found].starts
    several = len(starts) > 1 and view.program.nodes[starts[0]].kind is Kind.START_EVENT
    if several or not starts:
        raise ExpressionError(f"process {name!r} has not one start event that waits for nothing")
    return found


def is_apart(node: Node) -> bool:
    """Whether what a node calls sees nothing of its caller."""
    return node.call is not None and node.call.apart


def own_data(node: Node, view: View, container: int) -> dict[str, Any]:
    """The data objects and properties of a called process, which have no value yet (10.4.1).

    Where it sees its caller's, those that the call has for itself are what it reads and writes.
    """
    names = view.program.containers[container].local
    calls_own = data.own(view, node) if names and not is_apart(node) else NOTHING
    return {name: None for name in names if name not in calls_own}


def passed_in(node: Node, view: View, local: Values = NOTHING) -> dict[str, Any]:
    """The variables that a called process begins with; nothing if it sees its caller's.

    `local` is what the element's mapping has brought in, where no scope holds it.

    Raises:
        ExpressionError: a value cannot be computed.
    """
    call = node.call
    if call is None:
        return {}
    names = layered(local, view.names()) if local else view.names()
    own = {**data.own(view, node), **local}
    passed = {**visible(view.state, view.scope), **local} if call.all_in else {}
    passed |= own if call.local_in else {}
    return passed | data.assigned(call.inputs, names) | data.assigned(call.local_inputs, own)


def end(view: View, scope: Scope) -> Records:
    """A called process that is apart from its caller is done: what it gives back is written.

    A key that the caller gave it is the called process's own.
    """
    node = view.program.nodes[scope.node]
    call, parent = node.call, view.state.scopes[scope.parent or ""]
    assert call is not None
    try:
        given = dict(scope.variables) if call.all_out else {}
        if any(assign.target == (BUSINESS_KEY,) for assign in call.inputs):
            given.pop(BUSINESS_KEY, None)
        given |= data.assigned(call.outputs, view.names())
    except ExpressionError as error:
        return incidents.stuck(view, node.index, error)
    written = data.results(view.at(parent), node, given)
    return (*written, r.ScopeClosed(scope.path, completed=True))
