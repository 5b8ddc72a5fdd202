"""What a task asks of the outside: names, Python, scripts."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options
from bpmn_xml.compiler.program import Work
from bpmn_xml.errors import BindingError
from bpmn_xml.runtime import run
from tests.compiler.drawing import around, compiled, extended, said, tells, word

BIND = "bind Python to its id"


def work_of(task: m.Task, **options: Any) -> Work | None:
    """The work of a task in the program."""
    program = compiled(around(task), **options)
    return next(node.work for node in program.nodes if node.id == task.id)


def script(text: str, language: str | None = None, **fields: Any) -> m.ScriptTask:
    return m.ScriptTask(id="t", script=m.Script(text=text), script_format=language, **fields)


@pytest.mark.parametrize("kind", [m.Task, m.ManualTask])
def test_some_tasks_ask_nothing(kind: type[m.Task]) -> None:
    assert work_of(kind(id="t")) is None


NAMES: list[tuple[m.Task, tuple[str, ...], str]] = [
    (m.ServiceTask(id="t"), (), ""),
    (m.UserTask(id="t"), (), ""),
    (m.SendTask(id="t", implementation="##WebService"), (), ""),
    (m.ServiceTask(id="t", implementation=""), (), ""),
    (m.ServiceTask(id="t", implementation="${charge}"), ("charge",), ""),
    (m.BusinessRuleTask(id="t", implementation="rules"), ("rules",), ""),
    (
        m.ServiceTask(id="t", implementation="python:shop.pay:Card.charge"),
        (),
        "shop.pay:Card.charge",
    ),
    (m.ServiceTask(id="t", **said(bx_binding="shop:pay")), (), "shop:pay"),
    (
        m.ServiceTask(id="t", implementation="python:a:b", **said(bx_binding="python:c:d")),
        (),
        "c:d",
    ),
    (
        m.ServiceTask(id="t", implementation="pay", **said(camunda_topic="pay", camunda_class="C")),
        ("pay", "C"),
        "",
    ),
    (m.ScriptTask(id="t"), (), ""),
    (script("  \n"), (), ""),
]


@pytest.mark.parametrize(("task", "names", "implementation"), NAMES)
def test_what_its_python_may_be_called(
    task: m.Task, names: tuple[str, ...], implementation: str
) -> None:
    work = work_of(task)
    assert work is not None
    assert (work.names, work.implementation, work.script) == (names, implementation, None)


FAULTS: list[tuple[m.Definitions, dict[str, Any], list[str]]] = [
    (
        around(m.ServiceTask(id="t", implementation="python:os")),
        {},
        [
            (
                "error BX160 t: implementation: 'python:os' is not of the form "
                "python:module:Class.method; correct the value"
            )
        ],
    ),
    (
        around(script("a = 1", "python")),
        {"stub": True},
        [f"note BX140 t: its script is not run; allow it with --allow-scripts, or {BIND}"],
    ),
    (
        around(script("println 1", "urn:x")),
        {"stub": True, "allow_scripts": True},
        [f"note BX141 t: its script is in 'urn:x', which cannot be run; {BIND}"],
    ),
]


test_what_is_the_matter_with_work_is_said = tells(FAULTS)


PART = "line 1, column 9: expected the end but there is '1'"

LACKS: list[tuple[m.ScriptTask, bool, str, str, str]] = [
    (
        script("a = 1", "python"),
        False,
        "BX140",
        "its script is not run",
        f"allow it with --allow-scripts, or {BIND}",
    ),
    (
        script("println 1", "groovy"),
        True,
        "BX141",
        f"its script is in Groovy, of which this cannot be run: {PART}",
        BIND,
    ),
    (
        script("${twice(n)}", "juel"),
        False,
        "BX140",
        "its script is not run",
        f"allow it with --allow-scripts, or {BIND}",
    ),
    (
        script("a = 1\nb = )", "python"),
        True,
        "BX141",
        "its script cannot be run: line 2: expected a value but there is ')'",
        f"correct it, or {BIND}",
    ),
    (
        m.ScriptTask(id="t", **said(camunda_resource="deployment://a.groovy")),
        True,
        "BX141",
        "its script is in the file 'deployment://a.groovy', which is not read",
        BIND,
    ),
]


@pytest.mark.parametrize(("task", "allowed", "code", "what", "remedy"), LACKS)
def test_a_script_that_is_not_run_needs_python(
    task: m.ScriptTask, code: str, what: str, remedy: str, *, allowed: bool
) -> None:
    drawn, options = around(task), Options(allow_scripts=allowed)
    with pytest.raises(BindingError) as caught:
        run(drawn, {}, options=options)
    (finding,) = caught.value.findings
    assert (finding.code, finding.message) == (code, what)
    assert finding.remedy.startswith(f'{remedy}: add a line "t" = "python:module:function" to')
    assert run(drawn, {}, {"t": lambda: {"a": 2}}, options=options).variables == {"a": 2}


def test_a_script_is_run_where_scripts_are_allowed() -> None:
    work = work_of(script("a = n + 1", "python"), allow_scripts=True)
    assert work is not None
    assert work.script is not None
    assert work.script({"n": 1}) == {"a": 2}


def test_the_last_value_of_a_script_goes_to_its_result_variable() -> None:
    task = script("n + 1", "text/x-python", **said(camunda_resultVariable="next"))
    work = work_of(task, allow_scripts=True)
    assert work is not None
    assert work.script is not None
    assert work.script({"n": 1}) == {"next": 2}


def test_a_script_in_juel_calls_python() -> None:
    task = script(" ${twice(n)} ", "juel", **said(camunda_resultVariable="next"))
    options = Options(allow_scripts=True)
    found = run(around(task), {"n": 4}, {"twice": lambda n: n * 2}, options=options)
    assert found.variables == {"n": 4, "next": 8}
    with pytest.raises(BindingError, match="nothing is bound to 'twice'"):
        run(around(task), {"n": 4}, options=options)


def test_python_takes_the_place_of_a_script() -> None:
    work = work_of(script("rm -rf /", "bash", **said(bx_binding="python:a:b")))
    assert work is not None
    assert (work.implementation, work.script) == ("a:b", None)


def test_a_script_of_camunda_8_is_one_expression_that_is_always_run() -> None:
    drawn = m.ScriptTask(
        id="t", **extended(word("zeebe:script", expression="n + 1", resultVariable="next"))
    )
    work = work_of(drawn)
    assert work is not None
    assert work.script is not None
    assert work.script({"n": 1}) == {"next": 2}


def test_an_expression_may_choose_the_decision() -> None:
    work = work_of(m.BusinessRuleTask(id="t", **said(camunda_decisionRef="${which}")))
    assert work is not None
    assert work.decision is not None
    assert work.decision.choose is not None
    assert work.decision.choose({"which": "risk"}) == "risk"
    assert work.names == ()


def test_all_settings_reach_the_work() -> None:
    task = m.ServiceTask(
        id="t",
        **said(
            bx_threads="3",
            bx_delay="0.5",
            bx_timeout="PT1M",
            bx_retries="PT1S,PT2S",
            bx_result="answer",
            bx_emits="many",
            bx_resumable="true",
            bx_maxInFlight="7",
            bx_queueCount="9",
        ),
    )
    assert work_of(task) == Work(
        threads=3,
        delay=500_000,
        timeout=60_000_000,
        retries=(1_000_000, 2_000_000),
        result="answer",
        many=True,
        resumable=True,
        max_in_flight=7,
    )
