"""Token quantities and complex gateways."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program import Repetition
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.core.harness import Driver, computed, everywhere, program

# text, quantities, how often t1 and t2 are done, outcome
QUANTITIES: list[Any] = [
    ("s > p; p > t1; p > t1 > t2", {"t1": (2, 1)}, (1, 1), "completed"),
    ("s > t1 > t2 > e", {"t1": (1, 3)}, (1, 3), "completed"),
    ("s > t1 > t2 > e", {"t1": (1, 4), "t2": (2, 1)}, (1, 2), "completed"),
    ("s > a1 > t1 > t2 > e", {"a1": (1, 2), "t1": (2, 2)}, (1, 2), "completed"),
    ("s > t1; t1 > t2; t1 > t2", {"t1": (1, 2)}, (1, 4), "completed"),
    ("s > t1 > x; x >[n > 1] t2; x >* e", {"t1": (1, 2)}, (1, 0), "completed"),
    ("s > z1 > t2; z1: t1", {"z1": (1, 2)}, (1, 2), "completed"),
    ("s > t1 > j; t1 > t2 > j; j > e", {"t1": (1, 2)}, (1, 2), "completed"),
]


@pytest.mark.parametrize(("text", "quantities", "times", "outcome"), QUANTITIES)
def test_a_quantity(
    text: str, quantities: dict[str, tuple[int, int]], times: tuple[int, int], outcome: str
) -> None:
    ran = everywhere(program(text, quantities=quantities), {"n": 1})
    assert ran.outcome == outcome
    assert (ran.count(r.Completed, "t1"), ran.count(r.Completed, "t2")) == times


@pytest.mark.parametrize("reload", [False, True])
def test_several_tokens_begin_all_instances_together(reload: bool) -> None:
    drawn = program(
        "s > p; p > t1; p > a2 > t1 > t3",
        quantities={"t1": (2, 2)},
        loops={"t1": Repetition(total=computed("3"))},
    )
    ran = Driver(drawn, reload=reload).run()
    assert ran.outcome == "completed"
    assert (ran.count(r.LoopInstanceDone), ran.count(r.Completed, "t3")) == (3, 2)


def test_too_few_tokens_are_said() -> None:
    drawn = program("s > t1 > t2 > e", quantities={"t1": (1, 3), "t2": (2, 1)})
    ran = Driver(drawn, reload=True).run()
    assert ran.count(r.Completed, "t2") == 1
    assert ran.incidents() == ["stuck at t2: 1 of the 2 tokens it takes have come"]


THREE = "s > p; p > t1 > d; p > t2 > d; p > t3 > d; d > t9 > e"

# activation condition, flows behind the gateway, which tasks are done in which order, t9 and t8
COMPLEX = [
    ("activationCount >= 1", "d > t9 > e", "123", (1, 0)),
    ("activationCount >= 2", "d > t9 > e", "123", (1, 0)),
    ("activationCount == 3", "d > t9 > e", "312", (1, 0)),
    ("activationCount >= 2", "d >[waitingForStart] t9; d >[not waitingForStart] t8", "213", (1, 1)),
    ("activationCount >= 1", "d >[not waitingForStart] t8; d >* t9", "132", (1, 1)),
    ("activationCount >= 1", "d >[waitingForStart] t9; d >* t8", "132", (1, 1)),
    ("activationCount >= 1", "d >* t9", "132", (1, 0)),
    ("activationCount == 3", "d >[waitingForStart] t9; d >[not waitingForStart] t8", "123", (1, 0)),
    ("n > 1 and activationCount >= 2", "d > t9 > e", "123", (1, 0)),
]


@pytest.mark.parametrize(("activation", "behind", "order", "times"), COMPLEX)
@pytest.mark.parametrize("reload", [False, True])
def test_a_complex_gateway(
    activation: str, behind: str, order: str, times: tuple[int, int], reload: bool
) -> None:
    text = f"s > p; p > t1 > d; p > t2 > d; p > t3 > d; {behind}"
    driver = Driver(program(text, activation={"d": activation}), reload=reload).start({"n": 2})
    for task in order:
        driver.answer(*driver.job(f"t{task}"))
    driver.go()
    assert driver.outcome == "completed", driver.incidents()
    assert (driver.count(r.Completed, "t9"), _count(driver, "t8")) == times
    assert driver.state.scopes[""].resets is None


def _count(driver: Driver, name: str) -> int:
    done = [x.node for x in driver.records if isinstance(x, r.Completed)]
    return sum(driver.program.nodes[node].id == name for node in done)


def test_it_starts_as_soon_as_its_condition_holds() -> None:
    driver = Driver(program(THREE, activation={"d": "activationCount >= 2"})).start()
    driver.answer(*driver.job("t3"))
    assert driver.count(r.Activated, "t9") == 0
    driver.answer(*driver.job("t1"))
    assert driver.count(r.Activated, "t9") == 1
    assert driver.count(r.ResetAwaited) == 1
    driver.answer(*driver.job("t2"))
    assert driver.count(r.GatewayReset) == 1


def test_it_resets_when_nothing_more_can_come() -> None:
    text = "s > x; x >[n > 1] t1 > d; x >* p; p > t2 > d; p > t3 > d; d > t9 > e"
    driver = Driver(program(text, activation={"d": "activationCount >= 1"}), reload=True)
    driver.start({"n": 1})
    driver.answer(*driver.job("t2"))
    assert driver.count(r.GatewayReset) == 0
    driver.answer(*driver.job("t3"))
    assert driver.count(r.GatewayReset) == 1
    assert driver.go().outcome == "completed"


def test_it_starts_again_after_its_reset() -> None:
    text = "s > y > p; p > t1 > d; p > t2 > d; d > t9 > x; x >[n < 3] y; x >* e"
    drawn = program(text, activation={"d": "activationCount >= 2"})
    ran = Driver(drawn, {"t9": lambda names: {"n": names["n"] + 1}}, reload=True).run({"n": 0})
    assert ran.outcome == "completed"
    assert ran.count(r.Completed, "t9") == 3


def test_surplus_tokens_start_it_again() -> None:
    text = "s > a1 > t1 > d; s > t2 > d; d > t9 > e"
    drawn = program(text, activation={"d": "activationCount >= 1"}, quantities={"a1": (1, 2)})
    ran = Driver(drawn, reload=True).run()
    assert ran.outcome == "completed"
    assert ran.count(r.Completed, "t9") >= 2


def test_a_gateway_that_only_splits() -> None:
    text = "s > d; d >[n > 1] t1; d >[n > 2] t2; d >* t3"
    ran = everywhere(program(text), {"n": 2})
    assert ran.path() == "d t1"


def test_a_gateway_that_leads_nowhere_uses_up_what_comes() -> None:
    drawn = program("s > t1 > d; s > t2 > d", activation={"d": "activationCount == 2"})
    assert everywhere(drawn, {}).outcome == "completed"


MENDED = [
    ("activationCount >= gone", "d > t9 > e", "gone"),
    ("activationCount >= 1", "d >[gone > 0] t9 > e", "gone"),
    ("activationCount >= 1", "d >[n > 5] t9 > e", "no outgoing flow"),
    ("activationCount >= 1", "d > t9; d >[not waitingForStart and gone] t9", "gone"),
]


@pytest.mark.parametrize(("activation", "behind", "why"), MENDED)
def test_what_has_no_value_is_an_incident_that_can_be_mended(
    activation: str, behind: str, why: str
) -> None:
    text = f"s > p; p > t1 > d; p > t2 > d; {behind}"
    ran = Driver(program(text, activation={"d": activation}), reload=True).run({"n": 1})
    assert why in ran.incidents()[0]
    assert len(ran.incidents()) == 1
    ran.send(c.ResolveIncident(*ran.job("d", n=0), {"gone": 1, "n": 9}))
    assert ran.go().outcome == "completed"


def test_a_condition_that_never_holds_is_said() -> None:
    ran = Driver(program(THREE, activation={"d": "activationCount > 3"})).run()
    assert ran.incidents() == ["stuck at d: its activation condition does not hold"]


@pytest.mark.parametrize("third", ["", "; p > x1; x1 >[v > 9] d; x1 >* e"])
def test_an_item_counts_what_comes_around_it(third: str) -> None:
    """Before it or after it, though other flows bring nothing; and it stays for other items."""
    text = f"s > p; p > m1 > d; p > t1 > d; d > t3 > e{third}"
    drawn = program(text, activation={"d": "activationCount > 1"})
    for seed in range(12):
        got = list[int]()
        handlers = {
            "m1": lambda _: [{"v": 1}, {"v": 2}],
            "t3": lambda names, got=got: got.append(names["v"]),
        }
        ran = Driver(drawn, handlers, seed=seed).run({"v": 0})
        assert (ran.outcome, ran.incidents(), sorted(got)) == ("completed", [], [1, 2])
