"""A call has failed: it is tried again, its error is caught, or a person must mend it.

An error that a condition states comes before all attempts; an exception looks for whoever catches
it when none is left.
"""

from __future__ import annotations

from bpmn_xml.compiler.program import Node
from bpmn_xml.core import faults, judging
from bpmn_xml.core import records as r
from bpmn_xml.core.commands import FailJob
from bpmn_xml.core.state import Activation, may_work_again
from bpmn_xml.core.view import Records, View
from bpmn_xml.errors import ExpressionError
from bpmn_xml.wording import amount


def fail(view: View, command: FailJob, activation: Activation) -> Records:
    """What follows from the failed call of an activation, in whose scope the view is."""
    where, node = (command.scope, command.node, command.n), view.program.nodes[command.node]
    error = command.errors[0] if command.errors else "Exception"
    stated = judging.thrown(node, view, command)
    if stated is not None:
        return faults.throw(view, command.node, command.n, stated)
    try:
        given = _computed_waits(node, view, command, activation)
    except ExpressionError as problem:
        failed = f"{problem}; it failed with {error}: {command.message}"
        return (r.IncidentRaised(*where, failed, command.detail),)
    wait = _wait(node, command, activation, given)
    if wait is not None:
        attempt, due = activation.attempts + 1, view.time + wait
        return (r.JobFailed(*where, attempt, due, error, command.message, given),)
    thrown = faults.Thrown(error, command.message, exceptions=command.errors)
    if faults.find_catcher(view, command.node, command.n, thrown):
        return faults.throw(view, command.node, command.n, thrown)
    told = (error, command.message) if command.message else (error,)
    message = command.message if command.plain else ": ".join(told)
    return (r.IncidentRaised(*where, message + _spent(node, activation), command.detail),)


def _computed_waits(
    node: Node, view: View, command: FailJob, activation: Activation
) -> tuple[int, ...] | None:
    """The waits that an expression gives, if it is asked now: at the first failure."""
    if node.work is None or node.work.tries is None or activation.attempts or not command.retry:
        return None
    return node.work.tries.evaluate(view.names())


def _wait(
    node: Node, command: FailJob, activation: Activation, given: tuple[int, ...] | None
) -> int | None:
    """How long to wait before a call is tried again; None if it is not."""
    if not command.retry or not may_work_again(node, activation):
        return None
    if command.wait >= 0:
        return command.wait
    fixed = node.work.retries if node.work else ()
    waits = next((each for each in (given, activation.waits) if each is not None), fixed)
    return waits[activation.attempts] if activation.attempts < len(waits) else None


def _spent(node: Node, activation: Activation) -> str:
    """What keeps a producer that may be retried from being tried again."""
    work = node.work
    if work is None or not (work.retries or work.tries) or may_work_again(node, activation):
        return ""
    results = amount(activation.emitted, "result")
    return f" (it had given {results}, so it is not tried again without bx:resumable)"
