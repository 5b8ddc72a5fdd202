"""What a run lays over a drawing: per element or flow its state, count, duration and a short text.

An overlay is a value. Who makes it (from a trace, from findings, from a comparison) and how it is
drawn do not know each other.

>>> overlay = Overlay(marks={"Task_1": Mark(state=Progress.DONE, count=3, duration="1.2 s")})
>>> overlay.mark("Task_1").count, overlay.mark("Task_2").state
(3, <Progress.UNTOUCHED: 'untouched'>)
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec


class Progress(StrEnum):
    """What a run did with an element. The order is the order of the legend."""

    DONE = "done"
    ACTIVE = "active"
    WAITING = "waiting"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    UNTOUCHED = "untouched"


class Heat(StrEnum):
    """How far up the scale of a heat map an element is, in five steps; or reached, no number."""

    NONE = "heat-0"
    COLD = "heat-1"
    COOL = "heat-2"
    WARM = "heat-3"
    HOT = "heat-4"
    HOTTEST = "heat-5"


class Edit(StrEnum):
    """What became of an element between two files."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"
    SAME = "same"


class Found(StrEnum):
    """What a check says of an element."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    CLEAN = "clean"


State = Progress | Heat | Edit | Found
"""What decides on the colours and the weight of an element."""


def spoken(seconds: float) -> str:
    """Write a duration as short as it can be read.

    >>> [spoken(s) for s in (0, 0.00042, 0.25, 3.14159, 75, 7260, 200000)]
    ['0 ms', '0.4 ms', '250 ms', '3.1 s', '1 min 15 s', '2 h 1 min', '2 d 7 h']
    """
    if seconds < 1:
        return f"{seconds * 1000:.1f} ms" if 0 < seconds < 0.00995 else f"{seconds * 1000:.0f} ms"
    if seconds < 60:
        return f"{seconds:.1f} s"
    units = ((86400, "d", 3600, "h"), (3600, "h", 60, "min"), (60, "min", 1, "s"))
    size, unit, part, small = next(found for found in units if seconds >= found[0])
    whole, rest = divmod(round(seconds), size)
    return f"{whole} {unit} {rest // part} {small}" if rest >= part else f"{whole} {unit}"


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """What is shown at one element or flow.

    `value` and `count` stand at the upper right (on a flow: at its middle), `duration` and `remark`
    at the foot. `value` is the number of a heat map; `now` tells how many of `count` are as `state`
    says, where others are not; `remark` is free: "2 failed", "retry 3/5".
    """

    state: State = Progress.UNTOUCHED
    value: str = ""
    count: int | None = None
    now: int | None = None
    duration: str = ""
    remark: str = ""


QUIET: Final[frozenset[State]] = frozenset({Progress.UNTOUCHED, Heat.NONE, Edit.SAME, Found.CLEAN})
"""States of which there is nothing to tell."""


class Overlay(msgspec.Struct, frozen=True, kw_only=True):
    """Marks by the id of the element or flow; flow nodes and flows without one are in `rest`.

    With `whole` all else that is drawn is so, too: pools, data, annotations. The legend explains
    the states that occur and those that `words` names; `title` stands first. Where a script will
    say the states, they are not `spoken` yet; without `pills` states show in colours and words
    only.
    """

    marks: Mapping[str, Mark] = {}
    legend: bool = True
    title: str = ""
    words: Mapping[State, str] = {}
    spoken: bool = True
    pills: bool = True
    rest: State = Progress.UNTOUCHED
    whole: bool = False

    def mark(self, element: str) -> Mark:
        """Return the mark of an element or flow; that of the rest when it has none."""
        return self.marks.get(element) or Mark(state=self.rest)


BLANK: Final = Overlay(legend=False, words=dict.fromkeys(Progress, ""), spoken=False)
"""That nothing has happened yet, and anything may: for pictures that change."""
