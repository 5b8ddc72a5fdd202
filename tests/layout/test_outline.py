from __future__ import annotations

from bpmn_xml import model
from bpmn_xml.layout.outline import outlines
from tests.layout.processes import alone, flows


def only(definitions):
    (outline,) = outlines(definitions)
    return outline


def test_scopes_hold_nodes_things_and_boundary_events():
    inner = model.SubProcess(id="s", flow_elements=(model.Task(id="t"),))
    event = model.BoundaryEvent(id="b", attached_to_ref="s")
    lost = model.BoundaryEvent(id="x", attached_to_ref="nobody")
    data = model.DataStoreReference(id="d")
    outline = only(alone(inner, event, lost, data, model.ImplicitThrowEvent(id="i")))
    assert list(outline.scopes) == ["process", "s"]
    scope = outline.scopes["process"]
    assert [node.id for node in scope.nodes] == ["s", "x"]
    assert scope.boundary == {"s": [event]}
    assert scope.things == [data]
    assert outline.scope_of == {
        "s": "process",
        "b": "process",
        "x": "process",
        "d": "process",
        "t": "s",
    }


def test_edges_need_both_their_ends():
    outline = only(alone(model.Task(id="a"), model.Task(id="b"), *flows(("a", "b"), ("a", "gone"))))
    assert [edge.id for edge in outline.edges] == ["a_b_0"]


def test_associations_may_end_at_flows_other_edges_may_not():
    note = model.TextAnnotation(id="n")
    lines = (
        model.Association(id="l", source_ref="n", target_ref="a_b_0"),
        model.Association(id="m", source_ref="n", target_ref="l"),
        model.Association(id="k", source_ref="a_b_0", target_ref="a_b_0"),
    )
    nodes = (model.Task(id="a"), model.Task(id="b"))
    outline = only(alone(*nodes, *flows(("a", "b"), ("a", "a_b_0")), artifacts=(note, *lines)))
    assert [edge.id for edge in outline.edges] == ["a_b_0", "l"]


def test_data_is_drawn_where_edges_lead_to_it():
    used, unused = model.DataObject(id="used"), model.DataObject(id="unused")
    declared = model.InputOutputSpecification(
        id="io", data_inputs=(model.DataInput(id="given"), model.DataInput(id="idle"))
    )
    sources = (
        model.DataInputAssociation(id="1", source_refs=("used",)),
        model.DataInputAssociation(id="2", source_refs=("given",)),
    )
    task = model.Task(id="t", data_input_associations=sources)
    outline = only(alone(task, used, unused, io_specification=declared))
    assert [thing.id for thing in outline.scopes["process"].things] == ["used", "given"]
    assert [edge.id for edge in outline.edges] == ["1", "2"]


def test_an_id_that_is_used_twice_is_drawn_once():
    outline = only(
        alone(model.Task(id="a"), model.UserTask(id="a"), *flows(("a", "a"), ("a", "a")))
    )
    assert [type(node) for node in outline.scopes["process"].nodes] == [model.Task]


def test_a_node_with_the_id_of_what_it_is_in_is_not_drawn():
    outline = only(alone(model.Task(id="process"), model.Task(id="a")))
    assert [node.id for node in outline.scopes["process"].nodes] == ["a"]
    assert outline.scope_of == {"a": "process"}


def test_which_processes_share_a_drawing():
    processes = [
        model.Process(id=key, flow_elements=(model.Task(id=f"{key}t"),))
        for key in ("a", "b", "third", "fourth")
    ]
    collaboration = model.Collaboration(
        id="c",
        participants=(
            model.Participant(id="pa", process_ref="a"),
            model.Participant(id="pb", process_ref="elsewhere"),
        ),
        message_flows=(model.MessageFlow(id="m", source_ref="pb", target_ref="bt"),),
    )
    empty = model.Collaboration(id="e")
    definitions = model.Definitions(id="d", root_elements=(empty, collaboration, *processes))
    assert [(outline.plane, list(outline.scopes)) for outline in outlines(definitions)] == [
        ("c", ["c", "a", "b"]),
        ("third", ["third"]),
        ("fourth", ["fourth"]),
    ]


def test_a_choreography_is_a_drawing():
    task = model.ChoreographyTask(id="t", initiating_participant_ref="p")
    inner = model.SubChoreography(id="s", initiating_participant_ref="p", flow_elements=(task,))
    root = model.Choreography(id="c", flow_elements=(inner,))
    outline = only(model.Definitions(id="d", root_elements=(root,)))
    assert list(outline.scopes) == ["c", "s"]


def test_lanes_are_known_with_those_inside_them():
    inner = model.LaneSet(id="i", lanes=(model.Lane(id="l2"),))
    lanes = (model.Lane(id="l1", child_lane_set=inner),)
    outline = only(alone(lane_sets=(model.LaneSet(id="s", lanes=lanes),)))
    assert {"l1", "l2"} <= outline.elements.keys()
    assert outline.scopes["process"].lanes == lanes


def test_conversations_are_drawn():
    root = model.Collaboration(
        id="c",
        participants=(model.Participant(id="p"),),
        conversation_nodes=(model.Conversation(id="n"),),
        conversation_links=(model.ConversationLink(id="k", source_ref="p", target_ref="n"),),
    )
    outline = only(model.Definitions(id="d", root_elements=(root,)))
    assert [node.id for node in outline.conversations] == ["n"]
    assert [edge.id for edge in outline.edges] == ["k"]
