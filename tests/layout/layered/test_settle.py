from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml.layout.layered.settle import Distance, in_sequence, polish, settle, settle_down

WISHES = st.lists(st.integers(-500, 500), min_size=1, max_size=12)
PAIRS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11), st.integers(0, 60)))


def distances_among(count, pairs):
    return in_sequence(count, [Distance(a, b, d) for a, b, d in pairs if a < b < count])


def test_in_sequence_keeps_the_greatest_and_sorts():
    found = in_sequence(3, [Distance(1, 2, 5), Distance(0, 1, 3), Distance(0, 1, 9)])
    assert found == [Distance(0, 1, 9), Distance(1, 2, 5)]


@given(WISHES, PAIRS)
def test_distances_are_kept(wishes, pairs):
    distances = distances_among(len(wishes), pairs)
    for positions in (settle(wishes, distances), settle_down(wishes, distances)):
        for earlier, later, least in distances:
            assert positions[later] - positions[earlier] >= least - 1e-6


@given(WISHES)
def test_without_distances_all_wishes_come_true(wishes):
    assert settle(wishes, []) == wishes
    assert settle_down(wishes, []) == wishes


@given(WISHES, PAIRS, st.data())
def test_polishing_keeps_distances(wishes, pairs, data):
    count = len(wishes)
    distances = distances_among(count, pairs)
    positions = settle(wishes, distances)
    pulls = [data.draw(st.lists(st.integers(0, count - 1), max_size=3)) for _ in wishes]
    polish(positions, pulls, distances, rounds=4)
    for earlier, later, least in distances:
        assert positions[later] - positions[earlier] >= least - 1e-6


def test_polishing_moves_to_the_median_as_far_as_there_is_room():
    positions = [0.0, 100.0, 300.0]
    polish(positions, [[], [], [0, 0, 1]], [Distance(1, 2, 50)], rounds=2)
    assert positions == [0, 100, 150]
