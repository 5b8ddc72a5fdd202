"""Drafts numbered and linked, and who joins."""

from __future__ import annotations

import pytest

from bpmn_xml.compiler.program import Join
from tests.core.harness import program

JOINS = [
    ("s > p; p > t1 > j; p > t2 > j", {"j": Join.ALL}),
    ("s > o; o > t1 > i; o > t2 > i", {"i": Join.REACHING}),
    ("s > x; x > t1 > y; x > t2 > y", {}),
    ("s > p > i > j", {}),
    ("s > p; p > t1; p > t1", {}),
]


@pytest.mark.parametrize(("text", "joins"), JOINS)
def test_who_joins(text: str, joins: dict[str, Join]) -> None:
    drawn = program(text)
    found = {node.id: node.join for node in drawn.nodes if node.join is not Join.EACH}
    assert found == joins
    parking = {drawn.nodes[flow.target].id for flow in drawn.flows if flow.parks}
    assert parking == joins.keys()
    assert [c.reaching for c in drawn.containers] == [Join.REACHING in joins.values()]


def test_everything_is_found_by_its_index() -> None:
    drawn = program("s > z1 > e; z1: s1 > t1; z1 !b; b > t2")
    for i, node in enumerate(drawn.nodes):
        assert node.index == i
        assert all(drawn.flows[flow].target == i for flow in node.incoming)
        assert all(drawn.flows[flow].source == i for flow in node.outgoing)
        assert all(drawn.nodes[event].host == i for event in node.boundary)
        assert i in drawn.containers[node.container].nodes
    for i, container in enumerate(drawn.containers):
        assert container.index == i
        assert container.node < 0 or drawn.nodes[container.node].body == i
        assert all(drawn.flows[flow].container == i for flow in container.flows)
    assert drawn.processes == {"P": 0}
