"""Why tokens have not arrived: a table of drawings, what happens, and what stands still then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bpmn_xml.compiler.program import Program, Repetition, Work
from bpmn_xml.core import commands as c
from bpmn_xml.core.machine import Machine
from bpmn_xml.trace.histories import Histories
from bpmn_xml.trace.standstill import Cause, Standstill
from bpmn_xml.trace.why import explain
from tests.core.drawn import around, compensation, message, program, signal, timer, when
from tests.core.harness import computed, index

HOUR = 3_600_000_000
START = c.StartInstance(0, {"n": 1, "k": 42})


def done(drawing: Program, name: str, scope: str = "", **values: Any) -> c.CompleteJob:
    index = next(node.index for node in drawing.nodes if node.id == name)
    return c.CompleteJob(scope, index, 1, values or None)


def failed(drawing: Program, name: str) -> c.FailJob:
    index = next(node.index for node in drawing.nodes if node.id == name)
    return c.FailJob("", index, 1, ("ValueError",), "no paper")


def history(drawing: Program, commands: Sequence[Any]) -> Histories:
    """Each command comes a second after the one before."""
    machine, histories = Machine(drawing), Histories(drawing)
    state = machine.create("P-1")
    for number, command in enumerate(commands, 1):
        histories.add(machine.send(state, command, number * 1_000_000))
    return histories


def told(still: Standstill) -> tuple[Any, ...]:
    """What is told of a standstill, without what is the same for all of a table."""
    awaits = [
        ":".join(filter(None, (w.at, w.trigger, w.name, w.key, "" if w.due else w.text, w.lack)))
        for w in still.awaits
    ]
    lacking = [f"{lack.flow}<{','.join(lack.bringers)}" for lack in still.lacking]
    return still.node, still.cause.name, (still.since or 0) // 1_000_000, [*awaits, *lacking]


REPEATED = Repetition(total=computed("2"), sequential=False)

CASES = [
    ("s > u > e", {}, [], [("u", "PERSON", 1, [])]),
    ("s > t > e", {}, [], [("t", "CALL", 1, [])]),
    ("s > c > e", {"c": message("paid", "k")}, [], [("c", "EVENT", 1, ["c:message:paid:42"])]),
    ("s > r > e", {"r": message("paid")}, [], [("r", "EVENT", 1, ["r:message:paid"])]),
    ("s > c > e", {"c": timer(HOUR)}, [], [("c", "EVENT", 1, ["c:timer"])]),
    ("s > c > e", {"c": when("n > 1")}, [], [("c", "EVENT", 1, ["c:conditional:n > 1"])]),
    (
        "s > u > e; u !b; b > e",
        {"b": when("nn > 1")},
        [],
        [("u", "PERSON", 1, ["b:conditional:nn > 1:there is no variable 'nn'"])],
    ),
    (
        "s > g; g > c1 > e; g > c2 > e",
        {"c1": message("yes"), "c2": signal("no")},
        [],
        [("g", "EVENT", 1, ["c1:message:yes", "c2:signal:no"])],
    ),
    ("s > u > e; u !b; b > e", {"b": signal("x")}, [], [("u", "PERSON", 1, ["b:signal:x"])]),
    ("s > z > e; z: s1 > u > e1", {}, [], [("u", "PERSON", 1, [])]),
    (
        "s > p; p > t1 > j; p > t2 > j; j > e",
        {},
        ["t1"],
        [("t2", "CALL", 1, []), ("j", "JOIN", 2, ["t2-j<t2"])],
    ),
    (
        "s > p; p > t1 > x; x > j; x >[n > 9] q; p > t2 > j; j > e",
        {},
        ["t2"],
        [("t1", "CALL", 1, []), ("j", "JOIN", 2, ["x-j<t1"])],
    ),
    (
        "s > o; o >[n > 0] t1; o >[n > 9] t2; o >[n > 0] t3; t1 > oj; t2 > oj; t3 > oj; oj > e",
        {},
        ["t1"],
        [("t3", "CALL", 1, []), ("oj", "JOIN", 2, ["t3-oj<t3"])],
    ),
    ("s > x; x >[n > 9] e", {}, [], [("x", "INCIDENT", 1, [])]),
    (
        "s > u > e; P: v; v: s1 > e1; P: v2; v2: s2 > e2",
        {"v": message("stop", "k"), "v2": when("nn > 1")},
        [],
        [
            ("u", "PERSON", 1, []),
            ("v", "BESIDE", 0, ["v:message:stop:42"]),
            ("v2", "BESIDE", 0, ["v2:conditional:nn > 1:there is no variable 'nn'"]),
        ],
    ),
    (
        "s > z > e; z: s1 > u > e1; z !b; b > e",
        {"b": signal("x")},
        [],
        [("z", "INSIDE", 1, ["b:signal:x"]), ("u", "PERSON", 1, [])],
    ),
]


@pytest.mark.parametrize(("text", "events", "answered", "expected"), CASES)
def test_every_token_is_explained(
    text: str, events: dict[str, Any], answered: list[str], expected: list[Any]
) -> None:
    drawing = program(text, events=events)
    found = history(drawing, [START, *[done(drawing, name) for name in answered]]).explain()
    named = {
        f.id: f"{drawing.nodes[f.source].id}-{drawing.nodes[f.target].id}" for f in drawing.flows
    }
    seen = []
    for still in found:
        node, cause, since, more = told(still)
        more = [
            named.get(m.partition("<")[0], m.partition("<")[0]) + "<" + m.partition("<")[2]
            if "<" in m
            else m
            for m in more
        ]
        seen.append((node, cause, since, more))
    assert seen == expected


@pytest.mark.parametrize(
    "around_it", [{"frames": {"u": around(local="a")}}, {"loops": {"u": REPEATED}}]
)
def test_what_may_happen_at_the_border_is_told_of_what_goes_on_inside(around_it: Any) -> None:
    drawing = program("s > u > e; u !b; b > e", events={"b": signal("x")}, **around_it)
    found = history(drawing, [START]).explain()
    assert {(still.node, still.cause, still.awaits[0].at) for still in found} == {
        ("u", Cause.PERSON, "b")
    }


def test_a_join_that_is_stuck_says_which_flow_nobody_can_bring() -> None:
    drawing = program("s > p; p > t1 > x; x >[n > 9] j; x >* e1; p > t2 > j; j > e")
    still = history(drawing, [START, done(drawing, "t1"), done(drawing, "t2")]).explain()
    assert [(s.node, s.cause, s.since, s.message) for s in still] == [
        ("j", Cause.INCIDENT, 3_000_000, still[0].message)
    ]
    assert still[0].message.startswith("stuck at j")
    assert [lack.bringers for lack in still[0].lacking] == [()]
    assert len(still[0].arrived) == 1


def test_what_is_held_at_no_join_lacks_nothing() -> None:
    drawing = program("s > t > e")
    hold = c.HoldInstance(index(drawing, "t"), "too much")
    last = history(drawing, [START, hold]).explain()[-1]
    assert (last.node, last.cause, last.message) == ("t", Cause.INCIDENT, "too much")
    assert (last.arrived, last.lacking) == ((), ())


ITEMS = [
    ("s > p; p > m1 > j; p > t1 > j; j > u1 > e", [("u1", "m1.1:0", [])]),
    ("s > p; p > m1 > u1 > j; p > t1 > j; j > e", [("j", "", ["u1"]), ("u1", "m1.1:0", [])]),
]


@pytest.mark.parametrize(("text", "expected"), ITEMS)
def test_an_arrival_waits_for_items_until_they_have_read_it(text: str, expected: list) -> None:
    drawing = program(text)
    item = c.EmitResult("", index(drawing, "m1"), 1, 0, {})
    answers = [done(drawing, "t1"), item, done(drawing, "m1")]
    found = history(drawing, [START, *answers]).explain()
    bringers = [[one for lack in still.lacking for one in lack.bringers] for still in found]
    assert [(s.node, s.scope, by) for s, by in zip(found, bringers, strict=True)] == expected


PLACES = [
    ("s > u1 > e", {}, {}, ""),
    ("s > z1 > e; z1: s1 > u1 > e1", {}, {}, ""),
    ("s > u1 > e", {"u1": around("x = 1")}, {}, ""),
    ("s > u1 > e", {}, {"u1": Repetition(maximum=2)}, "u1.1:0"),
    ("s > u1 > e", {"u1": around("x = 1")}, {"u1": Repetition(maximum=2)}, "u1.1:0"),
    (
        "s > z1 > e; z1: s1 > u1 > e1",
        {"u1": around("x = 1")},
        {"z1": Repetition(maximum=2)},
        "z1.1:0",
    ),
    ("s > z1 > e; z1: s1 > u1 > e1", {"z1": around("x = 1")}, {}, ""),
]


@pytest.mark.parametrize(("text", "frames", "loops", "item"), PLACES)
def test_which_item_or_instance_waits(text: str, frames: Any, loops: Any, item: str) -> None:
    drawing = program(text, frames=frames, loops=loops)
    (still,) = [one for one in history(drawing, [START]).explain() if one.cause is Cause.PERSON]
    assert still.item == item


def test_incidents_and_further_attempts() -> None:
    drawing = program("s > t > e", work={"t": Work(retries=(HOUR,))})
    at = history(drawing, [START, failed(drawing, "t")])
    assert [(s.cause, s.due) for s in at.explain()] == [(Cause.RETRY, 2_000_000 + HOUR)]
    drawing = program("s > t > e")
    at = history(drawing, [START, failed(drawing, "t")])
    assert [(s.cause, s.since, s.message) for s in at.explain()] == [
        (Cause.INCIDENT, 2_000_000, "ValueError: no paper")
    ]
    drawing = program("s > t > e")
    again = c.ResolveIncident("", 1, 1)
    at = history(drawing, [START, failed(drawing, "t"), again])
    assert [(s.cause, s.since) for s in at.explain()] == [(Cause.CALL, 3_000_000)]


def test_a_state_alone_says_all_but_since_when() -> None:
    drawing = program("s > u > e")
    machine = Machine(drawing)
    state = machine.create("P-1")
    machine.send(state, START, 5)
    (still,) = explain(drawing, state)
    assert still == Standstill(instance="P-1", node="u", cause=Cause.PERSON)
    assert repr(still) == "Standstill(instance='P-1', node='u', cause=<Cause.PERSON: 'a person'>)"


def test_scopes_are_named() -> None:
    drawing = program("s > z > e; z: s1 > u > e1")
    assert history(drawing, [START]).explain()[0].scope == "z.1"


def test_a_thrower_that_waits_for_compensation_is_no_standstill_of_its_own() -> None:
    undo = {"b1": compensation(), "h": compensation()}
    drawing = program("s > t1 > h > e; t1 !b1; b1 > u9", events=undo)
    histories = history(drawing, [START, done(drawing, "t1")])
    (state,) = histories.states.values()
    assert [(still.node, still.cause) for still in explain(drawing, state)] == [
        ("u9", Cause.PERSON)
    ]


def test_an_activity_that_takes_two_tokens_waits_for_another_on_the_same_flow() -> None:
    drawing = program("s > p; p > t1 > y; p > t2 > y; y > t > e", quantities={"t": (2, 1)})
    told = history(drawing, [START, done(drawing, "t1")]).explain()
    (join,) = [still for still in told if still.cause is Cause.JOIN]
    assert join.arrived == ("y-t",)
    assert [(lack.flow, lack.bringers) for lack in join.lacking] == [("y-t", ("t2",))]


def test_a_complex_gateway_to_which_all_have_come_waits_for_its_condition() -> None:
    text = "s > p; p > t1 > d; p > t2 > d; p > t3 > e; d > e"
    drawing = program(text, activation={"d": "n > 50"})
    told = history(drawing, [START, done(drawing, "t1"), done(drawing, "t2")]).explain()
    (join,) = [still for still in told if still.cause is Cause.JOIN]
    assert (join.arrived, join.lacking) == (("t1-d", "t2-d"), ())
    assert [(one.at, one.trigger, one.text) for one in join.awaits] == [
        ("d", "activation condition", "n > 50")
    ]


def test_what_only_stands_because_all_is_held_waits_for_no_python() -> None:
    drawing = program("s > h > e", events={"h": compensation()})
    machine, histories = Machine(drawing), Histories(drawing)
    machine.budget.most_steps = 2
    state = machine.create("P-1")
    histories.add(machine.send(state, START, 1))
    assert state.scopes[""].active
    assert [still.cause for still in histories.explain()] == [Cause.INCIDENT]
