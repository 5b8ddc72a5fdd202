"""Vendors' words in no form that their engine reads, said twice, against others, or with blanks."""

from __future__ import annotations

import pytest

from tests.check.faults import Fault
from tests.check.vendors.test_demands import CLAIM, TRIP, assert_told, told

QUOTE = '<zeebe:taskDefinition type="quote" retries="3" />'
SENDER = (
    '<zeebe:taskDefinition type="io.camunda:http-json:1" />',
    '<zeebe:header key="currency" value="EUR" />',
)
FORM = '{{"components": [{}]}}'

CLAIMS = {
    "a flag in words": Fault(
        'id="assess"', 'id="assess" camunda:asyncBefore="yes"', "BX732", 'id="assess"', "assess"
    ),
    "a name with a blank": Fault(
        'errorRef="Unreadable"',
        'errorRef="Unreadable" camunda:errorCodeVariable="a code"',
        "BX732",
        "a code",
        "unreadable",
    ),
    "a version in words": Fault(
        'calledElement="pay"',
        'calledElement="pay" camunda:calledElementBinding="version" '
        'camunda:calledElementVersion="two"',
        "BX732",
        'id="paying"',
        "paying",
    ),
    "no version": Fault(
        'calledElement="pay"',
        'calledElement="pay" camunda:calledElementBinding="versionTag"',
        "BX731",
        'id="paying"',
        "paying",
    ),
    "two parameters of one name": Fault(
        '<camunda:inputParameter name="sum">',
        '<camunda:inputParameter name="sum">1</camunda:inputParameter>\n'
        '<camunda:inputParameter name="sum">',
        "BX738",
        "${amount}<",
        "assess",
    ),
    "two retries": Fault(
        "<camunda:failedJob",
        "<camunda:failedJobRetryTimeCycle>R1/PT1M</camunda:failedJobRetryTimeCycle>\n"
        "<camunda:failedJob",
        "BX738",
        "R3/PT5M",
        "assess",
    ),
    "two forms": Fault(
        'camunda:formKey="approve.html"',
        'camunda:formKey="approve.html" camunda:formRef="approve"',
        "BX738",
        'id="approve"',
        "approve",
    ),
    "a result of external work": Fault(
        'id="assess"', 'id="assess" camunda:resultVariable="x"', "BX738", 'id="assess"', "assess"
    ),
    "a blank behind a topic": Fault(
        'topic="assess"', 'topic="assess "', "BX739", "assess ", "assess"
    ),
    "a blank before a code": Fault(
        'errorCode="', 'errorCode=" ', "BX739", "<bpmn:error ", "Unreadable"
    ),
    "two people as one": Fault('${boss}"', 'ann, bob"', "BX732", 'id="approve"', "approve"),
    "a form of no place": Fault(
        "approve.html", "embedded:approve.html", "BX732", 'id="approve"', "approve"
    ),
    "a field with a blank": Fault(
        'Field id="urgent"', 'Field id="so urgent"', "BX732", "so urgent", "filed"
    ),
    "a default that is no date": Fault(
        'type="long"', 'type="date" defaultValue="soon"', "BX160", "soon", "filed"
    ),
    "a default that is no choice": Fault(
        'type="long" />',
        'type="enum" defaultValue="b"><camunda:value id="a" /></camunda:formField>',
        "BX732",
        'defaultValue="b"',
        "filed",
    ),
    "a loop that is not run": Fault(
        '<bpmn:sendTask id="remind" name="Remind" camunda:expression="${mails.remind(boss)}">',
        '<bpmn:sendTask id="remind" camunda:expression="${mails.remind(boss)}">\n'
        "<bpmn:standardLoopCharacteristics />",
        "BX744",
        "standardLoop",
        "remind",
    ),
    "a property of no name": Fault(
        "<camunda:failedJob",
        '<camunda:properties><camunda:property value="1" /></camunda:properties>\n'
        "<camunda:failedJob",
        "BX731",
        'value="1"',
        "assess",
    ),
}

TRIPS = {
    "a due date without a zone": Fault(
        'dueDate="=now() + duration(&#34;P1D&#34;)"',
        'dueDate="2026-02-01T09:00"',
        "BX732",
        "2026-02-01T09:00",
        "approve",
    ),
    "empty retries": Fault('retries="3"', 'retries=""', "BX732", "taskDefinition", "quote"),
    "two mappings to one": Fault(
        '<zeebe:output source="=price * 2" target="total" />',
        '<zeebe:output source="=price * 2" target="total" />\n'
        '<zeebe:output source="=price" target="total" />',
        "BX738",
        '"=price"',
        "quote",
    ),
    "two types of work": Fault(
        QUOTE, f'{QUOTE}\n<zeebe:taskDefinition type="other" />', "BX738", "other", "quote"
    ),
    "a script and work": Fault(
        "<zeebe:script", '<zeebe:taskDefinition type="sum" />\n<zeebe:script', "BX738", "Sum", "sum"
    ),
    "two forms": Fault(
        "<zeebe:userTask />",
        '<zeebe:userTask />\n<zeebe:formDefinition formId="a" formKey="b" />',
        "BX738",
        "formDefinition",
        "approve",
    ),
    "called by two names": Fault(
        'id="book"', 'id="book" calledElement="other"', "BX738", 'id="book"', "book"
    ),
    "a connector's misspelt header": Fault(
        QUOTE,
        f'{SENDER[0]}\n<zeebe:taskHeaders><zeebe:header key="resultVarible" value="a" />'
        "</zeebe:taskHeaders>",
        "BX732",
        "resultVarible",
        "quote",
    ),
    "no tag of a version": Fault(
        'processId="booking"',
        'processId="booking" bindingType="versionTag"',
        "BX731",
        "versionTag",
        "book",
    ),
    "a blank behind a type": Fault('type="quote"', 'type="quote "', "BX739", "quote ", "quote"),
    "an unknown platform": Fault('"Camunda Cloud"', '"Camunda Clod"', "BX732", "Clod", "Trips"),
    "a version of another platform": Fault('"8.4.0"', '"7.4.0"', "BX732", "7.4.0", "Trips"),
    "a connector's result": Fault(
        f"{QUOTE}",
        f'{SENDER[0]}\n<zeebe:taskHeaders><zeebe:header key="resultVariable" value="a b" />'
        "</zeebe:taskHeaders>",
        "BX732",
        "a b",
        "quote",
    ),
    "a connector's broken FEEL": Fault(
        f"{QUOTE}",
        f'{SENDER[0]}\n<zeebe:taskHeaders><zeebe:header key="resultExpression" value="={{a: b" />'
        "</zeebe:taskHeaders>",
        "BX732",
        "{a: b",
        "quote",
    ),
}


@pytest.mark.parametrize("fault", CLAIMS.values(), ids=CLAIMS)
def test_a_value_in_a_claim_is_told_where_it_is(fault: Fault) -> None:
    assert_told(CLAIM, fault)


@pytest.mark.parametrize("fault", TRIPS.values(), ids=TRIPS)
def test_a_value_in_a_trip_is_told_where_it_is(fault: Fault) -> None:
    assert_told(TRIP, fault)


COMPONENTS = {
    "of a type": ('{"type": "textfield", "key": "a"}, {"type": "text"}', []),
    "of no type": ('{"type": "textfeild", "key": "a"}', ["BX732"]),
    "of no key": ('{"type": "number"}', ["BX731"]),
    "of one key": (
        '{"type": "number", "key": "a"}, {"type": "number", "key": "a"}',
        ["BX738"],
    ),
    "that are none": ("1", []),
}


@pytest.mark.parametrize(("components", "wanted"), COMPONENTS.values(), ids=COMPONENTS)
def test_components_of_a_form_in_the_file(components: str, wanted: list[str]) -> None:
    form = FORM.format(components).replace('"', "&#34;")
    inner = f'<zeebe:userTaskForm id="f">{form}</zeebe:userTaskForm>'
    text = TRIP.replace(
        '<bpmn:startEvent id="asked"',
        f'<bpmn:extensionElements>{inner}</bpmn:extensionElements>\n<bpmn:startEvent id="asked"',
    )
    assert [one.code for one in told(text) if one.id == "trip"] == wanted


def test_a_form_that_is_none_has_no_components() -> None:
    inner = '<bpmn:extensionElements><zeebe:userTaskForm id="f">[</zeebe:userTaskForm>'
    start = '<bpmn:startEvent id="asked"'
    text = TRIP.replace(start, f"{inner}</bpmn:extensionElements>\n{start}")
    assert [one.code for one in told(text) if one.code in ("BX732", "BX738")] == []


HARMLESS = {
    "a version": (
        CLAIM,
        'calledElement="pay"',
        'calledElement="pay" camunda:calledElementVersion="2"',
    ),
    "a computed flag": (CLAIM, 'id="assess"', 'id="assess" camunda:asyncBefore="${later}"'),
    "a result of an expression": (
        CLAIM,
        'id="remind"',
        'id="remind" camunda:resultVariable="sent"',
    ),
    "a blank before FEEL": (TRIP, 'type="quote"', 'type="= kind"'),
    "two keys": (TRIP, SENDER[1], f'{SENDER[1]}\n<zeebe:header key="b" value="EUR" />'),
    "another's header": (TRIP, 'key="currency" value="EUR"', 'key="resultVariable" value="a b"'),
}


def test_a_header_of_a_connector_is_not_told() -> None:
    text = TRIP.replace(QUOTE, SENDER[0]).replace('"currency"', '"elementTemplateVersion"')
    assert "BX732" not in {one.code for one in told(text)}
    assert "BX732" in {one.code for one in told(text.replace("eVersion", "eVersoin"))}


@pytest.mark.parametrize(("text", "old", "new"), HARMLESS.values(), ids=HARMLESS)
def test_what_is_harmless_is_not_told(text: str, old: str, new: str) -> None:
    assert old in text
    codes = {one.code for one in told(text.replace(old, new, 1))}
    assert not codes & {"BX731", "BX732", "BX738", "BX739"}
