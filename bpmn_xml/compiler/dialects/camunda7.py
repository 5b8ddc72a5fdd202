"""Camunda 7 (`http://camunda.org/schema/1.0/bpmn`), and Operaton, Activiti and Flowable."""

from __future__ import annotations

from functools import partial
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects import data_mappings, forks, listeners
from bpmn_xml.compiler.dialects.bx import named
from bpmn_xml.compiler.dialects.formfields import form_data, form_name_of, form_property, start_form
from bpmn_xml.compiler.dialects.settings import (
    Settings,
    ThrownIf,
    bean_name,
    changes,
    is_expression,
    one_of,
    several,
)
from bpmn_xml.compiler.dialects.table import (
    ANYWHERE,
    FLOW_NODES,
    SERVICES,
    Dialect,
    Read,
    kept,
    mapped,
    part,
    refused,
    runs,
    store,
    table,
    tell,
)
from bpmn_xml.compiler.program.scoping import CAMUNDA7
from bpmn_xml.compiler.times.durations import retry_waits
from bpmn_xml.compiler.times.timers import read_duration
from bpmn_xml.model import ForeignElement
from bpmn_xml.model.vendors import ACTIVITI, CAMUNDA, FLOWABLE, OPERATON

BIND: Final = "bind the task to Python by a topic, class or delegate expression"
TASK: Final = "put its work into a task"
VARIABLES: Final = "read and return variables in Python"

TRIED: Final = "what fails is tried three times, at once, unless a cycle or a worker says otherwise"

ASKING: Final = (m.UserTask, m.StartEvent)
CALLS: Final = (m.CallActivity,)
CASES: Final = (m.CallActivity, m.BusinessRuleTask)
CONDITIONS: Final = (m.ConditionalEventDefinition,)
DECISION_MAPPINGS: Final = ("singleEntry", "singleResult", "collectEntries", "resultList")
DECISIONS: Final = (m.BusinessRuleTask,)
LISTENERS: Final = ("executionListener", "taskListener")
MAPPINGS: Final = ("in", "out")
STARTS: Final = (m.StartEvent,)
PROCESS: Final = (m.Process,)
REPEATED: Final = (m.MultiInstanceLoopCharacteristics,)
WORKING: Final = (*SERVICES, m.ScriptTask)
SAVED: Final = (m.FlowNode, m.MultiInstanceLoopCharacteristics, m.SignalEventDefinition)
USER: Final = (m.UserTask,)
VALUES: Final = ("inputParameter", "outputParameter", "entry", "list", "map")


def _name(settings: Settings, text: str) -> None:
    named(settings, bean_name(text))


def _topic(settings: Settings, text: str) -> None:
    """A topic; it may be computed, while `${bean}` elsewhere is a name."""
    if is_expression(text):
        settings.works, settings.name_expression = True, text.strip()
    else:
        named(settings, text.strip())


def _decision(settings: Settings, text: str) -> None:
    settings.works = settings.decision_rows = True
    settings.decision = text.strip()


def _type(settings: Settings, text: str) -> None:
    settings.works, settings.external = True, text == "external"
    if not settings.external:
        settings.names.append(text)


def _expression(settings: Settings, text: str) -> None:
    settings.works, settings.expression = True, text


def _form_key(settings: Settings, text: str) -> None:
    settings.user_task_settings["form_key"] = text.strip()
    settings.form_name = form_name_of(text.strip())


def _moment(name: str) -> Read:
    """Read a date, or a duration from when the task begins, which FEEL can add to that."""

    def read(settings: Settings, text: str) -> None:
        due = text.strip()
        if due.startswith("P"):
            length = read_duration(due)
            seconds = f"PT{length.microseconds / 1_000_000:f}S"
            due = f'= now() + duration("P{length.months}M") + duration("{seconds}")'
        settings.user_task_settings[name] = due

    return read


def _mapper(settings: Settings, text: str) -> None:
    settings.passed.mapper = bean_name(text)


def _saved(settings: Settings, text: str) -> None:
    settings.tried |= text.strip() == "true"


def _retry_cycle(settings: Settings, element: ForeignElement) -> None:
    settings.tried = False
    if is_expression(element.text):
        settings.tries = element.text.strip()
    elif element.text.strip():
        settings.retries = retry_waits(element.text, first_counts=True)


def _field(settings: Settings, element: ForeignElement) -> None:
    """A constant is passed by its name; an expression is data that comes in by that name."""
    field = listeners.field_of(element)
    if field.kind == "constant":
        settings.fields.append((field.target, field.text))
    else:
        settings.inputs.append(field)


def _properties(settings: Settings, element: ForeignElement) -> None:
    """Note what the context of its Python, or an external task, tells of it."""
    for child in element.children:
        settings.properties.append((child.attribute("name") or "", child.attribute("value") or ""))


def _connector(settings: Settings, element: ForeignElement) -> None:
    """A connector is Python of its name; its mapping stands inside of the task's."""
    inner = Settings()
    settings.works = settings.local = True
    for child in element.children:
        if child.name == "connectorId":
            named(settings, child.text.strip())
        elif child.name == "inputOutput":
            data_mappings.input_output(inner, child)
    settings.inner_inputs, settings.inner_outputs = inner.inputs, inner.outputs


def _error(settings: Settings, element: ForeignElement) -> None:
    error, expression = element.attribute("errorRef"), element.attribute("expression")
    settings.errors.append(ThrownIf(error or "", expression or ""))


WORK: Final = table(
    runs("@class", SERVICES, "names the Python that does the work", _name),
    runs("@delegateExpression", SERVICES, "names the Python that does the work", _name),
    runs("@topic", SERVICES, "names the Python that does the work", _topic),
    runs("@type", SERVICES, "external: the topic names the Python; else its name", _type),
    runs("@expression", SERVICES, "the work of the task", _expression),
    runs("@decisionRef", DECISIONS, "names the decision", _decision),
    kept(
        "@decisionRefBinding @decisionRefTenantId @decisionRefVersion @decisionRefVersionTag",
        DECISIONS,
        "the decision that is given is the one",
    ),
    mapped(
        "@mapDecisionResult",
        DECISIONS,
        "what is taken of the result",
        store("decision_mapping", partial(one_of, allowed=DECISION_MAPPINGS)),
    ),
    mapped("@resultVariable", (*SERVICES, m.ScriptTask), "takes the result", store("result")),
    mapped("@resultVariableName", (*SERVICES, m.ScriptTask), "takes the result", store("result")),
    runs("@resource", (m.ScriptTask, m.FormalExpression), "a file", store("resource")),
    runs(
        "failedJobRetryTimeCycle",
        SAVED,
        "attempts, and waits between them, unless a worker says them",
        _retry_cycle,
    ),
    mapped("field", SERVICES, "a value that is passed by its name", _field),
    part("@name @stringValue @expression string expression", ("field",), "what is passed"),
    runs("connector", SERVICES, "its id names the Python that does the work", _connector),
    part("connectorId inputOutput", ("connector",), "of a connector"),
    refused("@rules @ruleVariablesInput @exclude", SERVICES, "rules of another engine", BIND),
    refused(
        "@skipExpression",
        FLOW_NODES,
        "a task that is skipped where _ACTIVITI_SKIP_EXPRESSION_ENABLED and its expression hold",
        "draw a gateway before it",
    ),
    refused("@triggerable", SERVICES, "a service task that waits", "draw a user task after it"),
    refused("@useLocalScopeForResultVariable", SERVICES, "a result for one task only", VARIABLES),
    refused("@autoStoreVariables", (m.ScriptTask,), "a script whose names are kept", VARIABLES),
)

DATA: Final = table(
    mapped("inputOutput", FLOW_NODES, "variables in and out", data_mappings.input_output),
    part("inputParameter outputParameter", ("inputOutput",), "one variable"),
    part("@name", ("inputParameter", "outputParameter"), "the variable"),
    part("list map script", VALUES, "a value"),
    part("value", VALUES, "a value"),
    part("entry", ("map",), "a value"),
    part("@key", ("entry",), "its key"),
    part("@scriptFormat @resource", ("script",), "what computes a value"),
    part("@id @name", ("value",), "a value, or a choice of a form"),
    mapped("in", (*CALLS, m.SignalEventDefinition), "what is passed", data_mappings.passed_in),
    mapped("out", CALLS, "what is passed back", data_mappings.passed_out),
    part(
        "@source @sourceExpression @target @businessKey @local @variables",
        MAPPINGS,
        "what is passed",
    ),
    runs("@variableMappingClass", CALLS, "names the Python that maps variables", _mapper),
    runs(
        "@variableMappingDelegateExpression", CALLS, "names the Python that maps variables", _mapper
    ),
    mapped("@collection", REPEATED, "what is gone through", store("collection")),
    mapped("@elementVariable", REPEATED, "the variable of each element", store("element")),
)

EVENTS: Final = table(
    mapped(
        "@errorCodeVariable",
        (m.ErrorEventDefinition,),
        "takes the code",
        store("code_variable"),
    ),
    mapped(
        "@errorMessageVariable",
        (m.ErrorEventDefinition,),
        "takes the message",
        store("message_variable"),
    ),
    mapped(
        "@escalationCodeVariable",
        (m.EscalationEventDefinition,),
        "takes the code",
        store("code_variable"),
    ),
    part("@errorMessage", (m.Error,), "the message that goes with the error"),
    runs(
        "@variableName",
        CONDITIONS,
        "the condition is asked when this variable changes",
        store("variable_names", several),
    ),
    runs(
        "@variableEvents",
        CONDITIONS,
        "the condition is asked at these changes: create, update, delete",
        store("variable_events", changes),
    ),
    runs(
        "errorEventDefinition",
        SERVICES,
        "an error that is thrown where its expression holds when the task is done or fails",
        _error,
    ),
    part("@id @errorRef @expression", ("errorEventDefinition",), "the error, and when"),
    part("@errorCodeVariable @errorMessageVariable", ("errorEventDefinition",), "of its catcher"),
)

LISTENING: Final = table(
    runs(
        "executionListener",
        (m.FlowNode, m.SequenceFlow, m.Process),
        "called at start, end (of what is interrupted: by a boundary event alone), take",
        listeners.listener,
    ),
    runs(
        "taskListener",
        USER,
        "called at create, assignment, update, complete, timeout, delete (by a boundary event)",
        listeners.listener,
    ),
    part("@expression @class @delegateExpression @event script field", LISTENERS, "what is called"),
    part("@id", ("taskListener",), "its name"),
)

PEOPLE: Final = table(
    mapped("@assignee", USER, "who does it", tell("assignee")),
    mapped("@candidateUsers", USER, "who may do it", tell("candidate_users")),
    mapped("@candidateGroups", USER, "who may do it", tell("candidate_groups")),
    mapped("@dueDate", USER, "when it should be done", _moment("due")),
    mapped("@followUpDate", USER, "when to look at it again", _moment("follow_up")),
    mapped("@priority", USER, "how urgent it is", tell("priority")),
    mapped("@formKey", USER, "the form that is filled in", _form_key),
    mapped("@formRef", USER, "the form that is filled in", store("form_name")),
    kept("@formRefBinding @formRefVersion", ASKING, "the form that is given is the one"),
    mapped("formData", USER, "the form that is filled in", form_data),
    mapped("formProperty", USER, "a field of the form that is filled in", form_property),
    mapped("formData", STARTS, "who starts it with no other values has its defaults", start_form),
    kept("@formKey @formRef formProperty", STARTS, "nobody fills in a form to start"),
    part("@businessKey formField", ("formData",), "a field"),
    part("@id @label @type @datePattern @defaultValue", ("formField",), "a field"),
    part("properties validation value", ("formField", "formProperty"), "of a field"),
    part("constraint", ("validation",), "a rule"),
    part("@name @config", ("constraint",), "a rule"),
    part(
        "@id @name @type @required @readable @writable @variable @expression @datePattern @default",
        ("formProperty",),
        "a field",
    ),
    refused("@formHandlerClass", USER, "a form with a class", "use form fields"),
    kept("@formHandlerClass", STARTS, "nobody fills in a form to start"),
    refused("@businessCalendarName", ANYWHERE, "a calendar of another engine", "give dates"),
    mapped("@initiator", STARTS, "the variable of who begins the process", store("starter")),
    kept("potentialStarter", PROCESS, "who may start it"),
    kept("@candidateStarterGroups @candidateStarterUsers", PROCESS, "who may start it"),
    kept("@isStartableInTasklist", PROCESS, "shown in another program"),
)

REST: Final = table(
    runs("@async", WORKING, TRIED, _saved),
    runs("@asyncBefore", WORKING, TRIED, _saved),
    kept(
        "@async @asyncAfter @asyncBefore @exclusive",
        SAVED,
        "nothing is rolled back to a save point: what fails stands as an incident",
    ),
    kept("@jobPriority", (m.Process, m.FlowNode), "jobs are taken in their order"),
    kept("@taskPriority", (m.Process, *SERVICES), "jobs are taken in their order"),
    kept(
        "@calledElementBinding @calledElementTenantId @calledElementVersion "
        "@calledElementVersionTag",
        CALLS,
        "the file that is given is the one",
    ),
    refused(
        "@caseRef @caseBinding @caseVersion @caseTenantId",
        CASES,
        "a case",
        "draw what it calls as a process",
    ),
    kept("@historyTimeToLive @versionTag", PROCESS, "for the record"),
    mapped("properties", SERVICES, "what its Python may ask for", _properties),
    kept("properties customProperties", ANYWHERE, "what a modeler notes"),
    kept("property", ("properties",), "what a modeler notes"),
    kept("@id @name @value", ("property",), "what a modeler notes"),
    kept("@category", ANYWHERE, "for the record"),
    kept("@diagramRelationId", (m.Definitions,), "for the record"),
    kept("@modelerTemplate @modelerTemplateVersion", ANYWHERE, "what a modeler notes"),
    kept("modelerTemplateIcon @modelerTemplateIcon", ANYWHERE, "what a modeler notes"),
)

DIALECT: Final = Dialect(
    name=CAMUNDA7.dialect,
    prefix="camunda",
    namespaces=frozenset({CAMUNDA, OPERATON, ACTIVITI, FLOWABLE}),
    words=(*WORK, *DATA, *EVENTS, *LISTENING, *PEOPLE, *REST, *forks.WORDS),
)
