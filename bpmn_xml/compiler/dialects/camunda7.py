"""Camunda 7 (and activiti): `http://camunda.org/schema/1.0/bpmn`."""

from __future__ import annotations

from typing import Final

from bpmn_xml.compiler.dialects.settings import (
    ACTIVITI,
    CAMUNDA7,
    Dialect,
    Settings,
    bean_name,
    kept,
    refused,
)
from bpmn_xml.compiler.durations import retry_waits
from bpmn_xml.model import ForeignElement


def _name(settings: Settings, text: str) -> None:
    settings.names.append(bean_name(text))


def _type(settings: Settings, text: str) -> None:
    if text != "external":
        settings.names.append(text)


def _result_variable(settings: Settings, text: str) -> None:
    settings.result = text


def _code_variable(settings: Settings, text: str) -> None:
    settings.code_variable = text


def _message_variable(settings: Settings, text: str) -> None:
    settings.message_variable = text


def _retry_cycle(settings: Settings, element: ForeignElement) -> None:
    settings.retries = retry_waits(element.text, first_counts=True)


def _field(settings: Settings, element: ForeignElement) -> None:
    inside = [child.text for child in element.children if child.name == "string"]
    value = element.attribute("stringValue")
    if value is None and not inside:
        refused("a field with an expression")(settings, element)
        return
    settings.fields.append((element.attribute("name") or "", value or inside[0]))


DIALECT: Final = Dialect(
    name="camunda7",
    namespaces=frozenset({CAMUNDA7, ACTIVITI}),
    attributes={
        "assignee": kept,
        "async": kept,
        "asyncAfter": kept,
        "asyncBefore": kept,
        "candidateGroups": kept,
        "candidateStarterGroups": kept,
        "candidateStarterUsers": kept,
        "candidateUsers": kept,
        "class": _name,
        "decisionRef": _name,
        "decisionRefBinding": kept,
        "decisionRefTenantId": kept,
        "decisionRefVersion": kept,
        "decisionRefVersionTag": kept,
        "delegateExpression": _name,
        "diagramRelationId": kept,
        "dueDate": kept,
        "errorCodeVariable": _code_variable,
        "errorMessageVariable": _message_variable,
        "exclusive": kept,
        "expression": refused("an expression as the work of a task"),
        "followUpDate": kept,
        "formHandlerClass": kept,
        "formKey": kept,
        "formRef": kept,
        "formRefBinding": kept,
        "formRefVersion": kept,
        "historyTimeToLive": kept,
        "initiator": kept,
        "isStartableInTasklist": kept,
        "jobPriority": kept,
        "mapDecisionResult": kept,
        "modelerTemplate": kept,
        "modelerTemplateVersion": kept,
        "priority": kept,
        "resource": kept,
        "resultVariable": _result_variable,
        "taskPriority": kept,
        "topic": _name,
        "type": _type,
        "versionTag": kept,
    },
    elements={
        "connector": refused("a connector"),
        "errorEventDefinition": refused("an error definition of an external task"),
        "executionListener": refused("an execution listener"),
        "failedJobRetryTimeCycle": _retry_cycle,
        "field": _field,
        "formData": kept,
        "formProperty": kept,
        "in": refused("a variable mapping"),
        "inputOutput": refused("an input/output mapping"),
        "out": refused("a variable mapping"),
        "potentialStarter": kept,
        "properties": kept,
        "taskListener": refused("a task listener"),
    },
)
