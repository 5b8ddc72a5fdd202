"""What holds for every process: no token is lost or doubled, whatever the order of answers."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.compiler.program import AdHoc, EventSpec, Program, Repetition, Trigger
from bpmn_xml.core import records as r
from bpmn_xml.core.state import AT_REST
from tests.core.drawn import computed
from tests.core.harness import CANCEL, Driver, compensation, per_scope, program

Block = tuple[Any, ...]
"""("task",) | ("seq" | "par", blocks) | ("xor" | "or", which, blocks) | ("loop", times, block)
| ("sub", block) | ("catch", block) | ("undo", block) | ("cancel", block) | ("adhoc", sequential,
blocks) | ("enough", blocks) | ("quantity", number) | ("several", sequential, number, block)
| ("told", block)"""

BLOCKS = st.recursive(
    st.just(("task",)),
    lambda inner: st.one_of(
        st.tuples(st.just("seq"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("par"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("xor"), st.integers(0, 2), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("or"), st.integers(1, 7), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("loop"), st.integers(1, 3), inner),
        st.tuples(st.just("sub"), inner),
        st.tuples(st.just("catch"), inner),
        st.tuples(st.just("undo"), inner),
        st.tuples(st.just("cancel"), inner),
        st.tuples(st.just("adhoc"), st.booleans(), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("enough"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("quantity"), st.integers(2, 3)),
        st.tuples(st.just("several"), st.booleans(), st.integers(0, 3), inner),
        st.tuples(st.just("told"), inner),
    ),
    max_leaves=12,
)


ESCALATION = EventSpec(trigger=Trigger.ESCALATION, code="TOLD")


class Drawing:
    """Draws a block as text and says what a run of it must do."""

    def __init__(self, block: Block) -> None:
        self.lines: list[str] = []
        self.next = 0
        self.variables: dict[str, int] = {}
        self.expected: Counter[str] = Counter()
        self.events: dict[str, EventSpec] = {}
        self.choices: dict[str, AdHoc] = {}
        self.activation: dict[str, str] = {}
        self.quantities: dict[str, tuple[int, int]] = {}
        self.loops: dict[str, Repetition] = {}
        self.soft: set[str] = set()
        start, end = self.draw(block, "", 1)
        self.lines.append(f"s > {start}")
        self.lines.append(f"{end} > e")

    def name(self, kind: str) -> str:
        self.next += 1
        return f"{kind}_{self.next}"

    def flow(self, level: str, source: str, target: str, condition: str = "") -> None:
        prefix = f"{level}: " if level else ""
        self.lines.append(f"{prefix}{source} >{condition} {target}")

    def draw(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """Draw a block that is entered `times` times; its first and last node."""
        return getattr(self, f"draw_{block[0]}")(block, level, times)

    def draw_task(self, _block: Block, _level: str, times: int) -> tuple[str, str]:
        name = self.name("t")
        self.expected[name] += times
        return name, name

    def draw_seq(self, block: Block, level: str, times: int) -> tuple[str, str]:
        parts = [self.draw(inner, level, times) for inner in block[1]]
        for (_, end), (start, _) in itertools.pairwise(parts):
            self.flow(level, end, start)
        return parts[0][0], parts[-1][1]

    def draw_par(self, block: Block, level: str, times: int) -> tuple[str, str]:
        split, join = self.name("p"), self.name("j")
        for inner in block[1]:
            start, end = self.draw(inner, level, times)
            self.flow(level, split, start)
            self.flow(level, end, join)
        return split, join

    def draw_xor(self, block: Block, level: str, times: int) -> tuple[str, str]:
        split, join = self.name("x"), self.name("y")
        self.variables[split] = block[1]
        for i, inner in enumerate(block[2]):
            last = i == len(block[2]) - 1
            taken = block[1] == i or (last and block[1] >= i)
            start, end = self.draw(inner, level, times * taken)
            self.flow(level, split, start, "*" if last else f"[{split} == {i}]")
            self.flow(level, end, join)
        return split, join

    def draw_or(self, block: Block, level: str, times: int) -> tuple[str, str]:
        split, join = self.name("o"), self.name("i")
        self.variables[split] = block[1]
        bits = [bool(block[1] & 1 << i) for i in range(len(block[2]))]
        for i, inner in enumerate(block[2]):
            taken = bits[i] or (not any(bits) and i == 0)
            start, end = self.draw(inner, level, times * taken)
            low, high = 2**i, 2 ** (i + 1)
            self.flow(
                level,
                split,
                start,
                "*" if not any(bits) and i == 0 else f"[{split} % {high} >= {low}]",
            )
            self.flow(level, end, join)
        return split, join

    def draw_loop(self, block: Block, level: str, times: int) -> tuple[str, str]:
        merge, count, again, out = self.name("y"), self.name("t"), self.name("x"), self.name("a")
        self.expected[count] += times * block[1]
        self.variables[again] = block[1]
        start, end = self.draw(block[2], level, times * block[1])
        self.flow(level, merge, start)
        self.flow(level, end, count)
        self.flow(level, count, again)
        self.flow(level, again, merge, f"[{count} % {again} != 0]")
        self.flow(level, again, out, "*")
        self.variables[count] = 0
        return merge, out

    def draw_sub(self, block: Block, level: str, times: int) -> tuple[str, str]:
        name = self.name("z")
        start, end = self.draw(block[1], name, times)
        self.flow(name, self.name("s"), start)
        self.flow(name, end, self.name("e"))
        return name, name

    def draw_catch(self, block: Block, level: str, times: int) -> tuple[str, str]:
        name, boundary, out = self.name("z"), self.name("b"), self.name("y")
        start, end = self.draw(block[1], name, times)
        self.flow(name, self.name("s"), start)
        self.flow(name, end, self.name("f"))
        prefix = f"{level}: " if level else ""
        self.lines.append(f"{prefix}{name} !{boundary}")
        self.flow(level, name, out)
        self.flow(level, boundary, out)
        return name, out

    def undone(self, level: str, source: str, times: int) -> str:
        """Draw a task that is undone after it; the last node."""
        task, event, undo = self.name("t"), self.name("b"), self.name("t")
        self.events[event] = compensation()
        self.expected.update({task: times, undo: times})
        self.flow(level, source, task)
        self.lines.append(f"{level}: {task} !{event}")
        self.flow(level, event, undo)
        return task

    def draw_undo(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """In a sub-process, what is inside and one more task, which is undone at the end."""
        name, throw = self.name("z"), self.name("h")
        self.events[throw] = compensation()
        start, end = self.draw(block[1], name, times)
        self.flow(name, self.name("s"), start)
        self.flow(name, self.undone(name, end, times), throw)
        return name, name

    def draw_cancel(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """A transaction that is always cancelled: what is in its last task is undone."""
        name, boundary, out = self.name("n"), self.name("b"), self.name("y")
        self.events[boundary] = CANCEL
        start, end = self.draw(block[1], name, times)
        self.flow(name, self.name("s"), start)
        self.flow(name, self.undone(name, end, times), self.name("k"))
        prefix = f"{level}: " if level else ""
        self.lines.append(f"{prefix}{name} !{boundary}")
        self.flow(level, name, out)
        self.flow(level, boundary, out)
        return name, out

    def draw_adhoc(self, block: Block, level: str, times: int) -> tuple[str, str]:
        name = self.name("A")
        self.choices[name] = AdHoc(sequential=block[1])
        for inner in block[2]:
            first = self.name("a")
            start, _ = self.draw(inner, name, times)
            self.flow(name, first, start)
        return name, name

    def draw_enough(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """A complex gateway that starts with the last token."""
        split, join = self.name("p"), self.name("d")
        self.activation[join] = f"activationCount == {len(block[1])}"
        for inner in block[1]:
            start, end = self.draw(inner, level, times)
            self.flow(level, split, start)
            self.flow(level, end, join)
        return split, join

    def draw_quantity(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """One task gives several tokens, and another takes as many."""
        name, out = self.name("t"), self.name("t")
        self.expected.update({name: times, out: times})
        self.quantities |= {name: (1, block[1]), out: (block[1], 1)}
        between, _ = self.draw(("task",), level, times * block[1])
        self.flow(level, name, between)
        self.flow(level, between, out)
        return name, out

    def draw_several(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """A sub-process that is done several times; one by one if turns are counted in it."""
        sequential, number = block[1] or "loop" in str(block), block[2]
        name, _ = self.draw_sub(("sub", block[3]), level, times * number)
        self.loops[name] = Repetition(sequential=sequential, total=computed(str(number)))
        return name, name

    def draw_told(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """A sub-process that tells of its end: a task follows from its border, beside it."""
        around, inside, throw = self.name("z"), self.name("z"), self.name("h")
        boundary, task, end = self.name("b"), self.name("t"), self.name("e")
        self.events |= {throw: ESCALATION, boundary: ESCALATION}
        self.soft.add(boundary)
        self.expected[task] += times
        first, last = self.draw(block[1], inside, times)
        for source, target in (self.name("s"), first), (last, throw), (throw, self.name("e")):
            self.flow(inside, source, target)
        for source, target in (self.name("s"), inside), (inside, end):
            self.flow(around, source, target)
        self.lines.append(f"{around}: {inside} !{boundary}")
        for source, target in (boundary, task), (task, self.name("e")):
            self.flow(around, source, target)
        return around, around

    def program(self, lines: list[str] | None = None) -> Program:
        """The program."""
        return program(
            ";".join(lines or self.lines),
            events=self.events,
            choices=self.choices,
            activation=self.activation,
            quantities=self.quantities,
            loops=self.loops,
            soft=self.soft,
        )

    def handlers(self) -> Mapping[str, Any]:
        """Loop counters count; all other tasks do nothing."""
        return {
            name: (lambda names, name=name: {name: names[name] + 1})
            for name in self.variables
            if name.startswith("t")
        }


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
    kept = {"path", "container", "parent", "node", "n", "index", "variables"}
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
    assert per_scope(ran.records) == per_scope(in_order.records)
    the_long_way = Driver(drawn, drawing.handlers(), seed=seed, limit=limit, short=False)
    assert the_long_way.run(drawing.variables).records == ran.records


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
