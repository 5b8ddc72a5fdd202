"""What a block means: which tasks are done, how often, in which order, and with what data."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any, Final

from hypothesis import strategies as st

Block = tuple[Any, ...]
"""("task",) | ("seq" | "par", blocks) | ("xor", which, blocks) | ("loop", times, block)"""

BLOCKS: Final = st.recursive(
    st.just(("task",)),
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["seq", "par"]), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("xor"), st.integers(0, 1), st.lists(inner, min_size=2, max_size=2)),
        st.tuples(st.just("loop"), st.integers(1, 3), inner),
    ),
    max_leaves=6,
)


class Meaning:
    """What a block means, however it is drawn.

    Attributes:
        block: the block, with a name in second place of each.
        variables: what it must begin with.
        order: the tasks in one of the orders in which they may be done.
        beside: the pairs of tasks of which either may be first.
    """

    def __init__(self, block: Block) -> None:
        self.labels = 0
        self.variables: dict[str, int] = {}
        self.beside: set[frozenset[str]] = set()
        self.block, _ = self.label(block)
        self.order = list(self.does(self.block))

    def label(self, block: Block) -> tuple[Block, list[str]]:
        """The block with a name for every task, loop and choice in it, and the tasks' names."""
        self.labels += 1
        kind, *rest = block
        name = f"{kind[0]}{self.labels}"
        if kind == "task":
            return ("task", name), [name]
        if kind == "loop":
            inner, tasks = self.label(rest[1])
            self.variables[name] = 0
            return ("loop", name, rest[0], inner), [*tasks, name]
        parts = [self.label(inner) for inner in rest[-1]]
        if kind == "par":
            for (_, one), (_, other) in combinations(parts, 2):
                self.beside |= {frozenset(pair) for pair in product(one, other)}
        if kind == "xor":
            self.variables[name] = rest[0]
        blocks = [inner for inner, _ in parts]
        tasks = [task for _, inner in parts for task in inner]
        return (kind, name, *rest[:-1], blocks), tasks

    def does(self, block: Block) -> Iterator[str]:
        """The tasks that are done, side by side as if one after the other."""
        kind, name, *rest = block
        if kind == "task":
            yield name
        elif kind == "loop":
            for _ in range(rest[0]):
                yield from self.does(rest[1])
                yield name
        else:
            for inner in [rest[1][rest[0]]] if kind == "xor" else rest[0]:
                yield from self.does(inner)


class Log:
    """Remembers which task was called when, and how often it saw that others were done."""

    def __init__(self, meaning: Meaning) -> None:
        self.meaning, self.known = meaning, set(meaning.order)
        self.calls: list[tuple[str, Mapping[str, int]]] = []

    def called(self, name: str, names: Mapping[str, Any]) -> dict[str, int]:
        """What a task gives back: how often it was done."""
        self.calls.append((name, {task: names.get(task, 0) for task in self.known}))
        return {name: names.get(name, 0) + 1}

    def check(self) -> None:
        """All was done as often, in the order, and with the data that the block says."""
        done, wanted = [name for name, _ in self.calls], self.meaning.order
        assert Counter(done) == Counter(wanted)
        for pair in map(set, combinations(sorted(self.known), 2)):
            if pair not in self.meaning.beside:
                assert [x for x in done if x in pair] == [x for x in wanted if x in pair]
        before: Counter[str] = Counter()
        for name, seen in self.calls:
            for task, count in seen.items():
                if {name, task} not in self.meaning.beside:
                    assert count == before[task], (name, task)
            before[name] += 1
