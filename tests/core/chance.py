"""Drawings by chance, for finding what nobody has thought of: every activity in every place.

A drawing is the text that `tests.semantics.drawing` reads: activities in a row, side by side and
inside each other, repeated, with mappings and listeners, with events at their borders.
"""

from __future__ import annotations

import random
from typing import Final

from tests.documents import CAMUNDA_DEFINITIONS, DEFINITIONS
from tests.semantics.drawing import drawn

TASKS: Final = ("user", "user", "service", "service", "script", "task")
ACTIVITIES: Final = (*TASKS, "sub", "sub", "tx", "adhoc", "call", "receive", "send")
EVENTS: Final = (
    "timer=PT1H", "signal=S", "message=M", "cond='n > 1'", "cond='n > 3'", "error=E",
    "escalation=X",
)  # fmt: skip
AWAITED: Final = EVENTS[:4]
ENDS: Final = ("",) * 4 + (
    "signal=S", "message=M", "error=E", "escalation=X", "terminate=", "comp=",
)  # fmt: skip
THROWS: Final = ("signal=S", "message=M", "comp=", "comp=,false", "escalation=X", "")
REPEATED: Final = (" mi=2", " mi=2s", " mi=3", " loop=2", " mi=0")
ORDERS: Final = ("", " ordering=Sequential", " until='n > 2'")
FLOWS: Final = {
    "par": ("->",),
    "cpx": ("->",),
    "inc": ("->[n > 0]", "->[n > 2]"),
    "xor": ("->[n > 1]",),
}
MAPPED: Final = '<camunda:inputOutput><camunda:{0} name="n">{1}</camunda:{0}></camunda:inputOutput>'
LISTENED: Final = '<camunda:executionListener event="{}" class="L"/>'


class Chance:
    """Draws one file. Of Camunda's files the activities have mappings and listeners, too.

    Attributes:
        many: how likely a service task is a producer.
    """

    def __init__(self, chance: random.Random, *, camunda: bool, many: float) -> None:
        self.chance, self.camunda, self.many = chance, camunda, many
        self.lines: list[str] = []
        self.names = 0

    def file(self) -> bytes:
        """A file with a process, and one that it calls."""
        self.container(0, "", 0)
        self.lines.append("process Q")
        self.container(0, "", 2)
        text = "\n".join(self.lines)
        if not self.camunda:
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
        if self.camunda:
            for asked in ["n > 0", "n > 1", "n > 2", "n > 3", "activationCount > 1"]:
                words = words.replace(f"'{asked}'", f"'${{{asked}}}'")
                words = words.replace(f"[{asked}]", f"[${{{asked}}}]")
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
        if self.often(0.3):
            self.handler(indent, depth + 1)

    def end(self, indent: int, around: str) -> str:
        """Draw an end event."""
        cancels = ("cancel=",) * 3 if around == "tx" else ()
        return self.put(indent, "end", self.chance.choice(ENDS + cancels))

    def block(self, indent: int, around: str, depth: int) -> tuple[str, str]:
        """Draw one element, or several side by side: the first and the last."""
        which = self.chance.random()
        if which < 0.6 or depth > 2:
            name = self.activity(indent, around, depth)
            return name, name
        if which < 0.8:
            return self.split(indent, around, depth)
        if which < 0.9:
            return self.waiting(indent)
        name = self.put(indent, "throw", self.chance.choice(THROWS))
        return name, name

    def split(self, indent: int, around: str, depth: int) -> tuple[str, str]:
        """Draw two ways between two gateways."""
        kind = self.chance.choice([*FLOWS])
        gateway = self.put(indent, "par" if kind == "cpx" else kind)
        join = self.put(indent, kind, "act='activationCount > 1'" if kind == "cpx" else "")
        for _ in range(2):
            first, last = self.block(indent, around, depth + 1)
            self.line(indent, f"{gateway} {self.chance.choice(FLOWS[kind])} {first}")
            self.line(indent, f"{last} -> {join}")
        if kind in ("inc", "xor"):
            self.line(indent, f"{gateway} ->* {join}")
        return gateway, join

    def waiting(self, indent: int) -> tuple[str, str]:
        """Draw an event-based gateway."""
        gateway, join = self.put(indent, "evg"), self.put(indent, "xor")
        for event in self.chance.sample(AWAITED, 2):
            self.line(indent, f"{gateway} -> {self.put(indent, 'catch', event)} -> {join}")
        return gateway, join

    def activity(self, indent: int, around: str, depth: int) -> str:
        """Draw an activity, with what is in it and at its border."""
        kind = self.chance.choice(ACTIVITIES if depth < 3 else TASKS)
        if kind == "call" and "process Q" in self.lines:
            kind = "user"
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
        if self.camunda and kind != "adhoc" and self.often(0.5):
            way = self.chance.choice(["inputParameter", "outputParameter"])
            words += MAPPED.format(way, "${n + 1}")
        if self.camunda and kind != "adhoc" and self.often(0.3):
            words += LISTENED.format(self.chance.choice(["start", "end"]))
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

    def handler(self, indent: int, depth: int) -> None:
        """Draw an event sub-process."""
        self.put(indent, "esp")
        event = self.chance.choice(EVENTS)
        start = self.put(indent + 1, "start", event + (self.soft() if event[:2] != "er" else ""))
        first = self.activity(indent + 1, "", depth + 2)
        self.line(indent + 1, f"{start} -> {first} -> {self.end(indent + 1, '')}")
