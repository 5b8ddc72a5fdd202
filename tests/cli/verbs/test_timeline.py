"""Runs over time, from the command line."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bpmn_xml import Engine, ManualClock
from tests.cli.conftest import Cli
from tests.conftest import ROOT
from tests.documents import DEFINITIONS

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


def test_a_run_without_work_is_said(cli: Cli, folder: Path) -> None:
    text = '<process id="P" isExecutable="true"><startEvent id="s"/></process></definitions>'
    (folder / "p.bpmn").write_text(f"{DEFINITIONS}{text}", "utf-8")
    cli("run", "p.bpmn", "--trace", "t.jsonl")
    assert "t.jsonl: nothing in it took time" in cli("timeline", "t.jsonl").err


CALLER = """<process id="P" isExecutable="true"><startEvent id="s"/><callActivity id="c" name="Ask"
calledElement="Q"/><sequenceFlow id="f" sourceRef="s" targetRef="c"/></process></definitions>"""
CALLED = """<process id="Q" isExecutable="true"><startEvent id="s"/><userTask id="t" name="Answer"/>
<sequenceFlow id="f" sourceRef="s" targetRef="t"/></process></definitions>"""


def test_what_is_called_has_names_and_what_waits_lasts_until_the_end(
    cli: Cli, folder: Path
) -> None:
    for name, text in (("p.bpmn", CALLER), ("q.bpmn", CALLED)):
        (folder / name).write_text(f"{DEFINITIONS}{text}", "utf-8")
    with Engine(["p.bpmn", "q.bpmn"], clock=ManualClock(0), trace="t.jsonl") as engine:
        engine.start("P", instance="one")
        engine.settle(1)
        engine.clock.advance(timedelta(minutes=1))
        engine.start("P", instance="two")
        engine.settle(1)
    cli("timeline", "t.jsonl", "--instance", "one", "-o", "t.svg")
    picture = (folder / "t.svg").read_text("utf-8")
    assert ">Answer</text>" in picture
    assert ">1 min, waiting</text>" in picture


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
