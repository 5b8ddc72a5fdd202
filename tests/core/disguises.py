"""Drawings that look different and mean the same.

What a block means is drawn in one of the many ways that clauses 10 and 13 give it: in
sub-processes, calls and repetitions of one, with other gateways or none, with events that nobody
catches or that never come, and with its elements in any order.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from tests.core.meanings import Block, Meaning
from tests.semantics.drawing import drawn

Ends = tuple[str, str]
"""The first and the last node of what was drawn."""

NEVER: Final = (
    "timer=PT1H", "cycle=R3/PT1H", "signal=NEVER", "message=NEVER", "cond='1 > 2'", "error=NEVER",
    "escalation=NEVER", "error=", "signal=NEVER cond='1 > 2'",
    "signal=NEVER timer=PT1H parallelMultiple=true",
)  # fmt: skip
"""Events that do not come."""

AROUND: Final = (
    "sub", "sub mi=1", "sub mi=1s", "sub loop=1", "sub 'loop=|1 > 2'", "tx", "tx mi=1", "tx loop=1",
)  # fmt: skip
ENDS: Final = ("", "", "terminate=", "signal=NOBODY", "escalation=NOBODY", "comp=", "comp=,false")
"""Ends of a container in which nothing else is active, and nothing to be undone."""

NO_TURN: Final = (
    '<standardLoopCharacteristics testBefore="true"><loopCondition>1 > 2</loopCondition>'
    "</standardLoopCharacteristics>"
)
PASSED: Final = (
    "task", "throw", "throw signal=NOBODY", "throw escalation=NOBODY", "throw comp=",
    "throw comp=,false", "throw signal=NOBODY escalation=NOBODY", "catch cond='1 > 0'", "xor",
    "par", "inc", "cpx act='activationCount > 0'", "service mi=0", "service mi=0s",
    f"service 'xml={NO_TURN}'", "task mi=3", "task loop=2",
)  # fmt: skip
"""What a token only passes: the services are not done once."""

ASIDE: Final = (
    "<property id='{0}' name='{0}'/>", "<dataObject id='{0}' name='{0}'/>", "<group id='{0}'/>",
    "<textAnnotation id='{0}'><text>1</text></textAnnotation>", "<documentation>1</documentation>",
    "<laneSet id='{0}s'><lane id='{0}'/></laneSet>", "<auditing/>",
    "<dataStoreReference id='{0}'/>", "<extensionElements/>",
)  # fmt: skip
"""What may stand in any process or sub-process and does nothing."""


class Disguise:
    """Draws what a block means; the more likely a disguise is, the less it looks like it."""

    def __init__(self, meaning: Meaning, chance: random.Random, likely: float) -> None:
        self.chance, self.likely = chance, likely
        self.lines: list[tuple[int, str]] = []
        self.called: list[str] = []
        self.count = 0
        self.inside(0, meaning.block, "")
        self.text = "".join([self.shuffled(self.lines), *self.called])

    @property
    def file(self) -> bytes:
        """The file."""
        return drawn(self.text)

    def shuffled(self, lines: Sequence[tuple[int, str]]) -> str:
        """The lines with the elements of each level in any order (a file's says nothing)."""
        if not lines:
            return ""
        level = lines[0][0]
        starts = [at for at, (indent, _) in enumerate(lines) if indent == level]
        parts = [lines[at:to] for at, to in pairwise([*starts, len(lines)])]
        self.chance.shuffle(parts)
        return "".join(
            f"{'  ' * level}{head[1]}\n{self.shuffled(inside)}" for head, *inside in parts
        )

    def put(self, indent: int, words: str) -> str:
        """Draw an element of a new name, and return that."""
        self.count += 1
        kind, _, more = words.partition(" ")
        name = f"{kind}_{self.count}"
        self.lines.append((indent, f"{kind} {name} {more}"))
        return name

    def flow(self, indent: int, *nodes: str) -> None:
        """Draw flows in a row; a word like `[a > b]` or `*` between two nodes is that flow's."""
        line = " -> ".join(nodes).replace("-> [", "->[").replace("-> *", "->*")
        self.lines.append((indent, line.replace("] ->", "]").replace("* ->", "*")))

    def often(self, likely: float) -> bool:
        """Whether something is so that is this likely."""
        return self.chance.random() < likely

    def draw(self, indent: int, block: Block) -> Ends:
        """Draw a block, plain or otherwise."""
        if indent < 6 and self.often(self.likely):
            return self.chance.choice(DISGUISES)(self, indent, block)
        return self.chance.choice(WAYS[block[0]])(self, indent, block)

    def inside(self, indent: int, block: Block, end: str) -> Ends:
        """Draw a block with what begins and ends it, perhaps in no events."""
        first, last = self.draw(indent, block)
        start = self.put(indent, self.chance.choice(["start", "start", "task"]))
        stop = self.put(indent, f"end {end}" if end or self.often(0.7) else "task")
        self.flow(indent, start, first)
        self.flow(indent, last, stop)
        if self.often(self.likely / 2):
            self.count += 1
            self.lines.append((indent, self.chance.choice(ASIDE).format(f"_a{self.count}")))
        if self.often(self.likely / 3):
            self.put(indent, "esp")
            soft = self.chance.choice(["", " soft"])
            event = self.chance.choice([event for event in NEVER if "error" not in event])
            self.never(indent + 1, f"start {event}{soft}")
        return start, stop

    def never(self, indent: int, event: str) -> None:
        """Draw an event that does not come, and a task that would be done."""
        self.flow(indent, self.put(indent, event), self.put(indent, "service"))

    # what is drawn around a block

    def around(self, indent: int, block: Block) -> Ends:
        """In a sub-process, done once (13.3.4, 13.3.6, 13.3.7)."""
        name = self.put(indent, self.chance.choice(AROUND))
        self.inside(indent + 1, block, self.chance.choice(ENDS))
        self.borders(indent, name)
        return name, name

    def borders(self, indent: int, name: str) -> None:
        """Draw boundary events that do not come."""
        while self.often(0.3):
            event = self.chance.choice(NEVER)
            soft = self.chance.choice(["", " soft"]) if "error" not in event else ""
            self.never(indent, f"boundary on={name} {event}{soft}")

    def free(self, indent: int, block: Block) -> Ends:
        """In an ad-hoc sub-process (13.3.5)."""
        name = self.put(indent, f"adhoc ordering={self.chance.choice(['Sequential', 'Parallel'])}")
        self.put(indent + 1, "sub")
        self.inside(indent + 2, block, "")
        self.borders(indent, name)
        return name, name

    def call(self, indent: int, block: Block) -> Ends:
        """In a process that is called."""
        lines, self.lines = self.lines, []
        self.inside(0, block, self.chance.choice(ENDS))
        process = f"Q{self.count}"
        self.called.append(f"process {process}\n{self.shuffled(self.lines)}")
        self.lines = lines
        more = self.chance.choice(["", " mi=1", " mi=1s", " loop=1"])
        name = self.put(indent, f"call calledElement={process}{more}")
        self.borders(indent, name)
        return name, name

    def broken(self, indent: int, block: Block) -> Ends:
        """In a sub-process that ends by an event at its border."""
        what, border = self.chance.choice(
            [("error=E", "error=E"), ("error=E", "error="), ("escalation=X", "escalation=X")]
        )
        name = self.put(indent, self.chance.choice(["sub", "sub mi=1", "sub loop=1", "tx"]))
        self.inside(indent + 1, block, what)
        return self.out(indent, name, border)

    def cancelled(self, indent: int, block: Block) -> Ends:
        """In a transaction that is cancelled, with nothing to be undone."""
        name = self.put(indent, "tx")
        self.inside(indent + 1, block, "cancel=")
        return self.out(indent, name, "cancel=")

    def out(self, indent: int, name: str, event: str) -> Ends:
        """Draw an event at a border that leads on where the activity leads."""
        merge = self.put(indent, self.chance.choice(["xor", "task"]))
        self.flow(indent, self.put(indent, f"boundary on={name} {event}"), merge)
        self.flow(indent, name, merge)
        return name, merge

    def before(self, indent: int, block: Block) -> Ends:
        """After something that is only passed."""
        first, last = self.draw(indent, block)
        node = self.put(indent, self.chance.choice(PASSED))
        self.flow(indent, node, first)
        return node, last

    def after(self, indent: int, block: Block) -> Ends:
        """Before something that is only passed."""
        first, last = self.draw(indent, block)
        node = self.put(indent, self.chance.choice(PASSED))
        self.flow(indent, last, node)
        return first, node

    def linked(self, indent: int, block: Block) -> Ends:
        """After a pair of links."""
        first, last = self.draw(indent, block)
        link = f"link=L{self.count}"
        throw, catch = self.put(indent, f"throw {link}"), self.put(indent, f"catch {link}")
        self.flow(indent, catch, first)
        return throw, last

    def chosen(self, indent: int, block: Block) -> Ends:
        """On the one way of several that is taken."""
        first, last = self.draw(indent, block)
        split = self.put(indent, self.chance.choice(["xor", "inc", "cpx", "task"]))
        merge = self.put(indent, self.chance.choice(["xor", "inc"]))
        other = self.put(indent, "service")
        if self.often(0.5):
            self.flow(indent, split, "[1 > 0]", first)
            self.flow(indent, split, "*", other)
        else:
            self.flow(indent, split, "*", first)
            self.flow(indent, split, "[1 > 2]", other)
        self.flow(indent, last, merge)
        self.flow(indent, other, merge)
        return split, merge

    def raced(self, indent: int, block: Block) -> Ends:
        """Behind the event that comes of several."""
        first, last = self.draw(indent, block)
        gateway, merge = self.put(indent, "evg"), self.put(indent, "xor")
        come = self.put(indent, "catch cond='1 > 0'")
        for event in self.chance.sample(["catch signal=NEVER", "catch timer=PT1H"], 1):
            self.flow(indent, gateway, self.put(indent, event), self.put(indent, "service"), merge)
        self.flow(indent, gateway, come, first)
        self.flow(indent, last, merge)
        return gateway, merge

    def alone(self, indent: int, block: Block) -> Ends:
        """Between gateways of other kinds, alone or beside an empty way."""
        first, last = self.draw(indent, block)
        split = self.put(indent, self.chance.choice(["par", "inc", "cpx"]))
        join = self.put(indent, self.chance.choice(["par", "inc"]))
        self.flow(indent, split, first)
        self.flow(indent, last, join)
        if self.often(0.5):
            self.flow(indent, split, self.put(indent, "task"), join)
        return split, join

    def doubled(self, indent: int, block: Block) -> Ends:
        """Between a task that gives two tokens and one that takes two."""
        first, last = self.draw(indent, block)
        one = self.put(indent, "task completionQuantity=2")
        two = self.put(indent, "task startQuantity=2")
        self.flow(indent, one, two, first)
        return one, last

    # what a block is

    def task(self, indent: int, block: Block) -> Ends:
        """Draw a task."""
        more = self.chance.choice(["", "", "", " mi=1", " mi=1s", " loop=1"])
        self.lines.append((indent, f"service {block[1]}{more}"))
        if self.often(self.likely / 2):
            self.borders(indent, block[1])
        return block[1], block[1]

    def row(self, indent: int, block: Block) -> Ends:
        """Draw blocks in a row."""
        ends = [self.draw(indent, inner) for inner in block[2]]
        for (_, last), (first, _) in pairwise(ends):
            self.flow(indent, last, first)
        return ends[0][0], ends[-1][1]

    def split(self, indent: int, block: Block) -> Ends:
        """Draw blocks side by side, between gateways or without the first."""
        first = self.put(indent, self.chance.choice(["par", "task", "inc", "cpx", "throw"]))
        number = len(block[2])
        joins = [
            "par",
            "inc",
            f"cpx act='activationCount == {number}'",
            f"task startQuantity={number}",
        ]
        last = self.put(indent, self.chance.choice(joins))
        held = first[:3] == "inc" and self.often(0.5)
        for inner in block[2]:
            begin, end = self.draw(indent, inner)
            self.flow(indent, first, *["[1 > 0]"] * held, begin)
            self.flow(indent, end, last)
        return first, last

    def together(self, indent: int, block: Block) -> Ends:
        """Draw blocks side by side in a sub-process whose end joins them."""
        kind = self.chance.choice(["sub", "tx", "adhoc"])
        name = self.put(indent, kind)
        within = indent + 1
        for inner in block[2]:
            if kind == "adhoc":
                self.put(within, "sub")
                self.inside(within + 1, inner, "")
                continue
            begin, end = self.draw(within, inner)
            start = self.put(within, "task")
            self.flow(within, start, begin)
            if self.often(0.5):
                self.flow(within, end, self.put(within, "end"))
        return name, name

    def choice(self, indent: int, block: Block) -> Ends:
        """Draw a choice."""
        _, name, _, inner = block
        split = self.put(indent, self.chance.choice(["xor", "inc", "task", "cpx"]))
        merge = self.put(indent, self.chance.choice(["xor", "inc", "task"]))
        default = self.often(0.5)
        for number, each in enumerate(inner):
            begin, end = self.draw(indent, each)
            self.flow(indent, split, "*" if default and number else f"[{name} == {number}]", begin)
            self.flow(indent, end, merge)
        return split, merge

    def awaited(self, indent: int, block: Block) -> Ends:
        """Draw a choice by which condition comes true."""
        _, name, _, inner = block
        gateway, merge = self.put(indent, "evg"), self.put(indent, "xor")
        for number, each in enumerate(inner):
            begin, end = self.draw(indent, each)
            event = self.put(indent, f"catch cond='{name} == {number}'")
            self.flow(indent, gateway, event, begin)
            self.flow(indent, end, merge)
        return gateway, merge

    def back(self, indent: int, block: Block) -> Ends:
        """Draw a way back."""
        _, name, times, inner = block
        merge = self.put(indent, self.chance.choice(["xor", "task"]))
        begin, end = self.draw(indent, inner)
        again, out = self.put(indent, self.chance.choice(["xor", "inc"])), self.put(indent, "task")
        self.task(indent, ("task", name))
        self.flow(indent, merge, begin)
        self.flow(indent, end, name, again)
        self.flow(indent, again, f"[{name} % {times} != 0]", merge)
        self.flow(indent, again, "*", out)
        return merge, out

    def repeated(self, indent: int, block: Block) -> Ends:
        """Draw a sub-process that is done so many times, one by one."""
        _, name, times, inner = block
        words = [f"mi={times}s", f"loop={times}", f"'loop=|{name} % {times} != 0'"]
        around = self.put(
            indent, f"{self.chance.choice(['sub', 'tx'])} {self.chance.choice(words)}"
        )
        begin, end = self.draw(indent + 1, inner)
        start = self.put(indent + 1, "start")
        self.task(indent + 1, ("task", name))
        self.flow(indent + 1, start, begin)
        self.flow(indent + 1, end, name)
        self.borders(indent, around)
        return around, around


Draw = Callable[[Disguise, int, Block], Ends]
DISGUISES: Final[Sequence[Draw]] = (
    Disguise.around, Disguise.around, Disguise.free, Disguise.call, Disguise.broken,
    Disguise.cancelled, Disguise.before, Disguise.after, Disguise.linked, Disguise.chosen,
    Disguise.raced, Disguise.alone, Disguise.doubled,
)  # fmt: skip
WAYS: Final[Mapping[str, Sequence[Draw]]] = {
    "task": (Disguise.task,),
    "seq": (Disguise.row,),
    "par": (Disguise.split, Disguise.split, Disguise.together),
    "xor": (Disguise.choice, Disguise.choice, Disguise.awaited),
    "loop": (Disguise.back, Disguise.repeated),
}
