"""A played run comes to the flaw that it is of."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from bpmn_xml.check.soundness.analysis import problems
from bpmn_xml.check.soundness.verdict import Flaw, Trouble
from bpmn_xml.check.soundness.witness import Pilot, write_witness
from bpmn_xml.compiler.program import EventSpec, Trigger
from bpmn_xml.core import records as r
from bpmn_xml.core.state import State
from bpmn_xml.trace.reader import TraceReader
from tests.check.soundness.graphs import drawings
from tests.core.drawn import drafts

MESSAGE = EventSpec(trigger=Trigger.MESSAGE)
TERMINATE = EventSpec(trigger=Trigger.TERMINATE)


def played(text: str, **given_: object) -> tuple[Pilot, Flaw, State, list[r.Record]]:
    drawn = drafts(text, **given_)
    flaw = next(found for found in problems(drawn) if found.path)
    pilot = Pilot(drawn, flaw)
    flown = list(pilot.fly())
    records = [one for _, batch in flown for one in r.expanded(batch.records)]
    return pilot, flaw, flown[-1][0], records


def flows(pilot: Pilot, records: list[r.Record]) -> list[str]:
    return [pilot.program.flows[one.flow].id for one in records if isinstance(one, r.FlowTaken)]


DEADLOCKS = {
    "exclusive": ("s > x; x > t1 > j; x > t2 > j; j > e", {}),
    "a default flow": ("s > x; x >* t1 > j; x >[n > 1] t2 > j; j > e", {}),
    "at a boundary": ("s > t1 > j; t1 !b1; b1 > t2 > j; j > e", {}),
    "beside": ("s > t1 > j; t1 !b1; b1 > x; x > t2 > j; x > e; j > e", {"soft": ["b1"]}),
    "behind what happens": (
        "s > g; g > c1 > j; g > c2 > j; j > e",
        {"events": {"c1": MESSAGE, "c2": MESSAGE}},
    ),
    "inside": ("s > z1 > e; z1: s1 > x1; z1: x1 > j1; z1: x1 > t1 > j1; z1: j1 > e1", {}),
    "all begin": ("t1 > j; t2 > x; x > j; x > e; j > e", {}),
}


@pytest.mark.parametrize(("text", "more"), DEADLOCKS.values(), ids=DEADLOCKS)
def test_a_deadlock_is_reached(text: str, more: dict[str, object]) -> None:
    pilot, flaw, state, _ = played(text, **more)
    assert flaw.trouble is Trouble.DEADLOCK
    stuck = [pilot.program.nodes[node].id for node in state.scopes[""].incidents or ()]
    assert stuck == [flaw.where]


def test_tokens_meet() -> None:
    pilot, flaw, _, records = played("s > p; p > t1 > y; p > t2 > y; y > t3 > e")
    assert flaw.trouble is Trouble.UNSAFE
    assert flows(pilot, records).count("y-t3") == 2


def test_of_two_flows_on_the_way_the_first_on_it_is_taken_first() -> None:
    pilot, flaw, _, records = played("s > y > p; p > t1 > j; p > t2 > x; x > j; x > y; j > e")
    taken = [one for one in flows(pilot, records) if one.startswith("x-")]
    assert taken == [one for one in flaw.path if one.startswith("x-")] == ["x-y", "x-j"]


def test_it_stops_in_a_loop() -> None:
    pilot, flaw, state, records = played("s > y > t1 > x; x > t2 > y; x > t3 > y")
    assert flaw.trouble is Trouble.NO_END
    assert not state.outcome
    assert len(flows(pilot, records)) < 20


def test_an_end_that_cuts_off_ends_the_run() -> None:
    text = "s > p; p > t1 > y; p > t2 > y; y > x; x > t3 > q; x > e"
    _, flaw, _, records = played(text, events={"q": TERMINATE})
    assert flaw.trouble is Trouble.UNSAFE
    assert records


def test_it_is_written_as_a_trace(tmp_path: Path) -> None:
    drawn = drafts("s > x; x > t1 > j; x > t2 > j; j > e")
    (flaw,) = problems(drawn)
    write_witness(tmp_path / "w.jsonl", drawn, flaw)
    with TraceReader(tmp_path / "w.jsonl") as trace:
        told = [record.type for line in trace for record in line.records]
    assert told[0] == "InstanceStarted"
    assert told[-1] == "IncidentRaised"


@given(drawings())
def test_any_deadlock_is_reached(text: str) -> None:
    drawn = drafts(text)
    found = list(problems(drawn, most=300))
    if any(flaw.trouble in (Trouble.UNSAFE, Trouble.UNBOUNDED) for flaw in found):
        return
    for flaw in found:
        if flaw.trouble is Trouble.DEADLOCK:
            pilot = Pilot(drawn, flaw)
            *_, (state, _) = pilot.fly()
            incidents = state.scopes[""].incidents or {}
            assert flaw.where in [pilot.program.nodes[key % state.size].id for key in incidents]
