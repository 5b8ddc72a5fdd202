"""What a join holds and lacks, here and in the scopes around an item."""

from __future__ import annotations

import pytest

from bpmn_xml.core.joins import can_come, holder, lacking
from bpmn_xml.core.machine import Machine
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


class Searched(list[int]):
    """Flows that count how often one is looked for among them, one after the other."""

    found = 0

    def __contains__(self, flow: object) -> bool:
        Searched.found += 1
        return super().__contains__(flow)


WIDE = program("s > p; i > e; " + "; ".join(f"p > t{n} > i" for n in range(1, 300)))


def test_of_hundreds_of_flows_none_is_looked_for_among_all() -> None:
    join = next(node for node in WIDE.nodes if node.id == "i")
    view = Machine(WIDE).view
    start = next(node.index for node in WIDE.nodes if node.id == "t7")
    empty, occupied = Searched(join.incoming[5:]), Searched(join.incoming[:5])
    assert can_come(join, view, [start], empty, occupied)
    assert not can_come(join, view, [start], occupied, empty)
    assert Searched.found == 0
