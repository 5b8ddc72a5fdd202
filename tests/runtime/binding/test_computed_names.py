"""Tasks whose Python is named by an expression find it when they come, or are incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options
from bpmn_xml.formats import write
from bpmn_xml.runtime import Run, TaskContext, run, task
from bpmn_xml.runtime.binding import decorator
from tests.compiler.drawing import around, extended, said, told, word

CAMUNDA8 = m.ServiceTask(id="t", **extended(word("zeebe:taskDefinition", type='= "do_" + what')))
CAMUNDA7 = m.ServiceTask(id="t", **said(camunda_type="external", camunda_topic="do_${what}"))


def do_add(a: int) -> dict[str, int]:
    return {"sum": a + 1}


async def do_wait(a: int) -> dict[str, int]:
    return {"sum": a + 2}


def do_look(context: TaskContext) -> dict[str, Any]:
    return {"sum": context.node}


def do_many() -> Iterator[int]:
    yield 1


LISTENER = m.Task(
    id="t",
    **extended(
        word(
            "zeebe:executionListeners",
            word("zeebe:executionListener", eventType="end", type='= "do_" + what'),
        )
    ),
)

HANDLERS: dict[str, Callable[..., Any]] = {
    function.__name__: function for function in (do_add, do_wait, do_look, do_many)
}


def done(what: object, drawn: m.Task = CAMUNDA8) -> Run:
    return run(around(drawn), {"what": what, "a": 1}, HANDLERS, workers=0)


@pytest.mark.parametrize("drawn", [CAMUNDA7, CAMUNDA8, LISTENER])
@pytest.mark.parametrize(("what", "expected"), [("add", 2), ("wait", 3)])
def test_the_expression_names_the_function(drawn: m.Task, what: str, expected: object) -> None:
    assert done(what, drawn).variables["sum"] == expected


@pytest.mark.parametrize(("drawn", "node"), [(CAMUNDA7, "t"), (LISTENER, "t/end")])
def test_what_is_named_is_told_where_it_stands(drawn: m.Task, node: str) -> None:
    assert done("look", drawn).variables["sum"] == node


WRONG = [
    ("ad", "nothing is bound to 'do_ad'"),
    (None, "names no Python"),
    ("many", "'do_many' gives many results, and must be known before"),
]


@pytest.mark.parametrize(("what", "message"), WRONG)
def test_what_is_not_there_is_an_incident(what: object, message: str) -> None:
    (incident,) = done(what).incidents
    assert message in incident.message


def test_an_expression_that_fails_is_an_incident() -> None:
    (incident,) = run(around(CAMUNDA7), {}, HANDLERS, workers=0).incidents
    assert "'do_${what}' names no Python" in incident.message


def test_registered_functions_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decorator, "_REGISTERED", {})
    task("do_it")(lambda: {"sum": 9})
    assert done("it").variables["sum"] == 9


def test_a_stub_run_lets_it_pass() -> None:
    finished = run(around(CAMUNDA8), options=Options(stub=True))
    assert finished.outcome == "completed"


def test_an_expression_that_cannot_be_read_is_refused() -> None:
    broken = m.ServiceTask(id="t", **extended(word("zeebe:taskDefinition", type="= 1 +")))
    (line,) = told(around(broken))
    assert line.startswith("error BX110 t: its task type '= 1 +' is no FEEL")


def test_a_computed_name_is_found_beside_the_drawing(tmp_path: Path) -> None:
    (tmp_path / "ships.py").write_text("def do_add(a):\n    return {'sum': a + 1}\n", "utf-8")
    write(around(CAMUNDA8), tmp_path / "ships.bpmn")
    done = run(tmp_path / "ships.bpmn", {"what": "add", "a": 1}, workers=0)
    assert done.variables["sum"] == 2
    done = run(tmp_path / "ships.bpmn", {"what": "ad", "a": 1}, workers=0)
    assert "nothing is bound to 'do_ad': did you mean 'do_add'?" in done.incidents[0].message
