"""What a file imports is looked into: rules judge what is meant, wherever it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.check.shorthand import xml
from bpmn_xml.check.throws_and_catches import NOBODY_RECEIVES
from bpmn_xml.compiler.options import Options
from bpmn_xml.formats.xml.namespaces import MODEL

OTHER = """\
itemDefinition Book structureRef=Book
message Order itemRef=Book
escalation Late
escalation Early escalationCode=early
choreography Dance isClosed=true
process Called
  startEvent s
    messageEventDefinition
  s > e
process Plain
  s2 > e2
process Given
  ioSpecification
    dataInput i name=order
    inputSet
      dataInputRefs : i
    outputSet
  s3 > e3
signalEventDefinition Alarm signalRef=Ring
signal Ring structureRef=Book
"""
THROWN = "s > e\nendEvent e\n  escalationEventDefinition escalationRef={}"
RECEIVED = """\
s > t > e
receiveTask t messageRef=imp:Order
  ioSpecification
    dataOutput o itemSubjectRef={}
    inputSet
    outputSet
      dataOutputRefs : o
itemDefinition Own structureRef=Own
"""
RUNG = """\
s > e
startEvent s
  dataOutput o itemSubjectRef={}
  outputSet
    dataOutputRefs : o
  signalEventDefinition signalRef=imp:Ring
itemDefinition Own structureRef=Own
"""
CALL = """\
s > t > e
callActivity t calledElement=imp:Given
  ioSpecification
    dataInput j name={}
    inputSet
      dataInputRefs : j
    outputSet
"""
CASES = [
    ("EXT063", CALL, "bill", "order"),
    ("EXT099", "s > t > e\ncallActivity t calledElement={}", "imp:Called", "imp:Plain"),
    ("EXT011", THROWN, "imp:Late", "imp:Early"),
    ("EXT052", RECEIVED, "Own", "imp:Book"),
    ("EXT094", RUNG, "Own", "imp:Book"),
    ("EXT100", "s > t > e\nsubProcess t\n  startEvent s2\n    {}\n  s2 > e2", *(
        "eventDefinitionRef : imp:Alarm", "documentation : calm"
    )),
    ("EXT033", "collaboration C isClosed={}\n  choreographyRef : imp:Dance", "false", "true"),
    ("BX024", THROWN, "imp:Gone", "imp:Early"),
]  # fmt: skip


def told(folder: Path, shorthand: str, location: str = "other.bpmn") -> set[str]:
    """The codes of what is told of a file that imports another one."""
    (folder / "other.bpmn").write_bytes(xml(OTHER).replace(b"urn:example", b"urn:o"))
    said = f"import importType={MODEL} namespace=urn:o location={location}\n"
    text = xml(said + shorthand).replace(b"<definitions ", b'<definitions xmlns:imp="urn:o" ')
    (folder / "own.bpmn").write_bytes(text)
    return {found.code for found in check(folder / "own.bpmn", aim="standard")}


@pytest.mark.parametrize(("code", "shorthand", "wrong", "right"), CASES)
def test_what_is_meant_may_be_imported(
    code: str, shorthand: str, wrong: str, right: str, tmp_path: Path
) -> None:
    assert told(tmp_path, shorthand.format(wrong)) == {code}
    assert told(tmp_path, shorthand.format(right)) == set()


ELSEWHERE = {"gone.bpmn": {"BX741"}, "../other.bpmn": set(), "http://x.example/o.bpmn": set()}


@pytest.mark.parametrize(("location", "wanted"), ELSEWHERE.items(), ids=ELSEWHERE)
def test_what_is_not_beside_a_file_is_not_looked_into(
    location: str, wanted: set[str], tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (tmp_path / "other.bpmn").write_bytes(xml(OTHER).replace(b"urn:example", b"urn:o"))
    assert told(folder, THROWN.format("imp:Late"), location) == wanted


def test_a_file_of_no_known_format_is_not_looked_into(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    assert told(tmp_path, THROWN.format("imp:Late"), "notes.txt") == set()


def test_an_import_says_the_namespace_of_its_file(tmp_path: Path) -> None:
    (tmp_path / "other.bpmn").write_bytes(xml(OTHER))
    said = f"import importType={MODEL} namespace=urn:o location=other.bpmn\ns > e"
    (tmp_path / "own.bpmn").write_bytes(xml(said))
    (found,) = check(tmp_path / "own.bpmn", aim="standard")
    assert (found.code, found.place.line) == ("BX742", 2)
    assert "'urn:example'" in found.message


def test_a_reference_leads_into_a_namespace_that_is_imported() -> None:
    text = xml(THROWN.format("imp:Late")).replace(b"<def", b'<definitions xmlns:imp="urn:o" ', 1)
    (found,) = check(text.replace(b'"urn:o" initions', b'"urn:o"', 1), aim="standard")
    assert (found.code, found.id) == ("BX024", "e")
    assert "a namespace that no import names" in found.message


def test_types_of_the_schema_need_no_import() -> None:
    text = xml("s > e\nproperty p itemSubjectRef=xsd:string")
    declared = b'<definitions xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    found = check(text.replace(b"<definitions", declared, 1), aim="standard")
    assert [one.code for one in found if one.code == "BX024"] == []


def test_files_that_import_one_another_and_what_cannot_be_read_are_read_once(
    tmp_path: Path,
) -> None:
    (tmp_path / "bad.bpmn").write_text("<definitions")
    ring = f"import importType={MODEL} namespace=urn:example location={{}}\n"
    (tmp_path / "one.bpmn").write_bytes(xml(ring.format("two.bpmn") + "s > e"))
    (tmp_path / "two.bpmn").write_bytes(
        xml(ring.format("one.bpmn") + ring.format("bad.bpmn") + ring.format("one.bpmn"))
    )
    assert check(tmp_path / "one.bpmn", aim="standard") == ()


def test_a_link_that_leads_back_to_itself_is_not_looked_into(tmp_path: Path) -> None:
    (tmp_path / "loop.bpmn").symlink_to("pool.bpmn")
    (tmp_path / "pool.bpmn").symlink_to("loop.bpmn")
    assert told(tmp_path, THROWN.format("imp:Late"), "loop.bpmn") == {"BX741"}


AWAITED = """\
message M name={}
process Waits isExecutable=true
  startEvent s
    messageEventDefinition messageRef=M
  s > e
"""


@pytest.mark.parametrize(("name", "wanted"), [("paid", False), ("refused", True)])
def test_what_is_imported_awaits_messages(name: str, wanted: bool, tmp_path: Path) -> None:
    (tmp_path / "other.bpmn").write_bytes(
        xml(AWAITED.format(name)).replace(b"urn:example", b"urn:o")
    )
    drawn = f"import importType={MODEL} namespace=urn:o location=other.bpmn\nexecutable\n"
    drawn += "message Own name=paid\ns > e\nendEvent e\n  messageEventDefinition messageRef=Own\n"
    (tmp_path / "own.bpmn").write_bytes(xml(drawn))
    found = check(tmp_path / "own.bpmn", aim="run", options=Options(stub=True))
    assert (NOBODY_RECEIVES in {one.code for one in found}) is wanted
