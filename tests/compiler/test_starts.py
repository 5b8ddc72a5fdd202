"""Where a level begins, and what nothing leads to."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.core import commands as c
from bpmn_xml.core.machine import Machine
from bpmn_xml.errors import CommandRejected
from tests.compiler.drawing import around, compiled, file, flow, flows, tells

START, END, TASK, USER = (
    m.StartEvent(id="s"),
    m.EndEvent(id="e"),
    m.Task(id="t"),
    m.UserTask(id="u"),
)
SECOND = m.StartEvent(id="s2")
LINK = m.IntermediateCatchEvent(
    id="c", event_definitions=(m.LinkEventDefinition(id="d", name="n"),)
)
CAUGHT = m.BoundaryEvent(
    id="b", attached_to_ref="t", event_definitions=(m.ErrorEventDefinition(id="d"),)
)


def inside(*elements: m.FlowElement) -> m.Definitions:
    return around(m.SubProcess(id="z", flow_elements=elements))


STARTS: list[tuple[m.Definitions, str, list[str]]] = [
    (file(START, END, flow("s e")), "P", ["s"]),
    (file(TASK, END, flow("t e")), "P", ["t"]),
    (file(TASK, USER, END, *flows("t e, u e")), "P", ["t", "u"]),
    (file(TASK, CAUGHT, END, *flows("t e, b e")), "P", ["t"]),
    (inside(m.StartEvent(id="i"), TASK, flow("i t")), "z", ["i"]),
    (inside(TASK, USER), "z", ["t", "u"]),
    (inside(), "z", []),
]


@pytest.mark.parametrize(("definitions", "level", "starts"), STARTS)
def test_a_level_begins(definitions: m.Definitions, level: str, starts: list[str]) -> None:
    program = compiled(definitions)
    container = next(found for found in program.containers if found.id == level)
    assert [program.nodes[index].id for index in container.starts] == starts


NEVER = "no way from the start leads to it, so it is never run; lead a flow to it, or remove it"

FAULTS: list[tuple[m.Definitions, list[str]]] = [
    (file(), ["error BX130 P: there is nothing in it; draw a start event and what follows"]),
    (
        file(TASK, USER, *flows("t u, u t")),
        [
            (
                "error BX126 P: something leads to every element in it, so none can be the first; "
                "draw a start event"
            )
        ],
    ),
    (
        inside(TASK, flow("t t")),
        [
            (
                "error BX126 z: something leads to every element in it, so none can be the first; "
                "draw a start event"
            )
        ],
    ),
    (
        inside(m.Task(id="c", is_for_compensation=True)),
        [
            "error BX126 z: nothing in it begins by itself; draw a start event",
            (
                "warning BX128 c: no compensation event leads to it, so it is never run; "
                "lead one to it, or remove it"
            ),
        ],
    ),
    (
        inside(m.StartEvent(id="i"), m.StartEvent(id="j"), TASK, *flows("i t, j t")),
        [
            (
                "error BX126 z: it has 2 start events, i and j, but a sub-process begins at one; "
                "keep one, and split the flow behind it"
            )
        ],
    ),
    (
        file(START, SECOND, END, *flows("s e, s2 e")),
        [
            (
                "warning BX129 P: it has 2 start events, s and s2, of which one begins; "
                "name it with --start s or --start s2, or keep only one"
            )
        ],
    ),
    (file(START, END, TASK, USER, *flows("s e, t u")), [f"warning BX128 t: {NEVER}"]),
    (
        file(START, END, TASK, USER, *flows("s e, t u, u t")),
        [f"warning BX128 t: {NEVER}"],
    ),
    (
        file(START, END, TASK, CAUGHT, USER, *flows("s e, b u")),
        [f"warning BX128 t: {NEVER}"],
    ),
    (
        file(START, END, m.ParallelGateway(id="j"), TASK, *flows("s j, t j, j e")),
        [
            (
                "warning BX127 j: it waits for a token on t-j, where none can ever come; "
                "lead a flow there, or remove the flow"
            ),
            f"warning BX128 t: {NEVER}",
        ],
    ),
    (
        file(START, END, m.ExclusiveGateway(id="x"), TASK, *flows("s x, t x, x e")),
        [f"warning BX128 t: {NEVER}"],
    ),
    (
        file(START, END, TASK, LINK, USER, *flows("s t, t e, c u")),
        [
            (
                "warning BX128 c: no link event on its level throws what it catches, so it is "
                "never reached; draw one with the same name"
            )
        ],
    ),
    (
        file(START, END, m.Task(id="t", is_for_compensation=True), flow("s e")),
        [
            (
                "warning BX128 t: no compensation event leads to it, so it is never run; "
                "lead one to it, or remove it"
            )
        ],
    ),
]


test_what_never_begins_is_said = tells(FAULTS)


def test_of_several_start_events_one_has_to_be_named() -> None:
    program, _ = analyse([file(START, SECOND, END, *flows("s e, s2 e"))], Options())
    assert program is not None
    machine = Machine(program)
    with pytest.raises(CommandRejected, match="name the start event to begin at: s, s2"):
        machine.send(machine.create("i"), c.StartInstance(0, {}), 0)
    state = machine.create("i")
    machine.send(state, c.StartInstance(0, {}, start=1), 0)
    assert state.outcome == "completed"
