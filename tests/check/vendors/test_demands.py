"""What is got wrong in drawings for Camunda 7 (claim) and 8 (trip): told at its line and id."""

from __future__ import annotations

from pathlib import Path

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import Finding, Severity
from tests.check.faults import Fault

BESIDE = Path(__file__).parents[1]
CLAIM = (BESIDE / "claim.bpmn").read_text("utf-8")
TRIP = (BESIDE / "trip.bpmn").read_text("utf-8")

CLAIMS = {
    "retries in words": Fault("R3/PT5M", "3 times", "BX160", "3 times", "assess"),
    "no topic": Fault(' camunda:topic="assess"', "", "BX731", 'id="assess"', "assess"),
    "no id of a field": Fault('Field id="urgent"', "Field", "BX731", "Urgent", "filed"),
    "no type of a field": Fault(' type="boolean"', "", "BX731", "Urgent", "filed"),
    "a misspelt type of a field": Fault('type="long"', 'type="lnog"', "BX732", "lnog", "filed"),
    "two fields with one id": Fault(
        'Field id="urgent"', 'Field id="amount"', "BX735", "Urgent", "filed"
    ),
    "no target of what is passed": Fault(' target="due"', "", "BX731", "camunda:in ", "paying"),
    "no source of what is passed": Fault(
        'source="receipt" ', "", "BX731", "camunda:out ", "paying"
    ),
    "a misspelt binding": Fault(
        'calledElement="pay"',
        'calledElement="pay" camunda:calledElementBinding="lates"',
        "BX732",
        'id="paying"',
        "paying",
    ),
    "a misspelt variable": Fault("{amount &gt;", "{amuont &gt;", "BX703", "conditionE", "f4"),
    "another case": Fault("{amount &gt;", "{Amount &gt;", "BX703", "conditionE", "f4"),
    "a condition without braces": Fault(
        "${amount &gt; 1000}", "amount &gt; 1000", "BX704", "conditionE", "f4"
    ),
    "a condition that is a text": Fault(
        "${amount &gt; 1000}", "${'yes'}", "BX704", "conditionE", "f4"
    ),
    "no name of a parameter": Fault(' name="sum"', "", "BX731", "${amount}<", "assess"),
    "a listener that calls nothing": Fault(
        "<camunda:failedJob",
        '<camunda:executionListener event="end" />\n<camunda:failedJob',
        "BX731",
        "executionListener",
        "assess",
    ),
    "a word of another engine": Fault(
        "<camunda:failedJob",
        '<z:taskDefinition xmlns:z="http://camunda.org/schema/zeebe/1.0" type="a" />\n'
        "<camunda:failedJob",
        "BX736",
        "z:taskDefinition",
        "assess",
    ),
    "a field without a value": Fault(
        "<camunda:failedJob",
        '<camunda:field name="a" />\n<camunda:failedJob',
        "BX731",
        "camunda:field",
        "assess",
    ),
    "a choice without choices": Fault('type="long"', 'type="enum"', "BX731", "Amount", "filed"),
    "a default that is no number": Fault(
        'type="long"', 'type="long" defaultValue="many"', "BX160", "many", "filed"
    ),
    "an assignee by FEEL": Fault("${boss}", "=boss", "BX733", 'id="approve"', "approve"),
    "a time to live in words": Fault("P180D", "half a year", "BX732", "<bpmn:process", "claim"),
    "no day at all": Fault(
        'timeDuration xsi:type="bpmn:tFormalExpression">PT2H</bpmn:timeDuration',
        'timeCycle xsi:type="bpmn:tFormalExpression">0 0 8 ? * ?</bpmn:timeCycle',
        "BX732",
        "0 0 8",
        "late",
    ),
    "an expression without braces": Fault(
        "${mails.remind(boss)}", "mails.remind(boss)", "BX733", 'id="remind"', "remind"
    ),
    "a listener without braces": Fault(
        "<camunda:failedJob",
        '<camunda:executionListener event="end" expression="a.b(c)" />\n<camunda:failedJob',
        "BX733",
        "executionListener",
        "assess",
    ),
    "times as Unix writes them": Fault(
        'timeDuration xsi:type="bpmn:tFormalExpression">PT2H</bpmn:timeDuration',
        'timeCycle xsi:type="bpmn:tFormalExpression">*/5 * * * *</bpmn:timeCycle',
        "BX732",
        "*/5 * * * *",
        "late",
    ),
    "an attribute of another engine": Fault(
        'id="Claims"',
        'id="Claims" xmlns:m="http://camunda.org/schema/modeler/1.0" '
        'm:executionPlatform="Camunda Cloud"',
        "BX736",
        'id="assess"',
        "assess",
    ),
    "a condition of Camunda 8": Fault(
        "${amount &gt; 1000}", "=amount &gt; 1000", "BX704", "conditionE", "f4"
    ),
    "a misspelt namespace": Fault("1.0/bpmn", "1.0/bpm", "BX734", "xmlns:camunda", "Claims"),
    "a misspelt namespace of our own": Fault(
        'id="Claims"',
        'id="Claims" xmlns:b="urn:bpmnxml" b:key="x"',
        "BX734",
        'id="Claims"',
        "Claims",
    ),
    "a misspelt namespace of an element": Fault(
        "<camunda:formData>",
        '<camunda:formData xmlns:camunda="http://camunda.org/schema/1.0/bpnm">',
        "BX734",
        "1.0/bpnm",
        "filed",
    ),
}

TRIPS = {
    "JUEL for FEEL": Fault('inputElement="person"', 'inputElement="${p}"', "BX733", "${p}", "book"),
    "no name of a variable": Fault(
        'inputElement="person"', 'inputElement="a person"', "BX732", "a person", "book"
    ),
    "a list without elements": Fault(
        'inputElement="person"',
        'inputElement="person" outputCollection="rooms"',
        "BX731",
        "outputCollection",
        "book",
    ),
    "a misspelt variable": Fault("=total &gt;", "=totl &gt;", "BX703", "conditionE", "f4"),
    "a condition of Camunda 7": Fault(
        "=total &gt; 1000", "${total &gt; 1000}", "BX704", "conditionE", "f4"
    ),
    "retries in words": Fault('"3"', '"three"', "BX160", "taskDefinition", "quote"),
    "a misspelt attribute": Fault("Definition type", "Definition typ", "BX105", " typ=", "quote"),
    "a date without a zone": Fault(
        'timeDuration xsi:type="bpmn:tFormalExpression">PT2H</bpmn:timeDuration',
        'timeDate xsi:type="bpmn:tFormalExpression">2026-02-01T09:00</bpmn:timeDate',
        "BX731",
        "2026-02-01T09:00",
        "late",
    ),
    "no type of work": Fault(' type="quote"', "", "BX731", "taskDefinition", "quote"),
    "no task definition": Fault(
        '<bpmn:endEvent id="over">',
        '<bpmn:serviceTask id="plain"/><bpmn:endEvent id="over">',
        "BX731",
        'id="plain"',
        "plain",
    ),
    "no result of a script": Fault(' resultVariable="invoice"', "", "BX731", "zeebe:script", "sum"),
    "no expression of a script": Fault(
        ' expression="=total + 5"', "", "BX731", "zeebe:script", "sum"
    ),
    "no result of a decision": Fault(
        ' resultVariable="rating"', "", "BX731", "calledDecision", "rate"
    ),
    "no decision": Fault(' decisionId="rating"', "", "BX731", "calledDecision", "rate"),
    "an empty correlation key": Fault('"=invoice"', '""', "BX731", "zeebe:subscription", "Payment"),
    "no subscription": Fault(
        '<zeebe:subscription correlationKey="=invoice" />',
        "",
        "BX731",
        '<bpmn:message id="Payment"',
        "Payment",
    ),
    "a key that is a text": Fault('"=invoice"', '"invoice"', "BX733", "subscription", "Payment"),
    "a collection that is a text": Fault(
        'inputCollection="=', 'inputCollection="', "BX733", "inputCollection", "book"
    ),
    "a script that is a text": Fault('"=total + 5"', '"total + 5"', "BX733", "script", "sum"),
    "a misspelt binding": Fault(
        'processId="booking"',
        'processId="booking" bindingType="lates"',
        "BX732",
        "lates",
        "book",
    ),
    "a misspelt namespace": Fault("zeebe/1.0", "zebe/1.0", "BX734", "xmlns:zeebe", "Trips"),
}


def told(text: str) -> list[Finding]:
    """What is said about running a text, but for what only the standard asks."""
    return list(check(text.encode(), aim="run", options=Options(stub=True, allow_scripts=True)))


def assert_told(whole: str, fault: Fault) -> None:
    """A fault is told with its code, at its line, with its id."""
    assert fault.old in whole
    text = whole.replace(fault.old, fault.new, 1)
    lines = text.splitlines()
    found = [(one.code, one.id) for one in told(text) if fault.line in lines[one.place.line - 1]]
    assert any((code, fault.id) in found for code in fault.codes.split()), found


@pytest.mark.parametrize("text", [CLAIM, TRIP], ids=["claim", "trip"])
def test_nothing_is_demanded_of_good_drawings(text: str) -> None:
    assert [str(one) for one in told(text) if one.severity is not Severity.NOTE] == []


@pytest.mark.parametrize("fault", CLAIMS.values(), ids=CLAIMS)
def test_a_fault_in_a_claim_is_told_where_it_is(fault: Fault) -> None:
    assert_told(CLAIM, fault)


@pytest.mark.parametrize("fault", TRIPS.values(), ids=TRIPS)
def test_a_fault_in_a_trip_is_told_where_it_is(fault: Fault) -> None:
    assert_told(TRIP, fault)


HARMLESS = {
    "another prefix": (TRIP.replace("xmlns:zeebe", "xmlns:z"), "zeebe:", "z:"),
    "Windows line ends": (CLAIM, "\n", "\r\n"),
    "a comment": (CLAIM, "<camunda:formData>", "<camunda:formData><!-- asked -->"),
    "an id that is called otherwise": (TRIP, '"booking"', '"reserving"'),
    "all variables": (
        CLAIM,
        '<camunda:in source="amount" target="due"',
        '<camunda:in variables="all"',
    ),
    "a newer version": (TRIP, "8.4.0", "8.6.0"),
    "a message that nothing awaits": (
        TRIP,
        '<bpmn:error id="Full"',
        '<bpmn:message id="Other" name="other"/><bpmn:error id="Full"',
    ),
}


@pytest.mark.parametrize(("text", "old", "new"), HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_is_not_told(text: str, old: str, new: str) -> None:
    changed = text.replace(old, new)
    assert [str(one) for one in told(changed) if one.severity is not Severity.NOTE] == []
