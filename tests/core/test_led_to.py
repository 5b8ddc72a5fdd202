"""What an event at the border of an activity led to is undone before that activity (13.5.5)."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest

from bpmn_xml.compiler.program import Announcement
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.core.drawn import around
from tests.core.harness import Driver, timer
from tests.core.test_compensation import ESCALATED, each, undoable, undone
from tests.costs import calls

ROUNDS = "s > y > t1 > x; x >[n < 2] y; x >* h > e"
LED_TO = [
    # text, what else is drawn, the steps, what is undone in which order
    pytest.param("s > t1 > h > e", {}, "b5 t2 t1", "t2 t1", id="before its host"),
    pytest.param("s > t1 > t4 > h > e", {}, "b5 t1 t2 t4", "t2 t1", id="as it is anyway"),
    pytest.param(
        "s > p; p > t1 > j; p > t3 > j; j > h > e", {}, "t3 b5 t2 t1", "t2 t1 t3", id="not before"
    ),
    pytest.param("s > t1 > h > e", {}, "b5 b5 t2 t2 t1", "t2 t2 t1", id="each time"),
    pytest.param(ROUNDS, {}, "b5 t2 t1 t1", "t1 t2 t1", id="in the first round"),
    pytest.param(ROUNDS, {}, "t1 b5 t2 t1", "t2 t1 t1", id="in the second round"),
    pytest.param(
        "s > t1 > t4 > h > e; t2 !b6; b6 > t3",
        {},
        "b5 b6 t1 t3 t2 t4",
        "t3 t2 t1",
        id="in a row, its host completed before it",
    ),
    pytest.param(
        "s > p; p > y; p > y; y > t1 > a2 > h > e",
        {"quantities": {"a2": (2, 1)}},
        "b5 t2 t1:2 t1:1",
        "t1 t2 t1",
        id="of two at once",
    ),
    pytest.param(
        "s > t1 > h > e", {"loops": {"t1": each()}}, "t1 b5 t2 t1", "t2 t1 t1", id="in turn"
    ),
    pytest.param(
        "s > t1 > h > e",
        {"loops": {"t1": each(sequential=False)}},
        "t1 b5 t2 t1",
        "t2 t1 t1",
        id="at once",
    ),
    pytest.param(
        "s > t1 > h > e",
        {"frames": {"t1": around("k = 1")}},
        "b5 t2 t1",
        "t2 t1",
        id="in its scope",
    ),
    pytest.param(
        "s > t1 > h > e; t2 !b6; b6 > t3", {}, "b5 b6 t3 t2 t1", "t3 t2 t1", id="in a row"
    ),
    pytest.param(
        "s > p; p > t1 > j; p > t3 > h1 > j; j > h > e",
        {"undoes": {"h1": "t3"}},
        "t3 b5 t2 t93 t1",
        "t3 t2 t1",
        id="whatever is undone meanwhile",
    ),
]


@pytest.mark.parametrize(("text", "more", "steps", "order"), LED_TO)
@pytest.mark.parametrize("reload", [False, True])
def test_what_an_event_at_the_border_led_to_is_undone_before_its_host(
    text: str, more: dict[str, Any], steps: str, order: str, reload: bool
) -> None:
    drawn = undoable(
        f"{text}; t1 !b5; b5 > t2" + undone(*{*re.findall(r"t\d", text), "t2"}),
        events={"b5": timer(5, 9), "b6": timer(5, 9)},
        soft=["b5", "b6"],
        **more,
    )
    driver = Driver(drawn, reload=reload).start({"items": [1, 2]})
    for step in steps.split():
        if step[0] == "b":
            driver.happen(step)
            continue
        name, _, number = step.partition(":")
        jobs = [job for job in driver.open_jobs() if drawn.nodes[job[1]].id == name]
        job = next(job for job in jobs if not number or job[2] == int(number))
        rounds = driver.count(r.Completed, "t1")
        driver.send(c.CompleteJob(*job, {"n": rounds + 1} if name == "t1" else None))
    assert driver.go().outcome == "completed"
    told = [drawn.nodes[x.node].id for x in driver.records if isinstance(x, r.Completed)]
    assert " ".join(name.replace("9", "") for name in told if name[:2] == "t9") == order


def test_what_was_escalated_inside_is_undone_before_the_sub_process() -> None:
    text = "s > z1 > h > e; z1: s1 > t3 > h1 > t4 > e1; z1 !b5; b5 > t2" + undone("z1", "t2")
    drawn = undoable(text, events={"h1": ESCALATED, "b5": ESCALATED}, soft=["b5"])
    assert Driver(drawn, reload=True).run().path() == "t3 h1 b5 t2 t4 z1 b2 t92 b1 t91 h"


def test_what_an_instance_told_is_undone_before_all_instances() -> None:
    loop = msgspec.structs.replace(each(), announces=(Announcement(ESCALATED, first=True),))
    text = "s > t1 > h > e; t1 !b5; b5 > a2" + undone("t1", "a2")
    drawn = undoable(text, loops={"t1": loop}, events={"b5": ESCALATED}, soft=["b5"])
    ran = Driver(drawn, reload=True).run({"items": [1, 2]})
    assert ran.path() == "t1 b5 a2 t1 t1 b2 t92 b1 t91 b1 t91 h"


def test_of_many_hosts_each_is_remembered_at_the_same_cost() -> None:
    def cost(hosts: int) -> int:
        text = "s > p; y > t1 > e; " + "p > y; " * hosts + "t1 !b5; b5 > t2" + undone("t1", "t2")
        drawn = undoable(text, events={"b5": timer(5, 9)}, soft=["b5"])
        driver = Driver(drawn, check=False).start()
        for _ in range(hosts):
            driver.happen("b5")
        jobs = [c.CompleteJob(*job) for job in driver.open_jobs()]
        return calls(lambda: [driver.send(job) for job in jobs])

    assert cost(200) < 2.2 * cost(100)
