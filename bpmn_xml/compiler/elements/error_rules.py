"""Errors that an external task of Camunda 7 throws where an expression holds."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from typing import Any, Final

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.dialects.settings import Settings
from bpmn_xml.compiler.elements.values import SourceText, test_of
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import Condition, ErrorRule, Failure
from bpmn_xml.errors import ExpressionError
from bpmn_xml.model.vendors import CAMUNDA

FAILED: Final = "externalTask"
"""The name under which an expression finds how the task failed."""


def error_rules(file: DiagramFile, task: m.BaseElement, settings: Settings) -> Iterator[ErrorRule]:
    """What a task throws where an expression holds when it is done, or has failed."""
    for stated in settings.errors:
        error = file.roots.get(stated.error)
        if not isinstance(error, m.Error) or not stated.expression.strip():
            what = "an error that it throws has no expression, or is not in the file"
            file.report(codes.VALUE, task, what, "give it both")
            continue
        condition = test_of(file, SourceText(task, "error's condition", stated.expression))
        message = error.extension_attribute(CAMUNDA, "errorMessage") or error.name or ""
        if condition is not None:
            yield _rule(condition, error.error_code or error.id, message)


def _rule(condition: Condition, code: str, message: str) -> ErrorRule:
    """The rule by which an error is thrown.

    When the task has failed, a condition that cannot be evaluated does not hold; nor does one that
    asks how it failed, when it has not.
    """

    def holds(variables: Mapping[str, Any], failure: Failure | None) -> bool:
        said, detail = failure or (None, None)
        told = {FAILED: {"errorMessage": said, "errorDetails": detail}}
        try:
            return condition.evaluate(ChainMap(told, variables))  # type: ignore[arg-type] # only read
        except ExpressionError:
            if failure is None and FAILED not in condition.text:
                raise
            return False

    return ErrorRule(condition, holds, code, message)
