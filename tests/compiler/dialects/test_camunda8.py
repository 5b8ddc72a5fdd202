"""Camunda 8: what each extension element sets, keeps or refuses."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.camunda8 import DIALECT
from bpmn_xml.compiler.dialects.settings import (
    Listener,
    MappedValue,
    PassedData,
    ScriptText,
    Settings,
)
from bpmn_xml.model import ForeignElement
from tests.compiler.dialects.places import setting
from tests.compiler.drawing import word

PLACED: dict[str, type[m.Element]] = {
    "adHoc": m.AdHocSubProcess,
    "calledDecision": m.BusinessRuleTask,
    "calledElement": m.CallActivity,
    "conditionalFilter": m.ConditionalEventDefinition,
    "loopCharacteristics": m.MultiInstanceLoopCharacteristics,
    "script": m.ScriptTask,
    "subscription": m.Message,
    "taskListeners": m.UserTask,
    "assignmentDefinition": m.UserTask,
    "taskSchedule": m.UserTask,
    "priorityDefinition": m.UserTask,
    "formDefinition": m.UserTask,
}


def element(found: ForeignElement) -> Settings:
    settings = setting("", found, PLACED.get(found.name, m.ServiceTask))
    assert settings.works is (found.name in {"taskDefinition", "calledDecision"})
    settings.works = False
    return settings


THRICE = {"retries": (0, 0)}
"""Camunda 8 tries three times where nothing is said."""

ELEMENTS: list[tuple[ForeignElement, dict[str, Any]]] = [
    (word("zeebe:taskDefinition", type="pay"), {"names": ["pay"], **THRICE}),
    (word("zeebe:taskDefinition", type="= which"), {"name_expression": "= which", **THRICE}),
    (word("zeebe:taskDefinition", type="python:a:b"), {"implementation": "a:b", **THRICE}),
    (
        word("zeebe:taskDefinition", type="pay", retries="2"),
        {"names": ["pay"], "retries": (0,)},
    ),
    (word("zeebe:taskDefinition"), {"names": [""], **THRICE}),
    (
        word("zeebe:calledDecision", decisionId="Risk", resultVariable="risk"),
        {"decision": "Risk", "result": "risk"},
    ),
    (
        word("zeebe:calledElement", processId="Ship"),
        {"passed": PassedData(all_in=True, all_out=True, mapped=True)},
    ),
    (
        word("zeebe:calledElement", propagateAllParentVariables="false"),
        {"passed": PassedData(all_out=True, mapped=True)},
    ),
    (
        word(
            "zeebe:ioMapping",
            word("zeebe:input", source="=a", target="b.c"),
            word("zeebe:output", source="1", target="d"),
        ),
        {"inputs": [MappedValue("b.c", "=a", "path")], "outputs": [MappedValue("d", "1", "path")]},
    ),
    (
        word("zeebe:loopCharacteristics", inputCollection="= items", inputElement="item"),
        {"collection": "= items", "listed": True, "element": "item"},
    ),
    (
        word("zeebe:loopCharacteristics", outputCollection="outs", outputElement="= out"),
        {"listed": True, "output": "outs", "output_element": "= out"},
    ),
    (word("zeebe:subscription", correlationKey="= id"), {"key": "= id"}),
    (
        word("zeebe:script", expression="= a + b", resultVariable="sum"),
        {"script": ScriptText("= a + b", "feel", pure=True), "result": "sum"},
    ),
    (
        word("zeebe:taskHeaders", word("zeebe:header", key="a", value="1"), word("zeebe:header")),
        {"fields": [("a", "1"), ("", "")]},
    ),
    (
        word(
            "zeebe:assignmentDefinition", assignee="= who", candidateUsers="a", candidateGroups="b"
        ),
        {
            "user_task_settings": {
                "assignee": "= who",
                "candidate_users": "a",
                "candidate_groups": "b",
            }
        },
    ),
    (
        word("zeebe:taskSchedule", dueDate="= d", followUpDate="= f"),
        {"user_task_settings": {"due": "= d", "follow_up": "= f"}},
    ),
    (word("zeebe:priorityDefinition", priority="70"), {"user_task_settings": {"priority": "70"}}),
    (word("zeebe:formDefinition", formId="review"), {"form_name": "review"}),
    (
        word("zeebe:formDefinition", formKey="camunda-forms:bpmn:F"),
        {"user_task_settings": {"form_key": "camunda-forms:bpmn:F"}, "form_name": "F"},
    ),
    (
        word("zeebe:formDefinition", externalReference="x"),
        {"user_task_settings": {"form_key": "x"}},
    ),
    (word("zeebe:ioMapping"), {}),
    (
        word(
            "zeebe:executionListeners",
            word(
                "zeebe:executionListener",
                word("zeebe:taskHeaders", word("zeebe:header", key="a", value="1")),
                eventType="start",
                type="L",
                retries="2",
            ),
        ),
        {"listeners": [Listener("start", "L", retries=(0,), fields=(("a", "1"),))]},
    ),
    (
        word("zeebe:taskListeners", word("zeebe:taskListener", eventType="creating", type="L")),
        {"listeners": [Listener("creating", "L", retries=(0, 0))]},
    ),
    (word("zeebe:adHoc", activeElementsCollection="=todo"), {"elements": "=todo"}),
    (
        word("zeebe:conditionalFilter", variableNames="a, b", variableEvents="create"),
        {"variable_names": ("a", "b"), "variable_events": ("create",)},
    ),
    (word("zeebe:conditionalFilter"), {}),
    (
        word("zeebe:adHoc", outputCollection="all", outputElement="= one"),
        {"output": "all", "output_element": "= one"},
    ),
    (
        word("zeebe:taskDefinition", type="pay", retries="= n"),
        {"names": ["pay"], "tries": "= n"},
    ),
    (
        word("zeebe:executionListeners", word("zeebe:executionListener", retries="=n")),
        {"listeners": [Listener("", tries="=n")]},
    ),
]


@pytest.mark.parametrize(("found", "expected"), ELEMENTS)
def test_what_an_element_sets(found: ForeignElement, expected: dict[str, Any]) -> None:
    assert element(found) == Settings(**expected)


def test_every_word_that_is_read_is_tested() -> None:
    tested = {found.name for found, _ in ELEMENTS}
    assert {row.name for row in DIALECT.words if row.read} == tested
