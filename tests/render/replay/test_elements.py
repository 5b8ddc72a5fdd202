"""Diagrams of elements that run alone, run and replayed: what ended has ended in the film too."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from bpmn_xml import formats
from bpmn_xml.core.records import Batch
from bpmn_xml.render.replay.animated import state_of
from bpmn_xml.render.replay.schedule import Story, schedule
from bpmn_xml.render.runs import Naming
from bpmn_xml.trace.reader import TraceLine, TraceReader
from bpmn_xml.trace.summary import summarize
from bpmn_xml.trace.tally import RunTally
from bpmn_xml.trace.writer import TraceWriter
from tests.core.harness import Driver
from tests.diagrams.gallery import compiled, handlers_of, step, told
from tests.diagrams.test_elements import ALONE


def traced(path: Path, file: Path) -> list[TraceLine]:
    """What a trace tells of a diagram that is run as its file says."""
    said, batches = told(path), []
    driver = Driver(compiled(path), handlers_of(said))
    note = driver._note

    def noted(batch: Batch) -> None:
        batches.append(batch)
        note(batch)

    driver._note = noted  # type: ignore[method-assign] # to look on
    driver.run(said.get("variables"))
    for name in said.get("steps", ()):
        step(driver, name, said.get("results", {}))
        driver.go()
    with TraceWriter(file, driver.program) as trace:
        for batch in batches:
            trace.on_batch(None, batch)
    with TraceReader(file) as lines:
        return list(lines)


@pytest.fixture(params=ALONE, ids=lambda path: path.stem)
def seen(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Story, RunTally, Naming]:
    lines = traced(request.param, tmp_path / "run.jsonl")
    naming = Naming(formats.read(request.param))
    tally = RunTally(naming.joins())
    for line in lines:
        tally.add(line.instance, line.time, [(entry.type, entry) for entry in line.records])
    return schedule(lines, naming), tally, naming


def test_in_the_end_nothing_is_active_or_waits(seen: tuple) -> None:
    story, _, _ = seen
    left = Counter()
    for change in story.changes:
        left[change.node, "active"] += change.active
        left[change.node, "waiting"] += change.waiting
        left[change.node, "failed"] += change.failed
    assert {key: number for key, number in left.items() if number} == {}


def test_the_film_ends_with_what_the_picture_shows(seen: tuple) -> None:
    story, tally, naming = seen
    totals = defaultdict(lambda: [0] * 6)
    for change in story.changes:
        totals[change.node] = [*map(sum, zip(totals[change.node], change.numbers, strict=True))]
    found = {node.id: str(node.state) for node in summarize(tally, people=naming.waiting()).nodes}
    assert {name: str(state_of(totals[name])) for name in found} == found


def test_the_film_counts_as_the_picture_does(seen: tuple) -> None:
    story, tally, naming = seen
    summary = summarize(tally, people=naming.waiting())
    done = Counter()
    for change in story.changes:
        done[change.node] += change.done
    expected = {node.id: node.count - node.cancelled for node in summary.nodes}
    assert {node: done[node] for node in expected} == expected
    taken = Counter(move.flow for move in story.moves)
    assert taken == {flow.id: flow.count for flow in summary.flows}
