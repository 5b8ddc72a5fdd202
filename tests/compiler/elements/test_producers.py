"""Joins that could never get what they wait for, in diagrams of one line each."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from bpmn_xml.compiler.elements.producers import (
    check,
    in_loops,
    in_order,
    mark_producers,
    members,
    producers_inside,
)
from bpmn_xml.compiler.program import Program, Repetition, Work
from bpmn_xml.errors import CheckError
from tests.core.drawn import around
from tests.core.harness import index, program

TOGETHER = "they never belong together"
GATHER = "gather each in a sub-process around its producer"


def told(drawn: Program) -> list[str]:
    return [f"{found.code} {found.id}: {found.message}" for found in check(drawn)]


SOUND = [
    "s > t1 > e",
    "s > p; p > t1 > j; p > t2 > j; j > e",
    "s > m1 > p; p > t1 > j; p > t2 > j; j > e",
    "s > m1 > p; p > m2 > j; p > t1 > j; j > e",
    "s > p; p > m1 > j; p > t1 > j; j > e",
    "s > p; p > m1 > t3; p > m2 > t3",
    "s > p; p > m1 > y; p > m2 > y; y > p2; p2 > t1 > j; p2 > t2 > j",
    "s > m1 > m2 > p; p > t1 > j; p > t2 > j; j > e",
    "s > m1 > p; p > m2 > m3 > j; p > m4 > t1; p > t2 > j",
    "s > p; p > z1 > j; p > z2 > j; z1: m1 > t1; z2: m2 > t2",
    "s > m1 > y > t1 > x; x >[n < 3] y; x >* p; p > t2 > j; p > t3 > j; j > e",
    "s > y1 > t1 > x1; x1 >[n < 3] y1; x1 >* p; p > m1 > j; p > t2 > j",
    "s > p; p > m1 > j; p > y1 > x1; x1 >[n] y1; x1 >* t1 > j; j > y2 > x2; x2 >[n] y2; x2 >* e",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_joins(text: str) -> None:
    assert told(program(text)) == []


FAULTS = [
    (
        "s > p; p > m1 > j; p > m2 > j; j > e",
        [f"BX150 j: m1-j brings results of m1, m2-j those of m2; {TOGETHER}"],
    ),
    (
        "s > p; p > m1 > t1 > j; p > m2 > t2 > j; p > m3 > j; j > e",
        [f"BX150 j: t1-j brings results of m1, t2-j those of m2; {TOGETHER}"],
    ),
    (
        "s > p; p > m1 > y; p > m2 > y; y > j; p > m3 > j",
        [f"BX150 j: y-j brings results of m1 and m2, m3-j those of m3; {TOGETHER}"],
    ),
    (
        "s > p; p > m1 > j; m1 !b; b > j; p > m2 > j",
        [f"BX150 j: m1-j brings results of m1, m2-j those of m2; {TOGETHER}"],
    ),
    (
        "s > p; p > m1 > j; p > y1 > x1; x1 >[n] y1; x1 >* j; j > e",
        [
            (
                "BX151 j: x1-j lies in a loop outside the results of m1, so what they read there "
                "can come twice"
            )
        ],
    ),
    (
        "s > p; p > m1 > i; p > y1 > t1 > x1; x1 >[n] y1; x1 >* i; i > e",
        [
            (
                "BX151 i: x1-i lies in a loop outside the results of m1, so what they read there "
                "can come twice"
            )
        ],
    ),
]


@pytest.mark.parametrize(("text", "lines"), FAULTS)
def test_joins_that_never_get_what_they_wait_for(text: str, lines: list[str]) -> None:
    assert told(program(text)) == lines


def test_a_loop_through_the_join_itself_is_no_loop_outside() -> None:
    assert told(program("s > p; p > m1 > j; p > y1 > t1 > j; j > x1; x1 >[n] y1; x1 >* e")) == []


def test_the_token_of_a_failed_producer_is_in_no_item() -> None:
    text = "s > p; p > m1 > e; m1 !b; b > t1 > j; p > t2 > j"
    assert told(program(text)) == []


def test_a_bound_generator_makes_a_producer() -> None:
    drawn = program("s > t1 > e")
    marked = mark_producers(drawn, [index(drawn, "t1")])
    assert [node.work.many for node in marked.nodes if node.work] == [True]
    assert marked.hash != drawn.hash
    assert mark_producers(marked, [index(drawn, "t1")]) == marked
    assert mark_producers(drawn, []) == drawn


def test_a_node_without_work_can_be_marked() -> None:
    drawn = program("s > a1 > e")
    marked = mark_producers(drawn, [index(drawn, "a1")])
    assert marked.nodes[1].work is not None
    assert marked.nodes[1].work.many


def test_generators_that_break_a_join_are_refused_with_remedies() -> None:
    drawn = program("s > p; p > t1 > j; p > t2 > j; j > e")
    with pytest.raises(CheckError) as raised:
        mark_producers(drawn, [index(drawn, "t1"), index(drawn, "t2")])
    assert [found.remedy for found in raised.value.findings] == [GATHER]


AROUND = {
    "frames": ("frames", around("a = 1"), "in a task with a mapping or listeners"),
    "loops": ("loops", Repetition(maximum=2), "in a task that is done several times"),
}


@pytest.mark.parametrize("name", ["m1", "t1"])
@pytest.mark.parametrize("case", AROUND.values(), ids=AROUND)
def test_what_is_around_a_task_takes_one_result(case: tuple[str, Any, str], name: str) -> None:
    what, around_it, place = case
    drawn = program(f"s > {name} > e", **{what: {name: around_it}})
    many = f"BX152 {name}: its Python gives many results, which cannot be run {place}"
    if name == "m1":
        assert told(drawn) == [many]
        return
    assert told(drawn) == []
    task = [index(drawn, name)]
    with pytest.raises(CheckError, match="gives many results"):
        mark_producers(drawn, task)


def test_a_transfer_that_may_give_many_results_is_let_pass() -> None:
    work = {"t1": Work(promotes=True)}
    assert told(program("s > t1 > e", work=work, loops={"t1": Repetition(maximum=2)})) == []


def test_a_listener_gives_no_items() -> None:
    drawn = program("s > t1 > e; l1", frames={"t1": around(before="l1")})
    with pytest.raises(CheckError, match="in a listener or for a value"):
        mark_producers(drawn, [index(drawn, "l1")])


def test_sets_of_producers_are_bits() -> None:
    assert list(members(0)) == []
    assert list(members(1 << 5000 | 3)) == [0, 1, 5000]


def test_nodes_in_order_and_in_loops() -> None:
    drawn = program("s > y > t1 > x; x >[n] y; x >* t2 > e; s > t3")
    place = {drawn.nodes[i].id: at for at, i in enumerate(in_order(drawn))}
    assert place["s"] < place["y"] < place["t1"] < place["x"] < place["t2"] < place["e"]
    assert sorted(drawn.nodes[i].id for i in in_loops(drawn)) == ["t1", "x", "y"]


@pytest.mark.parametrize("backwards", [False, True])
def test_many_producers_in_a_row_cost_no_more_than_their_number(backwards: bool) -> None:
    names = [f"m{i}" for i in range(1500)]
    links = [f"{a} > {b}" for a, b in pairwise(names)]
    text = ";".join([*reversed(links)] if backwards else links)
    drawn = program(f"{text};m1499 > p;p > t1 > j;p > t2 > j")
    assert told(drawn) == []


def test_producers_in_sub_processes_are_found_from_around_them() -> None:
    drawn = program("s > z1 > m2 > t2 > e; z1: s1 > z2 > e1; z2: s2 > m1 > t1 > e2")
    found = {box.id: producers_inside(drawn, box.index) for box in drawn.containers}
    assert found == {"P": ["m1"], "z1": ["m1"], "z2": []}
