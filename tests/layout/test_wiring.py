from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.layout.outline import outlines
from bpmn_xml.layout.wiring import host_of, wire
from tests.layout.processes import alone, flows

TASKS = (model.Task(id="a"), model.Task(id="b"))
EVENT = model.BoundaryEvent(id="e", attached_to_ref="a")


def wired(definitions):
    (outline,) = outlines(definitions)
    return outline, wire(outline)


def lines(*pairs):
    return tuple(model.Association(id=f"{a}_{b}", source_ref=a, target_ref=b) for a, b in pairs)


@pytest.mark.parametrize(
    ("elements", "artifacts", "arcs", "free"),
    [
        (flows(("a", "b")), (), ["a_b_0"], []),
        (flows(("e", "b")), (), ["e_b_0"], []),
        (flows(("a", "e")), (), [], ["a_e_0"]),
        ((), lines(("e", "b")), ["e_b"], []),  # a compensation handler
        ((), lines(("e", "a")), [], ["e_a"]),
        ((), lines(("a", "b")), [], ["a_b"]),
    ],
)
def test_arcs_and_free_edges(elements, artifacts, arcs, free):
    _, wiring = wired(alone(*TASKS, EVENT, *elements, artifacts=artifacts))
    assert [edge.id for edge in wiring.arcs["process"]] == arcs
    assert [edge.id for edge in wiring.free] == free


@pytest.mark.parametrize(
    ("pairs", "clinging", "tethers"),
    [
        ([("n", "a")], {"a": ["n"]}, ["n_a"]),
        ([("a", "n")], {"a": ["n"]}, ["a_n"]),
        ([("n", "b"), ("n", "a")], {"b": ["n"]}, ["n_b"]),
        ([("n", "e")], {"a": ["n"]}, []),
        ([("n", "a_b_0")], {"a": ["n"]}, []),
        ([("n", "m"), ("m", "b")], {"b": ["n", "m"]}, ["m_b"]),
        ([("n", "inner")], {"s": ["n"]}, []),
        ([("n", "lane")], {}, []),
    ],
)
def test_things_cling_to_the_node_of_their_first_useful_edge(pairs, clinging, tethers):
    inside = model.SubProcess(id="s", flow_elements=(model.Task(id="inner"),))
    notes = (model.TextAnnotation(id="n"), model.TextAnnotation(id="m"))
    lanes = (model.LaneSet(id="ls", lanes=(model.Lane(id="lane"),)),)
    _, wiring = wired(
        alone(
            *TASKS,
            EVENT,
            inside,
            *flows(("a", "b")),
            artifacts=(*notes, *lines(*pairs)),
            lane_sets=lanes,
        )
    )
    assert wiring.clinging == clinging
    assert [edge.id for edges in wiring.tethers.values() for edge in edges] == tethers
    loose = {"n", "m"} - {thing for things in clinging.values() for thing in things}
    assert set(wiring.loose.get("process", ())) == loose


def test_notes_of_a_collaboration_cling_to_nodes_of_its_processes():
    task = model.Task(id="t")
    inside = model.SubProcess(id="s", flow_elements=(task,))
    process = model.Process(id="p", flow_elements=(inside,))
    collaboration = model.Collaboration(
        id="c",
        participants=(model.Participant(id="pool", process_ref="p"),),
        artifacts=(
            model.TextAnnotation(id="n"),
            model.TextAnnotation(id="m"),
            *lines(("n", "t"), ("m", "pool")),
        ),
    )
    _, wiring = wired(model.Definitions(id="d", root_elements=(collaboration, process)))
    assert wiring.clinging == {"s": ["n"]}
    assert wiring.loose == {"c": ["m"]}
    assert [edge.id for edge in wiring.free] == ["n_t", "m_pool"]


def test_groups_cling_to_nothing():
    _, wiring = wired(alone(*TASKS, artifacts=(model.Group(id="g"), *lines(("g", "a")))))
    assert wiring.loose == {"process": ["g"]}


def test_data_inside_does_not_cling_to_what_is_outside():
    data = model.DataStoreReference(id="d")
    inside = model.SubProcess(id="s", flow_elements=(data,), artifacts=lines(("d", "a")))
    _, wiring = wired(alone(*TASKS, inside))
    assert wiring.loose == {"s": ["d"]}
    assert [edge.id for edge in wiring.free] == ["d_a"]


def test_host_of():
    outline, _ = wired(alone(*TASKS, EVENT, model.BoundaryEvent(id="x", attached_to_ref="?")))
    assert [host_of(outline, node) for node in ("a", "e", "x")] == ["a", "a", "x"]
