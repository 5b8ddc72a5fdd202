"""Errors that a task throws where a condition says so: when it is done, or when it has failed."""

from __future__ import annotations

from bpmn_xml.compiler.program import Node
from bpmn_xml.core import faults, incidents
from bpmn_xml.core.commands import FailJob
from bpmn_xml.core.faults import Thrown
from bpmn_xml.core.view import Begin, Records, View
from bpmn_xml.errors import ExpressionError


def thrown(node: Node, view: View, failure: FailJob | None = None) -> Thrown | None:
    """The error that a task throws when it is done or has failed, if any.

    Raises:
        ExpressionError: a condition cannot be evaluated.
    """
    rules = node.work.errors if node.work else ()
    failed = (failure.message, failure.detail) if failure else None
    held = next((rule for rule in rules if rule.holds(view.names(), failed)), None)
    return Thrown(held.code, held.message) if held else None


def leave(node: Node, view: View, n: int, otherwise: Begin) -> Records:
    """Leave a task that is done, unless it throws an error."""
    try:
        error = thrown(node, view)
    except ExpressionError as problem:
        return incidents.cannot_leave(view, node.index, n, problem)
    return otherwise(node, view, n) if error is None else faults.throw(view, node.index, n, error)
