"""Run a small diagram as the file beside it says, in the core alone or in an engine.

The file is TOML: `about` and `clause` of the specification, `shows` (which rows of the table of
elements), `variables` to begin with, `results` and `errors` per task. For the core alone there are
`steps` from outside in their order (a user task to be answered, an event to happen), the `outcome`,
and the `path`: all that was passed, joined and completed. For an engine, where processes begin each
other and talk, there are the processes that `begin`, `steps` as in a file of answers, and `runs` in
the order in which they began: `process`, `outcome`, and the `path`, all that was entered. `stub =
false` runs it as it is, with nothing that passes for want of data.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bpmn_xml import formats
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.program import Program
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.errors import BpmnError
from bpmn_xml.runtime.scenario import Play, read_steps
from bpmn_xml.testing import Rehearsal
from tests.core.harness import Driver

OPTIONS = Options(allow_scripts=True, stub=True)


def told(path: Path) -> dict[str, Any]:
    """What the file beside a diagram says of it."""
    return tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))


def compiled(path: Path) -> Program:
    """The program of a diagram, which must come without a finding."""
    program, findings = analyse([formats.read(path)], OPTIONS)
    assert findings == []
    assert program is not None
    return program


def passed_alone(path: Path, said: Mapping[str, Any], limit: int) -> list[dict[str, Any]]:
    """Run it in the core, with the state dumped and loaded after every batch."""
    driver = Driver(compiled(path), handlers_of(said), reload=True, limit=limit)
    driver.run(said.get("variables"))
    for name in said.get("steps", ()):
        step(driver, name, said.get("results", {}))
        driver.go()
    records = [x for x in driver.records if isinstance(x, r.Passed | r.Joined | r.Completed)]
    passed = [driver.program.nodes[record.node].id for record in records]
    return [{"outcome": driver.outcome, "path": passed}]


def played(path: Path, said: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Run it in an engine, as the command line does."""
    handlers = {name: _called(handler) for name, handler in handlers_of(said).items()}
    options = Options(allow_scripts=True, stub=said.get("stub", True))
    with Rehearsal(path, handlers=handlers, options=options) as stage:
        for process in said.get("begin", ()):
            stage.start(process, said.get("variables"))
        play = Play(stage.engine, read_steps(said.get("steps", [])))
        assert play.go_on()
        assert not play.left
        flows = {flow.id for flow in stage.engine.program.flows}
        return [
            {
                "process": run.process,
                "outcome": run.outcome,
                "path": [name for name in run.trail if name not in flows],
            }
            for run in stage.runs
        ]


def _called(handler: Callable[[Any], Any]) -> Callable[[], Any]:
    return lambda: handler({})


def handlers_of(said: Mapping[str, Any]) -> dict[str, Callable[[Any], Any]]:
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
