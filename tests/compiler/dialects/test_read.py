"""Which words are read, which are unknown, which have no effect where they stand."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.read import DIALECTS, VENDORS, read_settings
from bpmn_xml.compiler.dialects.settings import Problem, Settings
from tests.compiler.drawing import around, extended, read_text, said, told, word


def service(**words: object) -> m.ServiceTask:
    return m.ServiceTask(id="t", **words)


def test_words_of_namespaces_that_nobody_knows_are_nobodys_business() -> None:
    task = service(**said(other_threads="x"), **extended(word("other:script", text="rm -rf /")))
    assert read_settings(task) == Settings()


def test_what_several_elements_say_adds_up() -> None:
    event = m.BoundaryEvent(id="b", attached_to_ref="t", **said(bx_catch="exceptions"))
    definition = m.ErrorEventDefinition(id="d", **said(camunda_errorCodeVariable="code"))
    settings = read_settings(event, definition)
    assert settings.catches_exceptions
    assert settings.code_variable == "code"
    assert settings.dialects == ["camunda7"]


UNKNOWN: list[tuple[m.Element, Problem]] = [
    (
        service(**said(bx_thread="2")),
        Problem("BX160", "bx:thread is not known", "did you mean 'threads'?"),
    ),
    (
        service(**extended(word("bx:anything"))),
        Problem("BX160", "bx:anything is not known", "remove it"),
    ),
    (
        service(**said(camunda_asyncBefor="true")),
        Problem(
            "BX105",
            "camunda:asyncBefor is not known",
            "did you mean 'asyncBefore' or 'asyncAfter'?",
        ),
    ),
    (
        service(**extended(word("zeebe:ioMaping"))),
        Problem("BX105", "zeebe:ioMaping is not known", "did you mean 'ioMapping'?"),
    ),
]


@pytest.mark.parametrize(("element", "problem"), UNKNOWN)
def test_unknown_words_are_problems(element: m.Element, problem: Problem) -> None:
    assert read_settings(element).problems == [problem]


def test_a_word_without_prefix_is_spelled_without() -> None:
    drawn = read_text(
        """<process id="P" isExecutable="true"><task id="t"><extensionElements>
        <odd xmlns="urn:bpmn-xml:1.0"/></extensionElements></task></process>"""
    )
    assert told(drawn) == ["a.bpmn:2:37: error BX160 t: odd is not known; remove it"]


def test_under_stub_an_unknown_word_of_ours_is_still_an_error() -> None:
    assert told(around(service(**said(bx_thread="2"))), stub=True) == [
        "error BX160 t: bx:thread is not known; did you mean 'threads'?"
    ]
    assert told(around(service(**said(camunda_odd="2"))), stub=True) == [
        "note BX105 t: camunda:odd is not known; remove it"
    ]


NO_EFFECT = [
    (m.ExclusiveGateway(id="t", **said(bx_threads="2")), "bx:threads", "an exclusive gateway"),
    (m.UserTask(id="t", **said(bx_retries="none")), "bx:retries", "a user task"),
    (m.Task(id="t", **said(bx_emits="many")), "bx:emits", "a task"),
    (service(**said(bx_catch="exceptions")), "bx:catch", "a service task"),
    (m.SubProcess(id="t", **said(bx_payload="flow")), "bx:payload", "a sub-process"),
    (service(**said(bx_collection="items")), "bx:collection", "a service task"),
    (m.SendTask(id="t", **said(bx_payload="flow")), "bx:payload", "a send task"),
]


@pytest.mark.parametrize(("node", "name", "where"), NO_EFFECT)
def test_our_words_are_warned_of_where_they_mean_nothing(
    node: m.FlowNode, name: str, where: str
) -> None:
    assert told(around(node)) == [f"warning BX161 t: {name} has no effect on {where}; remove it"]


def test_what_a_word_cannot_take_is_told() -> None:
    assert told(around(service(**said(bx_threads="0")))) == [
        "error BX160 t: bx:threads: '0' is no whole number from 1 to 1000000; correct the value"
    ]


def test_faults_of_a_loop_are_told_of_its_activity() -> None:
    loop = m.MultiInstanceLoopCharacteristics(
        id="l", **said(bx_collection="items", camunda_odd="x")
    )
    assert told(around(m.Task(id="t", loop_characteristics=loop))) == [
        "error BX105 t: camunda:odd is not known; remove it"
    ]


def test_each_namespace_belongs_to_one_dialect() -> None:
    assert sum(len(dialect.namespaces) for dialect in DIALECTS) == len(VENDORS)
