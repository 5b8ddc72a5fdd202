"""What a join holds and lacks, here and in the scopes around an item."""

from __future__ import annotations

import pytest

from bpmn_xml.core.joins import holder, lacking
from bpmn_xml.core.reach import Reach
from bpmn_xml.core.state import Scope, State
from tests.core.drawn import program

DRAWN = program("s > p; p > t1 > j; p > t2 > j; p > t3 > j; j > e")
JOIN = next(node for node in DRAWN.nodes if node.id == "j")
ONE, TWO, THREE = JOIN.incoming


def state(around: dict[int, list], item: dict[int, list]) -> tuple[State, Scope]:
    """An item of a producer in the scope of the process, with what is parked in both."""
    outer = Scope("", 0, parked=around)
    inner = Scope("1.1:0", 0, index=0, parent="", parked=item)
    return State("P-1", len(DRAWN.nodes), scopes={"": outer, inner.path: inner}), inner


CASES = [
    ({}, {}, [None, None, None]),
    ({}, {ONE: [None]}, ["1.1:0", None, None]),
    ({TWO: [None]}, {ONE: [None]}, ["1.1:0", "", None]),
    ({ONE: [None]}, {ONE: [None]}, ["1.1:0", None, None]),
]


@pytest.mark.parametrize(("around", "item", "held"), CASES)
def test_an_item_takes_its_own_arrival_else_that_of_the_nearest_scope(
    around: dict[int, list], item: dict[int, list], held: list[str | None]
) -> None:
    where, scope = state(around, item)
    found = [holder(flow, where, scope) for flow in JOIN.incoming]
    assert [one and one.path for one in found] == held
    assert lacking(JOIN, where, scope) == tuple(
        flow for flow, path in zip(JOIN.incoming, held, strict=True) if path is None
    )


def test_who_can_bring_what_is_lacking() -> None:
    reach = Reach(DRAWN)
    ids = {node.index: node.id for node in DRAWN.nodes}
    found = {flow: [ids[at] for at in reach.bringers(flow, ids)] for flow in JOIN.incoming}
    assert found == {ONE: ["s", "p", "t1"], TWO: ["s", "p", "t2"], THREE: ["s", "p", "t3"]}
