"""People are told the cause of a fault, and each fault once."""

from __future__ import annotations

import pytest

from bpmn_xml import convert, write
from bpmn_xml.check.checking import check
from bpmn_xml.check.hiding import for_people
from bpmn_xml.check.shorthand import xml
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import Severity

DRAWN = "executable\ns > charge > end\ntask charge\nendEvent end\n"
TOLD = {
    "nothing": ("", "", [], ""),
    "a source that is not there": (
        'sourceRef="charge"',
        'sourceRef="chage"',
        ["BX120 charge_end"],
        "did you mean 'charge'? Else add what it refers to, or remove it",
    ),
    "a flow that is only listed": (
        '<sequenceFlow id="charge_end" sourceRef="charge" targetRef="end"/>',
        "",
        ["BX024 charge"],
        "draw the flow from 'charge' to 'end', which list it, or remove it from them",
    ),
    "an end that nothing leads to": (
        '<endEvent id="end"><incoming>charge_end</incoming></endEvent>',
        '<endEvent id="end"><incoming>charge_end</incoming></endEvent><endEvent id="other"/>',
        ["EXT107 other"],
        "draw what leads to it, or remove it",
    ),
    "a default that is not there": (
        '<task id="charge"',
        '<task default="other" id="charge"',
        ["BX124 charge"],
        "name one of its outgoing flows",
    ),
}


@pytest.mark.parametrize(("old", "new", "wanted", "remedy"), TOLD.values(), ids=TOLD)
def test_the_cause_is_told_once(old: str, new: str, wanted: list[str], remedy: str) -> None:
    text = xml(DRAWN).decode()
    assert old in text
    found = for_people(check(text.replace(old, new).encode(), options=Options(stub=True)))
    assert [f"{one.code} {one.id}" for one in found] == wanted
    assert [one.remedy for one in found] == ([remedy] if wanted else [])


SHOP = """executable
s > pack > post > end
endEvent end
subProcess pack
  s2 > wrap > e2
subProcess fire triggeredByEvent=true
  startEvent s3
    signalEventDefinition
  s3 > run > e3
"""
ONE_CAUSE = {
    "a flow out of an event sub-process": ('sourceRef="post"', 'sourceRef="fire"', "BX122"),
    "a flow into the start": ('targetRef="post"', 'targetRef="s"', "BX122"),
    "a flow out of the end": ('sourceRef="post"', 'sourceRef="end"', "BX122"),
    "a flow that leaves a sub-process": ('targetRef="wrap"', 'targetRef="post"', "BX121"),
    "a flow to nothing": ('targetRef="wrap"', 'targetRef="wrpa"', "BX120"),
    "two nodes of one id": ('<task id="post"', '<task id="post"/><task id="post"', "BX013"),
    "two elements of one id": ('<task id="wrap"', '<task id="post"/><task id="wrap"', "BX125"),
}


@pytest.mark.parametrize(("old", "new", "code"), ONE_CAUSE.values(), ids=ONE_CAUSE)
def test_what_follows_from_one_fault_is_not_told(old: str, new: str, code: str) -> None:
    text = xml(SHOP).decode()
    assert old in text
    found = check(text.replace(old, new, 1).encode(), options=Options(stub=True))
    told = [one.code for one in for_people(found) if one.severity is not Severity.NOTE]
    assert told == [code], [str(one) for one in for_people(found)]
    assert len(found) > 1


def test_what_cannot_be_read_is_told_of_itself_not_of_what_stands_for_it() -> None:
    text = xml(DRAWN).replace(b'<task id="charge"', b'<task id="charge" startQuantity="1.0"')
    assert [one.code for one in check(text)] == ["BX010", "XSD05"]
    text = text.replace(b'"1.0"', b'"1.0" completionQuantity="0"')
    assert [one.code for one in check(text)] == ["EXT038", "BX010", "XSD05"]


def test_a_shape_without_a_place_may_have_a_size() -> None:
    text = write(convert(xml(DRAWN)))
    first = text.index(b"<dc:Bounds x=") + len(b"<dc:Bounds x=")
    end = text.index(b" y=", first)
    assert [one.code for one in check(text[:first] + b'"NaN"' + text[end:])] == ["BX010"]


def test_a_computed_name_is_but_noted() -> None:
    text = xml("executable\ns > c > e\ncallActivity c calledElement=${which}\n")
    found = [one for one in check(text, aim="standard") if one.code == "XSD05"]
    assert [one.severity for one in found] == [Severity.NOTE]
    wrong = check(text.replace(b"${which}", b"a b"), aim="standard")
    assert Severity.ERROR in {one.severity for one in wrong}
