"""Errors that a task throws where a condition says so: when it is done, or when it has failed."""

from __future__ import annotations

from typing import Final

from bpmn_xml.compiler.program import Node
from bpmn_xml.core import faults, incidents
from bpmn_xml.core.commands import FailJob
from bpmn_xml.core.faults import Thrown
from bpmn_xml.core.values import layered
from bpmn_xml.core.view import Begin, Records, View
from bpmn_xml.errors import ExpressionError

FAILURE: Final = "externalTask"
"""The name under which a condition finds how the task failed."""


def thrown(node: Node, view: View, failure: FailJob | None = None) -> Thrown | None:
    """The error that a task throws, if any.

    When it has failed, a condition that cannot be evaluated does not hold; nor does one that asks
    how it failed, when it has not.

    Raises:
        ExpressionError: another condition cannot be evaluated.
    """
    told = {
        "errorMessage": failure.message if failure else None,
        "errorDetails": failure.detail if failure else None,
    }
    names = layered({FAILURE: told}, view.names())
    for rule in node.work.errors if node.work else ():
        try:
            if rule.condition.evaluate(names):
                return Thrown(rule.code, rule.message)
        except ExpressionError:
            if failure is None and FAILURE not in rule.condition.text:
                raise
    return None


def leave(node: Node, view: View, n: int, otherwise: Begin) -> Records:
    """Leave a task that is done, unless it throws an error."""
    try:
        error = thrown(node, view)
    except ExpressionError as problem:
        return incidents.cannot_leave(view, node.index, n, problem)
    return otherwise(node, view, n) if error is None else faults.throw(view, node.index, n, error)
