"""Elements are read by the vocabulary; what it does not know is kept."""

from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.errors import Severity
from bpmn_xml.formats import codes
from bpmn_xml.formats.bpmn.reader import read_bpmn
from bpmn_xml.formats.bpmn.writer import write_bpmn
from tests.formats.bpmn.documents import MODEL, document, doubts, first, process


def test_prefixes_and_the_order_of_children_do_not_matter():
    plain = read_bpmn(
        process(
            '<task id="t"><documentation>d</documentation><incoming>a</incoming>'
            "<outgoing>b</outgoing></task>"
        )
    )
    prefixed = read_bpmn(
        f'<x:definitions targetNamespace="urn:t" id="d" xmlns:x="{MODEL}"><x:process id="p">'
        f'<y:task xmlns:y="{MODEL}" id="t"><x:outgoing>b</x:outgoing><y:incoming>a</y:incoming>'
        "<x:documentation>d</x:documentation></y:task></x:process></x:definitions>".encode()
    )
    assert plain[0] == prefixed[0]
    assert prefixed[0].namespaces.bindings == (("x", MODEL), ("y", MODEL))


MISSING = [
    (document("", 'id="d"'), [(codes.MISSING, 1, 1, "d")]),
    (process('<sequenceFlow id="f" sourceRef="a"/>'), [(codes.MISSING, 3, 1, "f")]),
    (document('<interface id="i" name="n"/>'), [(codes.MISSING, 2, 1, "i")]),
    (process('<task id="t"><incoming/></task>'), [(codes.MISSING, 3, 1, "t")]),
    (
        document('<bpmndi:BPMNDiagram id="D"/>'),
        [(codes.MISSING, 2, 1, "D")],
    ),
]


@pytest.mark.parametrize(("data", "expected"), MISSING)
def test_what_is_missing_is_told_and_read(data, expected):
    assert doubts(data) == expected


def test_a_shape_without_bounds_has_empty_ones():
    data = document(
        "<bpmndi:BPMNDiagram><bpmndi:BPMNPlane><bpmndi:BPMNShape/></bpmndi:BPMNPlane>"
        "</bpmndi:BPMNDiagram>"
    )
    shape = read_bpmn(data)[0].diagrams[0].plane.elements[0]
    assert shape.bounds == model.Bounds(x=0, y=0, width=0, height=0)


def test_an_alternative_that_is_not_chosen_is_not_missing():
    data = process(
        '<task id="t"><potentialOwner id="o"><resourceAssignmentExpression id="r">'
        "<formalExpression>me</formalExpression></resourceAssignmentExpression>"
        "</potentialOwner></task>"
    )
    assert doubts(data) == []


STRANGERS = [
    ('<o:x a="1"/>', codes.UNKNOWN_ELEMENT, Severity.NOTE, "the foreign <o:x> stands outside"),
    ("<nothing/>", codes.UNKNOWN_ELEMENT, Severity.WARNING, "BPMN knows no <nothing>"),
    ('<message id="m"/>', codes.UNKNOWN_ELEMENT, Severity.WARNING, "<message> may not stand in"),
    ("<flowElement/>", codes.UNKNOWN_ELEMENT, Severity.WARNING, "<flowElement> may not stand"),
]


BARE = [
    (f'<b:definitions xmlns:b="{MODEL}"><process id="p"/></b:definitions>', "write <b:process>"),
    (f'<definitions xmlns="{MODEL}"><process xmlns="" id="p"/></definitions>', 'remove xmlns=""'),
]


@pytest.mark.parametrize(("text", "remedy"), BARE)
def test_an_element_without_its_namespace_is_told(text, remedy):
    definitions, findings = read_bpmn(text.encode(), "f")
    (found,) = [one for one in findings if one.code == codes.UNKNOWN_ELEMENT]
    assert found.message.startswith("<process> is in no namespace, so it is none of BPMN's")
    assert (found.severity, found.remedy) == (Severity.WARNING, remedy)
    assert len(definitions.foreign_elements) == 1


@pytest.mark.parametrize(("element", "code", "severity", "message"), STRANGERS)
def test_an_element_that_is_unknown_in_its_place_is_kept(element, code, severity, message):
    data = process(element)
    definitions, (finding,) = read_bpmn(data, "f")
    assert (finding.code, finding.severity) == (code, severity)
    assert finding.message.startswith(message)
    assert (finding.place.line, finding.place.column, finding.id) == (3, 1, "p")
    assert len(definitions.root_elements[0].foreign_elements) == 1
    assert read_bpmn(write_bpmn(definitions))[0] == definitions


def test_an_unknown_attribute_is_kept():
    data = process('<task id="t"\n  colour="red" o:x="1"/>')
    definitions, (finding,) = read_bpmn(data, "f")
    assert (finding.code, finding.place.line, finding.place.column) == ("BX021", 4, 3)
    kept = definitions.root_elements[0].flow_elements[0].extension_attributes
    assert kept == (
        model.ForeignAttribute(name="colour", value="red"),
        model.ForeignAttribute(name="x", value="1", namespace="urn:other", prefix="o"),
    )


def test_an_attribute_with_the_models_prefix_is_unknown():
    data = f'<b:definitions xmlns:b="{MODEL}" b:id="d" id="d" targetNamespace="x"/>'.encode()
    assert doubts(data) == [(codes.UNKNOWN_ATTRIBUTE, 1, 70, "d")]


TYPES = [
    ("<conditionExpression>x</conditionExpression>", model.Expression(body="x")),
    (
        '<conditionExpression xsi:type="tFormalExpression">x</conditionExpression>',
        model.FormalExpression(body="x"),
    ),
    (
        '<conditionExpression xsi:type="nobody:FormalExpression">x</conditionExpression>',
        model.FormalExpression(body="x"),
    ),
    (
        '<conditionExpression language="feel">x</conditionExpression>',
        model.FormalExpression(body="x", language="feel"),
    ),
    (
        '<conditionExpression language="feel" xsi:type="tFormalExpression">x</conditionExpression>',
        model.FormalExpression(body="x", language="feel"),
    ),
    (
        '<conditionExpression xsi:type="tExpression">x</conditionExpression>',
        model.Expression(body="x"),
    ),
]


@pytest.mark.parametrize(("expression", "value"), TYPES)
def test_the_type_of_an_expression(expression, value):
    flow = first(f'<sequenceFlow id="f" sourceRef="a" targetRef="b">{expression}</sequenceFlow>')
    assert flow.condition_expression == value


def test_a_type_that_does_not_fit_is_dropped():
    data = process('<task id="t" xsi:type="tProcess"/>')
    assert doubts(data) == [(codes.NOT_KEPT, 3, 14, "t")]
    assert first('<task id="t" xsi:type="tUserTask"/>') == model.UserTask(id="t")


def test_an_abstract_element_is_read_by_its_type():
    assert first('<flowElement id="t" xsi:type="tUserTask"/>') == model.UserTask(id="t")
    data = document(
        '<process id="p"><laneSet id="s"><lane id="l">'
        '<partitionElement id="e" xsi:type="tResource" name="Ann"/></lane></laneSet></process>'
    )
    lane = read_bpmn(data)[0].root_elements[0].lane_sets[0].lanes[0]
    assert lane.partition_element == model.Resource(id="e", name="Ann")
    assert doubts(process('<flowElement xsi:type="tProcess"/>'))[0][0] == codes.UNKNOWN_ELEMENT
    assert doubts(process('<flowElement id="x" o:y="z"/>'))[0][0] == codes.UNKNOWN_ELEMENT


def test_stray_text_is_dropped_and_told():
    assert doubts(process("hello")) == [(codes.STRAY_TEXT, 3, 1, "p")]
    data = process('<task id="t"><extensionElements>hello</extensionElements></task>')
    assert [code for code, *_ in doubts(data)] == [codes.STRAY_TEXT]
