"""Ad-hoc sub-processes that a job steers: it says what begins next, and when it is enough.

The job is asked when the sub-process begins, and again whenever something in it is done; an older
question is withdrawn then. It answers as a job worker of Camunda 8 does. Each element that it names
begins in a scope of its own, with the data that is given for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from bpmn_xml.compiler.program import Node
from bpmn_xml.compiler.program.scoping import ELEMENT
from bpmn_xml.core import data, faults, incidents
from bpmn_xml.core import records as r
from bpmn_xml.core.behaviour import enter
from bpmn_xml.core.state import split_key
from bpmn_xml.core.view import Records, View
from bpmn_xml.errors import ExpressionError

NEXT: Final = "activateElements"
FULFILLED: Final = "isCompletionConditionFulfilled"
CANCELS: Final = "isCancelRemainingInstances"
KIND: Final = "adHocSubProcess"
"""What such an answer may call itself, as `type`."""


class NextSteps(NamedTuple):
    """What begins with which data, whether it is enough then, and what else is written."""

    begins: Sequence[Mapping[str, Any]]
    enough: bool = False
    cancels: bool = False
    variables: Mapping[str, Any] = {}


def planned(answer: object, known: Mapping[str, int]) -> NextSteps:
    """Read what a job answers: elements to begin with, or a mapping that names them too.

    An element is its id, or a mapping with `elementId` and `variables`. What else is in the answer
    are variables of the sub-process.

    Raises:
        ExpressionError: it is no such answer, or names what is not there.

    >>> planned(["a", {"elementId": "b", "variables": {"n": 1}}], {"a": 0, "b": 1}).begins
    ({'asked:element': 'a'}, {'n': 1, 'asked:element': 'b'})
    >>> planned({"isCompletionConditionFulfilled": True, "told": 5}, {})
    NextSteps(begins=(), enough=True, cancels=False, variables={'told': 5})
    """
    told = dict(answer) if isinstance(answer, Mapping) else {NEXT: answer}
    elements = told.pop(NEXT, None) or ()
    if told.get("type") == KIND:
        del told["type"]
    enough, cancels = told.pop(FULFILLED, False) is True, told.pop(CANCELS, False) is True
    if not isinstance(elements, list | tuple):
        raise ExpressionError(f"it says what begins next by {elements!r}, not by a list")
    return NextSteps(tuple([_begun(element, known) for element in elements]), enough, cancels, told)


def _begun(element: object, known: Mapping[str, int]) -> Mapping[str, Any]:
    """The data with which an element begins, its id included."""
    told = element if isinstance(element, Mapping) else {"elementId": element}
    name, variables = told.get("elementId"), told.get("variables") or {}
    if not isinstance(name, str) or name not in known:
        raise ExpressionError(f"there is no {name!r} in it to begin with")
    if not isinstance(variables, Mapping):
        raise ExpressionError(f"the variables of {name!r} are {variables!r}, which is no mapping")
    return {**variables, ELEMENT: name}


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
        plan = planned(answer, program.containers[inner.body].named)
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
