"""What several elements say adds up to settings."""

from __future__ import annotations

from bpmn_xml import model as m
from bpmn_xml.compiler.dialects.read import DIALECTS, VENDORS, read_settings
from bpmn_xml.compiler.dialects.settings import Settings
from tests.compiler.drawing import around, extended, said, told, word


def test_words_of_namespaces_that_nobody_knows_say_nothing() -> None:
    task = m.ServiceTask(
        id="t", **said(other_threads="x"), **extended(word("other:script", text="rm -rf /"))
    )
    assert read_settings(task) == Settings()


def test_what_several_elements_say_adds_up() -> None:
    event = m.BoundaryEvent(id="b", attached_to_ref="t", **said(bx_catch="exceptions"))
    definition = m.ErrorEventDefinition(id="d", **said(camunda_errorCodeVariable="code"))
    settings = read_settings(event, definition)
    assert settings.catches_exceptions
    assert settings.code_variable == "code"
    assert settings.dialects == ["camunda7"]


def test_what_a_word_cannot_take_is_told() -> None:
    assert told(around(m.ServiceTask(id="t", **said(bx_threads="0")))) == [
        "error BX160 t: bx:threads: '0' is no whole number from 1 to 1000000; correct the value"
    ]


def test_faults_of_a_loop_are_told_of_its_activity() -> None:
    loop = m.MultiInstanceLoopCharacteristics(id="l", **said(bx_collection="items", camunda_odd=""))
    (line,) = told(around(m.Task(id="t", loop_characteristics=loop)))
    assert line.startswith("error BX105 t: camunda:odd is not known; remove it")


def test_each_namespace_belongs_to_one_dialect() -> None:
    assert sum(len(dialect.namespaces) for dialect in DIALECTS) == len(VENDORS)
