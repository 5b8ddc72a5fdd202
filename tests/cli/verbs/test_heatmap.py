"""Heat maps of many traces, from the command line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.conftest import ROOT

STREAMING = ROOT / "diagrams" / "streaming"


@pytest.fixture
def runs(folder: Path) -> Path:
    shutil.copy(STREAMING / "streaming.bpmn", folder / "s.bpmn")
    for number in (1, 2, 3):
        shutil.copy(STREAMING / "streaming-run.jsonl", folder / f"run{number}.jsonl")
    return folder


@pytest.mark.parametrize("by", ["count", "mean", "p95", "failures", "waiting"])
def test_many_runs_on_their_drawing(cli: Cli, runs: Path, by: str) -> None:
    done = cli("heatmap", "s.bpmn", "run1.jsonl", "run2.jsonl", "--by", by, "-o", "h.svg")
    assert done.code == 0
    assert done.err.endswith("bpmn-xml: note: drew h.svg of 2 instances\n")
    assert ("nothing that is drawn waits" in done.err) == (by == "waiting")
    assert "2 instances" in (runs / "h.svg").read_text("utf-8")


def test_it_stands_beside_its_diagram_and_counts_a_file_once(cli: Cli, runs: Path) -> None:
    done = cli("heatmap", "s.bpmn", "run1.jsonl", "run1.jsonl")
    assert done.err == "bpmn-xml: note: drew s-heat.svg of 1 instance\n"


def test_of_a_folder_all_traces_are_counted(cli: Cli, runs: Path) -> None:
    done = cli("heatmap", "s.bpmn", ".", "-o", "h.svg")
    assert done.err == "bpmn-xml: note: drew h.svg of 3 instances\n"


WRONG = {
    "a folder without traces": (("s.bpmn", "none"), "there is no .jsonl in none"),
    "no trace": (("s.bpmn", "s.bpmn"), "this is no trace"),
    "of another diagram": (("join.bpmn", "run1.jsonl"), "run1.jsonl is not of this diagram"),
    "no format": (("s.bpmn", "run1.jsonl", "-o", "h.gif"), "unknown picture format"),
    "no instance": (("s.bpmn", "run1.jsonl", "--instance", "x"), "no instance 'x' in the trace"),
    "no style": (("s.bpmn", "run1.jsonl", "--style", "no.css"), "cannot read the style sheet"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused(cli: Cli, runs: Path, words: tuple, message: str) -> None:
    (runs / "none").mkdir()
    done = cli("heatmap", *words)
    assert done.code == 2
    assert message in done.err


def test_traces_of_other_combinations_of_files_are_not_added(cli: Cli, runs: Path) -> None:
    head, _, rest = (runs / "run1.jsonl").read_text("utf-8").partition("\n")
    other = json.dumps({**json.loads(head), "renamed": {"p:read": {"process": "p", "id": "read"}}})
    (runs / "run2.jsonl").write_text(f"{other}\n{rest}", "utf-8")
    done = cli("heatmap", "s.bpmn", "run1.jsonl", "run2.jsonl")
    assert done.code == 2
    assert "count them one by one" in done.err


def test_a_hundred_thousand_records_are_counted(cli: Cli, runs: Path) -> None:
    head, *lines = (runs / "run1.jsonl").read_text("utf-8").splitlines()
    records = sum(len(json.loads(line)["records"]) for line in lines)
    copies = 100_000 // records + 1
    many = [
        line.replace('"streaming-1"', f'"streaming-{n}"') for n in range(copies) for line in lines
    ]
    (runs / "many.jsonl").write_text("\n".join([head, *many, ""]), "utf-8")
    assert cli("heatmap", "s.bpmn", "many.jsonl").err.endswith(f"of {copies} instances\n")
