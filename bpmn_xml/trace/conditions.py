"""Why a condition that is waited for has no value: until it has one, it does not hold (10.5.5).

A name with a typing error and one that nothing has written yet look alike, so that is no incident.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from bpmn_xml import expressions
from bpmn_xml.compiler.program import Condition, Program
from bpmn_xml.core.state import Activation, Scope, State
from bpmn_xml.core.view import visible, with_answers
from bpmn_xml.errors import ExpressionError

FEEL: Final = "feel"


def names_at(
    program: Program, state: State, scope: Scope, activation: Activation
) -> Mapping[str, Any]:
    """What the condition that an activation waits for sees now; the time is the last step's."""
    if program.containers[scope.container].flow_payload:
        names: Mapping[str, Any] = activation.payload or {}
    else:
        names = visible(state, scope)
    return with_answers(program, state, scope, names, {program.clock: state.time})


def lack(condition: Condition, names: Mapping[str, Any]) -> str:
    """Say why a condition is neither true nor false; empty where it is one of them.

    >>> greater = expressions.compile("n > m", "python").evaluate
    >>> lack(Condition("n > m", "python", greater), {"n": 1})
    "there is no variable 'm'"
    """
    try:
        condition.evaluate(names)
    except ExpressionError as error:
        return _null(condition, names) or str(error)
    return ""


def _null(condition: Condition, names: Mapping[str, Any]) -> str:
    """What made a FEEL expression null, the first of it."""
    return expressions.why_null(condition.text, FEEL, names) if condition.language == FEEL else ""
