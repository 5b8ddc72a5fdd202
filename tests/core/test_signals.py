"""Signals reach all who wait for them once no token can move: where nothing is left one still can.

A sub-process in which nothing is left is complete (13.3.4), and its token goes on before anything
that is thrown meanwhile has its effect; only who waits at its border, or inside, hears of it first.
"""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program import AdHoc, Repetition
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.core import records as r
from tests.core.harness import Driver, compensation, message, program, signal
from tests.costs import calls

HEARD = {"h1": signal("S"), "c1": signal("S")}
BESIDE = "s > p; p > h1 > e1; "
EMPTY = "z1: s2 > e2"
TWICE = Repetition(total=Computed("2", lambda _: 2), sequential=False)
IN_TURN = Repetition(total=Computed("2", lambda _: 2))

STORIES = [
    # text, what events are about, what else is drawn, the path
    pytest.param(f"{BESIDE}p > z1 > c1 > e3; {EMPTY}", {}, {}, "p h1 z1 c1", id="one"),
    pytest.param(
        f"{BESIDE}p > z1 > z3 > c1 > e3; {EMPTY}; z3: s3 > e4",
        {},
        {},
        "p h1 z1 z3 c1",
        id="one after the other",
    ),
    pytest.param(
        f"{BESIDE}p > z1 > c1 > e3; z1: s2 > z2 > e2; z2: s3 > e4",
        {},
        {},
        "p h1 z2 z1 c1",
        id="inside each other",
    ),
    pytest.param(
        f"{BESIDE}p > z1 > c1 > e3; {EMPTY}",
        {},
        {"loops": {"z1": TWICE}},
        "p h1 z1 z1 z1 c1",
        id="several at once",
    ),
    pytest.param(
        f"{BESIDE}p > z1 > c1 > e3; {EMPTY}",
        {},
        {"loops": {"z1": IN_TURN}},
        "p h1 z1 z1 z1 c1",
        id="several in turn",
    ),
    pytest.param(
        f"{BESIDE}p > w1 > c1 > e3; Q: s2 > e2",
        {},
        {"calls": {"w1": "Q"}},
        "p h1 w1 c1",
        id="a called process",
    ),
    pytest.param(
        f"{BESIDE}p > n1 > c1 > e3; n1: s2 > e2", {}, {}, "p h1 n1 c1", id="a transaction"
    ),
    pytest.param(
        "s > z1 > c1 > e; z1: s2 > h1 > e2", {}, {}, "h1 z1 c1", id="the thrower's own scope"
    ),
    pytest.param(
        f"{BESIDE}p > z1 > h2 > e3; {EMPTY}; p > c2 > e4; p > z2 > c1 > e5; z2: s3 > e6",
        {"h2": signal("T"), "c2": signal("T")},
        {},
        "p h1 z1 h2 z2 c1 c2",
        id="in the order in which they were thrown",
    ),
    pytest.param(
        f"{BESIDE}p > z1 > c1 > e3; {EMPTY}; z1 !b1; b1 > c2 > e4",
        {"b1": signal("S"), "c2": signal("never")},
        {},
        "p h1 b1",
        id="not where one waits at its border",
    ),
    pytest.param(
        f"{BESIDE}p > z1 > c1 > e3; {EMPTY}; z1 !b1; b1 > a1 > e4",
        {"b1": signal("S")},
        {"soft": ["b1"], "loops": {"z1": TWICE}},
        "p h1 b1 a1 z1 z1 z1",
        id="nor at the border of several",
    ),
    pytest.param(
        "s > z1 > c1 > e; z1: s2 > h1 > e2; z1: v1; v1: s3 > a1 > e3",
        {"v1": signal("S")},
        {},
        "h1 a1 v1 z1",
        id="nor where one waits inside",
    ),
    pytest.param(
        "s > z1 > c1 > e; z1: s2 > h2 > h1 > e2; z1 !b1; b1 > a1 > e3",
        {"h2": signal("T"), "b1": signal("S")},
        {},
        "h2 h1 b1 a1",
        id="even if something else was thrown before",
    ),
    pytest.param(
        f"{BESIDE}p > z1 > c1 > e3; {EMPTY}; z1 !b1; b1 > e4; z1 !b2; b2 > e4",
        {"b1": signal("T"), "b2": message("S")},
        {},
        "p h1 z1 c1",
        id="but where that is something else",
    ),
    pytest.param(
        "s > p; p > h1 > h2 > e1; p > z1 > c2 > e3; z1: s2 > e2; z1 !b1; b1 > a1 > e4",
        {"b1": signal("S"), "h2": signal("T"), "c2": signal("T")},
        {"soft": ["b1"]},
        "p h1 h2 b1 a1 z1 c2",
        id="and once that has come it ends before the next",
    ),
    pytest.param(
        "s > p; p > h1 > h2 > h3 > e1; p > z1 > c2 > e3; z1: s2 > e2; z1 !b1; b1 > a1 > e4; "
        "z1 !b2; b2 > a2 > e5",
        {"b1": signal("S"), "b2": signal("R"), "h2": signal("R"), "h3": signal("T")}
        | {"c2": signal("T")},
        {"soft": ["b1", "b2"]},
        "p h1 h2 h3 b1 a1 b2 a2 z1 c2",
        id="or once both have come",
    ),
    pytest.param(
        f"{BESIDE}p > t1 > e3; p > c1 > z1 > c2 > e4; {EMPTY}",
        {"c2": signal("never")},
        {},
        "p h1 c1 z1",
        id="what comes later is not heard",
    ),
    pytest.param(
        "s > z1 > a1 > h1 > c1 > e; z1: s2 > h2 > e2; z1 !b1; b1 > a9",
        {"h1": (compensation(), signal("S")), "h2": signal("T"), "b1": compensation()},
        {},
        "h2 z1 a1 b1 a9 h1",
        id="nor before what is undone by the thrower itself",
    ),
    pytest.param(
        f"{BESIDE}p > z1 > c1 > e3; {EMPTY}; v1; v1: s3 > a1 > e4",
        {"v1": signal("S")},
        {},
        "p h1 z1 a1 v1",
        id="who takes the process over comes first",
    ),
    pytest.param(
        f"{BESIDE}p > o; o >[True] a1 > i; o >[True] a2 > i; i > c1 > e3",
        {},
        {},
        "p h1 o a1 a2 c1",
        id="an inclusive join that nothing more can reach",
    ),
    pytest.param(
        f"{BESIDE}p > o > a1 > i; o > o2; o2 > a2 > i2; o2 > a3 > i2; i2 > i; i > c1 > e3",
        {},
        {},
        "p h1 o a1 o2 a2 a3 c1",
        id="one after another",
    ),
    pytest.param(
        f"{BESIDE}p > o > z1 > i; o > a1 > i; i > c1 > e3; {EMPTY}",
        {},
        {},
        "p h1 o a1 z1 c1",
        id="one behind what is left",
    ),
    pytest.param(
        f"{BESIDE}p > o; o > t1 > i; o > a1 > i; i > c1 > e3",
        {},
        {},
        "p h1 o a1",
        id="not one that an activity can still reach",
    ),
]


@pytest.mark.parametrize("reload", [False, True])
@pytest.mark.parametrize("limit", [1, 2, 3, 10_000])
@pytest.mark.parametrize(("text", "events", "more", "path"), STORIES)
def test_story(
    text: str, events: dict[str, Any], more: dict[str, Any], path: str, reload: bool, limit: int
) -> None:
    known = {name: event for name, event in HEARD.items() if name in text}
    drawn = program(text, events={**known, **events}, **more)
    assert Driver(drawn, reload=reload, limit=limit).start().path() == path


def test_each_activity_in_turn_begins_before_what_one_of_them_throws_has_its_effect() -> None:
    turns = {"A1": AdHoc(sequential=True)}
    driver = Driver(program("s > A1 > e; A1: h1; A1: c1", events=HEARD, choices=turns)).start()
    assert driver.path() == "h1 c1 A1"


def test_what_is_completed_before_compensation_has_its_effect_is_undone() -> None:
    text = f"s > p; p > h1 > e1; p > z1 > t1 > e3; {EMPTY}; z1 !b1; b1 > t9"
    events = {"h1": compensation(), "b1": compensation()}
    driver = Driver(program(text, events=events)).start()
    assert [driver.program.nodes[node].id for _, node, _ in driver.open_jobs()] == ["t1", "t9"]


def test_what_waits_at_a_join_waits_until_all_that_is_thrown_has_had_its_effect() -> None:
    text = "s > o; o > h1 > i; o > u1 > e1; o > a1 > i; u1 !b1; b1 > a2 > i; i > c1 > e"
    drawn = program(text, events={"h1": signal("S"), "b1": signal("S"), "c1": signal("S")})
    driver = Driver(drawn).start()
    assert (driver.path(), driver.count(r.Joined)) == ("o h1 a1 b1 a2", 1)
    assert driver.waits() == [("c1", "")]


def thrown_and_ended(many: int) -> int:
    """What it costs to throw so often while as many sub-processes have nothing left."""
    times = Repetition(total=Computed("n", lambda _: many), sequential=False)
    text = f"s > p; p > z1 > c1 > e1; {EMPTY}; p > z2 > e3; z2: s3 > h1 > e4"
    drawn = program(text, events=HEARD, loops={"z1": times, "z2": times})
    driver = Driver(drawn, check=False)
    cost = calls(driver.start)
    assert driver.outcome == "completed"
    return cost


def test_each_scope_is_looked_at_once_however_much_is_thrown() -> None:
    assert thrown_and_ended(400) < 2.2 * thrown_and_ended(200)
