"""Work of people: what they are told of it is computed once, when it comes to them (13.3.3)."""

from __future__ import annotations

from bpmn_xml.compiler.program import Node
from bpmn_xml.compiler.program.scoping import TOLD
from bpmn_xml.core import incidents, waits
from bpmn_xml.core import records as r
from bpmn_xml.core.view import Records, View
from bpmn_xml.errors import ExpressionError


def begin_asking(node: Node, view: View, n: int) -> Records:
    """Wait at the boundary, and tell whom it may concern what the work is."""
    work, scope = node.work, view.scope.path
    assert work is not None
    try:
        armed, names = waits.arm(view, node, scope, n), view.names()
        values = {name: value.evaluate(names) for name, value in work.user_task_settings}
    except ExpressionError as error:
        return incidents.cannot_begin(view, node.index, n, error)
    if work.listened:
        values |= names[TOLD]
    return (*armed, r.PersonAsked(scope, node.index, n, values)) if values else armed


def tell_listeners(node: Node, view: View, n: int) -> Records:
    """Tell the listeners behind a task what a person was told of it in the end."""
    activation = view.scope.active[n * view.state.size + node.index]
    return (r.Answered(view.scope.path, {TOLD: activation.task_settings or {}}),)
