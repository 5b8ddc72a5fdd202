"""Several conditions of one event, which may turn in one change (10.5.1, 10.5.5)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bpmn_xml.compiler.program import Repetition
from bpmn_xml.compiler.program.scoping import CallData
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.core.drawn import around, assign
from tests.core.harness import Driver, computed, message, program, timer, when


def write_both(name: str, soft: bool, needs_all: bool, *writes: Mapping[str, int]) -> Driver:
    """A driver in which an event `name` waits for `a > 0` and `b > 0` while tasks write them."""
    text = "s > p; p > t1 > t2 > t3 > e; p > u1 > e; u1 !b1; b1 > a1; p > c1 > a2; v1; v1: s1 > a3"
    options = {key: [name] for key, wanted in (("soft", soft), ("needs_all", needs_all)) if wanted}
    both = (when("a > 0"), when("b > 0"))
    events = {"b1": message("m"), "c1": message("m"), "v1": message("m"), name: both}
    driver = Driver(program(text, events=events, **options)).start({"a": 0, "b": 0})
    for number, values in enumerate(writes, start=1):
        driver.send(c.CompleteJob(*driver.job(f"t{number}"), values))
    return driver


BOTH = {"a": 1, "b": 1}


@pytest.mark.parametrize(
    ("name", "soft", "needs_all", "writes", "times"),
    [
        ("c1", False, False, [BOTH], 1),
        ("c1", False, True, [BOTH], 1),
        ("c1", False, True, [{"a": 1}, {"a": 0, "b": 1}], 1),
        ("b1", False, False, [BOTH], 1),
        ("b1", False, True, [BOTH], 1),
        ("b1", True, False, [BOTH], 2),
        ("b1", True, False, [{"a": 1}, {"a": 0, "b": 1}], 2),
        ("b1", True, False, [{"b": 1}, {"a": 1, "b": 0}, BOTH], 3),
        ("b1", True, True, [BOTH], 1),
        ("b1", True, True, [BOTH, {"a": 0, "b": 0}, BOTH], 2),
        ("v1", False, True, [BOTH], 1),
        ("v1", True, False, [BOTH], 2),
        ("v1", True, True, [BOTH, {"a": 0, "b": 0}, BOTH], 2),
    ],
)
def test_conditions_that_turn_in_one_change_are_all_seen(
    name: str, soft: bool, needs_all: bool, writes: list[dict[str, int]], times: int
) -> None:
    driver = write_both(name, soft, needs_all, *writes)
    follows = {"b1": "a1", "c1": "a2", "v1": "a3"}[name]
    assert driver.count(r.Passed, follows) == times


ONE_EACH = Repetition(total=computed("[1, 2]"), collect=computed("2"), output="flag")
MAPPED = around(outputs="flag = 1")
GIVES_BACK = {"calls": {"w1": "Q"}, "passes": {"w1": CallData(outputs=(assign("flag = 1"),))}}
BORDERED: dict[str, tuple[str, str, dict[str, Any]]] = {
    # an activity, its inside, and how what it gives makes a condition at its border true
    "a mapping of a task": ("t1", "", {"frames": {"t1": MAPPED}}),
    "a mapping of a sub-process": ("z1", "z1: s1 > t3 > e3", {"frames": {"z1": MAPPED}}),
    "what a call gives back": ("w1", "Q: s1 > t3 > e3", GIVES_BACK),
    "what instances give": ("t1", "", {"loops": {"t1": ONE_EACH}}),
}


@pytest.mark.parametrize("limit", [1, 1000])
@pytest.mark.parametrize("case", BORDERED.values(), ids=BORDERED)
def test_what_an_activity_gives_can_still_cut_it_off(
    case: tuple[str, str, dict[str, Any]], limit: int
) -> None:
    host, inside, given = case
    text = f"s > {host} > a2 > e; {host} !b1; b1 > a3 > e; {inside}"
    drawn = program(text, events={"b1": when("flag")}, **given)
    driver = Driver(drawn, limit=limit).run({"flag": None})
    assert driver.outcome == "completed"
    assert (driver.count(r.Passed, "a2"), driver.count(r.Passed, "a3")) == (0, 1)


def test_a_condition_that_holds_at_first_cuts_off_what_would_be_done_no_time() -> None:
    loops = {"t1": Repetition(total=computed("0"))}
    drawn = program(
        "s > t1 > a2 > e; t1 !b1; b1 > a3 > e", events={"b1": when("n > 1")}, loops=loops
    )
    driver = Driver(drawn).run({"n": 3})
    assert (driver.outcome, driver.path()) == ("completed", "b1 a3")


@pytest.mark.parametrize("limit", [1, 2])
def test_what_is_done_may_be_cut_off_before_it_is_left(limit: int) -> None:
    text = "s > z1 > a2 > e; z1: s1 > t1 > e1; z1 !b1; b1 > a3 > e"
    drawn = program(text, events={"b1": timer(5)})
    outcomes = set()
    for commands in range(1, 9):
        driver = Driver(drawn, limit=limit).start()
        machine, state = driver.machine, driver.state
        batch = machine.send(state, c.CompleteJob(*driver.open_jobs()[0]), 0, limit)
        for _ in range(1, commands):
            batch = machine.send(state, c.Continue(), 0, limit) if batch.more else batch
        timed = c.TriggerWait("", *driver.job("b1")[1:], 0)
        batch = machine.send(state, timed, 5, limit)
        while batch.more:
            batch = machine.send(state, c.Continue(), 5, limit)
        outcomes.add(state.outcome)
    assert outcomes == {"completed"}


TWICE = Repetition(total=computed("2"), sequential=False)
INSIDE = "z1: s1 > x1; x1 >[loopCounter > 1] t1; x1 >* u1; t1 !b1"


@pytest.mark.parametrize(
    ("text", "looked_at"),
    [
        ("s > p; p > t1 > e; p > t2 > t3 > e; t2 !b1", 0),
        (f"s > z1 > t3 > e; {INSIDE}", 2),
        (f"s > z2 > t3 > e; z2: s2 > z1; {INSIDE}", 3),
    ],
)
def test_only_scopes_are_looked_at_inside_which_a_condition_is_waited_for(
    text: str, looked_at: int
) -> None:
    loops = {"z1" if "z1" in text else "t1": TWICE}
    driver = Driver(program(text, events={"b1": when("n > 1")}, loops=loops), reload=True)
    driver.start({"n": 1})
    scopes = driver.state.scopes.values()
    assert sum(scope.index >= 0 for scope in scopes) == 2
    assert sum(len(scope.watching or ()) for scope in scopes) == looked_at
    for job in driver.open_jobs(users=True):
        driver.send(c.CompleteJob(*job))
    driver.answer(*driver.open_jobs()[0])
    assert [scope.path for scope in driver.state.scopes.values() if scope.watching] == []
