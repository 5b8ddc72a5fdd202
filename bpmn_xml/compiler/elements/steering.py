"""What the job answers that steers an ad-hoc sub-process, as job workers of Camunda 8 say it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from bpmn_xml.compiler.program import NextSteps
from bpmn_xml.compiler.program.scoping import ELEMENT
from bpmn_xml.errors import ExpressionError

NEXT: Final = "activateElements"
FULFILLED: Final = "isCompletionConditionFulfilled"
CANCELS: Final = "isCancelRemainingInstances"
KIND: Final = "adHocSubProcess"
"""What such an answer may call itself, as `type`."""


def planned(answer: object, known: Collection[str]) -> NextSteps:
    """Read what a job answers: elements to begin with, or a mapping that names them too.

    An element is its id, or a mapping with `elementId` and `variables`. What else is in the answer
    are variables of the sub-process.

    Raises:
        ExpressionError: it is no such answer, or names what is not there.

    >>> planned(["a", {"elementId": "b", "variables": {"n": 1}}], ["a", "b"]).begins
    ({'asked:element': 'a'}, {'n': 1, 'asked:element': 'b'})
    >>> planned({"isCompletionConditionFulfilled": True, "told": 5}, [])
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


def _begun(element: object, known: Collection[str]) -> Mapping[str, Any]:
    """The data with which an element begins, its id included."""
    told = element if isinstance(element, Mapping) else {"elementId": element}
    name, variables = told.get("elementId"), told.get("variables") or {}
    if not isinstance(name, str) or name not in known:
        raise ExpressionError(f"there is no {name!r} in it to begin with")
    if not isinstance(variables, Mapping):
        raise ExpressionError(f"the variables of {name!r} are {variables!r}, which is no mapping")
    return {**variables, ELEMENT: name}
