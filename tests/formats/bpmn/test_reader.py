"""Whatever a file looks like, it is read, or refused with its true fault at its place."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.codes import meanings
from bpmn_xml.errors import ReadError
from bpmn_xml.formats import codes
from bpmn_xml.formats.bpmn.reader import read_bpmn
from bpmn_xml.formats.bpmn.references import review
from bpmn_xml.formats.bpmn.writer import write_bpmn
from tests.formats.bpmn.documents import MODEL, document, faults, process
from tests.real import real_files


def test_all_errors_are_told_at_once_in_the_order_of_the_file():
    data = process(
        '<task id="a" startQuantity="x"\n  isForCompensation="maybe"/>\n'
        '<task id="b"><standardLoopCharacteristics loopMaximum="1.5"/></task>\n'
        '<sequenceFlow id="f" sourceRef="a" targetRef="b">'
        "<conditionExpression/><conditionExpression/></sequenceFlow>"
    )
    assert faults(data) == [
        (codes.WRONG_VALUE, 3, 14, "a"),
        (codes.WRONG_VALUE, 4, 3, "a"),
        (codes.WRONG_VALUE, 5, 43, "b"),
        (codes.REPEATED, 6, 72, "f"),
    ]


@pytest.mark.parametrize(
    "namespace",
    ["http://schema.omg.org/spec/BPMN/2.0", "http://www.omg.org/spec/BPMN/20100501/MODEL"],
)
def test_drafts_are_read_and_written_anew(namespace):
    data = document('<process id="p"/>').replace(MODEL.encode(), namespace.encode())
    definitions, findings = read_bpmn(data)
    assert [f.code for f in findings] == [codes.OLD_NAMESPACE]
    written = write_bpmn(definitions)
    assert f'xmlns="{MODEL}"'.encode() in written
    assert read_bpmn(written)[0] == definitions


REFUSED = [
    (b"", codes.NOT_BPMN, "this is an empty file, not BPMN 2.0"),
    (b"hello", codes.NOT_BPMN, "another format than XML"),
    (b"PK\x03\x04", codes.NOT_BPMN, "ZIP"),
    (b'  {"a": 1}', codes.NOT_BPMN, "JSON"),
    (b"<!DOCTYPE html><html></html>", codes.NOT_BPMN, "an HTML page"),
    (b"<html/>", codes.NOT_BPMN, "an HTML page"),
    (b"<definitions/>", codes.NOT_BPMN, "<definitions> in no namespace"),
    (b'<a xmlns="urn:a"/>', codes.NOT_BPMN, "<a> in the namespace urn:a"),
    (f'<process xmlns="{MODEL}"/>'.encode(), codes.NOT_BPMN, "a piece of BPMN 2.0, <process>"),
    (b'<Package xmlns="http://www.wfmc.org/2008/XPDL2.1"/>', codes.NOT_BPMN, "XPDL"),
    (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
        codes.NOT_BPMN,
        "DMN",
    ),
    (
        b'<definitions xmlns="http://www.omg.org/spec/CMMN/20151109/MODEL"/>',
        codes.NOT_BPMN,
        "CMMN",
    ),
    (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        codes.DOCTYPE,
        "a document type declaration (DOCTYPE a) is not allowed",
    ),
]


@pytest.mark.parametrize(("data", "code", "message"), REFUSED)
def test_what_is_not_bpmn_is_refused_by_name(data, code, message):
    with pytest.raises(ReadError) as caught:
        read_bpmn(data, "f")
    (finding,) = caught.value.findings
    assert finding.code == code
    assert message in finding.message
    assert finding.place.line == 1


ALMOST = {
    "no namespace": (b"<definitions/>", f'xmlns="{MODEL}"'),
    "another scheme": (
        f'<b:definitions xmlns:b="{MODEL.replace("http", "https", 1)}"/>'.encode(),
        f'xmlns:b="{MODEL}"',
    ),
    "another date": (
        f'<definitions xmlns="{MODEL.replace("20100524", "20090914")}"/>'.encode(),
        f'xmlns="{MODEL}"',
    ),
    "a slash more": (f'<definitions xmlns="{MODEL}/"/>'.encode(), f'xmlns="{MODEL}"'),
    "another case": (f'<Definitions xmlns="{MODEL}"/>'.encode(), "write <definitions>"),
    "no root": (f'<process xmlns="{MODEL}"/>'.encode(), "put it into <definitions>"),
    "an export of ARIS": (b'<!DOCTYPE AML SYSTEM "ARIS-Export.dtd"><AML/>', "BPMN 2.0 XML"),
}


@pytest.mark.parametrize(("data", "remedy"), ALMOST.values(), ids=ALMOST)
def test_what_is_nearly_bpmn_is_told_what_is_missing(data, remedy):
    with pytest.raises(ReadError) as caught:
        read_bpmn(data, "f")
    (finding,) = caught.value.findings
    assert finding.code == codes.NOT_BPMN
    assert remedy in finding.remedy


CUT = {
    "utf-16": process("").decode().encode("utf-16")[:-3],
    "utf-8": process('<task name="ä').partition("ä".encode())[0] + b"\xc3",
}


@pytest.mark.parametrize("data", CUT.values(), ids=CUT)
def test_a_file_that_ends_within_a_character_is_cut_off(data):
    with pytest.raises(ReadError) as caught:
        read_bpmn(data, "f")
    (finding,) = caught.value.findings
    assert "the file ends within a character" in finding.message
    assert "cut off" in finding.remedy


ENCODED = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "iso-8859-1",
    "cp1252",
]


@pytest.mark.parametrize("encoding", ENCODED)
def test_any_encoding_is_read(encoding):
    declared = "utf-8" if encoding.startswith("utf-8") else encoding
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>'
        + process('<task id="t" name="Größe"/>').decode()
    )
    definitions, findings = read_bpmn(text.encode(encoding))
    assert definitions.root_elements[0].flow_elements[0].name == "Größe"
    assert findings == ()


FILES = real_files("miwg", "camunda7", "camunda8", "other")


def test_files_of_many_tools_are_read():
    assert len(FILES) >= 3
    for path in FILES:
        definitions, findings = read_bpmn(path.read_bytes(), path.name)
        assert {f.code for f in findings} <= {codes.MADE_UP_ID}, path
        assert read_bpmn(write_bpmn(definitions))[0] == definitions, path


def mutated(data, seed):
    """The bytes of a file with a few random changes."""
    chance = random.Random(seed)
    changed = bytearray(data)
    pieces = [
        b"<",
        b">",
        b"&",
        b'"',
        b"<task/>",
        b"q:",
        b"\x00",
        b"\xff",
        b' id="x"',
        b"NaN",
        b"]]>",
        b'="',
    ]
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(changed))
        piece = chance.choice([*pieces, bytes(changed[: chance.randrange(1, 300)])])
        changed[at : at + chance.randrange(20)] = piece
    return bytes(changed)


SAMPLE = document(
    '<process id="p" isExecutable="true"><startEvent id="s"><outgoing>f</outgoing></startEvent>'
    '<sequenceFlow id="f" sourceRef="s" targetRef="e"><conditionExpression '
    'xsi:type="tFormalExpression">x &lt; 1</conditionExpression></sequenceFlow><endEvent id="e">'
    '<extensionElements><o:x a="1">text<o:y/>tail</o:x></extensionElements></endEvent></process>'
    '<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="p"><bpmndi:BPMNShape bpmnElement="s">'
    '<dc:Bounds x="1" y="2" width="3" height="4"/></bpmndi:BPMNShape></bpmndi:BPMNPlane>'
    "</bpmndi:BPMNDiagram>"
)


def only_known_errors(data):
    """Read anything; nothing but the package's own error may come, and what is read is written."""
    try:
        definitions, findings = read_bpmn(data, "f")
    except ReadError as error:
        findings = error.findings
    else:
        review(definitions)
        assert read_bpmn(write_bpmn(definitions))[0] == definitions
    assert all(f.code in meanings() and f.remedy for f in findings)


@given(st.binary(max_size=300))
def test_random_bytes_never_surprise(data):
    only_known_errors(data)
    only_known_errors(b"<" + data)


@given(st.integers(0, 2**32))
def test_a_damaged_document_never_surprises(seed):
    only_known_errors(mutated(SAMPLE, seed))


@given(seed=st.integers(0, 2**32))
def test_a_damaged_real_file_never_surprises(seed):
    files = [path for path in FILES if path.stat().st_size < 30_000]
    only_known_errors(mutated(files[seed % len(files)].read_bytes(), seed))
