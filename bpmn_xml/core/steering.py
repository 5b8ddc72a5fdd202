"""Ad-hoc sub-processes that a job steers: it says what begins next, and when it is enough.

The job is asked when the sub-process begins, and again whenever something in it is done; an older
question is withdrawn then. How it answers is bound by the compiler. Each element that it names
begins in a scope of its own, with the data that is given for it.
"""

from __future__ import annotations

from bpmn_xml.compiler.program import NextSteps, Node
from bpmn_xml.core import data, faults, incidents
from bpmn_xml.core import records as r
from bpmn_xml.core.behaviour import enter
from bpmn_xml.core.state import split_key
from bpmn_xml.core.view import Records, View
from bpmn_xml.errors import ExpressionError


def ask(node: Node, view: View) -> Records:
    """Ask what is next; what was asked before is withdrawn."""
    scope = view.scope
    open_ = [split_key(view.state, key) for key in scope.active]
    withdrawn = [r.Cancelled(scope.path, node.index, n) for at, n in open_ if at == node.index]
    return (*withdrawn, *enter(node, view))


def steer(node: Node, view: View, n: int) -> Records:
    """Begin with what the job names, or cut off what is active when that is enough."""
    scope, program = view.scope, view.program
    assert node.steering is not None
    inner = program.nodes[program.flows[node.outgoing[0]].target]
    answer = view.names().get(node.steering.answer)
    if answer is None and n == 1:
        answer = node.steering.first
    try:
        plan = node.steering.plan(answer, program.containers[inner.body].named)
    except ExpressionError as error:
        return incidents.cannot_leave(view, node.index, n, error)
    done = r.Completed(scope.path, node.index, n)
    written = data.write(view, plan.variables)
    if not plan.enough:
        return (*written, done, *_begin(node, view, plan))
    over = r.VariablesWritten(scope.path, {node.steering.enough: True})
    if plan.cancels:
        cut = [record for record in faults.cancel_inside(view, scope) if not _is(record, node)]
        return (*written, over, done, *cut, r.TokenConsumed(scope.path, node.index))
    return (*written, over, done, *_begin(node, view, plan))


def _begin(node: Node, view: View, plan: NextSteps) -> Records:
    """Take the way to what is inside once for each element, or no more."""
    path, flow = view.scope.path, node.outgoing[0]
    begun = [r.FlowTaken(path, flow, variables) for variables in plan.begins]
    return tuple(begun) or (r.TokenConsumed(path, node.index),)


def _is(record: r.Record, node: Node) -> bool:
    return isinstance(record, r.Cancelled) and record.node == node.index
