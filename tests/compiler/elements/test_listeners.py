"""Listeners of both vendors: where they are called, in which order, and what they are refused."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, compile_models
from bpmn_xml.compiler.program import BeanCalls, Kind, Program
from bpmn_xml.core import commands as c
from bpmn_xml.core import records as r
from bpmn_xml.core.words import INSIDE
from tests.compiler.drawing import around, extended, file, flow, flows, said, told, word
from tests.compiler.elements.data.test_mappings import into, io7
from tests.core.harness import Driver


def on(event: str, name: str = "L", **more: str) -> m.ForeignElement:
    return word("camunda:executionListener", event=event, **{"class": name, **more})


def task_on(event: str, name: str = "L") -> m.ForeignElement:
    return word("camunda:taskListener", event=event, **{"class": name})


def in_time(after: str) -> m.ForeignElement:
    """A listener that is called after a while."""
    stated = word("other:timerEventDefinition", word("other:timeDuration", text=after))
    return word("camunda:taskListener", stated, event="timeout", **{"class": "L"})


def given(text: str, *timer: m.ForeignElement) -> m.ForeignElement:
    """A listener with a field that is computed."""
    field = word("camunda:field", name="a", expression=text)
    return word("camunda:taskListener", field, *timer, event="timeout" if timer else "create")


def zeebe(tag: str, *events: str, **more: str) -> m.ForeignElement:
    single = tag.removesuffix("s")
    return word(
        f"zeebe:{tag}",
        *[word(f"zeebe:{single}", eventType=event, type="L", **more) for event in events],
    )


def drawn(node: m.FlowNode, **more: Any) -> Program:
    return compile_models([around(node, **more)], Options(allow_scripts=True))


def called(program: Program, variables: dict[str, Any] | None = None) -> str:
    """What is called or passed, in order, by ids; user tasks are completed."""
    driver = Driver(program, reload=True).run(variables)
    while not driver.outcome:
        scope = next(s for s in driver.state.scopes.values() if s.role != INSIDE or not s.children)
        user = next(n.index for n in program.nodes if n.kind is Kind.USER_TASK)
        driver.send(c.CompleteJob(scope.path, user, 1))
        driver.go()
    assert driver.outcome == "completed", driver.incidents()
    told_of = [x for x in driver.records if type(x).__name__ in ("Completed", "Passed")]
    names = [program.nodes[x.node].id for x in told_of]  # type: ignore[union-attr] # both have one
    return " ".join(dict.fromkeys(names))


LOOPED = m.MultiInstanceLoopCharacteristics(
    id="l", loop_cardinality=m.FormalExpression(body="2"), is_sequential=True
)


ORDERS: list[tuple[m.FlowNode, str]] = [
    (m.ServiceTask(id="t", **extended(on("end"), on("start"))), "s t/start t t/end e"),
    (m.ServiceTask(id="t", **extended(on("start"), on("start", "K"))), "s t/start t/start2 t e"),
    (m.Task(id="t", **extended(on("start"))), "s t/start t e"),
    (
        m.UserTask(
            id="t",
            **extended(task_on("complete"), task_on("assignment"), task_on("create"), on("start")),
            **said(camunda_assignee="demo"),
        ),
        "s t/start t/create t/assignment t t/complete e",
    ),
    (m.UserTask(id="t", **extended(task_on("assignment"))), "s t e"),
    (
        m.Task(id="t", loop_characteristics=LOOPED,
               **extended(zeebe("executionListeners", "beforeAll", "start"))),
        "s t/beforeAll t/start t e",
    ),
    (
        m.UserTask(
            id="t",
            **extended(zeebe("taskListeners", "creating", "completing"),
                       zeebe("executionListeners", "end", "start")),
        ),
        "s t/start t/creating t t/completing t/end e",
    ),
    (m.ExclusiveGateway(id="t", **extended(on("start"), on("end"))), "s t/start t/end t e"),
    (m.SubProcess(id="t", flow_elements=(m.Task(id="i"),), **extended(on("start"))),
     "s t/start i t e"),
]  # fmt: skip


@pytest.mark.parametrize(("node", "order"), ORDERS)
def test_the_order_of_calls(node: m.FlowNode, order: str) -> None:
    assert called(drawn(node)) == order


def test_listeners_of_flows_keep_conditions_and_joins() -> None:
    taken = extended(on("take"), on("take", "K"))
    split, join = m.ParallelGateway(id="p"), m.ParallelGateway(id="j", incoming=("f1", "f2"))
    choice = m.ExclusiveGateway(id="x", default="f4")
    elements = (
        m.StartEvent(id="s"), split, join, choice, m.EndEvent(id="e"), m.EndEvent(id="g"),
        flow("s p", id="f0"), flow("p j", id="f1", **taken), flow("p j", id="f2"),
        flow("j x", id="f3"), flow("x g", id="f4", **taken), flow("x e", "n > 1", id="f5", **taken),
    )  # fmt: skip
    program = compile_models([file(*elements)])
    assert called(program, {"n": 2}) == "s p f1/take f1/take2 x f5/take f5/take2 e"
    assert called(program, {"n": 1}) == "s p f1/take f1/take2 x f4/take f4/take2 g"
    joined = program.nodes[next(n.index for n in program.nodes if n.id == "j")]
    assert [program.flows[f].id for f in joined.incoming] == ["f1/take2/on", "f2"]


def test_listeners_of_a_process_and_of_a_called_one() -> None:
    both = extended(on("start"), on("end"), on("end", "K"))
    inner = m.Process(
        id="Q", flow_elements=(m.StartEvent(id="s2"), m.Task(id="i"), *flows("s2 i")), **both
    )
    call = m.CallActivity(id="t", called_element="Q")
    program = compile_models([around(call, roots=(inner,), **both)])
    told_of = called(program)
    assert told_of == "P/start s Q/start s2 i Q/end Q/end2 t e P/end P/end2"


def test_ids_of_listeners_are_kept_apart_between_files() -> None:
    task = m.ServiceTask(id="t", **extended(on("start"), on("end")))
    other = m.Process(
        id="Q",
        is_executable=True,
        flow_elements=(m.StartEvent(id="s"), task, flow("s t", id="f", **extended(on("take")))),
        **extended(on("end")),
    )
    program = compile_models([around(task), m.Definitions(id="E", root_elements=(other,))])
    names = [node.id for node in program.nodes if node.kind is Kind.LISTENER]
    assert names == ["t/start", "t/end", "Q:t/start", "Q:t/end", "f/take", "Q/end"]
    driver = Driver(program)
    driver.send(c.StartInstance(program.processes["Q"], {}))
    assert driver.go().outcome == "completed"


EIGHT = zeebe("executionListeners", "start", retries="3")
EXPRESSION = {"class": "", "expression": "${mail.send(to)}"}
PURE = word("camunda:executionListener", event="start", expression="${1 + 1}")
SCRIPT = word(
    "camunda:executionListener",
    word("camunda:script", text="x = 1", scriptFormat="python"),
    event="start",
)
FIELD = word(
    "camunda:executionListener",
    word("camunda:field", name="a", stringValue="1"),
    word("camunda:field", word("camunda:string", text="2"), name="b"),
    event="start",
    delegateExpression="${bean}",
)
WORKS: list[tuple[m.ForeignElement, dict[str, Any]]] = [
    (on("start"), {"names": ("L",)}),
    (EIGHT, {"names": ("L",), "retries": (0, 0)}),
    (FIELD, {"names": ("bean",), "fields": (("a", "1"), ("b", "2"))}),
    (on("start", **EXPRESSION), {"beans": BeanCalls("${mail.send(to)}", ("mail.send",))}),
]


@pytest.mark.parametrize(("listener", "expected"), WORKS)
def test_what_a_listener_calls(listener: m.ForeignElement, expected: dict[str, Any]) -> None:
    program = drawn(m.Task(id="t", **extended(listener)))
    (work,) = [node.work for node in program.nodes if node.kind is Kind.LISTENER]
    assert {name: getattr(work, name) for name in expected} == expected


@pytest.mark.parametrize(("listener", "written"), [(PURE, {}), (SCRIPT, {"x": 1})])
def test_a_listener_that_is_evaluated(listener: m.ForeignElement, written: dict[str, Any]) -> None:
    program = drawn(m.Task(id="t", **extended(listener)))
    (work,) = [node.work for node in program.nodes if node.kind is Kind.LISTENER]
    assert work is not None
    assert work.script is not None
    assert work.script({}) == written


TASK = "put its work into a task, or leave it out with --stub"
CANNOT: list[tuple[m.FlowNode, list[str]]] = [
    (
        m.UserTask(id="t", **extended(task_on("delete"), task_on("delete"))),
        [
            (
                "warning BX161 t: a listener at 'delete' is never called: nothing cuts its task "
                "off; remove it"
            )
        ],
    ),
    (
        m.UserTask(id="t", **extended(task_on("timeout"))),
        [f"error BX105 t: a listener that is called at 'timeout' cannot be run yet; {TASK}"],
    ),
    (
        m.UserTask(id="t", **extended(in_time("soon"))),
        ["error BX160 t: its listener's time: 'soon' is no ISO 8601 duration such as PT10S"],
    ),
    (
        m.Task(id="t", **extended(zeebe("executionListeners", "beforeAll"))),
        [f"error BX105 t: a listener that is called at 'beforeAll' cannot be run yet; {TASK}"],
    ),
    (
        m.Task(id="t", **extended(zeebe("executionListeners", "start", retries="= n"))),
        [],
    ),
    (
        m.UserTask(id="t", **extended(given("${a +}"))),
        ["error BX110 t: its listener's field 'a' '${a +}' is no JUEL"],
    ),
    (
        m.UserTask(id="t", **extended(given("${b.c()}", *in_time("PT1H").children))),
        ["error BX105 t: a field that Python computes for a listener that is called in time"],
    ),
    (
        m.Task(id="t", **extended(on("start", **{"class": "", "expression": "${a.b().c}"}))),
        [],
    ),
    (
        m.Task(id="t", **extended(on("start", **{"class": "", "expression": "${a +}"}))),
        ["error BX141 t: its expression: "],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("node", "lines"), CANNOT)
def test_what_a_listener_cannot_be(node: m.FlowNode, lines: list[str]) -> None:
    found = told(around(node))
    assert len(found) == len(lines)
    for got, line in zip(found, lines, strict=True):
        assert got.startswith(line)


def test_a_process_needs_a_start_event_for_its_listeners() -> None:
    (line,) = told(file(m.Task(id="t"), **extended(on("start"))))
    assert line.startswith("error BX105 P: a listener of a process without a start event")


PAID = (m.Message(id="M", name="M"),)


def behind_gateway(waits: m.FlowNode, *more: m.FlowElement, **listened: Any) -> m.Definitions:
    """A drawing in which something waits behind an event-based gateway."""
    way = flow(f"g {waits.id}", **listened)
    start, gateway, end = m.StartEvent(id="s"), m.EventBasedGateway(id="g"), m.EndEvent(id="e")
    return file(start, gateway, waits, end, *more, flow("s g"), way, roots=PAID)


def test_the_way_from_an_event_based_gateway_has_no_listeners() -> None:
    drawn = behind_gateway(
        m.ReceiveTask(id="c", message_ref="M"), flow("c e"), **extended(on("take"))
    )
    (line,) = told(drawn)
    assert line.startswith("error BX105 g-c: a listener on the way from an event-based gateway")


@pytest.mark.parametrize("more", ["", "${n == 1}"])
def test_listeners_of_what_waits_behind_a_gateway_are_called_when_it_has_happened(
    more: str,
) -> None:
    waits = m.ReceiveTask(
        id="c", message_ref="M", default="c-e", **extended(on("start"), on("end"))
    )
    other = (m.EndEvent(id="x"), flow("c x", more)) if more else ()
    drawn = behind_gateway(waits, flow("c e"), *other)
    program = compile_models([drawn])
    calls = {"c/start": lambda _: {"n": 1}, "c/end": lambda names: {"m": names["n"]}}
    driver = Driver(program, calls, reload=True).start()
    assert driver.open_jobs() == []
    driver.happen("c").go()
    assert driver.outcome == "completed"
    assert driver.state.scopes[""].variables == {"n": 1, "m": 1}
    assert driver.count(r.Passed, "x") == (1 if more else 0)


def test_nothing_is_brought_into_what_waits_behind_a_gateway() -> None:
    waits = m.ReceiveTask(id="c", message_ref="M", **extended(io7(into("x", "1"))))
    (line,) = told(behind_gateway(waits, flow("c e")))
    assert line.startswith("error BX105 c: data that moves into an event behind an event-based")


def test_a_field_with_an_expression_is_data_that_comes_in() -> None:
    field = word("camunda:field", name="to", expression="${who}!")
    task = m.ServiceTask(id="t", **extended(field), **said(camunda_class="Mail"))
    driver = Driver(drawn(task), {"t": lambda names: {"sent": names["to"]}}, reload=True)
    driver.run({"who": "Ada"})
    assert driver.state.scopes[""].variables == {"who": "Ada", "sent": "Ada!"}


def test_an_expression_as_the_work_of_a_task() -> None:
    words = {"camunda_expression": "${n + 1}", "camunda_resultVariable": "r"}
    program = drawn(m.ServiceTask(id="t", **said(**words)))
    (work,) = [node.work for node in program.nodes if node.id == "t"]
    assert work is not None
    assert work.script is not None
    assert work.script({"n": 1}) == {"r": 2}


def test_listeners_are_called_in_time_as_long_as_the_task_is_there() -> None:
    user = m.UserTask(id="t", **extended(in_time("PT1H"), in_time("P1D")))
    driver = Driver(compile_models([around(user)]), reload=True).start()
    assert [name for name, _ in driver.waits()] == ["t/timeout/at", "t/timeout2/at"]
    driver.happen("t/timeout/at").go()
    assert "t/timeout" in driver.path().split()
    (job,) = driver.open_jobs(users=True)
    driver.send(c.CompleteJob(*job))
    assert driver.outcome == "completed"
    assert driver.waits() == []


def bordered(
    *words: m.ForeignElement, interrupts: bool = True, own: tuple[m.ForeignElement, ...] = ()
) -> m.Definitions:
    """A user task that listens, with a boundary event that may listen too."""
    signal = m.SignalEventDefinition(id="d", signal_ref="S")
    border = m.BoundaryEvent(
        id="b", attached_to_ref="t", cancel_activity=interrupts, event_definitions=(signal,),
        **extended(*own),
    )  # fmt: skip
    late = m.EndEvent(id="late"), flow("b late")
    user = m.UserTask(id="t", **extended(*words))
    return around(user, border, *late, roots=(m.Signal(id="S", name="S"),))


DONE = (r.Completed, r.Passed)
EIGHTS = zeebe("taskListeners", "canceling"), zeebe("executionListeners", "end")
CUTS: list[tuple[m.Definitions, str]] = [
    (
        bordered(on("end"), task_on("delete"), task_on("complete"), own=(on("start"),)),
        "s t/delete/b t/end/b b/start b late",
    ),
    (bordered(*EIGHTS), "s t/canceling/b b late"),
    (bordered(task_on("complete")), "s b late"),
]


@pytest.mark.parametrize(("definitions", "order"), CUTS)
def test_listeners_of_what_a_boundary_event_interrupts(
    definitions: m.Definitions, order: str
) -> None:
    driver = Driver(compile_models([definitions]), reload=True).start()
    driver.happen("b").go()
    assert driver.outcome == "completed"
    names = [driver.program.nodes[x.node].id for x in driver.records if isinstance(x, DONE)]
    assert " ".join(dict.fromkeys(names)) == order


def test_a_boundary_event_that_interrupts_nothing_ends_nothing() -> None:
    drawn = bordered(on("end"), task_on("delete"), interrupts=False)
    (line,) = told(drawn)
    assert line.startswith("warning BX161 t: a listener at 'delete' is never called: nothing cuts")


SEVERAL = m.MultiInstanceLoopCharacteristics(
    id="l", loop_cardinality=m.FormalExpression(id="lc", body="2")
)
ELSEWHERE = m.EndEvent(id="x", event_definitions=(m.TerminateEventDefinition(id="dx"),))


@pytest.mark.parametrize("around_it", ["loop", "sub-process", "terminate"])
def test_a_listener_of_what_is_cut_off_from_around_it_is_refused(around_it: str) -> None:
    listens = extended(task_on("delete"))
    task = m.UserTask(id="t", **listens)
    if around_it == "loop":
        drawn = around(m.UserTask(id="t", loop_characteristics=SEVERAL, **listens))
    elif around_it == "sub-process":
        drawn = around(m.SubProcess(id="z", flow_elements=(task,)))
    else:
        drawn = around(task, ELSEWHERE, flow("t x"))
    (line,) = told(drawn)
    how = "in several instances at once" if around_it == "loop" else "from around it"
    assert line == (
        f"error BX105 t: a listener that is called when its task is cut off (delete) {how} "
        f"cannot be run yet; {TASK}"
    )


def test_a_listener_on_the_way_to_what_cannot_run_is_no_fault_of_its_own() -> None:
    way = flow("s t", **extended(on("take")))
    lines = told(
        file(m.StartEvent(id="s"), m.ChoreographyTask(id="t", initiating_participant_ref="p"), way)
    )
    assert [line.split(";")[0] for line in lines] == [
        "error BX101 t: a choreography task cannot be run yet"
    ]
