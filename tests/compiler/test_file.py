"""A file at work: what is asked of it, and how findings are told."""

from __future__ import annotations

from bpmn_xml import model as m
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import Place, Severity
from tests.compiler.drawing import extended, file, said, word

TASK = m.Task(id="t", name="Check", place=Place("a.bpmn", 7, 3))


def work(**options: bool) -> DiagramFile:
    return DiagramFile(definitions=file(TASK), options=Options(**options))


def test_a_report_names_the_element_and_its_place() -> None:
    found = work()
    found.report(codes.ATTRIBUTE, TASK, "it is odd", "mend it")
    (finding,) = found.findings
    assert str(finding) == "a.bpmn:7:3: error BX103 t: it is odd; mend it"
    assert finding.name == "Check"


def test_a_remark_is_about_the_file() -> None:
    found = DiagramFile(
        definitions=m.Definitions(id="D", place=Place("a.bpmn", 2)), options=Options()
    )
    found.remark(codes.LEFT_OUT, "it is not run", "")
    assert str(found.findings[0]) == "a.bpmn: note BX132: it is not run"


def test_only_what_moves_data_can_be_left_out() -> None:
    plain, stub = work(), work(stub=True)
    for found in (plain, stub):
        found.refuse(codes.EXTENSION, TASK, "a listener", "do it in a task")
        found.refuse(codes.ELEMENT, TASK, "a task", "draw another")
    assert [f.severity for f in plain.findings] == [Severity.ERROR, Severity.ERROR]
    assert plain.findings[0].remedy == "do it in a task, or leave it out with --stub"
    assert [f.severity for f in stub.findings] == [Severity.NOTE, Severity.ERROR]
    assert [f.message for f in stub.findings] == [
        "a listener is left out of this stub run",
        "a task cannot be run yet",
    ]


def test_settings_report_their_faults_about_whoever_they_are_about() -> None:
    found = work()
    definition = m.ErrorEventDefinition(id="d", **said(bx_catch="some"))
    found.settings(definition, about=TASK)
    assert [finding.id for finding in found.findings] == ["t"]
    retried = extended(word("camunda:failedJobRetryTimeCycle", text="R/"))
    task = m.ServiceTask(id="s", **retried)
    found.settings(task)
    assert [finding.id for finding in found.findings] == ["t", "s"]
    assert found.dialects == ["camunda7"]


def test_homes_and_roots() -> None:
    error = m.Error(id="E")
    found = DiagramFile(definitions=file(TASK, roots=(error,)), options=Options())
    assert found.roots["E"] is error
    element, container = found.homes["t"]
    assert element is TASK
    assert container is found.roots["P"]
