"""Spans: one per call, wait and standstill."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml.core.words import FRAME, ITEM, TURN
from bpmn_xml.trace.reader import TraceEntry, TraceLine
from bpmn_xml.trace.spans import spans_of, with_waits

CASES = {
    "done": ([("Activated", 0), ("Completed", 5)], [(0, 5, "done", False)]),
    "no result": ([("Activated", 0), ("TokenDropped", 5)], [(0, 5, "done", False)]),
    "cut off": ([("Activated", 0), ("Cancelled", 5)], [(0, 5, "interrupted", False)]),
    "ended by its own error": (
        [("Activated", 0), ("ErrorThrown", 5), ("Cancelled", 5)],
        [(0, 5, "failed", False)],
    ),
    "not ended": ([("Activated", 0), ("Other", 7)], [(0, 7, "active", False)]),
    "retried": (
        [("Activated", 0), ("JobFailed", 2), ("JobRetried", 4), ("Completed", 5)],
        [(0, 2, "failed", False), (2, 4, "done", True), (4, 5, "done", False)],
    ),
    "waits for the next attempt": (
        [("Activated", 0), ("JobFailed", 2), ("Other", 4)],
        [(0, 2, "failed", False), (2, 4, "waiting", True)],
    ),
    "stands still": (
        [("Activated", 0), ("IncidentRaised", 2), ("Other", 9)],
        [(0, 2, "failed", False), (2, 9, "failed", True)],
    ),
    "mended": (
        [("Activated", 0), ("IncidentRaised", 2), ("IncidentResolved", 3), ("Completed", 4)],
        [(0, 2, "failed", False), (2, 3, "done", True), (3, 4, "done", False)],
    ),
    "stuck tokens": ([("IncidentRaised", 2), ("Other", 3)], [(2, 3, "failed", True)]),
    "stuck tokens that are mended": (
        [("IncidentRaised", 2), ("IncidentResolved", 3), ("Other", 9)],
        [(2, 3, "done", True)],
    ),
    "an answer without a call": ([("Completed", 2), ("JobFailed", 3), ("JobRetried", 4)], []),
}


def told(records: list[tuple[str, int]]) -> list[TraceLine]:
    return [TraceLine("i", 1, at, [TraceEntry(type_, node="a", n=1)]) for type_, at in records]


@pytest.mark.parametrize(("records", "expected"), CASES.values(), ids=CASES)
def test_spans(records: list, expected: list) -> None:
    found = [(s.begun, s.ended, str(s.ending), s.waits) for s in spans_of(told(records))]
    assert found == expected


def test_of_several_at_work_the_one_that_threw_has_failed() -> None:
    begun = [TraceEntry("Activated", node="a", n=n) for n in (1, 2)]
    thrown = TraceEntry("ErrorThrown", node="a", n=2)
    cut = [TraceEntry("Cancelled", node="a", n=n) for n in (1, 2)]
    lines = [TraceLine("i", 1, 0, begun), TraceLine("i", 2, 5, [thrown, *cut])]
    assert [str(span.ending) for span in spans_of(lines)] == ["interrupted", "failed"]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([("Activated", "", 0), ("Completed", "worker-1", 1)], ["worker-1"]),
        ([("Activated", "", 0), ("Cancelled", "worker-1", 1)], [""]),
        (
            [("Activated", "worker-2", 0), ("JobFailed", "loop", 1), ("JobRetried", "worker-2", 2)],
            ["loop", "", ""],
        ),
    ],
)
def test_who_brought_the_answer_ran_the_call(records: list, expected: list) -> None:
    lines = [
        TraceLine("i", 1, at, [TraceEntry(type_, node="a", n=1)], by) for type_, by, at in records
    ]
    assert [span.by for span in spans_of(lines)] == expected


def test_some_nodes_wait_as_soon_as_they_are_active() -> None:
    (span,) = spans_of(told([("Activated", 0), ("Other", 5)]), ["a"])
    assert (str(span.ending), span.waits) == ("waiting", True)


def test_what_is_done_several_times_or_in_a_frame_has_the_spans_of_that_alone() -> None:
    def entry(kind: str, scope: str = "", **more: Any) -> TraceEntry:
        return TraceEntry(kind, scope, node="a", n=1, **more)

    records = [
        entry("Activated"),
        entry("LoopStarted"),
        entry("ScopeOpened", index=0, role=TURN),
        entry("Activated", "a.1:0"),
        entry("ScopeOpened", "a.1:0", role=FRAME),
        entry("Activated", "a.1:0/a.1"),
        entry("Completed", "a.1:0/a.1"),
        entry("Completed", "a.1:0"),
        entry("Completed"),
    ]
    lines = [TraceLine("i", at, at, [record]) for at, record in enumerate(records)]
    assert [(span.scope, span.begun, span.ended) for span in spans_of(lines)] == [
        ("a.1:0/a.1", 5, 6)
    ]


def test_but_what_a_person_must_mend_around_it_is_told() -> None:
    kinds = ["Activated", "LoopStarted", "ScopeOpened", "IncidentRaised", "Other"]
    entries = [TraceEntry(kind, node="a", n=1, index=0, role=TURN) for kind in kinds]
    lines = [TraceLine("i", at, at, [entry]) for at, entry in enumerate(entries)]
    assert [(s.begun, s.ended, str(s.ending)) for s in spans_of(lines)] == [(3, 4, "failed")]


def test_a_producer_works_though_its_worker_runs_others_between_its_results() -> None:
    def line(at: int, kind: str, node: str, by: str = "", **more: Any) -> TraceLine:
        return TraceLine("i", at, at * 1_000, [TraceEntry(kind, node=node, n=1, **more)], by)

    lines = [
        line(0, "Activated", "a"),
        line(1, "ScopeOpened", "a", "worker-1", index=0, role=ITEM),
        line(1, "Activated", "b"),
        line(5, "Completed", "b", "worker-1"),
        line(9, "Completed", "a", "worker-1"),
    ]
    found = [(s.node, s.begun, s.ended, s.waits) for s in with_waits(spans_of(lines))]
    assert found == [("b", 1_000, 5_000, False), ("a", 0, 9_000, False)]
