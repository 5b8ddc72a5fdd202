"""Camunda 8 (Zeebe): `http://camunda.org/schema/zeebe/1.0`."""

from __future__ import annotations

from typing import Final

from bpmn_xml.compiler.dialects.settings import CAMUNDA8, Dialect, Settings, kept, refused
from bpmn_xml.compiler.durations import retry_waits
from bpmn_xml.model import ForeignElement


def _task_definition(settings: Settings, element: ForeignElement) -> None:
    name, attempts = element.attribute("type") or "", element.attribute("retries") or ""
    settings.names.append(name)
    if name.lstrip().startswith("="):
        refused("a task type that is an expression")(settings, element)
    if attempts.lstrip().startswith("="):
        refused("a number of retries that is an expression")(settings, element)
    elif attempts:
        settings.retries = retry_waits(attempts, first_counts=True)


def _called_decision(settings: Settings, element: ForeignElement) -> None:
    settings.names.append(element.attribute("decisionId") or "")
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
        "adHoc": refused("an ad-hoc setting"),
        "assignmentDefinition": kept,
        "calledDecision": _called_decision,
        "calledElement": kept,
        "executionListeners": refused("an execution listener"),
        "formDefinition": kept,
        "ioMapping": refused("an input/output mapping"),
        "loopCharacteristics": kept,
        "priorityDefinition": kept,
        "properties": kept,
        "script": refused("a FEEL script"),
        "subscription": kept,
        "taskDefinition": _task_definition,
        "taskHeaders": kept,
        "taskListeners": refused("a task listener"),
        "taskSchedule": kept,
        "userTask": kept,
        "userTaskForm": kept,
        "versionTag": kept,
    },
)
