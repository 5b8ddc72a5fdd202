"""Decisions are made from files as well as from what was read."""

from __future__ import annotations

import pytest

from bpmn_xml import decide, read_decisions
from bpmn_xml.formats.decide import Source
from tests.conftest import ROOT

LOAN = ROOT / "diagrams" / "loan" / "loan.dmn"
GIVEN = {"income": 3000, "debts": 900}


@pytest.mark.parametrize(
    "models",
    [LOAN, str(LOAN), LOAN.read_bytes(), read_decisions(LOAN), [LOAN], [read_decisions(LOAN)]],
    ids=["path", "text", "bytes", "model", "paths", "models"],
)
def test_what_models_may_be(models: Source | list[Source]) -> None:
    assert decide(models, "risk", GIVEN).value == "medium"
