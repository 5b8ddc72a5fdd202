"""The command line, called in this process, in a folder with diagrams."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from bpmn_xml.cli.main import main
from tests.cli.files import write_files


class Done(NamedTuple):
    """What a call left: the exit code, and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the diagrams of `files`, the current one."""
    write_files(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NO_COLOR", "1")
    return tmp_path


Cli = Callable[..., Done]


@pytest.fixture
def cli(folder: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Call the program."""

    def call(*words: str) -> Done:
        code = main(words)
        printed = capsys.readouterr()
        assert "Traceback" not in printed.err or "--debug" in words
        return Done(code, printed.out, printed.err)

    return call
