"""What comes of a token where joins wait for what can still come is remembered, rightly."""

from __future__ import annotations

import pytest

from bpmn_xml.core import follow, joins
from bpmn_xml.core import records as r
from tests.core.harness import Driver, program

SPLIT = "s > t0 > o; o >[a] t1 > i; o >[b] t2 > t4 > i; o >* t3 > i; i > t5 > e"

DRAWN = {
    "a split and a join": SPLIT,
    "a choice on the way": "s > o; o >[a] t1 > x; x >[b] t2 > i; x >* i; o >[c] t3 > i; i > t4 > e",
    "choices in a row": "s > o; o >[a] t1 > i; o >[c] t2 > x; "
    "x >[b] y; x >* y; y > t3 > i; i > t4 > e",
    "two joins": "s > o; o >[a] t1 > i; o >[True] t2 > o2; o2 >[b] t3 > i2; "
    "o2 >[c] t4 > i2; o2 >* t5 > i2; i2 > i; i > t6 > e",
    "in a loop": "s > x > o; o >[a] t1 > i; o >[b] t2 > i; "
    "o >* t3 > i; i > t4 > y; y >[n < 3] x; y >* e",
    "parallel inside": "s > o; o >[a] p; p > t1 > j; p > t2 > j; "
    "j > i; o >[b] t3 > i; o >* t4 > i; i > e",
    "an end beside it": "s > o; o >[True] t1 > e1; o >[a] t2 > i; o >[b] t3 > i; i > t4 > e2",
    "into and out of what is inside": "s > o; o >[a] t1 > i; o >[b] t2 > i; "
    "o >* t3 > i; i > z > t5 > e; z: s1 > t4 > e3",
    "what had come more often": "s > p; p > t0 > x; p > y; y >[a] x; y >* t1 > x3; "
    "x > t2 > x3; x3 > i; p > t3 > i; i > t4 > e",
    "several tokens on a flow": "s > p; p > t1 > x; p > t2 > x; x > i; p > t3 > i; i > t4 > e",
}


def choices(seed: int) -> dict[str, object]:
    """Which flows hold, all eight ways in turn."""
    return {"a": bool(seed & 1), "b": bool(seed & 2), "c": bool(seed & 4) or not seed & 3, "n": 0}


@pytest.mark.parametrize("text", DRAWN.values(), ids=DRAWN)
def test_with_a_memory_it_goes_as_step_by_step(text: str) -> None:
    drawn = program(text)
    first = Driver(drawn)
    handlers = {"t4": lambda names: {"n": names["n"] + 1}}
    for seed in range(160):
        told = [
            Driver(drawn, handlers, seed=seed, **how).run(choices(seed)).records
            for how in ({"like": first}, {"short": False})
        ]
        assert told[0] == told[1]
    assert first.machine.ways.rests


def test_what_is_remembered_is_not_searched_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = program(SPLIT)
    first = Driver(drawn, seed=1).run(choices(3))

    def never(*_: object) -> bool:
        raise AssertionError("searched again")

    monkeypatch.setattr(joins, "can_come", never)
    again = Driver(drawn, seed=1, like=first)
    assert again.run(choices(3)).records == first.records


def test_activations_are_counted_whatever_is_remembered() -> None:
    drawn = program(DRAWN["in a loop"])
    first = Driver(drawn, {"t4": lambda names: {"n": names["n"] + 1}}, seed=3)
    first.run(choices(3))
    begun = [
        (drawn.nodes[told.node].id, told.n) for told in first.records if type(told) is r.Activated
    ]
    assert [n for name, n in begun if name == "t4"] == [1, 2, 3]
    assert sorted(begun) == sorted((name, n) for name in ("t1", "t2", "t4") for n in (1, 2, 3))


def test_it_remembers_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(follow, "MOST_RESTS", 1)
    drawn = program(SPLIT)
    first = Driver(drawn)
    for seed in range(16):
        told = Driver(drawn, seed=seed, like=first).run(choices(seed)).records
        assert told == Driver(drawn, seed=seed, short=False).run(choices(seed)).records
    assert len(first.machine.ways.rests) <= 3
