"""All elements are visited once, each with its container."""

from __future__ import annotations

import msgspec
from hypothesis import given

from bpmn_xml import model
from bpmn_xml.model.walk import (
    by_id,
    children,
    flow_elements,
    message_flows,
    participants,
    processes,
    root_elements,
    structure,
    walk,
)
from tests.formats.bpmn.models import definitions

INNER = model.SubProcess(
    id="s",
    flow_elements=(
        model.Task(
            id="t",
            documentation=(model.Documentation(text="d"),),
            loop_characteristics=model.StandardLoopCharacteristics(
                id="l", loop_condition=model.Expression(body="x", id="e")
            ),
        ),
    ),
)
COLLABORATION = model.Collaboration(
    id="c",
    participants=(model.Participant(id="a", process_ref="p"), model.Participant(id="b")),
    message_flows=(model.MessageFlow(id="m", source_ref="t", target_ref="b"),),
)
PROCESS = model.Process(id="p", flow_elements=(model.StartEvent(id="x"), INNER))
DIAGRAM = model.BPMNDiagram(id="D", plane=model.BPMNPlane(bpmn_element="p"))
SAMPLE = model.Definitions(
    id="d", root_elements=(COLLABORATION, PROCESS, model.Message(id="n")), diagrams=(DIAGRAM,)
)


def label(element):
    return getattr(element, "id", None) or type(element).__name__


def test_elements_come_with_their_containers_parents_first():
    found = [(label(e), container and label(container)) for e, container in walk(SAMPLE)]
    assert found == [
        ("d", None),
        ("c", "d"),
        ("a", "c"),
        ("b", "c"),
        ("m", "c"),
        ("p", "d"),
        ("x", "p"),
        ("s", "p"),
        ("t", "s"),
        ("Documentation", "s"),
        ("l", "s"),
        ("e", "s"),
        ("n", "d"),
        ("D", "d"),
        ("BPMNPlane", "d"),
    ]


def test_the_index_holds_elements_of_a_class():
    assert sorted(by_id(SAMPLE)) == ["a", "b", "c", "l", "m", "n", "p", "s", "t", "x"]
    assert sorted(by_id(SAMPLE, model.FlowNode)) == ["s", "t", "x"]
    assert by_id(SAMPLE, model.BPMNDiagram) == {"D": DIAGRAM}


def test_the_first_of_several_elements_wins():
    twice = (model.Task(id="t", name="one"), model.Task(id="t", name="two"))
    assert by_id(model.Process(id="p", flow_elements=twice))["t"].name == "one"


def test_what_is_asked_for_often():
    assert processes(SAMPLE) == (PROCESS,)
    assert participants(SAMPLE) == COLLABORATION.participants
    assert message_flows(SAMPLE) == COLLABORATION.message_flows
    assert root_elements(SAMPLE, model.Message) == (model.Message(id="n"),)
    found = [(element.id, container.id) for element, container in flow_elements(SAMPLE)]
    assert found == [("x", "p"), ("s", "p"), ("t", "s")]


def test_structure_leaves_out_values_and_what_is_foreign():
    assert structure(model.Point) == ()
    assert structure(model.Definitions) == (
        "imports",
        "extensions",
        "root_elements",
        "diagrams",
        "relationships",
    )


def counted(value):
    """How many elements a value holds, found without knowing its fields."""
    if isinstance(value, tuple):
        return sum(map(counted, value))
    inside = getattr(value, "__struct_fields__", ())
    own = isinstance(value, model.Element)
    return own + sum(counted(getattr(value, name)) for name in inside if own)


@given(definitions())
def test_no_element_is_left_out(made):
    assert len(list(walk(made))) == counted(made)
    assert all(isinstance(child, msgspec.Struct) for child in children(made))
