"""Camunda 8 (Zeebe): `http://camunda.org/schema/zeebe/1.0`."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects import data_mappings, listeners
from bpmn_xml.compiler.dialects.bx import named
from bpmn_xml.compiler.dialects.formfields import form_name_of
from bpmn_xml.compiler.dialects.settings import (
    ScriptText,
    Settings,
    changes,
    is_expression,
    several,
)
from bpmn_xml.compiler.dialects.table import (
    ANYWHERE,
    Dialect,
    kept,
    mapped,
    part,
    runs,
    table,
)
from bpmn_xml.compiler.program.scoping import CAMUNDA8
from bpmn_xml.model import ForeignElement
from bpmn_xml.model.vendors import ZEEBE

FEEL: Final = "feel"
TASK: Final = "put its work into a task"
VARIABLES: Final = "read and return variables in Python"

USER_TASK_ATTRIBUTES: Final = {
    "assignee": "assignee",
    "candidateUsers": "candidate_users",
    "candidateGroups": "candidate_groups",
    "dueDate": "due",
    "followUpDate": "follow_up",
    "priority": "priority",
}
"""Settings of user tasks, by attribute."""

BOUND: Final = ("calledDecision", "calledElement", "formDefinition", "linkedResource")
CALLS: Final = (m.CallActivity,)
LISTENERS: Final = ("executionListener", "taskListener")
MAPPED: Final = (m.Activity, m.Event)
USER: Final = (m.UserTask,)
WORKING: Final = (
    m.ServiceTask,
    m.BusinessRuleTask,
    m.ScriptTask,
    m.SendTask,
    m.EndEvent,
    m.IntermediateThrowEvent,
)
"""What Zeebe's job workers do."""

STEERED: Final = (m.AdHocSubProcess,)
"""What a job worker may steer besides."""


def _task_definition(settings: Settings, element: ForeignElement) -> None:
    settings.works = True
    name, attempts = element.attribute("type") or "", element.attribute("retries") or ""
    if is_expression(name):
        settings.name_expression = name
    else:
        named(settings, name)
    if attempts or not settings.retries:
        settings.retries, settings.tries = listeners.attempted(attempts)


def _called_decision(settings: Settings, element: ForeignElement) -> None:
    settings.works = True
    settings.decision = (element.attribute("decisionId") or "").strip()
    settings.result = element.attribute("resultVariable") or ""


def _loop_characteristics(settings: Settings, element: ForeignElement) -> None:
    settings.collection = element.attribute("inputCollection") or ""
    settings.listed = True
    settings.element = element.attribute("inputElement") or ""
    settings.output = element.attribute("outputCollection") or ""
    settings.output_element = element.attribute("outputElement") or ""


def _ad_hoc(settings: Settings, element: ForeignElement) -> None:
    settings.elements = element.attribute("activeElementsCollection") or ""
    settings.output = element.attribute("outputCollection") or ""
    settings.output_element = element.attribute("outputElement") or ""


def _conditional_filter(settings: Settings, element: ForeignElement) -> None:
    settings.variable_names = several(element.attribute("variableNames") or "")
    settings.variable_events = changes(element.attribute("variableEvents") or "")


def _subscription(settings: Settings, element: ForeignElement) -> None:
    settings.key = element.attribute("correlationKey") or ""


def _script(settings: Settings, element: ForeignElement) -> None:
    settings.script = ScriptText(element.attribute("expression") or "", FEEL, pure=True)
    settings.result = element.attribute("resultVariable") or ""


def _user_task(settings: Settings, element: ForeignElement) -> None:
    for attribute in element.attributes:
        if attribute.name in USER_TASK_ATTRIBUTES:
            settings.user_task_settings[USER_TASK_ATTRIBUTES[attribute.name]] = (
                attribute.value.strip()
            )


def _form(settings: Settings, element: ForeignElement) -> None:
    key = element.attribute("formKey") or element.attribute("externalReference") or ""
    if key:
        settings.user_task_settings["form_key"] = key
    settings.form_name = element.attribute("formId") or form_name_of(key)


def _headers(settings: Settings, element: ForeignElement) -> None:
    settings.fields += listeners.headers(element)


WORK: Final = table(
    runs("taskDefinition", WORKING, "names the Python that does the work", _task_definition),
    runs(
        "taskDefinition",
        STEERED,
        "names the Python that says what an ad-hoc sub-process does next",
        _task_definition,
    ),
    part("@type @retries", ("taskDefinition",), "the name, and how many attempts"),
    kept("jobPriorityDefinition @retryCounter", STEERED, "of its job worker"),
    mapped(
        "taskHeaders",
        (*WORKING, *STEERED, *USER),
        "constants that are passed by name; of connectors, what becomes of the answer",
        _headers,
    ),
    part("header", ("taskHeaders",), "a constant"),
    part("@id @key @value", ("header",), "a constant"),
    runs("calledDecision", (m.BusinessRuleTask,), "names the decision", _called_decision),
    part("@decisionId @resultVariable", ("calledDecision",), "the decision, and its result"),
    runs("script", (m.ScriptTask,), "a FEEL expression that is the work", _script),
    part("@expression @resultVariable", ("script",), "the expression, and its result"),
    kept("linkedResources", (m.ServiceTask,), "files for a worker; Python has its own"),
    kept("linkedResource", ("linkedResources",), "a file for a worker"),
    kept("@resourceId @resourceType @linkName", ("linkedResource",), "a file for a worker"),
    kept("agentDefinition", ANYWHERE, "shows an agent in other programs; its type does its work"),
    kept("@agentType", ("agentDefinition",), "shows an agent in other programs"),
    kept("@retryCounter", WORKING, "no engine reads it"),
    kept("jobPriorityDefinition", (m.Process, *WORKING), "jobs are taken in their order"),
    kept("@priority", ("jobPriorityDefinition",), "jobs are taken in their order"),
)

DATA: Final = table(
    mapped("ioMapping", MAPPED, "variables in and out", data_mappings.io_mapping),
    part("input output", ("ioMapping",), "one variable"),
    part("@source @target", ("input", "output"), "one variable"),
    mapped("subscription", (m.Message,), "what correlates a message", _subscription),
    part("@correlationKey", ("subscription",), "what correlates a message"),
    mapped(
        "loopCharacteristics",
        (m.MultiInstanceLoopCharacteristics,),
        "what is gone through and collected",
        _loop_characteristics,
    ),
    part(
        "@inputCollection @inputElement @outputCollection @outputElement",
        ("loopCharacteristics",),
        "what is gone through and collected",
    ),
    runs("calledElement", CALLS, "the process that is called", data_mappings.called_element),
    part(
        "@processId @processIdExpression @businessId "
        "@propagateAllChildVariables @propagateAllParentVariables",
        ("calledElement",),
        "the process, and what is passed",
    ),
    kept("@bindingType @versionTag", BOUND, "the file that is given is the one"),
)

LISTENING: Final = table(
    runs(
        "executionListeners",
        (m.FlowNode, m.Process),
        "called at start, end (not of what is interrupted), before all instances",
        listeners.listeners,
    ),
    runs(
        "taskListeners",
        USER,
        "called when a task begins, is assigned, changed, completed or cut off by a boundary event",
        listeners.listeners,
    ),
    part("executionListener", ("executionListeners",), "what is called"),
    part("taskListener", ("taskListeners",), "what is called"),
    part("@eventType @retries @type taskHeaders", LISTENERS, "what is called"),
    runs(
        "conditionalFilter",
        (m.ConditionalEventDefinition,),
        "the condition is asked at these changes",
        _conditional_filter,
    ),
    part("@variableNames @variableEvents", ("conditionalFilter",), "when it is asked"),
    runs("adHoc", (m.AdHocSubProcess,), "what it begins with, and what is collected", _ad_hoc),
    part("@activeElementsCollection @outputCollection @outputElement", ("adHoc",), "its elements"),
)

PEOPLE: Final = table(
    kept("userTask", USER, "a person's work, as without it"),
    mapped("assignmentDefinition", USER, "who does it", _user_task),
    part("@assignee @candidateGroups @candidateUsers", ("assignmentDefinition",), "who does it"),
    mapped("taskSchedule", USER, "when it should be done", _user_task),
    part("@dueDate @followUpDate", ("taskSchedule",), "when it should be done"),
    mapped("priorityDefinition", USER, "how urgent it is", _user_task),
    part("@priority", ("priorityDefinition",), "how urgent it is"),
    mapped("formDefinition", USER, "the form that is filled in", _form),
    kept("formDefinition", (m.StartEvent,), "nobody fills in a form to start"),
    part("@formKey @formId @externalReference", ("formDefinition",), "which form it is"),
    part("userTaskForm", (m.Process,), "a form, in the file itself"),
    part("@id", ("userTaskForm",), "the name of a form"),
)

REST: Final = table(
    kept("properties", ANYWHERE, "what a modeler notes"),
    kept("property", ("properties",), "what a modeler notes"),
    kept("@name @value", ("property",), "what a modeler notes"),
    kept("versionTag", (m.Process,), "for the record"),
    kept("@value", ("versionTag",), "for the record"),
    kept("@modelerTemplate @modelerTemplateVersion", ANYWHERE, "what a modeler notes"),
    kept("@modelerTemplateIcon", ANYWHERE, "what a modeler notes"),
    kept(
        "@modelerConfigurationTemplate @modelerConfigurationName",
        ("input", "property"),
        "what a modeler notes",
    ),
)

DIALECT: Final = Dialect(
    name=CAMUNDA8.dialect,
    prefix="zeebe",
    namespaces=frozenset({ZEEBE}),
    words=(*WORK, *DATA, *LISTENING, *PEOPLE, *REST),
)
