"""How an instance stands."""

from __future__ import annotations

from math import inf

import pytest

from bpmn_xml.compiler.program import Repetition
from bpmn_xml.core.commands import CompleteJob
from bpmn_xml.runtime.execution.standing import goes_on, moves
from tests.core.harness import Driver, computed, program

DRAWN = program(
    "s > z1 > e; z1: s1 > t1 > u1 > e1",
    loops={"z1": Repetition(sequential=False, total=computed("20"))},
)
WORKS = [node if node.id == "t1" else None for node in DRAWN.nodes]


@pytest.mark.parametrize("seed", range(20))
def test_it_goes_on_while_a_scope_moves_whichever_has_been_seen(seed: int) -> None:
    driver = Driver(DRAWN, seed=seed).start()
    seen: list[str] = []
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
