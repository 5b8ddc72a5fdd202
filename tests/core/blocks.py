"""Sound processes by chance, of which it is known how often each task is done."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import strategies as st

from bpmn_xml.compiler.program import AdHoc, EventSpec, Program, Repetition, Trigger
from bpmn_xml.core import records as r
from tests.core.drawn import CANCEL, compensation, computed, program, signal
from tests.core.harness import per_scope

Block = tuple[Any, ...]
"""("task",) | ("seq" | "par", blocks) | ("xor" | "or", which, blocks) | ("loop", times, block)
| ("sub", block) | ("catch", block) | ("undo", block) | ("cancel", block) | ("adhoc", sequential,
blocks) | ("enough", blocks) | ("quantity", number) | ("several", sequential, number, block)
| ("told" | "heard" | "failed" | "stopped" | "called" | "undone", block) | ("asked",)"""

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
        st.tuples(st.sampled_from(["told", "heard", "failed", "stopped"]), inner),
        st.tuples(st.sampled_from(["called", "undone"]), inner),
        st.just(("asked",)),
    ),
    max_leaves=12,
)


UNDONE = ("undo", "cancel")
AT_ONCE = ("par", "or", "enough", "adhoc", "quantity", "several")


def told(block: Block, records: Iterable[r.Record]) -> object:
    """What must be the same in whatever order tasks are done: what happened in each scope.

    What is undone is so in the reverse order in which it was done (10.7), which is free where
    several are under way at once: there it is only what happened how often.
    """
    words = str(block)
    if any(kind in words for kind in UNDONE) and any(kind in words for kind in AT_ONCE):
        return Counter([(type(one), getattr(one, "node", None)) for one in records])
    return per_scope(records)


ESCALATION = EventSpec(trigger=Trigger.ESCALATION, code="TOLD")
"""What a sub-process tells of its end."""


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
        self.calls: dict[str, str] = {}
        self.undoes: dict[str, str] = {}
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

    def draw_in(self, level: str, block: Block, times: int, end: str) -> str:
        """Draw the inside of an activity, up to an end event; what leads there."""
        first, last = self.draw(block, level, times)
        self.flow(level, self.name("s"), first)
        self.flow(level, last, end)
        return last

    def handler(self, level: str, event: EventSpec, times: int) -> str:
        """Draw an event sub-process with a task."""
        handler, task = self.name("v"), self.name("t")
        self.events[handler] = event
        self.expected[task] += times
        self.lines.append(f"{level}: {handler}")
        self.flow(handler, self.name("s"), task)
        self.flow(handler, task, self.name("e"))
        return handler

    def draw_heard(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """A sub-process that tells of its end an event sub-process of its own, beside it."""
        name, throw = self.name("z"), self.name("h")
        self.events[throw] = ESCALATION
        self.soft.add(self.handler(name, ESCALATION, times))
        self.draw_in(name, block[1], times, throw)
        self.flow(name, throw, self.name("e"))
        return name, name

    def draw_failed(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """A sub-process that ends by an error, which its event sub-process catches."""
        name = self.name("z")
        self.handler(name, EventSpec(trigger=Trigger.ERROR, code="FAULT"), times)
        self.draw_in(name, block[1], times, self.name("f"))
        return name, name

    def draw_stopped(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """A sub-process that is terminated while somebody is asked in it."""
        name, split = self.name("z"), self.name("p")
        first, last = self.draw(block[1], name, times)
        for source, target in (self.name("s"), split), (split, self.name("u")), (split, first):
            self.flow(name, source, target)
        self.flow(name, last, self.name("q"))
        return name, name

    def draw_called(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """A call of a process."""
        name, process = self.name("w"), self.name("Q").upper()
        self.calls[name] = process
        self.draw_in(process, block[1], times, self.name("e"))
        return name, name

    def draw_undone(self, block: Block, level: str, times: int) -> tuple[str, str]:
        """A sub-process whose own event sub-process undoes it, and what asks for that."""
        around, name, throw = self.name("z"), self.name("z"), self.name("h")
        self.handler(name, compensation(), times)
        self.events[throw], self.undoes[throw] = compensation(), name
        self.draw_in(name, block[1], times, self.name("e"))
        for source, target in (self.name("s"), name), (name, throw), (throw, self.name("e")):
            self.flow(around, source, target)
        return around, around

    def draw_asked(self, _block: Block, level: str, times: int) -> tuple[str, str]:
        """An event-based gateway that waits for a signal, or for one that nobody sends."""
        around, split, join, gateway = (self.name(kind) for kind in "zpjg")
        throw, come, never, merge = (self.name(kind) for kind in "hccy")
        self.events |= {throw: signal(throw), come: signal(throw), never: signal(never)}
        ways = [(self.name("s"), split), (split, gateway), (split, throw), (throw, join)]
        ways += [(gateway, come), (gateway, never), (come, merge), (never, merge), (merge, join)]
        for source, target in (*ways, (join, self.name("e"))):
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
            calls=self.calls,
            undoes=self.undoes,
        )

    def handlers(self) -> Mapping[str, Any]:
        """Loop counters count; all other tasks do nothing."""
        return {
            name: (lambda names, name=name: {name: names[name] + 1})
            for name in self.variables
            if name.startswith("t")
        }
