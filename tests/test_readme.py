"""The README is executed: its consoles, its Python and the files that it shows.

A `console` block is run line by line (`$ …`) and must print what it shows. Any duration is as good
as the one that is shown, and `...` stands for anything. A `python` block is run as it stands;
blocks share their names. A block under a line like "`shop/order.py`:" is written to that file. All
of it happens in a copy of `diagrams/`.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.conftest import ROOT

README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"(?:^`([\w./-]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DURATION = re.compile(r"[\d.]+ (ms|s)\b")
SETUP = "python3 -m venv .venv && .venv/bin/pip install "


class Block(NamedTuple):
    """A block of the README: the file it is, its language, its text, the line it begins on."""

    file: str
    language: str
    text: str
    line: int


BLOCKS = [
    Block(found[1] or "", found[2], found[3], README.count("\n", 0, found.start(3)) + 1)
    for found in BLOCK.finditer(README)
]


def run_console(block: Block, folder: Path) -> None:
    """Run each command and compare what it prints."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
        command, _, wanted = part.partition("\n")
        done = subprocess.run(
            ["bash", "-c", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            cwd=folder,
            env={**os.environ, "PATH": path, "NO_COLOR": "1", "COLUMNS": "100"},
            timeout=60,
        )
        same = OutputChecker().check_output(
            DURATION.sub("T", wanted),
            DURATION.sub("T", done.stdout),
            ELLIPSIS | NORMALIZE_WHITESPACE,
        )
        assert same, f"README.md:{block.line}: $ {command}\n{done.stdout}\ninstead of\n{wanted}"


def run_python(block: Block, names: dict[str, Any]) -> None:
    """Run a block of Python."""
    code = compile("\n" * (block.line - 1) + block.text, ROOT / "README.md", "exec")
    exec(code, names)


def test_readme_does_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "diagrams", tmp_path / "diagrams")
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {"__name__": "readme"}
    for block in BLOCKS:
        if block.file:
            target = tmp_path / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(block.text, "utf-8")
        elif block.language == "console":
            run_console(block, tmp_path)
        elif block.language == "python":
            run_python(block, names)


def test_two_commands_set_up_and_do_the_job_and_the_tests() -> None:
    commands = [block.text.splitlines() for block in BLOCKS if block.language == "sh"]
    assert [len(lines) for lines in commands] == [1, 1]
    job, tests = (lines[0] for lines in commands)
    assert job.startswith(f"{SETUP}-q . && .venv/bin/bpmn-xml run ")
    assert tests.startswith(f"{SETUP}-q -e '.[dev]' && .venv/bin/python -m pytest")


@pytest.mark.parametrize("path", re.findall(r"\]\(([^)#:]+)\)", README))
def test_readme_points_at_files_that_are_there(path: str) -> None:
    assert (ROOT / path).exists()
