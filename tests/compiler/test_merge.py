"""Several files in one program: nothing of one is mistaken for something of another."""

from __future__ import annotations

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.merge import renaming
from bpmn_xml.compiler.program import Program
from bpmn_xml.errors import Place
from tests.compiler.drawing import compiled, file, flow, flows, told

ERROR = (m.ErrorEventDefinition(id="d"),)


def whole(process: str) -> m.Definitions:
    """A file in which everything that can be named is named."""
    inner = m.SubProcess(
        id="z", flow_elements=(m.StartEvent(id="zs"), m.EndEvent(id="ze"), flow("zs ze"))
    )
    return file(
        m.StartEvent(id="s"),
        inner,
        m.BoundaryEvent(id="b", attached_to_ref="z", event_definitions=ERROR),
        m.ExclusiveGateway(id="g", default="g-e"),
        m.ParallelGateway(id="j", incoming=("f2", "f1")),
        m.ExclusiveGateway(id="h", default="h-e"),
        m.EndEvent(id="e"),
        *flows("s z, z g, b g"),
        flow("g j", "n > 1", id="f1"),
        flow("g j", "n > 2", id="f2"),
        *flows("g e, j h, h e"),
        flow("h e", "${shop.sells(n)}", id="f3"),
        id=process,
    )


def shape(program: Program, first: int, after: int) -> list[tuple[object, ...]]:
    """The nodes of a part of the program, with indices that count from its first node."""
    found = []
    flow_base = program.containers[program.nodes[first].container].flows[0]
    for node in program.nodes[first:after]:
        ways = [i - flow_base for i in (*node.incoming, *node.outgoing, node.default) if i >= 0]
        framed = (*node.frame.chain, node.frame.gives) if node.frame else ()
        ties = [i - first for i in (*node.boundary, node.host, *framed) if i >= 0]
        found.append((node.kind, tuple(ways), tuple(ties), node.body >= 0, node.once))
    return found


def test_files_with_the_same_ids_keep_their_shapes() -> None:
    program = compiled(whole("P"), whole("Q"), whole("R"))
    size = len(program.nodes) // 3
    shapes = [shape(program, i * size, (i + 1) * size) for i in range(3)]
    assert shapes[0] == shapes[1] == shapes[2]
    assert list(program.processes) == ["P", "Q", "R"]
    assert [node.id for node in program.nodes[size : size + 3]] == ["Q:s", "Q:z", "Q:b"]
    for container in program.containers:
        inside = {program.nodes[i].container for i in container.nodes}
        assert inside == {container.index}
        assert all(program.nodes[i].container == container.index for i in container.starts)
    assert len({node.id for node in program.nodes}) == len(program.nodes)
    assert len({found.id for found in program.flows}) == len(program.flows)


def test_arrivals_join_in_the_order_of_incoming() -> None:
    program = compiled(whole("P"))
    join = next(node for node in program.nodes if node.id == "j")
    assert [program.flows[index].id for index in join.incoming] == ["f2", "f1"]


def test_what_incoming_does_not_list_comes_last_in_document_order() -> None:
    start, join = m.StartEvent(id="s"), m.ParallelGateway(id="j", incoming=("gone", "c", "b"))
    ways = [flow("s j", id=name) for name in "abcd"]
    program = compiled(file(start, join, *ways))
    assert [program.flows[index].id for index in program.nodes[1].incoming] == list("cbad")


def test_two_processes_of_one_id_are_refused() -> None:
    def at(name: str, *elements: m.FlowElement, process: str = "P") -> m.Definitions:
        made = m.Process(
            id=process, is_executable=True, flow_elements=elements, place=Place(name, 3)
        )
        return m.Definitions(id="D", root_elements=(made,), place=Place(name, 1))

    task = m.Task(id="t")
    remedy = "rename one of them, or give only one of the files"
    _, findings = analyse([at("a.bpmn", task), at("b.bpmn", task)], Options())
    assert [str(found) for found in findings] == [
        f"b.bpmn:3: error BX125 P: a.bpmn has an element with the same id; {remedy}"
    ]
    other = m.Task(id="u")
    _, findings = analyse([at("a.bpmn", task), at("b.bpmn", other, process="t")], Options())
    assert [str(found) for found in findings] == [
        f"b.bpmn:3: error BX125 t: a.bpmn has an element with the same id; {remedy}"
    ]
    assert told(file(task), file(task)) == [
        f"error BX125 P: another file has an element with the same id; {remedy}"
    ]


def test_a_sub_process_called_like_another_files_process_is_renamed() -> None:
    inner = m.SubProcess(id="P", flow_elements=(m.Task(id="inside"),))
    program = compiled(file(m.Task(id="t")), file(inner, id="Q"))
    assert [(node.id, node.body) for node in program.nodes] == [
        ("t", -1),
        ("Q:P", 2),
        ("inside", -1),
    ]


def test_new_names_are_not_taken_either() -> None:
    new = renaming(["a", "P:2:a", "c"], {"a", "P:a", "c"}, "P")
    assert [new(name) for name in ("a", "P:2:a", "c", "d")] == ["P:3:a", "P:2:a", "P:c", "d"]
