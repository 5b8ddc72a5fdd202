"""Waiting for the outside: events that are caught, and what is thrown."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program import EventSpec, Repetition, Schedule, Trigger
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.errors import ExpressionError
from tests.core.harness import Driver, computed, escalation, message, program, signal, timer, when

HOUR = 3_600_000_000

# text, events, soft nodes, what happens (node, or a job's answer "t1!"), path, outcome
STORIES: list[Any] = [
    pytest.param("s > c1 > e", {"c1": message("m")}, "", "c1", "c1", id="catch a message"),
    pytest.param("s > c1 > e", {"c1": timer(HOUR)}, "", "c1", "c1", id="catch a timer"),
    pytest.param("s > c1 > e", {"c1": signal("m")}, "", "c1", "c1", id="catch a signal"),
    pytest.param("s > r1 > e", {"r1": message("m")}, "", "r1", "r1", id="receive task"),
    pytest.param(
        "s > t1 > t2 > e; t1 !b1; b1 > t3 > e",
        {"b1": timer(HOUR)},
        "",
        "b1 t3!",
        "b1 t3",
        id="an interrupting boundary timer",
    ),
    pytest.param(
        "s > t1 > t2 > e; t1 !b1; b1 > t3 > e",
        {"b1": timer(HOUR)},
        "",
        "t1! t2!",
        "t1 t2",
        id="the boundary timer goes with its activity",
    ),
    pytest.param(
        "s > t1 > e; t1 !b1; b1 > t3 > e",
        {"b1": timer(HOUR, 3)},
        "b1",
        "b1 b1 t3! t3! t1!",
        "b1 b1 t3 t3 t1",
        id="a boundary timer with a cycle",
    ),
    pytest.param(
        "s > z1 > t2 > e; z1: s1 > u1; z1 !b1; b1 > t3 > e",
        {"b1": message("m")},
        "",
        "b1 t3!",
        "b1 t3",
        id="a boundary message on a sub-process",
    ),
    pytest.param(
        "s > r1 > e; r1 !b1; b1 > t3",
        {"r1": message("m"), "b1": timer(HOUR)},
        "",
        "b1 t3!",
        "b1 t3",
        id="a boundary timer on a receive task",
    ),
    pytest.param(
        "s > g1; g1 > c1 > t1 > e; g1 > c2 > t2 > e",
        {"c1": message("m"), "c2": timer(HOUR)},
        "",
        "c2 t2!",
        "g1 c2 t2",
        id="the first event decides",
    ),
    pytest.param(
        "s > g1; g1 > r1 > t1 > e; g1 > c2 > t2 > e",
        {"r1": message("m"), "c2": timer(HOUR)},
        "",
        "r1 t1!",
        "g1 r1 t1",
        id="a receive task behind the gateway",
    ),
    pytest.param(
        "s > t1 > e; v1; v1: s1 > t2 > e1",
        {"v1": message("m")},
        "",
        "v1 t2!",
        "t2 v1",
        id="an interrupting event sub-process",
    ),
    pytest.param(
        "s > t1 > e; v1; v1: s1 > t2 > e1",
        {"v1": message("m")},
        "v1",
        "v1 v1 t2! t1! t2!",
        "t2 v1 t1 t2 v1",
        id="an event sub-process beside the rest",
    ),
    pytest.param(
        "s > z1 > t3 > e; z1: s1 > u1; z1: v1; v1: s2 > t2 > e2",
        {"v1": signal("m")},
        "",
        "v1 t2! t3!",
        "t2 v1 z1 t3",
        id="an event sub-process in a sub-process",
    ),
    pytest.param(
        "s > z1 > e; z1: s1 > h1 > t1 > e1; z1 !b1; b1 > t2 > e",
        {"h1": escalation("X"), "b1": escalation("X")},
        "b1",
        "t1! t2!",
        "h1 b1 t1 z1 t2",
        id="an escalation goes on beside",
    ),
    pytest.param(
        "s > z1 > e; z1: s1 > h1 > t1 > e1; z1 !b1; b1 > t2 > e",
        {"h1": escalation("X"), "b1": escalation()},
        "",
        "t2!",
        "h1 b1 t2",
        id="an escalation interrupts",
    ),
    pytest.param(
        "s > z1 > e; z1: s1 > e1; z1 !b1; b1 > t2 > e",
        {"e1": escalation("X"), "b1": escalation("X")},
        "",
        "t2!",
        "b1 t2",
        id="an escalation end event",
    ),
    pytest.param(
        "s > h1 > t1 > e", {"h1": escalation("X")}, "", "t1!", "h1 t1", id="nobody catches it"
    ),
    pytest.param(
        "s > z1 > e; z1: s1 > f; z1: v1; v1: s2 > t2 > e2",
        {},
        "",
        "t2!",
        "f t2 v1 z1",
        id="an error event sub-process",
    ),
    pytest.param(
        "s > p; p > h1 > t1 > e; p > c1 > t2 > e; p > c2 > e",
        {"h1": signal("S"), "c1": signal("S"), "c2": signal("S")},
        "",
        "t1! t2!",
        "p h1 c1 c2 t1 t2",
        id="a signal reaches siblings",
    ),
    pytest.param(
        "s > w1 > t2 > e; Q: s1 > t1 > e1", {}, "", "t1! t2!", "t1 w1 t2", id="call activity"
    ),
]


@pytest.mark.parametrize(("text", "events", "soft", "story", "path"), STORIES)
def test_story(text: str, events: dict[str, Any], soft: str, story: str, path: str) -> None:
    from bpmn_xml.compiler.program import EventSpec, Trigger

    if "f" in path.split():
        events = {**events, "v1": EventSpec(trigger=Trigger.ERROR, code="FAULT")}
    for reload in (False, True):
        drawn = program(text, events=events, soft=soft.split(), calls={"w1": "Q"})
        driver = Driver(drawn, reload=reload).start()
        for step in story.split():
            if step.endswith("!"):
                job = next(j for j in driver.open_jobs() if drawn.nodes[j[1]].id == step[:-1])
                driver.send(c.CompleteJob(*job))
            else:
                driver.happen(step, {"got": 1})
        assert driver.path() == path
        assert driver.outcome == "completed"
        assert driver.waits() == []
        assert list(driver.state.scopes) == [""]


def test_a_message_is_waited_for_by_name_and_key() -> None:
    driver = Driver(program("s > c1 > e", events={"c1": message("paid", "order + '-1'")}))
    driver.start({"order": "A7"})
    opened = next(x for x in driver.records if isinstance(x, r.WaitOpened))
    assert (opened.name, opened.key) == ("paid", "A7-1")


def test_a_name_without_a_value_is_an_incident_until_mended() -> None:
    driver = Driver(program("s > c1 > e", events={"c1": message("paid", "order")})).start()
    assert len(driver.incidents()) == 1
    driver.send(c.ResolveIncident(*driver.job("c1"), {"order": 1}))
    assert driver.incidents() == []
    assert driver.happen("c1").outcome == "completed"


def test_what_is_no_longer_waited_for_is_recorded() -> None:
    driver = Driver(program("s > t1 > u1; t1 !b1; b1 > e", events={"b1": timer(5)})).start()
    driver.send(c.CompleteJob(*driver.job("t1")))
    driver.send(c.TriggerWait(*driver.job("b1"), 0))
    assert isinstance(driver.records[-1], r.ResultDiscarded)


def test_a_later_time_counts_from_the_due_time() -> None:
    driver = Driver(
        program("s > u1 > e; u1 !b1; b1 > e1", events={"b1": timer(10, 3)}, soft=["b1"])
    )
    driver.start()
    dues = []
    for _ in range(3):
        driver.time += 25
        driver.happen("b1")
        dues += [x.due for x in driver.batches[-1].records if isinstance(x, r.WaitOpened)]
    assert dues == [20, 30]
    assert driver.waits() == []


CONDITIONS = [
    ("s > c1 > e", "c1", [{"n": 1}, {"n": 9}], "t0 c1"),
    ("s > u1 > e; u1 !b1; b1 > a1 > e", "b1", [{"n": 9}], "b1 a1"),
    ("s > u1 > e; v1; v1: s1 > a1 > e1", "v1", [{"n": 9}], "a1 v1"),
]


def test_a_condition_fires_when_it_becomes_true_and_again_only_after_it_was_false() -> None:
    text = "s > p; p > u1 > e; u1 !b1; b1 > a1 > e; p > t1 > t2 > t3 > t4 > e"
    driver = Driver(program(text, events={"b1": when("n > 5")}, soft=["b1"])).start({"n": 0})
    for task, n, fired in (("t1", 9, 1), ("t2", 10, 1), ("t3", 0, 1), ("t4", 7, 2)):
        driver.send(c.CompleteJob(*driver.job(task), {"n": n}))
        assert driver.count(r.Passed, "a1") == fired


@pytest.mark.parametrize(("text", "node"), [(x[0], x[1]) for x in CONDITIONS])
def test_a_condition_that_holds_on_entry_fires_before_anything_else(text: str, node: str) -> None:
    driver = Driver(program(text, events={node: when("n > 5")})).start({"n": 9})
    assert driver.outcome == "completed"
    assert driver.open_jobs() == []


@pytest.mark.parametrize(("text", "node"), [(x[0], x[1]) for x in CONDITIONS])
def test_a_condition_about_what_is_not_there_does_not_hold(text: str, node: str) -> None:
    driver = Driver(program(text, events={node: when("n > 5")})).start()
    assert driver.outcome == ""
    assert len(driver.waits()) == 1


def test_an_event_that_needs_all_its_triggers_waits_for_each() -> None:
    both = (message("a"), signal("b"))
    driver = Driver(program("s > c1 > e", events={"c1": both}, needs_all=["c1"])).start()
    driver.happen("c1", event=1)
    assert driver.outcome == ""
    assert driver.happen("c1", event=0).outcome == "completed"


def soft_round(*events: EventSpec) -> Driver:
    text = "s > p; p > u1; p > t2 > t3; u1 !b1; b1 > a1"
    drawn = program(text, events={"b1": events}, needs_all=["b1"], soft=["b1"])
    return Driver(drawn).start({"n": 9})


def test_an_event_that_stays_waits_for_all_its_triggers_once_more() -> None:
    driver = soft_round(message("a"), signal("b"))
    for event in (1, 0, 0, 1, 1):
        driver.happen("b1", event=event)
    assert driver.path() == "p b1 a1 b1 a1"
    assert driver.waits() == [("b1", "")]


def test_a_condition_among_them_must_become_false_before_it_counts_again() -> None:
    driver = soft_round(when("n > 5"), signal("b"))
    driver.happen("b1", event=1).happen("b1", event=1)
    assert driver.path() == "p b1 a1"
    driver.send(c.CompleteJob(*driver.job("t2"), {"n": 1}))
    driver.send(c.CompleteJob(*driver.job("t3"), {"n": 8}))
    assert driver.path() == "p b1 a1 t2 t3 b1 a1"


def test_it_is_over_when_a_timer_among_them_is_never_due_again() -> None:
    driver = soft_round(timer(5), signal("b")).happen("b1").happen("b1", event=1)
    assert driver.path() == "p b1 a1"
    assert driver.waits() == []


def test_a_signal_from_outside_reaches_all_and_only_those_that_wait_for_it() -> None:
    text = "s > p; p > c1 > e; p > c2 > e; p > c3 > e"
    events = {"c1": signal("A"), "c2": signal("B"), "c3": signal("A")}
    driver = Driver(program(text, events=events)).start()
    driver.send(c.BroadcastSignal("A", {"got": 1}))
    assert driver.path() == "p c1 c3"
    assert driver.waits() == [("c2", "")]


def test_calls_that_never_end_are_an_incident() -> None:
    drawn = program("s > w1 > e; Q: s1 > w2 > e1", calls={"w1": "Q", "w2": "Q"})
    driver = Driver(drawn).start()
    assert driver.incidents() == ["calls are nested more than 1200 deep"]


def test_a_message_is_thrown_to_the_outside() -> None:
    driver = Driver(program("s > h1 > e", events={"h1": message("paid", "order")}))
    driver.start({"order": 7})
    assert r.MessageThrown("", driver.job("h1")[1], "paid", "7") in driver.records


LATE = [
    # catch-up, hours that went by at once, which repetitions come
    (1000, 5, [0, 1, 2, 3, 4]),
    (2, 5, [0, 1, 2]),
    (0, 5, [0]),
    (0, 1, [0]),
    (3, 4, [0, 1, 2, 3]),
]


@pytest.mark.parametrize(("catch_up", "hours", "expected"), LATE)
def test_repetitions_that_were_missed_come_in_order_up_to_a_number(
    catch_up: int, hours: int, expected: list[int]
) -> None:
    hour = 3_600_000_000
    every = EventSpec(
        trigger=Trigger.TIMER,
        due=Schedule(
            "R/PT1H",
            lambda _, after, _count: after + hour,
            passed=lambda _, after, count, time: (
                after + (time - after) // hour * hour,
                count + (time - after) // hour,
            ),
            catch_up=catch_up,
        ),
    )
    drawing = program("s > u > e; u !b; b > e", events={"b": every}, soft={"b"})
    driver = Driver(drawing).start()
    driver.time = hours * hour
    boundary, seen = driver.job("b")[1], []
    for _ in range(20):
        wait = next(iter(driver.state.scopes[""].waits.values()))[0]
        if wait.due > driver.time:
            break
        seen.append(wait.count)
        driver.send(c.TriggerWait("", boundary, 1, 0))
    assert seen == expected
    assert (wait.count, wait.due, wait.late) == (hours, driver.time + hour, 0)


def test_a_repetition_without_a_time_is_an_incident() -> None:
    every = EventSpec(
        trigger=Trigger.TIMER,
        due=Schedule("P1Y", lambda _, after, count: after + 1 if not count else fails()),
    )
    drawing = program("s > u > e; u !b; b > e", events={"b": every}, soft={"b"})
    driver = Driver(drawing).start()
    driver.send(c.TriggerWait("", driver.job("b")[1], 1, 0))
    assert driver.incidents() == ["it does not come again: it lies beyond the calendar"]


def fails() -> int:
    raise ExpressionError("it lies beyond the calendar")


@pytest.mark.parametrize("limit", range(1, 9))
def test_what_was_still_to_come_in_a_scope_that_is_taken_over_does_not(limit: int) -> None:
    text = "s > p; p > f1; p > a1 > t1 > e; v1; v1: s1 > t2 > e2"
    drawn = program(text, events={"v1": EventSpec(trigger=Trigger.ERROR)})
    ran = Driver(drawn, limit=limit, reload=True).run()
    assert ran.outcome == "completed"
    assert (ran.count(r.Activated, "t1"), ran.count(r.Completed, "t2")) == (0, 1)


def test_many_scopes_are_ended_at_once() -> None:
    loop = Repetition(sequential=False, total=computed("3000"))
    drawn = program("s > z > e; z: s1 > p; p > t1; p > q", loops={"z": loop})
    ran = Driver(drawn).run()
    assert ran.outcome == "completed"
    assert ran.count(r.Cancelled, "t1") == 3000
