"""In a run `now()` is the command's time, and `execution` tells of the instance."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.runtime import Engine, ManualClock
from tests.compiler.drawing import around, extended, file, flow, said, word

DAY = 24 * 3600


def outcome(model: m.Definitions, variables: dict[str, Any], wait: float = 0) -> dict[str, Any]:
    """The variables at the end of a run that began at the clock's time 0, so long after it."""
    program = compile_models([model], Options(allow_scripts=True))
    clock = ManualClock(0)
    with Engine(program, clock=clock, workers=0) as engine:
        run = engine.start("P", variables, instance="mine")
        engine.wait()
        clock.advance(seconds=wait)
        engine.wait()
        for task in run.tasks:
            task.complete()
        engine.wait()
    assert run.outcome == "completed", run.incidents
    return run.variables


def script(name: str, text: str) -> m.ScriptTask:
    words = said(camunda_resultVariable=name)
    return m.ScriptTask(id=name, script_format="feel", script=m.Script(text=text), **words)


def mapped(source: str, task: Any = m.UserTask) -> m.Definitions:
    return around(
        task(id="t", **extended(word("zeebe:ioMapping",
            word("zeebe:output", source=source, target="x"))))
    )  # fmt: skip


def test_a_mapping_is_told_the_time_of_the_command() -> None:
    assert outcome(mapped("=string(today())"), {}, 3 * DAY)["x"] == "1970-01-04"


def test_a_condition_is_told_the_time_of_the_command() -> None:
    gateway = m.ExclusiveGateway(id="x", default="late")
    late = script("l", '"late"')
    drawn = file(
        m.StartEvent(id="s"), m.UserTask(id="t"), gateway, m.EndEvent(id="e"), late,
        flow("s t"), flow("t x"), flow("x e", '= now() < date and time("1970-01-02T00:00:00Z")'),
        flow("x l", id="late"),
    )  # fmt: skip
    assert outcome(drawn, {}, DAY - 1) == {}
    assert outcome(drawn, {}, DAY + 1) == {"l": "late"}


@pytest.mark.parametrize("wait", [0, 2 * DAY])
def test_a_script_is_told_the_time_of_the_command(wait: int) -> None:
    dated = script("k", "string(today())")
    drawn = file(m.StartEvent(id="s"), m.UserTask(id="t"), dated, flow("s t"), flow("t k"))
    assert outcome(drawn, {}, wait)["k"] == f"1970-01-0{1 + wait // DAY}"


def test_execution_tells_of_the_instance() -> None:
    parameter = word(
        "camunda:outputParameter",
        text="${execution.processInstanceId}/${execution.getProcessBusinessKey()}",
        name="x",
    )
    task = m.UserTask(id="t", **extended(word("camunda:inputOutput", parameter)))
    drawn = around(task)
    assert outcome(drawn, {"businessKey": "k"}) == {"businessKey": "k", "x": "mine/k"}


def test_a_called_process_gets_no_time_as_a_variable() -> None:
    call = m.CallActivity(
        id="w",
        called_element="Q",
        **extended(word("camunda:in", variables="all"), word("camunda:out", variables="all")),
    )
    inner = m.Process(id="Q", flow_elements=(m.Task(id="i"),))
    task = m.ServiceTask(id="t", **said(camunda_expression="${now()}"))
    drawn = file(m.StartEvent(id="s"), task, call, flow("s t"), flow("t w"), roots=(inner,))
    assert outcome(drawn, {"a": 1}) == {"a": 1}
