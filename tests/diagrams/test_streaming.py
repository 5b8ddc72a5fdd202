"""The streaming process: every reading is an item, and the sub-process gathers them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.diagrams.shell import DIAGRAMS, bpmn_xml, variables_after

STREAMING = DIAGRAMS / "streaming" / "streaming.bpmn"


@pytest.mark.parametrize("workers", ["1", "16"])
def test_all_readings_are_gathered(tmp_path: Path, workers: str) -> None:
    result = tmp_path / "result.json"
    said = bpmn_xml("run", STREAMING, "--workers", workers, "--result", result)
    assert said.code == 0, said.err
    assert said.out == "21 readings, warmest: Dakar with 42.2 degrees\n"
    found = variables_after(said, result)
    assert not Path(found.pop("store")).exists()
    assert found == {"kept": 21, "station": "Dakar", "celsius": 42.2}


def test_items_run_through_the_nodes_one_by_one(tmp_path: Path) -> None:
    trace = tmp_path / "run.jsonl"
    assert bpmn_xml("run", STREAMING, "--trace", trace).code == 0
    stats = json.loads(bpmn_xml("trace", "stats", trace, "--json").out)
    counts = {node["id"]: node["count"] for node in stats["nodes"]}
    assert [counts[node] for node in ("read", "plausible", "convert", "kept", "left_out")] == [
        *(1, 24, 21, 21, 3)
    ]
    assert (stats["items"], counts["report"]) == (24, 1)
