from __future__ import annotations

import pytest

from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.lanes import depth, lane_areas, lane_numbers, leaves, name_height
from bpmn_xml.model import Lane, LaneSet


def lane(key, *inner, nodes=()):
    inside = LaneSet(id=f"{key}s", lanes=inner) if inner else None
    return Lane(id=key, flow_node_refs=tuple(nodes), child_lane_set=inside)


NESTED = (lane("a", lane("b", nodes="x"), lane("c"), nodes="xy"), lane("d", nodes="z"))


def test_leaves():
    found = leaves(NESTED)
    assert [leaf.lane.id for leaf in found] == ["b", "c", "d"]
    assert [[one.id for one in leaf.path] for leaf in found] == [["a", "b"], ["a", "c"], ["d"]]
    assert depth(found) == 2
    assert depth([]) == 0


@pytest.mark.parametrize(
    ("nodes", "arcs", "numbers"),
    [
        ("xz", [], {"x": 0, "z": 2}),
        ("xy", [], {"x": 0, "y": 0}),  # an outer lane gives its own nodes to its first
        ("zw", [("z", "w")], {"z": 2, "w": 2}),  # unknown ones follow their neighbours
        ("zvw", [("w", "v"), ("v", "z")], {"z": 2, "v": 2, "w": 2}),
        ("w", [], {"w": 0}),
    ],
)
def test_lane_numbers(nodes, arcs, numbers):
    assert lane_numbers(leaves(NESTED), list(nodes), arcs) == numbers


def test_inner_lanes_stand_inside_outer_ones():
    areas = lane_areas(leaves(NESTED), [0, 100, 250, 300], 500)
    assert areas == {
        "a": Area(0, 0, 500, 250),
        "b": Area(30, 0, 470, 100),
        "c": Area(30, 100, 470, 150),
        "d": Area(0, 250, 500, 50),
    }


@pytest.mark.parametrize(("name", "height"), [("", 80), ("Sales", 80), ("Sales " * 99, 240)])
def test_name_height(name, height):
    assert name_height(name) == height
