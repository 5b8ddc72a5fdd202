"""Findings are sorted and bounded, and bear the remedy of their code."""

from __future__ import annotations

import pytest

from bpmn_xml.codes import finding, meanings
from bpmn_xml.errors import Place, ReadError, Severity, in_order
from bpmn_xml.formats.codes import NOT_DMN, WANTED
from bpmn_xml.formats.findings import Findings, refusal, wrong_kind


def at(line, severity=Severity.ERROR):
    return finding("BX010", "m", place=Place("f", line, 1), severity=severity)


def lines(findings):
    return [found.place.line for found in findings]


def test_findings_are_sorted_by_place():
    assert lines(in_order([at(3), at(1), at(2)])) == [1, 2, 3]


def test_too_many_errors_are_raised_and_too_many_doubts_dropped():
    findings = Findings(2)
    for line in range(5):
        findings.add(at(line, Severity.NOTE))
    assert findings.full
    findings.refuse()
    findings.add(at(7))
    findings.add(at(6))
    assert lines(findings.all()) == [0, 1, 6, 7]
    for refusing in (findings.refuse, lambda: findings.add(at(0))):
        with pytest.raises(ReadError) as caught:
            refusing()
        assert lines(caught.value.findings) == [6, 7]


def test_a_finding_has_the_remedy_of_its_code_unless_it_has_a_better_one():
    place = Place("f", 1)
    assert finding("BX010", "m", place=place).remedy == meanings()["BX010"].remedy
    assert finding("BX010", "m", "r", place=place).remedy == "r"
    assert finding("BX010", "m", "", place=place).remedy == ""
    assert str(refusal("BX010", "m", place, "r")) == "f:1: error BX010: m; r"


def test_what_is_of_another_kind_is_said_to_be_so():
    assert WANTED.keys() <= meanings().keys()
    text = "f: error BX031: this is JSON, not DMN 1.1 to 1.5; give a file in DMN XML"
    assert str(wrong_kind(NOT_DMN, "JSON", Place("f"))) == text
