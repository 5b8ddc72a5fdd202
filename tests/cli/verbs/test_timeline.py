"""Runs over time, from the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.conftest import ROOT

STREAMING = ROOT / "diagrams" / "streaming"


@pytest.fixture
def run(folder: Path) -> Path:
    for name in ("streaming.bpmn", "streaming-run.jsonl"):
        shutil.copy(STREAMING / name, folder / name)
    return folder


@pytest.mark.parametrize("by", ["node", "lane", "instance"])
def test_a_run_over_time(cli: Cli, run: Path, by: str) -> None:
    done = cli("timeline", "streaming-run.jsonl", "--by", by, "-o", "t.svg", "--theme", "auto")
    assert (done.code, done.err) == (0, "bpmn-xml: note: drew t.svg\n")
    assert 'class="bpmn-xml auto"' in (run / "t.svg").read_text("utf-8")


def test_a_trace_without_workers_is_said(cli: Cli, run: Path) -> None:
    lines = (run / "streaming-run.jsonl").read_text("utf-8")
    assert '"by"' not in lines, "this trace is an old one"
    done = cli("timeline", "streaming-run.jsonl", "--by", "worker", "-o", "t.svg")
    assert "streaming-run.jsonl names no workers" in done.err


def test_it_stands_beside_the_trace(cli: Cli, run: Path) -> None:
    done = cli("timeline", "streaming-run.jsonl", "--instance", "streaming-1")
    assert done.err == "bpmn-xml: note: drew streaming-run-time.svg\n"
    assert "<svg" in cli("timeline", "streaming-run.jsonl", "-o", "-").out


def test_very_many_bars_and_a_torn_line_are_told(
    cli: Cli, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bpmn_xml.render.timeline.MOST_BARS", 10)
    data = (run / "streaming-run.jsonl").read_bytes()
    (run / "streaming-run.jsonl").write_bytes(data[:-9])
    done = cli("timeline", "streaming-run.jsonl")
    assert "the first 10 of 46 bars are drawn" in done.err
    assert "the last line is cut off" in done.err


WRONG = {
    "no trace": (("join.bpmn",), "this is no trace"),
    "format": (("streaming-run.jsonl", "-o", "t.gif"), "unknown picture format"),
    "theme": (("streaming-run.jsonl", "--theme", "pink"), "unknown theme 'pink'"),
    "instance": (("streaming-run.jsonl", "--instance", "x"), "no instance 'x'"),
    "model": (("streaming-run.jsonl", "--model", "no.bpmn"), "no.bpmn"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused(cli: Cli, run: Path, words: tuple, message: str) -> None:
    done = cli("timeline", *words)
    assert done.code == 2
    assert message in done.err
