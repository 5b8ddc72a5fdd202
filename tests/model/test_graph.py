"""Containers are graphs of flow nodes and sequence flows, which nothing can change."""

from __future__ import annotations

import networkx as nx
import pytest

from bpmn_xml import model


def flow(identity, source, target):
    return model.SequenceFlow(id=identity, source_ref=source, target_ref=target)


LINK = (model.LinkEventDefinition(id="ld", name="L"),)
OTHER = (model.TerminateEventDefinition(id="te"), model.LinkEventDefinition(id="lo", name="M"))
INNER = model.SubProcess(
    id="inner", flow_elements=(model.Task(id="deep"), flow("f9", "deep", "deep"))
)
OUTER = model.SubProcess(
    id="outer",
    flow_elements=(model.StartEvent(id="s2"), INNER, flow("f8", "s2", "inner")),
)
PROCESS = model.Process(
    id="p",
    flow_elements=(
        model.StartEvent(id="s"),
        model.Task(
            id="t",
            data_input_associations=(
                model.DataInputAssociation(id="in", source_refs=("d", "unknown"), target_ref="x"),
            ),
            data_output_associations=(
                model.DataOutputAssociation(id="out", source_refs=("x",), target_ref="d"),
                model.DataOutputAssociation(id="nowhere", target_ref=None),
            ),
        ),
        model.BoundaryEvent(id="b", attached_to_ref="t"),
        model.BoundaryEvent(id="loose", attached_to_ref="nothing"),
        OUTER,
        model.IntermediateThrowEvent(id="throw", event_definitions=LINK),
        model.IntermediateThrowEvent(id="lost", event_definitions=OTHER),
        model.IntermediateCatchEvent(id="catch", event_definitions=LINK),
        model.DataObjectReference(id="d"),
        flow("f1", "s", "t"),
        flow("f2", "t", "outer"),
        flow("f3", "t", "outer"),
        flow("f4", "t", "nothing"),
        flow("f5", "nothing", "t"),
        flow("f6", "t", "deep"),
    ),
)
NODES = ["s", "t", "b", "loose", "outer", "throw", "lost", "catch"]


def test_nodes_and_edges():
    graph = PROCESS.graph
    assert list(graph.nodes) == NODES
    assert list(graph.edges(keys=True)) == [
        ("s", "t", "f1"),
        ("t", "outer", "f2"),
        ("t", "outer", "f3"),
    ]
    assert graph.nodes["outer"]["element"] is OUTER
    assert graph.edges["s", "t", "f1"]["element"].id == "f1"
    assert nx.has_path(graph, "s", "outer")


@pytest.mark.parametrize(
    "container",
    [
        model.SubProcess(id="x", flow_elements=PROCESS.flow_elements),
        model.Choreography(id="x", flow_elements=PROCESS.flow_elements),
        model.SubChoreography(
            id="x", initiating_participant_ref="a", flow_elements=PROCESS.flow_elements
        ),
    ],
    ids=lambda container: type(container).__name__,
)
def test_every_container_has_a_graph(container):
    assert list(container.graph.nodes) == NODES


def test_the_graph_is_made_once_and_cannot_be_changed():
    assert PROCESS.graph is PROCESS.graph
    for graph in (PROCESS.graph, PROCESS.graph_with()):
        with pytest.raises(nx.NetworkXError):
            graph.add_node("new")


def test_the_graph_takes_no_part_in_equality():
    made, same = (model.Process(id="p", flow_elements=PROCESS.flow_elements) for _ in "ab")
    assert made.graph
    assert made == same
    assert "graph" not in repr(made)


MESSAGES = (model.MessageFlow(id="m", source_ref="t", target_ref="elsewhere"),)
EXTRA = [
    ({"attachments": True}, [("t", "b", "b", "attachment")]),
    (
        {"contents": True},
        [
            ("outer", "s2", "s2", "content"),
            ("outer", "inner", "inner", "content"),
            ("inner", "deep", "deep", "content"),
            ("s2", "inner", "f8", "flow"),
            ("deep", "deep", "f9", "flow"),
        ],
    ),
    ({"links": True}, [("throw", "catch", "throw", "link")]),
    ({"messages": MESSAGES}, [("t", "elsewhere", "m", "message")]),
    ({"data": True}, [("d", "t", "in", "data"), ("t", "d", "out", "data")]),
    ({}, []),
]


@pytest.mark.parametrize(("wanted", "edges"), EXTRA, ids=range(len(EXTRA)))
def test_typed_edges(wanted, edges):
    graph = PROCESS.graph_with(**wanted)
    found = set(graph.edges(keys=True, data="kind"))
    assert found - set(PROCESS.graph.edges(keys=True, data="kind")) == set(edges)
    assert set(graph.edges(keys=True)) >= set(PROCESS.graph.edges(keys=True))
    assert all("element" in graph.nodes[node] for node in graph)


def test_all_kinds_at_once():
    graph = PROCESS.graph_with(
        attachments=True, contents=True, links=True, messages=MESSAGES, data=True
    )
    assert {kind for *_, kind in graph.edges(data="kind")} == {
        "attachment",
        "content",
        "data",
        "flow",
        "link",
        "message",
    }
    assert graph.nodes["elsewhere"]["element"] is None
    assert graph.nodes["d"]["element"].id == "d"
    assert graph.nodes["deep"]["element"].id == "deep"


def test_deep_nesting_meets_no_recursion_limit():
    container = model.SubProcess(id="n0")
    for number in range(1, 3000):
        container = model.SubProcess(id=f"n{number}", flow_elements=(container,))
    assert len(container.graph_with(contents=True)) == 2999
