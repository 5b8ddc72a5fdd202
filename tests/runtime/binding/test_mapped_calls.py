"""Calls whose variables Python maps, as a variable mapping of Camunda 7 does."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.runtime import Engine
from tests.compiler.drawing import around, extended, flows, said, word
from tests.runtime.harness import WAIT

INNER = m.Process(
    id="Q", flow_elements=(m.StartEvent(id="s1"), m.ServiceTask(id="t"), *flows("s1 t"))
)
NAMES = [{"camunda_variableMappingClass": "org.acme.M"},
         {"camunda_variableMappingDelegateExpression": "${org.acme.M}"}]  # fmt: skip


def called(*words: m.ForeignElement, **attributes: str) -> m.Definitions:
    call = m.CallActivity(id="w", called_element="Q", **said(**attributes), **extended(*words))
    return around(call, roots=(INNER,))


def ran(drawing: m.Definitions, into: Any = None, back: Any = None) -> tuple[Any, dict[str, Any]]:
    """The run, and what is seen inside; `into` and `back` are Python's answers."""
    seen: dict[str, Any] = {}

    def work(context: Any) -> dict[str, Any]:
        seen.update(context.variables)
        return {"own": 2}

    handlers = {
        "t": work, "org.acme.M.mapInputVariables": into, "org.acme.M.mapOutputVariables": back
    }  # fmt: skip
    with Engine(drawing, handlers, workers=0) as engine:
        run = engine.start("P", {"a": 1})
        run.wait(WAIT)
    return run, seen


@pytest.mark.parametrize("named", NAMES)
def test_python_says_what_goes_in_and_comes_back(named: dict[str, str]) -> None:
    run, seen = ran(called(**named), lambda a: {"x": a + 1}, lambda a, own, x: {"sum": a + own + x})
    assert run.outcome == "completed"
    assert seen == {"x": 2}
    assert run.variables == {"a": 1, "sum": 5}


def test_what_is_drawn_is_passed_too() -> None:
    passes = word("camunda:in", source="a", target="y"), word("camunda:out", source="own")
    run, seen = ran(called(*passes, **NAMES[0]), lambda: None, lambda: None)
    assert run.outcome == "completed"
    assert seen == {"y": 1}
    assert run.variables == {"a": 1, "own": 2}


def test_what_goes_in_is_a_mapping() -> None:
    run, _ = ran(called(**NAMES[0]), lambda: 5, lambda: None)
    (incident,) = run.incidents
    assert "a int is no mapping of names to values" in incident.message


def test_a_stub_run_maps_nothing() -> None:
    from bpmn_xml.compiler import Options

    with Engine(called(**NAMES[0]), options=Options(stub=True), workers=0) as engine:
        run = engine.start("P", {"a": 1})
        assert run.wait(WAIT)
    assert run.outcome == "completed"
    assert run.variables == {"a": 1}
