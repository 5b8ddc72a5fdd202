"""What waits on flows for a join, from when it comes until it is used up."""

from __future__ import annotations

import pytest

from bpmn_xml.core import records as r
from bpmn_xml.trace.arrivals import CHANGES, Arrivals
from bpmn_xml.trace.codec import RECORD_TYPES

CAME = [r.FlowTaken("", 1), r.FlowTaken("", 1), r.FlowTaken("", 2), r.FlowTaken("", 9)]
"""Twice on one flow to a join, once on another to it; the last leads to no join."""

STEPS = [
    (r.FlowTaken("z", 2), {7: 1}, {"": {1: [0, 1], 2: [2]}, "z": {2: [4]}}),
    (r.Joined("", 7, (1, 2)), {7: -2}, {"": {1: [1]}}),
    (r.GatewayReset("", 7, (2,)), {7: -1}, {"": {1: [0, 1]}}),
    (r.ArrivalSpent("", 1), {7: -1}, {"": {1: [1], 2: [2]}}),
    (r.ArrivalSpent("", 9), {}, {"": {1: [0, 1], 2: [2]}}),
    (r.Joined("z", 7, (1, 2)), {}, {"": {1: [0, 1], 2: [2]}}),
    (r.ScopeClosed("", completed=False), {7: -3}, {}),
    (r.ScopeInterrupted(""), {7: -3}, {}),
    (r.ScopeInterrupted("z"), {}, {"": {1: [0, 1], 2: [2]}}),
    (r.Passed("", 7), {}, {"": {1: [0, 1], 2: [2]}}),
]


@pytest.mark.parametrize(("record", "difference", "left"), STEPS, ids=lambda part: repr(part)[:30])
def test_what_a_record_changes(record, difference, left):
    arrivals = Arrivals({1: 7, 2: 7})
    for time, came in enumerate(CAME):
        arrivals.take("i", time, "FlowTaken", came)
    assert arrivals.take("i", 4, type(record).__name__, record) == difference
    assert arrivals.of("i") == left


def test_instances_are_counted_together_and_forgotten_one_by_one():
    arrivals = Arrivals({1: 7})
    for name in ("i", "j"):
        arrivals.take(name, 0, "FlowTaken", r.FlowTaken("", 1))
    assert arrivals.per_flow() == {1: 2}
    arrivals.forget("i")
    assert (arrivals.per_flow(), arrivals.of("i")) == ({1: 1}, {})


def test_only_records_change_something():
    assert set(CHANGES) <= set(RECORD_TYPES)
