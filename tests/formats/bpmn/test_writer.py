"""What is written reads back the same, in the order of the schema and with the same prefixes."""

from __future__ import annotations

from itertools import count

import pytest
from hypothesis import given

from bpmn_xml import model
from bpmn_xml.errors import UsageError
from bpmn_xml.formats import codes
from bpmn_xml.formats.bpmn.reader import read_bpmn
from bpmn_xml.formats.bpmn.writer import write_bpmn
from tests.conftest import ROOT
from tests.formats.bpmn.documents import MODEL, document
from tests.formats.bpmn.models import MODEL_CLASSES, complete, definitions, wrapped
from tests.real import real_files

FORMAL = 'xsi:type="bpmn:tFormalExpression"'


@given(definitions())
def test_what_is_written_reads_back_the_same(made):
    written = write_bpmn(made)
    assert read_bpmn(written)[0] == made
    again = write_bpmn(read_bpmn(written)[0])
    assert write_bpmn(read_bpmn(again)[0]) == again


@pytest.mark.parametrize("cls", MODEL_CLASSES, ids=lambda cls: cls.__name__)
def test_every_field_of_every_class_reads_back_the_same(cls):
    numbers = count(1)
    ((field, value),) = wrapped(complete(cls, numbers), numbers).items()
    made = model.Definitions(id="d", **{field: (value,)})
    definitions, findings = read_bpmn(write_bpmn(made))
    assert definitions == made
    assert {f.code for f in findings} <= {codes.MISSING}


def lines(made):
    return write_bpmn(made).decode().splitlines()


def test_a_model_of_ones_own_gets_the_usual_prefixes():
    shape = model.BPMNShape(
        bpmn_element="t",
        bounds=model.Bounds(x=1, y=2.5, width=100.0, height=80),
    )
    flow = model.SequenceFlow(
        id="f",
        source_ref="t",
        target_ref="t",
        condition_expression=model.FormalExpression(body="a < b"),
    )
    made = model.Definitions(
        id="d",
        target_namespace="urn:t",
        root_elements=(
            model.Process(id="p", flow_elements=(flow, model.Task(id="t", incoming=("f",)))),
        ),
        diagrams=(model.BPMNDiagram(plane=model.BPMNPlane(bpmn_element="p", elements=(shape,))),),
    )
    assert lines(made)[2:] == [
        '  <bpmn:process id="p">',
        '    <bpmn:sequenceFlow id="f" sourceRef="t" targetRef="t">',
        f"      <bpmn:conditionExpression {FORMAL}>a &lt; b</bpmn:conditionExpression>",
        "    </bpmn:sequenceFlow>",
        '    <bpmn:task id="t">',
        "      <bpmn:incoming>f</bpmn:incoming>",
        "    </bpmn:task>",
        "  </bpmn:process>",
        "  <bpmndi:BPMNDiagram>",
        '    <bpmndi:BPMNPlane bpmnElement="p">',
        '      <bpmndi:BPMNShape bpmnElement="t">',
        '        <dc:Bounds x="1" y="2.5" width="100" height="80"/>',
        "      </bpmndi:BPMNShape>",
        "    </bpmndi:BPMNPlane>",
        "  </bpmndi:BPMNDiagram>",
        "</bpmn:definitions>",
    ]
    assert read_bpmn(write_bpmn(made))[0] == made


def test_prefixes_of_the_file_are_kept():
    data = document(
        '<process id="p"><extensionElements><q:a xmlns:q="urn:q" q:b="1"/></extensionElements>'
        '<receiveTask id="r" messageRef="o:m"/></process>'
    )
    written = write_bpmn(read_bpmn(data)[0]).decode()
    assert f'xmlns="{MODEL}"' in written
    assert '<q:a q:b="1"/>' in written
    assert 'messageRef="o:m"' in written
    assert written.count("xmlns:q") == 1


def test_a_prefix_that_is_taken_is_not_used_for_bpmn():
    bindings = (("bpmn", "urn:a"), ("xsi", "urn:b"))
    made = model.Definitions(id="d", namespaces=model.Namespaces(bindings=bindings))
    written = lines(made)[1]
    assert written.startswith('<ns1:definitions xmlns:bpmn="urn:a" xmlns:xsi="urn:b"')
    assert f'xmlns:ns1="{MODEL}"' in written


def test_a_foreign_attribute_does_not_take_bpmns_prefix():
    attribute = model.ForeignAttribute(name="x", value="1", namespace="urn:a", prefix="bpmn")
    made = model.Definitions(
        id="d", root_elements=(model.Process(id="p", extension_attributes=(attribute,)),)
    )
    assert lines(made)[2] == '  <bpmn:process xmlns:ns1="urn:a" id="p" ns1:x="1"/>'


def test_imported_namespaces_are_declared():
    made = model.Definitions(
        id="d",
        imports=(model.Import(namespace="urn:i", location="i.bpmn", import_type=MODEL),),
        root_elements=(model.Signal(id="s", structure_ref="{urn:i}x"),),
    )
    assert 'structureRef="ns1:x"' in write_bpmn(made).decode()
    assert read_bpmn(write_bpmn(made))[0] == made


def test_an_undeclared_namespace_of_a_reference_is_kept_as_it_is():
    made = model.Definitions(
        id="d", root_elements=(model.Signal(id="s", structure_ref="{urn:i}x"),)
    )
    assert read_bpmn(write_bpmn(made))[0] == made


def test_a_reference_that_is_missing_stays_missing():
    made = model.Definitions(
        id="d",
        root_elements=(
            model.Process(
                id="p",
                flow_elements=(model.SequenceFlow(id="f", source_ref="", target_ref="a"),),
            ),
        ),
    )
    assert "sourceRef" not in write_bpmn(made).decode()
    assert read_bpmn(write_bpmn(made))[0] == made


IMPOSSIBLE = [
    model.Definitions(id="d", name="a\x00b"),
    model.Definitions(id="d", name="\ud800"),
    model.Definitions(id="d", extension_attributes=(model.ForeignAttribute(name="a b", value=""),)),
    model.Definitions(id="d", extension_attributes=(model.ForeignAttribute(name="id", value=""),)),
    model.Definitions(id="d", foreign_elements=(model.ForeignElement(name=""),)),
    model.Definitions(id="d", foreign_elements=(model.ForeignElement(name="a", text="\x1b"),)),
    model.Definitions(id="d", root_elements=(type("Own", (model.Process,), {})(id="p"),)),
]


@pytest.mark.parametrize("made", IMPOSSIBLE, ids=range(len(IMPOSSIBLE)))
def test_what_xml_cannot_hold_is_refused(made):
    with pytest.raises(UsageError):
        write_bpmn(made)


def test_output_is_valid_whenever_the_input_was():
    etree = pytest.importorskip("lxml.etree")
    schema = etree.XMLSchema(etree.parse(str(ROOT / "schemas" / "bpmn.xsd")))
    valid = [path for path in real_files() if schema.validate(etree.parse(str(path)))]
    assert valid
    for path in valid:
        written = write_bpmn(read_bpmn(path.read_bytes())[0])
        assert schema.validate(etree.fromstring(written).getroottree()), (path, schema.error_log)
