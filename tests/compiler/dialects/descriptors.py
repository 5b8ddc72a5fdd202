"""The names that the vendors' public descriptors have (camunda-bpmn-moddle 8, zeebe-bpmn-moddle 2).

Of Activiti and Flowable those that their user guides tell, and that Camunda 7 has not.

`@name` is an attribute, `name` an element. The empty key holds what stands on elements of BPMN, the
others what stands inside of a vendor's element.
"""

from __future__ import annotations

CAMUNDA: dict[str, str] = {
    "": (
        "@assignee @async @asyncAfter @asyncBefore @calledElementBinding @calledElementTenantId "
        "@calledElementVersion @calledElementVersionTag @candidateGroups @candidateStarterGroups "
        "@candidateStarterUsers @candidateUsers @caseBinding @caseRef @caseTenantId @caseVersion "
        "@class @collection @decisionRef @decisionRefBinding @decisionRefTenantId "
        "@decisionRefVersion @delegateExpression @diagramRelationId @dueDate @elementVariable "
        "@errorCodeVariable @errorMessage @errorMessageVariable @escalationCodeVariable "
        "@exclusive @expression @followUpDate @formHandlerClass @formKey @formRef @formRefBinding "
        "@formRefVersion @historyTimeToLive @initiator @isStartableInTasklist @jobPriority "
        "@mapDecisionResult @modelerTemplate @modelerTemplateVersion @priority @resource "
        "@resultVariable @taskPriority @topic @type @variableEvents @variableMappingClass "
        "@variableMappingDelegateExpression @variableName @versionTag connector "
        "errorEventDefinition executionListener failedJobRetryTimeCycle field formData "
        "formProperty in inputOutput out potentialStarter properties taskListener"
    ),
    "connector": "connectorId inputOutput",
    "constraint": "@config @name",
    "entry": "@key list map script value",
    "errorEventDefinition": "@expression",
    "executionListener": "@class @delegateExpression @event @expression field script",
    "field": "@name @stringValue expression string",
    "formData": "@businessKey formField",
    "formField": "@datePattern @defaultValue @id @label @type properties validation value",
    "formProperty": (
        "@datePattern @default @expression @id @name @readable @required @type @variable "
        "@writable value"
    ),
    "in": "@businessKey @local @source @sourceExpression @target @variables",
    "inputOutput": "inputParameter outputParameter",
    "inputParameter": "@name list map script value",
    "list": "list map script value",
    "map": "entry",
    "out": "@businessKey @local @source @sourceExpression @target @variables",
    "outputParameter": "@name list map script value",
    "properties": "property",
    "property": "@id @name @value",
    "script": "@resource @scriptFormat",
    "taskListener": "@class @delegateExpression @event @expression @id field script",
    "validation": "constraint",
    "value": "@id @name",
}

ZEEBE: dict[str, str] = {
    "": (
        "@modelerTemplate @modelerTemplateIcon @modelerTemplateVersion @retryCounter adHoc "
        "agentDefinition assignmentDefinition calledDecision calledElement conditionalFilter "
        "executionListeners formDefinition jobPriorityDefinition linkedResources "
        "loopCharacteristics priorityDefinition properties script subscription taskDefinition "
        "taskHeaders taskListeners taskSchedule userTask userTaskForm versionTag"
    ),
    "adHoc": "@activeElementsCollection @outputCollection @outputElement",
    "agentDefinition": "@agentType",
    "assignmentDefinition": "@assignee @candidateGroups @candidateUsers",
    "calledDecision": "@bindingType @decisionId @resultVariable @versionTag",
    "calledElement": (
        "@bindingType @businessId @processId @processIdExpression @propagateAllChildVariables "
        "@propagateAllParentVariables @versionTag"
    ),
    "conditionalFilter": "@variableEvents @variableNames",
    "executionListener": "@eventType @retries @type taskHeaders",
    "executionListeners": "executionListener",
    "formDefinition": "@bindingType @externalReference @formId @formKey @versionTag",
    "header": "@id @key @value",
    "input": "@modelerConfigurationName @modelerConfigurationTemplate @source @target",
    "ioMapping": "input output",
    "jobPriorityDefinition": "@priority",
    "linkedResource": "@bindingType @linkName @resourceId @resourceType @versionTag",
    "linkedResources": "linkedResource",
    "loopCharacteristics": "@inputCollection @inputElement @outputCollection @outputElement",
    "output": "@source @target",
    "priorityDefinition": "@priority",
    "properties": "property",
    "property": "@modelerConfigurationName @modelerConfigurationTemplate @name @value",
    "script": "@expression @resultVariable",
    "subscription": "@correlationKey",
    "taskDefinition": "@retries @type",
    "taskHeaders": "header",
    "taskListener": "@eventType @retries @type",
    "taskListeners": "taskListener",
    "taskSchedule": "@dueDate @followUpDate",
    "userTaskForm": "@id",
    "versionTag": "@value",
}

FORKS: dict[str, str] = {
    "": (
        "@calledElementType @completeAsync @elementIndexVariable @fallbackToDefaultTenant "
        "@formFieldValidation @idVariableName @inheritBusinessKey @inheritVariables @owner "
        "@parallelInSameTransaction @processInstanceName @sameDeployment @skipExpression "
        "@storeResultVariableAsTransient @taskIdVariableName @useLocalScopeForOutParameters "
        "@triggerable @useLocalScopeForResultVariable @autoStoreVariables eventListener eventType "
        "eventInParameter eventOutParameter eventCorrelationParameter mapException value "
        "variableAggregation task-candidates-type"
    ),
    "executionListener": "@onTransaction",
    "formProperty": "@value",
}
