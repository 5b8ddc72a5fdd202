"""Connectors of Camunda 8: headers of their jobs say what becomes of the answer.

In Camunda its connector runtime does as they say, so that Python in its place returns the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bpmn_xml import expressions
from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.elements.values import written
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program import AnswerRules
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.errors import ExpressionError
from bpmn_xml.model.about import place_of
from bpmn_xml.wording import quoted

RESULT: Final = "resultVariable"
VALUES: Final = "resultExpression"
ERROR: Final = "errorExpression"

KIND: Final = "errorType"
"""The entry that says what an error expression asks for: a key of `FAILURES`."""


def _bpmn_error(code: str, message: str = "", variables: object = None) -> dict[str, object]:
    return {KIND: "bpmnError", "code": code, "message": message, "variables": variables}


def _job_error(
    message: str, variables: object = None, retries: object = None, backoff: object = None
) -> dict[str, object]:
    return {
        KIND: "jobError", "message": message, "variables": variables, "retries": retries,
        "retryBackoff": backoff,
    }  # fmt: skip


FAILURES: Final[Mapping[str, expressions.Function]] = {
    "bpmnError": _bpmn_error,
    "jobError": _job_error,
    "ignoreError": lambda variables=None: {KIND: "ignoreError", "variables": variables},
}
"""What an error expression may call."""


def answer_rules(
    file: DiagramFile, task: m.FlowNode, headers: Mapping[str, str]
) -> AnswerRules | None:
    """What the headers of a job say of its answer, if they do."""
    if isinstance(task, m.AdHocSubProcess):
        return None
    found = AnswerRules(
        result=headers.get(RESULT, "").strip(),
        values=_computed(file, task, VALUES, headers.get(VALUES, "")),
        error=_computed(file, task, ERROR, headers.get(ERROR, "")),
    )
    return None if found == AnswerRules() else found


def _computed(file: DiagramFile, task: m.FlowNode, what: str, text: str) -> Computed | None:
    """An expression of FEEL, with its `=` or without."""
    if not text.strip():
        return None
    try:
        compiled = expressions.compile(text.strip(), "feel", functions=FAILURES)
    except ExpressionError as error:
        message = f"its {what} {quoted(text)} is no FEEL at character {error.offset + 1}: {error}"
        file.report_at(place_of(task, text), codes.NO_EXPRESSION, task, message, "correct it")
        return None
    return Computed(compiled.text, written(compiled), compiled.language)
