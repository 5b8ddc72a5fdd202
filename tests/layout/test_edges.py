from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.layout.edges import (
    Edge,
    edges_of_artifacts,
    edges_of_collaboration,
    edges_of_flow,
)

IN = model.DataInputAssociation(id="in", source_refs=("d", "e"))
OUT = model.DataOutputAssociation(id="out", target_ref="d")


@pytest.mark.parametrize(
    ("element", "edges"),
    [
        (
            model.SequenceFlow(id="f", source_ref="a", target_ref="b", name="x"),
            [Edge("f", "sequence", "a", "b", "x")],
        ),
        (
            model.Task(id="t", data_input_associations=(IN,), data_output_associations=(OUT,)),
            [Edge("in", "data", "d", "t"), Edge("out", "data", "t", "d")],
        ),
        (
            model.Task(
                id="t",
                data_input_associations=(model.DataInputAssociation(id="i"),),
                data_output_associations=(model.DataOutputAssociation(id="o"),),
            ),
            [],
        ),
        (
            model.StartEvent(id="s", data_output_associations=(OUT,)),
            [Edge("out", "data", "s", "d")],
        ),
        (model.EndEvent(id="e", data_input_associations=(IN,)), [Edge("in", "data", "d", "e")]),
        (model.DataObject(id="o"), []),
    ],
)
def test_edges_of_flow(element, edges):
    assert list(edges_of_flow((element,))) == edges


def test_edges_of_artifacts():
    line = model.Association(id="l", source_ref="a", target_ref="b")
    assert list(edges_of_artifacts((model.TextAnnotation(id="a"), line))) == [
        Edge("l", "association", "a", "b")
    ]


def test_edges_of_collaboration():
    collaboration = model.Collaboration(
        id="c",
        message_flows=(model.MessageFlow(id="m", source_ref="a", target_ref="b", name="hi"),),
        conversation_links=(model.ConversationLink(id="k", source_ref="a", target_ref="b"),),
        artifacts=(model.Association(id="l", source_ref="a", target_ref="b"),),
    )
    assert [(edge.id, edge.kind, edge.name) for edge in edges_of_collaboration(collaboration)] == [
        ("m", "message", "hi"),
        ("k", "link", ""),
        ("l", "association", ""),
    ]
