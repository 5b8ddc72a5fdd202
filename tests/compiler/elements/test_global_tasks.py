"""Global tasks: a call activity that calls one is a task of its kind."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.elements.global_tasks import KINDS
from bpmn_xml.compiler.program import Kind, Node
from bpmn_xml.model.walk import descendants
from tests.compiler.drawing import around, compiled, extended, told, word

CALL = m.CallActivity(id="c", called_element="G")


def called(task: m.GlobalTask, **options: bool) -> Node:
    program = compiled(around(CALL, roots=(task,)), **options)
    assert list(program.processes) == ["P"]
    return next(node for node in program.nodes if node.id == "c")


def test_there_is_a_row_for_every_kind() -> None:
    assert set(KINDS) == {m.GlobalTask, *descendants(m.GlobalTask)}


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_the_call_is_a_task_of_its_kind(kind: type[m.GlobalTask]) -> None:
    found = called(kind(id="G"))
    assert found.kind is KINDS[kind][0]
    assert (found.work is None) is (found.kind in (Kind.TASK, Kind.MANUAL_TASK))
    assert found.work is None or found.work.names == ("G",)


def test_its_work_is_read() -> None:
    task = m.GlobalUserTask(id="G", implementation="python:work:ask")
    found = called(task)
    assert found.work is not None
    assert found.work.implementation == "work:ask"


def test_its_script_is_run() -> None:
    script = m.GlobalScriptTask(id="G", script_language="python", script=m.Script(text="n = 1 + 1"))
    found = called(script, allow_scripts=True)
    assert found.work is not None
    assert found.work.script is not None
    assert found.work.script({}) == {"n": 2}


def test_it_may_be_in_another_file() -> None:
    library = m.Definitions(id="L", root_elements=(m.GlobalUserTask(id="G"),))
    program, findings = analyse([around(CALL), library], Options())
    assert program is not None
    assert {found.code for found in findings} <= {"BX132"}
    assert next(node for node in program.nodes if node.id == "c").kind is Kind.USER_TASK


def test_what_is_passed_to_it_is_not_lost_in_silence() -> None:
    call = m.CallActivity(
        id="c", called_element="G", **extended(word("camunda:in", source="a", target="b"))
    )
    lines = told(around(call, roots=(m.GlobalUserTask(id="G"),)))
    assert [line.split(": ")[0] for line in lines] == ["error BX104 c"]


STATED = m.InputOutputSpecification(id="io", data_inputs=(m.DataInput(id="i", name="k"),))


def test_what_a_call_of_it_states_is_all_that_it_sees() -> None:
    call = m.CallActivity(id="c", called_element="G", io_specification=STATED)
    program = compiled(around(call, roots=(m.GlobalUserTask(id="G"),)))
    calling, asked = (next(n for n in program.nodes if n.id == x) for x in ("c", "c/stand-in"))
    assert calling.kind is Kind.CALL_ACTIVITY
    assert calling.call is not None
    assert calling.call.apart
    assert program.containers[calling.body].starts == (asked.index,)
    assert (asked.kind, asked.shown) == (Kind.USER_TASK, "c")


@pytest.mark.parametrize("name", ["G", "c"])
@pytest.mark.parametrize("stated", [None, STATED], ids=["sees-all", "apart"])
def test_a_person_s_task_stays_one_though_python_has_its_name(
    name: str, stated: m.InputOutputSpecification | None
) -> None:
    call = m.CallActivity(id="c", called_element="G", io_specification=stated)
    model = around(call, roots=(m.GlobalUserTask(id="G"),))
    program, _ = analyse([model], Options(stand_ins=frozenset({name})))
    assert program is not None
    assert [n.shown for n in program.nodes if n.kind is Kind.USER_TASK] == ["c"]
