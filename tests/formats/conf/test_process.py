"""The table of the legacy, row by row: a model, the nodes and the flows that it becomes."""

from __future__ import annotations

import pytest

from bpmn_xml import formats
from bpmn_xml.formats.conf.draft import NodeIds
from bpmn_xml.model import BoundaryEvent, ErrorEventDefinition, FlowNode, SequenceFlow, ServiceTask

from .models import conf, elements, flows, nodes, read

LINE = """
g generator -> t
t transfer -> s
s sink
"""
SPLIT = """
g generator -> a,b
a transfer
b sink
"""
GENERATORS = """
g generator -> a
h generator -> a
a sink
"""
ALL = """
g generator -> b,a
a transfer -> s
b transfer -> s
s sink ports=all
"""
ALL_OF_ONE = """
g generator -> s
s sink ports=all
"""
ANY = """
g generator -> a,b
a transfer -> s
b transfer -> s
s sink ports=any
"""
LOOP = """
g generator -> a
a transfer -> b
b transfer -> a,s
s sink
"""
FAILURE = """
g generator -> a !> e,f
a transfer -> s !> e
s sink !> f
e sink
f sink
"""
FAILURE_OF_ONE_SLOT = """
g generator -> a,b
a transfer -> s !> s
b transfer -> s
s sink ports=all
"""
FAILURE_OF_ALL_SLOTS = """
g generator -> a,b !> s
a transfer -> s
b transfer -> s
s sink ports=all
"""
FAILURE_WITH_A_WAY_ROUND = """
g generator -> a,b
a transfer -> c !> s,d
b transfer -> s
c transfer -> d,s
d transfer -> s
s sink ports=all
"""

PROCESSES = {
    LINE: """
StartEvent start, ServiceTask g, ServiceTask t, ServiceTask s, EndEvent s_end

start > g, g > t, t > s, s > s_end
""",
    SPLIT: """
StartEvent start, ServiceTask g, ServiceTask a, ServiceTask b, ParallelGateway g_split, EndEvent
a_end, EndEvent b_end

start > g, g_split > a, g_split > b, g > g_split, a > a_end, b > b_end
""",
    GENERATORS: """
StartEvent start, ServiceTask g, ServiceTask h, ExclusiveGateway a_merge, ServiceTask a,
ParallelGateway start_split, EndEvent a_end

start_split > g, start_split > h, g > a_merge, h > a_merge, a_merge > a, start > start_split, a
> a_end
""",
    ALL: """
StartEvent start, ServiceTask g, ServiceTask a, ServiceTask b, ParallelGateway s_join,
ServiceTask s, ParallelGateway g_split, EndEvent s_end

start > g, g_split > a, g_split > b, a > s_join, b > s_join, s_join > s, g > g_split, s > s_end
""",
    ALL_OF_ONE: """
StartEvent start, ServiceTask g, ServiceTask s, EndEvent s_end

start > g, g > s, s > s_end
""",
    ANY: """
StartEvent start, ServiceTask g, ServiceTask a, ServiceTask b, ExclusiveGateway s_merge,
ServiceTask s, ParallelGateway g_split, EndEvent s_end

start > g, g_split > a, g_split > b, a > s_merge, b > s_merge, s_merge > s, g > g_split, s >
s_end
""",
    LOOP: """
StartEvent start, ServiceTask g, ExclusiveGateway a_merge, ServiceTask a, ServiceTask b,
ServiceTask s, ParallelGateway b_split, EndEvent s_end

start > g, g > a_merge, b_split > a_merge, a_merge > a, a > b, b_split > s, b > b_split, s >
s_end
""",
    FAILURE: """
StartEvent start, ServiceTask g, ServiceTask a, ServiceTask s, ExclusiveGateway e_merge,
ServiceTask e, ExclusiveGateway f_merge, ServiceTask f, BoundaryEvent g_failed, ParallelGateway
g_failed_split, BoundaryEvent a_failed, EndEvent s_end, BoundaryEvent s_failed, EndEvent e_end,
EndEvent f_end

start > g, g > a, a > s, g_failed_split > e_merge, a_failed > e_merge, e_merge > e,
g_failed_split > f_merge, s_failed > f_merge, f_merge > f, g_failed > g_failed_split, s > s_end,
e > e_end, f > f_end
""",
    FAILURE_OF_ONE_SLOT: """
StartEvent start, ServiceTask g, ServiceTask a, ServiceTask b, ParallelGateway s_join,
ExclusiveGateway s_join_merge, ServiceTask s, ParallelGateway g_split, BoundaryEvent a_failed,
EndEvent s_end

start > g, g_split > a, g_split > b, s_join_merge > s_join, b > s_join, a > s_join_merge,
a_failed > s_join_merge, s_join > s, g > g_split, s > s_end
""",
    FAILURE_OF_ALL_SLOTS: """
StartEvent start, ServiceTask g, ServiceTask a, ServiceTask b, ParallelGateway s_join,
ExclusiveGateway s_join_merge, ExclusiveGateway s_join_merge_2, ServiceTask s, ParallelGateway
g_split, BoundaryEvent g_failed, ParallelGateway g_failed_split, EndEvent s_end

start > g, g_split > a, g_split > b, s_join_merge > s_join, s_join_merge_2 > s_join,
g_failed_split > s_join_merge, a > s_join_merge, g_failed_split > s_join_merge_2, b >
s_join_merge_2, s_join > s, g > g_split, g_failed > g_failed_split, s > s_end
""",
}


@pytest.mark.parametrize("model", PROCESSES, ids=lambda model: "; ".join(model.split("\n")))
def test_process(model):
    definitions = read(conf(model))
    expected = [" ".join(half.split()) for half in PROCESSES[model].split("\n\n")]
    assert [", ".join(nodes(definitions)), ", ".join(flows(definitions))] == expected


def test_a_failure_arrives_only_at_slots_that_stay_empty_without_it():
    """When a fails, c is not reached but d is: d's slot is filled anyway."""
    into = [flow for flow in flows(read(conf(FAILURE_WITH_A_WAY_ROUND))) if "s_join" in flow]
    assert into == [
        "b > s_join", "s_join_merge > s_join", "d > s_join", "a_failed_split > s_join_merge",
        "c_split > s_join_merge", "s_join > s",
    ]  # fmt: skip


OPTIONS = {
    "a generator": {"emits": "many"},
    "a generator thread_count=5 thread_pool_max=3": {"emits": "many", "threads": "3"},
    "a generator thread_count=5": {"emits": "many", "threads": "5"},
    "a generator thread_pool_max=3 thread_count=": {"emits": "many", "threads": "3"},
    "a generator queue_count=10": {"emits": "many", "queueCount": "10"},
    "a generator delay=0.5": {"emits": "many", "delay": "0.5"},
    "a generator delay=.25": {"emits": "many", "delay": "0.25"},
    "a generator delay=0.0": {"emits": "many"},
}


@pytest.mark.parametrize("line", OPTIONS)
def test_options(line):
    task = elements(read(conf(line)))[1]
    assert {a.name: a.value for a in task.extension_attributes} == OPTIONS[line]
    ours = {("urn:bpmn-xml:1.0", "bx")}
    assert {(a.namespace, a.prefix) for a in task.extension_attributes} == ours


def test_what_transfers_and_sinks_emit():
    found = [e for e in elements(read(conf(LINE))) if isinstance(e, ServiceTask)]
    emits = [e.extension_attribute("urn:bpmn-xml:1.0", "emits") for e in found]
    assert emits == ["many", "transfer", None]


def test_implementation_and_name():
    text = conf("in/put\xe9 generator module=pkg.mod class=Outer.Inner method=run")
    task = elements(read(text))[1]
    assert (task.id, task.name) == ("in_put\xe9", "in/put\xe9")
    assert task.implementation == "python:pkg.mod:Outer.Inner.run"
    text = conf("a generator class= method=run")
    assert elements(read(text))[1].implementation == "python:m:run"


def test_boundary():
    boundary = next(e for e in elements(read(conf(FAILURE))) if isinstance(e, BoundaryEvent))
    assert (boundary.attached_to_ref, boundary.cancel_activity) == ("g", True)
    assert boundary.extension_attribute("urn:bpmn-xml:1.0", "catch") == "exceptions"
    (definition,) = boundary.event_definitions
    assert isinstance(definition, ErrorEventDefinition)
    assert definition.error_ref is None


def test_process_and_definitions():
    definitions = read(conf(LINE))
    (process,) = definitions.root_elements
    assert (process.id, process.name, process.is_executable) == ("x", "x", True)
    assert process.extension_attribute("urn:bpmn-xml:1.0", "payload") == "flow"
    assert (definitions.name, definitions.diagrams) == ("x", ())


def test_places():
    found = {e.id: e.place.line for e in elements(read(conf(FAILURE)))}
    assert (found["start"], found["g"], found["g_to_a"], found["g_failed_split_to_e_merge"]) == (
        1,
        3,
        8,
        9,
    )


def test_both_ends_of_every_flow_list_it():
    found = elements(read(conf(FAILURE_OF_ALL_SLOTS)))
    nodes = {e.id: e for e in found if isinstance(e, FlowNode)}
    listed = [flow for e in nodes.values() for flow in (*e.incoming, *e.outgoing)]
    for flow in (e for e in found if isinstance(e, SequenceFlow)):
        assert flow.id in nodes[flow.source_ref].outgoing
        assert flow.id in nodes[flow.target_ref].incoming
        assert listed.count(flow.id) == 2


def test_ids_are_ncnames_and_differ():
    ids = NodeIds()
    wanted = "a b|a/b|a-b|1||\u03b1|a:b|\u20ac|a_b_2|-x"
    made = "a_b|a_b_2|a-b|_1|_|\u03b1|a_b_3|\u20ac|a_b_2_2|_-x"
    assert [ids.make(each) for each in wanted.split("|")] == made.split("|")


def test_keys_that_are_called_like_our_own_nodes():
    definitions = read(conf("start generator -> x\nx transfer -> start_to_x\nstart_to_x sink"))
    ids = [e.id for e in elements(definitions)]
    assert len(set(ids)) == len(ids)
    assert definitions.root_elements[0].id == "x_2"


@pytest.mark.parametrize("model", [*PROCESSES, FAILURE_WITH_A_WAY_ROUND])
def test_it_can_be_written_and_read_as_bpmn(model):
    definitions = read(conf(model))
    assert formats.read(formats.write(definitions)) == definitions
