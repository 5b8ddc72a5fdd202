"""What goes on by itself for too long is held as a whole, and goes on when a person says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bpmn_xml.compiler.program import Repetition
from bpmn_xml.core import budget, halt
from bpmn_xml.core import commands as c
from bpmn_xml.core import machine as m
from bpmn_xml.core import records as r
from bpmn_xml.core.state import AT_REST, NOT_HALTED
from bpmn_xml.core.words import HALTED
from tests.core.harness import Driver, compensation, computed, message, program, when
from tests.core.saved import dump, load

ENDLESS = "s > x; x >[1 < 2] x; x >* e"
ROUND = "s > a1 > a2 > a1"
BESIDE = "s > p; p > t; p > x; x >[go] x; x >* e; t > e2"


def held(drawing: str, *, steps: int = 20_000, **variables: object) -> Driver:
    driver = Driver(program(drawing))
    driver.machine.budget.most_steps = steps
    return driver.start(variables)


def incident(driver: Driver) -> r.IncidentRaised:
    found = driver.records[-1]
    assert isinstance(found, r.IncidentRaised)
    return found


def test_after_so_many_commands_an_incident_holds_the_instance() -> None:
    driver = held(ENDLESS)
    assert len(driver.batches) == 2
    assert [batch.more for batch in driver.batches] == [True, False]
    raised = incident(driver)
    assert (raised.scope, raised.n, raised.stage) == ("", 0, HALTED)
    assert driver.program.nodes[raised.node].id == "x"
    said, *rest = raised.message.split(" steps, or what costs as much, and nothing has come")
    assert 20_000 <= int(said.replace(",", "")) < 20_000 + budget.GLANCE
    assert len(rest) == 1
    assert driver.state.agenda.halted == raised.node


def test_a_state_that_is_held_is_plain_data() -> None:
    state = held(ENDLESS).state
    assert load(dump(state)) == state


@pytest.mark.parametrize("mend", [c.ResolveIncident, c.SkipIncident])
def test_a_person_lets_it_go_on(mend: type[c.ResolveIncident | c.SkipIncident]) -> None:
    driver = held(ENDLESS)
    node = driver.state.agenda.halted
    driver.send(mend("", node, 0))
    assert driver.state.agenda.halted == node
    assert len(driver.batches) == 4


def test_with_other_data_it_comes_to_an_end() -> None:
    driver = held("s > x; x >[go] x; x >* e", go=True)
    driver.send(c.ResolveIncident("", driver.state.agenda.halted, 0, {"go": False}))
    assert driver.state.outcome == "completed"


def test_what_is_held_notes_answers_and_moves_nothing() -> None:
    driver = held(BESIDE, go=True)
    node = driver.state.agenda.halted
    (job,) = driver.open_jobs()
    driver.send(c.CompleteJob(*job))
    assert driver.state.agenda.halted == node
    assert not any(isinstance(one, r.TokenConsumed) for one in driver.records)
    driver.send(c.ResolveIncident("", node, 0, {"go": False}))
    assert driver.state.outcome == "completed"
    assert driver.state.agenda is AT_REST


def test_what_is_held_can_be_cancelled() -> None:
    driver = held(ENDLESS)
    driver.send(c.CancelInstance())
    assert driver.state.outcome == "cancelled"
    assert driver.state.agenda is AT_REST


def test_the_driver_holds_what_it_finds_too_much() -> None:
    driver = Driver(program("s > t > e")).start()
    node = driver.program.processes["P"]
    driver.send(c.HoldInstance(node, "enough"))
    assert incident(driver).message == "enough"
    count = len(driver.records)
    driver.send(c.HoldInstance(node, "again"))
    assert len(driver.records) == count
    (job,) = driver.open_jobs()
    driver.send(c.CompleteJob(*job))
    driver.send(c.ResolveIncident("", node, 0))
    assert driver.state.outcome == "completed"
    driver.send(c.HoldInstance(node, "too late"))
    assert driver.state.agenda is AT_REST


def test_an_instance_begins_held() -> None:
    driver = Driver(program("s > e"))
    driver.send(c.StartInstance(0, {}, held="enough"))
    assert not driver.state.outcome
    driver.send(c.ResolveIncident("", driver.state.agenda.halted, 0))
    assert driver.state.outcome == "completed"
    assert driver.state.agenda.halted == NOT_HALTED


CROWDS = {
    "tokens": ("MOST_TOKENS", 50, "s > x; x > p; p > x; p > y; y > x"),
    "elements": ("MOST_ACTIVE", 50, "s > x; x > p; p > x; p > t; t > e"),
}


@pytest.mark.parametrize("name", CROWDS)
def test_a_crowd_is_held(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    what, most, drawing = CROWDS[name]
    monkeypatch.setattr(halt, what, most)
    driver = held(drawing)
    assert len(driver.batches) == 1
    assert "tokens are under way at once" in incident(driver).message


GROWING = {
    "items": ("MOST_TOKENS", 50, "s > m > u > e", "u"),
    "items of items": ("MOST_TOKENS", 50, "s > x; x > m > x", "m"),
    "items in items": ("MOST_PATHS", 2_000, "s > x; x > m > x", "m"),
    "elements": ("MOST_ACTIVE", 50, "s > x; x > t > p; p > x; p > u", "u"),
    "elements inside": (
        "MOST_ACTIVE",
        50,
        "s > z; z: s1 > x; z: x > t > p; z: p > x; z: p > u",
        "u",
    ),
}
"""What grows by a little with each answer from outside: by which bound it is held, and where."""


@pytest.mark.parametrize("name", GROWING)
def test_what_grows_from_command_to_command_is_held(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    what, most, drawing, place = GROWING[name]
    monkeypatch.setattr(halt, what, most)
    driver = Driver(program(drawing), {"m": lambda _: [{"k": k} for k in range(100)]})
    driver.start()
    while driver.state.agenda.halted == NOT_HALTED:
        assert len(driver.batches) < 200
        driver.answer(*max(driver.open_jobs(), key=lambda job: len(job[0])))
    raised = incident(driver)
    assert driver.program.nodes[raised.node].id == place
    assert "tokens are under way at once" in raised.message
    assert int(raised.message.split()[0]) >= 10


PILES = {
    "step by step": ("s > p1; p1 > x; x > t > p; p > x; p > j; p1 > t2 > j; j > e", "'p'"),
    "short": ("s > p1; p1 > x; x > t > p; p > x; p > t3 > j; p1 > t2 > j; j > e", "'t3'"),
    "inside": (
        "s > z > e; z: s1 > p1; z: p1 > x; z: x > t > p; z: p > x; z: p > j; z: p1 > t2 > j",
        "'p'",
    ),
    "inclusive": ("s > p1; p1 > x; x > t > p; p > x; p > i; p1 > t2 > i; i > e", "'p'"),
}
"""What parks one token more each time round at a join, for which another task has to be done."""


def pile_up(driver: Driver) -> r.IncidentRaised:
    """Do all but the one task for which the join waits, until the instance is held."""
    driver.start()
    while driver.state.agenda.halted == NOT_HALTED:
        assert len(driver.batches) < 200
        names = {driver.program.nodes[job[1]].id: job for job in driver.open_jobs()}
        driver.answer(*(names.get("t3") or names["t"]))
    return incident(driver)


@pytest.mark.parametrize("name", PILES)
def test_tokens_that_pile_up_at_a_join_are_held(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halt, "MOST_PARKED", 20)
    drawing, comes = PILES[name]
    driver = Driver(program(drawing))
    raised = pile_up(driver)
    joins = driver.program.nodes[raised.node].id
    assert joins in ("j", "i")
    assert raised.message.startswith(f"21 tokens wait at {joins} that came on ")
    assert f"(from {comes}), and none that came on t2-{joins} (from 't2'): let" in raised.message


def test_of_tokens_that_piled_up_as_many_go_on_as_can(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halt, "MOST_PARKED", 20)
    driver = Driver(program(PILES["step by step"][0]), reload=True)
    place = pile_up(driver).node
    (job,) = [job for job in driver.open_jobs() if driver.program.nodes[job[1]].id == "t2"]
    driver.answer(*job)
    assert driver.state.agenda.halted == place
    driver.send(c.SkipIncident("", place, 0))
    assert driver.state.agenda.halted == NOT_HALTED
    assert [len(come) for come in (driver.state.scopes[""].parked or {}).values()] == [20]


KEPT = {
    "tasks": "s > x; x > t1 > x; t1 !b1; b1 > t91; x >[stop] h > e",
    "sub-processes": "s > x; x > z > x; z: s1 > t1; z: t1 !b1; z: b1 > t91; x >[stop] h > e",
}
"""What completes one activity more each time round that can be undone."""


@pytest.mark.parametrize("drawing", KEPT.values(), ids=KEPT)
def test_completions_that_pile_up_to_be_undone_are_held(
    drawing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(halt, "MOST_KEPT", 20)
    undo = compensation()
    text = drawing.replace("x > t1", "x >* t1").replace("x > z", "x >* z")
    driver = Driver(program(text, events={"b1": undo, "h": undo}), reload=True)
    driver.start({"stop": False})
    for stop in (False, True):  # let go on, it is held at as many more, and not at the next
        begun = len(driver.batches)
        while driver.state.agenda.halted == NOT_HALTED:
            assert len(driver.batches) < begun + 200
            driver.answer(*driver.open_jobs()[-1])
        assert len(driver.batches) > begun + 9
        raised = incident(driver)
        assert driver.program.nodes[raised.node].id == ("z" if "z" in drawing else "t1")
        assert raised.message.split(":")[0].endswith("completed activities are kept to be undone")
        driver.send(c.ResolveIncident("", raised.node, 0, {"stop": stop}))
    driver.go()
    assert driver.outcome == "completed"
    done = [
        driver.program.nodes[one.node].id for one in driver.records if isinstance(one, r.Completed)
    ]
    assert done.count("t91") == done.count("t1") > 10


class Watched(list[r.Record]):
    """Records that count how often all of them are looked through."""

    seen = 0

    def __iter__(self) -> Iterator[r.Record]:
        self.seen += 1
        return super().__iter__()


def test_nobody_looks_back_at_what_was_completed_while_little_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    events = {"b1": compensation(), "h": compensation()}
    driver = Driver(program(KEPT["tasks"].replace("x > t1", "x >* t1"), events=events))
    driver.start({"stop": False})
    for _ in range(3):
        driver.answer(*driver.open_jobs()[-1])
    records, root = Watched(driver.records), driver.state.scopes[""]
    view = m.Machine(driver.program).view
    view.state = driver.state
    looking = budget.Budget(view)
    looking.open()
    looking.look_around(records, 0, root)
    assert (records.seen, looking.crowd) == (0, 0)
    monkeypatch.setattr(halt, "MOST_KEPT", 2)
    looking.look_around(records, 0, root)
    assert (records.seen, looking.crowd) == (1, 2)


def test_what_is_written_again_and_again_by_what_it_triggers_is_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(halt, "MOST_TOKENS", 50)
    drawing = program(
        "s > u > e; P: v; v: s1 > t1 > t2 > u1", events={"v": when("n % 2 == 1")}, soft=["v"]
    )
    driver = Driver(drawing, dict.fromkeys(("t1", "t2"), lambda seen: {"n": seen["n"] + 1}))
    driver.start({"n": 1})
    while driver.state.agenda.halted == NOT_HALTED:
        assert len(driver.batches) < 200
        driver.answer(*driver.open_jobs()[-1])
    assert driver.program.nodes[incident(driver).node].id == "v"


def test_of_what_is_too_much_a_part_may_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(halt, "MOST_TOKENS", 50)
    driver = Driver(program("s > m > t > e"), {"m": lambda _: [{"k": k} for k in range(50)]})
    driver.start()
    while driver.state.agenda.halted == NOT_HALTED:
        driver.answer(*driver.job("m"))
    driver.send(c.ResolveIncident("", driver.state.agenda.halted, 0))
    monkeypatch.setattr(halt, "MOST_TOKENS", 20)
    driver.go()
    assert driver.outcome == "completed"


def test_costly_expressions_leave_the_rest_to_the_next_command() -> None:
    driver = Driver(program(ROUND))
    driver.machine.budget.most_steps = 3 * m.LIMIT
    costs = iter(range(0, 10**12, budget.SPENT_A_STEP * m.LIMIT))
    driver.machine.budget.spent = lambda: next(costs)
    driver.start()
    assert len(driver.batches) == 3
    assert all(batch.worked.arrived <= 2 * budget.FIRST_GLANCE for batch in driver.batches)
    assert [batch.worked.cost // m.LIMIT for batch in driver.batches] == [1, 1, 0]


def test_what_others_have_spent_before_costs_nothing() -> None:
    drawing = "s > " + " > ".join(f"a{i}" for i in range(400)) + " > t > e"
    alone, after = (Driver(program(drawing)) for _ in range(2))
    after.machine.budget.spent = lambda: 10**9
    assert alone.start().batches == after.start().batches


def test_steps_are_what_is_counted() -> None:
    driver = Driver(program(ROUND))
    driver.machine.budget.most_steps = 1_000
    driver.limit = 100
    driver.start()
    begun = 1  # with its beginning the first step tells more than others
    assert sum(batch.worked.arrived for batch in driver.batches) == 1_000 - begun
    assert driver.state.agenda.halted != NOT_HALTED


def test_steps_that_tell_much_count_for_more() -> None:
    borders = "; ".join(f"z !b{i}; b{i} > e{i}" for i in range(40))
    listening = {f"b{i}": message("m") for i in range(40)}
    driver = Driver(program(f"s > z > z; z: s1 > q1; {borders}", events=listening))
    driver.machine.budget.most_steps = 20_000
    driver.start()
    assert driver.state.agenda.halted != NOT_HALTED
    opened = sum(type(record) is r.WaitOpened for record in driver.records)
    assert 10_000 < opened < 20_000 * budget.TOLD_A_STEP


def test_conditions_that_are_asked_count() -> None:
    ways = "; ".join(f"x >[1 > 2] y{i}; y{i} > e{i}" for i in range(200))
    driver = held(f"s > x; {ways}; x >* x")
    worked = sum(batch.worked.arrived for batch in driver.batches)
    assert worked < 20_000 * budget.SEARCHED_A_STEP / 200 + budget.GLANCE


def test_costly_turns_in_sequence_are_many_commands() -> None:
    loop = Repetition(sequential=True, total=computed("100"))
    driver = Driver(program("s > p1 > t > e", loops={"p1": loop}))
    costs = iter(range(0, 10**12, budget.SPENT_A_STEP * m.LIMIT))
    driver.machine.budget.spent = lambda: next(costs)
    driver.start()
    assert len(driver.batches) > 3
    assert driver.open_jobs()


def test_many_records_leave_the_rest_to_the_next_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(budget, "MOST_RECORDS", 100)
    driver = held(ENDLESS)
    assert all(batch.worked.arrived < 1000 for batch in driver.batches)


def test_what_interrupts_an_instance_that_is_held_leaves_it_held() -> None:
    drawing = program(
        "s > x; x >[1 < 2] x; x >* e; P: v; v: s1 > u > e1", events={"v": message("m")}
    )
    driver = Driver(drawing, reload=True)
    driver.machine.budget.most_steps = 20_000
    node, told = driver.start().state.agenda.halted, driver.incidents()
    driver.happen("v")
    assert driver.state.agenda.halted == node
    assert driver.incidents() == told != []
    assert not driver.open_jobs(users=True)
    driver.send(c.SkipIncident("", node, 0))
    assert driver.open_jobs(users=True)
