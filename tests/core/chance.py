"""Drawings by chance, for finding what nobody has thought of: every activity in every place.

A drawing is the text that `tests.semantics.drawing` reads: activities in a row, side by side and
inside each other, repeated, with mappings and listeners, with events at their borders.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final, NamedTuple

from tests.documents import CAMUNDA_DEFINITIONS, DEFINITIONS
from tests.semantics.drawing import drawn

TASKS: Final = ("user", "user", "service", "service", "script", "task")
ACTIVITIES: Final = (*TASKS, "sub", "sub", "tx", "adhoc", "call", "receive", "send")
EVENTS: Final = (
    "timer=PT1H", "signal=S", "message=M", "cond='n > 1'", "cond='n > 3'", "cycle=R2/PT1H",
    "signal=S timer=PT1H", "message=M cond='n > 3'", "signal=S timer=PT1H parallelMultiple=true",
    "error=E", "escalation=X", "error=", "escalation=",
)  # fmt: skip
AWAITED: Final = EVENTS[:5]
CAUGHT: Final = EVENTS[:9]
ENDS: Final = ("",) * 4 + (
    "signal=S", "message=M", "error=E", "escalation=X", "terminate=", "comp=",
    "escalation=X signal=S", "comp= terminate=", "comp= error=E",
)  # fmt: skip
THROWS: Final = (
    "signal=S", "message=M", "comp=", "comp=,false", "escalation=X", "", "signal=S comp=",
)  # fmt: skip
SEVERAL: Final = "<multiInstanceLoopCharacteristics {}>{}</multiInstanceLoopCharacteristics>"
NUMBER: Final = "<loopCardinality>3</loopCardinality>"
ENOUGH: Final = "<completionCondition>nrOfCompletedInstances > 1</completionCondition>"
REPEATED: Final = (
    " mi=2", " mi=2s", " mi=3", " loop=2", " mi=0", " 'loop=3|n < 3'",
    *[f" 'xml={SEVERAL.format(order, NUMBER + ENOUGH)}'" for order in ("", 'isSequential="true"')],
)  # fmt: skip
ORDERS: Final = (
    "", " ordering=Sequential", " until='n > 2'",
    " until='n > 2' cancelRemainingInstances=false",
)  # fmt: skip
FLOWS: Final = {
    "par": ("->",),
    "cpx": ("->",),
    "inc": ("->[n > 0]", "->[n > 2]"),
    "xor": ("->[n > 1]",),
}
ACTIVATIONS: Final = ("act='activationCount > 1'", "act='activationCount > 0'", "act='n > 1'")
STATED: Final = (
    '<ioSpecification><dataInput id="in{0}" name="k"/><dataOutput id="out{0}" name="k"/>'
    "<inputSet><dataInputRefs>in{0}</dataInputRefs></inputSet>"
    "<outputSet><dataOutputRefs>out{0}</dataOutputRefs></outputSet></ioSpecification>"
    "<dataInputAssociation><sourceRef>n</sourceRef><targetRef>in{0}</targetRef>"
    "</dataInputAssociation><dataOutputAssociation><sourceRef>out{0}</sourceRef>"
    "<targetRef>n</targetRef></dataOutputAssociation>"
)
"""Data of an activity in the standard's words: it gives back what it was given."""

BROUGHT: Final = (
    '<dataOutput id="out{0}" name="n"/><dataOutputAssociation><sourceRef>out{0}</sourceRef>'
    "<targetRef>own{0}</targetRef></dataOutputAssociation>"
)
"""Data of an event that goes into an object of the event sub-process that it begins."""

ASKED: Final = ("n > 0", "n > 1", "n > 2", "n > 3", "n < 3", "activationCount > 1")


class Dialect(NamedTuple):
    """How a vendor's files write expressions, mappings and listeners."""

    expression: str
    mapped: str
    ways: tuple[str, str]
    listened: str


CAMUNDA7: Final = Dialect(
    "${{{}}}",
    '<camunda:inputOutput><camunda:{0} name="n">${{n + 1}}</camunda:{0}></camunda:inputOutput>',
    ("inputParameter", "outputParameter"),
    '<camunda:executionListener event="{}" class="L"/>',
)
CAMUNDA8: Final = Dialect(
    "= {}",
    '<zeebe:ioMapping><zeebe:{} source="= n + 1" target="n"/></zeebe:ioMapping>',
    ("input", "output"),
    "<zeebe:executionListeners>"
    '<zeebe:executionListener eventType="{}" type="L"/></zeebe:executionListeners>',
)


class Chance:
    """Draws one file. Of a vendor's files the activities have mappings and listeners, too.

    Attributes:
        dialect: the vendor's.
        many: how likely a service task is a producer.
    """

    def __init__(self, chance: random.Random, dialect: Dialect | None, *, many: float) -> None:
        self.chance, self.dialect, self.many = chance, dialect, many
        self.lines: list[str] = []
        self.names = 0

    def file(self) -> bytes:
        """A file with a process, and one that it calls."""
        self.container(0, "", 0)
        self.lines.append("process Q")
        self.container(0, "", 2)
        text = "\n".join(self.lines)
        if self.dialect is None:
            return drawn(text)
        return drawn(text).replace(DEFINITIONS.encode(), CAMUNDA_DEFINITIONS.encode())

    def put(self, indent: int, kind: str, words: str = "") -> str:
        """Draw an element of a new name, and return that."""
        self.names += 1
        name = f"{kind[0]}{self.names}"
        self.line(indent, f"{kind} {name} {words}")
        return name

    def line(self, indent: int, words: str) -> None:
        """Add a line; expressions are in the language of the file."""
        for asked in ASKED if self.dialect is not None else ():
            written = self.dialect.expression.format(asked)
            words = words.replace(f"'{asked}'", f"'{written}'")
            words = words.replace(f"[{asked}]", f"[{written}]")
        self.lines.append("  " * indent + words)

    def often(self, likely: float) -> bool:
        """Whether something is so that is this likely."""
        return self.chance.random() < likely

    def container(self, indent: int, around: str, depth: int) -> None:
        """Draw the inside of a process or sub-process; `around` is its kind."""
        last = self.put(indent, "start")
        for _ in range(self.chance.randint(1, 3)):
            first, end = self.block(indent, around, depth)
            self.line(indent, f"{last} -> {first}")
            last = end
        self.line(indent, f"{last} -> {self.end(indent, around)}")
        while self.often(0.3):
            self.handler(indent, around, depth + 1)

    def end(self, indent: int, around: str) -> str:
        """Draw an end event."""
        cancels = ("cancel=",) * 3 if around == "tx" else ()
        return self.put(indent, "end", self.chance.choice(ENDS + cancels))

    def block(self, indent: int, around: str, depth: int) -> tuple[str, str]:
        """Draw one element, or several side by side: the first and the last."""
        if self.often(0.5) or depth > 2:
            name = self.activity(indent, around, depth)
            return name, name
        draw = self.chance.choice(BLOCKS)
        return draw(self, indent, around, depth)

    def throwing(self, indent: int, _around: str, _depth: int) -> tuple[str, str]:
        """Draw an intermediate throw event."""
        name = self.put(indent, "throw", self.chance.choice(THROWS))
        return name, name

    def split(self, indent: int, around: str, depth: int) -> tuple[str, str]:
        """Draw two ways between two gateways."""
        kind = self.chance.choice([*FLOWS])
        gateway = self.put(indent, "par" if kind == "cpx" else kind)
        joins = self.chance.choice([kind, kind, "inc", "xor"])
        join = self.put(indent, joins, self.chance.choice(ACTIVATIONS) if joins == "cpx" else "")
        for _ in range(2):
            first, last = self.block(indent, around, depth + 1)
            self.line(indent, f"{gateway} {self.chance.choice(FLOWS[kind])} {first}")
            self.line(indent, f"{last} -> {join}")
        if kind in ("inc", "xor"):
            self.line(indent, f"{gateway} ->* {join}")
        return gateway, join

    def waiting(self, indent: int, _around: str, _depth: int) -> tuple[str, str]:
        """Draw an event-based gateway."""
        gateway, join = self.put(indent, "evg"), self.put(indent, "xor")
        for event in self.chance.sample(AWAITED, 2):
            self.line(indent, f"{gateway} -> {self.put(indent, 'catch', event)} -> {join}")
        if self.often(0.3):
            self.line(indent, f"{gateway} -> {self.put(indent, 'receive', 'msg=R')} -> {join}")
        return gateway, join

    def catching(self, indent: int, _around: str, _depth: int) -> tuple[str, str]:
        """Draw an intermediate catch event."""
        name = self.put(indent, "catch", self.chance.choice(CAUGHT))
        return name, name

    def turning(self, indent: int, around: str, depth: int) -> tuple[str, str]:
        """Draw a way back, which ends by what the variables are, or at the third time."""
        merge = self.put(indent, self.chance.choice(["xor", "xor", "inc"]))
        first, last = self.block(indent, around, depth + 1)
        count = self.put(indent, "script", "py='n = n + 1'")
        again = self.put(indent, "xor")
        self.line(indent, f"{merge} -> {first}")
        self.line(indent, f"{last} -> {count} -> {again}")
        self.line(indent, f"{again} ->[n < 3] {merge}")
        after = self.put(indent, "task")
        self.line(indent, f"{again} ->* {after}")
        return merge, after

    def loose(self, indent: int, around: str, depth: int) -> tuple[str, str]:
        """Draw ways that no gateway splits or joins."""
        first = self.put(indent, "task")
        last = self.put(indent, self.chance.choice(["task", "user", "inc"]), self.tokens())
        held = self.often(0.5)
        for number in range(2):
            inside, end = self.block(indent, around, depth + 1)
            flow = f"->[n > {number}]" if held else "->"
            self.line(indent, f"{first} {flow} {inside}")
            self.line(indent, f"{end} -> {last}")
        if held:
            self.line(indent, f"{first} ->* {last}")
        return first, last

    def tokens(self) -> str:
        """How many tokens an activity takes and gives."""
        return self.chance.choice(["", "", "startQuantity=2", "completionQuantity=2"])

    def linked(self, indent: int, _around: str, _depth: int) -> tuple[str, str]:
        """Draw a pair of links."""
        self.names += 1
        name = f"L{self.names}"
        return self.put(indent, "throw", f"link={name}"), self.put(indent, "catch", f"link={name}")

    def activity(self, indent: int, around: str, depth: int) -> str:
        """Draw an activity, with what is in it and at its border."""
        kind = self.chance.choice(ACTIVITIES if depth < 3 else TASKS)
        if kind == "call" and "process Q" in self.lines and self.often(0.8):
            kind = "user"  # else it calls itself
        name = self.put(indent, kind, f"{self.words(kind)}{self.more(kind)}")
        if kind in ("sub", "tx"):
            self.container(indent + 1, kind, depth + 1)
        elif kind == "adhoc":
            for _ in range(self.chance.randint(1, 3)):
                self.activity(indent + 1, around, depth + 1)
        if kind == "tx" and self.often(0.7):
            self.border(indent, name, "cancel=", around)
        for _ in range(self.chance.choice([0, 0, 1, 1, 2])):
            self.border(indent, name, f"{self.chance.choice(EVENTS)}{self.soft()}", around)
        if around and self.often(0.4):
            undo = self.put(indent, "boundary", f"on={name} comp=")
            handler = self.chance.choice(["user", "task", "service"])
            self.line(indent, f"{undo} ~> {self.put(indent, handler, 'forcomp=true')}")
        return name

    def words(self, kind: str) -> str:
        """What the line of an activity says of its kind."""
        if kind == "service" and self.often(self.many):
            return " bx:emits=many"
        order = self.chance.choice(ORDERS)
        own = {"script": " py='n = n + 1'", "call": " calledElement=Q", "receive": " msg=M"}
        repeated = self.chance.choice(REPEATED) if self.often(0.25) else ""
        return repeated + (order if kind == "adhoc" else own.get(kind, ""))

    def more(self, kind: str) -> str:
        """Mappings and listeners of an activity."""
        words = ""
        if kind == "adhoc":
            return words
        if self.dialect is None:
            stated = kind not in ("tx", "receive", "send") and not self.many and self.often(0.2)
            return f" 'xml={STATED.format(self.names)}'" if stated else ""
        if self.often(0.5):
            words += self.dialect.mapped.format(self.chance.choice(self.dialect.ways))
        if self.often(0.3):
            words += self.dialect.listened.format(self.chance.choice(["start", "end"]))
        return f" xml='<extensionElements>{words}</extensionElements>'" if words else ""

    def soft(self) -> str:
        """Whether an event interrupts."""
        return " soft" if self.often(0.4) else ""

    def border(self, indent: int, host: str, event: str, around: str) -> None:
        """Draw an event at the border of an activity, and what follows it."""
        if event.startswith("error"):
            event = event.removesuffix(" soft")
        boundary = self.put(indent, "boundary", f"on={host} {event}")
        between = f"{self.put(indent, 'user')} -> " if self.often(0.6) else ""
        self.line(indent, f"{boundary} -> {between}{self.end(indent, around)}")

    def handler(self, indent: int, around: str, depth: int) -> None:
        """Draw an event sub-process."""
        self.put(indent, "esp")
        event = self.chance.choice([*EVENTS, "comp="] if around in ("sub", "tx") else EVENTS)
        hard = event.startswith(("error", "comp"))
        if self.dialect is None and self.often(0.3):
            self.line(indent + 1, f'<dataObject id="own{self.names}"/>')
            event += f" 'xml={BROUGHT.format(self.names)}'"
        start = self.put(indent + 1, "start", event + ("" if hard else self.soft()))
        first = self.activity(indent + 1, "", depth + 2)
        self.line(indent + 1, f"{start} -> {first} -> {self.end(indent + 1, '')}")


Draw = Callable[[Chance, int, str, int], tuple[str, str]]
BLOCKS: Final[tuple[Draw, ...]] = (
    Chance.split, Chance.split, Chance.split, Chance.waiting, Chance.throwing, Chance.catching,
    Chance.turning, Chance.loose, Chance.linked,
)  # fmt: skip
