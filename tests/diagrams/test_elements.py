"""Every diagram of `diagrams/elements` does what the file beside it says.

Such a file is TOML: `about` and `clause` of the specification, `shows` (which elements, for the
table of elements), `variables` to begin with, `results` and `errors` per task, `steps` from
outside in their order (a user task to be answered, an event to happen), the `outcome`, and the
`path`: all that was passed, joined and completed.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml import formats
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.program import Program
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError
from tests.core.harness import Driver
from tests.diagrams.shell import DIAGRAMS

ELEMENTS = sorted((DIAGRAMS / "elements").glob("*.bpmn"))
SAID = {"about", "clause", "shows", "variables", "results", "errors", "steps", "outcome", "path"}
NEEDED = {"about", "clause", "shows", "outcome", "path"}


def told(path: Path) -> dict[str, Any]:
    """What the file beside a diagram says of it."""
    return tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))


def compiled(path: Path) -> Program:
    """The program of a diagram, which must come without a finding."""
    program, findings = analyse([formats.read(path)], Options(allow_scripts=True))
    assert findings == []
    assert program is not None
    return program


def handlers(said: Mapping[str, Any]) -> dict[str, Callable[[Any], Any]]:
    """What the tasks of a diagram do."""

    def failing(code: str) -> Callable[[Any], Any]:
        def handler(_: Any) -> Any:
            raise BpmnError(code)

        return handler

    does: dict[str, Callable[[Any], Any]] = {
        task: lambda _, values=values: values for task, values in said.get("results", {}).items()
    }
    return does | {task: failing(code) for task, code in said.get("errors", {}).items()}


def step(driver: Driver, name: str, results: Mapping[str, Any]) -> None:
    """Answer a user task, or let what an event waits for happen."""
    tasks = [
        (scope, node, n)
        for scope, node, n in driver.open_jobs(users=True)
        if driver.program.nodes[node].id == name
    ]
    if tasks:
        driver.send(c.CompleteJob(*tasks[0], results.get(name)))
    else:
        driver.happen(name, results.get(name))


def path_of(driver: Driver) -> list[str]:
    """What was passed, joined and completed, in order."""
    records = [x for x in driver.records if isinstance(x, r.Passed | r.Joined | r.Completed)]
    return [driver.program.nodes[record.node].id for record in records]


@pytest.mark.parametrize("limit", [1, 10_000])
@pytest.mark.parametrize("path", ELEMENTS, ids=lambda path: path.stem)
def test_the_diagram_does_what_is_said(path: Path, limit: int) -> None:
    said = told(path)
    driver = Driver(compiled(path), handlers(said), reload=True, limit=limit)
    driver.run(said.get("variables"))
    for name in said.get("steps", ()):
        step(driver, name, said.get("results", {}))
        driver.go()
    assert path_of(driver) == said["path"]
    assert driver.outcome == said["outcome"]


@pytest.mark.parametrize("path", ELEMENTS, ids=lambda path: path.stem)
def test_the_diagram_is_drawn_and_explained(path: Path) -> None:
    said = told(path)
    assert said.keys() >= NEEDED
    assert said.keys() <= SAID
    definitions = formats.read(path)
    drawn = {getattr(e, "bpmn_element", "") for d in definitions.diagrams for e in d.plane.elements}
    assert {node.id for node in compiled(path).nodes} <= drawn


def test_every_explanation_has_its_diagram() -> None:
    stems = {path.stem for path in (DIAGRAMS / "elements").glob("*.toml")}
    assert stems == {path.stem for path in ELEMENTS}
