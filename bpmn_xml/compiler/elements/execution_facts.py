"""What an expression of Camunda 7 knows of where it stands: its activity, the event it listens to.

It never changes while an instance runs, so it is compiled in. What nobody knows here, such as a
tenant, is refused with the expression.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.program.scoping import EXECUTION, TASK
from bpmn_xml.expressions.closures import Function
from bpmn_xml.model.about import name_of

Facts = Mapping[str, str | None]
"""What is known, by its path in expressions: `execution.currentActivityId`."""

NOTHING: Final[Facts] = {}

TOLD_AT: Final = frozenset(
    [
        *("create", "creating", "assignment", "assigning", "update", "updating"),
        *("complete", "completing", "timeout"),
    ]
)
"""Events of a task whose listeners know, and may change, what a person is told of it."""

TASK_FACTS: Final[Mapping[str, str]] = {
    "task.assignee": "assignee",
    "task.dueDate": "due",
    "task.followUpDate": "follow_up",
    "task.priority": "priority",
}
"""What a listener may ask of its task while that is open, and the setting that tells it."""

LOCAL: Final = frozenset(
    [
        *("getVariableLocal", "getVariableNamesLocal", "getVariablesLocal", "hasVariableLocal"),
        *("hasVariablesLocal", "removeVariableLocal", "removeVariables", "removeVariablesLocal"),
        *("setVariableLocal", "setVariablesLocal"),
    ]
)
"""Methods of an execution or a task that are about its own variables alone."""

CHANGING: Final = LOCAL | {"removeVariable"}
"""Methods that need to know which scope has a variable."""

_PASSED: Final = re.compile(r"(?<![\w.])(execution|task|task\.execution)\b(?!\s*[\w.\[(])")


def is_apart(text: str, calls: Iterable[str]) -> bool:
    """Whether an expression needs to know which scope has a variable, or may, as Python gets it.

    >>> is_apart("${execution.removeVariable('x')}", ["execution.removeVariable"])
    True
    >>> is_apart("${log.note(execution)}", ["log.note"]), is_apart("${f(task.name)}", ["f"])
    (True, False)
    """
    return any(_is_changing(call) for call in calls) or bool(_PASSED.search(text))


def _is_changing(call: str) -> bool:
    context, _, method = call.rpartition(".")
    return context in (EXECUTION, TASK) and method in CHANGING


EXECUTION_EVENTS: Final = frozenset({"start", "end", "take"})
"""Events whose listeners get an execution; listeners of all others get a task."""


def facts_at(file: DiagramFile, element: m.Element, text: str, event: str = "") -> Facts:
    """The facts that an expression needs of its element; nothing if it uses none.

    Args:
        file: where it stands.
        element: its node, or its flow, which belongs to what it leaves; of others nothing is known.
        text: the expression.
        event: what a listener listens to.
    """
    if not any(context in text for context in ("execution", "task")):
        return NOTHING
    context = listener_context(event)
    listened = {f"{context}.eventName": event} if event else {}
    node = element
    if isinstance(element, m.SequenceFlow) and element.source_ref in file.homes:
        node, _ = file.homes[element.source_ref]
        listened["execution.currentTransitionId"] = element.id
    if not isinstance(node, m.FlowNode):
        return listened
    facts = {
        "execution.currentActivityId": node.id,
        "execution.currentActivityName": name_of(node) or None,
        **listened,
    }
    if context == "task":
        facts |= {"task.taskDefinitionKey": node.id, "task.name": name_of(node) or None}
    return facts


def listener_context(event: str) -> str:
    """The facts that a listener of an event gets.

    >>> listener_context("start"), listener_context("create")
    ('execution', 'task')
    """
    return "execution" if not event or event in EXECUTION_EVENTS else "task"


def functions_of(facts: Facts) -> dict[str, Function]:
    """The functions that tell facts.

    >>> functions_of({"execution.eventName": "start"})["execution.eventName"]()
    'start'
    """
    return {path: _telling(fact) for path, fact in facts.items()}


def _telling(fact: str | None) -> Function:
    return lambda: fact
