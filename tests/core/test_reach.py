"""What can still reach a gateway, however far a search has gone before."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from bpmn_xml.compiler.program import Program
from bpmn_xml.core import commands as c
from bpmn_xml.core.machine import Machine
from bpmn_xml.core.reach import Reach
from bpmn_xml.core.state import split_key
from tests.core.drawn import program
from tests.costs import calls


def ahead(drawn: Program, node: int, gateway: int) -> Iterator[int]:
    """The flows into a gateway that a token reaches, found by walking forwards."""
    seen, places = set[int](), [node]
    while places:
        place = places.pop()
        if place == gateway or place in seen:
            continue
        seen.add(place)
        places += drawn.nodes[place].boundary
        for flow in drawn.nodes[place].outgoing:
            places.append(drawn.flows[flow].target)
            if drawn.flows[flow].target == gateway:
                yield drawn.nodes[gateway].incoming.index(flow)


def some_drawing(chance: random.Random) -> Program:
    names = [f"u{i}" for i in range(chance.randint(2, 9))]
    pairs = [(a, b) for a in names for b in names]
    flows = [f"{a} > {b}" for a, b in chance.sample(pairs, chance.randint(1, len(names) * 2))]
    hosts = [
        f"{a} !b{a}; b{a} > {b}" for a, b in chance.sample(pairs, 1) if f"{a} > " in str(flows)
    ]
    return program("; ".join(["s > u0", *flows, *hosts]))


@pytest.mark.parametrize("seed", range(40))
def test_a_mask_is_what_a_walk_forwards_finds_in_any_order(seed: int) -> None:
    chance = random.Random(seed)
    drawn = some_drawing(chance)
    reach, size = Reach(drawn), len(drawn.nodes)
    pairs = [(node, gateway) for node in range(size) for gateway in range(size)]
    chance.shuffle(pairs)
    for node, gateway in pairs:
        if node != gateway:
            expected = sum(1 << position for position in set(ahead(drawn, node, gateway)))
            assert reach.mask(node, gateway) == expected


def test_many_inclusive_joins_in_a_row_are_looked_at_only_where_tokens_are() -> None:
    diamonds = "".join(
        f"o{i}; o{i} > t{i}a > i{i}; o{i} > t{i}b > i{i}; i{i} > " for i in range(1500)
    )
    machine = Machine(program(f"s > {diamonds}e"))
    state = machine.create("i")

    def run() -> None:
        machine.send(state, c.StartInstance(0, {}), 0)
        while not state.outcome:
            for key in list(state.scopes[""].active):
                node, n = split_key(state, key)
                machine.send(state, c.CompleteJob("", node, n), 0)

    assert calls(run) < 1_000_000
    assert state.outcome == "completed"
