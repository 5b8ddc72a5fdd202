"""Every way in which the token of an activity can end, in every place in which it can be done.

Whatever becomes of one turn, the others are done, each once; whatever ends in a frame, the element
goes on or ends with it. Nothing is left over, nothing waits for ever, nothing is done twice.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bpmn_xml.compiler.program import Repetition
from bpmn_xml.compiler.program.scoping import CAMUNDA7
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.machine import LIMIT
from bpmn_xml.core.state import split_key
from tests.core.drawn import around
from tests.core.harness import Driver, computed, index, program, timer

Job = tuple[str, int, int]

COLLECTS = {"collect": computed("x"), "output": "outs"}
FRAME = around("a = 1", "b = x", before="l1", after="l2")
PLACES: dict[str, tuple[Repetition | None, bool]] = {
    # how often it is done, and whether there is a frame around it
    "alone": (None, False),
    "in a frame": (None, True),
    "at once": (Repetition(total=computed("3"), sequential=False, **COLLECTS), False),
    "in turn": (Repetition(total=computed("3"), sequential=True, **COLLECTS), False),
    "in a loop": (Repetition(maximum=3), False),
    "at once in frames": (Repetition(total=computed("3"), sequential=False, **COLLECTS), True),
    "in turn in frames": (Repetition(total=computed("3"), sequential=True, **COLLECTS), True),
    "in a loop in frames": (Repetition(maximum=3), True),
}


def mend(driver: Driver, command: Callable[..., c.Command]) -> None:
    """Mend the incident that stands, if there is one."""
    stopped = [(s.path, key) for s in driver.state.scopes.values() for key in s.incidents or ()]
    for path, key in stopped:
        driver.send(command(path, *split_key(driver.state, key), {"x": 2}))


def fail(driver: Driver, job: Job) -> None:
    driver.send(c.FailJob(*job, ("ValueError",), "no paper"))


WAYS: dict[str, tuple[Callable[[Driver, Job], Any], int, int]] = {
    # what happens; how often it goes on behind the activity: done once, and done several times
    "done": (lambda d, job: d.send(c.CompleteJob(*job, {"x": 1})), 1, 1),
    "done without a result": (lambda d, job: d.send(c.DropJob(*job)), 0, 1),
    "an error that nobody catches": (lambda d, job: d.send(c.ThrowError(*job, "X")), 0, 1),
    "an error that is caught": (lambda d, job: d.send(c.ThrowError(*job, "CAUGHT")), 0, 0),
    "cut off": (lambda d, _: d.happen("b2"), 0, 0),
    "failed and skipped": (lambda d, job: (fail(d, job), mend(d, c.SkipIncident)), 1, 1),
    "failed and tried again": (lambda d, job: (fail(d, job), mend(d, c.ResolveIncident)), 1, 1),
    "done, but what it gives is not there": (
        lambda d, job: (d.send(c.CompleteJob(*job)), mend(d, c.SkipIncident)),
        1,
        1,
    ),
}


@pytest.mark.parametrize("limit", [1, LIMIT])
@pytest.mark.parametrize("place", PLACES.values(), ids=PLACES)
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_however_a_token_ends_the_rest_goes_on(
    way: tuple[Callable[[Driver, Job], Any], int, int],
    place: tuple[Repetition | None, bool],
    limit: int,
) -> None:
    (happens, once, several), (loop, framed) = way, place
    drawn = program(
        "s > t1 > a2 > e; t1 !CAUGHT:b1; b1 > e1; t1 !b2; b2 > e2; l1; l2",
        events={"b2": timer(5)},
        loops={"t1": loop} if loop else {},
        frames={"t1": FRAME} if framed else {},
        rules=CAMUNDA7,
    )
    driver, began, t1 = (
        Driver(drawn, reload=True, limit=limit).start(),
        list[Job](),
        index(drawn, "t1"),
    )
    while jobs := driver.open_jobs():
        job, first = jobs[0], not began
        fresh = job[1] == t1 and job not in began
        began += [job] if fresh else []
        assert len(began) <= 3
        if fresh and first:
            happens(driver, job)
        else:
            driver.send(c.CompleteJob(*job, {"x": 1} if job[1] == t1 else None))
    cut = not several
    assert len(began) == (3 if loop and not cut else 1)
    assert (driver.outcome, driver.state.scopes.keys()) == ("completed", {""})
    assert driver.count(r.Passed, "a2") == (several if loop else once)
