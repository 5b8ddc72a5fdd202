"""Drawing: by the suffix, with a trace on top, never over what is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.conftest import ROOT

BEGINNINGS = {"svg": b"<?xml", "png": b"\x89PNG", "dot": b"digraph", "pdf": b"%PDF"}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_the_suffix_is_the_format(cli: Cli, folder: Path, kind: str) -> None:
    done = cli("draw", "join.bpmn", "-o", f"p.{kind}")
    assert (done.code, done.err) == (0, f"bpmn-xml: note: drew p.{kind}\n")
    data = (folder / f"p.{kind}").read_bytes()
    assert BEGINNINGS[kind] in data[:200]


def test_without_a_name_it_stands_beside(cli: Cli, folder: Path) -> None:
    assert cli("draw", "join.bpmn").code == 0
    assert cli("draw", "join.bpmn", "--format", "dot").code == 0
    assert (folder / "join.svg").exists()
    assert (folder / "join.dot").exists()


def test_it_goes_to_stdout(cli: Cli) -> None:
    done = cli("draw", "join.bpmn", "-o", "-")
    assert "<svg" in done.out
    assert done.err == ""
    assert "digraph" in cli("draw", "join.bpmn", "-o", "-", "--format", "dot").out


def test_other_drawings_of_the_file_are_told(cli: Cli, folder: Path) -> None:
    cli("layout", "join.bpmn", "-o", "one.bpmn")
    text = (folder / "one.bpmn").read_text("utf-8")
    drawn = re.search(r"<bpmndi:BPMNDiagram .*</bpmndi:BPMNDiagram>", text, re.DOTALL)
    assert drawn is not None
    second = re.sub(r'\bid="', 'name="Details" id="x', drawn[0], count=1)
    second = re.sub(r'(?<!name="Details" )\bid="', 'id="x', second)
    (folder / "two.bpmn").write_text(text.replace(drawn[0], drawn[0] + second), "utf-8")
    told = "note: the file has other drawings, too: --plane 2 (Details)\n"
    assert told in cli("draw", "two.bpmn", "-o", "p.svg").err
    assert "other drawings" not in cli("draw", "two.bpmn", "-o", "p.svg", "--plane", "2").err
    assert "other drawings" not in cli("draw", "one.bpmn", "-o", "p.svg").err
    assert "other drawings" not in cli("draw", "two.bpmn", "-o", "p.html").err
    assert "#plane=2" in (folder / "p.html").read_text("utf-8")


WRONG = {
    "format": (("join.bpmn", "-o", "p.gif"), "unknown picture format '.gif'"),
    "no suffix": (("join.bpmn", "-o", "p"), "p has no suffix"),
    "theme": (("join.bpmn", "-o", "p.svg", "--theme", "pink"), "pink"),
    "plane": (("join.bpmn", "-o", "p.svg", "--plane", "7"), "no plane '7'"),
    "folder": (("join.bpmn", "-o", "no/p.svg"), "there is no folder no"),
    "itself": (
        ("join.bpmn", "-o", "join.bpmn", "--format", "svg"),
        "that is the file that is read",
    ),
    "no trace": (("join.bpmn", "--trace", "no.jsonl"), "cannot read the trace 'no.jsonl'"),
    "another file": (("join.bpmn", "--trace", "join.bpmn"), "this is no trace"),
    "no diagram": (("notes.txt",), "unknown format '.txt'"),
}


@pytest.mark.parametrize(("words", "message"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused(cli: Cli, words: tuple[str, ...], message: str) -> None:
    done = cli("draw", *words)
    assert done.code == 2
    assert message in done.err


@pytest.fixture
def traced(cli: Cli) -> Cli:
    assert cli("run", "join.bpmn", "--trace", "run.jsonl", "-q").code == 3
    return cli


def classes(picture: str, id_: str) -> set[str]:
    found = re.search(rf'id="{id_}"[^>]*class="([^"]*)"', picture)
    assert found is not None
    return set(found[1].split())


def test_a_trace_is_drawn_on_top(traced: Cli, folder: Path) -> None:
    done = traced("draw", "join.bpmn", "--trace", "run.jsonl", "-o", "p.svg")
    assert done.err == "bpmn-xml: note: drew p.svg\n"
    picture = (folder / "p.svg").read_text("utf-8")
    states = {name: classes(picture, name) for name in ("quick", "slow", "join", "end")}
    assert "done" in states["quick"]
    assert "waiting" in states["slow"]
    assert "waiting" in states["join"]
    assert "untouched" in states["end"]


def test_a_torn_trace_is_drawn_and_told(traced: Cli, folder: Path) -> None:
    with (folder / "run.jsonl").open("ab") as file:
        file.write(b'{"instance": "P')
    done = traced("draw", "join.bpmn", "--trace", "run.jsonl")
    assert done.code == 0
    assert "run.jsonl: the last line is cut off" in done.err


def test_a_changed_file_is_told(traced: Cli, folder: Path) -> None:
    file = folder / "join.bpmn"
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    done = traced("draw", "join.bpmn", "--trace", "run.jsonl")
    assert done.code == 0
    assert "warning: join.bpmn is not the file that run.jsonl is of, or has changed" in done.err


def test_the_trace_of_something_else_is_refused(traced: Cli) -> None:
    traced("run", "greet.bpmn", "--trace", "other.jsonl", "-q")
    done = traced("draw", "two.bpmn", "--trace", "other.jsonl")
    assert done.code == 2
    assert "other.jsonl is not of this diagram" in done.err


def test_of_several_files_each_is_drawn_with_its_own(cli: Cli, folder: Path) -> None:
    from tests.cli.files import bpmn, chain, process

    callers = process(chain("task x", "callActivity c calledElement='Q'"), id_="P")
    called = process(chain("task x", "task y"), id_="Q")
    (folder / "p.bpmn").write_text(bpmn(callers), "utf-8")
    (folder / "q.bpmn").write_text(bpmn(called), "utf-8")
    words = ("run", "p.bpmn", "q.bpmn", "--process", "P", "--trace", "t.jsonl", "-q")
    assert cli(*words).code == 0
    for name in ("p", "q"):
        assert cli("draw", f"{name}.bpmn", "--trace", "t.jsonl").code == 0
        picture = (folder / f"{name}.svg").read_text("utf-8")
        assert "done" in classes(picture, "x")


def test_the_path_of_one_item(cli: Cli, folder: Path) -> None:
    streaming = ROOT / "diagrams" / "streaming"
    words = ("draw", str(streaming / "streaming.bpmn"), "-o", "p.svg", "--trace")
    trace = str(streaming / "streaming-run.jsonl")
    assert cli(*words, trace, "--item", "read.1:4", "--instance", "streaming-1").code == 0
    picture = (folder / "p.svg").read_text("utf-8")
    names = ("prepare", "read", "convert", "keep", "report")
    reached = [name for name in names if "done" in classes(picture, name)]
    assert reached == ["read", "convert", "keep"]
    done = cli(*words, trace, "--item", "read.1:99")
    assert (done.code, "no item 'read.1:99'" in done.err) == (2, True)


def test_an_item_needs_a_trace(cli: Cli) -> None:
    done = cli("draw", "join.bpmn", "--item", "a.1:1")
    assert (done.code, "name it with --trace" in done.err) == (2, True)


def test_a_style_sheet_of_the_user(cli: Cli, folder: Path) -> None:
    (folder / "house.css").write_text(".bpmn-xml .shape{fill:#abcdef}", "utf-8")
    assert cli("draw", "join.bpmn", "--style", "house.css", "-o", "p.html").code == 0
    assert ".bpmn-xml .shape{fill:#abcdef}</style>" in (folder / "p.html").read_text("utf-8")
    done = cli("draw", "join.bpmn", "--style", "no.css", "-o", "p.svg")
    assert (done.code, "cannot read the style sheet 'no.css'" in done.err) == (2, True)
    (folder / "house.css").write_text(".shape{fill:red}\x1b", "utf-8")
    done = cli("draw", "join.bpmn", "--style", "house.css", "-o", "p.svg")
    assert (done.code, "the style sheet has the character U+001B" in done.err) == (2, True)
