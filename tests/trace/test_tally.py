"""Counting: what really happened, by index and by name alike."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program import Repetition, Work
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.words import FRAME, ITEM
from bpmn_xml.errors import BpmnError
from bpmn_xml.trace.arrivals import joins_of
from bpmn_xml.trace.codec import RECORD_TYPES
from bpmn_xml.trace.tally import COUNTED, NodeTally, RunTally
from tests.core.harness import Driver, computed, index, program


def tally_of_batches(batches: list[r.Batch], joins: dict[int, int] | None = None) -> RunTally:
    tally = RunTally(joins)
    for batch in batches:
        tally.add(
            batch.instance, batch.time, [(type(x).__name__, x) for x in r.expanded(batch.records)]
        )
    return tally


def counted(driver: Driver) -> RunTally:
    return tally_of_batches(driver.batches, joins_of(driver.program))


def node(driver: Driver, name: str) -> NodeTally:
    return counted(driver).nodes[index(driver.program, name)]


def test_only_records_are_counted() -> None:
    assert set(COUNTED) <= set(RECORD_TYPES)


def batch(time: int, *records: r.Record, instance: str = "i") -> r.Batch:
    return r.Batch(instance, 1, time, list(records))


def test_a_duration_goes_from_activated_to_the_end_of_the_same() -> None:
    tally = tally_of_batches(
        [
            batch(10, r.Activated("", 0, 1), r.Activated("", 0, 2)),
            batch(20, r.Activated("", 0, 1), instance="other"),
            batch(40, r.Completed("", 0, 2)),
            batch(100, r.Completed("", 0, 1)),
            batch(21, r.Cancelled("", 0, 1), instance="other"),
        ]
    )
    found = tally.nodes[0]
    assert (found.count, found.completed, found.cancelled, found.active) == (3, 2, 1, 0)
    assert (found.durations.shortest, found.durations.longest) == (1, 90)
    assert found.durations.total == 90 + 30 + 1
    assert (tally.begun, tally.ended, tally.batches) == (10, 100, 5)


def test_a_run_is_counted() -> None:
    driver = Driver(program("s > p; p > t1 > j; p > t2 > j; j > e")).run()
    tally = counted(driver)
    assert [found.count for found in tally.nodes.values()] == [1] * 6
    assert [flow.taken for flow in tally.flows.values()] == [1] * 6
    assert (tally.instances, dict(tally.outcomes)) == (1, {"completed": 1})
    assert tally.course.arrivals.per_flow().total() == 0


def test_who_waits_at_a_join_has_arrived() -> None:
    driver = Driver(program("s > p; p > t1 > j; p > u1 > j; j > e")).run()
    waiting = driver.program.nodes[index(driver.program, "t1")].outgoing[0]
    assert counted(driver).course.arrivals.per_flow()[waiting] == 1
    assert node(driver, "u1").active == 1


def test_failures_are_counted_call_by_call() -> None:
    retried = {"t1": Work(retries=(1, 2))}

    def broken(_names: Any) -> None:
        raise ZeroDivisionError

    driver = Driver(program("s > t1 > e", work=retried), {"t1": broken}).run()
    found = node(driver, "t1")
    assert (found.failures, len(found.retrying), found.active, len(found.standing)) == (1, 1, 1, 0)
    assert found.failure == "ZeroDivisionError"
    for _ in range(2):
        driver.send(c.RetryJob(*driver.job("t1")))
        assert not node(driver, "t1").retrying
        driver.go()
    found = node(driver, "t1")
    assert (found.failures, len(found.retrying), found.active, len(found.standing)) == (3, 0, 1, 1)
    driver.send(c.ResolveIncident(*driver.job("t1")))
    assert not node(driver, "t1").standing
    driver.send(c.CancelInstance())
    found = node(driver, "t1")
    assert (found.active, found.cancelled, found.failures) == (0, 1, 3)
    assert found.interrupted == 1


def test_cancelling_ends_incidents_and_waits() -> None:
    for retries in ((), (5,)):
        driver = Driver(
            program("s > t1 > e", work={"t1": Work(retries=retries)}),
            {"t1": lambda _: 1 // 0},
        ).run()
        driver.send(c.CancelInstance())
        found = node(driver, "t1")
        assert (found.active, len(found.retrying), len(found.standing)) == (0, 0, 0)


def test_a_thrown_error_is_a_failure_of_its_task_not_of_the_end_event() -> None:
    def refuse(_names: Any) -> None:
        raise BpmnError("X")

    driver = Driver(program("s > t1 > e; t1 !b1; b1 > f"), {"t1": refuse}).run()
    assert node(driver, "t1").failures == 1
    assert (node(driver, "t1").cancelled, node(driver, "t1").interrupted) == (1, 0)
    assert node(driver, "f").failures == 0


def test_stuck_tokens_are_an_incident_until_the_end() -> None:
    driver = Driver(program("s > x; x >[n < 3] t1 > j; x >* t2 > j; j > e")).run({"n": 1})
    assert driver.incidents()
    assert (len(node(driver, "j").standing), node(driver, "j").active) == (1, 0)
    driver.send(c.ResolveIncident("", index(driver.program, "j"), 0))
    assert node(driver, "j").failures >= 1
    driver.send(c.CancelInstance())
    assert (len(node(driver, "j").standing), node(driver, "j").active) == (0, 0)
    assert counted(driver).course.arrivals.per_flow().total() == 0


def test_a_join_that_cannot_be_left_is_counted_once() -> None:
    driver = Driver(program("s > p; p > t1 > i; p > t2 > i; i >[n < 3] t3 > e")).run({"n": 5})
    found = node(driver, "i")
    assert (found.count, found.active, len(found.standing)) == (1, 1, 1)


def test_items_are_counted_with_their_producer() -> None:
    handlers = {"m1": lambda _: [{"a": n} for n in range(3)]}
    driver = Driver(program("s > m1 > t1 > e"), handlers).run()
    tally = counted(driver)
    assert (tally.items, node(driver, "m1").items, node(driver, "t1").count) == (3, 3, 3)
    assert node(driver, "m1").count == 1


def test_a_read_arrival_is_spent_once() -> None:
    handlers = {"m1": lambda _: [{}, {}]}
    driver = Driver(program("s > p; p > m1 > j; p > t1 > j; j > e"), handlers).run()
    assert driver.outcome == "completed"
    assert counted(driver).course.arrivals.per_flow().total() == 0
    assert node(driver, "j").count == 2


def test_a_token_dropped_ends_its_activation() -> None:
    driver = Driver(program("s > t1 > e"))
    driver.start()
    driver.send(c.DropJob(*driver.job("t1")))
    found = node(driver, "t1")
    assert (found.active, found.completed, found.durations.count) == (0, 0, 1)


def test_an_incident_that_is_raised_again_stands_once() -> None:
    raised = r.IncidentRaised("", 0, 0, "stuck")
    tally = tally_of_batches([batch(1, raised), batch(2, raised)])
    assert (len(tally.nodes[0].standing), tally.nodes[0].failures) == (1, 2)


LATE = [
    r.Completed("", 0, 1),
    r.JobFailed("", 0, 1, 1, 5, "E", ""),
    r.JobRetried("", 0, 1),
    r.IncidentResolved("", 0, 1),
    r.Joined("", 0, (1,)),
    r.ArrivalSpent("", 1),
    r.GatewayReset("", 0, (1,)),
    r.ScopeClosed("1.1", completed=True),
    r.ScopeInterrupted(""),
    r.InstanceEnded("completed"),
    r.TimeClamped(5),
]


@pytest.mark.parametrize("record", LATE, ids=lambda record: type(record).__name__)
def test_counting_may_begin_in_the_middle(record: r.Record) -> None:
    tally = tally_of_batches([batch(1, record)])
    assert all(found.active == 0 for found in tally.nodes.values())


@pytest.mark.parametrize(("times", "count"), [(0, 1), (1, 1), (3, 3)])
def test_what_is_done_several_times_is_counted_each_time(times: int, count: int) -> None:
    loops = {"t1": Repetition(sequential=False, total=computed(str(times)))}
    ran = Driver(program("s > t1 > e", loops=loops)).start()
    assert node(ran, "t1").active == times
    found = node(ran.go(), "t1")
    assert (found.count, found.completed, found.active, found.durations.count) == (
        *(count, count),
        *(0, count),
    )


def test_what_is_cut_off_among_several_is_counted_by_itself() -> None:
    loops = {"t1": Repetition(sequential=False, total=computed("3"))}
    ran = Driver(program("s > t1 > e", loops=loops)).start()
    ran.answer(*ran.open_jobs()[0])
    ran.send(c.CancelInstance())
    found = node(ran, "t1")
    assert (found.count, found.completed, found.active) == (3, 1, 0)


def by_workers(*batches: tuple[str, r.Batch]) -> RunTally:
    tally = RunTally()
    for by, one in batches:
        records = [(type(x).__name__, x) for x in r.expanded(one.records)]
        tally.add(one.instance, one.time, records, by=by)
    return tally


THREE = batch(10, *[r.Activated("", 0, n) for n in (1, 2, 3)])
WRITTEN = r.VariablesWritten("", {"a": 1})
FAILED = r.JobFailed("", 0, 1, 1, 50, "ValueError", "no")
QUEUED: dict[str, tuple[list[tuple[str, r.Batch]], int, int]] = {
    # batches and who brought them, how long calls were made, how long they waited for a worker
    "one by one": (
        [
            ("worker-1", batch(20, r.Completed("", 0, 1))),
            ("worker-2", batch(30, WRITTEN, r.Completed("", 0, 2))),
            ("worker-1", batch(45, r.Completed("", 0, 3))),
        ],
        10 + 20 + 25,
        10,
    ),
    "many at once": (
        [("loop", batch(at, r.Completed("", 0, n))) for n, at in ((1, 20), (2, 30), (3, 45))],
        10 + 20 + 35,
        0,
    ),
    "what follows is no call": (
        [
            ("worker-1", batch(20, r.Completed("", 0, 1), r.Cancelled("", 0, 2))),
            ("worker-1", batch(30, r.Completed("", 0, 3))),
        ],
        10 + 10 + 10,
        10,
    ),
    "tried again": (
        [
            ("worker-1", batch(20, r.Completed("", 0, 2))),
            ("worker-1", batch(30, FAILED)),
            ("", batch(50, r.JobRetried("", 0, 1))),
            ("worker-1", batch(60, r.Completed("", 0, 3))),
            ("worker-1", batch(75, r.Completed("", 0, 1))),
        ],
        10 + (60 - 10 - 20) + (75 - 10 - 10 - 10),
        10 + 20 + 10,
    ),
    "an error": (
        [
            ("worker-1", batch(20, r.ErrorThrown("", 0, "E", n=1), r.Cancelled("", 0, 1))),
            ("worker-1", batch(30, r.Completed("", 0, 2))),
        ],
        10 + 10,
        10,
    ),
    "an incident that holds all": (
        [
            ("worker-1", batch(20, r.Completed("", 0, 1))),
            ("worker-1", batch(30, r.IncidentRaised("", 0, 0, "it turns for ever"))),
        ],
        10,
        0,
    ),
    "a producer": (
        [
            ("worker-1", batch(20, r.ScopeOpened("", 0, 1, 0, ITEM))),
            ("worker-1", batch(30, r.Completed("", 0, 2))),
            ("worker-1", batch(40, r.Completed("", 0, 1))),
        ],
        20 + 30,
        0,
    ),
}


@pytest.mark.parametrize(("batches", "total", "queued"), QUEUED.values(), ids=QUEUED)
def test_waiting_for_a_free_worker_is_no_work(
    batches: list[tuple[str, r.Batch]], total: int, queued: int
) -> None:
    found = by_workers(("", THREE), *batches).nodes[0]
    assert (found.durations.total, found.queued) == (total, queued)


def test_what_waits_for_a_worker_inside_a_frame_does_so_as_a_whole() -> None:
    begun = [
        r.Activated("", 0, n) for n in (1, 2)
    ] + [r.ScopeOpened("", 0, n, 0, FRAME) for n in (1, 2)]  # fmt: skip
    inner = [r.Activated(f"0.{n}:0", 0, 1) for n in (1, 2)]
    over = [
        (r.Completed(f"0.{n}:0", 0, 1), r.ScopeClosed(f"0.{n}:0", completed=True),
         r.Completed("", 0, n))
        for n in (1, 2)
    ]  # fmt: skip
    found = by_workers(
        ("", batch(10, *begun, *inner)),
        ("worker-1", batch(20, *over[0])),
        ("worker-1", batch(40, *over[1])),
    ).nodes[0]
    assert (found.count, found.durations.total, found.queued) == (2, 10 + 20, 10)
