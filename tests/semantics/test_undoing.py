"""Every activity is undone by its handler, or by the handlers inside of it, however that is thrown.

What was done last is undone first (13.5.5); what was done several times is undone as often.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import indent
from typing import Final, NamedTuple

import pytest

from bpmn_xml.testing import Rehearsal
from tests.semantics.drawing import drawn
from tests.semantics.test_semantics import OPTIONS, logged


class Done(NamedTuple):
    """An activity `h`, its process if it calls one, the tasks that are done in it and undo it."""

    drawing: str
    process: str
    done: list[str]
    undone: list[str]


class Throw(NamedTuple):
    """What throws behind `h` and a task `d`.

    With `all` the task is undone too; it `goes` on at another task, if anywhere.
    """

    drawing: str
    ways: str
    all: bool = True
    goes: str = ""


THROWS: Final = {
    "all": Throw("throw t comp\ntask n", "d -> t -> n", goes="n"),
    "one": Throw("throw t comp=h\ntask n", "d -> t -> n", all=False, goes="n"),
    "twice": Throw("throw t comp\nthrow u comp\ntask n", "d -> t -> u -> n", goes="n"),
    "end": Throw("end t comp", "d -> t"),
    "end of one": Throw("end t comp=h", "d -> t", all=False),
    "handler": Throw(
        "end x error=X\nesp v\n  start vs error=X\n  throw t comp\n  task w\n  vs -> t -> w",
        "d -> x",
        goes="w",
    ),
}
REPEATS: Final = {"": 1, "mi=3": 3, "mi=3s": 3, "loop=3": 3}
PLACES: Final = {
    "process": "{}",
    "sub-process": "start s\nsub o\n{}\ntask z\ns -> o -> z",
    "transaction": "start s\ntx o\n{}\ntask z\ns -> o -> z",
    "called process": "start s\ncall o calledElement=R\ntask z\ns -> o -> z\nprocess R\n{}",
}


def undoable(task: str) -> str:
    return (
        f"task {task}\nboundary c{task} on={task} comp\ntask r{task} forcomp\nc{task} ~> r{task}\n"
    )


def activities() -> Iterator[Done]:
    """All activities, undone as a whole or by what is inside."""
    for repeat, times in REPEATS.items():
        own = "boundary ch on=h comp\ntask rh forcomp\nch ~> rh\n"
        yield Done(f"task h {repeat}\n{own}", "", ["h"] * times, ["rh"] * times)
        for kind in ("sub", "tx", "adhoc", "call"):
            for inside, handler in (("task a\ntask b\n", own), (undoable("a") + undoable("b"), "")):
                ways = "a -> b" if kind == "adhoc" else "start hs\nhs -> a -> b"
                words = f"{repeat} {'ordering=Sequential' if kind == 'adhoc' else ''}"
                drawing, process = f"{kind} h {words}\n{indent(inside + ways, '  ')}\n{handler}", ""
                if kind == "call":
                    drawing = f"call h calledElement=Q {repeat}\n{handler}"
                    process = f"process Q\n{inside}{ways}\n"
                undone = ["rh"] if handler else ["rb", "ra"]
                yield Done(drawing, process, ["a", "b"] * times, undone * times)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("name", THROWS)
def test_what_was_done_is_undone_in_reverse(name: str, place: str) -> None:
    throw = THROWS[name]
    for activity in activities():
        block = (
            f"start p\n{activity.drawing}{undoable('d')}{throw.drawing}\np -> h -> d\n{throw.ways}"
        )
        around = indent(block, "  ") if "\n{}\ntask" in PLACES[place] else block
        source = drawn(f"{PLACES[place].format(around)}\n{activity.process}")
        undone = [*(["rd"] if throw.all else []), *activity.undone]
        behind = [*filter(None, [throw.goes]), *(["z"] if place != "process" else [])]
        with Rehearsal(source, options=OPTIONS) as stage:
            run = stage.start("P")
            found = logged(stage).split()
        told = [*activity.done, "d", *undone, *behind]
        in_turn = "mi=3 " not in activity.drawing and "mi=3\n" not in activity.drawing
        assert run.outcome == "completed"
        assert (found if in_turn else sorted(found)) == (told if in_turn else sorted(told)), source
