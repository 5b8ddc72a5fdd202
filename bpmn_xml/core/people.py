"""Work of people: what they are told of it is computed once, when it comes to them (13.3.3)."""

from __future__ import annotations

from bpmn_xml.compiler.program import Node
from bpmn_xml.core import incidents, waits
from bpmn_xml.core import records as r
from bpmn_xml.core.view import Records, View
from bpmn_xml.errors import ExpressionError


def begin_asking(node: Node, view: View, n: int) -> Records:
    """Wait at the boundary, and tell whom it may concern what the work is."""
    scope, settings = view.scope.path, node.work.user_task_settings if node.work else ()
    try:
        armed = waits.arm(view, node, scope, n)
        names = view.names()
        values = {name: value.evaluate(names) for name, value in settings}
    except ExpressionError as error:
        return incidents.cannot_begin(view, node.index, n, error)
    return (*armed, r.PersonAsked(scope, node.index, n, values))
