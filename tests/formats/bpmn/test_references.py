"""References that lead nowhere are told; those that could mean several elements are errors."""

from __future__ import annotations

import pytest

from bpmn_xml.errors import ReadError
from bpmn_xml.formats import codes
from bpmn_xml.formats.bpmn.reader import read_bpmn
from bpmn_xml.formats.bpmn.references import review
from tests.formats.bpmn.documents import document, process


def reviewed(data):
    definitions, _ = read_bpmn(data, "f")
    return [(f.code, f.place.line, f.id, f.message) for f in review(definitions)]


DANGLING = [
    (
        process('<sequenceFlow id="f" sourceRef="a" targetRef="b"/><task id="b"/>'),
        [(codes.DANGLING, 3, "f", "sourceRef='a' leads nowhere")],
    ),
    (
        process('<task id="t"><incoming>f</incoming><outgoing>g</outgoing></task>'),
        [
            (codes.DANGLING, 3, "t", "incoming='f' leads nowhere"),
            (codes.DANGLING, 3, "t", "outgoing='g' leads nowhere"),
        ],
    ),
    (
        process('<task id="t" default="t"/>'),
        [(codes.DANGLING, 3, "t", "default='t' leads nowhere")],
    ),
    (process('<callActivity id="c" calledElement="elsewhere"/>'), []),
    (process('<receiveTask id="r" messageRef="o:m"/>'), []),
    (process('<serviceTask id="s" operationRef=""/>'), []),
    (document('<signal id="s" structureRef="anything"/>'), []),
    (
        document('<bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="x"/></bpmndi:BPMNDiagram>'),
        [(codes.DANGLING, 2, "", "bpmnElement='x' leads nowhere")],
    ),
]


@pytest.mark.parametrize(("data", "expected"), DANGLING, ids=range(len(DANGLING)))
def test_references_that_lead_nowhere(data, expected):
    assert reviewed(data) == expected


def test_an_id_that_stands_twice_is_told_for_each_but_the_first():
    data = process('<task id="t" name="one"/>\n<task id="t" name="two"/>\n<task id="t"/>')
    message = "the id 't' stands at f:3:1 too"
    assert reviewed(data) == [
        (codes.SAME_ID, 4, "t", message),
        (codes.SAME_ID, 5, "t", message),
    ]


def test_shapes_may_have_the_ids_of_elements():
    data = document(
        '<process id="p"/><bpmndi:BPMNDiagram id="p"><bpmndi:BPMNPlane id="p" bpmnElement="p"/>'
        "</bpmndi:BPMNDiagram>"
    )
    assert reviewed(data) == []


END = '<sequenceFlow id="f" sourceRef="a" targetRef="b"/><task id="b"/>'
INNER = '<subProcess id="{}"><task id="a"/></subProcess>'
LOOP = '<sequenceFlow id="f" sourceRef="a" targetRef="a"/>'
TWICE = [
    (f'<task id="a"/><task id="a"/>{END}', ["sourceRef='a' could mean f:3:1, f:3:15"]),
    (f'<task id="a"/><dataObject id="a"/>{END}', []),
    (f'<task id="a"/><subProcess id="s"><task id="a"/></subProcess>{END}', []),
    (
        f"{INNER.format('s')}{INNER.format('r')}{END}",
        ["sourceRef='a' could mean f:3:20, f:3:66"],
    ),
    ('<task id="a"/><task id="a"/>', []),
    (f'<task id="a"><outgoing>f</outgoing></task>{LOOP}{LOOP}', []),
]


@pytest.mark.parametrize(("body", "expected"), TWICE, ids=range(len(TWICE)))
def test_which_references_are_ambiguous(body, expected):
    try:
        read_bpmn(process(body), "f")
        found = ()
    except ReadError as error:
        found = error.findings
    assert [finding.message for finding in found] == expected
    assert {finding.code for finding in found} <= {codes.AMBIGUOUS}
