"""Data stores that are kept in files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.diagrams.shell import DIAGRAMS

SHELF = str(DIAGRAMS / "elements" / "data-store.bpmn")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, {"lamps": 3}),
        ({"lamps": 9, "bulbs": 1}, {"lamps": 3, "bulbs": 1}),
        ({"lamps": 3}, {"lamps": 3}),
    ],
)
def test_a_store_is_read_and_kept(
    cli: Cli, folder: Path, before: dict[str, int] | None, after: dict[str, int]
) -> None:
    file = folder / "shelf.json"
    if before is not None:
        file.write_text(json.dumps(before))
    done = cli("run", SHELF, "--allow-scripts", "--store", f"shelf={file}", "-q")
    assert (done.code, done.err) == (0, "")
    assert json.loads(file.read_text()) == after
    if before == after:
        assert file.read_text() == json.dumps(before)


def test_a_store_without_a_file(cli: Cli) -> None:
    done = cli("run", SHELF, "--allow-scripts", "-q")
    assert (done.code, done.err) == (0, "")


@pytest.mark.parametrize(
    ("store", "what"),
    [
        ("shell=s.json", "did you mean 'shelf'?"),
        ("box=s.json", "use shelf"),
        ("shelf", "'shelf' is not of the form NAME=VALUE"),
        ("shelf=list.json", "this is no object of names and values, but a list"),
        ("shelf=nowhere/s.json", "there is no folder nowhere"),
    ],
)
def test_what_is_no_store(cli: Cli, folder: Path, store: str, what: str) -> None:
    (folder / "list.json").write_text("[]")
    done = cli("run", SHELF, "--allow-scripts", "--store", store, "-q")
    assert done.code == 2
    assert what in done.err
    assert not (folder / "s.json").exists()


def test_a_drawing_without_a_store(cli: Cli) -> None:
    done = cli("run", "greet.bpmn", "--store", "shelf=s.json")
    assert done.code == 2
    assert "there is no data store 'shelf' in use" in done.err
