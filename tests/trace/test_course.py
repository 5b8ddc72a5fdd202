"""The course of a run: of each record what it is about, told before the next is looked at."""

from __future__ import annotations

from bpmn_xml.core import records as r
from bpmn_xml.trace.course import RunCourse, told_by, told_in
from bpmn_xml.trace.reader import TraceEntry, TraceLine

BEGUN = r.Batch("i", 1, 5, (r.Activated("", 0, 1),))
ANSWERED = r.Batch(
    "i", 2, 9, (r.VariablesWritten("", {"n": 1}), r.Completed("", 0, 1), r.FlowTaken("", 3))
)


def test_each_record_is_told_with_what_it_is_about() -> None:
    course = RunCourse({3: 7})
    (begun,) = course.follow("i", 5, told_by(BEGUN), "worker-1")
    wrote, completed, moved = course.follow("i", 9, told_by(ANSWERED), "worker-2")
    assert completed.visit is begun.visit is not None
    assert wrote.visit is moved.visit is None
    assert [seen.arrived for seen in (wrote, completed, moved)] == [{}, {}, {7: 1}]


def test_the_worker_is_named_where_its_call_ends() -> None:
    told = RunCourse().follow("i", 9, told_by(ANSWERED), "worker-2")
    assert [seen.by for seen in told] == ["", "worker-2", ""]


def test_a_record_is_told_before_the_next_is_looked_at() -> None:
    course = RunCourse()
    told = course.follow("i", 5, told_by(BEGUN) + told_by(ANSWERED))
    next(told)
    assert course.visits.active("i")
    assert not [seen for seen in told if seen.visit is None and seen.type == "Completed"]
    assert not course.visits.active("i")


def test_what_was_active_is_told_of_an_instance_that_is_forgotten() -> None:
    course = RunCourse({3: 7})
    for batch in (BEGUN, r.Batch("i", 2, 6, (r.FlowTaken("", 3),))):
        list(course.follow("i", batch.time, told_by(batch)))
    assert list(course.forget("i")) == [("", 0, 1)]
    assert not course.visits.active("i")
    assert not course.arrivals.of("i")


def test_a_line_of_a_trace_is_followed_like_a_batch() -> None:
    line = TraceLine("i", 1, 5, [TraceEntry("Activated", node="a", n=1)])
    ((_, _, type_, _, visit, _, _),) = RunCourse().follow("i", line.time, told_in(line))
    assert type_ == "Activated"
    assert visit is not None
    assert visit.since == 5
