"""Replays from the command line: the diagram is known from the trace."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from bpmn_xml.cli.verbs import replay
from tests.cli.conftest import Cli
from tests.conftest import ROOT

ORDER = ROOT / "diagrams" / "order"


@pytest.fixture
def run(folder: Path) -> Path:
    for name in ("order.bpmn", "order-run.jsonl"):
        shutil.copy(ORDER / name, folder / name)
    return folder


@pytest.mark.parametrize(("name", "start"), [("r.html", "<!DOCTYPE html>"), ("r.svg", "<?xml")])
def test_the_diagram_is_found_beside_the_trace(cli: Cli, run: Path, name: str, start: str) -> None:
    done = cli("replay", "order-run.jsonl", "-o", name)
    assert (done.code, done.err) == (0, f"bpmn-xml: note: wrote {name}\n")
    assert (run / name).read_text("utf-8").startswith(start)


def test_it_stands_beside_the_trace_and_goes_to_stdout(cli: Cli, run: Path) -> None:
    assert cli("replay", "order-run.jsonl").err == "bpmn-xml: note: wrote order-run.html\n"
    assert cli("replay", "order-run.jsonl", "-o", "-").out.startswith("<!DOCTYPE html>")


def test_another_file_is_told(cli: Cli, run: Path) -> None:
    text = (run / "order.bpmn").read_text("utf-8")
    (run / "other.bpmn").write_text(text + "\n", "utf-8")
    done = cli("replay", "order-run.jsonl", "--model", "other.bpmn", "-o", "r.svg")
    assert done.code == 0
    assert "other.bpmn is not the file that order-run.jsonl is of" in done.err


def test_a_torn_trace_is_told(cli: Cli, run: Path) -> None:
    data = (run / "order-run.jsonl").read_bytes()
    (run / "order-run.jsonl").write_bytes(data[:-20])
    assert "the last line is cut off" in cli("replay", "order-run.jsonl").err


WRONG = {
    "no trace": (("order.bpmn",), "this is no trace"),
    "no such file": (("no.jsonl",), "cannot read the trace"),
    "format": (
        ("order-run.jsonl", "-o", "r.gif"),
        "use one of .html, .svg",
    ),
    "itself": (("order-run.jsonl", "--model", "order.bpmn", "-o", "order-run.svg/x.svg"), "folder"),
    "plane": (("order-run.jsonl", "--plane", "7"), "no plane '7'"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused(cli: Cli, run: Path, words: tuple, message: str) -> None:
    done = cli("replay", *words)
    assert done.code == 2
    assert message in done.err


def test_a_diagram_that_is_gone_can_be_named(cli: Cli, run: Path) -> None:
    (run / "order.bpmn").unlink()
    done = cli("replay", "order-run.jsonl")
    assert done.code == 2
    assert "is not where it was (diagrams/order/order.bpmn), nor beside the trace" in done.err
    assert "name it with --model" in done.err


def test_of_a_long_run_the_beginning_is_shown(
    cli: Cli, run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = cli("replay", "order-run.jsonl", "-o", "-").out
    monkeypatch.setitem(replay.MOST_RECORDS, ".html", 10)
    done = cli("replay", "order-run.jsonl", "-o", "-")
    assert re.fullmatch(r"bpmn-xml: note: the first \d+ of \d\d+ records are shown\n", done.err)
    assert len(done.out) < len(whole)
