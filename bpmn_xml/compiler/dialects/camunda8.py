"""Camunda 8 (Zeebe): `http://camunda.org/schema/zeebe/1.0`."""

from __future__ import annotations

from typing import Final

from bpmn_xml.compiler.dialects.settings import (
    CAMUNDA8,
    Dialect,
    ScriptText,
    Settings,
    is_expression,
    kept,
    refused,
    refused_if_any,
)
from bpmn_xml.compiler.durations import retry_waits
from bpmn_xml.model import ForeignElement

FEEL: Final = "feel"
TASK: Final = "put its work into a task"
VARIABLES: Final = "read and return variables in Python"


def _task_definition(settings: Settings, element: ForeignElement) -> None:
    settings.works = True
    name, attempts = element.attribute("type") or "", element.attribute("retries") or ""
    if is_expression(name):
        refused("a task type that is an expression", "give a constant type")(settings, element)
    else:
        settings.names.append(name)
    if is_expression(attempts):
        refused("a number of retries that is an expression", "give a number")(settings, element)
    elif attempts.strip():
        settings.retries = retry_waits(attempts, first_counts=True)


def _called_decision(settings: Settings, element: ForeignElement) -> None:
    settings.works = True
    name = element.attribute("decisionId") or ""
    if is_expression(name):
        refused("a decision named by an expression", "give a constant id")(settings, element)
    else:
        settings.names.append(name)
    settings.result = element.attribute("resultVariable") or ""


def _called_element(settings: Settings, element: ForeignElement) -> None:
    settings.called = element.attribute("processId") or ""
    if element.attribute("propagateAllParentVariables") == "false":
        refused("a call that passes only some variables", VARIABLES)(settings, element)


def _loop_characteristics(settings: Settings, element: ForeignElement) -> None:
    settings.collection = element.attribute("inputCollection") or ""
    settings.element = element.attribute("inputElement") or ""
    settings.output = element.attribute("outputCollection") or ""
    settings.output_element = element.attribute("outputElement") or ""


def _subscription(settings: Settings, element: ForeignElement) -> None:
    settings.key = element.attribute("correlationKey") or ""


def _script(settings: Settings, element: ForeignElement) -> None:
    settings.script = ScriptText(element.attribute("expression") or "", FEEL)
    settings.result = element.attribute("resultVariable") or ""


DIALECT: Final = Dialect(
    name="camunda8",
    namespaces=frozenset({CAMUNDA8}),
    attributes={
        "modelerTemplate": kept,
        "modelerTemplateIcon": kept,
        "modelerTemplateVersion": kept,
    },
    elements={
        "adHoc": kept,
        "assignmentDefinition": kept,
        "calledDecision": _called_decision,
        "calledElement": _called_element,
        "conditionalFilter": kept,
        "executionListeners": refused_if_any("an execution listener", TASK),
        "formDefinition": kept,
        "ioMapping": refused_if_any("an input/output mapping", VARIABLES),
        "linkedResources": kept,
        "loopCharacteristics": _loop_characteristics,
        "priorityDefinition": kept,
        "properties": kept,
        "script": _script,
        "subscription": _subscription,
        "taskDefinition": _task_definition,
        "taskHeaders": kept,
        "taskListeners": refused_if_any("a task listener", TASK),
        "taskSchedule": kept,
        "userTask": kept,
        "userTaskForm": kept,
        "versionTag": kept,
    },
)
