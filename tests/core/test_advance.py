"""The short way from task to task is taken where it is alone, and means the same as the long one.

That it means the same is asked of every process that `harness.Driver` runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from bpmn_xml.compiler.program import Program, Repetition, Work
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.follow import FEW
from bpmn_xml.core.lifecycle import bind
from bpmn_xml.core.ways import WIDEST, WORK, find_ways
from bpmn_xml.errors import CommandRejected
from tests.core.drawn import around
from tests.core.harness import Driver, compensation, computed, message, program, when
from tests.core.saved import dump, load
from tests.core.short import LONG, SHORT, sent

TOLD = Work(user_task_settings=(("assignee", computed("'ada'")),))

DRAWN: Mapping[str, tuple[str, dict[str, Any], str]] = {
    "tasks in a row": ("s > t1 > t2 > u1 > e", {}, "s:t1 t1:t2 t2:u1 u1:end"),
    "a task to itself": ("s > y > t1 > y", {}, "s:y>t1 t1:y>t1"),
    "to what comes again": ("s > t1 > t2; t2 >[n < 1] t2; t2 >* e", {}, "s:t1 t1:t2"),
    "past what takes no time": ("s > t1 > a > t2 > e", {}, "s:t1 t1:a>t2 t2:end"),
    "a choice": ("s > t1; t1 >[n < 1] t2; t1 >* t3", {}, "s:t1"),
    "a choice at a gateway": ("s > t1 > x; x >[n < 1] a > t2; x >* e", {}, "s:t1 t1:choice"),
    "round and round": ("s > t1 > a > b > a", {}, "s:t1"),
    "a split to one task twice": ("s > p; p > t1; p > t1; t1 > e", {}, "t1:end"),
    "a split to an end": ("s > p; p > t1 > e; p > e2", {}, "t1:end"),
    "an end in the middle": ("s > t1 > a", {}, "s:t1 t1:end"),
    "a split": ("s > t1; t1 > t2; t1 > t3", {}, "s:t1"),
    "in a split": (
        "s > p; p > t1 > t2 > j; p > t3 > t4 > j; j > e",
        {},
        "s:p>t1+t3 t1:t2 t2:join j:end t3:t4 t4:join",
    ),
    "beside an inclusive join": (
        "s > o; o >[True] t1 > t2 > i; o >* t3 > i; i > e",
        {},
        "s:choice t1:t2 t2:reaching i:end t3:reaching",
    ),
    "inside": (
        "s > z > t1 > z2 > e; z: s1 > t2 > e1; z2: s2 > t3 > e2",
        {},
        "s:scope z:t1 t1:scope z2:end s1:t2 t2:end s2:t3 t3:end",
    ),
    "inside what waits": (
        "s > z > e; z !b; b > e2; z: s1 > t1 > e1",
        {"events": {"b": message("m")}},
        "s1:t1 t1:end",
    ),
    "to what waits": ("s > t1 > t2 > e; t2 !b1; b1 > e2", {"events": {"b1": message("m")}}, "s:t1"),
    "from what waits": (
        "s > t1 > t2 > e; t1 !b1; b1 > e2",
        {"events": {"b1": message("m")}},
        "t2:end",
    ),
    "to a framed task": ("s > t1 > t2 > e", {"frames": {"t2": around("n = 1")}}, "s:t1"),
    "from a framed task": ("s > t1 > t2 > e", {"frames": {"t1": around("n = 1")}}, "t2:end"),
    "to a person who is told": ("s > t1 > u1 > e", {"work": {"u1": TOLD}}, "s:t1 u1:end"),
    "to a loop": ("s > t1 > t2 > t3", {"loops": {"t2": Repetition(sequential=True)}}, "s:t1"),
    "payloads": ("s > t1 > t2 > e", {"payload": True}, ""),
    "several tokens": ("s > t1 > t2 > e", {"quantities": {"t1": (1, 2)}}, "s:t1 t2:end"),
    "several tokens taken": ("s > t1 > t2 > e", {"quantities": {"t2": (2, 1)}}, "s:t1 t2:end"),
    "what can be undone": (
        "s > t1 > t2 > e; t1 !b1; b1 > t3",
        {"events": {"b1": compensation()}},
        "s:t1 t2:end",
    ),
    "conditions that wait": (
        "s > p; p > t1 > t2 > e; p > c1 > e2",
        {"events": {"c1": when("n > 1")}},
        "",
    ),
}


def told(drawn: Program) -> str:
    """Every way as `from:along>to`."""
    found = []
    for start, way in enumerate(find_ways(drawn, bind(drawn)).after):
        if way is None:
            continue
        along = [drawn.nodes[passed[1]].id for passed in way.along]
        ends = "+".join([drawn.nodes[place[1]].id for place in way.to])
        found.append(
            f"{drawn.nodes[start].id}:" + ">".join([*along, ends if way.goal == WORK else way.goal])
        )
    return " ".join(found)


@pytest.mark.parametrize(("text", "given", "found"), DRAWN.values(), ids=DRAWN)
def test_where_there_are_short_ways(text: str, given: dict[str, Any], found: str) -> None:
    assert told(program(text, **given)) == found


def wide(branches: int) -> Program:
    ways = "; ".join(f"p > t{n} > j" for n in range(branches))
    return program(f"s > p; {ways}; j > e")


def test_what_is_known_of_a_wide_join_grows_as_it_does() -> None:
    def known(drawn: Program) -> int:
        ways = [way for way in find_ways(drawn, bind(drawn)).after if way]
        return sum(len(way.others) + len(way.needed) + len(way.met or ()) for way in ways)

    assert known(wide(WIDEST)) > WIDEST**2
    assert known(wide(4 * WIDEST)) == 0
    told = Driver(wide(4 * WIDEST), seed=3).run()
    assert (told.outcome, told.count(r.Joined)) == ("completed", 1)


LATE = ["ResultDiscarded"]


@pytest.mark.parametrize(
    ("attempt", "values", "told"),
    [(c.ANY_ATTEMPT, {"a": 1}, SHORT), (0, None, SHORT), (0, {}, SHORT), (1, {}, LATE)],
)
def test_an_answer_goes_the_short_way(attempt: int, values: Any, told: list[str]) -> None:
    ran = Driver(program("s > t1 > t2 > e")).start()
    assert sent(ran, c.CompleteJob(*ran.job("t1"), values, attempt=attempt)) == told


def test_what_is_active_beside_it_stays() -> None:
    ran = Driver(program("s > p; p > t1 > t2 > j; p > t3 > t4 > j; j > e")).start()
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == SHORT
    assert sent(ran, c.CompleteJob(*ran.job("t3"))) == SHORT
    assert ran.open_jobs() == [ran.job("t2"), ran.job("t4")]


def test_a_result_that_is_missing_and_a_job_that_is_over_go_no_way() -> None:
    ran = Driver(program("s > t1 > t2 > e")).start()
    assert sent(ran, c.CompleteJob("9.9", *ran.job("t1")[1:])) == LATE
    assert sent(ran, c.DropJob(*ran.job("t1"))) != SHORT
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == LATE


def test_a_call_that_had_failed_goes_the_long_way_and_a_loaded_one_the_short() -> None:
    drawn = program("s > t1 > t2 > t3 > e", work={"t1": Work(retries=(5,))})
    ran = Driver(drawn).start()
    ran.send(c.FailJob(*ran.job("t1"), ("Exception",), "broken"))
    ran.send(c.RetryJob(*ran.job("t1")))
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == LONG
    ran.state = load(dump(ran.state))
    assert sent(ran, c.CompleteJob(*ran.job("t2"))) == SHORT


def test_what_a_person_has_mended_is_as_if_it_were_new() -> None:
    ran = Driver(program("s > t1 > t2 > e")).start()
    ran.send(c.FailJob(*ran.job("t1"), ("Exception",), "broken"))
    ran.send(c.ResolveIncident(*ran.job("t1")))
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == SHORT


def test_an_incident_beside_it_makes_the_way_long() -> None:
    ran = Driver(program("s > p; p > t1 > t2 > e; p > t3 > e2")).start()
    ran.send(c.FailJob(*ran.job("t3"), ("Exception",), "broken"))
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == LONG


def test_a_clock_that_goes_back_makes_the_way_long() -> None:
    ran = Driver(program("s > t1 > t2 > e"))
    ran.time = 9
    ran.start().time = 5
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == ["TimeClamped", *LONG]


def test_what_is_written_further_out_is_told_before() -> None:
    ran = Driver(program("s > z > e; z: s1 > t1 > t2 > t3 > e1")).start({"a": 0})
    scope = ran.open_jobs()[0][0]
    written = sent(ran, c.CompleteJob(*ran.job("t1", scope), {"a": 1}))
    assert written == ["VariablesWritten", *SHORT]
    assert sent(ran, c.CompleteJob(*ran.job("t2", scope))) == SHORT
    assert ran.state.scopes[""].variables == {"a": 1}


def test_the_parts_of_other_records_are_themselves() -> None:
    placed = r.TokenPlaced("", 1)
    assert r.expanded([placed, r.Advanced("", 1, 1, ((2, 3, 4),))]) == [
        placed,
        r.Completed("", 1, 1),
        r.FlowTaken("", 2),
        r.Activated("", 3, 4),
    ]


def test_a_process_begins_the_short_way_unless_it_is_held() -> None:
    drawn = program("s > a > t1 > e")
    begun = Driver(drawn)
    assert sent(begun, c.StartInstance(0, {"n": 1})) == [
        "InstanceStarted",
        "VariablesWritten",
        "Advanced",
    ]
    assert sent(Driver(drawn), c.StartInstance(0, {}, start=0)) == ["InstanceStarted", "Advanced"]
    held = sent(Driver(drawn), c.StartInstance(0, {}, held="too much"))
    assert "Advanced" not in held
    assert "IncidentRaised" in held
    with pytest.raises(CommandRejected, match="already begun"):
        begun.machine.send(begun.state, c.StartInstance(0, {}), 0)


def test_a_process_with_a_late_clock_begins_the_long_way() -> None:
    ran = Driver(program("s > t1 > e"))
    ran.time = -1
    assert "TimeClamped" in sent(ran, c.StartInstance(0, {}))


def test_tokens_wait_for_each_other_and_go_on_together() -> None:
    ran = Driver(
        program("s > p; p > t1 > j; p > t2 > j; j > p2; p2 > t3 > j2; p2 > t4 > j2; j2 > e")
    )
    ran.start()
    for task in ("t1", "t2", "t4", "t3"):
        assert sent(ran, c.CompleteJob(*ran.job(task))) == SHORT
    assert ran.state.outcome == "completed"
    told = [type(record).__name__ for record in r.expanded(ran.batches[2].records)]
    assert told == [
        *("Completed", "FlowTaken", "Joined", "FlowTaken", "Passed", "FlowTaken", "FlowTaken"),
        *("Activated", "Activated"),
    ]


def test_a_join_that_nothing_else_can_reach_is_decided_step_by_step() -> None:
    ran = Driver(program("s > x; x >[n < 1] t1 > j; x >* t2 > j; j > e")).start({"n": 0})
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == ["Completed", "FlowTaken", "IncidentRaised"]


def test_a_join_that_is_met_twice_in_one_step_is_decided_step_by_step() -> None:
    ran = Driver(program("s > p; p > t1 > y > j; p > x > t2 > p2; p2 > x; p2 > j; j > y")).start()
    for n in (1, 2):
        assert sent(ran, c.CompleteJob(*ran.job("t2", n=n)))[0] == "Completed"
    told = sent(ran, c.CompleteJob(*ran.job("t1")))
    assert told.count("Joined") == 2


def test_an_end_ends_the_process_once_nothing_else_is_left() -> None:
    ran = Driver(program("s > p; p > t1 > e; p > t2 > e2; p > t3 > j; p > t4 > j; j > e3")).start()
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == SHORT
    assert sent(ran, c.CompleteJob(*ran.job("t3"))) == SHORT
    assert sent(ran, c.CompleteJob(*ran.job("t4"))) == SHORT
    assert not ran.state.outcome
    assert sent(ran, c.CompleteJob(*ran.job("t2"))) == SHORT
    assert ran.state.outcome == "completed"
    assert ran.records[-1] == r.InstanceEnded("completed")


def test_an_end_that_leaves_a_token_parked_ends_nothing() -> None:
    ran = Driver(program("s > p; p > t1 > j; p > x; x >[n < 1] t2 > j; x >* t3 > e; j > e2"))
    ran.start({"n": 1})
    assert sent(ran, c.CompleteJob(*ran.job("t1"))) == SHORT
    told = sent(ran, c.CompleteJob(*ran.job("t3")))
    assert told != SHORT
    assert told[-1] == "IncidentRaised"


CHOICES = "s > t1 > x; x >[n < 3] t1; x >[n < 9] a > y; y >[n < 5] t2; y >[n < 7] e; t2 > e2"


@pytest.mark.parametrize(
    ("written", "told", "then"),
    [
        ({"n": 1}, SHORT, "t1"),
        ({"n": 4}, SHORT, "t2"),
        ({"n": 6}, SHORT, ""),
        ({"n": 8}, ["Completed", "FlowTaken", "Passed", "FlowTaken"], "y"),
        ({"n": 9}, ["Completed", "FlowTaken"], "x"),
        ({"m": 1}, ["Completed", "FlowTaken"], "x"),
    ],
)
def test_a_choice_sees_what_was_just_written(written: Any, told: list[str], then: str) -> None:
    ran = Driver(program(CHOICES)).start()
    assert sent(ran, c.CompleteJob(*ran.job("t1"), written))[: len(told)] == told
    active = [ran.program.nodes[key % ran.state.size].id for key in ran.state.scopes[""].active]
    assert " ".join(active) == then


def test_activations_are_counted_on_the_short_way() -> None:
    ran = Driver(program("s > t1 > x; x >[n < 3] t1; x >* e"))
    ran.handlers["t1"] = lambda names: {"n": names["n"] + 1}
    ran.run({"n": 0})
    assert [record.n for record in ran.records if type(record) is r.Activated] == [1, 2, 3]
    assert all(type(batch.records[-1]) is r.Advanced for batch in ran.batches)


def test_a_choice_inside_sees_what_is_around() -> None:
    ran = Driver(program("s > z > e; z: s1 > t1 > x; x >[n < 3] t2 > e1; x >* e2")).start({"n": 4})
    scope = ran.open_jobs()[0][0]
    assert sent(ran, c.CompleteJob(*ran.job("t1", scope), {"n": 0})) == ["VariablesWritten", *SHORT]
    assert sent(ran, c.CompleteJob(*ran.job("t2", scope))) == [*SHORT, "ScopeClosed", *SHORT]
    assert ran.outcome == "completed"


def test_a_way_that_leads_on_for_ever_is_gone_step_by_step() -> None:
    ran = Driver(program("s > t1 > x; x >[n < 3] y; y >[n < 2] x; y >* e; x >* e2")).start()
    assert sent(ran, c.CompleteJob(*ran.job("t1"), {"n": 2})) == SHORT
    endless = Driver(program("s > t1 > x; x >[n < 3] y; y >[n < 2] x; y >* e; x >* e2")).start()
    batch = endless.machine.send(endless.state, c.CompleteJob(*endless.job("t1"), {"n": 1}), 0, 100)
    assert batch.more


def test_a_choice_sees_what_was_just_written_among_very_many() -> None:
    many = {f"v{i}": i for i in range(FEW)}
    ran = Driver(program(CHOICES)).start({"n": 9, **many})
    assert sent(ran, c.CompleteJob(*ran.job("t1"), {"n": 4})) == SHORT
    assert ran.open_jobs() == [ran.job("t2")]
