"""Compensation and transactions: what is undone, in which order, with which data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

from bpmn_xml.compiler.program import EventSpec, Repetition, Trigger
from bpmn_xml.compiler.program.scoping import CAMUNDA8, STANDARD, ScopeRules
from bpmn_xml.core import records as r
from bpmn_xml.core.compensation import again
from bpmn_xml.errors import BpmnError
from tests.core.drawn import around
from tests.core.harness import (
    CANCEL,
    Driver,
    compensation,
    computed,
    escalation,
    message,
    program,
    timer,
)

UNDO, ESCALATED = compensation(), escalation("X")
THROWS = ("h", "h1", "e1", "v1", "b1", "b2", "b3")


def undone(*tasks: str, at: str = "") -> str:
    """Compensation handlers: t1 is undone by t91."""
    lines = [(f"{task} !b{task[1:]}", f"b{task[1:]} > t9{task[1:]}") for task in tasks]
    return "".join(f"; {at}{': ' if at else ''}{line}" for pair in lines for line in pair)


# text, path of what was passed or completed, which single activity is compensated
STORIES = [
    pytest.param("s > t1 > t2 > h > e" + undone("t1", "t2"), "t1 t2 b2 t92 b1 t91 h", {}, id="all"),
    pytest.param(
        "s > t1 > t2 > h > e" + undone("t1", "t2"), "t1 t2 b1 t91 h", {"h": "t1"}, id="one"
    ),
    pytest.param(
        "s > t2 > t1 > h > e" + undone("t1", "t2"), "t2 t1 b1 t91 b2 t92 h", {}, id="by time"
    ),
    pytest.param("s > h > t1 > e" + undone("t1"), "h t1", {}, id="nothing is completed"),
    pytest.param(
        "s > t1 > h > t2 > e" + undone("t1", "t2"), "t1 b1 t91 h t2", {}, id="only the completed"
    ),
    pytest.param(
        "s > t1 > t2 > e1" + undone("t1", "t2"), "t1 t2 b2 t92 b1 t91", {}, id="at the end"
    ),
    pytest.param("s > a1 > h > e" + undone("a1"), "a1 b1 t91 h", {}, id="tasks that take no time"),
    pytest.param("s > t1 > h > h1 > e" + undone("t1"), "t1 b1 t91 h h1", {}, id="once only"),
    pytest.param(
        "s > z1 > h > e; z1: s1 > t1 > t2 > e2" + undone("t1", "t2", at="z1"),
        "t1 t2 z1 b2 t92 b1 t91 h",
        {},
        id="all that is in a sub-process",
    ),
    pytest.param(
        "s > z3 > h > e; z3: s1 > t1 > t2 > e2" + undone("t1", "t2", at="z3") + undone("z3"),
        "t1 t2 z3 b3 t93 h",
        {},
        id="a sub-process by its handler",
    ),
    pytest.param(
        "s > z1 > t2 > h > e; z1: s1 > z2 > e2; z2: s2 > t1 > e3"
        + undone("t1", at="z2")
        + undone("t2"),
        "t1 z2 z1 t2 b2 t92 b1 t91 h",
        {},
        id="sub-processes in sub-processes",
    ),
    pytest.param(
        "s > z1 > h > e; z1: s1 > t1 > e2; z1: v1; v1: s3 > t3 > e3",
        "t1 z1 t3 v1 h",
        {},
        id="an event sub-process undoes",
    ),
    pytest.param(
        "s > z1 > h > e; z1: s1 > t1 > e2; z1: v1; v1: s3 > h1 > t3 > e3" + undone("t1", at="z1"),
        "t1 z1 b1 t91 h1 t3 v1 h",
        {},
        id="an event sub-process compensates what is around it",
    ),
    pytest.param(
        "s > z1 > h > e; z1: s1 > t1 > t2 > e2; z1: v1; v1: s3 > h1 > t3 > e3"
        + undone("t1", "t2", at="z1"),
        "t1 t2 z1 b1 t91 h1 t3 v1 h",
        {"h1": "t1"},
        id="and one activity of it",
    ),
    pytest.param(
        "s > t2 > z1 > e; z1: s1 > t1 > h > e2" + undone("t1", at="z1") + undone("t2"),
        "t2 t1 b1 t91 h z1",
        {},
        id="only the own scope",
    ),
    pytest.param(
        "s > n1 > e; n1: s1 > t1 > t2 > k; n1 !b3; b3 > t3" + undone("t1", "t2", at="n1"),
        "t1 t2 k b2 t92 b1 t91 b3 t3",
        {},
        id="a transaction is cancelled",
    ),
    pytest.param(
        "s > n1 > e; n1: s1 > t2 > z1 > e2; z1: s2 > t1 > k; n1 !b3; b3 > t3"
        + undone("t1", at="z1")
        + undone("t2", at="n1"),
        "t2 t1 k b2 t92 b3 t3",
        {},
        id="from a sub-process, which is not completed",
    ),
    pytest.param(
        "s > n1 > t3 > e; n1: s1 > t1 > e2; n1 !b3; b3 > t4" + undone("t1", at="n1"),
        "t1 n1 t3",
        {},
        id="a transaction is not cancelled",
    ),
    pytest.param(
        "s > w1 > h > e; P2: s1 > t1 > e2" + undone("t1", at="P2"),
        "t1 w1 b1 t91 h",
        {},
        id="all that is in a called process",
    ),
]


def undoable(text: str, undoes: Mapping[str, str] | None = None, **more: Any) -> Any:
    events = dict.fromkeys([name for name in THROWS if re.search(rf"\b{name}\b", text)], UNDO)
    events |= {"b3": CANCEL} if "n1" in text else {}
    calls = {"w1": "P2"} if "w1" in text else None
    events |= more.pop("events", {})
    return program(text, events=events, undoes=undoes, calls=calls, **more)


@pytest.mark.parametrize(("text", "path", "undoes"), STORIES)
@pytest.mark.parametrize("reload", [False, True])
@pytest.mark.parametrize("limit", [1, 10_000])
def test_story(text: str, path: str, undoes: dict[str, str], reload: bool, limit: int) -> None:
    ran = Driver(undoable(text, undoes), reload=reload, limit=limit).run()
    assert ran.path() == path
    assert ran.outcome == "completed"
    assert list(ran.state.scopes) == [""]


def each(of: str = "items", *, sequential: bool = True) -> Repetition:
    return Repetition(sequential=sequential, total=computed(of), element="item")


@pytest.mark.parametrize("sequential", [False, True])
@pytest.mark.parametrize("inside", [False, True])
def test_each_instance_is_undone_with_its_own_data(*, sequential: bool, inside: bool) -> None:
    seen: list[Any] = []
    text = "s > t1 > h > e" + undone("t1")
    if inside:
        text = "s > z1 > h > e; z1: s1 > t1 > e2" + undone("t1", at="z1")
    drawn = undoable(text, loops={"z1" if inside else "t1": each(sequential=sequential)})
    ran = Driver(drawn, {"t91": lambda names: seen.append(names["item"])}, reload=True)
    ran.run({"items": ["a", "b", "c"]})
    assert ran.outcome == "completed"
    assert seen == ["c", "b", "a"]
    assert ran.state.scopes[""].variables == {"items": ["a", "b", "c"]}


def test_a_handler_writes_to_the_variables_of_the_process() -> None:
    text = "s > t1 > t2 > h > e" + undone("t1", "t2")
    add = lambda name: lambda names: {"log": names["log"] + name}  # noqa: E731 - a table in a row
    tasks = {task: add(task[1:]) for task in ("t1", "t2", "t91", "t92")}
    ran = Driver(undoable(text), tasks).run({"log": ""})
    assert ran.state.scopes[""].variables == {"log": "129291"}


def test_each_turn_of_a_loop_is_undone() -> None:
    loop = Repetition(maximum=3)
    ran = Driver(undoable("s > t1 > h > e" + undone("t1"), loops={"t1": loop})).run()
    assert ran.count(r.Completed, "t91") == 3


def test_what_is_done_several_times_in_a_cycle_is_undone_as_often() -> None:
    text = "s > y > t1 > x; x >[n < 3] y; x >* h; h > e" + undone("t1")
    ran = Driver(undoable(text), {"t1": lambda names: {"n": names["n"] + 1}}).run({"n": 0})
    assert ran.count(r.Completed, "t91") == 3


def test_the_instances_of_an_activity_that_was_cut_off_are_not_undone() -> None:
    text = "s > t1 > e; t1 !b4; b4 > h > e" + undone("t1")
    drawn = undoable(text, loops={"t1": each()}, events={"b4": timer(5)})
    driver = Driver(drawn, reload=True).start({"items": [1, 2]})
    driver.answer(*driver.open_jobs()[0])
    assert driver.happen("b4").go().outcome == "completed"
    assert driver.count(r.Completed, "t91") == 0


def test_what_was_done_before_the_activity_that_was_cut_off_is_undone() -> None:
    text = "s > t2 > t1 > e; t1 !b4; b4 > h > e" + undone("t1", "t2")
    drawn = undoable(text, loops={"t1": each()}, events={"b4": timer(5)})
    driver = Driver(drawn, reload=True).start({"items": [1, 2]})
    driver.answer(*driver.job("t2"))
    driver.answer(*driver.open_jobs()[0])
    assert driver.happen("b4").go().outcome == "completed"
    assert (driver.count(r.Completed, "t91"), driver.count(r.Completed, "t92")) == (0, 1)


def test_a_thrower_that_does_not_wait_goes_on_at_once() -> None:
    drawn = undoable("s > t1 > h > t2 > e" + undone("t1"), events={"h": compensation(waits=False)})
    driver = Driver(drawn, reload=True).start()
    driver.answer(*driver.job("t1"))
    assert sorted(drawn.nodes[node].id for _, node, _ in driver.open_jobs()) == ["t2", "t91"]
    driver.answer(*driver.job("t2"))
    assert driver.outcome == ""
    assert driver.go().outcome == "completed"


def test_the_boundary_events_of_an_activity_do_not_wait_for_what_undoes_it() -> None:
    drawn = undoable("s > t1 > h > e; t1 !b4; b4 > t4" + undone("t1"), events={"b4": timer(5)})
    driver = Driver(drawn).start()
    driver.answer(*driver.job("t1"))
    assert driver.waits() == []
    assert driver.go().path() == "t1 b1 t91 h"


def test_a_handler_may_be_a_sub_process_done_several_times() -> None:
    text = "s > t1 > h > e; t1 !b1; b1 > z9; z9: s9 > t9 > e9"
    drawn = undoable(text, loops={"z9": each(sequential=False)})
    ran = Driver(drawn, reload=True).run({"items": [1, 2]})
    assert ran.outcome == "completed"
    assert ran.count(r.Completed, "t9") == 2


def test_an_error_of_a_handler_goes_to_who_is_around_the_thrower() -> None:
    def broken(_: Any) -> None:
        raise BpmnError("X")

    text = "s > z1 > e; z1: s1 > t1 > h > t2; z1 !b4; b4 > t4" + undone("t1", at="z1")
    drawn = undoable(text)
    ran = Driver(drawn, {"t91": broken}, reload=True).run()
    assert ran.path() == "t1 b1 b4 t4"
    assert ran.outcome == "completed"


@pytest.mark.parametrize("waits", [True, False])
@pytest.mark.parametrize(
    ("text", "thrower", "behind"),
    [
        ("s > t1 > p; p > h > j; p > a3 > j; j > a2 > e", "h", 1),
        ("s > t1 > h > a2 > e", "h", 1),
        ("s > t1 > h", "h", 0),
        ("s > t1 > e1", "e1", 0),
    ],
)
def test_a_thrower_with_listeners_goes_on_once_and_where_it_is(
    text: str, thrower: str, behind: int, waits: bool
) -> None:
    drawn = undoable(
        f"{text}; l1; l2" + undone("t1"),
        events={thrower: compensation(waits=waits)},
        frames={thrower: around(before="l1", after="l2")},
    )
    ran = Driver(drawn, reload=True).run()
    assert (ran.outcome, ran.count(r.Completed, "t91")) == ("completed", 1)
    assert (ran.count(r.Completed, "l2"), ran.count(r.Passed, "a2")) == (1, behind)


def test_compensation_is_cut_off_with_its_thrower() -> None:
    text = "s > z1 > e; z1: s1 > t1 > t2 > h > e2; z1 !b4; b4 > t4" + undone("t1", "t2", at="z1")
    driver = Driver(undoable(text, events={"b4": message("m")}), reload=True).start()
    for _ in "123":
        driver.answer(*driver.open_jobs()[0])
    assert driver.happen("b4").go().outcome == "completed"
    assert driver.path() == "t1 t2 b2 t92 b1 b4 t4"


def test_what_was_completed_in_items_can_be_undone() -> None:
    seen: list[Any] = []
    drawn = undoable("s > z1 > h > e; z1: s1 > m1 > t1 > e2" + undone("t1", at="z1"))
    handlers = {
        "m1": lambda _: [{"item": 1}, {"item": 2}],
        "t91": lambda names: seen.append(names["item"]),
    }
    ran = Driver(drawn, handlers, reload=True).run()
    assert ran.outcome == "completed"
    assert seen == [2, 1]


def test_an_error_event_sub_process_compensates_what_is_around_it() -> None:
    text = "s > t1 > f; v2; v2: s2 > h > e2" + undone("t1")
    error = EventSpec(trigger=Trigger.ERROR)
    ran = Driver(undoable(text, events={"v2": error}), reload=True).run()
    assert ran.path() == "t1 f b1 t91 h v2"


def test_several_transactions_at_once() -> None:
    text = "s > n1 > e; n1: s1 > t1 > x; n1: x >[item > 1] k; n1: x >* e2; n1 !b3; b3 > t3"
    drawn = undoable(text + undone("t1", at="n1"), loops={"n1": each(sequential=False)})
    ran = Driver(drawn, reload=True).run({"items": [1, 2]})
    assert ran.outcome == "completed"
    assert ran.count(r.Completed, "t3") == 1


def test_compensation_thrown_by_who_is_gone_has_no_effect() -> None:
    text = "s > p; p > t1 > h > e; p > t2 > q" + undone("t1")
    driver = Driver(undoable(text), limit=1).start()
    driver.answer(*driver.job("t2"))
    assert driver.outcome == "terminated"


def test_a_thrower_may_throw_twice() -> None:
    drawn = undoable("s > t1 > t2 > h > e" + undone("t1", "t2"), events={"h": (UNDO, UNDO)})
    ran = Driver(drawn, reload=True).run()
    assert ran.path() == "t1 t2 b2 t92 b1 t91 h"


def test_a_thrower_that_is_interrupted_first_undoes_nothing() -> None:
    text = "s > t1 > p; p > h2 > e; p > h > e; v2; v2: s2 > t2 > e2" + undone("t1")
    drawn = undoable(text, events={"h2": escalation("X"), "v2": escalation("X")})
    ran = Driver(drawn, reload=True).run()
    assert ran.path() == "t1 p h2 t2 v2"
    assert ran.outcome == "completed"


def test_nothing_follows_where_nothing_is_undone() -> None:
    driver = Driver(undoable("s > t1 > h > e" + undone("t1"))).start()
    machine, view = driver.machine, driver.machine.view
    view.state = driver.state
    node = driver.program.nodes[driver.job("h")[1]]
    assert again(node, machine.view.at(driver.state.scopes[""]), 1) == ()


def test_ten_thousand_instances_are_undone() -> None:
    loop = Repetition(sequential=False, total=computed("10000"))
    drawn = program(
        "s > a1 > h > e; a1 !b1; b1 > a91", events={"b1": UNDO, "h": UNDO}, loops={"a1": loop}
    )
    driver = Driver(drawn, check=False).start()
    assert driver.outcome == "completed"
    assert driver.count(r.Passed, "a91") == 10_000


CUT = [
    ("s > z1 > h > e; z1: s1 > t1 > q1", {}),
    ("s > z1 > h > e; z1: s1 > t1 > h2; z1: v2; v2: s2 > e2", {"v2": ESCALATED, "h2": ESCALATED}),
    ("s > z1 > h > e; z1: s1 > t1 > z2; z2: s2 > q1", {}),
]


@pytest.mark.parametrize(("text", "events"), CUT[:2])
@pytest.mark.parametrize(("rules", "undone_"), [(STANDARD, 0), (CAMUNDA8, 1)])
def test_what_was_cut_short_from_within_is_not_undone(
    text: str, events: dict[str, EventSpec], rules: ScopeRules, undone_: int
) -> None:
    drawn = undoable(text + undone("t1", at="z1"), events=events, rules=rules)
    ran = Driver(drawn, reload=True).run()
    assert ran.count(r.Completed, "t91") == undone_
    assert ran.outcome == "completed"


def test_what_is_around_is_undone_all_the_same() -> None:
    text, events = CUT[2]
    ran = Driver(undoable(text + undone("t1", at="z1"), events=events), reload=True).run()
    assert ran.path() == "t1 q1 z2 z1 b1 t91 h"
