"""Counting traces: per node and flow, over several files, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def traced(cli: Cli) -> Cli:
    assert cli("run", "count.bpmn", "--trace", "run.jsonl", "-q").code == 0
    assert cli("run", "join.bpmn", "--trace", "join.jsonl", "-q").code == 3
    return cli


def test_nodes_are_counted(traced: Cli) -> None:
    done = traced("trace", "stats", "run.jsonl")
    lines = [line.split() for line in done.out.splitlines()]
    assert lines[0][:5] == ["1", "instance", "(1", "completed),", "3"]
    assert {line[0]: line[1] for line in lines[2:]} == {
        "start": "1",
        "count": "1",
        "greet": "3",
        "end": "3",
    }


def test_flows_are_counted_if_asked_for(traced: Cli) -> None:
    assert "flow" not in traced("trace", "stats", "run.jsonl").out
    lines = traced("trace", "stats", "--flows", "run.jsonl").out.splitlines()
    assert [line.split() for line in lines[-4:]] == [
        ["flow", "taken"],
        ["f1", "1"],
        ["f2", "3"],
        ["f3", "3"],
    ]


def test_all_numbers_are_there_as_json(traced: Cli) -> None:
    found = json.loads(traced("trace", "stats", "--json", "run.jsonl").out)
    assert found["outcomes"] == {"completed": 1}
    greet = next(node for node in found["nodes"] if node["id"] == "greet")
    assert (greet["count"], greet["completed"], greet["state"]) == (3, 3, "done")
    assert greet["shortest"] <= greet["mean"] <= greet["longest"]


def test_instances_of_different_files_are_different(traced: Cli, folder: Path) -> None:
    (folder / "copy.jsonl").write_bytes((folder / "join.jsonl").read_bytes())
    done = traced("trace", "stats", "join.jsonl", "copy.jsonl", "run.jsonl", "run.jsonl")
    assert done.out.startswith("3 instances (1 completed, 2 not ended), 3 items in ")


def test_a_torn_trace_is_counted_and_told(traced: Cli, folder: Path) -> None:
    with (folder / "run.jsonl").open("ab") as file:
        file.write(b"{")
    done = traced("trace", "stats", "run.jsonl")
    assert done.code == 0
    assert "run.jsonl: the last line is cut off; all before it is counted" in done.err


WRONG = {
    "no trace": (("stats", "no.jsonl"), "cannot read the trace 'no.jsonl'"),
    "a diagram": (("stats", "greet.bpmn"), "greet.bpmn:1: error BX401: this is no trace"),
    "a folder": (("stats", "."), "Is a directory"),
    "no such thing": (("run.jsonl",), "did you mean bpmn-xml trace stats run.jsonl?"),
    "no file": (("stats",), "required: TRACE"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_counted_is_refused(cli: Cli, words: tuple[str, ...], message: str) -> None:
    done = cli("trace", *words)
    assert done.code == 2
    assert message in done.err
