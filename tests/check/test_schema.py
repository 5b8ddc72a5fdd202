"""What the schema does not allow: in our words, at the right place."""

from __future__ import annotations

import pytest

from bpmn_xml.check import schema
from bpmn_xml.codes import meanings
from bpmn_xml.errors import Severity

MODEL = "http://www.omg.org/spec/BPMN/20100524/MODEL"
GOOD = f"""<?xml version="1.0" encoding="ISO-8859-1"?>
<definitions xmlns="{MODEL}"
  xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" targetNamespace="urn:ä">
  <process id="P" name="Pläne">
    <startEvent id="s"><outgoing>f</outgoing></startEvent>
    <sequenceFlow
      id="f"
      sourceRef="s" targetRef="e"/>
    <endEvent id="e"/>
  </process>
</definitions>
"""

FAULTS = {
    "an unknown element": (
        "<endEvent",
        "<endEvnt",
        "XSD01",
        "9:5",
        "e",
        "did you mean 'endEvent'?",
    ),
    "an element that is known, and stands in no namespace": (
        "<endEvent id='e'/>",
        "<endEvent xmlns='' id='e'/>",
        "XSD01",
        "9:5",
        "e",
        "<endEvent> is in no namespace, so it is none of BPMN's; the schema wants",
    ),
    "the wrong place": (
        "<process id",
        "<collaboration id='C'><process id='Q'/></collaboration><process id",
        "XSD01",
        "4:25",
        "Q",
        "<process> may not stand here; the schema wants",
    ),
    "a missing child": (
        "</process>",
        "</process><interface id='i' name='i'/>",
        "XSD02",
        "10:13",
        "i",
        "<interface> is not complete; the schema wants",
    ),
    "an unknown attribute": ("sourceRef=", "sorceRef=", "XSD03", "8:7", "f", "sourceRef"),
    "a missing attribute": ("sourceRef='s' ", "", "XSD04", "6:5", "f", "the attribute 'sourceRef'"),
    "a wrong value": ("id='P'", "id='P' isClosed='no'", "XSD05", "4:19", "P", "isClosed='no'"),
    "no value of an enumeration": (
        "id='P'",
        "id='P' processType='Secret'",
        "XSD05",
        "4:19",
        "P",
        "processType='Secret' is none of 'None', 'Public' or 'Private'",
    ),
    "a prefix that is not declared": (
        "id='P'",
        "id='P' definitionalCollaborationRef='x:y'",
        "XSD05",
        "4:19",
        "P",
        "has a prefix that is not declared; declare it, xmlns:x=",
    ),
    "a prefix that is not declared, of a value": (
        ">f</outgoing>",
        ">x:f</outgoing>",
        "XSD05",
        "5:24",
        "s",
        "<outgoing> holds 'x:f', whose prefix is not declared; declare it, xmlns:x=",
    ),
    "two ids": ("id='e'", "id='s'", "XSD06", "9:15", "s", "another element has it"),
    "text": ("<endEvent", "words<endEvent", "XSD07", "4:3", "P", "<process> must not hold text"),
    "elements in a value": (
        ">f</outgoing>",
        "><task/></outgoing>",
        "XSD08",
        "5:24",
        "s",
        "must not hold elements",
    ),
    "a wrong value of an element": (
        ">f</outgoing>",
        ">a b</outgoing>",
        "XSD05",
        "5:24",
        "s",
        "holds 'a b'",
    ),
    "an abstract element": ("<endEvent", "<flowNode", "XSD01", "9:5", "e", "may not stand here"),
    "an abstract type": (
        "<endEvent",
        "<flowElement",
        "XSD09",
        "9:5",
        "e",
        "is too general to stand by itself",
    ),
    "another root": (MODEL, "urn:other", "XSD10", "2:1", "", "not the <definitions>"),
    "another type": (
        "<endEvent",
        "<endEvent xsi:type='tBogus'",
        "XSD11",
        "9:5",
        "e",
        "xsi:type of <endEvent> does not name a type",
    ),
}


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "id_", "words"), FAULTS.values(), ids=FAULTS
)
def test_a_fault_is_told(old: str, new: str, code: str, place: str, id_: str, words: str) -> None:
    text = GOOD.replace('"', "'").replace(old, new).encode()
    found = schema.validate(text, "f.bpmn")
    told = [one for one in found if one.code == code and str(one.place) == f"f.bpmn:{place}"]
    assert told, [str(one) for one in found]
    assert told[0].id == id_
    assert told[0].severity is Severity.ERROR
    assert words in f"{told[0].message}; {told[0].remedy}"


def test_what_is_valid_has_no_findings() -> None:
    assert schema.validate(GOOD.encode(), "f.bpmn") == []


def test_all_faults_are_told_at_once() -> None:
    text = GOOD.replace("<endEvent", "<endEvnt").replace('name="', 'nam="')
    assert sorted(one.code for one in schema.validate(text.encode(), "f")) == ["XSD01", "XSD03"]


@pytest.mark.parametrize("fault", [name for name in FAULTS if name.startswith("a prefix")])
def test_a_prefix_that_is_not_declared_is_told_once(fault: str) -> None:
    old, new, *_ = FAULTS[fault]
    text = GOOD.replace('"', "'").replace(old, new).encode()
    assert len(schema.validate(text, "f.bpmn")) == 1


def test_what_lxml_cannot_read_is_said() -> None:
    (one,) = schema.validate(b"<a", "f")
    assert one.code == "XSD99"
    assert "cannot be validated" in one.message


def test_very_large_documents_have_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MOST_NUMBERED", 3)
    text = GOOD.replace("<endEvent", "<endEvnt").encode()
    (one,) = schema.validate(text, "f.bpmn")
    assert str(one.place) == "f.bpmn:9"


def test_every_code_has_a_wording() -> None:
    told = {code for code in meanings() if code.startswith("XSD")}
    assert {wording.code for wording in schema.WORDINGS} == told
