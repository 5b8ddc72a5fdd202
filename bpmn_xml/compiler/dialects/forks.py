"""The words that Activiti and Flowable added to those that they share with Camunda 7."""

from __future__ import annotations

from typing import Final

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.data_mappings import KEY
from bpmn_xml.compiler.dialects.settings import MappedValue, Settings, flag
from bpmn_xml.compiler.dialects.table import (
    ANYWHERE,
    FLOW_NODES,
    SERVICES,
    Word,
    kept,
    mapped,
    part,
    refused,
    table,
)

CALLS: Final = (m.CallActivity,)
PROCESS: Final = (m.Process,)
REPEATED: Final = (m.MultiInstanceLoopCharacteristics,)
USER: Final = (m.UserTask,)

GIVEN: Final = "the file that is given is the one"
MESSAGES: Final = "draw a message event, and publish the message"
VARIABLES: Final = "read and return variables in Python"


def _all_in(settings: Settings, text: str) -> None:
    settings.passed.all_in |= flag(text)


def _key(settings: Settings, text: str) -> None:
    settings.passed.inputs.append(MappedValue(KEY, text))


def _own_key(settings: Settings, text: str) -> None:
    if flag(text):
        _key(settings, "${execution.processBusinessKey}")


CALLED: Final = table(
    mapped("@inheritVariables", CALLS, "all variables are passed", _all_in),
    mapped("@businessKey", CALLS, "the business key that is passed", _key),
    mapped("@inheritBusinessKey", CALLS, "its own business key is passed", _own_key),
    kept("@calledElementType @fallbackToDefaultTenant", CALLS, GIVEN),
    kept("@sameDeployment", (m.CallActivity, m.StartEvent, m.UserTask), GIVEN),
    kept("@processInstanceName @completeAsync", CALLS, "for the record"),
    refused(
        "@useLocalScopeForOutParameters @idVariableName @processInstanceIdVariableName",
        CALLS,
        "what a call writes beside what it is given back",
        VARIABLES,
    ),
)

PEOPLE: Final = table(
    kept("@formFieldValidation @validateFormFields", (m.StartEvent, m.UserTask), "for other forms"),
    kept("@owner task-candidates-type customResource", USER, "for the record"),
    kept("localization", ANYWHERE, "shown in another program"),
    refused(
        "@taskIdVariableName @taskCompleterVariableName",
        USER,
        "a task that writes who it is, or who completes it",
        VARIABLES,
    ),
    part("@value", ("formProperty",), "no engine reads it"),
)

WORK: Final = table(
    kept("@asyncLeave @asyncLeaveExclusive", FLOW_NODES, "nothing is rolled back to a save point"),
    kept("@parallelInSameTransaction", SERVICES, "Python is called in its own thread"),
    kept("@noWaitStatesAsyncLeave", REPEATED, "for the record"),
    kept("@isEagerExecutionFetching jobCategory", (m.Process, *FLOW_NODES), "for the record"),
    refused(
        "@storeResultVariableAsTransient @doNotIncludeVariables",
        (*SERVICES, m.ScriptTask),
        "variables for one transaction, or none",
        VARIABLES,
    ),
    refused(
        "mapException",
        (*SERVICES, m.CallActivity),
        "an exception that becomes an error",
        "raise a BpmnError in Python",
    ),
    refused(
        "@skipExpression",
        (m.SequenceFlow,),
        "a condition that is skipped where _ACTIVITI_SKIP_EXPRESSION_ENABLED holds",
        "write it into the condition",
    ),
    refused(
        "@elementIndexVariable variableAggregation",
        REPEATED,
        "a count of instances, or what is collected of them, by other names",
        "read loopCounter, and write a list in Python",
    ),
    refused(
        "value",
        (m.DataObject,),
        "a data object that begins with a value",
        "start with the variable, or write it in a task",
    ),
)

EVENTS: Final = table(
    refused(
        "eventType eventName eventInParameter eventOutParameter eventCorrelationParameter "
        "channelKey channelName channelType channelDestination keyDetectionType "
        "keyDetectionValue triggerEventType triggerEventName triggerEventInParameter "
        "triggerEventOutParameter triggerEventCorrelationParameter",
        (m.FlowNode, m.Process),
        "an event of another engine's registry",
        MESSAGES,
    ),
    refused(
        "eventListener",
        PROCESS,
        "a listener to another engine's events",
        "draw execution listeners, or read the trace",
    ),
    part(
        "@onTransaction @customPropertiesResolverClass @customPropertiesResolverExpression "
        "@customPropertiesResolverDelegateExpression",
        ("executionListener", "taskListener"),
        "nothing is rolled back, so it is called at once",
    ),
)

WORDS: Final[tuple[Word, ...]] = (*CALLED, *PEOPLE, *WORK, *EVENTS)
