"""Formats are found by suffix and content; what is unknown is refused with what is known."""

from __future__ import annotations

import importlib

import pytest

from bpmn_xml.errors import ReadError, Severity, StoreError, UsageError
from bpmn_xml.formats import FORMATS, Limits, detect, inspect, read, read_with_findings, write
from bpmn_xml.formats.codes import DANGLING, MADE_UP_ID, TOO_MUCH
from bpmn_xml.model import Definitions, Process
from tests.formats.bpmn.documents import process

XML = process('<task/><sequenceFlow id="f" sourceRef="x" targetRef="Task_1"/>')
SECTIONS = b"# a comment\n; another\n\n[model]\nkeys=a\n"

LEGACY = b"""\
[model]
keys=a
[model_a]
type=generator
module=m
class=C
method=f
"""

FOUND = [
    (XML, "", "bpmn"),
    (XML, "a.bpmn", "bpmn"),
    (XML, "a.XML", "bpmn"),
    (XML, "a.txt", "bpmn"),
    (XML, "a.conf", "bpmn"),
    (b"\xef\xbb\xbf  <a/>", "", "bpmn"),
    ("<a/>".encode("utf-16"), "", "bpmn"),
    (SECTIONS, "", "conf"),
    (SECTIONS, "a.conf", "conf"),
    (SECTIONS, "a.bpmn", "conf"),
    (b"\xef\xbb\xbf[model]", "", "conf"),
    (b"rubbish", "a.conf", "conf"),
    (b"rubbish", "a.bpmn", "bpmn"),
    (b"", "a.bpmn", "bpmn"),
]


def test_what_is_read_whole_or_not_at_all_is_inspected_so():
    assert inspect(LEGACY, name="a.conf").definitions == read(LEGACY, name="a.conf")
    refused = inspect(LEGACY.replace(b"keys=a", b"keys=a, b"), name="a.conf")
    assert refused.definitions is None
    assert [one.code for one in refused.findings] == ["BX053"]


@pytest.mark.parametrize(("data", "name", "found"), FOUND, ids=range(len(FOUND)))
def test_formats_are_found(data, name, found):
    assert detect(data, name).name == found


@pytest.mark.parametrize(
    ("name", "what"), [("a.bpm", "unknown format '.bpm'"), ("", "unknown format")]
)
def test_an_unknown_format_is_refused(name, what):
    with pytest.raises(UsageError) as caught:
        detect(b"rubbish", name)
    assert str(caught.value).startswith(f"{what}: expected one of .bpmn, .bpmn2, .conf, .ini, .xml")


KNOWN = [
    ("a.zip", b"PK\x03\x04...", "this is a ZIP archive, no diagram: unpack it first"),
    ("a.bpmn.gz", b"\x1f\x8b...", "this is a compressed file (gzip), no diagram: unpack it first"),
    ("ask.form", b'{"components": []}', "this is a form of Camunda, no diagram: give the drawing"),
    ("run.jsonl", b'{"format":"bpmn-xml-trace",', "this is a trace, no diagram: `draw --trace`, "),
    ("a.pdf", b"%PDF-1.4", "this is a PDF document, no diagram: expected one of .bpmn, .bpmn2, "),
]


@pytest.mark.parametrize(("name", "data", "told"), KNOWN, ids=[name for name, *_ in KNOWN])
def test_what_is_something_else_is_called_so(name: str, data: bytes, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        detect(data, name)
    assert str(caught.value).startswith(told)


@pytest.mark.parametrize("row", FORMATS, ids=lambda row: row.name)
def test_every_row_names_functions_that_exist(row):
    for where in filter(None, (row.reader, row.writer, row.review)):
        module, _, function = where.partition(":")
        assert callable(getattr(importlib.import_module(module), function))


def test_no_suffix_means_two_formats():
    suffixes = [suffix for row in FORMATS for suffix in row.suffixes]
    assert len(suffixes) == len(set(suffixes))


def test_bytes_and_paths_are_read_alike(tmp_path):
    path = tmp_path / "order.bpmn"
    path.write_bytes(XML)
    assert read(path) == read(str(path)) == read(XML)
    assert read(path).root_elements[0].place.file == str(path)
    assert read(XML, name="mine").root_elements[0].place.file == "mine"


def test_findings_come_in_the_order_of_the_file():
    definitions, findings = read_with_findings(XML, name="f")
    assert definitions == read(XML)
    assert [(f.code, f.severity) for f in findings] == [
        (MADE_UP_ID, Severity.NOTE),
        (DANGLING, Severity.WARNING),
    ]


def test_too_large_a_file_is_refused(tmp_path):
    path = tmp_path / "order.bpmn"
    path.write_bytes(XML)
    for source in (path, XML):
        assert read(source, limits=Limits(size=len(XML)))
        with pytest.raises(ReadError, match="exceeds") as caught:
            read(source, limits=Limits(size=len(XML) - 1))
        assert caught.value.findings[0].code == TOO_MUCH


def test_what_the_disk_refuses_is_told(tmp_path):
    with pytest.raises(StoreError, match="No such file"):
        read(tmp_path / "none.bpmn")
    with pytest.raises(StoreError, match="Is a directory"):
        read(tmp_path)
    with pytest.raises(StoreError, match="cannot read"):
        read("a\x00b.bpmn")


@pytest.mark.parametrize("before", ["", "\ufeff", " \n"])
def test_text_is_no_path(before):
    with pytest.raises(UsageError, match=r"XML as text, not a path: give its bytes") as caught:
        read(before + XML.decode())
    assert "definitions" not in str(caught.value)


MODEL = Definitions(id="d", root_elements=(Process(id="p"),))


def test_a_model_is_written_to_a_file(tmp_path):
    path = tmp_path / "order.bpmn"
    data = write(MODEL, path)
    assert path.read_bytes() == data == write(MODEL)
    assert read(path) == MODEL
    assert [found.name for found in tmp_path.iterdir()] == ["order.bpmn"]


@pytest.mark.parametrize("name", ["a.conf", "a.svg", "a"])
def test_a_format_that_is_not_written_is_refused(tmp_path, name):
    with pytest.raises(UsageError, match=r"expected one of \.bpmn, \.bpmn2, \.xml$"):
        write(MODEL, tmp_path / name)
    assert list(tmp_path.iterdir()) == []
