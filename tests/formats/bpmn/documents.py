"""Small documents for tests."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ReadError, Severity
from bpmn_xml.formats.bpmn.reader import read_bpmn
from bpmn_xml.formats.limits import Limits

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
NAMESPACES = (
    f'xmlns="{MODEL}" xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI" '
    'xmlns:di="http://www.omg.org/spec/DD/20100524/DI" '
    'xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xmlns:tns="urn:t" xmlns:o="urn:other"'
)


def document(body: str, attributes: str = 'id="d" targetNamespace="urn:t"') -> bytes:
    """A document whose first line is the root's tag; the body begins on the second."""
    return f"<definitions {attributes} {NAMESPACES}>\n{body}\n</definitions>".encode()


def process(body: str) -> bytes:
    """A document with one process; its content begins on the third line."""
    return document(f'<process id="p">\n{body}\n</process>')


def first(body: str):
    """The first element of a process, as it is read."""
    definitions, _ = read_bpmn(process(body), "f")
    return definitions.root_elements[0].flow_elements[0]


def doubts(data: bytes):
    """What a reader says of a document: code, line, column, id."""
    _, findings = read_bpmn(data, "f")
    return [(f.code, f.place.line, f.place.column, f.id) for f in findings]


def faults(data, limits=None):
    """All errors of a document: code, line, column, id."""
    with pytest.raises(ReadError) as caught:
        read_bpmn(data, "f", limits or Limits())
    found = caught.value.findings
    assert all(f.severity is Severity.ERROR and f.message and f.remedy for f in found)
    return [(f.code, f.place.line, f.place.column, f.id) for f in found]
