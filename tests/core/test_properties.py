"""What holds for every process: no token is lost or doubled, whatever the order of answers."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.core import records as r
from bpmn_xml.core.state import AT_REST
from tests.core.blocks import BLOCKS, Block, Drawing, told
from tests.core.harness import Driver, program


def done(ran: Driver) -> Counter[str]:
    return Counter(
        ran.program.nodes[record.node].id
        for record in ran.records
        if isinstance(record, r.Completed) and ran.program.nodes[record.node].id[0] == "t"
    )


def assert_nothing_is_left(ran: Driver) -> None:
    """No scope, timer, subscription, token or thing to be done is left."""
    assert list(ran.state.scopes) == [""]
    root = ran.state.scopes[""]
    left = {name: getattr(root, name) for name in root.__struct_fields__}
    kept = {"path", "container", "parent", "node", "n", "index", "role", "variables"}
    assert not any(value for name, value in left.items() if name not in kept)
    assert ran.state.agenda is AT_REST


@given(BLOCKS, st.integers(0, 2**32), st.booleans(), st.sampled_from([1, 3, 10_000]))
def test_every_task_of_a_sound_process_is_done_as_often_as_drawn(
    block: Block, seed: int, reload: bool, limit: int
) -> None:
    drawing = Drawing(block)
    drawn = drawing.program()
    ran = Driver(drawn, drawing.handlers(), seed=seed, reload=reload, limit=limit)
    ran.run(drawing.variables)
    assert ran.outcome == "completed", ran.incidents()
    assert done(ran) == +drawing.expected
    assert_nothing_is_left(ran)
    in_order = Driver(drawn, drawing.handlers()).run(drawing.variables)
    assert told(block, ran.records) == told(block, in_order.records)
    the_long_way = Driver(drawn, drawing.handlers(), seed=seed, limit=limit, short=False)
    assert the_long_way.run(drawing.variables).records == ran.records
    once_more = Driver(drawn, drawing.handlers(), seed=seed, limit=limit, like=ran)
    assert once_more.run(drawing.variables).records == ran.records


@given(st.integers(1, 4), st.integers(0, 2**32), BLOCKS)
def test_items_of_a_producer_run_their_process_each(results: int, seed: int, block: Block) -> None:
    drawing = Drawing(block)
    lines = [
        line.replace("s > ", "s > m > ", 1) if line.startswith("s > ") else line
        for line in drawing.lines
    ]
    handlers = dict(drawing.handlers())
    handlers["m"] = lambda _: [dict(drawing.variables) for _ in range(results)]
    drawn = drawing.program(lines)
    ran = Driver(drawn, handlers, seed=seed).run()
    assert Driver(drawn, handlers, seed=seed, short=False).run().records == ran.records
    assert ran.outcome == "completed", ran.incidents()
    assert done(ran) == Counter({k: v * results for k, v in drawing.expected.items() if v})


@pytest.mark.parametrize("text", ["s > p; p > t1 > j; p > t2 > j; p > t3 > j; j > t4 > e"])
def test_ten_thousand_schedules_of_a_split_and_join(text: str) -> None:
    drawn = program(text)
    orders = set()
    for seed in range(10_000):
        ran = Driver(drawn, seed=seed, check=False).run()
        assert ran.outcome == "completed"
        assert done(ran) == Counter(["t1", "t2", "t3", "t4"])
        orders.add(tuple(x.node for x in ran.records if isinstance(x, r.Completed)))
    assert len(orders) == 6


@given(st.integers(0, 2**32), st.integers(2, 40))
def test_surplus_arrivals_stay_parked_for_the_next_round(seed: int, rounds: int) -> None:
    chance = random.Random(seed)
    order = [1] * rounds + [2] * rounds
    chance.shuffle(order)
    text = ";".join(f"s > a{k} > t{k}" for k in range(1, rounds + 1))
    text += ";" + ";".join(f"t{k} > y{1 + (k % 2)}" for k in range(1, rounds + 1))
    text += ";y1 > j;y2 > j;j > t > e"
    ran = Driver(program(text), seed=seed).run()
    pairs, odd = divmod(rounds, 2)
    assert ran.count(r.Joined) == pairs
    stuck = "stuck at j: nothing can arrive on y1-j (from 'y1'); a token came on y2-j (from 'y2')"
    assert ran.incidents() == ([stuck] if odd else [])
