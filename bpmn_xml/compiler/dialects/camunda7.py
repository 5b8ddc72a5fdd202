"""Camunda 7 (`http://camunda.org/schema/1.0/bpmn`), and its relatives Activiti and Flowable."""

from __future__ import annotations

from typing import Final

from bpmn_xml.compiler.dialects.settings import (
    ACTIVITI,
    CAMUNDA7,
    FLOWABLE,
    Dialect,
    Settings,
    bean_name,
    is_expression,
    kept,
    refused,
)
from bpmn_xml.compiler.durations import retry_waits
from bpmn_xml.model import ForeignElement

BIND: Final = "bind the task to Python by a topic, class or delegate expression"
TASK: Final = "put its work into a task"
ASKED: Final = "remove it: the condition is asked at every change"
VARIABLES: Final = "read and return variables in Python"


def _name(settings: Settings, text: str) -> None:
    settings.works = True
    settings.names.append(bean_name(text))


def _type(settings: Settings, text: str) -> None:
    settings.works = True
    if text != "external":
        settings.names.append(text)


def _expression(settings: Settings, text: str) -> None:
    settings.works = True
    refused("an expression as the work of a task", BIND)(settings, text)


def _result_variable(settings: Settings, text: str) -> None:
    settings.result = text.strip()


def _code_variable(settings: Settings, text: str) -> None:
    settings.code_variable = text.strip()


def _message_variable(settings: Settings, text: str) -> None:
    settings.message_variable = text.strip()


def _collection(settings: Settings, text: str) -> None:
    settings.collection = text.strip()


def _element_variable(settings: Settings, text: str) -> None:
    settings.element = text.strip()


def _resource(settings: Settings, text: str) -> None:
    settings.resource = text.strip()


def _retry_cycle(settings: Settings, element: ForeignElement) -> None:
    if is_expression(element.text):
        refused("a number of retries that is an expression", "give a number")(settings, element)
    elif element.text.strip():
        settings.retries = retry_waits(element.text, first_counts=True)


def _field(settings: Settings, element: ForeignElement) -> None:
    inside = [child.text for child in element.children if child.name == "string"]
    value = element.attribute("stringValue")
    if value is None and not inside:
        refused("a field with an expression", "give it a constant value")(settings, element)
        return
    settings.fields.append((element.attribute("name") or "", inside[0] if value is None else value))


DIALECT: Final = Dialect(
    name="camunda7",
    namespaces=frozenset({CAMUNDA7, ACTIVITI, FLOWABLE}),
    attributes={
        "assignee": kept,
        "async": kept,
        "asyncAfter": kept,
        "asyncBefore": kept,
        "autoStoreVariables": kept,
        "businessCalendarName": kept,
        "calledElementBinding": kept,
        "calledElementTenantId": kept,
        "calledElementVersion": kept,
        "calledElementVersionTag": kept,
        "candidateGroups": kept,
        "candidateStarterGroups": kept,
        "candidateStarterUsers": kept,
        "candidateUsers": kept,
        "caseBinding": kept,
        "caseRef": refused("a case", "draw what it calls as a process"),
        "caseTenantId": kept,
        "caseVersion": kept,
        "category": kept,
        "class": _name,
        "collection": _collection,
        "decisionRef": _name,
        "decisionRefBinding": kept,
        "decisionRefTenantId": kept,
        "decisionRefVersion": kept,
        "decisionRefVersionTag": kept,
        "delegateExpression": _name,
        "diagramRelationId": kept,
        "dueDate": kept,
        "elementVariable": _element_variable,
        "errorCodeVariable": _code_variable,
        "errorMessageVariable": _message_variable,
        "escalationCodeVariable": _code_variable,
        "exclusive": kept,
        "expression": _expression,
        "followUpDate": kept,
        "formFieldValidation": kept,
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
        "resource": _resource,
        "resultVariable": _result_variable,
        "resultVariableName": _result_variable,
        "ruleVariablesInput": refused("rules of another engine", BIND),
        "rules": refused("rules of another engine", BIND),
        "skipExpression": refused("a task that an expression skips", "draw a gateway before it"),
        "taskPriority": kept,
        "topic": _name,
        "triggerable": refused("a service task that waits", "draw a user task after it"),
        "type": _type,
        "variableEvents": refused("a condition that is asked at some changes only", ASKED),
        "variableMappingClass": refused("a variable mapping", VARIABLES),
        "variableMappingDelegateExpression": refused("a variable mapping", VARIABLES),
        "variableName": refused("a condition that is asked for one variable only", ASKED),
        "useLocalScopeForResultVariable": refused("a result for one task only", VARIABLES),
        "versionTag": kept,
    },
    elements={
        "connector": refused("a connector", BIND),
        "customProperties": kept,
        "errorEventDefinition": refused("an error by expression", "throw the error in Python"),
        "executionListener": refused("an execution listener", TASK),
        "failedJobRetryTimeCycle": _retry_cycle,
        "field": _field,
        "formData": kept,
        "formProperty": kept,
        "in": refused("a variable mapping", VARIABLES),
        "inputOutput": refused("an input/output mapping", VARIABLES),
        "modelerTemplateIcon": kept,
        "out": refused("a variable mapping", VARIABLES),
        "potentialStarter": kept,
        "properties": kept,
        "taskListener": refused("a task listener", TASK),
    },
)
