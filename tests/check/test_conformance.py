"""Two axes, told apart; nothing is told twice."""

from __future__ import annotations

from bpmn_xml.check import checking
from bpmn_xml.check.conformance import PREFIXES
from bpmn_xml.check.hiding import for_people
from bpmn_xml.check.shorthand import xml
from bpmn_xml.compiler.compile import analyse
from bpmn_xml.compiler.options import Options
from bpmn_xml.formats import read
from tests.real import real_files

STUB = Options(stub=True, allow_scripts=True)


def test_people_are_told_once_what_two_rules_demand() -> None:
    text = xml("s > t > e\nboundaryEvent b attachedToRef=t\nb > e\n")
    found = checking.check(text, aim="standard")
    assert [one.code for one in found] == ["EXT110", "EXT130"]
    assert [one.code for one in for_people(found)] == ["EXT110"]


def test_what_keeps_from_running_comes_first() -> None:
    text = xml("executable\nunlisted\ns > t > e\nserviceTask t\n")
    codes = [one.code for one in for_people(checking.check(text))]
    assert codes == sorted(codes, key=lambda code: code.startswith(PREFIXES))
    assert {"BX201", "EXT023"} <= set(codes)


def test_conformance_stops_no_run_of_ordinary_drawings() -> None:
    """The gate alone decides about running, and knows no rule of the standard."""
    told = set[str]()
    for file in real_files("camunda7", "camunda8"):
        program, findings = analyse([read(file)], STUB)
        assert (program is None) == checking.failed(findings), file.name
        assert not any(one.code.startswith(PREFIXES) for one in findings), file.name
        running = checking.check(file, aim="run", options=STUB)
        assert not any(one.code.startswith(PREFIXES) for one in running), file.name
        standard = checking.check(file, aim="standard")
        assert all(one.code.startswith((*PREFIXES, "BX0")) for one in standard), file.name
        told |= {one.code for one in standard if program is not None}
    assert {"EXT067", "EXT128", "EXT145"} <= told, "files that run break rules of the standard"


def test_a_flow_without_ends_is_told_of_once() -> None:
    flow = '<sequenceFlow id="f" from="s" to="e"/>'
    text = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
      targetNamespace="x"><process id="p" isExecutable="true"><startEvent id="s"/>
      {flow}</process></definitions>"""
    told = [one.code for one in checking.check(text.encode(), aim="run") if one.id == "f"]
    assert told == ["BX120", "BX021", "BX021"]
