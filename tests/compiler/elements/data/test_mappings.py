"""Mappings of both vendors, from the drawing to the end of a run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.compiler.program import BeanCalls, Kind
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from tests.compiler.drawing import around, extended, file, flows, said, told, word
from tests.core.harness import Driver, index

Handler = Callable[[Any], Any]


def io7(*parameters: m.ForeignElement) -> m.ForeignElement:
    return word("camunda:inputOutput", *parameters)


def into(name: str, text: str = "", *children: m.ForeignElement) -> m.ForeignElement:
    return word("camunda:inputParameter", *children, text=text, name=name)


def out(name: str, text: str = "", *children: m.ForeignElement) -> m.ForeignElement:
    return word("camunda:outputParameter", *children, text=text, name=name)


def io8(*pairs: str) -> m.ForeignElement:
    """`a <- =b` is an input, `a -> b` an output to `b`."""
    found = []
    for pair in pairs:
        target, arrow, source = pair.partition(" <- ")
        tag = "zeebe:input"
        if not arrow:
            tag, (source, target) = "zeebe:output", pair.split(" -> ")
        found.append(word(tag, source=source, target=target))
    return word("zeebe:ioMapping", *found)


def service(*words: m.ForeignElement, **more: Any) -> m.Definitions:
    return around(m.ServiceTask(id="t", **extended(*words), **more))


def ran(
    model: m.Definitions, handler: Handler, variables: dict[str, Any], **options: Any
) -> dict[str, Any]:
    """The variables at the end."""
    program = compile_models([model], Options(**options))
    driver = Driver(program, {"t": handler}, reload=True).run(variables)
    assert driver.outcome == "completed", driver.incidents()
    return driver.state.scopes[""].variables


def seen(*names: str) -> Handler:
    """A handler that gives back what it sees of some variables, each with a star."""
    return lambda found: {f"{name}_": found[name] for name in names}


LIST = word("camunda:list", word("camunda:value", text="${a}"), word("camunda:value", text="x"))
MAP = word(
    "camunda:map",
    word("camunda:entry", text="${a + 1}", key="one"),
    word("camunda:entry", LIST, key="${'tw'}o"),
)
SCRIPT = word("camunda:script", text="b = a * 2\nb + 1", scriptFormat="python")

# what stands on the task, what it does, variables at first, at the end
CASES: list[tuple[m.Definitions, Handler, dict[str, Any], dict[str, Any]]] = [
    (service(io7(into("x", "${a + 1}"))), seen("x"), {"a": 1}, {"a": 1, "x_": 2}),
    (service(io7(into("x", "text"))), seen("x"), {}, {"x_": "text"}),
    (service(io7(into("x"))), seen("x"), {}, {"x_": None}),
    (service(io7(into("x", "\n  ${a}\n  "))), seen("x"), {"a": 1}, {"a": 1, "x_": 1}),
    (service(io7(into("x", "\n  text\n  "))), seen("x"), {}, {"x_": "text"}),
    (service(io7(into("x", "n ${a}!"))), seen("x"), {"a": 1}, {"a": 1, "x_": "n 1!"}),
    (service(io7(into("x", "", LIST))), seen("x"), {"a": 1}, {"a": 1, "x_": [1, "x"]}),
    (
        service(io7(into("x", "", MAP))),
        seen("x"),
        {"a": 1},
        {"a": 1, "x_": {"one": 2, "two": [1, "x"]}},
    ),
    (service(io7(into("x", "", SCRIPT))), seen("x"), {"a": 1}, {"a": 1, "x_": 3}),
    (
        service(io7(into("x", "1"), into("y", "${x}2"), out("z", "${y}3"))),
        lambda _: {},
        {},
        {"z": "123"},
    ),
    (service(io8("x <- =a + 1")), seen("x"), {"a": 1}, {"a": 1, "x_": 2}),
    (service(io8("x <- text")), seen("x"), {}, {"x_": "text"}),
    (service(io8("x.y <- =a", "x.z <- =1")), seen("x"), {"a": 1}, {"a": 1, "x_": {"y": 1, "z": 1}}),
    (service(io8("=r * 2 -> d")), lambda _: {"r": 4}, {}, {"d": 8}),
    (service(io8("=r -> o.n")), lambda _: {"r": 4}, {"o": {"k": 1}}, {"o": {"k": 1, "n": 4}}),
    (service(io8("=nothing -> d")), lambda _: {}, {}, {"d": None}),
    (service(io8("=r ->  d ")), lambda _: {"r": 4}, {}, {"d": 4}),
]


@pytest.mark.parametrize(("model", "handler", "variables", "end"), CASES)
def test_what_a_mapping_does(
    model: m.Definitions, handler: Handler, variables: dict[str, Any], end: dict[str, Any]
) -> None:
    assert ran(model, handler, variables, allow_scripts=True) == end


FAULTS = [
    (io7(into("", "1")), "error BX160 t: its mapping names no variable; name it"),
    (io7(into("", "${bean.run()}")), "error BX160 t: its mapping names no variable; name it"),
    (
        io7(into("x", "${bean.run()}"), into("", "${x}")),
        "error BX160 t: its mapping names no variable; name it",
    ),
    (
        io8("an amount <- =1"),
        "error BX160 t: its mapping writes to 'an amount', which is no name of a variable; ",
    ),
    (io8(" -> a.b"), "error BX160 t: its mapping to 'a.b' does not say what is written; "),
    (
        io7(into("x", "${a +}")),
        "error BX110 t: its value of 'x' '${a +}' is no JUEL at character 6: ",
    ),
    (
        io7(into("x", "", word("camunda:list", word("camunda:value", text="${")))),
        "error BX110 t: its value of '' '${' is no JUEL",
    ),
    (
        io7(into("x", "", word("camunda:map", word("camunda:entry", text="${", key="k")))),
        "error BX110 t: its value of 'k' '${' is no JUEL",
    ),
    (io8("x <- =1 +"), "error BX110 t: its value of 'x' '=1 +' is no FEEL"),
]


def test_a_stub_run_writes_nothing_where_nothing_is_said() -> None:
    (line,) = told(service(io8(" -> a.b")), stub=True)
    assert line.startswith("note BX115 t: its mapping to 'a.b' does not say what is written")


@pytest.mark.parametrize(("mapping", "line"), FAULTS)
def test_faults_of_a_mapping_are_told(mapping: m.ForeignElement, line: str) -> None:
    (found,) = told(service(mapping))
    assert found.startswith(line)


CANNOT = [
    (
        file(
            m.StartEvent(id="s"), m.ServiceTask(id="t", **extended(io8("x <- =1"))),
            *flows("s t"), **said(bx_payload="flow"),
        ),
        "an element with data of its own",
    ),
    (
        file(
            m.StartEvent(id="s"),
            m.ServiceTask(
                id="t",
                loop_characteristics=m.StandardLoopCharacteristics(id="l", loop_maximum=2),
            ),
            *flows("s t"), **said(bx_payload="flow"),
        ),
        "an activity that is done several times",
    ),
    (
        around(
            m.IntermediateCatchEvent(
                id="t",
                event_definitions=(m.SignalEventDefinition(id="d", signal_ref="S"),),
                **extended(io8("x <- =1")),
            ),
            roots=(m.Signal(id="S", name="S"),),
        ),
        "data that moves into an event that waits",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("model", "what"), CANNOT)
def test_where_no_data_can_be_around(model: m.Definitions, what: str) -> None:
    (line,) = told(model)
    assert line.startswith(f"error BX104 t: {what}")


def test_a_producer_has_no_data_of_its_own() -> None:
    (line,) = told(service(io8("x <- =1"), **said(bx_emits="many")))
    assert line.startswith("error BX152 t: its Python gives many results")


def test_an_event_based_gateway_has_no_data_of_its_own() -> None:
    gateway = m.EventBasedGateway(id="g", **extended(io7(into("x", "1"))))
    catch = m.IntermediateCatchEvent(
        id="c", event_definitions=(m.SignalEventDefinition(id="d", signal_ref="S"),)
    )
    drawn = file(m.StartEvent(id="s"), gateway, catch, *flows("s g,g c"), roots=(SIGNAL,))
    (line,) = told(drawn)
    assert line.startswith("error BX104 g: an event-based gateway with data of its own")


def test_a_stub_run_lacks_the_data_of_real_work() -> None:
    assert ran(service(io7(out("x", "${y}"))), lambda _: {}, {}, stub=True) == {"x": None}


SIGNAL = m.Signal(id="S", name="S")
MESSAGE = m.Message(id="M", name="M")
CAUGHT = (m.MessageEventDefinition(id="d", message_ref="M"),)
TAKEN = {"got": 5, "more": 1}


def repeated(*words: m.ForeignElement) -> m.Definitions:
    several = m.MultiInstanceLoopCharacteristics(id="many", loop_cardinality=m.Expression(body="2"))
    return service(*words, loop_characteristics=several)


def test_camunda7_takes_no_outputs_of_a_multi_instance_activity() -> None:
    (line,) = told(repeated(io7(out("a", "1"))))
    assert line == (
        "error BX105 t: an outputParameter of a multi-instance activity, which Camunda 7 does not"
        " deploy, cannot be run yet; put the activity into a multi-instance sub-process, or leave"
        " it out with --stub"
    )
    assert told(repeated(io7(into("a", "1")))) == told(repeated(io8("a -> b"))) == []


def test_what_a_caught_message_brings_is_mapped() -> None:
    caught = m.IntermediateCatchEvent(
        id="t", event_definitions=CAUGHT, **extended(io8("=got + a -> x"))
    )
    driver = Driver(compile_models([around(caught, roots=(MESSAGE,))]), reload=True)
    driver.start({"a": 1}).happen("t", TAKEN)
    assert driver.state.scopes[""].variables == {"a": 1, "x": 6}


@pytest.mark.parametrize("mapping", [io7(out("x", "${got}")), io8("=got -> x")])
def test_a_receive_task_maps_what_it_receives(mapping: m.ForeignElement) -> None:
    task = m.ReceiveTask(id="t", message_ref="M", **extended(mapping))
    driver = Driver(compile_models([around(task, roots=(MESSAGE,))]), reload=True)
    driver.start().happen("t", TAKEN)
    kept = TAKEN if mapping.prefix == "camunda" else {}
    assert driver.state.scopes[""].variables == {**kept, "x": 5}


@pytest.mark.parametrize("mapping", [io7(out("x", "${got}")), io8("=got -> x")])
@pytest.mark.parametrize("kind", [m.ReceiveTask, m.IntermediateCatchEvent])
def test_what_waits_behind_a_gateway_maps_what_it_receives(
    kind: type[m.FlowNode], mapping: m.ForeignElement
) -> None:
    says = {"message_ref": "M"} if kind is m.ReceiveTask else {"event_definitions": CAUGHT}
    waits = kind(id="t", **says, **extended(mapping))
    gateway, end = m.EventBasedGateway(id="g"), m.EndEvent(id="e")
    ways = flows("s g, g t, t e")
    drawn = file(m.StartEvent(id="s"), gateway, waits, end, *ways, roots=(MESSAGE,))
    driver = Driver(compile_models([drawn]), reload=True).start().happen("t", TAKEN)
    assert driver.outcome == "completed"
    kept = TAKEN if mapping.prefix == "camunda" else {}
    assert driver.state.scopes[""].variables == {**kept, "x": 5}


def test_a_message_that_starts_a_process_is_mapped() -> None:
    start = m.StartEvent(id="s", event_definitions=CAUGHT, **extended(io8("=got -> x")))
    drawn = file(start, m.EndEvent(id="e"), *flows("s e"), roots=(MESSAGE,))
    program = compile_models([drawn])
    driver = Driver(program).start(TAKEN, start=index(program, "s"))
    assert driver.state.scopes[""].variables == {"x": 5}


def test_a_plain_start_and_end_event_map_too() -> None:
    start = m.StartEvent(id="s", **extended(io8("=a + 1 -> x")))
    end = m.EndEvent(id="e", **extended(io8("=x + 1 -> y")))
    driver = Driver(compile_models([file(start, end, *flows("s e"))]), reload=True)
    driver.start({"a": 1})
    assert driver.outcome == "completed"
    assert driver.state.scopes[""].variables == {"a": 1, "x": 2, "y": 3}


def test_what_begins_an_event_sub_process_is_mapped() -> None:
    start = m.StartEvent(id="s2", event_definitions=CAUGHT, **extended(io8("=got -> x")))
    inside = m.SubProcess(id="z", triggered_by_event=True, flow_elements=(start,))
    drawn = around(m.UserTask(id="t"), inside, roots=(MESSAGE,))
    driver = Driver(compile_models([drawn]), reload=True).start().happen("z", TAKEN)
    assert driver.outcome == "completed"
    assert driver.state.scopes[""].variables == {"x": 5}


CODE = m.Error(id="E", error_code="E")


@pytest.mark.parametrize(
    ("text", "end"), [("${errorText}", {"errorText": "why", "x": "why"}), ("${b}", None)]
)
def test_what_an_error_brings_is_mapped_or_the_thrower_held(
    text: str, end: dict[str, Any] | None
) -> None:
    boundary = m.BoundaryEvent(
        id="b",
        attached_to_ref="t",
        event_definitions=(m.ErrorEventDefinition(id="d", error_ref="E"),),
        **extended(io7(out("x", text))),
    )
    drawn = around(m.ServiceTask(id="t"), boundary, roots=(CODE,))
    driver = Driver(compile_models([drawn]), reload=True).start()
    driver.send(c.ThrowError(*driver.job("t"), "E", "", {"errorText": "why"}))
    if end is None:
        assert driver.incidents() == ["there is no variable 'b'"]
        driver.send(c.ResolveIncident(*driver.job("t"), {"b": 1}))
        driver.send(c.ThrowError(*driver.job("t"), "E"))
        end = {"b": 1, "x": 1}
    assert driver.outcome == "completed"
    assert driver.state.scopes[""].variables == end
    assert driver.count(r.Cancelled, "t") == 1


def called(*words: m.ForeignElement) -> m.Definitions:
    """A process `P` that calls `Q` in which `t` works."""
    call = m.CallActivity(id="w", called_element="Q", **extended(*words))
    inner = m.Process(
        id="Q",
        flow_elements=(m.StartEvent(id="s1"), m.ServiceTask(id="t"), *flows("s1 t")),
    )
    return around(call, roots=(inner,))


BOTH = {"propagateAllParentVariables": "false", "propagateAllChildVariables": "false"}
CALLS: list[tuple[list[m.ForeignElement], dict[str, Any], dict[str, Any]]] = [
    ([word("camunda:in", source="a", target="x")], {"x": 1}, {}),
    ([word("camunda:in", source="nothing", target="x")], {"x": None}, {}),
    ([word("camunda:in", sourceExpression="${a + 1}", target="x")], {"x": 2}, {}),
    ([word("camunda:in", variables="all")], {"a": 1}, {}),
    ([word("camunda:in", businessKey="k${a}")], {"businessKey": "k1"}, {}),
    ([word("camunda:in", variables="all"), word("camunda:out", variables="all")],
     {"a": 1}, {"a": 1, "own": 2}),
    ([word("camunda:in", businessKey="k"), word("camunda:out", variables="all")],
     {"businessKey": "k"}, {"own": 2}),
    ([word("camunda:out", source="own", target="got")], {}, {"got": 2}),
    ([word("camunda:out", sourceExpression="${own + 1}", target="got")], {}, {"got": 3}),
    ([word("camunda:in", source="b", target="x"), io7(into("b", "7"), out("c", "${b}"))],
     {"x": "7"}, {"c": "7"}),
    ([word("camunda:in", source="a", local="true")], {"a": None}, {}),
    ([word("camunda:in", variables="all", local="true"), io7(into("b", "7"))], {"b": "7"}, {}),
    ([word("camunda:in", sourceExpression="${b}8", target="x", local="true"), io7(into("b", "7"))],
     {"x": "78"}, {}),
    ([word("camunda:out", source="own", target="got", local="true")], {}, {}),
    ([word("camunda:out", source="own", target="got", local="true"), io7(out("c", "${got}"))],
     {}, {"c": 2}),
    ([word("zeebe:calledElement", processId="Q")], {"a": 1}, {"own": 2}),
    ([word("zeebe:calledElement", processId="Q", **BOTH)], {}, {}),
    ([word("zeebe:calledElement", processId="Q", **BOTH), io8("x.y <- =a", "=own -> got")],
     {"x": {"y": 1}}, {"got": 2}),
    ([word("zeebe:calledElement", processId="Q"), io8("=own -> got")], {"a": 1}, {"got": 2}),
]  # fmt: skip


@pytest.mark.parametrize(("words", "inside", "more"), CALLS)
def test_what_a_call_passes(
    words: list[m.ForeignElement], inside: dict[str, Any], more: dict[str, Any]
) -> None:
    noted: list[dict[str, Any]] = []

    def work(names: Any) -> dict[str, Any]:
        noted.append(dict(names))
        return {"own": 2}

    assert ran(called(*words), work, {"a": 1}) == {"a": 1, **more}
    assert noted == [inside]


def test_a_value_that_calls_python_is_a_job_before_the_work() -> None:
    program = compile_models([service(io7(into("x", "${bean.price(a)}"), into("y", "1")))])
    (brings,) = [node for node in program.nodes if node.id == "t/x"]
    assert brings.work is not None
    assert (brings.work.beans, brings.work.local) == (
        BeanCalls("${bean.price(a)}", ("bean.price",)),
        True,
    )
    handlers = {"t/x": lambda _: {"x": 7}, "t": seen("x", "y")}
    driver = Driver(program, handlers, reload=True).run({"x": 1})
    assert driver.outcome == "completed"
    assert driver.state.scopes[""].variables == {"x": 1, "x_": 7, "y_": "1"}


@pytest.mark.parametrize("whole", ["true", "false"])
def test_a_call_of_camunda8_may_give_a_business_key_and_compute_what_it_calls(whole: str) -> None:
    passed = word(
        "zeebe:calledElement",
        processIdExpression="name",
        businessId="= order.id",
        propagateAllParentVariables=whole,
    )
    program = compile_models([called(passed)])
    (node,) = [node for node in program.nodes if node.kind is Kind.CALL_ACTIVITY]
    assert node.call is not None
    assert node.call.which is not None
    assert node.call.which.evaluate({"name": "Q"}) == "Q"
    assert [assign.target for assign in node.call.inputs] == [("businessKey",)]
    assert node.call.inputs[0].value.evaluate({"order": {"id": 7}}) == 7
