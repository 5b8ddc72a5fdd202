"""Ten branches that wait 0.1 s each wait together."""

from __future__ import annotations

import time
from pathlib import Path

from bpmn_xml import formats
from bpmn_xml.runtime import Engine
from tests.diagrams.shell import DIAGRAMS, bpmn_xml, variables_after

PARALLEL = DIAGRAMS / "parallel" / "parallel.bpmn"
ONE_AFTER_THE_OTHER = 1.0
"""Seconds."""


def test_prices_are_compared(tmp_path: Path) -> None:
    said = bpmn_xml("run", PARALLEL, "--result", tmp_path / "result.json")
    assert (said.code, said.out) == (0, "price_10: 70\n"), said.err
    found = variables_after(said, tmp_path / "result.json")
    assert (found["best"], found["lowest"], len(found)) == ("price_10", 70, 12)


def test_waiting_is_really_parallel() -> None:
    with Engine(formats.read(PARALLEL)) as engine:
        began = time.monotonic()
        engine.start().wait()
        assert time.monotonic() - began < ONE_AFTER_THE_OTHER / 2
