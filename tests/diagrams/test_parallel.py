"""Ten branches that wait 0.1 s each wait together."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from bpmn_xml import formats
from bpmn_xml.runtime import Engine
from tests.diagrams.shell import DIAGRAMS, bpmn_xml, variables_after
from tests.runtime.harness import WAIT

PARALLEL = DIAGRAMS / "parallel" / "parallel.bpmn"
SHOP = 0.1
"""Seconds that each of ten shops takes."""


def test_prices_are_compared(tmp_path: Path) -> None:
    said = bpmn_xml("run", PARALLEL, "--result", tmp_path / "result.json")
    assert (said.code, said.out) == (0, "price_10: 70\n"), said.err
    found = variables_after(said, tmp_path / "result.json")
    assert (found["best"], found["lowest"], len(found)) == ("price_10", 70, 12)


def test_waiting_is_really_parallel(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each branch waits until all ten do."""
    together, sleep = threading.Barrier(10), time.sleep
    monkeypatch.setattr(
        time, "sleep", lambda seconds: together.wait(WAIT) if seconds == SHOP else sleep(seconds)
    )
    with Engine(formats.read(PARALLEL)) as engine:
        run = engine.start()
        assert run.wait(WAIT)
        assert run.outcome == "completed", run.incidents
