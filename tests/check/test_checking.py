"""Findings of every stage, whatever is given."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

import bpmn_xml
from bpmn_xml.check import checking
from bpmn_xml.check.checking import Source, failed
from bpmn_xml.check.shorthand import xml
from bpmn_xml.compiler.compile import compile_models
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import CheckError, Finding, Severity
from bpmn_xml.runtime.binding.naming import Resolution
from tests.cli.files import FILES, bpmn, chain, one, process, write_files

check = partial(checking.check, aim="run")
check_files = partial(checking.check_files, aim="run")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


SOURCES: dict[str, Source] = {
    "a path": "unbound.bpmn",
    "a path object": Path("unbound.bpmn"),
    "bytes": FILES["unbound.bpmn"].encode(),
    "a model": bpmn_xml.read(FILES["unbound.bpmn"].encode()),
}


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_any_source_is_checked(folder: Path, source: Source) -> None:
    assert [finding.id for finding in check(source)] == ["nobody", "none"]
    assert check(source, {"nobody": print, "none": print}) == ()
    assert check(source, options=Options(stub=True)) == ()


STAGES = {
    "no file": ("nowhere.bpmn", ["BX403"]),
    "a folder": (".", ["BX403"]),
    "no format": ("notes.txt", ["BX403"]),
    "reading": ("broken.bpmn", ["BX004"]),
    "the gate": (bpmn().encode(), ["BX130"]),
    "binding": ("unbound.bpmn", ["BX201", "BX201"]),
    "nothing": ("greet.bpmn", []),
    "a namesake": ("office.bpmn", []),
}


@pytest.mark.parametrize(("source", "codes"), STAGES.values(), ids=STAGES)
def test_each_stage_has_its_findings(folder: Path, source: str | bytes, codes: list[str]) -> None:
    assert [finding.code for finding in check(source)] == codes


def test_a_refusal_says_what_to_do(folder: Path) -> None:
    (missing,) = check("nowhere.bpmn")
    assert missing.message == "cannot read nowhere.bpmn: No such file or directory"
    (unknown,) = check("notes.txt")
    assert unknown.message == "unknown format '.txt'"
    assert unknown.remedy.startswith("expected one of .bpmn")
    assert unknown.place.file == "notes.txt"
    (bytes_,) = check(b"hello")
    assert bytes_.place.file == ""


def test_what_is_wrong_with_values_and_flows_hides_no_fault_of_binding() -> None:
    text = xml(
        "executable\nserviceTask nobody\nserviceTask late bx:retries=often\n"
        "s > nobody > late > g\ng > e ? amount >\ng > t\nt > e\nexclusiveGateway g default=g_t\n"
    ).replace(b"<definitions", b'<definitions xmlns:bx="urn:bpmn-xml:1.0"')
    found = {(one.code, one.id) for one in check(text) if one.severity is Severity.ERROR}
    told = {("BX110", "g_e"), ("BX160", "late"), ("BX201", "nobody"), ("BX201", "late")}
    assert found == told
    found = {one.code for one in check(text.replace(b'sourceRef="t"', b'sourceRef="gone"'))}
    assert found >= {"BX120", "BX201"}
    found = {one.code for one in check(text.replace(b'targetRef="t"', b'targetRef="s"'))}
    assert "BX122" in found
    assert "BX201" not in found


def test_bindings_may_be_given(folder: Path) -> None:
    table = {"nobody": "python:office:greet", "none": "python:office:greet"}
    assert check("unbound.bpmn", bindings=table) == ()
    assert len(check("unbound.bpmn", bindings=Path("none.toml"))) == 1


def test_findings_stand_in_the_order_of_the_file(folder: Path) -> None:
    lost = FILES["unbound.bpmn"].replace("</process>", '<task id="lost"/>\n</process>')
    found = check(lost.replace('id="none"', 'name="none"').encode())
    assert [f.place.line for f in found] == sorted(f.place.line for f in found)


def test_files_call_each_other_and_what_those_call(folder: Path) -> None:
    (folder / "a.bpmn").write_text(
        bpmn(process(chain("callActivity c calledElement='B'"), id_="A")), "utf-8"
    )
    (folder / "b.bpmn").write_text(
        bpmn(process(chain("callActivity c calledElement='C'"), id_="B")), "utf-8"
    )
    (folder / "c.bpmn").write_text(bpmn(process(chain("task t"), id_="C")), "utf-8")
    assert [f.code for f in check_files(["a.bpmn", "c.bpmn"])] == ["BX133"]
    assert check_files(["a.bpmn", "b.bpmn", "c.bpmn"]) == ()


def test_what_may_be_meant_by_a_call_is_looked_for_in_all_files(folder: Path) -> None:
    (folder / "a.bpmn").write_text(bpmn(process(chain("callActivity c calledElement='shiping'"))))
    (folder / "b.bpmn").write_text(bpmn(process(chain("task t", prefix="b_"), id_="shipping")))
    (remedy,) = [f.remedy for f in check_files(["a.bpmn", "b.bpmn"]) if f.code == "BX133"]
    assert remedy.startswith("did you mean 'shipping'?")


def test_a_file_that_has_what_it_calls_needs_no_other(folder: Path) -> None:
    own = bpmn(
        process(chain("callActivity c calledElement='B'", prefix="a_"), id_="A"),
        process(chain("task t", prefix="b_"), id_="B"),
    )
    (folder / "a.bpmn").write_text(own, "utf-8")
    (folder / "b.bpmn").write_text(bpmn(process(chain("task t"), id_="B")), "utf-8")
    (found,) = check_files(["a.bpmn", "b.bpmn"])
    assert (found.code, found.place.file, found.id) == ("BX125", "b.bpmn", "B")


def test_what_an_engine_refuses_of_files_together_is_told_at_the_later_one(folder: Path) -> None:
    for name in "abc":
        Path(f"{name}.bpmn").write_text(one("task t"), "utf-8")
    found = check_files(["a.bpmn", "b.bpmn", "c.bpmn"])
    with pytest.raises(CheckError) as refused:
        compile_models([bpmn_xml.read(f"{name}.bpmn") for name in "ab"])
    (fault,) = refused.value.findings
    assert (found[0].code, found[0].message) == (fault.code, fault.message)
    assert {one.severity for one in found} == {Severity.WARNING}  # each runs alone
    assert [(one.place.file, one.message) for one in found] == [
        (f"{name}.bpmn", "a.bpmn has an element with the same id") for name in "bc"
    ]
    told = checking.check_files(["a.bpmn", "b.bpmn"], aim="standard")
    assert "BX125" not in {one.code for one in told}


def test_what_is_wrong_in_another_file_is_told_there_alone(folder: Path) -> None:
    (folder / "a.bpmn").write_text(one("callActivity c calledElement='B'"), "utf-8")
    called = bpmn(process(chain("serviceTask lost"), id_="B"))
    (folder / "b.bpmn").write_text(called, "utf-8")
    found = check_files(["a.bpmn", "b.bpmn"])
    assert [(f.place.file, f.id) for f in found] == [("b.bpmn", "lost")]


def test_the_same_fault_is_told_of_each_file_and_line(folder: Path) -> None:
    for name in ("a", "b"):
        Path(f"{name}.bpmn").write_bytes(xml("s > t > e\ntextAnnotation n textFormat=plain"))
    found = checking.check_files(["a.bpmn", "b.bpmn"], aim="standard")
    assert [(f.place.file, f.code) for f in found] == [("a.bpmn", "EXT010"), ("b.bpmn", "EXT010")]
    text = xml("s > t > e\ntask t\n" + "  documentation textFormat=plain : Why\n" * 2)
    lines = text.replace(b"/documentation>", b"/documentation>\n")
    assert [f.code for f in checking.check(lines, aim="standard")] == ["EXT004", "EXT004"]


def test_a_called_file_hides_no_fault_of_binding(folder: Path) -> None:
    caller = one("serviceTask first", "callActivity c calledElement='B'")
    (folder / "a.bpmn").write_text(caller, "utf-8")
    called = bpmn(process(chain("serviceTask second"), id_="B"))
    (folder / "b.bpmn").write_text(called, "utf-8")
    (folder / "b.py").write_text("def second(): ...", "utf-8")
    bound: dict[str, list[str]] = {}

    def note(file: str, ways: Sequence[Resolution]) -> None:
        bound[file] = [way.node for way in ways]

    for function, codes in {"geet": ["BX204"], "greet": []}.items():
        table = {"first": f"python:office:{function}"}
        found = check_files(["a.bpmn", "b.bpmn"], bindings=table, bound=note)
        assert [f.code for f in found] == codes
    assert bound == {"a.bpmn": ["first"], "b.bpmn": ["second"]}


@pytest.mark.parametrize(
    ("severities", "bad"),
    [([], False), ([Severity.WARNING, Severity.NOTE], False), ([Severity.ERROR], True)],
)
def test_only_errors_fail(severities: list[Severity], bad: bool) -> None:
    assert failed(Finding(code="X", message="x", severity=s) for s in severities) is bad


AIMS = {"run": {"BX201"}, "standard": {"EXT023"}, "all": {"BX201", "EXT023"}}


@pytest.mark.parametrize("aim", AIMS)
def test_two_axes_are_never_mixed(folder: Path, aim: checking.Aim) -> None:
    assert {finding.code for finding in checking.check("unbound.bpmn", aim=aim)} == AIMS[aim]


def test_what_cannot_be_run_is_judged_by_the_standard_all_the_same() -> None:
    text = one("task a").replace("<process ", "<process startQuantity='1' isClosed='maybe' ")
    codes = {finding.code for finding in checking.check(text.encode())}
    assert {"BX010", "XSD03", "XSD05", "EXT023"} <= codes
    assert not codes & {"BX021"}, "the schema says it better"


def test_the_timer_of_a_start_event_needs_no_variables_to_be_checked() -> None:
    timer = (
        "executable\ns > e\nstartEvent s\n  timerEventDefinition\n"
        "    timeDate formal language=http://www.w3.org/1999/XPath : tomorrow\n"
    )
    assert [one.code for one in checking.check(xml(timer))] == ["BX701"]


@pytest.mark.parametrize("text", ["${x} and ${y}", "${x}("])
def test_a_condition_that_is_a_text_is_refused(text: str) -> None:
    shorthand = f"executable\nexclusiveGateway g default=g_f\ns > g > f > e\ng > e ? {text}\n"
    (found,) = [one for one in check(xml(shorthand), aim="run") if one.code == "BX110"]
    assert found.id == "g_e"
    assert "what stands beside '${...}' makes a text of it" in found.message


def test_a_border_event_without_an_activity_is_told_and_nothing_more_is_searched() -> None:
    text = xml("executable\ns > t > e\nboundaryEvent b\n  timerEventDefinition\nb > e2")
    assert ("BX123", "b") in [(one.code, one.id) for one in checking.check(text)]


def test_a_part_without_id_is_told_of_what_it_belongs_to() -> None:
    text = xml(
        "executable\ns > c > e\nintermediateCatchEvent c\n  signalEventDefinition signalRef=x"
    )
    found = [one for one in checking.check(text) if one.code == "BX024"]
    assert [one.id for one in found] == ["c"]
    assert checking.check(bpmn_xml.read(text), aim="run")


def test_a_file_that_camunda_8_calls_is_looked_into(tmp_path: Path) -> None:
    zeebe = 'xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"'
    words = '<extensionElements><zeebe:calledElement processId="Q"/></extensionElements>'
    for name, body in (("P", f'<callActivity id="c">{words}</callActivity>'), ("Q", "")):
        ends = f'<startEvent id="s{name}"/>{body}'
        process = f'<process id="{name}" isExecutable="true">{ends}</process>'
        model = "http://www.omg.org/spec/BPMN/20100524/MODEL"
        text = f'<definitions xmlns="{model}" {zeebe} targetNamespace="x">{process}</definitions>'
        (tmp_path / f"{name}.bpmn").write_text(text, "utf-8")
    paths = [str(tmp_path / f"{name}.bpmn") for name in "PQ"]
    assert "BX133" in {found.code for found in check_files(paths[:1])}
    assert "BX133" not in {found.code for found in check_files(paths)}


def test_a_file_is_called_by_its_process_in_another_namespace(folder: Path) -> None:
    text = bpmn(process(chain("callActivity c calledElement='b:B'"), id_="A"))
    beside = '<import importType="http://www.omg.org/spec/BPMN/20100524/MODEL" location="b.bpmn" '
    text = text.replace("<definitions ", '<definitions xmlns:b="urn:b" ')
    at = text.index(">", text.index("<definitions")) + 1
    text = f'{text[:at]}{beside}namespace="urn:b"/>{text[at:]}'
    (folder / "a.bpmn").write_text(text, "utf-8")
    (folder / "b.bpmn").write_text(bpmn(process(chain("task t"), id_="B")), "utf-8")
    assert [f.code for f in check_files(["a.bpmn", "b.bpmn"]) if f.severity == "error"] == []
