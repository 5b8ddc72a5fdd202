"""Values, references, ids and limits of one reading."""

from __future__ import annotations

import re

import pytest

from bpmn_xml import model
from bpmn_xml.errors import ReadError, Severity
from bpmn_xml.formats import Limits, codes
from bpmn_xml.formats.bpmn.reader import read_bpmn
from bpmn_xml.formats.bpmn.references import review
from bpmn_xml.formats.bpmn.writer import write_bpmn
from tests.formats.bpmn.documents import MODEL, document, faults, first, process

TASK = '<task id="t" name="Ask"/>'


WRONG = {
    'isExecutable="maybe"': "isExecutable='maybe' is not true or false",
    'processType="Secret"': "processType='Secret' is not one of None, Public, Private",
    'isClosed="2"': "isClosed='2' is not true or false",
}


@pytest.mark.parametrize("attribute", WRONG)
def test_a_wrong_value_is_an_error(attribute):
    with pytest.raises(ReadError, match=re.escape(WRONG[attribute])):
        read_bpmn(document(f'<process id="p" {attribute}/>'), "f")


NUMBERS = ["", "x", "NaN", "INF", "-INF", "1e999", "1_0", "1,5", "\u0661"]


def drawing(inner):
    return document(
        f"<bpmndi:BPMNDiagram><bpmndi:BPMNPlane>{inner}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_a_point_without_a_number_is_told_and_left_out(number):
    """Also what XML takes for a number and no drawing can use; the process may run all the same."""
    points = (
        f'<di:waypoint x="{number}" y="1"/><di:waypoint x="0" y="1"/><di:waypoint x="5" y="1"/>'
    )
    found, doubts = read_bpmn(drawing(f"<bpmndi:BPMNEdge>{points}</bpmndi:BPMNEdge>"), "f")
    (edge,) = found.diagrams[0].plane.elements
    assert [(point.x, point.y) for point in edge.waypoints] == [(0, 1), (5, 1)]
    told = [one for one in doubts if one.code == codes.WRONG_VALUE]
    assert [one.severity for one in told] == [Severity.WARNING]


@pytest.mark.parametrize(
    ("bounds", "code"),
    [
        ('x="NaN" y="2" width="3" height="4"', codes.WRONG_VALUE),
        ('x="1" y="2" width="3"', codes.MISSING_NUMBER),
    ],
)
def test_bounds_without_a_number_are_as_if_they_were_not_there(bounds, code):
    label = f"<bpmndi:BPMNLabel><dc:Bounds {bounds}/></bpmndi:BPMNLabel>"
    found, doubts = read_bpmn(
        drawing(f"<bpmndi:BPMNShape><dc:Bounds {bounds}/>{label}</bpmndi:BPMNShape>"), "f"
    )
    nowhere, _ = read_bpmn(drawing("<bpmndi:BPMNShape><bpmndi:BPMNLabel/></bpmndi:BPMNShape>"), "f")
    assert found == nowhere
    told = [one for one in doubts if one.code == code]
    assert [one.severity for one in told] == [Severity.WARNING] * 2
    assert codes.MISSING not in {one.code for one in doubts}


def test_a_font_without_a_usable_size_has_none():
    style = '<bpmndi:BPMNLabelStyle><dc:Font size="NaN"/></bpmndi:BPMNLabelStyle>'
    data = document(f"<bpmndi:BPMNDiagram><bpmndi:BPMNPlane/>{style}</bpmndi:BPMNDiagram>")
    found, _ = read_bpmn(data, "f")
    assert found.diagrams[0].label_styles[0].font.size is None


LAX = [
    ('isExecutable="TRUE"', "is_executable", True),
    ('isExecutable=" 0 "', "is_executable", False),
    ('isExecutable=""', "is_executable", None),
    ('isClosed=""', "is_closed", False),
    ('processType="private"', "process_type", "Private"),
    ('processType=" Public "', "process_type", "Public"),
]


@pytest.mark.parametrize(("attribute", "field", "value"), LAX)
def test_a_misspelled_value_that_leaves_no_doubt_is_read(attribute, field, value):
    definitions, findings = read_bpmn(document(f'<process id="p" {attribute}/>'), "f")
    assert getattr(definitions.root_elements[0], field) == value
    expected = [] if attribute in ('isExecutable=" 0 "', 'processType=" Public "') else ["BX027"]
    assert [f.code for f in findings] == expected


REFERENCES = [
    ("m", "m"),
    (" m ", "m"),
    ("tns:m", "m"),
    ("o:m", "{urn:other}m"),
    ("unknown:m", "unknown:m"),
    ("a:", "a:"),
    (":a", ":a"),
    ("", ""),
]


@pytest.mark.parametrize(("text", "identity"), REFERENCES)
def test_references_become_ids(text, identity):
    assert first(f'<receiveTask id="r" messageRef="{text}"/>').message_ref == identity
    expected = (identity,) if identity else ()
    assert first(f'<task id="t"><incoming>{text}</incoming></task>').incoming == expected


def test_the_models_own_prefix_in_a_reference_is_dropped():
    inside = '<b:process id="p"><b:receiveTask id="r" messageRef="b:m"/></b:process>'
    data = f'<b:definitions xmlns:b="{MODEL}">{inside}</b:definitions>'
    definitions, _ = read_bpmn(data.encode())
    assert definitions.root_elements[0].flow_elements[0].message_ref == "m"


def test_missing_ids_are_made_up_the_same_every_time():
    data = process('<task/><task id="Task_1"/><task id=""/><userTask/>')
    definitions, findings = read_bpmn(data, "f")
    ids = [node.id for node in definitions.root_elements[0].flow_elements]
    assert ids == ["Task_2", "Task_1", "Task_3", "UserTask_1"]
    assert [f.code for f in findings] == [codes.MADE_UP_ID] * 3
    assert read_bpmn(data, "f")[0] == definitions
    assert read_bpmn(write_bpmn(definitions))[0] == definitions


def test_made_up_ids_avoid_ids_made_up_before():
    data = document('<process/><process id="&#80;rocess_1"/><process/>')
    ids = [root.id for root in read_bpmn(data)[0].root_elements]
    assert ids == ["Process_1", "Process_1", "Process_2"]


def test_expressions_and_drawings_need_no_id():
    flow = first(
        '<sequenceFlow id="f" sourceRef="a" targetRef="b"><conditionExpression>x'
        "</conditionExpression></sequenceFlow>"
    )
    assert flow.condition_expression == model.Expression(body="x")


LIMITS = [
    (Limits(depth=3), process(TASK), True),
    (Limits(depth=2), process(TASK), False),
    (Limits(elements=3), process(TASK), True),
    (Limits(elements=2), process(TASK), False),
    (Limits(flow_elements=2), process('<task id="t"/><task id="u"/>'), True),
    (Limits(flow_elements=1), process('<task id="t"/><task id="u"/>'), False),
    (Limits(attributes=2), process(TASK), True),
    (Limits(attributes=1), process('<task id="t" name="n"/>'), False),
    (Limits(all_attributes=5), process(TASK), True),
    (Limits(all_attributes=4), process(TASK), False),
    (Limits(text=5), process("<!--" + "x" * 50 + "--><task id='t'/>"), True),
    (Limits(text=5), process("<documentation>123456</documentation>"), False),
    (Limits(tag=1000), process("<!--" + "x" * 500 + "-->" + TASK), True),
    (Limits(tag=400), process("<!--" + "x" * 1_500_000 + "-->" + TASK), False),
]


@pytest.mark.parametrize(("limits", "data", "fits"), LIMITS)
def test_limits_act_at_their_number(limits, data, fits):
    if fits:
        read_bpmn(data, "f", limits)
    else:
        assert [code for code, *_ in faults(data, limits)] == [codes.TOO_MUCH]


def test_a_document_nested_very_deeply_is_stopped():
    data = process("<subProcess>" * 10_000 + "</subProcess>" * 10_000)
    assert [code for code, *_ in faults(data)] == [codes.TOO_MUCH]


@pytest.mark.parametrize("tag", ["subProcess", "o:foreign"])
def test_the_deepest_legal_nesting_meets_no_recursion_limit(tag):
    depth = Limits().depth - 2
    body = f"<{tag}>" * depth + f"</{tag}>" * depth
    definitions, _ = read_bpmn(process(body), "f")
    assert read_bpmn(write_bpmn(definitions))[0] == definitions
    assert review(definitions) == ()
    assert hash(definitions) == hash(read_bpmn(process(body), "g")[0])
    assert repr(definitions)


def test_too_many_errors_end_the_reading():
    body = '<task id="t" startQuantity="x"/>\n' * 10
    assert len(faults(process(body), Limits(findings=3))) == 3


def test_doubts_are_counted_too():
    body = '<task a="1"/><b/><o:c/><task isForCompensation="TRUE"/>' * 10
    _, findings = read_bpmn(process(body), "f", Limits(findings=5))
    assert len(findings) == 5


def test_same_ids_are_read_where_no_reference_can_mean_both():
    data = document(
        '<process id="p"><task id="a"/></process><process id="q"><task id="a"/><endEvent id="e"/>'
        '<sequenceFlow id="f" sourceRef="a" targetRef="e"/></process>'
        '<collaboration id="c"><participant id="p" processRef="p"/></collaboration>'
    )
    definitions, findings = read_bpmn(data, "f")
    assert findings == ()
    assert [f.code for f in review(definitions)] == [codes.SAME_ID] * 2


def test_an_ambiguous_reference_is_an_error():
    data = process(
        '<task id="a"/>\n<task id="a"/><endEvent id="e"/>\n'
        '<sequenceFlow id="f" sourceRef="a" targetRef="e"/>'
    )
    assert faults(data) == [(codes.AMBIGUOUS, 5, 1, "f")]
