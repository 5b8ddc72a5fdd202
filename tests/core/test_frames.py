"""What is done around an element: data in, listeners, data out; and the rules of the dialects."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from bpmn_xml.compiler.program import Program, Repetition
from bpmn_xml.compiler.program.scoping import CAMUNDA7, CAMUNDA8, STANDARD, CallData, ScopeRules
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.words import FRAME
from bpmn_xml.errors import BpmnError
from tests.core.drawn import around, assign
from tests.core.harness import Driver, Dropped, Handler, computed, message, program, signal, timer

RULES = [STANDARD, CAMUNDA7, CAMUNDA8]


def ran(drawn: Program, handlers: Any = None, variables: Any = None, **how: Any) -> Driver:
    """Run to the end, with every batch replayed and the state loaded again."""
    return Driver(drawn, handlers, reload=True, **how).run(variables)


def root(driver: Driver) -> dict[str, Any]:
    """The variables of the process, at the end."""
    assert driver.outcome == "completed", driver.incidents()
    assert driver.state.scopes.keys() == {""}
    return driver.state.scopes[""].variables


def give(*pairs: Any, **values: Any) -> Handler:
    """A handler that gives these values, computed of what it sees if they are functions."""
    return lambda names: {k: v(names) if callable(v) else v for k, v in values.items()}


# frame of t1, what t1 gives, variables at first -> variables at the end, per dialect
TASKS: list[tuple[Any, Handler, dict[str, Any], list[dict[str, Any]]]] = [
    (around("x = a + 1"), give(y=lambda n: n["x"]), {"a": 1}, [{"a": 1, "y": 2}] * 3),
    (around("x = 5"), give(x=6), {}, [{}] * 3),
    (around("x = 5; y = x + 1"), give(z=lambda n: n["y"]), {}, [{"z": 6}] * 3),
    (around("a = a + 1"), give(b=lambda n: n["a"]), {"a": 1}, [{"a": 1, "b": 2}] * 3),
    (around(local="x"), give(x=6), {"x": 1}, [{"x": 1}] * 3),
    (around(local="x"), give(y=lambda n: n["x"]), {"x": 1}, [{"x": 1, "y": None}] * 3),
    (around("", "b = y * 2"), give(y=3), {}, [{"b": 6}, {"b": 6, "y": 3}, {"b": 6}]),
    (around("", "y = y * 2"), give(y=3), {}, [{"y": 6}] * 3),
    (around("x = 1", "b = x; d = b + 1"), give(), {}, [{"b": 1, "d": 2}] * 3),
    (
        around("o.id = 1; o.at.x = o"),
        give(b=lambda n: n["o"]),
        {"o": {"y": 9}},
        [{"o": {"y": 9}, "b": {"id": 1, "at": {"x": {"id": 1}}}}] * 3,
    ),
    (
        around("o.id = p; o.at = 2"),
        give(b=lambda n: n["o"]),
        {"p": 1},
        [
            {"p": 1, "b": {"id": 1, "at": 2}},
        ]
        * 3,
    ),
    (around("", "o.id = 1"), give(), {"o": {"x": 2}}, [{"o": {"x": 2, "id": 1}}] * 3),
    (around("", "o.a.b = 1"), give(), {"o": {}}, [{"o": {"a": {"b": 1}}}] * 3),
]


@pytest.mark.parametrize("case", [case for case in TASKS if case[3]])
@pytest.mark.parametrize("rules", RULES)
@pytest.mark.parametrize("seed", [None, 1])
def test_what_goes_in_and_comes_out(case: Any, rules: ScopeRules, seed: int | None) -> None:
    frame, handler, variables, ends = case
    drawn = program("s > t1 > e", frames={"t1": frame}, rules=rules)
    end = ends[RULES.index(rules)]
    assert root(ran(drawn, {"t1": handler}, variables, seed=seed)) == end


def test_an_entry_needs_a_place() -> None:
    drawn = program("s > t1 > e", frames={"t1": around("o = p; o.id = 1")})
    driver = ran(drawn, variables={"p": 9})
    assert driver.incidents() == ["there is no entry 'id' in a int"]
    driver.send(c.ResolveIncident(*driver.job("t1"), {"p": None}))
    assert root(driver.go()) == {"p": None}


def test_nothing_is_opened_where_nothing_is_around() -> None:
    assert not ran(program("s > t1 > e")).count(r.ScopeOpened)


def test_a_fault_of_what_comes_out_is_mended_with_the_result_kept() -> None:
    drawn = program("s > t1 > e", frames={"t1": around("", "b = y + z")})
    driver = ran(drawn, {"t1": give(y=3)})
    (fault,) = driver.incidents()
    assert "'z'" in fault
    driver.send(c.ResolveIncident("1.1:0", 1, 1, {"z": 4}))
    assert root(driver) == {"b": 7, "z": 4}


def test_listeners_are_called_in_order_and_see_what_came_in() -> None:
    seen: list[str] = []

    def note(name: str) -> Handler:
        return lambda names: seen.append(f"{name} {names.get('x')} {names.get('y')}")

    frame = around("x = 1", "z = x + y", before="l1 l2", after="l3 l4")
    drawn = program("s > t1 > e; l1; l2; l3; l4", frames={"t1": frame})
    handlers: dict[str, Handler] = {f"l{i}": note(f"l{i}") for i in range(1, 5)}
    driver = ran(drawn, {**handlers, "t1": give(y=5)})
    assert seen == ["l1 1 None", "l2 1 None", "l3 1 5", "l4 1 5"]
    assert root(driver) == {"z": 6}
    assert driver.path() == "l1 l2 t1 l3 l4 t1"


WHERE_LISTENERS_WRITE = [
    (STANDARD, {"after": 1}),
    (CAMUNDA7, {"before": 1, "after": 1}),
    (CAMUNDA8, {"after": 1}),
]


@pytest.mark.parametrize(("rules", "end"), WHERE_LISTENERS_WRITE)
def test_where_a_listener_writes(rules: ScopeRules, end: dict[str, int]) -> None:
    frames = {"t1": around(before="l1", after="l2")}
    drawn = program("s > t1 > e; l1; l2", frames=frames, rules=rules)
    assert root(ran(drawn, {"l1": give(before=1), "l2": give(after=1)})) == end


PLACES = [
    ("s1 > t2 > e; l1; l2", "s1"),
    ("s > t2 > e1; l1; l2", "e1"),
    ("s > h1 > e; l1; l2", "h1"),
    ("s > a1 > e; l1; l2", "a1"),
    ("s > x1; x1 >[n > 1] t2 > e; x1 >* e; l1; l2", "x1"),
    ("s > p1 > t2 > e; p1 > t3 > e; l1; l2", "p1"),
    ("s > p; p > t2 > j1; p > t3 > j1; j1 > e; l1; l2", "j1"),
    ("s > o > t2 > i1; o > t3 > i1; i1 > e; l1; l2", "i1"),
    ("s > z1 > e; z1: s1 > t2 > e1; l1; l2", "z1"),
    ("s > u1 > e; l1; l2", "u1"),
    ("s > q1; l1; l2", "q1"),
]


@pytest.mark.parametrize(("text", "where"), PLACES)
def test_every_kind_of_element_can_have_listeners(text: str, where: str) -> None:
    frames = {where: around(before="l1", after="l2")}
    driver = ran(program(text, frames=frames), variables={"n": 2})
    for job in driver.state.scopes.values() if not driver.outcome else ():
        if job.role == FRAME:
            driver.send(c.CompleteJob(job.path, driver.job("u1")[1], 1))
            break
    driver.go()
    assert driver.outcome in ("completed", "terminated")
    assert driver.count(r.Activated, "l1") == driver.count(r.Activated, "l2") == 1
    ended = driver.count(r.Completed, where) + driver.count(r.Cancelled, where)
    assert ended == driver.count(r.Activated, where)
    assert driver.state.scopes.keys() == {""}


def test_a_catching_event_waits_between_its_listeners() -> None:
    text = "s > c1 > e; l1; l2"
    frames = {"c1": around(before="l1", after="l2")}
    driver = ran(program(text, events={"c1": message("m")}, frames=frames))
    assert driver.waits() == [("c1", "1.1:0")]
    driver.happen("c1", {"got": 1}).go()
    assert root(driver) == {"got": 1}
    assert driver.count(r.Completed, "l2") == 1


def test_an_event_throws_after_its_listeners_or_is_held() -> None:
    text, events = "s > h1 > e; l1", {"h1": message("m", "order")}
    driver = ran(program(text, events=events, frames={"h1": around(before="l1")}))
    assert "'order'" in driver.incidents()[0]
    driver.send(c.ResolveIncident(*driver.job("h1"), {"order": 7}))
    assert root(driver) == {"order": 7}
    assert [x.key for x in driver.records if isinstance(x, r.MessageThrown)] == ["7"]


def test_an_error_end_event_throws_after_its_listeners() -> None:
    text = "s > z1 > e; z1: s1 > f1; z1 !FAULT:b1; b1 > t3 > e; l1"
    driver = ran(program(text, frames={"f1": around(before="l1")}))
    assert root(driver) == {"caught": "FAULT"}
    assert driver.path() == "l1 b1 t3"


def test_a_boundary_event_cuts_off_what_is_around_its_host() -> None:
    text = "s > t1 > e; t1 !b1; b1 > t2 > e; l1"
    drawn = program(text, events={"b1": timer(5)}, frames={"t1": around("x = 1", before="l1")})
    driver = Driver(drawn).start()
    assert driver.waits() == [("b1", "")]
    driver.happen("b1").go()
    assert root(driver) == {}
    assert driver.path() == "b1 t2"


def test_an_error_of_a_listener_is_caught_at_its_element() -> None:
    def throw(_names: Any) -> Any:
        raise BpmnError("X", "")

    text = "s > t1 > e; t1 !X:b1; b1 > t2 > e; l1"
    driver = ran(program(text, frames={"t1": around(before="l1")}), {"l1": throw})
    assert root(driver) == {"caught": "X"}
    assert driver.path() == "b1 t2"


@pytest.mark.parametrize(("rules", "outcome"), [(STANDARD, "failed"), (CAMUNDA7, "completed")])
def test_an_error_that_nobody_catches_ends_the_whole_element(
    rules: ScopeRules, outcome: str
) -> None:
    def throw(_names: Any) -> Any:
        raise BpmnError("X", "")

    drawn = program("s > t1 > t2 > e; l1", frames={"t1": around(before="l1")}, rules=rules)
    driver = ran(drawn, {"l1": throw})
    assert (driver.outcome, driver.count(r.Activated, "t2")) == (outcome, 0)


def test_a_failing_listener_is_an_incident_and_can_be_tried_again() -> None:
    drawn = program("s > t1 > e; l1", frames={"t1": around(before="l1")})
    driver = ran(drawn, {"l1": lambda n: {"x": 1 / n["n"]}}, {"n": 0})
    assert driver.incidents() == ["ZeroDivisionError: division by zero"]
    scope = next(s for s in driver.state.scopes.values() if s.role == FRAME)
    driver.send(c.ResolveIncident(scope.path, driver.job("l1")[1], 1, {"n": 1}))
    assert root(driver.go()) == {"n": 1}


def test_each_instance_of_several_has_what_is_around_it() -> None:
    loop = Repetition(
        sequential=False, total=computed("items"), element="item", output="all",
        own=("out",), collect=computed("out"),
    )  # fmt: skip
    frames = {"t1": around("x = item * 2", "out = y", before="l1")}
    drawn = program("s > t1 > e; l1", loops={"t1": loop}, frames=frames, rules=CAMUNDA8)
    for seed in (None, 1, 2):
        driver = ran(drawn, {"t1": give(y=lambda n: n["x"] + 1)}, {"items": [1, 2]}, seed=seed)
        assert root(driver) == {"items": [1, 2], "all": [3, 5]}
        assert driver.count(r.Completed, "l1") == 2


def test_several_times_around_a_task_that_passes() -> None:
    loop = Repetition(sequential=True, total=computed("2"))
    drawn = program("s > a1 > e; l1", loops={"a1": loop}, frames={"a1": around(after="l1")})
    assert ran(drawn).count(r.Completed, "l1") == 2


def test_data_of_a_sub_process_is_seen_inside_and_brought_out() -> None:
    text = "s > z1 > e; z1: s1 > t1 > e1; z1: v1; v1: s2 > t2 > e2"
    frames = {"z1": around("x = 1", "sum = x + y", local="y")}
    drawn = program(text, frames=frames, events={"v1": signal("S")}, soft=["v1"])
    handlers = {"t1": give(y=lambda n: n["x"] + 5, free=1), "t2": give()}
    assert root(ran(drawn, handlers)) == {"sum": 7, "free": 1}


CALLS: list[tuple[ScopeRules, CallData | None, dict[str, Any]]] = [
    (STANDARD, None, {"a": 2, "b": 3, "own": 1}),
    (CAMUNDA7, None, {"a": 1}),
    (CAMUNDA8, None, {"a": 2, "b": 3, "own": 1}),
    (CAMUNDA7, CallData(inputs=(assign("x = a + 9"),), outputs=(assign("got = x + b"),)),
     {"a": 1, "got": 13}),
    (CAMUNDA7, CallData(all_in=True, outputs=(assign("got = a + b"),)), {"a": 1, "got": 5}),
    (CAMUNDA7, CallData(all_out=True), {"a": 2, "b": 3, "own": 1}),
    (CAMUNDA8, CallData(all_in=True), {"a": 1}),
    (CAMUNDA8, CallData(all_out=True, all_in=False), {"a": 2, "b": 3, "own": 1}),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "passes", "end"), CALLS)
def test_what_a_call_passes(
    rules: ScopeRules, passes: CallData | None, end: dict[str, Any]
) -> None:
    seen: list[dict[str, Any]] = []

    def inside(names: Any) -> Any:
        seen.append({k: v for k, v in names.items() if k in ("a", "x")})
        return {"a": 2, "b": 3, "own": 1}

    drawn = program(
        "s > w1 > e\nQ: s1 > t1 > e1", calls={"w1": "Q"}, rules=rules,
        passes={"w1": passes} if passes else {},
    )  # fmt: skip
    assert root(ran(drawn, {"t1": inside}, {"a": 1})) == end
    given = passes or rules.call
    expected = {"a": 1} if given.all_in or not given.apart else {}
    assert seen == [expected | ({"x": 10} if given.inputs else {})]


def test_what_only_took_an_answer_does_not_come_back_from_a_call() -> None:
    passes = {"w1": CallData(all_out=True)}
    drawn = program("s > w1 > e\nQ: s1 > t1 > e1", calls={"w1": "Q"}, passes=passes, rules=CAMUNDA7)
    work = {"t1": lambda _: {"a": 2, "asked:x": 4}}
    assert root(ran(replace(drawn, answers=True), work)) == {"a": 2}


def test_a_fault_of_what_a_call_gives_back_is_mended_in_the_called_process() -> None:
    passes = {"w1": CallData(outputs=(assign("got = b + 1"),))}
    text = "s > w1 > e\nQ: s1 > t1 > e1"
    driver = ran(program(text, calls={"w1": "Q"}, passes=passes, rules=CAMUNDA7))
    assert "'b'" in driver.incidents()[0]
    driver.send(c.ResolveIncident("1.1", 1, 0, {"b": 4}))
    assert root(driver) == {"got": 5}


def test_a_fault_of_what_a_call_passes_is_an_incident_at_the_call() -> None:
    passes = {"w1": CallData(inputs=(assign("x = nothing"),))}
    text = "s > w1 > e\nQ: s1 > t1 > e1"
    driver = ran(program(text, calls={"w1": "Q"}, passes=passes, rules=CAMUNDA7))
    assert "'nothing'" in driver.incidents()[0]
    driver.send(c.ResolveIncident(*driver.job("w1"), {"nothing": 4}))
    assert root(driver.go()) == {"nothing": 4}


def test_a_mapping_around_a_call_takes_what_comes_back() -> None:
    text = "s > w1 > e\nQ: s1 > t1 > e1"
    frames = {"w1": around("x = 4", "sum = x + b")}
    drawn = program(text, calls={"w1": "Q"}, frames=frames, rules=CAMUNDA8)
    assert root(ran(drawn, {"t1": give(b=lambda n: n["x"])})) == {"sum": 8}


@pytest.mark.parametrize("loops", [{}, {"t2": Repetition(total=computed("2"))}])
@pytest.mark.parametrize("frames", [{}, {"t2": around("v = v")}])
def test_what_has_no_result_drops_its_token_whatever_is_around_it(frames: Any, loops: Any) -> None:
    def without(_names: Any) -> Any:
        raise Dropped

    drawn = program("s > p; p > t1 > j; p > t2 > j; j > e", frames=frames, loops=loops)
    driver = ran(drawn, {"t2": without}, {"v": 1})
    assert (driver.outcome, driver.incidents()) == ("completed", [])
