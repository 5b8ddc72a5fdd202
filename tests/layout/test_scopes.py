from __future__ import annotations

import pytest

from bpmn_xml import model
from bpmn_xml.layout.outline import outlines
from bpmn_xml.layout.scopes import SIDE_MARGIN, Sketch, lay_out_scope
from bpmn_xml.layout.wiring import wire
from tests.layout.processes import alone, flows


def block_of(*elements, sizes=None, **fields):
    (outline,) = outlines(alone(*elements, **fields))
    return lay_out_scope(Sketch(outline, wire(outline), {}), "process", sizes or {})


def tasks(letters):
    return tuple(model.Task(id=letter) for letter in letters)


def lanes(*contents):
    made = tuple(
        model.Lane(id=f"l{n}", flow_node_refs=tuple(nodes)) for n, nodes in enumerate(contents)
    )
    return (model.LaneSet(id="ls", lanes=made),)


def test_nothing():
    block = block_of()
    assert (block.areas, block.height) == ({}, 0)


def test_parts_stand_below_each_other_and_the_rest_below_them():
    block = block_of(*tasks("abcde"), *flows(("d", "e"), ("a", "b")))
    assert block.areas["a"].bottom < block.areas["d"].y
    assert block.areas["d"].bottom < block.areas["c"].y
    assert block.areas["a"].x == block.areas["d"].x == block.areas["c"].x == SIDE_MARGIN


def test_what_has_content_gets_its_size():
    block = block_of(*tasks("a"), model.SubProcess(id="s"), sizes={"s": (400, 300)})
    assert block.areas["s"][2:] == (400, 300)


def test_lanes_fill_the_width():
    block = block_of(*tasks("abc"), *flows(("a", "b")), lane_sets=lanes("a", "bc", ""))
    assert [area.y for area in block.lanes.values()] == sorted(
        area.y for area in block.lanes.values()
    )
    assert {area.width for area in block.lanes.values()} == {block.width}
    for node, lane in (("a", "l0"), ("b", "l1"), ("c", "l1")):
        assert block.lanes[lane].holds(block.areas[node])


@pytest.mark.parametrize("count", [1, 2, 9])
def test_what_nothing_connects_stands_behind_in_its_lane(count):
    lonely = "".join(chr(ord("c") + n) for n in range(count))
    block = block_of(*tasks("ab" + lonely), *flows(("a", "b")), lane_sets=lanes("ab", lonely))
    for node in lonely:
        assert block.areas[node].x > block.areas["b"].right
        assert block.lanes["l1"].holds(block.areas[node])


def test_loose_notes_are_placed():
    note = model.TextAnnotation(id="n", text=model.Text(text="hello"))
    block = block_of(*tasks("ab"), *flows(("a", "b")), artifacts=(note,))
    assert block.areas["n"].y > block.areas["a"].bottom


def test_a_sketch_measures():
    (outline,) = outlines(alone(model.StartEvent(id="s", name="go"), model.Task(id="t", name="do")))
    sketch = Sketch(outline, wire(outline), {})
    assert sketch.member(outline.elements["s"]).label == "go"
    assert sketch.member(outline.elements["t"]).label == ""
