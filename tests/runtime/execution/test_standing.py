"""How an instance stands."""

from __future__ import annotations

from math import inf
from typing import Any

import pytest

from bpmn_xml.compiler.program import Node, Repetition
from bpmn_xml.core.commands import CompleteJob
from bpmn_xml.runtime.execution.standing import goes_on, moves, waits_for_time
from tests.core.harness import Driver, computed, program, timer
from tests.costs import calls

DRAWN = program(
    "s > z1 > e; z1: s1 > t1 > u1 > e1",
    loops={"z1": Repetition(sequential=False, total=computed("20"))},
)
WORKS = [node if node.id == "t1" else None for node in DRAWN.nodes]


@pytest.mark.parametrize("seed", range(20))
def test_it_goes_on_while_a_scope_moves_whichever_has_been_seen(seed: int) -> None:
    driver = Driver(DRAWN, seed=seed).start()
    seen: list[tuple[str, int]] = []
    most = 0
    while jobs := [job for job in driver.open_jobs() if WORKS[job[1]]]:
        assert goes_on(driver.state, WORKS, 0, seen)
        most = max(most, len(seen))
        assert driver.chance is not None
        driver.send(CompleteJob(*driver.chance.choice(jobs)))
        assert goes_on(driver.state, WORKS, 0, seen) is moves(
            driver.state, driver.state.scopes.values(), WORKS, 0
        )
    assert most == 20
    assert len(driver.state.scopes) > 20  # people are asked in each
    assert not goes_on(driver.state, WORKS, inf, seen)


class Counted(list[Node | None]):
    """What is worked on, with a count of how often that was asked."""

    asked = 0

    def __getitem__(self, at: Any) -> Any:
        self.asked += 1
        return super().__getitem__(at)


@pytest.mark.parametrize(
    ("text", "until"), [("p > t1 > e2", 0), ("p > u2 > e2; u2 !b1; b1 > e3", 5)]
)
def test_of_hundreds_in_one_scope_only_one_is_looked_at_while_it_moves(
    text: str, until: int
) -> None:
    events = {"b1": timer(5)} if "b1" in text else {}
    drawn = program("s > p; u1 > e; " + "p > u1; " * 300 + text, events=events)
    works = Counted(node if node.id == "t1" else None for node in drawn.nodes)
    state, seen = Driver(drawn, check=False).start().state, list[tuple[str, int]]()
    assert goes_on(state, works, until, seen)
    assert works.asked > 300
    works.asked = 0
    assert goes_on(state, works, until, seen)
    assert works.asked <= 1


ASKED = "s > z1 > e; z1: s1 > u1 > e1"
TIMED = {"events": {"b1": timer(5)}}
CAUGHT = {"events": {"c1": timer(5)}}


@pytest.mark.parametrize(
    ("text", "more", "waits"),
    [
        pytest.param(ASKED, {}, False, id="people"),
        pytest.param(f"{ASKED}; u1 !b1; b1 > e2", TIMED, False, id="people, and timers"),
        pytest.param("s > z1 > e; z1: s1 > c1 > e1", CAUGHT, True, id="timers"),
    ],
)
def test_whether_time_is_waited_for_is_soon_said_of_many_that_wait(
    text: str, more: dict[str, Any], waits: bool
) -> None:
    def cost(scopes: int) -> int:
        each = Repetition(sequential=False, total=computed(str(scopes)))
        drawn = program(text, loops={"z1": each}, **more)
        state = Driver(drawn, check=False).start().state
        return calls(lambda: told.append(waits_for_time(drawn, state, inf)))

    told: list[bool] = []
    cost(1)  # what is imported and compiled once
    assert waits or (cost(200) - cost(100)) / 100 < 25
    assert told == [waits] * len(told)
