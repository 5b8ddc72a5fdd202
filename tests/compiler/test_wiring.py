"""Flows with two ends on their level, hosts that can be "
"hosts, defaults that leave their element."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options
from bpmn_xml.compiler.file import DiagramFile
from bpmn_xml.compiler.wiring import rings, wire
from bpmn_xml.errors import Place
from tests.compiler.drawing import around, compiled, file, flow, flows, told

ERROR = (m.ErrorEventDefinition(id="d"),)
START, END, TASK = m.StartEvent(id="s"), m.EndEvent(id="e"), m.Task(id="t")


def boundary(host: str, name: str = "b") -> m.BoundaryEvent:
    return m.BoundaryEvent(id=name, attached_to_ref=host, event_definitions=ERROR)


STRAY_ENDS = m.SequenceFlow(
    id="f",
    source_ref="",
    target_ref="",
    extension_attributes=(
        m.ForeignAttribute(name="from", value="s"),
        m.ForeignAttribute(name="to", value="e"),
    ),
)
INNER = m.SubProcess(id="z", flow_elements=(m.Task(id="inside"),))
OTHER = m.Process(id="Q", flow_elements=(m.Task(id="far"), m.DataObject(id="far_data")))

FAULTS: list[tuple[m.Definitions, list[str]]] = [
    (
        file(START, END, TASK, *flows("s t, t e, t nowhere")),
        [
            (
                "error BX120 t-nowhere: its target 'nowhere' is not in the file; "
                "connect it, or remove it"
            )
        ],
    ),
    (
        file(
            START,
            END,
            *flows("s e"),
            STRAY_ENDS,
            m.SequenceFlow(id="n", source_ref="s", target_ref=""),
        ),
        [
            (
                "error BX120 f: it names no source and no target; "
                "did you mean sourceRef and targetRef by from and to?"
            ),
            "error BX120 n: it names no target; give it a targetRef",
        ],
    ),
    (
        file(START, END, *flows("s e, x y")),
        [
            "error BX120 x-y: its source 'x' is not in the file; connect it, or remove it",
            "error BX120 x-y: its target 'y' is not in the file; connect it, or remove it",
        ],
    ),
    (
        file(START, m.DataObject(id="data"), *flows("s data")),
        [
            (
                "error BX120 s-data: its target 'data' is a data object; "
                "connect it to an activity, event or gateway"
            )
        ],
    ),
    (
        file(START, END, *flows("s e, s s-e")),
        [
            (
                "error BX120 s-s-e: its target 's-e' is a sequence flow; "
                "connect it to an activity, event or gateway"
            )
        ],
    ),
    (
        file(START, INNER, *flows("s z, s inside")),
        [
            (
                "error BX121 s-inside: its target 'inside' is on another level; "
                "connect it within its level"
            )
        ],
    ),
    (
        file(
            START,
            TASK,
            m.SubProcess(id="z", flow_elements=(m.Task(id="inside"), flow("inside t"))),
            *flows("s z, z t"),
        ),
        ["error BX121 inside-t: its target 't' is on another level; connect it within its level"],
    ),
    (
        file(START, *flows("s far"), roots=(OTHER,)),
        [
            (
                "error BX121 s-far: its target 'far' is in another process; "
                "draw a message flow between processes"
            )
        ],
    ),
    (
        file(START, *flows("s far_data"), roots=(OTHER,)),
        [
            (
                "error BX120 s-far_data: its target 'far_data' is a data object; "
                "connect it to an activity, event or gateway"
            )
        ],
    ),
    (
        file(START, END, TASK, *flows("s t, t s, t e, e t")),
        [
            "error BX122 t-s: it leads into start event 's'; connect it to another element",
            "error BX122 e-t: it leaves end event 'e'; connect it to another element",
        ],
    ),
    (
        around(TASK, boundary("t"), *flows("t b, b e")),
        ["error BX122 t-b: it leads into boundary event 'b'; connect it to another element"],
    ),
    (
        around(m.ParallelGateway(id="g"), boundary("g")),
        [
            (
                "error BX123 b: it is attached to parallel gateway 'g', "
                "which is no activity of its "
                "level; attach it to a task or sub-process"
            )
        ],
    ),
    (
        around(INNER, boundary("inside")),
        [
            (
                "error BX123 b: it is attached to 'inside', which is no activity of its level; "
                "attach it to a task or sub-process"
            )
        ],
    ),
    (
        around(TASK, boundary("b")),
        [
            (
                "error BX123 b: it is attached to boundary event 'b', which is no activity of its "
                "level; attach it to a task or sub-process"
            )
        ],
    ),
    (
        around(m.ExclusiveGateway(id="g", default="s-g")),
        ["error BX124 g: its default flow 's-g' does not leave it; name one of its outgoing flows"],
    ),
    (
        around(m.ServiceTask(id="t", default="gone")),
        [
            (
                "error BX124 t: its default flow 'gone' does not leave it; "
                "name one of its outgoing flows"
            )
        ],
    ),
]


@pytest.mark.parametrize(("definitions", "lines"), FAULTS)
def test_what_does_not_hang_together_is_said(definitions: m.Definitions, lines: list[str]) -> None:
    assert told(definitions) == lines
    assert told(definitions, stub=True) == lines


def test_loops_and_parallel_flows_between_two_nodes_are_fine() -> None:
    twice = flow("t e"), flow("t e", id="second"), flow("t t")
    program = compiled(file(START, END, TASK, flow("s t"), *twice))
    assert [f.id for f in program.flows] == ["s-t", "t-e", "second", "t-t"]


def test_ends_are_found_though_ids_repeat_around_them() -> None:
    inner = m.SubProcess(
        id="z", flow_elements=(m.SubProcess(id="z", flow_elements=(flow("a z"),)),)
    )
    lines = told(around(inner))
    assert "error BX120 a-z: its source 'a' is not in the file; connect it, or remove it" in lines
    assert "error BX121 a-z: its target 'z' is on another level; connect it within its level" in (
        lines
    )


WAITING = m.IntermediateCatchEvent(
    id="c", event_definitions=(m.SignalEventDefinition(id="d", signal_ref="S"),)
)
SIGNAL, PAID = m.Signal(id="S"), m.Message(id="M")
RECEIVE = m.ReceiveTask(id="r", message_ref="M")
LINK = (m.LinkEventDefinition(id="d", name="n"),)
AT_START = m.StartEvent(
    id="vs", event_definitions=(m.SignalEventDefinition(id="d", signal_ref="S"),)
)
EVENT_SUB = m.SubProcess(id="v", triggered_by_event=True, flow_elements=(AT_START,))
WAITS_NOT = "which waits for nothing; lead it to a catch event or a receive task"

EVENT_FAULTS: list[tuple[tuple[m.FlowElement, ...], list[str]]] = [
    ((WAITING, RECEIVE, *flows("g c, g r")), []),
    ((TASK, *flows("g t")), [f"error BX102 g: it leads to task 't', {WAITS_NOT}"]),
    (
        (m.IntermediateCatchEvent(id="c", event_definitions=LINK), *flows("g c")),
        [f"error BX102 g: it leads to link event 'c', {WAITS_NOT}"],
    ),
    (
        (WAITING, *flows("g c, s c")),
        [
            (
                "error BX102 g: another flow leads to intermediate catch event 'c' too; "
                "lead only the gateway there"
            )
        ],
    ),
    (
        (RECEIVE, boundary("r"), *flows("g r")),
        [
            (
                "error BX102 g: it leads to receive task 'r', which has a "
                "boundary event or a loop; "
                "remove that, or draw a catch event instead"
            )
        ],
    ),
    ((), ["error BX102 g: it leads to nothing to wait for; lead it to catch events"]),
    (
        (WAITING, flow("g c", "n > 1")),
        [
            (
                "warning BX113 g-c: its condition is never asked: an event-based gateway takes the "
                "flow whose event happens first; remove the condition"
            )
        ],
    ),
]


@pytest.mark.parametrize(("elements", "lines"), EVENT_FAULTS)
def test_an_event_based_gateway_leads_to_what_waits(
    elements: tuple[m.FlowElement, ...], lines: list[str]
) -> None:
    gateway = m.EventBasedGateway(id="g")
    assert told(file(START, gateway, flow("s g"), *elements, roots=(SIGNAL, PAID))) == lines


@pytest.mark.parametrize(
    ("element", "line"),
    [
        (
            flow("s v"),
            "error BX122 s-v: it leads into event sub-process 'v'; connect it to another element",
        ),
        (
            flow("v e"),
            "error BX122 v-e: it leaves event sub-process 'v'; connect it to another element",
        ),
        (
            boundary("v"),
            (
                "error BX123 b: it is attached to event sub-process 'v', "
                "which is no activity of its "
                "level; attach it to a task or sub-process"
            ),
        ),
    ],
)
def test_an_event_sub_process_stands_for_itself(element: m.FlowElement, line: str) -> None:
    assert told(file(START, END, flow("s e"), EVENT_SUB, element, roots=(SIGNAL,))) == [line]


RINGS = [
    ("s a, a b, b a, b e", "s ab e"),
    ("s a, a a, a b, b e", "s a b e"),
    ("s a, a b, b c, c a, c d, d c, d e", "s abcd e"),
    ("s a, a b, b a, b c, c d, d c, d e", "s ab cd e"),
    ("s a, x b, b a, a e", "s abx e"),
]
"""Flows, and the nodes that lead to each other; the event `x` is attached to `a`."""


@pytest.mark.parametrize(("ways", "expected"), RINGS)
def test_nodes_of_a_ring_lead_to_each_other(ways: str, expected: str) -> None:
    tasks = [m.Task(id=name) for name in "abcd" if name in ways]
    border = [boundary("a", "x")] if "x" in ways else []
    drawn = file(START, END, *tasks, *border, *flows(ways))
    level = drawn.root_elements[0]
    assert isinstance(level, m.Process)
    found = rings(wire(DiagramFile(definitions=drawn, options=Options()), level))
    groups = {"".join(sorted(n for n in found if found[n] == one)) for one in found.values()}
    assert groups == set(expected.split())


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("exclusivegateway", "did you mean 'exclusiveGateway'?"),
        ("servisTask", "did you mean 'serviceTask'"),
        ("xyz", "draw a task, event or gateway instead"),
        ("flowNode", "draw a task, event or gateway instead"),
    ],
)
def test_an_end_at_an_element_that_bpmn_does_not_know_is_told(name: str, remedy: str) -> None:
    stranger = m.ForeignElement(
        name=name,
        attributes=(m.ForeignAttribute(name="id", value="g"),),
        place=Place("a.bpmn", 7, 1),
    )
    strangers = (m.ForeignElement(name="x"), stranger)
    process = m.Process(
        id="P",
        foreign_elements=strangers,
        flow_elements=(START, END, *flows("s e, s g")),
    )
    (line,) = told(m.Definitions(id="d", target_namespace="urn:x", root_elements=(process,)))
    assert f"its target 'g' is an unknown element, <{name}> in line 7; {remedy}" in line


@pytest.mark.parametrize(
    ("name", "remedy"),
    [
        ("chrge", "did you mean 'charge'? Else connect it, or remove it"),
        ("Activity_1xy34zw", "connect it, or remove it"),
    ],
)
def test_an_end_that_may_be_a_slip_is_named(name: str, remedy: str) -> None:
    tasks = m.Task(id="charge"), m.Task(id="Activity_0ab12cd")
    line = f"error BX120 s-{name}: its target '{name}' is not in the file; {remedy}"
    assert line in told(file(START, *tasks, *flows(f"s {name}")))
