"""Heat maps equal a recount by brute force, whatever they are by."""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from functools import partial
from pathlib import Path

import msgspec
import pytest

from bpmn_xml import formats, model, render
from bpmn_xml.render.heat import MEASURES, Scale, heat_of, instances_of
from bpmn_xml.render.overlay import Heat, Overlay, spoken
from bpmn_xml.render.runs import Naming
from bpmn_xml.trace.reader import TraceEntry, TraceReader
from bpmn_xml.trace.summary import ElementState, ElementSummary, summarize
from bpmn_xml.trace.tally import RunTally
from tests.conftest import ROOT
from tests.render.build import SVG, definitions, parse

CASES = ["order", "streaming", "parallel", "calculator"]


def paths(name: str) -> tuple[Path, Path]:
    folder = ROOT / "diagrams" / name
    return folder / f"{name}.bpmn", folder / f"{name}-run.jsonl"


def heat(name: str, by: str) -> Overlay:
    diagram, trace = paths(name)
    naming = Naming(formats.read(diagram))
    summary = summarize(counted(trace, naming.joins()), people=naming.waiting())
    return heat_of(summary, naming, by)


def counted(trace: Path, joins: dict[str, str] | None = None) -> RunTally:
    tally = RunTally(joins)
    with TraceReader(trace) as reader:
        tally.add_lines(reader)
    return tally


def told(name: str) -> list[tuple[int, dict]]:
    """(time, record) of all that a trace has, read as plain JSON."""
    lines = [json.loads(line) for line in paths(name)[1].read_text("utf-8").splitlines()[1:]]
    return [(line["time"], record) for line in lines for record in line["records"]]


def durations(name: str) -> dict[str, list[int]]:
    since: dict[tuple, int] = {}
    found = defaultdict(list)
    for time, record in told(name):
        key = (record.get("scope"), record.get("node"), record.get("n"))
        if record["type"] == "Activated":
            since[key] = time
        elif record["type"] in {"Completed", "Cancelled", "TokenDropped"} and key in since:
            found[record["node"]].append(time - since.pop(key))
    return found


def recounted(name: str, by: str) -> dict[str, str]:
    """What must stand at each node and flow."""
    written = MEASURES[by].written
    flows = Counter(r["flow"] for _, r in told(name) if r["type"] == "FlowTaken")
    if by == "mean":
        means = {node: round(sum(all_) / len(all_)) for node, all_ in durations(name).items()}
        numbers = {node: mean for node, mean in means.items() if mean}
    else:
        producers = {r["node"] for _, r in told(name) if r.get("index", -1) >= 0}
        visits = Counter(
            r["node"]
            for _, r in told(name)
            if r["type"] in {"Activated", "Joined"}
            or (r["type"] == "Passed" and r["node"] not in producers)
        )
        failed = Counter(
            r["node"]
            for _, r in told(name)
            if r["type"] in {"JobFailed", "ErrorThrown", "IncidentRaised"}
        )
        numbers = {
            "count": dict(visits),
            "failures": {node: failed[node] / count for node, count in visits.items()},
            "waiting": {},
        }[by]
    return {
        **{flow: f"{count:,}" for flow, count in flows.items()},
        **{node: written(number) for node, number in numbers.items()},
    }


@pytest.mark.parametrize("by", sorted(MEASURES.keys() - {"p95"}))
@pytest.mark.parametrize("name", CASES)
def test_the_numbers_equal_a_recount(name: str, by: str) -> None:
    shown = {id_: mark.value for id_, mark in heat(name, by).marks.items() if mark.value}
    assert shown == recounted(name, by)


@pytest.mark.parametrize("name", CASES)
def test_percentiles_equal_a_recount_to_one_per_cent(name: str) -> None:
    nodes = summarize(counted(paths(name)[1])).nodes
    exact = durations(name)
    for node in nodes:
        if all_ := exact.get(node.id):
            expected = sorted(all_)[math.ceil(len(all_) * 0.95) - 1]
            assert node.p95 == pytest.approx(expected, rel=0.01)
            assert MEASURES["p95"].of(node) == (node.p95 if sum(all_) else None)


def test_what_stands_at_a_join_is_there() -> None:
    node = partial(ElementSummary, id="j", state=ElementState.WAITING, count=0)
    there = MEASURES["waiting"].of
    assert [there(node(active=2)), there(node(waiting=3)), there(node(incidents=1))] == [2, 3, 1]
    assert there(node()) is None


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ({"active": 2, "count": 7}, "2 of 7"),
        ({"active": 7, "count": 7}, "7"),
        ({"waiting": 3, "count": 0, "joining": 1}, "3"),
        ({"waiting": 1, "count": 4, "joining": 1}, "1 of 5"),
    ],
)
def test_what_is_there_is_told_with_how_many_came(numbers: dict[str, int], shown: str) -> None:
    node = ElementSummary(id="task", state=ElementState.WAITING, **numbers)
    summary = msgspec.structs.replace(summarize(RunTally()), nodes=(node,))
    naming = Naming(definitions([model.Task(id="task")], []))
    assert heat_of(summary, naming, "waiting").marks["task"].value == shown
    assert heat_of(summary, naming, "count").marks["task"].value == str(node.count or "")


def test_the_largest_number_is_hottest_and_in_the_legend() -> None:
    overlay = heat("streaming", "count")
    assert overlay.marks["read"].state is Heat.COLD
    assert overlay.marks["plausible"].state is Heat.HOTTEST
    assert overlay.words[Heat.HOTTEST] == "20 to 24"
    assert overlay.title == "how often, 1 instance"


def test_numbers_and_steps_are_drawn() -> None:
    diagram, _ = paths("streaming")
    svg = parse(render.draw(formats.read(diagram), overlay=heat("streaming", "count")))
    group = next(found for found in svg.iter(f"{SVG}g") if found.get("id") == "plausible")
    assert "heat-5" in group.get("class").split()
    assert "hottest, 24" in group.get("aria-label")
    pills = {
        "".join(found.itertext())
        for found in svg.iter(f"{SVG}g")
        if found.get("data-for") == "plausible"
    }
    assert pills >= {"24"}


SCALES = {
    "nothing": ([], {}),
    "all equal": ([3, 3], {Heat.WARM: "3"}),
    "one": ([7], {Heat.WARM: "7"}),
}


@pytest.mark.parametrize(("numbers", "words"), SCALES.values(), ids=SCALES)
def test_a_scale_without_room_has_at_most_one_step(numbers: list, words: dict) -> None:
    scale = Scale(numbers)
    assert scale.words("{:.0f}".format) == words
    assert {scale.step(number) for number in numbers} == set(words)


def test_what_was_reached_and_has_no_number_says_so() -> None:
    overlay = heat("order", "mean")
    assert overlay.marks["shipped"].state is Heat.NONE
    assert overlay.marks["charge"].value == spoken(sum(durations("order")["charge"]) / 1_000_000)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([1, 2, 3], ["1", "2", "3"]),
        ([1, 7], ["1 to 2", "3", "4", "5", "6 to 7"]),
        ([10, 60], ["10 to 19", "20 to 29", "30 to 39", "40 to 49", "50 to 60"]),
    ],
)
def test_whole_numbers_stand_on_one_step_each(numbers: list, words: list) -> None:
    scale = Scale(numbers)
    said = scale.words("{:.0f}".format, whole=True)
    assert list(said.values()) == words
    for step, text in said.items():
        assert {scale.step(int(number)) for number in text.split(" to ")} == {step}


@pytest.mark.parametrize(
    ("began", "count"),
    [(["process"] * 3, 3), (["process", "other", "other"], 1), (["other", "other"], 2)],
)
def test_instances_of_other_processes_are_not_counted(began: list[str], count: int) -> None:
    """A process that only others call has no instances of its own: then it is said of all."""
    tally = RunTally()
    for number, process in enumerate(began):
        started = TraceEntry("InstanceStarted", process=process)
        tally.add(f"i{number}", 0, [("InstanceStarted", started)])
    summary, naming = summarize(tally), Naming(definitions([model.Task(id="task")], []))
    assert instances_of(summary, naming) == count
    assert summary.instances == len(began)
    called = "" if "process" in began else "as called in "
    title = heat_of(summary, naming, "count").title
    assert title == f"how often, {called}{count} instance{'s' * (count > 1)}"
