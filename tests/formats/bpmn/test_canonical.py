"""The one spelling: stable, the same model, whatever a file was saved with."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from msgspec.structs import replace

from bpmn_xml import read
from bpmn_xml.check.schema import validate
from bpmn_xml.errors import ReadError
from bpmn_xml.formats import write
from bpmn_xml.formats.bpmn.canonical import canonical
from bpmn_xml.layout import lay_out
from bpmn_xml.model import (
    Bounds,
    BPMNDiagram,
    BPMNEdge,
    BPMNLabel,
    BPMNPlane,
    BPMNShape,
    Definitions,
    Point,
)
from tests.conftest import ROOT

DIAGRAMS = sorted((ROOT / "diagrams").rglob("*.bpmn"))


@pytest.mark.parametrize("path", DIAGRAMS, ids=lambda path: path.name)
def test_it_is_stable(path: Path) -> None:
    once = write(canonical(read(path)))
    assert write(canonical(read(once))) == once


SPELLED = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"
    xmlns:dc="http://www.omg.org/spec/DD/20100524/DC" targetNamespace="urn:x" id="d"
    exporter="One" xmlns:z="urn:z" xmlns:a="urn:a">
  <process id="p">
    <sequenceFlow id="f2" sourceRef="a" targetRef="b"/>
    <endEvent id="b"/>
    <sequenceFlow id="f1" sourceRef="a" targetRef="b"/>
    <subProcess id="c"><task id="y"/><task id="x"/></subProcess>
    <exclusiveGateway id="a"/>
  </process>
  <category id="k"/>
  <bpmndi:BPMNDiagram><bpmndi:BPMNPlane bpmnElement="p">
    <bpmndi:BPMNShape id="one" bpmnElement="b"><dc:Bounds x="1.04" y="2" width="3" height="4"/>
    </bpmndi:BPMNShape>
    <bpmndi:BPMNShape id="two" bpmnElement="a"><dc:Bounds x="1" y="2" width="3" height="4"/>
    </bpmndi:BPMNShape></bpmndi:BPMNPlane></bpmndi:BPMNDiagram>
</definitions>"""

OTHER = (
    SPELLED.replace('exporter="One" xmlns:z="urn:z" xmlns:a="urn:a"', 'xmlns:a="urn:a"')
    .replace(">\n</definitions>", ' xmlns:z="urn:z">\n</definitions>')
    .replace('<endEvent id="b"/>\n', "")
    .replace('<exclusiveGateway id="a"/>', '<exclusiveGateway id="a"/><endEvent id="b"/>')
    .replace('id="one"', 'id="_1"')
    .replace("1.04", "1")
    .replace('xmlns:a="urn:a"', 'xmlns:a="urn:a" xmlns:z="urn:z"')
    .replace(' xmlns:z="urn:z">\n</definitions>', ">\n</definitions>")
)


def test_two_spellings_become_one() -> None:
    one, other = read(SPELLED.encode()), read(OTHER.encode())
    assert write(one) != write(other)
    assert write(canonical(one)) == write(canonical(other))


CHOREOGRAPHY = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"
    targetNamespace="urn:x"><choreography id="c">
  <participant id="A" name="A"/><participant id="B" name="B"/>
  <messageFlow id="m" sourceRef="A" targetRef="B"/>
  <choreographyTask id="t" initiatingParticipantRef="A"><participantRef>A</participantRef>
    <participantRef>B</participantRef><messageFlowRef>m</messageFlowRef></choreographyTask>
  <choreographyTask id="t_di" initiatingParticipantRef="A"><participantRef>A</participantRef>
    <participantRef>B</participantRef><messageFlowRef>m</messageFlowRef></choreographyTask>
  <sequenceFlow id="f" sourceRef="t" targetRef="t_di"/>
</choreography></definitions>"""


def test_what_is_drawn_twice_gets_ids_of_its_own_and_what_names_shapes_names_the_new_ones() -> None:
    drawn = lay_out(read(CHOREOGRAPHY.encode()))
    (diagram,) = drawn.diagrams
    first = {shape.bpmn_element: shape.id for shape in diagram.plane.elements}
    ends = {"source_element": first["t"], "target_element": first["t_di"]}
    elements = tuple(
        replace(shape, **ends) if isinstance(shape, BPMNEdge) else shape
        for shape in diagram.plane.elements
    )
    plane = replace(diagram.plane, elements=elements)
    definitions = canonical(replace(drawn, diagrams=(replace(diagram, plane=plane),)))
    assert validate(write(definitions), "c.bpmn") == []
    shapes = definitions.diagrams[0].plane.elements
    shown = {shape.id: shape.bpmn_element for shape in shapes}
    (edge,) = (shape for shape in shapes if isinstance(shape, BPMNEdge))
    assert (shown[edge.source_element], shown[edge.target_element]) == ("t", "t_di")
    bands = [shape for shape in shapes if getattr(shape, "choreography_activity_shape", None)]
    tasks = [shown[band.choreography_activity_shape] for band in bands]
    assert tasks == ["t", "t_di", "t", "t_di"]
    assert [band.bpmn_element for band in bands] == ["A", "A", "B", "B"]


def _drawn(elements: Iterable[BPMNEdge | BPMNShape]) -> list[str | None]:
    """The ids that shapes and edges get, and get again."""
    plane = BPMNPlane(elements=tuple(elements))
    once = canonical(Definitions(id="d", diagrams=(BPMNDiagram(plane=plane),)))
    assert canonical(once) == once
    return [element.id for element in once.diagrams[0].plane.elements]


def test_what_shows_nothing_is_named_by_its_place() -> None:
    edges = [
        BPMNEdge(id=name, waypoints=(Point(x=x, y=0), Point(x=9, y=0))) for name, x in EDGES.items()
    ]
    assert _drawn(edges) == ["none_di", "none_di_2"] == _drawn(reversed(edges))


EDGES = {"E1": 5, "E1_di": 0}


def test_many_shapes_of_one_element_keep_their_order() -> None:
    shapes = [
        BPMNShape(bpmn_element="a", bounds=Bounds(x=x, y=0, width=1, height=1)) for x in range(11)
    ]
    assert _drawn(shapes) == ["a_di", *(f"a_di_{number}" for number in range(2, 12))]


def test_real_files_are_stable(shared_data: Path) -> None:
    files = sorted(shared_data.rglob("*.bpmn"))
    assert files
    for path in files:
        try:
            once = canonical(read(path))
        except ReadError:
            continue
        assert canonical(once) == once, path


def test_what_is_no_shape_and_no_edge_stays_as_it_is() -> None:
    label = BPMNLabel(id="l", bounds=Bounds(x=1.04, y=0, width=1, height=1))
    diagram = BPMNDiagram(plane=BPMNPlane(elements=(label,)))
    model = Definitions(id="d", diagrams=(diagram,))
    assert canonical(model).diagrams[0].plane.elements == (label,)


def test_flows_keep_the_order_in_which_they_are_asked() -> None:
    (process, _) = canonical(read(SPELLED.encode())).root_elements
    names = [element.id for element in process.flow_elements]  # type: ignore[attr-defined] # a process
    assert names == ["a", "b", "c", "f2", "f1"]
