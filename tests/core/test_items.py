"""Items: many results of one task, each a scope of its own. The rules as a table of tests."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.state import Scope
from bpmn_xml.errors import CommandRejected
from tests.core.drawn import assign
from tests.core.harness import Driver, Dropped, everywhere, message, program, timer


def emit(*values: int) -> Any:
    return lambda _names: [{"v": value} for value in values]


def sums(ran: Driver, name: str) -> list[Any]:
    """What the task `name` wrote in each scope."""
    done = [record for record in ran.records if isinstance(record, r.Completed)]
    nodes = ran.program.nodes
    written = [dict(record.values or {}) for record in done if nodes[record.node].id == name]
    return sorted(written, key=repr)


ADD = {"t1": lambda names: {"a": names["v"] + 1}, "t2": lambda names: {"b": names["v"] * 10}}
BOTH = {"t3": lambda names: {"sum": names["a"] + names["b"]}}

# text, handlers, how often t3 was done, what it wrote
TABLE = [
    pytest.param(
        "s > m1 > t3 > e",
        {"m1": emit(1, 2, 3), "t3": lambda n: {"got": n["v"]}},
        [{"got": 1}, {"got": 2}, {"got": 3}],
        id="each result goes on by itself",
    ),
    pytest.param(
        "s > m1 > p; p > t1 > j; p > t2 > j; j > t3 > e",
        {"m1": emit(1, 2, 3), **ADD, **BOTH},
        [{"sum": 12}, {"sum": 23}, {"sum": 34}],
        id="a join joins what belongs together",
    ),
    pytest.param(
        "s > m1 > o; o >[v > 1] t1 > i; o >[v > 0] t2 > i; i > t3 > e",
        {"m1": emit(1, 2), **ADD, "t3": lambda n: {"got": n.get("a"), "and": n["b"]}},
        [{"got": 3, "and": 20}, {"got": None, "and": 10}],
        id="an inclusive join in an item",
    ),
    pytest.param(
        "s > m1 > m2 > t3 > e",
        {
            "m1": emit(1, 2),
            "m2": lambda n: [{"w": n["v"] * 10 + k} for k in (1, 2)],
            "t3": lambda n: {"got": n["v"] * 100 + n["w"]},
        },
        [{"got": 111}, {"got": 112}, {"got": 221}, {"got": 222}],
        id="nested producers",
    ),
    pytest.param(
        "s > p; p > m1 > t3; p > m2 > t3",
        {"m1": emit(1), "m2": emit(2, 3), "t3": lambda n: {"got": n["v"]}},
        [{"got": 1}, {"got": 2}, {"got": 3}],
        id="two producers side by side",
    ),
    pytest.param(
        "s > p; p > m1 > j; p > t1 > j; j > t3 > e",
        {
            "m1": emit(1, 2),
            "t1": lambda n: {"rate": 7},
            "t3": lambda n: {"got": n["v"] * n["rate"]},
        },
        [{"got": 14}, {"got": 7}],
        id="items read what is parked around them",
    ),
    pytest.param(
        "s > m1 > p; p > m2 > j; p > t1 > j; j > t3 > e",
        {
            "m1": emit(1, 2),
            "m2": lambda n: [{"w": n["v"] * 10}],
            "t1": lambda n: {"base": n["v"]},
            "t3": lambda n: {"got": n["w"] + n["base"]},
        },
        [{"got": 11}, {"got": 22}],
        id="a producer inside a split of an item",
    ),
    pytest.param("s > m1 > t3 > e", {"m1": emit()}, [], id="no result"),
    pytest.param(
        "s > z1 > t3 > e; z1: s1 > m1 > t1 > e1",
        {"m1": emit(1, 2), **ADD, "t3": lambda n: {"once": 1}},
        [{"once": 1}],
        id="the sub-process around the producer gathers",
    ),
    pytest.param(
        "s > m1 > z1 > t3 > e; z1: s1 > t1 > e1",
        {"m1": emit(1, 2), **ADD, "t3": lambda n: {"got": n["a"]}},
        [{"got": 2}, {"got": 3}],
        id="a sub-process in an item writes to the item",
    ),
    pytest.param(
        "s > m1 > y1 > t1 > x1; x1 >[a < 3] t2 > y1; x1 >* t3 > e",
        {
            "m1": emit(1, 0),
            "t1": lambda n: {"a": n.get("a", n["v"]) + 1},
            "t2": lambda n: None,
            "t3": lambda n: {"got": n["a"]},
        },
        [{"got": 3}, {"got": 3}],
        id="a loop in an item",
    ),
]


@pytest.mark.parametrize(("text", "handlers", "expected"), TABLE)
def test_items(text: str, handlers: dict[str, Any], expected: list[Any]) -> None:
    ran = everywhere(program(text), {}, handlers)
    assert ran.outcome == "completed"
    assert sums(ran, "t3") == expected
    root = ran.state.scopes[""]
    assert list(ran.state.scopes) == [""]
    assert not root.parked
    assert not root.read


def test_an_item_sees_nothing_of_another_and_leaves_nothing_outside() -> None:
    ran = everywhere(
        program("s > m1 > t1 > t2 > e"),
        {"v": 0, "kept": 1},
        {"m1": emit(1, 2), "t1": lambda n: {"v": n["v"] * 2, "new": 1}},
    )
    assert dict(ran.state.scopes[""].variables) == {"v": 0, "kept": 1}


def test_a_task_without_result_drops_its_token_and_the_join_of_the_item_with_it() -> None:
    def odd_only(names: Any) -> Any:
        if names["v"] % 2:
            return {"a": 1}
        raise Dropped

    ran = everywhere(
        program("s > m1 > p; p > t1 > j; p > t2 > j; j > t3 > e"),
        {},
        {"m1": emit(1, 2, 3), "t1": odd_only},
    )
    assert ran.outcome == "completed"
    assert ran.count(r.TokenDropped) == 1
    assert ran.count(r.Completed, "t3") == 2


def test_results_go_on_while_the_producer_still_runs() -> None:
    driver = Driver(program("s > m1 > t1 > e")).start()
    driver.send(c.EmitResult(*driver.job("m1"), 0, {"v": 1}))
    assert len(driver.open_jobs()) == 2
    item = driver.open_jobs()[1][0]
    driver.send(c.CompleteJob(*driver.job("t1", item)))
    assert item not in driver.state.scopes
    assert driver.outcome == ""
    driver.send(c.CompleteJob(*driver.job("m1")))
    assert driver.outcome == "completed"


def test_a_result_that_was_emitted_before_is_discarded() -> None:
    driver = Driver(program("s > m1 > t1 > e")).start()
    for _ in range(2):
        driver.send(c.EmitResult(*driver.job("m1"), 0, {"v": 1}))
    assert driver.count(r.ResultDiscarded) == 1
    assert driver.count(r.ScopeOpened) == 1


def test_a_fault_in_one_item_is_an_incident_of_that_item_only() -> None:
    ran = Driver(
        program("s > m1 > t1 > t2 > e"), {"m1": emit(1, 0, 2), "t1": lambda n: {"a": 1 // n["v"]}}
    ).run()
    assert ran.outcome == ""
    assert ran.count(r.Completed, "t2") == 2
    assert len(ran.incidents()) == 1
    scope, incident = next(s for s in ran.state.scopes.items() if s[1].incidents)
    ran.send(c.ResolveIncident(*ran.job("t1", scope), {"v": 1}))
    assert isinstance(incident, Scope)
    assert ran.go().outcome == "completed"


def test_interrupting_a_producer_ends_its_call_but_not_its_items() -> None:
    driver = Driver(program("s > m1 > t1 > e; m1 !b1; b1 > t2")).start()
    driver.send(c.EmitResult(*driver.job("m1"), 0, {"v": 1}))
    driver.send(c.ThrowError(*driver.job("m1"), "X"))
    assert driver.count(r.Cancelled, "m1") == 1
    assert [driver.program.nodes[node].id for _, node, _ in driver.open_jobs()] == ["t2", "t1"]
    assert driver.go().outcome == "completed"


ENDS = [
    ("s > m1 > x; x >[v == 2] q; x >* u1 > e", "terminated"),
    ("s > m1 > x; x >[v == 2] f; x >* u1 > e", "failed"),
    ("s > z1 > e; z1: m1 > x; z1: x >[v == 2] q; z1: x >* u1 > e1", "completed"),
    ("s > z1 > u2; z1 !b1; b1 > e; z1: m1 > x; z1: x >[v == 2] f; z1: x >* u1 > e1", "completed"),
]


@pytest.mark.parametrize(("text", "outcome"), ENDS)
def test_what_ends_the_container_ends_all_its_items(text: str, outcome: str) -> None:
    ran = Driver(program(text), {"m1": emit(1, 3, 2)}).run()
    assert ran.outcome == outcome
    assert list(ran.state.scopes) == [""]
    assert ran.count(r.Cancelled, "u1") == 2


def test_an_arrival_that_items_read_is_spent_when_the_last_of_them_is_gone() -> None:
    ran = everywhere(program("s > p; p > m1 > j; p > t1 > j; j > t3 > e"), {}, {"m1": emit(1, 2)})
    assert ran.count(r.ArrivalRead, "t1-j") == 2
    assert ran.count(r.ArrivalSpent, "t1-j") == 1


def test_an_arrival_that_comes_after_the_items_is_read_by_all() -> None:
    driver = Driver(program("s > p; p > m1 > j; p > t1 > j; j > t3 > e")).start()
    for i in range(3):
        driver.send(c.EmitResult(*driver.job("m1"), i, {"v": i}))
    driver.send(c.CompleteJob(*driver.job("m1")))
    assert driver.count(r.Joined) == 0
    driver.send(c.CompleteJob(*driver.job("t1"), {"rate": 2}))
    assert driver.count(r.Joined) == 3
    assert driver.go().outcome == "completed"


def test_an_item_whose_join_can_never_be_filled_is_an_incident_never_silence() -> None:
    ran = Driver(
        program("s > p; p > m1 > j; p > x1; x1 >[n > 0] t1 > j; x1 >* e1; j > t3 > e"),
        {"m1": emit(1)},
    ).run({"n": 0})
    assert ran.outcome == ""
    assert ran.incidents() == [
        "stuck at j: nothing can arrive on t1-j (from 't1'); a token came on m1-j (from 'm1')"
    ]


def test_an_item_at_a_complex_gateway_that_waits_for_more_is_an_incident_never_silence() -> None:
    text = "s > p; p > m1 > d; p > t1 > d; d > t3 > e"
    drawn = program(text, activation={"d": "activationCount > 5"})
    ran = Driver(drawn, {"m1": emit(1)}).run()
    assert ran.outcome == ""
    assert set(ran.incidents()) == {"stuck at d: its activation condition does not hold"}


def test_an_item_does_not_wait_for_a_token_around_it_that_is_stuck_too() -> None:
    text = "s > p; p > m1 > j; p > t1 > d1 > j; j > t3 > e"
    drawn = program(text, activation={"d1": "activationCount > 1"})
    driver = Driver(drawn, {"m1": emit(1)}, reload=True).run()
    assert driver.outcome == ""
    assert driver.incidents() == [
        "stuck at j: nothing can arrive on d1-j (from 'd1'); a token came on m1-j (from 'm1')"
    ]


def test_an_item_waits_for_what_can_be_joined_around_it() -> None:
    text = "s > p; p > m1 > j; p > t1 > i; p > t2 > i; i > j; j > t3 > e"
    driver = Driver(program(text)).start()
    machine, state = driver.machine, driver.state
    work = [
        c.EmitResult(*driver.job("m1"), 0, {"v": 1}),
        *[c.CompleteJob(*driver.job(name)) for name in ("t1", "t2", "m1")],
    ]
    batches = [machine.send(state, command, 0, 1) for command in work]
    while batches[-1].more:
        batches.append(machine.send(state, c.Continue(), 0, 1))
    assert driver.incidents() == []
    machine.send(state, c.CompleteJob(*driver.open_jobs()[0]), 0)
    assert driver.outcome == "completed"


def test_a_second_arrival_around_items_is_an_incident() -> None:
    text = (
        "s > p; p > m1 > j; p > y > t1 > p2; p2 > j; p2 > x1; x1 >[n < 1] t2 > y; x1 >* e2;"
        "j > t3 > e"
    )
    driver = Driver(program(text), {"t2": lambda n: {"n": n["n"] + 1}}).start({"n": 0})
    driver.send(c.EmitResult(*driver.job("m1"), 0, {"v": 1}))
    driver.send(c.CompleteJob(*driver.job("t1")))
    driver.send(c.CompleteJob(*driver.job("t2"), {"n": 1}))
    driver.send(c.CompleteJob(*driver.job("t1", n=2)))
    assert driver.incidents() == ["a second token came on p2-j while results still read the first"]


def test_payloads_travel_along_the_flows_and_touch_no_variable() -> None:
    got = []
    ran = Driver(
        program("s > m1 > p; p > t1 > j; p > t2 > j; j > t3 > e", payload=True),
        {
            "m1": emit(1, 2),
            "t1": lambda n: {**n, "op": "add", "a": n["v"] + 1},
            "t2": lambda n: {**n, "op": "mul", "b": n["v"] * 10},
            "t3": lambda n: got.append(dict(n)),
        },
        seed=3,
    ).run()
    assert ran.outcome == "completed"
    assert sorted(got, key=lambda n: n["v"]) == [
        {"v": 1, "op": "mul", "a": 2, "b": 10},
        {"v": 2, "op": "mul", "a": 3, "b": 20},
    ]
    assert not ran.count(r.VariablesWritten)
    assert not any(x.values for x in ran.records if isinstance(x, r.Completed))


# text, what else there is, what goes on behind
BEHIND = [
    ("s > c1 > t1 > e", {"events": {"c1": timer(5)}}, {"x": 1}),
    ("s > c1 > t1 > e", {"events": {"c1": message("c1")}}, {"x": 1, "m": 2}),
    ("s > r1 > t1 > e", {"events": {"r1": message("r1")}}, {"x": 1, "m": 2}),
    ("s > g1; g1 > c1 > t1 > e", {"events": {"c1": message("c1")}}, {"x": 1, "m": 2}),
    ("s > u1 > e2; u1 !b1; b1 > t1 > e", {"events": {"b1": message("b1")}}, {"x": 1, "m": 2}),
    ("s > z1 > t1 > e; z1: s2 > t2 > e2", {}, {"x": 1}),
    ("s > w1 > t1 > e\nQ: s2 > t2 > e2", {"calls": {"w1": "Q"}}, {"x": 1}),
    (
        "s > c1 > t1 > e",
        {"events": {"c1": message("c1")}, "receives": {"c1": (assign("y = m + x"),)}},
        {"x": 1, "y": 3},
    ),
]


@pytest.mark.parametrize(("text", "more", "behind"), BEHIND)
def test_payloads_go_on_behind_what_waits_or_has_an_inside(
    text: str, more: dict[str, Any], behind: dict[str, Any]
) -> None:
    got = []
    drawn = program(text.replace("s >", "s > t0 >", 1), payload=True, **more)
    handlers = {"t0": lambda _: {"x": 1}, "t1": lambda n: got.append(dict(n))}
    driver = Driver(drawn, handlers, reload=True).run()
    for name, _ in driver.waits():
        driver.happen(name, None if behind == {"x": 1} else {"m": 2}).go()
    assert got == [behind]
    assert driver.state.scopes[""].variables == {}


def test_a_producer_that_has_emitted_is_not_retried() -> None:
    driver = Driver(
        program("s > m1 > t1 > e", work={"m1": Work(many=True, retries=(1, 1))})
    ).start()
    driver.send(c.EmitResult(*driver.job("m1"), 0, {"v": 1}))
    driver.send(c.FailJob(*driver.job("m1"), ("ValueError",), "broken"))
    assert driver.count(r.JobFailed) == 0
    told = "(it had given 1 result, so it is not tried again without bx:resumable)"
    assert driver.incidents() == [f"ValueError: broken {told}"]
    with pytest.raises(CommandRejected, match="give again what it has given") as refused:
        driver.send(c.ResolveIncident(*driver.job("m1")))
    assert "skip the incident" in str(refused.value.remedy)
    driver.send(c.SkipIncident(*driver.job("m1")))
    assert driver.go().outcome == "completed"
    assert driver.count(r.Completed, "t1") == 1


def test_a_producer_that_has_emitted_is_retried_if_it_is_resumable() -> None:
    work = {"m1": Work(many=True, retries=(1,), resumable=True)}
    driver = Driver(program("s > m1 > t1 > e", work=work)).start()
    for attempt in range(2):
        driver.send(c.EmitResult(*driver.job("m1"), attempt, {"v": 1}))
        driver.send(c.FailJob(*driver.job("m1"), ("ValueError",), "broken", attempt=attempt))
        driver.send(c.RetryJob(*driver.job("m1")))
    assert driver.count(r.JobFailed) == 1
    driver.send(c.ResolveIncident(*driver.job("m1")))
    driver.send(c.CompleteJob(*driver.job("m1")))
    assert driver.go().outcome == "completed"
    assert driver.count(r.Completed, "t1") == 2


def test_a_token_around_the_items_may_use_up_what_they_have_read() -> None:
    text = "s > p; p > m1 > y > j; p > t2 > j; m1 !E:b1; b1 > y; j > t3 > e"
    driver = Driver(program(text), reload=True).start()
    driver.send(c.CompleteJob(*driver.job("t2")))
    driver.send(c.EmitResult(*driver.job("m1"), 0, {"v": 1}))
    driver.send(c.ThrowError(*driver.job("m1"), "E"))
    assert driver.go().outcome == "completed"
    assert (driver.count(r.Completed, "t3"), driver.count(r.ArrivalSpent)) == (2, 0)


def test_a_token_around_the_items_may_use_up_what_they_have_read_on_the_short_way() -> None:
    text = "s > p; p > m1 > y > j; p > t1 > j; p > t2 > y; j > t3 > e"
    driver = Driver(program(text), {"m1": emit(1)}).start()
    driver.send(c.CompleteJob(*driver.job("t1")))
    driver.send(c.EmitResult(*driver.job("m1"), 0, {"v": 1}))
    driver.answer(*driver.open_jobs()[-1])
    assert driver.state.scopes[""].read
    (advanced,) = driver.send(c.CompleteJob(*driver.job("t2"))).records
    assert isinstance(advanced, r.Advanced)
    assert driver.state.scopes[""].read is None
    assert driver.go().outcome == "completed"
    assert (driver.count(r.Completed, "t3"), driver.count(r.ArrivalSpent)) == (2, 0)
