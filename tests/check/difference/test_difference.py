"""What is different between two files: a table of edits to one drawing."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from bpmn_xml import read
from bpmn_xml.check.difference.comparison import Detail, compare
from bpmn_xml.check.difference.content import units
from bpmn_xml.check.difference.ghosts import with_removed
from bpmn_xml.check.pictures import of_differences, of_findings
from bpmn_xml.check.shorthand import xml
from bpmn_xml.errors import Finding, Severity
from bpmn_xml.formats import inspect, write
from bpmn_xml.formats.bpmn.canonical import canonical
from bpmn_xml.model import (
    Definitions,
    FlowNode,
    IntermediateCatchEvent,
    Process,
    Task,
    TimerEventDefinition,
)
from bpmn_xml.model.walk import by_id
from bpmn_xml.render.overlay import Edit, Found
from tests.conftest import ROOT

ORDER = (ROOT / "diagrams/order/order.bpmn").read_text("utf-8")

# what is replaced by what, and what became of which elements
EDITS = {
    "nothing": ("order", "order", {}),
    "a name": ('name="Check the stock"', 'name="Look"', {"check": "changed"}),
    "a binding": (":check_stock", ":count_stock", {"check": "changed"}),
    "a vendor's word": ("R3/PT0.1S", "R5/PT0.1S", {"charge": "changed"}),
    "the default": ('default="no"', 'default="yes"', {"in_stock": "changed"}),
    "an id": (
        r'"pack"',
        '"wrap"',
        {"wrap": "added", "pack": "removed", "to_pack": "changed", "to_settled": "changed"},
    ),
    "the process": ('process id="order" name="Order"', 'process id="order"', {"order": "changed"}),
    "the namespace": ("http://example.org/order", "urn:other", {"": "changed"}),
    "another kind": ('serviceTask id="offer"', 'userTask id="offer"', {"offer": "changed"}),
}


def edited(old: str, new: str) -> Definitions:
    text = re.sub(old, new, ORDER)
    if "userTask" in new:
        head, tail = text.split('userTask id="offer"')
        text = f'{head}userTask id="offer"{tail.replace("</bpmn:service", "</bpmn:user", 1)}'
    return read(text.encode())


@pytest.mark.parametrize(("old", "new", "expected"), EDITS.values(), ids=EDITS)
def test_edits(old: str, new: str, expected: dict[str, str]) -> None:
    after = edited(old, new)
    found = compare(read(ORDER.encode()), after)
    assert {difference.id: str(difference.change) for difference in found} == expected


def test_what_has_moved_into_a_sub_process_says_so() -> None:
    drawn = "s > b > e\n{}subProcess b\n  s2 > e2\n{}"
    old, new = drawn.format("task a\n", ""), drawn.format("", "  task a\n")
    found = compare(read(xml(old)), read(xml(new)))
    assert [(one.id, one.details) for one in found] == [("a", (Detail("in", "P", "b"),))]


def test_details_tell_before_and_after() -> None:
    (found,) = compare(read(ORDER.encode()), edited('name="Ship the goods"', 'name="Send"'))
    (detail,) = found.details
    assert (detail.what, detail.before, detail.after) == ("name", "Ship the goods", "Send")
    assert (found.word, found.name) == ("service task", "Send")
    assert found.line == next(
        i for i, line in enumerate(ORDER.splitlines(), 1) if 'name="Ship the goods"' in line
    )


def test_what_is_only_moved() -> None:
    before, after = read(ORDER.encode()), edited(r'<dc:Bounds x="(\d)', r'<dc:Bounds x="9\1')
    moved = compare(before, after)
    assert moved
    assert {difference.change for difference in moved} == {Edit.MOVED}
    assert all(d.what.startswith("drawn/") for found in moved for d in found.details)
    assert compare(before, after, layout=False) == ()


def test_the_order_in_which_flows_are_asked() -> None:
    before = read(ORDER.encode())
    (process, *others) = before.root_elements
    assert isinstance(process, Process)
    turned = msgspec.structs.replace(process, flow_elements=process.flow_elements[::-1])
    after = msgspec.structs.replace(before, root_elements=(turned, *others))
    (found,) = compare(before, after)
    assert [(detail.what, detail.after) for detail in found.details] == [("asks", "no then yes")]


def test_spelling_makes_no_difference() -> None:
    before = read(ORDER.encode())
    after = read(write(canonical(before)))
    assert compare(before, after, layout=False) == ()


def test_ghosts_stand_where_they_stood() -> None:
    before, after = read(ORDER.encode()), edited('"pack"', '"wrap"')
    both = with_removed(before, after, compare(before, after))
    assert {"pack", "wrap"} <= by_id(both, FlowNode).keys()
    shown = [getattr(shape, "bpmn_element", "") for shape in both.diagrams[0].plane.elements]
    assert shown.count("pack") == shown.count("wrap") == 1


def test_what_was_in_a_container_that_is_gone_stays_away() -> None:
    before = read(ORDER.encode())
    gone = re.sub(r"<subProcess.*?</subProcess>", "", ORDER, flags=re.DOTALL)
    after = read(re.sub(r"<boundaryEvent.*?</boundaryEvent>", "", gone, flags=re.DOTALL).encode())
    both = with_removed(before, after, compare(before, after))
    assert "settle" in by_id(both)
    assert len(units(both)) >= len(units(after))


def test_marks() -> None:
    overlay = of_differences(compare(read(ORDER.encode()), edited('"pack"', '"wrap"')))
    assert overlay.mark("wrap").state is Edit.ADDED
    assert overlay.mark("pack").state is Edit.REMOVED
    assert overlay.mark("ship").state is Edit.SAME


EVENT = '<intermediateCatchEvent id="wait">{}</intermediateCatchEvent>'
TIMER = '<timerEventDefinition id="at"><timeDuration>{}</timeDuration></timerEventDefinition>'


@pytest.mark.parametrize(
    ("before", "after", "state"),
    [
        (EVENT.format(TIMER.format("PT1H")), EVENT.format(TIMER.format("PT2H")), Edit.CHANGED),
        (EVENT.format(""), EVENT.format(TIMER.format("PT1H")), Edit.CHANGED),
        (EVENT.format(TIMER.format("PT1H")), EVENT.format(""), Edit.CHANGED),
        ("", EVENT.format(TIMER.format("PT1H")), Edit.ADDED),
        (EVENT.format(TIMER.format("PT1H")), "", Edit.REMOVED),
    ],
)
def test_an_event_is_marked_with_what_became_of_its_definition(
    before: str, after: str, state: Edit
) -> None:
    old, new = (
        read(
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" '
            f'targetNamespace="urn:x"><process id="p">{inside}</process></definitions>'.encode()
        )
        for inside in (before, after)
    )
    assert of_differences(compare(old, new)).mark("wait").state is state


def test_findings_stand_at_the_node_they_are_in() -> None:
    codes = [("BX1", Severity.NOTE), ("BX2", Severity.ERROR), ("BX3", Severity.WARNING)]
    findings = [Finding(code=c, severity=s, message="", id="ship") for c, s in codes]
    findings += [Finding(code="BX4", severity=Severity.NOTE, message="", id="ship/address")]
    findings += [Finding(code="BX5", message="of the file")]
    findings += [Finding(code="BX6", message="in an event", id="late")]
    findings += [
        Finding(code="BX7", message="", id="order"),
        Finding(code="BX8", message="", id="?"),
    ]
    event = IntermediateCatchEvent(id="wait", event_definitions=(TimerEventDefinition(id="late"),))
    nodes = (Task(id="ship"), Task(id="pack"), event)
    order = Definitions(id="d", root_elements=(Process(id="order", flow_elements=nodes),))
    overlay = of_findings(findings, order)
    mark = overlay.mark("ship")
    assert (mark.state, mark.value) == (Found.ERROR, "BX2 BX3 +2")
    assert overlay.mark("wait").value == "BX6"
    assert overlay.mark("pack").state is Found.CLEAN
    assert overlay.title == "elsewhere: BX5 BX7 +1"


def test_what_keeps_it_from_running_is_named_before_the_standard() -> None:
    codes = ["EXT023", "EXT012", "BX102"]
    findings = [Finding(code=code, message="", id="ship") for code in codes]
    (mark,) = of_findings(findings, read(ORDER.encode())).marks.values()
    assert mark.value == "BX102 EXT023 +1"


DRAWN_OF = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x">
  <dataStore id="archive"/><error id="refused"/>
  <collaboration id="all"><participant id="shop" processRef="order"/></collaboration>
  <process id="order"><laneSet id="lanes"><lane id="desk"/></laneSet>
    <dataObject id="bill"/><dataObjectReference id="bill_asked" dataObjectRef="bill"/>
    <dataObjectReference id="bill_paid" dataObjectRef="bill"/>
    <dataStoreReference id="shelf" dataStoreRef="archive"/><dataObject id="unseen"/>
    <textAnnotation id="note"/></process></definitions>"""
AT = {
    "order": {"shop"}, "desk": {"desk"}, "bill": {"bill_asked", "bill_paid"}, "note": {"note"},
    "archive": {"shelf"}, "shelf": {"shelf"}, "all": set(), "refused": set(), "": set(),
}  # fmt: skip


@pytest.mark.parametrize(("found", "places"), AT.items(), ids=AT)
def test_findings_stand_where_something_is_drawn(found: str, places: set[str]) -> None:
    drawing = read(DRAWN_OF.encode())
    overlay = of_findings([Finding(code="BX1", message="", id=found)], drawing)
    assert overlay.marks.keys() == places
    assert overlay.title == ("" if places else "elsewhere: BX1")


def test_words_agree() -> None:
    assert {str(severity) for severity in Severity} | {"clean"} == {str(v) for v in Found}


def test_parts_are_told_by_what_they_belong_to() -> None:
    text = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="x"
      xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="p"><userTask id="u">
      <extensionElements><camunda:formData><camunda:formField id="a"/>
      <camunda:formField id="b" label="B"/></camunda:formData></extensionElements></userTask>
      <intermediateCatchEvent id="c"><timerEventDefinition id="t"><timeDuration>PT1H</timeDuration>
      </timerEventDefinition></intermediateCatchEvent></process></definitions>"""
    edited = text.replace("PT1H", "PT2H").replace('label="B"', 'label="Bee"')
    form, timer = compare(read(text.encode()), read(edited.encode()))
    assert form.details[0].what.endswith("camunda:formData[b]/camunda:formField/label")
    assert (timer.id, timer.of) == ("t", "c")


def test_nothing_is_different_in_the_canonical_spelling(shared_data: Path) -> None:
    files = sorted(shared_data.glob("*/*.bpmn"))
    assert files
    for file in files:
        model = inspect(file).definitions
        told = [str(one) for one in compare(model, canonical(model))] if model else []
        assert told == [], file.name
