"""The verb `diff`: text, JSON, a picture, one file for git."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.fixture
def two(folder: Path) -> tuple[str, str]:
    """A file, and the same with other names."""
    text = (folder / "join.bpmn").read_text("utf-8")
    (folder / "new.bpmn").write_text(text.replace('id="', 'name="x" id="', 3), "utf-8")
    return "join.bpmn", "new.bpmn"


def test_no_difference(cli: Cli) -> None:
    done = cli("diff", "join.bpmn", "join.bpmn")
    assert (done.code, done.out, done.err) == (0, "no difference\n", "")


def test_lines(cli: Cli, two: tuple[str, str]) -> None:
    done = cli("diff", *two)
    assert done.code == 1
    assert done.out.splitlines()[0].startswith("changed  ")
    assert "           name: (none) -> x" in done.out.splitlines()
    assert done.out.splitlines()[-1].endswith("changed")


def test_json(cli: Cli, two: tuple[str, str]) -> None:
    done = cli("diff", "--json", *two)
    found = json.loads(done.out)
    assert done.code == 1
    assert found
    assert set(found[0]) == {"change", "id", "name", "kind", "of", "line", "details"}
    assert {"what": "name", "before": "", "after": "x"} in found[0]["details"]


def test_a_picture(cli: Cli, folder: Path, two: tuple[str, str]) -> None:
    done = cli("diff", *two, "-o", "difference.svg")
    assert (done.code, done.err.splitlines()[-1]) == (1, "bpmn-xml: note: drew difference.svg")
    assert b"as it was" in (folder / "difference.svg").read_bytes()


def test_one_file_is_told(cli: Cli) -> None:
    done = cli("diff", "--semantic", "join.bpmn")
    assert done.code == 0
    assert "drawn/" not in done.out
    assert any(line.startswith("process ") for line in done.out.splitlines())


def test_one_file_cannot_be_drawn(cli: Cli) -> None:
    done = cli("diff", "join.bpmn", "-o", "x.svg")
    assert done.code == 2
    assert "name the other to compare it with" in done.err


def test_an_old_file_is_not_overwritten(cli: Cli, two: tuple[str, str]) -> None:
    done = cli("diff", *two, "-o", "join.bpmn")
    assert done.code == 2
    assert "that is the file that is read" in done.err


def test_what_was_drawn_or_moved_has_a_line_each(cli: Cli, folder: Path) -> None:
    """What was never drawn has not moved, nor what is drawn no more."""
    text = (folder / "join.bpmn").read_text("utf-8")
    (folder / "plain.bpmn").write_text(text, "utf-8")
    assert cli("layout", "plain.bpmn", "-o", "drawn.bpmn").code == 0
    drawn = (folder / "drawn.bpmn").read_text("utf-8")
    (folder / "wider.bpmn").write_text(drawn.replace('x="', 'x="1'), "utf-8")
    pairs = {
        "drawn": ("plain", "drawn"),
        "undrawn": ("drawn", "plain"),
        "moved": ("drawn", "wider"),
    }
    for word, (old, new) in pairs.items():
        *lines, summary = cli("diff", f"{old}.bpmn", f"{new}.bpmn").out.splitlines()
        assert lines
        assert all(line.startswith(f"{word:<9}") for line in lines)
        assert summary == f"{len(lines)} {word}"
    assert json.loads(cli("diff", "--json", "plain.bpmn", "drawn.bpmn").out)[0]["details"]
