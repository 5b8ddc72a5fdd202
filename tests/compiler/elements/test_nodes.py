"""What each kind of node is to the core, beside what its own module tests."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.program import Join, Kind, Node, Trigger
from bpmn_xml.compiler.program.scoping import Computed
from tests.compiler.drawing import around, compiled, extended, file, flow, flows, said, told, word

PAID, ALARM = m.Message(id="M", name="paid"), m.Signal(id="S", name="alarm")
ERROR = (m.ErrorEventDefinition(id="d"),)
AT_SIGNAL = (m.SignalEventDefinition(id="d", signal_ref="S"),)
AT_MESSAGE = (m.MessageEventDefinition(id="d", message_ref="M"),)


def node(element: m.FlowNode, *more: m.FlowElement, **options: Any) -> Node:
    """What an element between a start and an end event is in the program."""
    program = compiled(around(element, *more, roots=(PAID, ALARM)), **options)
    return next(found for found in program.nodes if found.id == element.id)


def triggers(found: Node) -> list[Trigger]:
    return [event.trigger for event in found.events]


def test_names_places_and_lanes() -> None:
    lanes = m.LaneSet(
        id="ls",
        lanes=(
            m.Lane(
                id="outer",
                name="Shop",
                flow_node_refs=("t", "u", "s"),
                child_lane_set=m.LaneSet(
                    id="inner", lanes=(m.Lane(id="clerk", flow_node_refs=("u", "gone")),)
                ),
            ),
        ),
    )
    task, user = m.Task(id="t", name="Check"), m.UserTask(id="u")
    program = compiled(
        file(m.StartEvent(id="s"), task, user, *flows("s t, t u"), lane_sets=(lanes,))
    )
    assert [found.lane for found in program.nodes] == ["Shop", "Shop", "clerk"]
    assert [found.name for found in program.nodes] == ["", "Check", ""]


def test_boundary_events_hang_on_their_host_in_the_order_of_the_file() -> None:
    error = m.Error(id="E", error_code="4711")
    exact = m.BoundaryEvent(
        id="b2",
        attached_to_ref="t",
        event_definitions=(m.ErrorEventDefinition(id="d", error_ref="E"),),
    )
    every = m.BoundaryEvent(id="b1", attached_to_ref="t", event_definitions=ERROR)
    soft = m.BoundaryEvent(
        id="b3", attached_to_ref="t", event_definitions=AT_SIGNAL, cancel_activity=False
    )
    task = m.ServiceTask(id="t")
    program = compiled(file(task, every, exact, soft, roots=(error, ALARM)))
    host = program.nodes[0]
    assert [program.nodes[i].id for i in host.boundary] == ["b1", "b2", "b3"]
    assert [program.nodes[i].host for i in host.boundary] == [0, 0, 0]
    assert [program.nodes[i].interrupting for i in host.boundary] == [True, True, False]
    assert [program.nodes[i].id for i in host.waiters] == ["b3"]


def test_quantities_and_what_a_complex_gateway_asks() -> None:
    task = m.Task(id="t", start_quantity=2, completion_quantity=3)
    condition = m.FormalExpression(body="activationCount >= 2", language="python")
    gateway = m.ComplexGateway(id="g", activation_condition=condition)
    other = m.Task(id="u")
    program = compiled(file(other, task, gateway, *flows("u t, t g, u g")))
    found = program.nodes[1]
    assert (found.takes, found.gives, found.join) == (2, 3, Join.ENOUGH)
    assert program.nodes[2].activation is not None
    assert program.nodes[2].join is Join.ACTIVATING


def test_a_complex_gateway_that_only_splits() -> None:
    found = node(m.ComplexGateway(id="g"))
    assert (found.activation, found.join) == (None, Join.EACH)


def test_a_throw_event_throws_in_order() -> None:
    event = m.IntermediateThrowEvent(id="x", event_definitions=(*AT_SIGNAL, *AT_MESSAGE))
    found = node(event)
    assert found.kind is Kind.THROW_EVENT
    assert triggers(found) == [Trigger.SIGNAL, Trigger.MESSAGE]


def test_a_message_event_with_an_implementation_is_work() -> None:
    event = m.IntermediateThrowEvent(
        id="x",
        event_definitions=(
            m.MessageEventDefinition(id="d", **said(camunda_topic="mail", camunda_type="external")),
        ),
    )
    found = node(event)
    assert found.kind is Kind.SEND_TASK
    assert found.work is not None
    assert (found.work.names, found.events) == (("mail",), ())


def test_a_message_event_is_work_though_what_it_calls_is_not_known_before() -> None:
    words = extended(word("zeebe:taskDefinition", type="= which"))
    event = m.EndEvent(id="x", event_definitions=(m.MessageEventDefinition(id="d"),), **words)
    program, findings = analyse([file(event)], Options())
    assert (program is not None, findings) == (True, [])
    assert program is not None
    assert program.nodes[0].kind is Kind.SEND_TASK


def test_catch_events_wait_for_one_or_all() -> None:
    both = (*AT_SIGNAL, *AT_MESSAGE)
    found = node(m.IntermediateCatchEvent(id="c", event_definitions=both, parallel_multiple=True))
    assert (found.kind, found.needs_all, len(found.events)) == (Kind.CATCH_EVENT, True, 2)
    assert not node(m.IntermediateCatchEvent(id="c", event_definitions=both)).needs_all


def test_a_receive_task_waits_for_its_message() -> None:
    found = node(m.ReceiveTask(id="r", message_ref="M"))
    assert (found.kind, triggers(found)) == (Kind.RECEIVE_TASK, [Trigger.MESSAGE])


def test_a_send_task_is_work_or_throws_its_message() -> None:
    found = node(m.SendTask(id="t"))
    assert (found.kind, found.events) == (Kind.SEND_TASK, ())
    assert found.work is not None
    found = node(m.SendTask(id="t", message_ref="M", **said(camunda_topic="mail")))
    assert (found.kind, found.events) == (Kind.SEND_TASK, ())
    found = node(m.SendTask(id="t", message_ref="M"))
    assert (found.kind, found.work, triggers(found)) == (
        Kind.THROW_EVENT,
        None,
        [Trigger.MESSAGE],
    )


def event_sub(**fields: Any) -> m.SubProcess:
    start = m.StartEvent(id="vs", **{"event_definitions": AT_SIGNAL, **fields})
    return m.SubProcess(
        id="v", triggered_by_event=True, flow_elements=(start, m.Task(id="vt"), flow("vs vt"))
    )


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_event_sub_process_catches_what_its_start_says(interrupting: bool) -> None:
    sub = event_sub(is_interrupting=interrupting, parallel_multiple=True)
    program = compiled(file(m.Task(id="t"), sub, roots=(ALARM,)))
    found = program.nodes[1]
    assert found.kind is Kind.EVENT_SUB_PROCESS
    assert (found.interrupting, found.needs_all, triggers(found)) == (
        interrupting,
        True,
        [Trigger.SIGNAL],
    )
    assert program.containers[0].handlers == (1,)
    body = program.containers[found.body]
    assert [program.nodes[i].id for i in body.starts] == ["vs"]


def test_start_events_of_a_process_that_wait() -> None:
    waits = m.StartEvent(id="w", event_definitions=AT_MESSAGE)
    drawn = file(m.StartEvent(id="s"), waits, m.Task(id="t"), *flows("s t, w t"), roots=(PAID,))
    program = compiled(drawn)
    container = program.containers[0]
    assert (container.starts, container.triggered) == ((0,), (1,))
    assert triggers(program.nodes[1]) == [Trigger.MESSAGE]


FAULTS: list[tuple[m.Definitions, list[str]]] = [
    (
        file(
            m.Task(id="t"),
            m.Task(id="u"),
            m.ComplexGateway(id="g", incoming=("t-g", "u-g")),
            *flows("t g, u g"),
        ),
        [
            (
                "error BX160 g: it has no activation condition, so nothing says which tokens it "
                'takes; give it one, as in "activationCount >= 2"'
            )
        ],
    ),
    (
        file(
            m.SubProcess(
                id="p",
                flow_elements=(m.ReceiveTask(id="r", message_ref="M", instantiate=True),),
            ),
            roots=(PAID,),
        ),
        [
            (
                "error BX101 r: a receive task that starts a sub-process, or has a loop and "
                "starts the process cannot be run yet; draw a message start event before it"
            )
        ],
    ),
    (
        around(m.ReceiveTask(id="r", name="Paid")),
        [
            (
                "note BX115 r: it names no message, so it waits for one that is called 'Paid'; "
                "choose the message that it is about"
            )
        ],
    ),
    (
        around(m.SendTask(id="r", message_ref="M")),
        [
            (
                "error BX102 r: its message 'M' is not in the file; "
                "choose the message that it is about"
            )
        ],
    ),
    (
        file(
            m.StartEvent(id="s"),
            m.EventBasedGateway(id="g", event_gateway_type="Parallel"),
            m.IntermediateCatchEvent(id="c", event_definitions=AT_SIGNAL),
            *flows("s g, g c"),
            roots=(ALARM,),
        ),
        [
            (
                "error BX103 g: an event-based gateway that waits for all and does not start the "
                "process cannot be run yet; let it start the process, or split with a parallel "
                "gateway"
            ),
        ],
    ),
    (
        file(
            m.SubProcess(
                id="p",
                flow_elements=(
                    m.EventBasedGateway(id="g", instantiate=True),
                    m.IntermediateCatchEvent(id="c", event_definitions=AT_SIGNAL),
                    *flows("g c"),
                ),
            ),
            roots=(ALARM,),
        ),
        [
            (
                "error BX101 g: an event-based gateway that starts a sub-process cannot be run "
                "yet; draw it behind a start event"
            )
        ],
    ),
    (
        file(m.Task(id="t"), m.SubProcess(id="v", triggered_by_event=True)),
        ["error BX126 v: it has 0 start events; draw one, with what it waits for"],
    ),
    (
        file(
            m.Task(id="t"),
            m.BoundaryEvent(
                id="b", attached_to_ref="t", event_definitions=ERROR, cancel_activity=False
            ),
            event_sub(event_definitions=ERROR, is_interrupting=False),
        ),
        [
            (
                "error BX103 b: it catches an error and does not interrupt: BPMN has no such "
                "event (10.5.1); let it interrupt, or catch an escalation"
            ),
            (
                "error BX103 vs: it catches an error and does not interrupt: BPMN has no such "
                "event (10.5.1); let it interrupt, or catch an escalation"
            ),
        ],
    ),
    (
        file(
            m.Task(id="t"),
            m.BoundaryEvent(
                id="b",
                attached_to_ref="t",
                event_definitions=(*ERROR, m.EscalationEventDefinition(id="d2")),
                parallel_multiple=True,
            ),
        ),
        [
            (
                "error BX103 b: an event that waits for an error or escalation and for something "
                "else together cannot be run yet; let it wait for one of them, or draw two events"
            )
        ],
    ),
    (
        file(
            m.StartEvent(
                id="s", event_definitions=(m.MessageEventDefinition(id="d", message_ref="N"),)
            ),
            roots=(m.Message(id="N", name="${which}"),),
        ),
        [
            (
                "error BX102 s: the name it waits for, '${which}', needs variables, before there "
                "are any; give the message or signal a constant name"
            )
        ],
    ),
    (
        file(m.Task(id="t"), event_sub(event_definitions=())),
        ["error BX102 vs: it waits for nothing; say what it waits for"],
    ),
    (
        file(
            m.Task(id="t"),
            event_sub(event_definitions=(m.CompensateEventDefinition(id="d"), *AT_SIGNAL)),
            roots=(ALARM,),
        ),
        [
            (
                "error BX102 vs: an event that catches compensation or cancelling, and something "
                "else too cannot be run yet; draw two events"
            )
        ],
    ),
]


@pytest.mark.parametrize(("definitions", "lines"), FAULTS)
def test_what_a_node_cannot_be_is_said(definitions: m.Definitions, lines: list[str]) -> None:
    assert sorted(told(definitions)) == sorted(lines)


def begun_by(name: str, **options: Any) -> Computed | None:
    """The name for which a process waits that is to begin with a message."""
    start = m.StartEvent(
        id="s", event_definitions=(m.MessageEventDefinition(id="d", message_ref="N"),)
    )
    drawing = file(start, m.EndEvent(id="e"), flow("s e"), roots=(m.Message(id="N", name=name),))
    program, _ = analyse([drawing], Options(**options))
    assert program is not None
    return program.nodes[0].events[0].name


@pytest.mark.parametrize("name", ["${'new-'.concat('order')}", '= "new-" + "order"', "new-order"])
def test_a_process_waits_for_a_name_that_is_computed_without_variables(name: str) -> None:
    found = begun_by(name)
    assert found is not None
    assert (found.text, found.language) == ("new-order", "")


def test_a_stub_run_waits_for_a_name_as_it_stands() -> None:
    found = begun_by("${a}", stub=True)
    assert found is not None
    assert found.evaluate({}) == "${a}"
