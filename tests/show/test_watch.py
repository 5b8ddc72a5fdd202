"""What is kept of instances that have ended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pytest

from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope, State
from bpmn_xml.show import watch
from tests.core.harness import Driver, program

FAILED = r.InstanceEnded("failed", code="E1")
CAUGHT = r.ErrorThrown("", 1, "E1", "why")
THROWN = r.ErrorThrown("", 1, "E1", "why", uncaught=True)
E1 = watch.Uncaught(1, "E1", "why")

AT_END = (r.Passed("", 1), r.TokenConsumed("", 1), r.InstanceEnded("completed"))


def ending(
    last: r.InstanceEnded,
    at: tuple[int, ...],
    uncaught: Mapping[watch.Uncaught, int],
    often: int = 1,
) -> watch.InstanceEnding:
    """How an instance of the process came to its end."""
    return watch.InstanceEnding(0, "P", last, at, Counter(uncaught), {"x": 1}, often)


ENDINGS: dict[str, tuple[tuple[r.Record, ...], watch.InstanceEnding | None]] = {
    "goes on": ((r.Passed("", 0),), None),
    "at an end event": (AT_END, ending(r.InstanceEnded("completed"), (1,), {})),
    "at none": ((r.InstanceEnded("completed"),), ending(r.InstanceEnded("completed"), (), {})),
    "failed": ((THROWN, FAILED), ending(FAILED, (), {E1: 1})),
    "its token ended": ((THROWN, r.TokenConsumed("", 1)), None),
    "caught": ((CAUGHT, r.TokenPlaced("", 1)), None),
}


def seen(*batches: tuple[str, tuple[r.Record, ...]]) -> watch.RunWatch:
    """A watch that has seen batches of instances."""
    found = watch.RunWatch(program("s > e"))
    for instance, records in batches:
        state = State(
            instance,
            2,
            scopes={"": Scope("", 0, variables={"x": 1}, rare={"answers": {"asked:y": 2}})},
        )
        state.ends = tuple([one.node for one in records if isinstance(one, r.TokenConsumed)])
        state.outcome = getattr(records[-1], "outcome", "")
        found.on_batch(state, r.Batch(instance, 2, 0, records))
    return found


@pytest.mark.parametrize(("records", "ending"), ENDINGS.values(), ids=ENDINGS)
def test_where_and_why_it_ended(
    records: tuple[r.Record, ...], ending: watch.InstanceEnding | None
) -> None:
    found = seen(("a", records))
    assert found.endings.get("a") == ending
    assert found.uncaught == ({"a": {E1: 1}} if records == ENDINGS["its token ended"][0] else {})


def test_errors_are_counted_until_it_has_ended() -> None:
    thrown = (THROWN, r.TokenConsumed("", 1))
    assert seen(("a", thrown), ("a", thrown)).uncaught == {"a": {E1: 2}}
    found = seen(("a", thrown), ("a", thrown), ("a", AT_END))
    assert (found.endings["a"].uncaught, found.uncaught) == ({E1: 2}, {})


def test_of_very_many_one_of_each_kind_is_kept_and_all_are_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(watch, "MOST_TOLD", 2)
    found = seen(*[(name, AT_END) for name in "abc"], ("d", (FAILED,)), ("e", (FAILED,)))
    often = {name: (ending.last.outcome, ending.often) for name, ending in found.endings.items()}
    assert often == {"a": ("completed", 2), "b": ("completed", 1), "d": ("failed", 2)}
    counted = Counter(found.summary().outcomes)
    assert counted == {"completed": 3, "failed": 2}


def test_all_ends_are_told_that_were_reached_in_that_order() -> None:
    drawn = program("s > p; p > t1 > e1; p > t2 > e2; p > t3 > e1")
    driver = Driver(drawn)
    found = watch.RunWatch(drawn)
    found.on_batch(driver.state, driver.send(c.StartInstance(0, {})))
    for name in ("t1", "t2", "t3"):
        batch = driver.send(c.CompleteJob(*driver.job(name)))
        found.on_batch(driver.state, batch)
    assert [drawn.nodes[node].id for node in found.endings["i"].at] == ["e2", "e1"]


def test_an_instance_that_has_ended_is_forgotten_though_an_answer_comes_late() -> None:
    drawn = program("s > t1 > e")
    driver, found = Driver(drawn), watch.RunWatch(drawn)
    commands = (c.StartInstance(0, {}), c.CancelInstance(), c.CompleteJob("", 1, 1))
    numbers = []
    for command in commands:
        found.on_batch(driver.state, driver.send(command))
        numbers.append(dict(found.numbers))
    assert (numbers, found.endings["i"].number) == ([{"i": 1}, {}, {}], 1)
