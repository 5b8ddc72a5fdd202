"""Camunda 8: what each extension element sets, keeps or refuses."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.camunda8 import DIALECT
from bpmn_xml.compiler.dialects.read import read_settings
from bpmn_xml.compiler.dialects.settings import ScriptText, Settings
from bpmn_xml.model import ForeignElement
from tests.compiler.drawing import extended, said, word


def element(found: ForeignElement) -> Settings:
    settings = read_settings(m.ServiceTask(id="t", **extended(found)))
    assert settings.dialects == ["camunda8"]
    settings.dialects.clear()
    assert settings.works is (found.name in {"taskDefinition", "calledDecision"})
    settings.works = False
    return settings


ELEMENTS: list[tuple[ForeignElement, dict[str, Any]]] = [
    (word("zeebe:taskDefinition", type="pay"), {"names": ["pay"]}),
    (
        word("zeebe:taskDefinition", type="pay", retries="3"),
        {"names": ["pay"], "retries": (0, 0)},
    ),
    (word("zeebe:taskDefinition"), {"names": [""]}),
    (
        word("zeebe:calledDecision", decisionId="Risk", resultVariable="risk"),
        {"names": ["Risk"], "result": "risk"},
    ),
    (word("zeebe:calledElement", processId="Ship"), {"called": "Ship"}),
    (
        word("zeebe:loopCharacteristics", inputCollection="= items", inputElement="item"),
        {"collection": "= items", "element": "item"},
    ),
    (
        word("zeebe:loopCharacteristics", outputCollection="outs", outputElement="= out"),
        {"output": "outs", "output_element": "= out"},
    ),
    (word("zeebe:subscription", correlationKey="= id"), {"key": "= id"}),
    (
        word("zeebe:script", expression="= a + b", resultVariable="sum"),
        {"script": ScriptText("= a + b", "feel"), "result": "sum"},
    ),
    (word("zeebe:ioMapping"), {}),
    (word("zeebe:executionListeners"), {}),
    (word("zeebe:taskListeners"), {}),
]


@pytest.mark.parametrize(("found", "expected"), ELEMENTS)
def test_what_an_element_sets(found: ForeignElement, expected: dict[str, Any]) -> None:
    assert element(found) == Settings(**expected)


REFUSED = [
    (word("zeebe:taskDefinition", type="= which"), "a task type that is an expression"),
    (
        word("zeebe:taskDefinition", type="pay", retries="= n"),
        "a number of retries that is an expression",
    ),
    (word("zeebe:calledDecision", decisionId="= which"), "a decision named by an expression"),
    (
        word("zeebe:calledElement", processId="Q", propagateAllParentVariables="false"),
        "a call that passes only some variables",
    ),
    (word("zeebe:ioMapping", word("zeebe:input", source="= a")), "an input/output mapping"),
    (
        word("zeebe:executionListeners", word("zeebe:executionListener")),
        "an execution listener",
    ),
    (word("zeebe:taskListeners", word("zeebe:taskListener")), "a task listener"),
]


@pytest.mark.parametrize(("found", "what"), REFUSED)
def test_what_an_element_would_do_is_refused(found: ForeignElement, what: str) -> None:
    ((refused, remedy),) = element(found).refused
    assert refused == what
    assert remedy


def test_every_other_word_is_kept_without_effect() -> None:
    named = {found.name for found, _ in (*ELEMENTS, *REFUSED)}
    for name in DIALECT.elements.keys() - named:
        assert element(word(f"zeebe:{name}")) == Settings(), name
    for name in DIALECT.attributes:
        settings = read_settings(m.Task(id="t", **said(**{f"zeebe_{name}": "x"})))
        assert settings == Settings(dialects=["camunda8"]), name
