"""Every event at the border of every activity: it happens never, once or twice (13.5.3).

What interrupts leaves the other way, once; what does not goes that way each time it happens, and
the activity completes in spite of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent
from typing import Any, Final, NamedTuple

import pytest

from bpmn_xml.testing import Rehearsal
from tests.semantics.drawing import drawn
from tests.semantics.test_semantics import OPTIONS, happen, logged

Steps = list[list[Any]]


class Event(NamedTuple):
    """An event definition, what lets it happen, and what lets it happen again, if anything does.

    `thrown` by an event sub-process inside of the activity, when signal T comes.
    """

    words: str
    once: Steps
    again: Steps
    thrown: str = ""


class Host(NamedTuple):
    """An activity `h` at work in tasks, as they are entered, until its steps are done."""

    drawing: str
    first: list[str]
    entered: list[str]
    steps: Steps
    process: str = ""


HOUR: Final = ["+", "PT1H"]
EVENTS: Final = {
    "message": Event("message=M", [["msg", "M"]], [["msg", "M"]]),
    "timer": Event("timer=PT1H", [HOUR], []),
    "date": Event("date=2026-01-01T01:00:00Z", [HOUR], []),
    "cycle": Event("cycle=R/PT1H", [HOUR], [HOUR]),
    "signal": Event("signal=S", [["sig", "S"]], [["sig", "S"]]),
    "condition": Event("cond=c>0", [["set", {"c": 1}]], [["set", {"c": 0}], ["set", {"c": 2}]]),
    "several": Event("message=M signal=S", [["msg", "M"]], [["sig", "S"]]),
    "all of several": Event(
        "message=M signal=S parallelMultiple=true",
        [["msg", "M"], ["sig", "S"]],
        [["sig", "S"], ["msg", "M"]],
    ),
    "escalation": Event("escalation=E", [["sig", "T"]], [["sig", "T"]], "escalation=E"),
    "any escalation": Event("escalation", [["sig", "T"]], [["sig", "T"]], "escalation=E"),
    "error": Event("error=E", [["sig", "T"]], [], "error=E"),
    "any error": Event("error", [["sig", "T"]], [], "error=E"),
    "signal from inside": Event("signal=S", [["sig", "T"]], [["sig", "T"]], "signal=S"),
    "message from inside": Event("message=M", [["sig", "T"]], [["sig", "T"]], "message=M"),
}
REPEATS: Final = {"": 1, "mi=2": 2, "mi=2s": 2, "loop=2": 2}
INSIDE: Final = {"sub": "start hs\nuser w\nhs -> w\n", "adhoc": "user w\n"}


def hosts(thrown: str) -> Iterator[tuple[str, Host]]:
    """All hosts by name; those that throw have an inside."""
    thrower = f"esp v\n  start vs signal=T soft\n  end ve {thrown}\n  vs -> ve\n" if thrown else ""
    for repeat, number in REPEATS.items():
        first = number if repeat == "mi=2" else 1
        for kind, step in (("user", ["do", "h"]), ("receive msg=W", ["msg", "W"])):
            drawing = f"{kind.replace(' ', ' h ')} {repeat}" if " " in kind else f"user h {repeat}"
            if not thrown:
                yield (
                    f"{kind} {repeat}",
                    Host(drawing, ["h"] * first, ["h"] * number, [step] * number),
                )
        for kind in ("sub", "tx", "adhoc", "call"):
            inside = INSIDE.get(kind, INSIDE["sub"]) + thrower
            drawing, process = f"{kind} h {repeat}\n{indent(inside, '  ')}", ""
            if kind == "call":
                drawing, process = f"call h calledElement=Q {repeat}\n", f"process Q\n{inside}"
            steps = [["do", "w"]] * number
            yield f"{kind} {repeat}", Host(drawing, ["w"] * first, ["w"] * number, steps, process)


def courses(event: Event, host: Host, *, soft: bool) -> Iterator[tuple[Steps, list[str]]]:
    """What may happen, and which tasks are entered then."""
    each = len(host.first) if event.thrown else 1
    yield host.steps, [*host.entered, "n"]
    if not soft:
        yield event.once, [*host.first, "r"]
        return
    yield [*event.once, *host.steps], [*host.entered, *["r"] * each, "n"]
    if event.again:
        steps = [*event.once, *event.again, *host.steps]
        yield steps, [*host.entered, *["r"] * 2 * each, "n"]


BORDERS: Final = [(name, soft) for name in EVENTS for soft in (False, True)]


@pytest.mark.parametrize(
    ("name", "soft"), [one for one in BORDERS if not (one[1] and "error" in one[0])]
)
def test_an_event_does_the_same_at_the_border_of_each_activity(name: str, soft: bool) -> None:
    event = EVENTS[name]
    for called, host in hosts(event.thrown):
        border = f"boundary b on=h {event.words} {'soft' if soft else ''}"
        ways = "task r\ntask n\ns -> h -> n\nb -> r"
        source = drawn(f"start s\n{host.drawing}\n{border}\n{ways}\n{host.process}")
        for steps, entered in courses(event, host, soft=soft):
            with Rehearsal(source, options=OPTIONS) as stage:
                run = stage.start("P", {"c": 0})
                for step in steps:
                    happen(stage, step)
                assert (run.outcome, sorted(logged(stage).split())) == (
                    "completed",
                    sorted(entered),
                ), (called, steps)
