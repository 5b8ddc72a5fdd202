"""The loan: a decision says which way the process takes."""

from __future__ import annotations

import json

import pytest

from bpmn_xml import Engine, decide, read, read_decisions
from tests.diagrams.shell import DIAGRAMS, bpmn_xml

FOLDER = DIAGRAMS / "loan"
VARIABLES = json.loads((FOLDER / "loan.json").read_text("utf-8"))
WAYS = [
    ({}, "completed", "paid"),
    ({"debts": 3000}, "completed", "declined"),
    ({"income": 0}, "completed", "declined"),
    ({"amount": 20_000}, None, None),
    ({"debts": 1000}, None, None),
]


@pytest.mark.parametrize(("changed", "outcome", "expected"), WAYS)
def test_every_way(changed, outcome, expected):
    models = [read(FOLDER / "loan.bpmn"), read_decisions(FOLDER / "loan.dmn")]
    with Engine(models) as engine:
        run = engine.start("loan", VARIABLES | changed)
        engine.wait()
        assert [task.name for task in engine.tasks()] == ([] if outcome else ["Look closer"])
    assert run.variables.get("outcome") == expected


def test_the_command_line():
    said = bpmn_xml("run", FOLDER / "loan.bpmn", "--vars", FOLDER / "loan.json", "--quiet")
    assert (said.code, said.lines) == (0, ["paid out 5000 at 3.5 %"])


def test_the_decision_alone():
    model = read_decisions(FOLDER / "loan.dmn")
    assert decide(model, "risk", {"income": 1000, "debts": 500}).value == "medium"
