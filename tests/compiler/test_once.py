"""To whom one token comes at most: what is said of a drawing holds in whatever order it is run."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bpmn_xml.compiler import once
from bpmn_xml.compiler.program import Program
from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError
from tests.core.drawn import program, signal
from tests.core.harness import Driver

ONCE = {
    "a row": ("s > t1 > e", "s t1 e"),
    "a join": ("s > p; p > t1 > j; p > t2 > j; j > e", "s p t1 t2 j e"),
    "branches that come together": ("s > p; p > t1 > y; p > t2 > y; y > e", "s p t1 t2"),
    "an inclusive join": ("s > o; o > t1 > i; o > t2 > i; i > e", "s o t1 t2 i e"),
    "a loop": ("s > y > t1 > x; x >[n] y; x >* e", "s"),
    "an event at a border": ("s > t1 > e; t1 !b; b > t2", "s t1 e b t2"),
    "an inside": ("s > z1 > e; z1: s1 > t1", "s z1 e s1 t1"),
    "two starts": ("t1; t2", "t1 t2"),
    "two starts that come together": ("s1 > y; s2 > y; y > e", "s1 s2"),
    "a loop at a join": ("s > p; p > j; p > y; y > j; j > y", "s p"),
    "a choice": ("s > x; x >[n] t1 > y; x >* t2 > y; y > e", "s x t1 t2 y e"),
    "a choice into a task": ("s > x; x >[n] t1; x >* t1; t1 > e", "s x t1 e"),
    "a choice of three": (
        "s > x; x >[n] t1 > y1; x >[m] t2 > y1; x >* y2; y1 > y2; y2 > e", "s x t1 t2 y1 y2 e",
    ),
    "a choice inside of a choice": (
        "s > x1; x1 >[n] x2; x1 >* y; x2 >[m] t1 > y; x2 >* t2 > y; y > e",
        "s x1 x2 t1 t2 y e",
    ),
    "a split inside of a choice": (
        "s > x; x >[n] p; x >* y; p > t1 > y; p > t2 > y", "s x p t1 t2",
    ),
    "a choice inside of a split": (
        "s > p; p > x; p > t3 > j; x >[n] t1 > y; x >* t2 > y; y > j; j > e",
        "s p x t1 t2 y t3 j e",
    ),
    "two choices beside each other": (
        "s > p; p > x1; p > x2; x1 >[n] y; x1 >* e1; x2 >[n] e2; x2 >* y; y > e",
        "s p x1 x2 e1 e2",
    ),
    "errors that come together": (
        "s > t1 > t2 > e; t1 !b1; t2 !b2; b1 > y; b2 > y; y > e2", "s t1 b1 t2 b2 y e e2",
    ),
    "an error and what is done else": ("s > t1 > y; t1 !b1; b1 > t2 > y; y > e", "s t1 b1 t2 y e"),
    "a choice past a loop": ("s > y1 > x1; x1 >[n] y1; x1 >* x2; x2 >[n] y; x2 >* y; y > e", "s"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ONCE.values(), ids=ONCE)
def test_who_gets_one_token_at_most(text: str, expected: str) -> None:
    drawn = program(text)
    assert {node.id for node in drawn.nodes if node.once} == set(expected.split())
    assert drawn.counted == {node.index for node in drawn.nodes if not node.once}


def test_an_event_that_interrupts_nothing_adds_a_token() -> None:
    drawn = program("s > t1 > y; t1 !b; b > y; y > e", soft=["b"], events={"b": signal("S")})
    assert {node.id for node in drawn.nodes if node.once} == {"s", "t1"}


def test_of_what_is_waited_for_at_a_gateway_one_thing_happens() -> None:
    events = {"c1": signal("A"), "c2": signal("B")}
    drawn = program("s > g; g > c1 > y; g > c2 > y; y > e", events=events)
    assert all(node.once for node in drawn.nodes)


def test_a_choice_that_is_too_far_away_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "s > x; x >[n] t1 > y; x >* t2 > y; y > e; t1 !b1; b1 > e1"
    assert all(node.once for node in program(text).nodes)
    monkeypatch.setattr(once, "FARTHEST", 1)
    assert {node.id for node in program(text).nodes if not node.once} == {"y", "e"}


@st.composite
def drawings(draw: st.DrawFn) -> str:
    """Gateways and tasks in any order without loops, sound or not; some tasks may fail."""
    kinds = draw(st.lists(st.sampled_from("ttxxpoij"), min_size=3, max_size=12))
    sources, leads = ["s"], dict[str, list[str]]()
    borders = []
    for number, kind in enumerate(kinds):
        node = f"{kind}{number}"
        for source in draw(st.lists(st.sampled_from(sources), min_size=1, max_size=3, unique=True)):
            leads.setdefault(source, []).append(node)
        sources.append(node)
        if kind == "t" and draw(st.booleans()):
            borders.append(f"{node} !b{number}")
            sources.append(f"b{number}")
    return "; ".join([_flow(a, b, b == to[-1]) for a, to in leads.items() for b in to] + borders)


def _flow(source: str, target: str, last: bool) -> str:
    if source[0] not in "xo":
        return f"{source} > {target}"
    return f"{source} >{'*' if last else f'[{source}{target}]'} {target}"


def counting(drawn: Program) -> Program:
    """The same, with nothing known of who gets one token at most."""
    nodes = tuple([replace(node, once=False) for node in drawn.nodes])
    return replace(drawn, nodes=nodes, counted=frozenset(range(len(nodes))))


@given(drawings(), st.data())
def test_nothing_is_left_more_often(text: str, data: st.DataObject) -> None:
    drawn = program(text)
    names = [f.condition.text for f in drawn.flows if f.condition]
    variables: dict[str, Any] = {name: data.draw(st.booleans(), name) for name in names}
    fails = data.draw(st.frozensets(st.sampled_from([n.id for n in drawn.nodes])), "fails")

    def fail(_names: object) -> None:
        raise BpmnError("E")

    ran = Driver(counting(drawn), dict.fromkeys(fails, fail), seed=data.draw(st.integers(0, 99)))
    ran.run(variables)
    taken = Counter(record.flow for record in ran.records if isinstance(record, r.FlowTaken))
    begun = Counter(record.node for record in ran.records if isinstance(record, r.Activated))
    for node in drawn.nodes:
        if node.once:
            assert begun[node.index] <= 1, node.id
            assert all(taken[flow] <= 1 for flow in node.outgoing), node.id
