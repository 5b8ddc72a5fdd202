from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.layout.drawing import (
    lay_out_scopes,
    orders_of_pools,
    place_shapes,
    pulls_of_messages,
)
from bpmn_xml.layout.outline import outlines
from bpmn_xml.layout.scopes import Sketch
from bpmn_xml.layout.wiring import wire
from tests.layout.processes import alone


def drawing_of(definitions):
    outline = outlines(definitions)[0]
    sketch = Sketch(outline, wire(outline), {})
    scopes = lay_out_scopes(sketch)
    return place_shapes(sketch, scopes, orders_of_pools(sketch, scopes)[0])


def pool(key, process=None, **fields):
    return model.Participant(id=key, process_ref=process, **fields)


def collaboration(*participants, processes=(), **fields):
    root = model.Collaboration(id="c", participants=participants, **fields)
    return model.Definitions(id="d", root_elements=(root, *processes))


def process(key, *nodes, **fields):
    return model.Process(id=key, flow_elements=nodes or (model.Task(id=f"{key}t"),), **fields)


def test_pools_are_equally_wide_and_below_each_other():
    one, two = process("p"), process("q", *(model.Task(id=f"t{n}") for n in range(20)))
    areas = drawing_of(
        collaboration(pool("a", "p"), pool("b"), pool("z", "q"), processes=(one, two))
    ).areas
    assert areas["a"].width == areas["b"].width == areas["z"].width
    assert areas["a"].bottom < areas["b"].y < areas["b"].bottom < areas["z"].y
    assert areas["b"].height == 60
    assert areas["a"].holds(areas["pt"])
    assert areas["z"].holds(areas["t19"])


def test_a_process_is_drawn_in_one_pool_only():
    areas = drawing_of(
        collaboration(pool("a", "p"), pool("b", "p"), processes=(process("p"),))
    ).areas
    assert areas["a"].holds(areas["pt"])
    assert areas["b"].height == 60


def test_a_pool_is_high_enough_for_its_name_and_its_lanes_fill_it():
    lanes = (model.LaneSet(id="s", lanes=(model.Lane(id="l1"), model.Lane(id="l2"))),)
    one = process("p", lane_sets=lanes)
    drawing = drawing_of(
        collaboration(
            pool("a", "p", name="A very long name of a pool, indeed a very long one"),
            processes=(one,),
        )
    )
    area, first, last = drawing.areas["a"], drawing.lanes["l1"], drawing.lanes["l2"]
    assert area.height == 240
    assert (first.y, first.bottom, last.bottom) == (area.y, last.y, area.bottom)
    assert first.right == area.right


def test_more_messages_make_wider_gaps():
    def gap(count):
        messages = tuple(
            model.MessageFlow(id=f"m{n}", source_ref="a", target_ref="b") for n in range(count)
        )
        areas = drawing_of(collaboration(pool("a"), pool("b"), message_flows=messages)).areas
        return areas["b"].y - areas["a"].bottom

    assert gap(0) < gap(3) < gap(12) == gap(40)


def test_a_process_without_pool_stands_above_the_pools_it_talks_to():
    message = model.MessageFlow(id="m", source_ref="qt", target_ref="a")
    areas = drawing_of(
        collaboration(
            pool("a", "p"), processes=(process("p"), process("q")), message_flows=(message,)
        )
    ).areas
    assert areas["qt"].bottom < areas["a"].y


def test_sub_processes_hold_their_content_below_their_name():
    inner = model.SubProcess(id="s", name="Do all of it", flow_elements=(model.Task(id="t"),))
    outer = model.SubProcess(id="r", flow_elements=(inner,))
    areas = drawing_of(alone(outer, model.SubProcess(id="empty"))).areas
    assert areas["r"].holds(areas["s"])
    assert areas["s"].holds(areas["t"])
    assert areas["t"].y - areas["s"].y >= 36
    assert areas["empty"][2:] == (100, 80)


@pytest.mark.parametrize("depth", [1, 60])
def test_deep_nesting_needs_no_recursion(depth):
    element = model.Task(id="t")
    for level in range(depth):
        element = model.SubProcess(id=f"s{level}", flow_elements=(element,))
    areas = drawing_of(alone(element)).areas
    assert len(areas) == depth + 1


def test_groups_surround_the_elements_of_their_category():
    tasks = tuple(model.Task(id=key, category_value_refs=("v",)) for key in "ab")
    group = model.Group(id="g", category_value_ref="v")
    lonely = model.Group(id="h", category_value_ref="w")
    areas = drawing_of(alone(*tasks, model.Task(id="c"), artifacts=(group, lonely))).areas
    assert areas["g"].holds(areas["a"].grown(5))
    assert areas["g"].holds(areas["b"].grown(5))
    assert not areas["g"].overlaps(areas["c"])
    assert not areas["h"].overlaps(areas["g"])


@pytest.mark.parametrize("pools", [0, 1, 3])
def test_conversations_stand_between_pools(pools):
    nodes = tuple(model.Conversation(id=f"n{n}") for n in range(5))
    drawing = drawing_of(
        collaboration(*(pool(f"p{n}") for n in range(pools)), conversation_nodes=nodes)
    )
    areas = list(drawing.areas.values())
    assert len(areas) == pools + 5
    assert not any(one.overlaps(other) for i, one in enumerate(areas) for other in areas[:i])


def test_pools_are_as_wide_as_the_conversations_between_them():
    nodes = tuple(model.Conversation(id=f"n{n}") for n in range(4))
    areas = drawing_of(collaboration(pool("a"), pool("b"), conversation_nodes=nodes)).areas
    assert all(areas["a"].x < areas[n.id].x < areas[n.id].right < areas["a"].right for n in nodes)


@pytest.mark.parametrize("count", [0, 2, 3])
def test_what_is_in_a_sub_choreography_stands_between_its_bands(count):
    inner = model.ChoreographyTask(id="t", initiating_participant_ref="p0")
    outer = model.SubChoreography(
        id="s",
        name="Negotiate",
        participant_refs=tuple(f"p{n}" for n in range(count)),
        initiating_participant_ref="p0",
        flow_elements=(inner,),
    )
    choreography = model.Choreography(id="c", flow_elements=(outer,))
    areas = drawing_of(model.Definitions(id="d", root_elements=(choreography,))).areas
    above, below = areas["t"].y - areas["s"].y, areas["s"].bottom - areas["t"].bottom
    assert above >= 14 + 20 * min(1, count)
    assert below >= 20 * max(0, count - 1)


def test_messages_pull_nodes_towards_the_pools_that_they_come_from():
    sub = model.SubProcess(id="sub", flow_elements=(model.Task(id="inner"),))
    event = model.BoundaryEvent(id="event", attached_to_ref="qt")
    both = process("p"), process("q", model.Task(id="qt"), event, sub)
    messages = [("pt", "inner"), ("event", "z"), ("b", "qt"), ("b", "z")]
    flows = tuple(
        model.MessageFlow(id=f"m{n}", source_ref=one, target_ref=other)
        for n, (one, other) in enumerate(messages)
    )
    pools = pool("a", "p"), pool("b"), pool("c", "q"), pool("z")
    outline = outlines(collaboration(*pools, processes=both, message_flows=flows))[0]
    sketch = Sketch(outline, wire(outline), {})
    scopes = lay_out_scopes(sketch)
    pulls = pulls_of_messages(sketch, scopes, ["a", "b", "c", "z"])
    assert pulls == {"pt": 1, "inner": -1, "sub": -1, "qt": 0}
    assert pulls_of_messages(sketch, scopes, ["c", "z", "a", "b"])["inner"] == 1
