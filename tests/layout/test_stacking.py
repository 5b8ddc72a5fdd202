"""Which orders of pools are tried, and what counts as a tangle."""

from __future__ import annotations

import itertools

import pytest

from bpmn_xml import model
from bpmn_xml.layout import lay_out
from bpmn_xml.layout.stacking import MOST, Way, orders, tangle
from tests.layout.processes import drawn, flows
from tests.layout.score import score


def chain(*pools: str) -> list[Way]:
    return [Way(a, 50, b, 50) for a, b in itertools.pairwise(pools)]


ORDERS = {
    "no messages": ("abc", [], ["abc"]),
    "only within one": ("ab", chain("a", "a"), ["ab"]),
    "the file's order is first": ("ab", chain("a", "b"), ["ab", "ba"]),
    "then the shortest ways": ("abc", chain("b", "a", "c"), ["abc", "bac"]),
}


@pytest.mark.parametrize(("pools", "ways", "expected"), ORDERS.values(), ids=ORDERS)
def test_orders(pools: str, ways: list[Way], expected: list[str]) -> None:
    found = orders(dict.fromkeys(pools, 100), ways, 1)
    assert ["".join(order) for order in found] == expected


def test_of_many_pools_the_file_s_order_stays() -> None:
    pools = [f"p{n}" for n in range(MOST + 1)]
    assert orders(dict.fromkeys(pools, 100), chain(*reversed(pools))) == [pools]


def test_deep_ends_want_the_other_side() -> None:
    ways = [Way("a", 10, "b", 50)]
    assert orders({"a": 500, "b": 100}, ways) == [["a", "b"], ["b", "a"]]


TANGLES = {
    "nothing": ([], (0, 0)),
    "a cross": ([[(0, 5), (10, 5)], [(5, 0), (5, 10)]], (1, 0)),
    "touching is not crossing": ([[(0, 5), (10, 5)], [(5, 5), (5, 10)]], (0, 0)),
    "a route across itself": ([[(0, 5), (10, 5), (10, 0), (5, 0), (5, 10)]], (0, 3)),
    "a point": ([[(0, 0)]], (0, 0)),
}


@pytest.mark.parametrize(("routes", "expected"), TANGLES.values(), ids=TANGLES)
def test_tangle(routes: list, expected: tuple[int, int]) -> None:
    assert tangle(routes) == expected


def test_a_pool_moves_where_messages_need_not_cross_a_lane() -> None:
    upper, lower = ([f"{row}{n}" for n in range(5)] for row in "ul")
    steps = [*itertools.pairwise(upper), *itertools.pairwise(lower)]
    lanes = tuple(
        model.Lane(id=name, flow_node_refs=tuple(nodes))
        for name, nodes in (("upper", upper), ("lower", lower))
    )
    seller = model.Process(
        id="seller",
        lane_sets=(model.LaneSet(id="ls", lanes=lanes),),
        flow_elements=(*(model.Task(id=node) for node in (*upper, *lower)), *flows(*steps)),
    )
    both = model.Collaboration(
        id="c",
        participants=(
            model.Participant(id="shop", process_ref="seller"),
            model.Participant(id="client"),
        ),
        message_flows=tuple(
            model.MessageFlow(id=f"m{node}", source_ref="client", target_ref=node) for node in upper
        ),
    )
    found = lay_out(model.Definitions(id="d", root_elements=(both, seller)))
    shapes = drawn(found)
    assert shapes["client"].bounds.y < shapes["shop"].bounds.y
    assert score(found).crossings == 0
