"""Equal conditions over unchanged variables are decided together, and no others."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.check.soundness.analysis import problems
from bpmn_xml.check.soundness.memory import NOTHING, memory
from bpmn_xml.check.soundness.questions import question
from bpmn_xml.check.soundness.survey import Survey
from bpmn_xml.compiler.program import EventSpec, Repetition, Trigger
from bpmn_xml.compiler.program.scoping import CallData
from tests.core.drawn import around, assign, drafts, message

TWICE = "s > p; p > x >[{}] {} > j; x >* e1; p > {} x2 >[{}] {} > j; x2 >* e2; j > e"
"""Two ways to a join, each taken if a condition holds, each with a task; one is behind another."""


def twice(one: str, other: str = "", *, tasks: str = "a1 a2", before: str = "") -> str:
    first, second = tasks.split()
    return TWICE.format(one, first, f"{before} >" if before else "", other or one, second)


TOGETHER: dict[str, tuple[str, dict[str, Any]]] = {
    "the same text": (twice("n > 1"), {}),
    "the contrary": (("s > p; p > x >[n > 1] a1 > j; x >* e1; p > x2 >[n <= 1] e2; x2 >* a2 > j;"
        " j > e"), {}),
    "not": (("s > p; p > x >[ok] a1 > j; x >* e1; p > x2 >[not ok] e2; x2 >* a2 > j; j > e"), {}),
    "two texts that one value cannot be": (("s > p; p > x >[n == 'A'] a1 > j; x >[n == 'B'] e1;"
        " p > x2 >[n == 'B'] e2; x2 >[n == 'A'] a2 > j; j > e"), {}),
    "two whole numbers that one value cannot be": (("s > p; p > x >[n == 1] a1 > j; x >[n == 2] e1;"
        " p > x2 >[n == 2] e2; x2 >[n == 1] a2 > j; j > e"), {}),
    "two whole numbers, of one inclusive gateway": (("s > o >[n == 1] a1 > y; o >[n == 2] a2 > y;"
        " y > t3 > e"), {}),
    "behind a task that writes other things": (twice("n > 1", tasks="t1 t2", before="t3"),
        {"frames": {name: around(outputs="m = 1") for name in ("t1", "t2", "t3")}}),
    "behind a timer": (twice("n > 1", before="c1"),
        {"events": {"c1": EventSpec(trigger=Trigger.TIMER)}}),
    "behind a message of which other things are kept": (twice("n > 1", before="c1"),
        {"events": {"c1": message("m")}, "receives": {"c1": (assign("m = 1"),)}}),
    "behind a call that gives other things": (twice("n > 1", before="w1"),
        {"calls": {"w1": "P"}, "passes": {"w1": CallData(outputs=(assign("m = 1"),))}}),
    "behind a sub-process of gateways": (twice("n > 1", before="z1") + "; z1: s9 > a9 > e9", {}),
    "of one inclusive gateway": (("s > o >[n > 1] a1 > j; o >[n > 1] a2 > j; o >* e1; j > e"), {}),
    "the contrary, of one inclusive gateway": (("s > o >[n > 1] a1 > y; o >[n <= 1] a2 > y;"
        " y > t3 > e"), {}),
    "of an inclusive gateway": (("s > o >[n > 1] a1 > o2; o >[n < 0] a2 > o2; o >* a3 > o2;"
        " o2 > p; p > x >[n > 1] a4 > j; x >* e1; p > x2 >[n > 1] a5 > j; x2 >* e2; j > e"), {}),
}  # fmt: skip

APART: dict[str, tuple[str, dict[str, Any]]] = {
    "other texts": (twice("n > 1", "n > 2"), {}),
    "other values": (twice("n == 'A'", "n == 'B'"), {}),
    "a text and a number, which may be equal": (twice("n == '1'", "n == 1"), {}),
    "numbers that may be spelled otherwise": (("s > p; p > x >[n == 1] a1 > j; x >[n == 1.0] e1;"
        " p > x2 >[n == 1.0] e2; x2 >[n == 1] a2 > j; j > e"), {}),
    "something that is not only of variables": (twice("max(n, 1) > 1"), {}),
    "a number of the engine": (twice("loopCounter > 1"), {}),
    "a task may write": (twice("n > 1", before="t1"), {}),
    "a task beside it may write": (twice("n > 1", tasks="a1 t2"), {}),
    "a mapping writes": (twice("n > 1", before="t1"), {"frames": {"t1": around(outputs="n = 1")}}),
    "a message may write": (twice("n > 1", before="c1"), {"events": {"c1": message("m")}}),
    "a listener may write": (twice("n > 1", before="a3"), {"frames": {"a3": around(after="l1")}}),
    "a call may write": (twice("n > 1", before="w1"), {"calls": {"w1": "P"}}),
    "something inside may write": (twice("n > 1", before="z1") + "; z1: s9 > t9 > e9", {}),
    "an instance writes its output": (twice("n > 1", before="a3"),
        {"loops": {"a3": Repetition(output="n")}}),
    "an event sub-process may write at any time": (twice("n > 1") + "; v1; v1: s9 > t9 > e9", {}),
    "data travels along the flows": (twice("n > 1"), {"payload": True}),
}  # fmt: skip


def told(text: str, *, runs: bool = True, **given: Any) -> list[tuple[str, str, bool]]:
    found = problems(drafts(text, **given), runs=runs)
    return [(flaw.trouble.name, flaw.where, flaw.always) for flaw in found]


@pytest.mark.parametrize(("text", "given"), TOGETHER.values(), ids=TOGETHER)
def test_decided_together(text: str, given: dict[str, Any]) -> None:
    assert told(text, **given) == []


@pytest.mark.parametrize(("text", "given"), APART.values(), ids=APART)
def test_decided_apart(text: str, given: dict[str, Any]) -> None:
    assert told(text, **given) == [("DEADLOCK", "j", False)]


def test_a_task_without_a_type_is_work_where_nothing_is_run() -> None:
    assert told(twice("n > 1", tasks="a1 a2"), runs=False) == [("DEADLOCK", "j", False)]
    assert told(twice("n > 1", tasks="p1 p2"), runs=False) == []


def test_tokens_that_crowd_before_an_end_are_told_of_where_they_have_met() -> None:
    text = "s > p; p > t8 > y; p > t9 > y; y > x >[n] t1 > e; x >* x2 >[n] e2; x2 >* e3"
    assert sorted(where for _, where, _ in told(text)) == ["y"]


def test_a_mere_word_is_no_variable_where_nothing_is_run() -> None:
    text = twice("yes", tasks="p1 p2")
    assert told(text) == []
    assert told(text, runs=False) == [("DEADLOCK", "j", False)]


def test_a_loop_in_which_nothing_changes_never_ends() -> None:
    assert told("s > y > x >[done] e; x >* y") == [("LIVELOCK", "x", False)]
    maps = {"frames": {"t1": around(outputs="m = 1")}}
    turning = "s > y > t1 > x >[done] e; x >* y"
    assert told(turning, **maps) == [("LIVELOCK", "x", False)]
    assert told(turning) == []


@pytest.mark.parametrize("node", ["a1", "c1"])
def test_what_stands_in_a_loop_is_meant_to_end_it(node: str) -> None:
    """A task without a type, a timer: nothing that is drawn says what changes meanwhile."""
    text = f"s > y > {node} > x >[done] e; x >* y"
    assert told(text, events={"c1": EventSpec(trigger=Trigger.TIMER)}) == []


def test_what_is_beside_a_sub_process_may_write() -> None:
    inside = f"; z1: {twice('n > 1').replace('; ', '; z1: ')}"
    assert told("t0 > z1" + inside) == []
    beside = told("s9 > p9; p9 > z1 > e8; p9 > t9 > e9" + inside)
    assert beside == [("DEADLOCK", "j", False)]


@pytest.mark.parametrize("turned", [False, True])
def test_of_an_inclusive_split_the_last_way_that_is_possible_is_taken(turned: bool) -> None:
    ways = ["o >[m == 1] e2", "o >[n == 1] j"]
    first, second = reversed(ways) if turned else ways
    text = f"s > x >[n == 1] y >[n != 1] j; x >* o; y >* e1; {first}; {second}; j > e3"
    assert told(text) == [("DEAD", "y-j", False), ("DEAD", "o-j", False)]


def test_what_is_asked_twice_of_one_exclusive_gateway_is_dead() -> None:
    text = "s > x >[n > 1] e1; x >[n > 1] t1 > e2; x >* e3"
    assert told(text) == [("DEAD", "x-t1", False)]


def test_too_much_is_told_as_without_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "s > x >[n > 1] j; x >* x2 >[n > 1] j; x2 >* e1; j > e"
    assert told(text) == [("DEADLOCK", "j", False), ("DEAD", "x2-j", False)]
    drawn = drafts(text)
    (flaw, *_) = problems(drawn, most=1, runs=True)
    assert flaw.trouble.name == "UNKNOWN"


@pytest.mark.parametrize("text", ["s > x >[n > 1] t1 > e; x >* e", "s > t1 > e"])
def test_what_is_asked_once_is_not_worth_remembering(text: str) -> None:
    drawn = drafts(text)
    assert memory(Survey(drawn, runs=True), drawn.containers[0]) is NOTHING


@pytest.mark.parametrize("text", ["n >", "now() > d", "n + m()", "1 > 2"])
def test_what_may_vary_is_no_question(text: str) -> None:
    assert question(text, "feel") is None
