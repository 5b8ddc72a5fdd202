"""Visits: which elements are active, and which of these stand for which."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.compiler.program import Repetition
from bpmn_xml.core import records as r
from bpmn_xml.core.words import FRAME, ITEM
from bpmn_xml.trace.codec import RECORD_TYPES
from bpmn_xml.trace.reader import TraceEntry
from bpmn_xml.trace.visits import CHANGES, Visit, Visits
from tests.core.harness import Driver, computed, index, program


def taken(*records: Any) -> list[Visit | None]:
    """What each record is about."""
    visits = Visits()
    return [visits.take("i", at, type(one).__name__, one) for at, one in enumerate(records)]


def test_only_records_change_visits() -> None:
    assert set(CHANGES) <= set(RECORD_TYPES)


ENDS = [r.Completed("", 0, 1), r.TokenDropped("", 0, 1), r.Cancelled("", 0, 1)]


@pytest.mark.parametrize("end", ENDS, ids=lambda record: type(record).__name__)
def test_a_visit_is_one_from_its_begin_to_its_end(end: r.Record) -> None:
    failed, retried = r.JobFailed("", 0, 1, 1, 5, "E", ""), r.JobRetried("", 0, 1)
    begun, *later, after = taken(r.Activated("", 0, 1), failed, retried, end, retried)
    assert begun is not None
    assert all(visit is begun for visit in later)
    assert after is None
    assert (begun.since, begun.counts) == (0, True)


def test_a_join_that_could_not_be_left_was_entered_once() -> None:
    _, first, again, other = taken(
        r.Joined("", 0, (1, 2)), r.Activated("", 0, 1), r.Activated("", 0, 2), r.Activated("", 1, 1)
    )
    assert [visit and visit.joined for visit in (first, again, other)] == [True, False, False]


def test_tokens_that_are_stuck_are_a_visit_until_they_are_mended() -> None:
    raised, resolved = r.IncidentRaised("", 0, 0, "stuck"), r.IncidentResolved("", 0, 0)
    stuck, again, mended, fresh = taken(raised, raised, resolved, raised)
    assert stuck is again is mended
    assert stuck is not None
    assert stuck.stuck
    assert fresh is not stuck
    begun, stands, goes_on = taken(
        r.Activated("", 0, 1), r.IncidentRaised("", 0, 1, ""), r.IncidentResolved("", 0, 1)
    )
    assert begun is stands is goes_on
    assert begun is not None
    assert not begun.stuck


def test_what_is_done_several_times_stands_for_its_instances_once_they_begin() -> None:
    ran = Driver(
        program("s > t1 > e", loops={"t1": Repetition(sequential=False, total=computed("2"))})
    ).start()
    visits, at = Visits(), index(ran.program, "t1")
    for batch in ran.batches:
        for record in r.expanded(batch.records):
            visits.take("i", batch.time, type(record).__name__, record)
    active = visits.active("i")
    assert {scope: visit.counts for (scope, node, _), visit in active.items() if node == at} == {
        "": False,
        f"{at}.1:0": True,
        f"{at}.1:1": True,
    }
    assert active["", at, 1].instances == 2
    assert visits.forget("i") is active
    assert not visits.active("i")


def test_an_element_in_its_own_frame_is_the_same_once_more() -> None:
    outer, opened, inner, other = taken(
        r.Activated("", 7, 1),
        r.ScopeOpened("", 7, 1, role=FRAME),
        r.Activated("7.1", 7, 1),
        r.Activated("7.1", 8, 1),
    )
    assert outer is opened
    assert [visit and (visit.framed, visit.in_frame) for visit in (outer, inner, other)] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize("around", ["", "sub.1"])
def test_an_item_passes_its_producer_and_visits_all_else(around: str) -> None:
    visits = Visits()
    opened = TraceEntry("ScopeOpened", around, "read", 1, index=17, role=ITEM)
    visits.take("i", 0, opened.type, opened)
    item = f"{around}/read.1:17".removeprefix("/")
    result, visit = TraceEntry("Passed", item, "read"), TraceEntry("Passed", item, "next")
    assert visits.is_result("i", result)
    assert not visits.is_result("i", visit)
    assert not visits.is_result("other", result)
    visits.take("i", 1, "ScopeClosed", TraceEntry("ScopeClosed", item))
    assert not visits.is_result("i", result)
