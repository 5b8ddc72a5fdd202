"""Attributes are found in the source; findings are sorted and bounded."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import Finding, Place, ReadError, Severity
from bpmn_xml.formats.xml.remarks import Remarks, attribute_place, in_order

PLACES = [
    (b"<a b='1' c='2'/>", "c", "f:5:16"),
    (b"<a\r\n b = \"x='y'\"\r\n  y='2'/>", "y", "f:7:3"),
    (b"<a\n\xc3\xa4='1' c='2'/>", "c", "f:6:7"),
    (b"<a b='1'/>", "c", "f:5:7"),
    (b"<a b='1'/><d c='1'/>", "c", "f:5:7"),
    (b"no tag", "c", "f:5:7"),
    (b"<c c='1'/>", "c", "f:5:10"),
]


@pytest.mark.parametrize(("tag", "name", "place"), PLACES)
def test_the_place_of_an_attribute(tag, name, place):
    before = b"<x/>\n" * 4 + b"      "
    found = attribute_place(before + tag, len(before), Place("f", 5, 7), name)
    assert str(found) == place


def finding(line, severity=Severity.ERROR):
    return Finding(code="BX010", message="m", severity=severity, place=Place("f", line, 1))


def test_findings_are_sorted_by_place():
    assert [f.place.line for f in in_order([finding(3), finding(1), finding(2)])] == [1, 2, 3]


def test_too_many_errors_are_raised_and_too_many_doubts_dropped():
    remarks = Remarks(2)
    for line in range(5):
        remarks.add(finding(line, Severity.NOTE))
    assert remarks.full
    assert len(remarks.doubts) == 2
    remarks.add(finding(2))
    remarks.add(finding(1))
    with pytest.raises(ReadError) as caught:
        remarks.add(finding(0))
    assert [f.place.line for f in caught.value.findings] == [1, 2]
