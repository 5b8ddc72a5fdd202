"""An event is told by the definitions that it refers to as by its own ones (10.5)."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from bpmn_xml import check, model
from bpmn_xml.compiler import compile_models
from bpmn_xml.compiler.fingerprint import program_hash
from bpmn_xml.formats import read
from bpmn_xml.model.sharing import with_shared_events

SPACE = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ELEMENTS = Path("diagrams/elements")
DRAWINGS = sorted(
    path.name for path in ELEMENTS.glob("*.bpmn") if b"EventDefinition" in path.read_bytes()
)


def shared(text: bytes) -> bytes:
    """The same file, with all event definitions beside the processes and references to them."""
    root = etree.fromstring(text)
    inside = root.iterfind(f"{SPACE}process//{SPACE}*")
    own = [one for one in inside if one.tag.endswith("EventDefinition")]
    for number, definition in enumerate(own):
        reference = etree.Element(f"{SPACE}eventDefinitionRef")
        reference.text = definition.get("id", f"shared_{number}")
        parent = definition.getparent()
        assert parent is not None
        parent.replace(definition, reference)
        definition.set("id", reference.text)
        root.insert(0, definition)
    return etree.tostring(root)


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_whose_definitions_are_shared_is_the_same_program(name: str) -> None:
    text = (ELEMENTS / name).read_bytes()
    programs = [compile_models([read(each)]) for each in (text, shared(text))]
    own, other = map(program_hash, programs)
    assert own == other


HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<errorEventDefinition id="failed" errorRef="E"/><cancelEventDefinition id="cancelled"/>
<linkEventDefinition id="link" name="away"/><error id="E" name="E" errorCode="bad"/>
<process id="p" isExecutable="true"><startEvent id="s"/>"""
CAUGHT = """<sequenceFlow id="f1" sourceRef="s" targetRef="u"/><subProcess id="u">
<startEvent id="s1"/><sequenceFlow id="g" sourceRef="s1" targetRef="e1"/>
<endEvent id="e1"><errorEventDefinition id="d" errorRef="E"/></endEvent></subProcess>
<boundaryEvent id="b" attachedToRef="u"><eventDefinitionRef>failed</eventDefinitionRef>
</boundaryEvent><sequenceFlow id="f2" sourceRef="b" targetRef="e"/>"""
JUMPS = """<sequenceFlow id="f1" sourceRef="s" targetRef="t"/>
<intermediateThrowEvent id="t"><eventDefinitionRef>link</eventDefinitionRef>
</intermediateThrowEvent><intermediateCatchEvent id="c"><eventDefinitionRef>link
</eventDefinitionRef></intermediateCatchEvent><sequenceFlow id="f2" sourceRef="c" targetRef="e"/>"""
FOOT = '<endEvent id="e"/></process></definitions>'


@pytest.mark.parametrize(
    "inside", [CAUGHT, JUMPS], ids=["an error is caught", "a link is followed"]
)
def test_what_refers_to_a_shared_definition_is_in_order(inside: str) -> None:
    assert [str(one) for one in check(f"{HEAD}{inside}{FOOT}".encode(), aim="run")] == []


CANCELLED = """<sequenceFlow id="f1" sourceRef="s" targetRef="u"/><subProcess id="u">
<startEvent id="s1"/></subProcess><sequenceFlow id="f3" sourceRef="u" targetRef="e"/>
<boundaryEvent id="b" attachedToRef="u"><eventDefinitionRef>cancelled</eventDefinitionRef>
</boundaryEvent><sequenceFlow id="f2" sourceRef="b" targetRef="e"/>"""


def test_only_a_transaction_is_cancelled_by_a_shared_definition_either() -> None:
    found = check(f"{HEAD}{CANCELLED}{FOOT}".encode(), aim="run")
    assert "no transaction" in next(one.message for one in found if one.id == "b")


def test_nothing_is_made_anew_where_nothing_is_shared() -> None:
    event = model.StartEvent(id="s", event_definition_refs=("missing",))
    process = model.Process(id="p", flow_elements=(event,))
    plain = model.Definitions(id="d", root_elements=(process,))
    assert with_shared_events(plain) is plain
    timer = model.TimerEventDefinition(id="t")
    beside = model.Definitions(id="d", root_elements=(timer, process))
    assert with_shared_events(beside) is beside


def test_what_a_loop_announces_is_given_too() -> None:
    thrown = model.ImplicitThrowEvent(id="i", event_definition_refs=("n",))
    when = model.ComplexBehaviorDefinition(id="c", event=thrown)
    loop = model.MultiInstanceLoopCharacteristics(id="l", complex_behavior_definitions=(when,))
    task = model.Task(id="t", loop_characteristics=loop)
    signal = model.SignalEventDefinition(id="n")
    roots = (signal, model.Process(id="p", flow_elements=(task,)))
    _, process = with_shared_events(model.Definitions(id="d", root_elements=roots)).root_elements
    given = process.flow_elements[0].loop_characteristics.complex_behavior_definitions[0].event
    assert given == model.ImplicitThrowEvent(id="i", event_definitions=(signal,))
