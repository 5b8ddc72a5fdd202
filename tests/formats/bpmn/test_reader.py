"""Whatever a file looks like, it is read, or refused with its true fault at its place."""

from __future__ import annotations

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml import model
from bpmn_xml.errors import ReadError, Severity
from bpmn_xml.formats import Limits, codes
from bpmn_xml.formats.bpmn.reader import read_bpmn
from bpmn_xml.formats.bpmn.references import review
from bpmn_xml.formats.bpmn.writer import write_bpmn
from tests.formats.bpmn.documents import MODEL, NAMESPACES, document, doubts, first, process

TASK = '<task id="t" name="Ask"/>'


def faults(data, limits=None):
    """All errors of a document: code, line, column, id."""
    with pytest.raises(ReadError) as caught:
        read_bpmn(data, "f", limits or Limits())
    found = caught.value.findings
    assert all(f.severity is Severity.ERROR and f.message and f.remedy for f in found)
    return [(f.code, f.place.line, f.place.column, f.id) for f in found]


def test_all_errors_are_told_at_once_in_the_order_of_the_file():
    data = process(
        '<task id="a" startQuantity="x"\n  isForCompensation="maybe"/>\n'
        '<task id="b"><standardLoopCharacteristics loopMaximum="1.5"/></task>\n'
        '<sequenceFlow id="f" sourceRef="a" targetRef="b">'
        "<conditionExpression/><conditionExpression/></sequenceFlow>"
    )
    assert faults(data) == [
        (codes.WRONG_VALUE, 3, 14, "a"),
        (codes.WRONG_VALUE, 4, 3, "a"),
        (codes.WRONG_VALUE, 5, 43, ""),
        (codes.REPEATED, 6, 72, "f"),
    ]


WRONG = {
    'isExecutable="maybe"': "isExecutable='maybe' is not true or false",
    'processType="Secret"': "processType='Secret' is not one of None, Public, Private",
    'isClosed="2"': "isClosed='2' is not true or false",
}


@pytest.mark.parametrize("attribute", WRONG)
def test_a_wrong_value_is_an_error(attribute):
    with pytest.raises(ReadError, match=re.escape(WRONG[attribute])):
        read_bpmn(document(f'<process id="p" {attribute}/>'), "f")


@pytest.mark.parametrize("number", ["", "x", "NaN", "INF", "1e999", "1_0", "1,5", "\u0661"])
def test_what_is_no_number_is_an_error(number):
    data = document(
        "<bpmndi:BPMNDiagram><bpmndi:BPMNPlane><bpmndi:BPMNEdge>"
        f'<di:waypoint x="{number}" y="1"/><di:waypoint x="0" y="1"/>'
        "</bpmndi:BPMNEdge></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
    assert [code for code, *_ in faults(data)] == [codes.WRONG_VALUE]


def test_a_missing_number_is_an_error():
    shape = '<bpmndi:BPMNShape><dc:Bounds x="1" y="2" width="3"/></bpmndi:BPMNShape>'
    data = document(
        f"<bpmndi:BPMNDiagram><bpmndi:BPMNPlane>\n{shape}</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>"
    )
    assert faults(data) == [(codes.MISSING_NUMBER, 3, 19, "")]


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


TEXTS = [
    ("Hello", "Hello", ()),
    ("  a\n b ", "  a\n b ", ()),
    ("<![CDATA[a < b]]>&amp;", "a < b&", ()),
    (" ", " ", ()),
    ("a<o:b>c</o:b>d", "a", (("c", "d"),)),
    (" <o:b> </o:b> ", "", ((" ", ""),)),
    ("<o:b/> <o:b/>.", "", (("", " "), ("", "."))),
]


@pytest.mark.parametrize(("content", "text", "inside"), TEXTS)
def test_text_is_kept_and_indentation_is_not(content, text, inside):
    task = first(f'<task id="t"><documentation>{content}</documentation></task>')
    (documentation,) = task.documentation
    assert documentation.text == text
    assert tuple((e.text, e.tail) for e in documentation.foreign_elements) == inside


def test_text_around_known_children_belongs_to_the_expression():
    flow = first(
        '<sequenceFlow id="f" sourceRef="a" targetRef="b"><conditionExpression o:a="1">\n  '
        "<documentation>why</documentation>x > 1</conditionExpression></sequenceFlow>"
    )
    expression = flow.condition_expression
    assert expression.body == "\n  x > 1"
    assert expression.documentation == (model.Documentation(text="why"),)


def test_stray_text_is_dropped_and_told():
    assert doubts(process("hello")) == [(codes.STRAY_TEXT, 4, 1, "p")]
    data = process('<task id="t"><extensionElements>hello</extensionElements></task>')
    assert [code for code, *_ in doubts(data)] == [codes.STRAY_TEXT]


def test_what_cannot_be_kept_is_told():
    data = process(
        '<task id="t"><extensionElements o:a="1"><o:x/></extensionElements>'
        '<incoming o:a="1">f<o:y><o:z/></o:y></incoming></task>'
    )
    assert [code for code, *_ in doubts(data)] == [codes.NOT_KEPT] * 3
    task = read_bpmn(data)[0].root_elements[0].flow_elements[0]
    assert [e.name for e in task.extension_elements] == ["x"]
    assert task.incoming == ("f",)


def test_several_extension_elements_are_one():
    task = first(
        '<task id="t"><extensionElements><o:a/></extensionElements><incoming>f</incoming>'
        "<extensionElements><o:b/></extensionElements></task>"
    )
    assert [e.name for e in task.extension_elements] == ["a", "b"]


@pytest.mark.parametrize(
    "namespace",
    ["http://schema.omg.org/spec/BPMN/2.0", "http://www.omg.org/spec/BPMN/20100501/MODEL"],
)
def test_drafts_are_read_and_written_anew(namespace):
    data = document('<process id="p"/>').replace(MODEL.encode(), namespace.encode())
    definitions, findings = read_bpmn(data)
    assert [f.code for f in findings] == [codes.OLD_NAMESPACE]
    written = write_bpmn(definitions)
    assert f'xmlns="{MODEL}"'.encode() in written
    assert read_bpmn(written)[0] == definitions


REFUSED = [
    (b"", codes.NOT_BPMN, "this is an empty file, not BPMN 2.0"),
    (b"hello", codes.NOT_BPMN, "another format than XML"),
    (b"PK\x03\x04", codes.NOT_BPMN, "ZIP"),
    (b'  {"a": 1}', codes.NOT_BPMN, "JSON"),
    (b"<!DOCTYPE html><html></html>", codes.NOT_BPMN, "an HTML page"),
    (b"<html/>", codes.NOT_BPMN, "an HTML page"),
    (b"<definitions/>", codes.NOT_BPMN, "<definitions> in no namespace"),
    (b'<a xmlns="urn:a"/>', codes.NOT_BPMN, "<a> in the namespace urn:a"),
    (f'<process xmlns="{MODEL}"/>'.encode(), codes.NOT_BPMN, "a piece of BPMN 2.0, <process>"),
    (b'<Package xmlns="http://www.wfmc.org/2008/XPDL2.1"/>', codes.NOT_BPMN, "XPDL"),
    (
        b'<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/"/>',
        codes.NOT_BPMN,
        "DMN",
    ),
    (
        b'<definitions xmlns="http://www.omg.org/spec/CMMN/20151109/MODEL"/>',
        codes.NOT_BPMN,
        "CMMN",
    ),
    (
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        codes.DOCTYPE,
        "a document type declaration (DOCTYPE a) is not allowed",
    ),
]


@pytest.mark.parametrize(("data", "code", "message"), REFUSED)
def test_what_is_not_bpmn_is_refused_by_name(data, code, message):
    with pytest.raises(ReadError) as caught:
        read_bpmn(data, "f")
    (finding,) = caught.value.findings
    assert finding.code == code
    assert message in finding.message
    assert finding.place.line == 1


LIMITS = [
    (Limits(depth=3), process(TASK), True),
    (Limits(depth=2), process(TASK), False),
    (Limits(elements=3), process(TASK), True),
    (Limits(elements=2), process(TASK), False),
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


ENCODED = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "iso-8859-1",
    "cp1252",
]


@pytest.mark.parametrize("encoding", ENCODED)
def test_any_encoding_is_read(encoding):
    declared = "utf-8" if encoding.startswith("utf-8") else encoding
    text = (
        f'<?xml version="1.0" encoding="{declared}"?>'
        + process('<task id="t" name="Größe"/>').decode()
    )
    definitions, findings = read_bpmn(text.encode(encoding))
    assert definitions.root_elements[0].flow_elements[0].name == "Größe"
    assert findings == ()


def collection(shared_data):
    return sorted(
        path
        for folder in ("miwg", "camunda7", "camunda8")
        for path in (shared_data / folder).glob("*.bpmn")
    )


def test_files_of_many_tools_are_read(shared_data):
    files = collection(shared_data)
    assert len(files) > 30
    for path in files:
        definitions, findings = read_bpmn(path.read_bytes(), path.name)
        assert {f.code for f in findings} <= {codes.MADE_UP_ID}, path
        assert read_bpmn(write_bpmn(definitions))[0] == definitions, path


def mutated(data, seed):
    """The bytes of a file with a few random changes."""
    chance = random.Random(seed)
    changed = bytearray(data)
    pieces = [
        b"<",
        b">",
        b"&",
        b'"',
        b"<task/>",
        b"q:",
        b"\x00",
        b"\xff",
        b' id="x"',
        b"NaN",
        b"]]>",
        b'="',
    ]
    for _ in range(chance.randint(1, 5)):
        at = chance.randrange(len(changed))
        piece = chance.choice([*pieces, bytes(changed[: chance.randrange(1, 300)])])
        changed[at : at + chance.randrange(20)] = piece
    return bytes(changed)


SAMPLE = document(
    '<process id="p" isExecutable="true"><startEvent id="s"><outgoing>f</outgoing></startEvent>'
    '<sequenceFlow id="f" sourceRef="s" targetRef="e"><conditionExpression '
    'xsi:type="tFormalExpression">x &lt; 1</conditionExpression></sequenceFlow><endEvent id="e">'
    '<extensionElements><o:x a="1">text<o:y/>tail</o:x></extensionElements></endEvent></process>'
    '<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="p"><bpmndi:BPMNShape bpmnElement="s">'
    '<dc:Bounds x="1" y="2" width="3" height="4"/></bpmndi:BPMNShape></bpmndi:BPMNPlane>'
    "</bpmndi:BPMNDiagram>"
)


def only_known_errors(data):
    """Read anything; nothing but the package's own error may come, and what is read is written."""
    try:
        definitions, findings = read_bpmn(data, "f")
    except ReadError as error:
        findings = error.findings
    else:
        review(definitions)
        assert read_bpmn(write_bpmn(definitions))[0] == definitions
    assert all(f.code in codes.TITLES and f.remedy for f in findings)


@given(st.binary(max_size=300))
def test_random_bytes_never_surprise(data):
    only_known_errors(data)
    only_known_errors(b"<" + data)


@given(st.integers(0, 2**32))
def test_a_damaged_document_never_surprises(seed):
    only_known_errors(mutated(SAMPLE, seed))


@given(seed=st.integers(0, 2**32))
def test_a_damaged_real_file_never_surprises(shared_data, seed):
    files = [path for path in collection(shared_data) if path.stat().st_size < 30_000]
    only_known_errors(mutated(files[seed % len(files)].read_bytes(), seed))


def test_namespaces_of_the_sample_are_those_of_the_helper():
    assert f'xmlns="{MODEL}"' in NAMESPACES
