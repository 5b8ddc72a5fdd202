"""Where there are many scopes it is noted who waits for which signal: nothing else comes of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from bpmn_xml.compiler.program import Repetition
from bpmn_xml.core import commands as c
from bpmn_xml.core.evolve import listening
from bpmn_xml.core.state import split_key
from tests.core.harness import CANCEL, Driver, computed, program, signal
from tests.costs import calls

ALL = Repetition(sequential=False, total=computed("n"))
INSIDE = "s > z1 > e; z1: s1 > p; "
HEARD = {"c1": signal("S"), "c2": signal("T"), "h1": signal("S"), "h2": signal("T")}
DRAWN: dict[str, tuple[str, dict[str, Any]]] = {
    "in each": (f"{INSIDE}p > c1 > e1; p > u1 > h1 > e2; p > c2 > h1", {}),
    "at a border": (f"{INSIDE}p > u1 > h2 > e1; u1 !b1; b1 > h1 > e2; p > c2 > e3", {}),
    "at a border, again and again": (
        f"{INSIDE}p > u1 > h1 > e1; u1 !b1; b1 > t1 > e2; p > u2 > h1",
        {"soft": ["b1"]},
    ),
    "beside what goes on": (
        f"{INSIDE}p > u1 > h1 > e1; v1: s2 > t1 > e2; p > u2 > h2 > e3; z1: v1",
        {"events": {"v1": signal("S")}, "soft": ["v1"]},
    ),
    "before what goes on": (
        f"{INSIDE}p > u1 > h1 > e1; v1: s2 > t1 > e2; z1: v1; z1: p > c2",
        {"events": {"v1": signal("S")}},
    ),
    "behind a gateway": (f"{INSIDE}p > g > c1 > e1; g > c2 > e2; p > u1 > h2; p > u2 > h1", {}),
    "while it is cut off": (
        "s > z2 > e; z2 !b2; b2 > e3; z2: s2 > z1 > e2; z1: s1 > p; p > c1 > e1; p > u1 > h1",
        {"events": {"b2": signal("S")}},
    ),
    "in a transaction": (
        f"{INSIDE}p > n1 > e1; n1: s2 > u1 > k1; n1 !b1; b1 > t1; n1 !b2; b2 > h2 > c1",
        {"events": {"k1": CANCEL, "b2": CANCEL}},
    ),
    "until all is ended": (f"{INSIDE}p > c1 > e1; p > u1 > q; p > u2 > h1 > e2", {}),
}


def noted(driver: Driver) -> Counter[Any]:
    """Who is noted for a signal."""
    known = driver.state.listening or {}
    assert all(known.values())
    return Counter([(name, *place) for name, places in known.items() for place in places])


def waiting(driver: Driver) -> Counter[Any]:
    """Who waits for a signal."""
    state = driver.state
    return Counter(
        [
            (wait.name, scope.path, *split_key(state, key), event)
            for scope in state.scopes.values()
            for key, by_event in (scope.waits or {}).items()
            for event, wait in by_event.items()
            if wait.name
        ]
    )


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("text", "more"), DRAWN.values(), ids=DRAWN)
def test_it_says_what_waits_and_changes_nothing(
    text: str, more: dict[str, Any], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    events = {**HEARD, "b1": signal("S"), **more.get("events", {})}
    given = {**more, "events": {k: v for k, v in events.items() if k in text}}
    drawn = program(text, loops={"z1": ALL}, **given)

    def told(many: int) -> Driver:
        monkeypatch.setattr(listening, "MANY", many)
        driver = Driver(drawn, seed=seed, reload=seed % 2 == 1).start({"n": 6})
        while jobs := driver.open_jobs(users=True) + driver.open_jobs():
            assert driver.chance is not None
            driver.send(c.CompleteJob(*driver.chance.choice(jobs)))
            assert many > 1 or noted(driver) == waiting(driver)
        for name in "ST":
            driver.send(c.BroadcastSignal(name, {}))
        assert many > 1 or noted(driver) == waiting(driver)
        return driver

    assert told(1).records == told(10**9).records


def test_a_throw_to_several_searches_where_they_wait() -> None:
    """Two hear each of many throws, each of which is in a scope of its own."""

    def cost(throws: int) -> int:
        thrown = Repetition(sequential=False, total=computed(str(throws)))
        drawn = program(
            "s > u1 > z2 > e; z2: s2 > u2 > h2 > e2; v1; v2; v1: s8 > t1 > e8; v2: s9 > t2 > e9",
            events={"h2": signal("T"), "v1": signal("T"), "v2": signal("T")},
            soft=["v1", "v2"],
            loops={"z2": thrown},
        )
        driver = Driver(drawn, check=False).start()
        driver.send(c.CompleteJob(*driver.open_jobs(users=True)[0]))
        inside = driver.open_jobs(users=True)
        assert len(inside) == throws
        driver.send(c.CompleteJob(*inside[-1]))  # now it is noted who waits
        made = calls(lambda: [driver.send(c.CompleteJob(*job)) for job in inside[:20]])
        assert not driver.incidents()
        return made

    assert cost(400) < 1.1 * cost(100)


def test_a_throw_costs_the_same_beside_few_and_beside_many_that_wait_for_others() -> None:
    def cost(scopes: int, throws: int) -> int:
        times = Repetition(sequential=False, total=computed(str(scopes)))
        thrown = Repetition(sequential=False, total=computed(str(throws)))
        text = "s > p; p > z1 > e; z1: s1 > c1 > e1; p > u1 > z2 > e3; z2: s2 > h2 > e2"
        loops = {"z1": times, "z2": thrown}
        drawn = program(text, events={"c1": signal("S"), "h2": signal("T")}, loops=loops)
        driver = Driver(drawn, check=False).start()
        (job,) = driver.open_jobs(users=True)
        made = calls(lambda: driver.send(c.CompleteJob(*job)))
        assert not driver.incidents()
        return made

    cost(1, 1)
    few, many = (cost(scopes, 200) - cost(scopes, 100) for scopes in (50, 500))
    assert many < 1.1 * few
