"""Durations: exact in sum and bounds, percentiles to 1 %."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.trace.durations import Durations


@given(st.lists(st.integers(0, 10**12), min_size=1), st.sampled_from([1, 50, 95, 100]))
def test_durations_are_those_that_were_added(values: list[int], percent: int) -> None:
    durations = Durations()
    for value in values:
        durations.add(value)
    exact = sorted(values)[max(-(-len(values) * percent // 100) - 1, 0)]
    assert durations.percentile(percent) <= exact
    assert durations.percentile(percent) >= exact * 0.99
    assert durations.count == len(values)
    assert (durations.shortest, durations.longest) == (min(values), max(values))
    assert durations.mean == pytest.approx(sum(values) / len(values))


def test_nothing_took_no_time() -> None:
    assert (Durations().mean, Durations().percentile(95)) == (0, 0)
