"""When what happened is seen: after its cause, in the order of the trace, never too fast."""

from __future__ import annotations

from collections import Counter

import pytest

from bpmn_xml import model
from bpmn_xml.core.records import Record
from bpmn_xml.core.words import FRAME, ITEM, TURN
from bpmn_xml.render.replay.schedule import (
    AT_LEAST,
    DWELL,
    LONGEST,
    SHOWN,
    TRAVEL,
    Story,
    schedule,
)
from bpmn_xml.trace.codec import RECORD_TYPES
from tests.render.replay.told import RUNS, of, process, record, run_of


@pytest.fixture(scope="module", params=RUNS)
def seen(request: pytest.FixtureRequest) -> tuple[Story, list, str]:
    _, lines, naming = run_of(request.param)
    return schedule(lines, naming), lines, request.param


def test_every_flow_taken_is_a_move_as_long_as_any(seen: tuple) -> None:
    told, lines, _ = seen
    taken = Counter(e.flow for line in lines for e in line.records if e.type == "FlowTaken")
    assert Counter(move.flow for move in told.moves) == taken
    assert all(move.end - move.start == pytest.approx(TRAVEL) for move in told.moves)


def test_batches_are_seen_in_their_order(seen: tuple) -> None:
    told, lines, _ = seen
    moments = [step.at for step in told.steps]
    assert moments == sorted(moments)
    assert [step.time for step in told.steps] == [line.time for line in lines]


def test_a_token_leaves_a_node_after_it_came(seen: tuple) -> None:
    told, _, name = seen
    ends = {f.id: (f.source_ref, f.target_ref) for f in run_of(name)[2].flows.values()}
    came: dict[tuple, float] = {}
    for move in told.moves:
        source, target = ends[move.flow]
        first = came.get((move.place, source))
        assert first is None or move.start >= first
        came.setdefault((move.place, target), move.end)


def test_in_the_end_nothing_is_active_and_all_is_done(seen: tuple) -> None:
    told, lines, _ = seen
    totals: dict[str, list[int]] = {}
    for change in told.changes:
        before = totals.get(change.node, [0] * 4)
        totals[change.node] = [a + b for a, b in zip(before, change.numbers[:4], strict=True)]
    assert all(total[0] == total[1] == total[3] == 0 for total in totals.values())
    done = Counter(
        e.node for line in lines for e in line.records if e.type in {"Completed", "Joined"}
    )
    assert {node: totals[node][2] for node in done} == done


def test_what_is_seen_is_a_record() -> None:
    assert set(SHOWN) <= set(RECORD_TYPES)
    assert Record  # the table is over this union


TASKS = process(
    model.StartEvent(id="s"),
    model.ServiceTask(id="a"),
    model.UserTask(id="u"),
    model.ParallelGateway(id="j"),
    flows={"f.a": ("s", "a"), "f.u": ("s", "u"), "f.aj": ("a", "j"), "f.uj": ("u", "j")},
)


def changes(told: Story, node: str) -> list[tuple]:
    """(moment, active, waiting, done, failed) of a node."""
    return [(change.at, *change.numbers[:4]) for change in told.changes if change.node == node]


def test_a_wait_is_not_longer_than_one_likes_to_watch() -> None:
    week = 7 * 24 * 3600 * 1000
    told = of(TASKS, (0, [record("Activated", "u")]), (week, [record("Completed", "u")]))
    assert changes(told, "u") == [(0, 0, 1, 0, 0), (LONGEST, 0, -1, 1, 0)]


def test_a_short_run_is_stretched_and_a_call_is_seen() -> None:
    told = of(
        TASKS,
        (0, [record("Activated", "a")]),
        (0, [record("Completed", "a"), record("FlowTaken", "f.aj")]),
        (1, []),
    )
    assert changes(told, "a") == [(0, 1, 0, 0, 0), (DWELL, -1, 0, 1, 0)]
    assert told.length == DWELL + TRAVEL < AT_LEAST


def test_a_join_shows_who_waits_for_others() -> None:
    told = of(
        TASKS,
        (0, [record("FlowTaken", "f.aj")]),
        (1, [record("FlowTaken", "f.uj"), record("Joined", "j", flows=("f.aj", "f.uj"))]),
    )
    assert [change[1:] for change in changes(told, "j")] == [
        (0, 1, 0, 0),
        (0, 1, 0, 0),
        (0, -2, 0, 0),
        (0, 0, 1, 0),
    ]
    assert changes(told, "j")[2][0] == told.moves[1].end


@pytest.mark.parametrize("ending", ["ScopeClosed", "ArrivalSpent"])
def test_what_waits_in_vain_goes_with_its_scope(ending: str) -> None:
    flow = "f.aj" if ending == "ArrivalSpent" else ""
    told = of(
        TASKS,
        (0, [record("FlowTaken", "f.aj", scope="sub.1")]),
        (1, [record(ending, flow, scope="sub.1")]),
    )
    assert sum(change[2] for change in changes(told, "j")) == 0


def test_a_failed_call_waits_and_works_again_and_an_incident_stands() -> None:
    told = of(
        TASKS,
        (0, [record("Activated", "a")]),
        (1, [record("JobFailed", "a")]),
        (2, [record("JobFailed", "a")]),
        (3, [record("JobRetried", "a")]),
        (4, [record("IncidentRaised", "a")]),
        (5, [record("IncidentResolved", "a")]),
        (6, [record("Cancelled", "a")]),
    )
    assert [change[1:] for change in changes(told, "a")] == [
        (1, 0, 0, 0),
        *[(-1, 0, 0, 0), (0, 1, 0, 0)],
        *[(0, -1, 0, 0), (1, 0, 0, 0)],
        *[(-1, 0, 0, 0), (0, 0, 0, 1)],
        *[(0, 0, 0, -1), (1, 0, 0, 0)],
        (-1, 0, 0, 0),
    ]


def test_what_was_cut_off_is_told_from_what_threw_an_error() -> None:
    told = of(
        TASKS,
        (0, [record("Activated", "a"), record("Activated", "u")]),
        (1, [record("ErrorThrown", "a", code="e"), record("Cancelled", "a")]),
        (2, [record("Cancelled", "u")]),
    )
    ends = {change.node: change.numbers for change in told.changes}
    assert ends == {"a": (-1, 0, 0, 0, 0, 1), "u": (0, -1, 0, 0, 1, 0)}


def test_tokens_that_are_stuck_are_seen() -> None:
    told = of(TASKS, (0, [record("IncidentRaised", "j", n=0)]))
    assert changes(told, "j") == [(0, 0, 0, 0, 1)]


def test_tokens_that_are_no_longer_stuck_are_no_work() -> None:
    told = of(
        TASKS,
        (0, [record("IncidentRaised", "j", n=0)]),
        (1, [record("IncidentResolved", "j", n=0)]),
    )
    assert [change[1:] for change in changes(told, "j")] == [(0, 0, 0, 1), (0, 0, 0, -1)]


def test_a_join_that_could_not_be_left_is_not_done_and_one_in_a_frame_is_seen_once() -> None:
    told = of(
        TASKS,
        (0, [record("Joined", "j", n=0), record("Activated", "j")]),
        (1, [record("Activated", "a"), record("ScopeOpened", "a", role=FRAME)]),
        (2, [record("Activated", "a", scope="a.1"), record("JobFailed", "a", scope="a.1")]),
        (3, [record("JobRetried", "a", scope="a.1"), record("Completed", "a", scope="a.1")]),
        (4, [record("Completed", "a")]),
    )
    for node, expected in (("j", (1, 0, 0, 0)), ("a", (0, 0, 1, 0))):
        numbers = [change[1:] for change in changes(told, node)]
        assert tuple(map(sum, zip(*numbers, strict=True))) == expected


def test_what_stands_still_while_it_is_done_several_times_is_not_done_once_more() -> None:
    told = of(
        TASKS,
        (0, [record("Activated", "a"), record("LoopStarted", "a")]),
        (1, [record("ScopeOpened", "a", index=0, role=TURN)]),
        (2, [record("Activated", "a", scope="a.1:0"), record("Completed", "a", scope="a.1:0")]),
        (3, [record("IncidentRaised", "a"), record("IncidentResolved", "a")]),
        (4, [record("IncidentRaised", "a"), record("Completed", "a")]),
    )
    numbers = [change[1:] for change in changes(told, "a")]
    assert tuple(map(sum, zip(*numbers, strict=True))) == (0, 0, 1, 0)


def test_an_event_sub_process_begins_where_it_is_triggered() -> None:
    told = of(
        TASKS,
        (0, [record("Activated", "a")]),
        (1000, [record("Triggered", "s", scope="a.1", n=0), record("FlowTaken", "f.u")]),
    )
    assert told.moves[0].start <= LONGEST


def test_an_item_begins_when_its_producer_made_it_and_is_not_its_visit() -> None:
    told = of(
        TASKS,
        (0, [record("Activated", "a")]),
        (
            1000,
            [
                record("ScopeOpened", "a", index=0, role=ITEM),
                record("VariablesWritten", scope="a.1:0", values={"x": 1}),
                record("Passed", "a", scope="a.1:0"),
                record("FlowTaken", "f.aj", scope="a.1:0"),
            ],
        ),
    )
    assert len(changes(told, "a")) == 1
    (written,) = told.written
    assert written.at == told.moves[0].start == LONGEST
    assert written.values == {"x": 1}


def test_what_is_taken_away_is_gone_from_then_on() -> None:
    told = of(
        TASKS,
        (0, [record("VariablesWritten", values={"x": 1})]),
        (1000, [record("VariablesRemoved", names=("x",)), record("Activated", "a")]),
    )
    first, second = told.written
    assert (first.gone, second.gone, second.values) == (False, True, {"x": None})
    assert first.at <= second.at


def test_nothing_is_a_short_film() -> None:
    told = of(TASKS)
    assert (told.length, told.moves, told.steps) == (1.0, [], [])
