"""Large processes that grow of blocks, one of them spoilt: what is wrong is known before."""

from __future__ import annotations

from itertools import count
from random import Random

import pytest

from bpmn_xml.check.checking import check
from bpmn_xml.check.shorthand import xml
from bpmn_xml.compiler.options import Options
from bpmn_xml.errors import Finding
from tests.costs import calls

MOST_CALLS = 1_500_000
"""The dearest takes two thirds of it, an eighth of a second."""

JOINS = {"x": "exclusive", "p": "parallel", "o": "inclusive"}


class Growing:
    """A process as it grows: lines of shorthand, sound as long as no block is spoilt.

    Attributes:
        spoil: the kind of block that is spoilt once, "" for none.
        where: the nodes at one of which that must be told; "" where it may be any.
    """

    def __init__(self, seed: int, spoil: str) -> None:
        self.chance, self.numbers, self.spoil, self.where = Random(seed), count(), spoil, ""
        self.lines: list[str] = ["executable"]
        self.margin = ""

    def node(self, tag: str, more: str = "") -> str:
        """Add a node."""
        name = f"{tag[0]}{next(self.numbers)}_"
        self.lines.append(f"{self.margin}{tag} {name}{more}")
        return name

    def timer(self) -> str:
        """What an event says that waits an hour."""
        lines = ("  timerEventDefinition", "    timeDuration formal : PT1H")
        return "".join(f"\n{self.margin}{line}" for line in lines)

    def flow(self, *nodes: str) -> None:
        """Connect some nodes in a row."""
        self.lines.append(self.margin + " > ".join(nodes))

    def block(self, size: int) -> tuple[str, str]:
        """Grow a block of about so many nodes; its first and its last one."""
        if size < 4:
            task = self.node("task")
            return task, task
        if self.spoil and self.chance.random() < 0.5 and size < 40:
            kind, self.spoil = self.spoil, ""
            return getattr(self, kind)(size)
        kinds = ["row", "row", "split", "split", "loop", "race", "border", "inner", "several"]
        grown: tuple[str, str] = getattr(self, self.chance.choice(kinds))(size)
        return grown

    def row(self, size: int) -> tuple[str, str]:
        """Two blocks, one behind the other."""
        first, second = self.block(size // 2), self.block(size - size // 2)
        self.flow(first[1], second[0])
        return first[0], second[1]

    def between(self, size: int, split: str, join: str, ways: int = 2) -> tuple[str, str]:
        """Blocks between two gateways."""
        one, other = self.node(f"{JOINS[split]}Gateway"), self.node(f"{JOINS[join]}Gateway")
        for _ in range(ways):
            first, last = self.block((size - 2) // ways)
            self.flow(one, first)
            self.flow(last, other)
        return one, other

    def split(self, size: int) -> tuple[str, str]:
        """A split and the join that fits."""
        kind = self.chance.choice("xpo")
        return self.between(size, kind, kind, self.chance.choice((2, 2, 3)))

    def loop(self, size: int) -> tuple[str, str]:
        """A block that is done again."""
        one, other = self.node("exclusiveGateway"), self.node("exclusiveGateway")
        first, last = self.block(size - 3)
        self.flow(one, first)
        self.flow(last, other)
        self.flow(other, self.node("task"), one)
        return one, other

    def race(self, size: int) -> tuple[str, str]:
        """What comes first."""
        one, other = self.node("eventBasedGateway"), self.node("exclusiveGateway")
        for _ in range(2):
            event = self.node("intermediateCatchEvent", self.timer())
            first, last = self.block((size - 4) // 2)
            self.flow(one, event, first)
            self.flow(last, other)
        return one, other

    def border(self, size: int, join: str = "exclusive", cancels: str = "true") -> tuple[str, str]:
        """A task that is left at its border."""
        task, other = self.node("task"), self.node(f"{join}Gateway")
        event = self.node(
            "boundaryEvent",
            f" attachedToRef={task} cancelActivity={cancels}{self.timer()}",
        )
        for one in (task, event):
            first, last = self.block((size - 3) // 2)
            self.flow(one, first)
            self.flow(last, other)
        return task, other

    def inner(self, size: int, more: str = "") -> tuple[str, str]:
        """A sub-process."""
        outside = self.node("subProcess")
        self.margin += "  "
        if more:
            self.lines.append(self.margin + more)
        first, last = self.block(size - 3)
        self.flow(self.node("startEvent"), first)
        self.flow(last, self.node("endEvent"))
        self.margin = self.margin[2:]
        return outside, outside

    def several(self, size: int) -> tuple[str, str]:
        """A sub-process for each item."""
        inside = f"\n{self.margin}    loopCardinality formal : 2"
        return self.inner(size, f"multiInstanceLoopCharacteristics{inside}")

    # spoilt blocks

    def choice_joined(self, size: int) -> tuple[str, str]:
        """Of several ways one is taken, and all are waited for."""
        one, self.where = self.between(size, "x", "p")
        return one, self.where

    def some_joined(self, size: int) -> tuple[str, str]:
        """Some ways are taken, and all are waited for."""
        one, self.where = self.between(size, "o", "p")
        return one, self.where

    def all_merged(self, size: int) -> tuple[str, str]:
        """All ways are taken, and each goes on by itself."""
        one, self.where = self.between(size, "p", "x")
        return one, self.where

    def some_merged(self, size: int) -> tuple[str, str]:
        """Some ways are taken, and each goes on by itself."""
        one, self.where = self.between(size, "o", "x")
        return one, self.where

    def beside(self, size: int) -> tuple[str, str]:
        """What happens beside a task goes on as the task does."""
        one, self.where = self.border(size, cancels="false")
        return one, self.where

    def left(self, size: int) -> tuple[str, str]:
        """What is left at its border, or not, is waited for from both."""
        one, self.where = self.border(size, join="parallel")
        return one, self.where

    def raced(self, size: int) -> tuple[str, str]:
        """What comes first is waited for together with what does not come."""
        one, other = self.race(size)
        at = self.lines.index(f"{self.margin}exclusiveGateway {other}")
        self.lines[at] = f"{self.margin}parallelGateway {other}"
        self.where = other
        return one, other

    def multiplied(self, size: int) -> tuple[str, str]:
        """A way leads back out of a parallel split."""
        one, split = self.node("exclusiveGateway"), self.node("parallelGateway")
        first, last = self.block(size - 3)
        self.flow(one, first)
        self.flow(last, split)
        self.flow(split, self.node("task"), one)
        return one, split

    def endless(self, size: int) -> tuple[str, str]:
        """One of two ways leads into a loop that nothing leads out of."""
        one = self.node("exclusiveGateway")
        merge = self.node("exclusiveGateway")
        first, last = self.block(size - 3)
        self.flow(one, merge, first)
        self.flow(last, merge)
        self.where = f"{merge} {first}"
        return one, one

    def never_closed(self, size: int) -> tuple[str, str]:
        """One of three ways out of a parallel split ends before the join that waits for all."""
        one, other = self.node("parallelGateway"), self.node("parallelGateway")
        for _ in range(2):
            first, last = self.block((size - 4) // 2)
            self.flow(one, first)
            self.flow(last, other)
        choice = self.node("exclusiveGateway")
        self.flow(one, choice, other)
        self.flow(choice, self.node("endEvent"))
        self.where = other
        return one, other


def grown(seed: int, spoil: str, size: int) -> Growing:
    """A process of about some nodes in which at most one block is spoilt."""
    made = Growing(seed, spoil)
    start = made.node("startEvent")
    first, last = made.block(size)
    if made.spoil:
        tail = getattr(made, made.spoil)(12)
        made.flow(last, tail[0])
        last = tail[1]
    made.flow(start, first)
    made.flow(last, made.node("endEvent"))
    return made


SPOILT = {
    "choice_joined": {"BX601"},
    "some_joined": {"BX601"},
    "all_merged": {"BX602", "BX603"},
    "some_merged": {"BX602", "BX603"},
    "beside": {"BX602", "BX603"},
    "left": {"BX601"},
    "raced": {"BX601"},
    "multiplied": {"BX602", "BX603"},
    "endless": {"BX604", "BX605"},
    "never_closed": {"BX601"},
}  # fmt: skip
SIZES = (20, 40, 60, 80, 100, 120, 150)


def flaws(made: Growing) -> list[Finding]:
    """What is told of soundness, in so many calls."""
    found: list[Finding] = []
    drawn, options = xml("\n".join(made.lines)), Options(stub=True)
    made_calls = calls(lambda: found.extend(check(drawn, aim="run", options=options)))
    assert made_calls < MOST_CALLS
    return [one for one in found if one.code.startswith("BX60")]


@pytest.mark.parametrize("seed", range(40))
def test_what_is_sound_is_not_told(seed: int) -> None:
    made = grown(seed, "", SIZES[seed % len(SIZES)])
    assert [str(one) for one in flaws(made)] == []


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("spoil", SPOILT)
def test_what_is_spoilt_is_told_where_it_is_and_only_there(spoil: str, seed: int) -> None:
    made = grown(seed + 100, spoil, SIZES[seed])
    told = {(one.code, one.id) for one in flaws(made)}
    assert {code for code, _ in told} & SPOILT[spoil], told
    assert not made.where or {*made.where.split()} & {name for _, name in told}, told
    assert len(told) == 1 or not made.where, told
