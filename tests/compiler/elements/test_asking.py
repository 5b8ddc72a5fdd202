"""Values that Python gives: what asks for them, where, and what they are bound by."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.compiler.program import Kind
from tests.compiler.drawing import around, extended, told, word
from tests.compiler.elements.test_mappings import called, into, io7, out, seen, service
from tests.core.harness import Driver

SCRIPTED = "camunda:script"
ASKED: list[tuple[m.ForeignElement, str, str]] = [
    (into("x", "", word(SCRIPTED, text="[1].collect()", scriptFormat="groovy")), "t/x",
     "its value of 'x' is in Groovy, which cannot be evaluated"),
    (into("x", "", word(SCRIPTED, text="1 +", scriptFormat="python")), "t/x",
     "its value of 'x' is a script (line 1: expected a value but the text ends)"),
    (into("x", "", word(SCRIPTED, text="1", scriptFormat="python")), "t/x",
     "its value of 'x' is a script, and they are not allowed"),
    (into("x", "", word(SCRIPTED, resource="x.js", scriptFormat="javascript")), "t/x",
     "its value of 'x' is in the file 'x.js'"),
    (into("x", "", word("camunda:list", word("camunda:value", text="${shop.open()}"))), "t/x",
     "its value of 'x' calls Python"),
    (out("x", "", word(SCRIPTED, text="[1].collect()", scriptFormat="groovy")), "t/asked:x",
     "its value of 'x' is in Groovy"),
]  # fmt: skip


@pytest.mark.parametrize(("given", "name", "what"), ASKED)
def test_python_gives_what_cannot_be_computed(
    given: m.ForeignElement, name: str, what: str
) -> None:
    program = compile_models([service(io7(given))])
    (work,) = [node.work for node in program.nodes if node.id == name]
    assert work is not None
    assert work.lacks is not None
    assert work.lacks.what.startswith(what)
    assert work.names == ("t.x",)
    driver = Driver(program, {name: lambda _: {work.result: 7}, "t": seen("x")}, reload=True)
    known = driver.run({"x": 1}).state.scopes[""].variables
    assert known["x"] == (7 if name == "t/asked:x" else 1)
    assert known["x_"] == (1 if name == "t/asked:x" else 7)


def test_what_follows_on_python_is_computed_behind_it() -> None:
    given = into("x", "${shop.price()}"), into("y", "${x + 1}"), into("z", "plain")
    program = compile_models([service(io7(*given))])
    names = [node.id for node in program.nodes]
    assert names.index("t/x") < names.index("t/y")
    (node,) = [node for node in program.nodes if node.id == "t"]
    assert node.frame is not None
    assert [assign.target for assign in node.frame.inputs] == [("z",)]
    (work,) = [node.work for node in program.nodes if node.id == "t/y"]
    assert work is not None
    assert work.script is not None
    assert work.script({"x": 4}) == {"y": 5}


def test_a_call_passes_what_python_gives() -> None:
    passed = word("camunda:in", sourceExpression="${shop.price()}", target="price")
    program = compile_models([called(passed)])
    (node,) = [node for node in program.nodes if node.kind is Kind.CALL_ACTIVITY]
    assert node.call is not None
    (assign,) = node.call.inputs
    assert (assign.target, assign.value.text) == (("price",), "asked:price")


def test_an_event_that_waits_asks_nobody() -> None:
    event = m.IntermediateCatchEvent(
        id="t",
        event_definitions=(
            m.TimerEventDefinition(id="d", time_duration=m.FormalExpression(body="PT1S")),
        ),
        **extended(io7(out("x", "${shop.price()}"))),
    )
    assert told(around(event)) == [
        (
            "error BX141 t: the value of 'x' calls Python, and cannot be computed here; "
            "compute it in a task"
        )
    ]


def test_a_stub_run_knows_nothing_of_what_python_would_say_of_an_event() -> None:
    waits = m.ConditionalEventDefinition(
        id="d", condition=m.FormalExpression(body="${shop.is_open()}")
    )
    drawn = around(m.IntermediateCatchEvent(id="t", event_definitions=(waits,)))
    (fault,) = told(drawn)
    assert fault.startswith("error BX110 t: its condition '${shop.is_open()}': shop.is_open():")
    assert told(drawn, stub=True) == [
        (
            "note BX115 t: its condition '${shop.is_open()}' cannot be evaluated, "
            "so that nothing is known of it"
        )
    ]
    program = compile_models([drawn], Options(stub=True))
    (event,) = next(node.events for node in program.nodes if node.id == "t")
    assert event.condition is not None
    assert event.condition.evaluate({}) is False
