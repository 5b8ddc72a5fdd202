"""How much may follow by itself from one thing that came from outside.

A process may turn without ever asking anybody: its messages start instances that send messages,
its scripts and timers that are due at once go round. Each of these is a link of a chain. What
comes from outside (the answer of somebody's Python, a call of the API, time that passes) begins
a new one. A chain that is too long is broken: an incident holds the instance where it came to.
What the chain would still have led to is kept until a person lets that instance go on.

>>> chain = CauseChain(2)
>>> chain.goes_on(CALL), chain.goes_on(CALL), chain.goes_on(CALL)
(True, True, False)
>>> chain.reason("a").partition(", and")[0]
"3 calls of scripts and the like have followed from one another, the last at 'a'"
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from bpmn_xml.compiler.program import Node
from bpmn_xml.core.commands import HoldInstance
from bpmn_xml.core.halt import REMEDY
from bpmn_xml.wording import listed, plural

STEPS_A_LINK: Final = 4
"""A link takes about as long as so many steps of an instance."""

SPENT_A_LINK: Final = 14
"""And as so many steps of evaluations, see `expressions.meter`."""

CALL: Final = 1
THROW: Final = 5
TIMER: Final = 20
"""What they count: an answer that is known here, what is thrown to others, a timer due at once."""

WORDS: Final = {
    CALL: ("call of a script or the like", "calls of scripts and the like"),
    THROW: ("message or signal", "messages and signals"),
    TIMER: ("timer that was due at once", "timers that were due at once"),
}

AT_ONCE: Final = 1_000
"""A timer that is due within so many microseconds waits for nothing."""


class Led(NamedTuple):
    """The cause of something: its chain, and the reason if that is broken."""

    chain: CauseChain
    broken: str = ""


class CauseChain:
    """What has followed so far from one thing that came from outside.

    Attributes:
        broken: it was too long, and an instance is held.
        kept: what was not carried out since then, to be done once a person lets it go on.
    """

    __slots__ = ("_counts", "_left", "_most", "broken", "kept")

    def __init__(self, most: int) -> None:
        self._left = self._most = most
        self._counts = dict.fromkeys(WORDS, 0)
        self.broken = False
        self.kept: list[Callable[[], None]] = []

    def goes_on(self, links: int) -> bool:
        """Count what takes so many links; whether the chain is not too long yet."""
        self._counts[links] += 1
        self._left -= links
        return self._left >= 0

    def spend(self, steps: int) -> None:
        """Count what evaluations have cost that followed; more than many short ones take."""
        self._left -= steps // SPENT_A_LINK

    def renew(self) -> list[Callable[[], None]]:
        """Somebody says that it may go on: it may be as long again; what was kept is to be done."""
        kept, self.kept = self.kept, []
        self._left, self.broken = self._most, False
        self._counts = dict.fromkeys(WORDS, 0)
        return kept

    def reason(self, last: str) -> str:
        """Why the chain is broken, in words; it came to the element `last`."""
        counts = [(count, *WORDS[links]) for links, count in self._counts.items() if count]
        what = listed(f"{count:,} {plural(noun, count, forms)}" for count, noun, forms in counts)
        followed = f"{what} have followed from one another, the last at {last!r}"
        return f"{followed}, and nobody was asked: {REMEDY}"

    def hold(self, links: int, node: Node) -> HoldInstance | None:
        """Count what follows at a node; the command to hold the instance, if that is too much."""
        if self.goes_on(links):
            return None
        self.broken = True
        return HoldInstance(node.index, self.reason(node.shown))
