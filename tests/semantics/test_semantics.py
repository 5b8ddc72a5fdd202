"""Small drawings as a tester would make them of clauses 10 and 13, and what they do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from bpmn_xml.compiler import Options
from bpmn_xml.errors import BindingError, CheckError
from bpmn_xml.testing import Rehearsal
from tests.documents import DEFINITIONS, flows
from tests.semantics.drawing import drawn

OPTIONS: Final = Options(allow_scripts=True)


def read(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))


def written(text: str) -> bytes:
    """A file in which `{D}` is the root's tag, and `{a b c}` are sequence flows."""
    text = text.strip().replace("{D}", DEFINITIONS)
    return re.sub(r"\{(\w+(?: \w+)+)\}", lambda chain: flows(chain[1]), text).encode()


CASES: Final = read("cases.toml")
LOGS: Final = [
    pytest.param(case["drawing"], case | when, id=f"{name}-{n}")
    for file in ("log.toml", "items.toml", "incidents.toml")
    for name, case in read(file).items()
    for n, when in enumerate(case["when"])
]
SHAPES: Final = read("shapes.toml")
RUN: Final = [
    pytest.param(case["xml"], case | when, id=f"{name}-{n}")
    for name, case in SHAPES.items()
    for n, when in enumerate(case.get("when", ()))
]
REFUSED: Final = {name: case for name, case in SHAPES.items() if "refused" in case}


def happen(stage: Rehearsal, step: list[Any]) -> None:
    """Let one thing happen: a task is done, time goes by, a message or signal comes."""
    what, name, *values = step
    match what:
        case "do":
            open_in = (run for run in stage.runs if name in [task.node for task in run.tasks])
            next(open_in, stage.runs[0]).complete(name, *values)
        case "claim" | "assign" | "change":
            (task,) = [task for task in stage.runs[0].tasks if task.node == name][:1]
            told = values[0] if what == "change" else {"user": values[0]}
            getattr(task, what)(**told)
        case "+":
            stage.advance(name)
        case "msg":
            stage.publish(name, *values)
        case "set":
            stage.runs[0].set_variables(name)
        case "retry":
            stage.runs[0].incidents[0].retry(variables=name)
        case "skip":
            stage.runs[0].incidents[0].skip(variables=name)
        case "sig":
            stage.signal(name, *values)
        case _:
            raise ValueError(what)


def play(stage: Rehearsal, case: dict[str, Any], variables: str) -> None:
    """Let all happen that a case tells."""
    if case.get("begins", True):
        stage.start("P", case.get(variables))
    for step in case.get("steps", ()):
        happen(stage, step)


def logged(stage: Rehearsal) -> str:
    """The ids of all tasks that were entered, by instance."""
    nodes = stage.engine.program.nodes
    tasks = {node.id for node in nodes if node.kind.name.endswith("TASK")}
    return " | ".join(" ".join(name for name in run.way if name in tasks) for run in stage.runs)


def producers(case: dict[str, Any]) -> dict[str, Callable[[], Iterator[Any]]]:
    """The Python of a case: what its tasks emit."""

    def emitting(values: list[Any]) -> Callable[[], Iterator[Any]]:
        def emit() -> Iterator[Any]:
            yield from values

        return emit

    return {name: emitting(values) for name, values in case.get("emits", {}).items()}


def compare(source: bytes, case: dict[str, Any]) -> None:
    """Run a drawing, and compare what it logs, how it ends and what it leaves."""
    with Rehearsal(source, producers(case), options=OPTIONS) as stage:
        play(stage, case, "with")
        run, log = stage.runs[0], logged(stage)
        assert (run.outcome or run.status) == case.get("outcome", "completed")
        assert log == case.get("log", log)
        assert sorted(log.split()) == sorted(case.get("any", log).split())
        given = case.get("gives", {})
        assert {name: run.variables.get(name, "absent") for name in given} == given


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_drawing_does_what_the_specification_says(case: dict[str, Any]) -> None:
    with Rehearsal(drawn(case["drawing"]), options=OPTIONS) as stage:
        play(stage, case, "variables")
        run = stage.runs[0]
        assert (run.outcome or run.status) == case.get("outcome", "completed")
        assert case.get("path", " ".join(run.way)) == " ".join(run.way)
        assert {name: run.passed(name) for name in case.get("passed", {})} == case.get("passed", {})
        given = case.get("gives", {})
        assert {name: run.variables.get(name) for name in given} == given


@pytest.mark.parametrize(("text", "case"), LOGS)
def test_a_drawing_logs_what_the_specification_says(text: str, case: dict[str, Any]) -> None:
    compare(drawn(text), case)


@pytest.mark.parametrize(("text", "case"), RUN)
def test_a_file_does_the_same_however_it_is_written(text: str, case: dict[str, Any]) -> None:
    compare(written(text), case)


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_what_means_nothing_is_refused(case: dict[str, Any]) -> None:
    with pytest.raises((CheckError, BindingError)) as refusal:
        Rehearsal(written(case["xml"]), options=OPTIONS)
    assert [finding.code for finding in refusal.value.findings] == [case["refused"]]
