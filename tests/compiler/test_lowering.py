"""Levels into containers, however deep, at a cost that grows with their number alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.lowering import lane_names
from bpmn_xml.core import commands as c
from bpmn_xml.core.machine import Machine
from tests.compiler.drawing import compiled, file, flow, flows, said, told
from tests.costs import calls


def nested(depth: int) -> m.SubProcess:
    sub = m.SubProcess(id="z0", flow_elements=(m.Task(id="t"),))
    for i in range(1, depth):
        ends = m.StartEvent(id=f"s{i}"), m.EndEvent(id=f"e{i}")
        ways = flow(f"s{i} {sub.id}"), flow(f"{sub.id} e{i}")
        sub = m.SubProcess(id=f"z{i}", flow_elements=(*ends, sub, *ways))
    return sub


def test_a_thousand_sub_processes_inside_each_other() -> None:
    program = compiled(file(nested(1000)))
    assert len(program.containers) == 1001
    machine = Machine(program)
    state = machine.create("i")
    machine.send(state, c.StartInstance(0, {}), 0)
    assert state.outcome == "completed"


def test_faults_are_found_however_deep() -> None:
    inner = m.SubProcess(id="inner", flow_elements=(m.Task(id="u", start_quantity=0), flow("u x")))
    deep = m.SubProcess(id="deep", flow_elements=(inner,))
    codes = [line.split(": ")[0] for line in told(file(deep))]
    assert codes == ["error BX103 u", "error BX120 u-x"]


def test_a_process_hands_its_payload_setting_down() -> None:
    program = compiled(file(nested(2), **said(bx_payload="flow")), file(m.Task(id="u"), id="Q"))
    assert [container.flow_payload for container in program.containers] == [True] * 3 + [False]


def test_flows_keep_the_order_of_the_document() -> None:
    ends = m.StartEvent(id="s"), m.ExclusiveGateway(id="g"), m.Task(id="a"), m.Task(id="b")
    ways = flow("g b", "n > 1"), flow("g a"), flow("s g")
    program = compiled(file(*ways, *ends))
    assert [found.id for found in program.flows] == ["g-b", "g-a", "s-g"]
    assert program.nodes[1].outgoing == (0, 1)


def test_lanes_without_name_are_called_by_their_id() -> None:
    lane = m.Lane(id="L", flow_node_refs=("t",))
    process = m.Process(id="P", lane_sets=(m.LaneSet(id="ls", lanes=(lane,)),))
    assert lane_names(process) == {"t": "L"}


def line(size: int) -> m.Definitions:
    nodes = [m.ServiceTask(id=f"t{i}", name=f"Step {i}") for i in range(size)]
    ways = [flow(f"t{i} t{i + 1}") for i in range(size - 1)]
    return file(*nodes, *ways)


def ladder(size: int) -> m.Definitions:
    """Diamonds in a row, each with a condition."""
    parts: list[m.FlowElement] = [m.ExclusiveGateway(id="j0")]
    for i in range(size // 4):
        parts += [
            m.ExclusiveGateway(id=f"g{i}", default=f"g{i}-b{i}"),
            m.ServiceTask(id=f"a{i}"),
            m.ServiceTask(id=f"b{i}"),
            m.ExclusiveGateway(id=f"j{i + 1}"),
            flow(f"g{i} a{i}", f"n > {i}"),
            *flows(f"j{i} g{i}, g{i} b{i}, a{i} j{i + 1}, b{i} j{i + 1}"),
        ]
    return file(*parts)


def star(size: int) -> m.Definitions:
    """One gateway with as many bad conditions as it has flows."""
    tasks = [m.Task(id=f"t{i}") for i in range(size // 2)]
    ways = [flow(f"g t{i}", "n >") for i in range(size // 2)]
    return file(m.ExclusiveGateway(id="g"), *tasks, *ways)


def dangling(size: int) -> m.Definitions:
    """As many flows to nowhere as there are nodes, and as many bad choices."""
    tasks = [m.Task(id=f"t{i}") for i in range(size // 2)]
    return file(*tasks, *[flow(f"t{i} x{i}") for i in range(size // 2)])


def crowded(size: int) -> m.Definitions:
    """Boundary events on one task, and events that look their definitions up."""
    errors = [m.Error(id=f"E{i}", error_code=str(i)) for i in range(size // 2)]
    events = [
        m.BoundaryEvent(
            id=f"b{i}",
            attached_to_ref="t",
            event_definitions=(m.ErrorEventDefinition(id=f"d{i}", error_ref=f"E{i}"),),
        )
        for i in range(size // 2)
    ]
    return file(m.ServiceTask(id="t"), *events, roots=errors)


def flowing(size: int) -> m.Definitions:
    """Producers in a row before a join."""
    nodes = [m.ServiceTask(id=f"t{i}", **said(bx_emits="many")) for i in range(size)]
    ways = [flow(f"t{i + 1} t{i}") for i in range(size - 1)]
    return file(*nodes, m.ParallelGateway(id="j"), *ways, *flows("t0 j, t1 j"))


@pytest.mark.parametrize("draw", [line, ladder, star, dangling, crowded, flowing])
def test_the_cost_grows_with_the_size_alone(draw: Callable[[int], m.Definitions]) -> None:
    """It is twice as much for twice the size; by the square it would be four times."""
    analyse([draw(10)], Options())  # what is made once is not counted
    small, large = (
        calls(lambda size=size: analyse([draw(size)], Options())) for size in (500, 1000)
    )
    assert large < 2.1 * small
