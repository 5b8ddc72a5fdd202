"""What a summary says of each element, from a run and from its trace alike."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.compiler.program import Work
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError
from bpmn_xml.trace.arrivals import joins_of
from bpmn_xml.trace.names import TraceNames
from bpmn_xml.trace.reader import TraceReader
from bpmn_xml.trace.summary import ElementState, RunSummary, summarize
from bpmn_xml.trace.tally import NodeTally, RunTally
from bpmn_xml.trace.writer import TraceWriter
from tests.core.harness import Driver, program

FAILING = {"t1": lambda _: 1 // 0}


def refuse(_names: Any) -> None:
    raise BpmnError("X")


def summary_of(driver: Driver) -> RunSummary:
    """Counted by index, as while it runs."""
    made = driver.program
    tally = RunTally(joins_of(made))
    for batch in driver.batches:
        tally.add(
            batch.instance, batch.time, [(type(x).__name__, x) for x in r.expanded(batch.records)]
        )
    return summarize(
        tally,
        names=TraceNames(made),
        people={node.index for node in made.nodes if node.id.startswith("u")},
    )


def traced(driver: Driver, path: Path) -> RunSummary:
    """Counted by name, from its trace."""
    made = driver.program
    with TraceWriter(path, made) as writer:
        for batch in driver.batches:
            writer.on_batch(None, batch)
    tally = RunTally({f.id: made.nodes[f.target].id for f in made.flows if f.parks})
    with TraceReader(path) as trace:
        tally.add_lines(trace)
        return summarize(
            tally,
            people={node.id for node in made.nodes if node.id.startswith("u")},
        )


RUNS: dict[str, tuple[str, dict[str, Any], dict[str, str]]] = {
    "done": ("s > t1 > e", {}, {"s": "done", "t1": "done", "e": "done"}),
    "a person": ("s > u1 > e", {}, {"s": "done", "u1": "waiting"}),
    "a retry": (
        "s > tr > e",
        {"tr": lambda _: 1 // 0},
        {"s": "done", "tr": "waiting"},
    ),
    "an incident": ("s > t1 > e", FAILING, {"s": "done", "t1": "failed"}),
    "a caught error": (
        "s > t1 > e1; t1 !b1; b1 > e2",
        {"t1": refuse},
        {"s": "done", "t1": "failed", "b1": "done", "e2": "done"},
    ),
    "a join": (
        "s > p; p > t1 > j; p > u1 > j; j > e",
        {},
        {"s": "done", "p": "done", "t1": "done", "u1": "waiting", "j": "waiting"},
    ),
    "an incident inside": (
        "s > z1 > e; z1: s1 > z2 > e1; z2: s2 > t1 > e2; s > z3 > e; z3: s3 > u1 > e3",
        FAILING,
        {
            "s": "done",
            "z1": "failed",
            "s1": "done",
            "z2": "failed",
            "s2": "done",
            "t1": "failed",
            "z3": "active",
            "s3": "done",
            "u1": "waiting",
        },
    ),
    "an incident of an item": (
        "s > m1 > t1 > e",
        {"m1": lambda _: iter([{}]), **FAILING},
        {"s": "done", "m1": "done", "t1": "failed"},
    ),
    "a sub-process": (
        "s > z1 > e; z1: s1 > u1 > e1",
        {},
        {"s": "done", "z1": "active", "s1": "done", "u1": "waiting"},
    ),
}


def run(text: str, handlers: dict[str, Any]) -> Driver:
    work = {"tr": Work(retries=(1_000,))}
    return Driver(program(text, work=work), handlers).run()


@pytest.mark.parametrize(("text", "handlers", "states"), RUNS.values(), ids=RUNS)
def test_states_of_nodes(text: str, handlers: dict[str, Any], states: dict[str, str]) -> None:
    summary = summary_of(run(text, handlers))
    assert {node.id: str(node.state) for node in summary.nodes} == states


@pytest.mark.parametrize(("text", "handlers", "_states"), RUNS.values(), ids=RUNS)
def test_a_trace_says_the_same(
    text: str, handlers: dict[str, Any], _states: dict[str, str], tmp_path: Path
) -> None:
    driver = run(text, handlers)
    assert traced(driver, tmp_path / "run.jsonl") == summary_of(driver)


def test_a_summary_has_the_numbers() -> None:
    driver = run("s > p; p > t1 > j; p > u1 > j; j > e", {})
    summary = summary_of(driver)
    assert (summary.instances, summary.running, summary.outcomes) == (1, 1, {})
    assert {flow.id: (flow.count, flow.waiting) for flow in summary.flows} == {
        "s-p": (1, 0),
        "p-t1": (1, 0),
        "p-u1": (1, 0),
        "t1-j": (1, 1),
    }
    joining = next(node for node in summary.nodes if node.id == "j")
    assert (joining.count, joining.waiting, joining.active) == (0, 1, 0)
    person = next(node for node in summary.nodes if node.id == "u1")
    assert (person.count, person.waiting, person.active) == (1, 1, 1)
    driver.send(c.CancelInstance())
    ended = summary_of(driver)
    assert (ended.running, ended.outcomes) == (0, {"cancelled": 1})
    assert [node.waiting for node in ended.nodes] == [0] * len(ended.nodes)


def test_some_that_run_outweigh_some_that_wait() -> None:
    driver = Driver(
        program("s > m1 > tr > e", work={"m1": Work(many=True), "tr": Work(retries=(1_000,))}),
        {"m1": lambda _: [{}, {}]},
    ).start()
    while driver.open_jobs()[0][0] == "":
        driver.answer(*driver.open_jobs()[0])
    first, *_ = driver.open_jobs()
    driver.send(c.FailJob(*first, ("ValueError",), "no"))
    states = {node.id: str(node.state) for node in summary_of(driver).nodes}
    assert states["tr"] == "active"


ENDS = {
    "interrupted": ({"count": 2, "cancelled": 2, "interrupted": 2}, ElementState.INTERRUPTED),
    "interrupted between attempts": (
        {"count": 1, "cancelled": 1, "interrupted": 1, "failures": 1},
        ElementState.INTERRUPTED,
    ),
    "one is done": (
        {"count": 2, "completed": 1, "cancelled": 1, "interrupted": 1},
        ElementState.DONE,
    ),
    "one was passed": ({"count": 2, "cancelled": 1, "interrupted": 1}, ElementState.DONE),
    "one has failed": (
        {"count": 2, "cancelled": 2, "interrupted": 1, "failures": 1},
        ElementState.FAILED,
    ),
}


@pytest.mark.parametrize(("numbers", "state"), ENDS.values(), ids=ENDS)
def test_what_was_cut_off_is_not_done(numbers: dict[str, int], state: ElementState) -> None:
    tally = RunTally()
    tally.nodes["a"] = NodeTally(**numbers)
    (found,) = summarize(tally).nodes
    assert found.state is state
