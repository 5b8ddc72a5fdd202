"""The command line, run as its users run it: in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from tests.conftest import ROOT

DIAGRAMS = ROOT / "diagrams"


class Said(NamedTuple):
    """What a command printed and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """What it printed, line by line."""
        return self.out.splitlines()


def bpmn_xml(*words: str | Path, folder: Path = ROOT, timeout: float = 60) -> Said:
    """Run `bpmn-xml` with these words."""
    done = subprocess.run(
        [sys.executable, "-m", "bpmn_xml", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        timeout=timeout,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def variables_after(said: Said, result: Path) -> dict[str, Any]:
    """The variables that a run wrote with `--result`, or what it said instead."""
    assert result.is_file(), said.err
    told: dict[str, Any] = json.loads(result.read_text("utf-8"))["variables"]
    return told
