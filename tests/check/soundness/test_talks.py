"""What two pools wait for in vain is what they do when every pair of ways is walked by hand."""

from __future__ import annotations

from itertools import count, product
from random import Random
from typing import NamedTuple

import pytest

from bpmn_xml import read
from bpmn_xml.check.soundness.findings import flaws
from bpmn_xml.check.soundness.verdict import Trouble
from tests.check.soundness.pools import collaboration


class Step(NamedTuple):
    """A node (t task, h throw, c catch), a choice between branches (x), or a sub-process (z)."""

    name: str
    branches: tuple[tuple[Step, ...], ...] = ()


Pool = tuple[Step, ...]


def pool(chance: Random, numbers: count[int], depth: int = 0) -> Pool:
    """Some steps in a row."""
    steps = []
    for _ in range(chance.randint(1, 3)):
        name = f"{chance.choice('thc' if depth else 'ththccxz')}{next(numbers)}"
        inner = {"x": 2, "z": 1}.get(name[0], 0)
        branches = tuple(pool(chance, numbers, 1) for _ in range(inner))
        if len(branches) > 1 and chance.random() < 0.5:
            branches = (branches[0], ())
        steps.append(Step(name, branches))
    return tuple(steps)


def ways(steps: Pool) -> list[list[str]]:
    """The nodes along every way through a pool."""
    found: list[list[str]] = [[]]
    for step in steps:
        inner = [way for branch in step.branches for way in ways(branch)] or [[step.name]]
        found = [[*before, *after] for before, after in product(found, inner)]
    return found


def drawn(steps: Pool, last: str, parts: list[str], around: str = "") -> str:
    """Write the flows of a pool from a node on; the name of the last node."""
    for step in steps:
        parts.append(f"{around}{last} > {step.name}")
        last = step.name
        if last[0] == "z":
            inner = drawn(step.branches[0], f"s{last}", parts, f"{last}: ")
            parts.append(f"{last}: {inner} > e{last}")
        elif last[0] == "x":
            last = f"x{step.name}"
            parts += [
                f"{around}{drawn(branch, step.name, parts, around)} > {last}"
                for branch in step.branches
            ]
    return last


def in_vain(pools: list[Pool], letters: dict[str, str]) -> tuple[set[str], bool]:
    """The catch events at which some pair of ways ends, and whether all pairs do."""
    awaited = {target: source for source, target in letters.items()}
    waiting: set[str] = set()
    ended = False
    for pair in product(*(ways(one) for one in pools)):
        left = [list(way) for way in pair]
        done: set[str] = set()
        while moving := [w for w in left if w and awaited.get(w[0], w[0]) in {*done, w[0]}]:
            done.add(moving[0].pop(0))
        waiting.update(way[0] for way in left if way)
        ended = ended or not any(left)
    return waiting, not ended


@pytest.mark.parametrize("seed", range(80))
def test_what_is_awaited_in_vain_is_told(seed: int) -> None:
    chance, numbers = Random(seed), count()
    pools = [pool(chance, numbers) for _ in range(2)]
    nodes = [sorted({name for way in ways(one) for name in way}) for one in pools]
    letters: dict[str, str] = {}
    for side, other in ((0, 1), (1, 0)):
        free = [name for name in nodes[other] if name[0] == "h"]
        for name in [name for name in nodes[side] if name[0] == "c"][: len(free)]:
            letters[free.pop(chance.randrange(len(free)))] = name
    texts = []
    for number, one in enumerate(pools):
        parts: list[str] = []
        parts.append(f"{drawn(one, f's{number}', parts)} > e{number}")
        texts.append("; ".join(parts))
    sent = "; ".join(["", *(f"{source} -> {target}" for source, target in letters.items())])
    found = [flaw for flaw, _ in flaws(read(collaboration(" | ".join(texts) + sent)))]
    stuck = {flaw.where for flaw in found if flaw.trouble is Trouble.DEADLOCK}
    waiting, always = in_vain(pools, letters)
    assert stuck == waiting
    assert any(flaw.always for flaw in found) == (bool(waiting) and always)
