"""Decisions are made from files as well as from what was read."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import UsageError, decide, read_decisions
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


def test_the_input_data_may_come_second() -> None:
    assert decide(LOAN, GIVEN) == decide(LOAN, "", GIVEN)


@pytest.mark.parametrize(("name", "variables"), [(3, None), (GIVEN, GIVEN)])
def test_a_decision_is_named_by_a_text(name: Any, variables: Any) -> None:
    with pytest.raises(UsageError, match=r"named by a text.*: give its id .* variables="):
        decide(LOAN, name, variables)
