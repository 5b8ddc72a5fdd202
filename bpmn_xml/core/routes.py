"""Where tokens go when they leave a node (13.3.1, 13.4). An empty answer: no flow can be taken."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bpmn_xml.compiler.program import NONE, Flow, Node
from bpmn_xml.core import records as r
from bpmn_xml.core.view import Records, View


def take_all(node: Node, view: View) -> Records:
    """Leave along every flow (13.4.1); without any the token ends here."""
    scope, payload = view.scope.path, view.payload
    if len(node.outgoing) == 1:
        return (r.FlowTaken(scope, node.outgoing[0], payload),)
    if not node.outgoing:
        return (r.TokenConsumed(scope, node.index),)
    return tuple([r.FlowTaken(scope, flow, payload) for flow in node.outgoing])


def take_first(node: Node, view: View) -> Records:
    """Leave along the first flow that holds, else the default flow (13.4.2)."""
    flow = first(node, view.program.flows, view.holds)
    return () if flow == NONE else (r.FlowTaken(view.scope.path, flow, view.payload),)


def first(node: Node, flows: Sequence[Flow], holds: Callable[[Flow], bool]) -> int:
    """The first flow that holds, else the default flow, else `NONE` (13.4.2)."""
    for index in node.outgoing:
        if index != node.default and holds(flows[index]):
            return index
    return node.default


def take_each(node: Node, view: View) -> Records:
    """Leave along every flow that holds, else the default flow (13.3.1, 13.4.3)."""
    flows, scope, payload = view.program.flows, view.scope.path, view.payload
    candidates = [index for index in node.outgoing if index != node.default]
    taken = [index for index in candidates if view.holds(flows[index])]
    if not taken:
        return take_default(node, view)
    return tuple([r.FlowTaken(scope, index, payload) for index in taken])


def take_default(node: Node, view: View) -> Records:
    """Leave along the default flow, if there is one."""
    if node.default < 0:
        return ()
    return (r.FlowTaken(view.scope.path, node.default, view.payload),)
