"""The order process: each way through it, its retry and its error."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml import formats
from bpmn_xml.runtime import run
from tests.diagrams.shell import DIAGRAMS, bpmn_xml, variables_after

ORDER = DIAGRAMS / "order" / "order.bpmn"

WAYS = {
    "shipped": (
        {"item": "lamp", "quantity": 2, "credit": 100},
        {"in_stock": True, "paid": 80, "parcel": "2 x lamp"},
        "shipped 2 x lamp\n",
    ),
    "payment refused": (
        {"item": "lamp", "quantity": 3, "credit": 100},
        {"in_stock": True},
        "cancelled: no money for lamp\n",
    ),
    "out of stock": (
        {"item": "chair", "quantity": 1, "credit": 100},
        {"in_stock": False},
        "out of stock: chair\n",
    ),
}


@pytest.mark.parametrize(("given", "written", "printed"), WAYS.values(), ids=WAYS)
def test_each_way(
    tmp_path: Path, given: dict[str, Any], written: dict[str, Any], printed: str
) -> None:
    (tmp_path / "order.json").write_text(json.dumps(given), "utf-8")
    result = tmp_path / "result.json"
    said = bpmn_xml("run", ORDER, "--vars", tmp_path / "order.json", "--result", result)
    assert (said.code, said.out) == (0, printed), said.err
    assert variables_after(said, result) == given | written


@pytest.mark.parametrize(("given", "written", "printed"), WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("workers", [0, 4])
def test_each_way_by_the_api(
    workers: int,
    given: dict[str, Any],
    written: dict[str, Any],
    printed: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    done = run(formats.read(ORDER), given, workers=workers)
    assert (done.outcome, done.variables) == ("completed", given | written)
    assert capsys.readouterr().out == printed


def test_the_bank_is_asked_twice(tmp_path: Path) -> None:
    trace = tmp_path / "run.jsonl"
    said = bpmn_xml("run", ORDER, "--vars", ORDER.with_name("order.json"), "--trace", trace)
    assert said.code == 0, said.err
    stats = json.loads(bpmn_xml("trace", "stats", trace, "--json").out)
    assert {node["id"]: node["failures"] for node in stats["nodes"] if node["failures"]} == {
        "charge": 1
    }
