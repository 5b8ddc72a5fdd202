"""Small drawings as a tester would make them of clauses 10 and 13, and what they do."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml.compiler import Options
from bpmn_xml.testing import Rehearsal
from tests.semantics.drawing import drawn

CASES: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("cases.toml").read_text("utf-8")
)


def happen(stage: Rehearsal, step: list[Any]) -> None:
    """Let one thing happen: a task is done, time goes by, a message or signal comes."""
    what, name, *values = step
    match what:
        case "do":
            stage.runs[0].complete(name, *values)
        case "+":
            stage.advance(name)
        case "msg":
            stage.publish(name, *values)
        case _:
            stage.signal(name)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_drawing_does_what_the_specification_says(case: dict[str, Any]) -> None:
    options = Options(allow_scripts=True)
    with Rehearsal(drawn(case["drawing"]), options=options) as stage:
        if case.get("begins", True):
            stage.start("P", case.get("variables"))
        for step in case.get("steps", ()):
            happen(stage, step)
        run = stage.runs[0]
        assert (run.outcome or run.status) == case.get("outcome", "completed")
        assert case.get("path", " ".join(run.way)) == " ".join(run.way)
        assert {name: run.passed(name) for name in case.get("passed", {})} == case.get("passed", {})
        given = case.get("gives", {})
        assert {name: run.variables.get(name) for name in given} == given
