"""Values that Python gives: what asks for them, where, and what they are bound by."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.compiler.program import Kind
from bpmn_xml.core import records as r
from tests.compiler.drawing import around, extended, file, flow, flows, told, word
from tests.compiler.elements.data.test_mappings import called, into, io7, out, seen, service
from tests.core.harness import Driver

SCRIPTED = "camunda:script"
ASKED: list[tuple[m.ForeignElement, str, str]] = [
    (into("x", "", word(SCRIPTED, text="[1].collect()", scriptFormat="groovy")), "t/x",
     "its value of 'x' is in Groovy, of which this cannot be evaluated: line 1, column 4: "),
    (into("x", "", word(SCRIPTED, text="puts 1", scriptFormat="ruby")), "t/x",
     "its value of 'x' is in Ruby, which cannot be evaluated"),
    (into("x", "", word(SCRIPTED, text="1 +", scriptFormat="python")), "t/x",
     "its value of 'x' is a script (line 1: expected a value but the text ends)"),
    (into("x", "", word(SCRIPTED, text="1", scriptFormat="python")), "t/x",
     "its value of 'x' is a script that is not run"),
    (into("x", "", word(SCRIPTED, resource="x.js", scriptFormat="javascript")), "t/x",
     "its value of 'x' is in the file 'x.js'"),
    (into("x", "", word("camunda:list", word("camunda:value", text="${shop.open()}"))), "t/x",
     "its value of 'x' needs Python"),
    (into("x", "${XML(order).attr('id').value()}"), "t/x",
     "its value of 'x' needs XML(), XML().attr(), which cannot be evaluated"),
    (into("x", "${task.owner}"), "t/x", "its value of 'x' needs task.owner"),
    (into("x", "", word("camunda:list", word("camunda:value", text="${task.owner}"))), "t/x",
     "its value of 'x' needs Python"),
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
            "error BX141 t: the value of 'x' needs Python, which cannot be evaluated; "
            "compute it in a task"
        )
    ]


def timed(text: str) -> dict[str, Any]:
    """A timer of a duration."""
    due = m.FormalExpression(body=text)
    return {"event_definitions": (m.TimerEventDefinition(id="d", time_duration=due),)}


CALLING = timed("${shop.pause()}")
BORDER = m.BoundaryEvent(id="b", attached_to_ref="t", **CALLING)
TIMED: list[tuple[m.Definitions, str, str]] = [
    (around(m.IntermediateCatchEvent(id="t", **CALLING)), "t", "t"),
    (around(m.UserTask(id="t"), BORDER, m.EndEvent(id="x"), flow("b x")), "t", "b"),
]


@pytest.mark.parametrize(("definitions", "at", "event"), TIMED)
def test_a_timer_is_asked_for_before_it_is_set(
    definitions: m.Definitions, at: str, event: str
) -> None:
    name = f"asked:{event}.time duration"
    program = compile_models([definitions])
    driver = Driver(program, {f"{at}/{name}": lambda _: {name: "PT1H"}}, reload=True).start().go()
    assert [name for name, _ in driver.waits()] == [event]
    driver.happen(event).go()
    assert driver.outcome == "completed"


@pytest.mark.parametrize("seed", range(4))
def test_what_is_asked_for_one_instance_is_no_answer_for_another(seed: int) -> None:
    """Two instances ask for two timers each, in any order."""
    borders = [
        m.BoundaryEvent(id=name, attached_to_ref="t", **timed(f"${{shop.{name}(loopCounter)}}"))
        for name in ("a", "b")
    ]
    inside = (m.StartEvent(id="s1"), m.UserTask(id="t"), flow("s1 t"), *borders)
    twice = m.MultiInstanceLoopCharacteristics(id="l", loop_cardinality=m.Expression(body="2"))
    sub = m.SubProcess(id="z", flow_elements=inside, loop_characteristics=twice)
    answers = {
        f"t/asked:{name}.time duration": lambda n, name=name: {
            f"asked:{name}.time duration": f"PT{n['loopCounter'] + (name == 'b') * 10}S"
        }
        for name in ("a", "b")
    }
    driver = Driver(compile_models([around(sub)]), answers, reload=True, seed=seed).run()
    found = [record for record in driver.records if isinstance(record, r.WaitOpened)]
    seconds = {scope: {one.due // 1_000_000 for one in found if one.scope == scope}
               for scope in (one.scope for one in found)}  # fmt: skip
    assert sorted(seconds.values(), key=min) == [{1, 11}, {2, 12}]
    assert driver.state.scopes[""].variables == {}


MESSAGE = m.Message(id="M", name="${shop.named(n)}")
SIGNAL = m.Signal(id="S", name="${shop.named(n)}")
ON_MESSAGE = {"event_definitions": (m.MessageEventDefinition(id="d", message_ref="M"),)}
ON_SIGNAL = {"event_definitions": (m.SignalEventDefinition(id="d", signal_ref="S"),)}
NAMED: list[tuple[m.Definitions, str, str]] = [
    (around(m.IntermediateCatchEvent(id="t", **ON_MESSAGE), roots=(MESSAGE,)), "t", "message name"),
    (around(m.ReceiveTask(id="t", message_ref="M"), roots=(MESSAGE,)), "t", "message name"),
    (around(m.IntermediateCatchEvent(id="t", **ON_SIGNAL), roots=(SIGNAL,)), "t", "signal name"),
    (
        around(
            m.UserTask(id="t"), m.BoundaryEvent(id="b", attached_to_ref="t", **ON_SIGNAL),
            m.EndEvent(id="x"), flow("b x"), roots=(SIGNAL,),
        ),
        "b",
        "signal name",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("definitions", "event", "what"), NAMED)
def test_a_name_is_asked_for_before_it_is_waited_for(
    definitions: m.Definitions, event: str, what: str
) -> None:
    name = f"asked:{event}.{what}"
    answers = {f"t/{name}": lambda _: {name: "late-7"}}
    driver = Driver(compile_models([definitions]), answers, reload=True).start().go()
    (opened,) = [record for record in driver.records if isinstance(record, r.WaitOpened)]
    assert opened.name == "late-7"
    driver.happen(event).go()
    assert driver.outcome == "completed"


@pytest.mark.parametrize(
    ("event", "root", "kind"),
    [(ON_MESSAGE, MESSAGE, r.MessageThrown), (ON_SIGNAL, SIGNAL, r.SignalThrown)],
)
def test_a_name_is_asked_for_before_it_is_thrown(event: Any, root: Any, kind: Any) -> None:
    what = "message name" if root is MESSAGE else "signal name"
    name = f"asked:t.{what}"
    program = compile_models([around(m.IntermediateThrowEvent(id="t", **event), roots=(root,))])
    driver = Driver(program, {f"t/{name}": lambda _: {name: "late-7"}}, reload=True).run()
    (thrown,) = [record for record in driver.records if isinstance(record, kind)]
    assert thrown.name == "late-7"


def test_a_timer_in_a_foreign_language_is_bound_by_its_name() -> None:
    due = m.FormalExpression(body="1.hour", language="ruby")
    timer = m.TimerEventDefinition(id="d", time_duration=due)
    program = compile_models([around(m.IntermediateCatchEvent(id="t", event_definitions=(timer,)))])
    (work,) = [node.work for node in program.nodes if node.kind is Kind.LISTENER]
    assert work is not None
    assert work.lacks is not None
    assert work.names == ("t.time duration",)
    assert work.lacks.what == "its time duration is in Ruby, which cannot be evaluated"


CHOSEN = m.IntermediateCatchEvent(id="t", **CALLING)
OTHER = m.IntermediateCatchEvent(id="u", **CALLING)


@pytest.mark.parametrize("chosen", ["t", "u"])
def test_timers_behind_an_event_based_gateway_are_asked_for_before_it(chosen: str) -> None:
    ways = flows("s g, g t, g u, t e, u e")
    drawn = file(
        m.StartEvent(id="s"), m.EventBasedGateway(id="g"), CHOSEN, OTHER, m.EndEvent(id="e"), *ways
    )
    names = [f"asked:{event}.time duration" for event in ("t", "u")]
    answers = {
        f"{name.removeprefix('asked:')[0]}/{name}": lambda _, name=name: {name: "PT1H"}
        for name in names
    }
    driver = Driver(compile_models([drawn]), answers, reload=True).start().go()
    assert [name for name, _ in driver.waits()] == ["t", "u"]
    driver.happen(chosen).go()
    assert driver.outcome == "completed"


TOO_EARLY: list[tuple[m.Definitions, bool, str]] = [
    (
        file(m.StartEvent(id="s", **CALLING), m.Task(id="t"), *flows("s t")),
        False,
        "error BX110 s: its time duration '${shop.pause()}': shop.pause(): not a value",
    ),
    (
        file(m.EventBasedGateway(id="g", instantiate=True), CHOSEN, *flows("g t")),
        False,
        "error BX105 t: a value that Python computes for an event that begins the process",
    ),
    (
        around(m.IntermediateCatchEvent(id="t", **CALLING)),
        True,
        "note BX115 t: its time duration '${shop.pause()}' cannot be evaluated",
    ),
]


@pytest.mark.parametrize(("definitions", "stub", "line"), TOO_EARLY)
def test_a_timer_that_nobody_is_asked_for(
    definitions: m.Definitions, stub: bool, line: str
) -> None:
    found, *_ = told(definitions, stub=stub)
    assert found.startswith(line)
    assert "let a task before it" not in found


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
