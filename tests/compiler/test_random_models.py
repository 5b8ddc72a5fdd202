"""Whatever a model looks like: a program or findings, never another exception.

What is let pass is a program in which everything is found by its index, and which the core can
begin.
"""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.program import NONE, Program
from bpmn_xml.core import commands as c
from bpmn_xml.core.machine import Machine
from bpmn_xml.errors import CommandRejected, Severity
from bpmn_xml.model.walk import descendants
from tests.compiler.drawing import NAMESPACES


def made(kind: Any, **fields: Any) -> Any:
    """Values of a kind from strategies for its fields."""
    return st.fixed_dictionaries(fields).map(lambda found: kind(**found))


IDS = st.sampled_from(["a", "b", "c", "d", "e", "P", "", "ä b", "x'\"$;\n"])
TEXTS = st.sampled_from(["", "n > 1", "n >", "${n}", "= n", "True", "x y", "PT1S", "R3/PT1S", "${"])
LANGUAGES = st.sampled_from([None, "python", "feel", "cobol", "http://www.w3.org/1999/XPath"])
EXPRESSIONS = st.one_of(
    st.none(),
    made(m.FormalExpression, body=TEXTS, language=LANGUAGES),
    made(m.Expression, body=TEXTS),
)
WORDS = st.sampled_from(
    ["threads", "emits", "catch", "retries", "binding", "class", "topic", "expression", "odd"]
)
ATTRIBUTES = st.lists(
    made(
        m.ForeignAttribute,
        name=WORDS,
        value=TEXTS | st.sampled_from(["many", "2", "python:a:b", "exceptions"]),
        namespace=st.sampled_from(sorted(NAMESPACES.values())),
    ),
    max_size=2,
).map(tuple)
EXTENSIONS = st.lists(
    made(
        m.ForeignElement,
        name=st.sampled_from(
            ["taskDefinition", "ioMapping", "field", "script", "calledElement", "subscription"]
        ),
        namespace=st.sampled_from(sorted(NAMESPACES.values())),
        children=st.lists(made(m.ForeignElement, name=WORDS), max_size=1).map(tuple),
        text=TEXTS,
    ),
    max_size=1,
).map(tuple)

EVENT_KINDS = [kind for kind in descendants(m.EventDefinition) if kind is not m.EventDefinition]
VALUES: dict[str, Any] = {
    "attached_to_ref": IDS,
    "called_element": st.none() | IDS,
    "cancel_activity": st.booleans(),
    "default": st.none() | IDS,
    "event_definition_refs": st.lists(IDS, max_size=1).map(tuple),
    "incoming": st.lists(IDS, max_size=2).map(tuple),
    "instantiate": st.booleans(),
    "message_ref": st.none() | IDS,
    "parallel_multiple": st.booleans(),
    "triggered_by_event": st.booleans(),
    "implementation": st.sampled_from(["##unspecified", "python:a:b", "python:", "pay"]),
    "script": st.none() | made(m.Script, text=TEXTS),
    "extension_attributes": ATTRIBUTES,
    "extension_elements": EXTENSIONS,
    "name": st.none() | IDS,
    "error_ref": st.none() | IDS,
    "signal_ref": st.none() | IDS,
    "condition": EXPRESSIONS,
    "time_duration": EXPRESSIONS,
    "time_cycle": EXPRESSIONS,
    "initiating_participant_ref": IDS,
}
"""What fields may hold; a definition's `name` is a link's."""


@st.composite
def built(draw: Any, kind: Any, **fixed: Any) -> Any:
    """An element of a kind with some of its fields."""
    fields: dict[str, Any] = {"id": draw(IDS)}
    for field in kind.__struct_fields__:
        needed = field in {"attached_to_ref", "initiating_participant_ref"}
        needed = needed or (field == "name" and kind is m.LinkEventDefinition)
        if field in VALUES and (needed or draw(st.integers(0, 3)) == 0):
            fields[field] = draw(IDS if needed else VALUES[field])
    if "event_definitions" in kind.__struct_fields__ and draw(st.booleans()):
        definition = draw(st.sampled_from(EVENT_KINDS).flatmap(built))
        fields["event_definitions"] = (definition,)
    if "loop_characteristics" in kind.__struct_fields__ and draw(st.integers(0, 5)) == 0:
        fields["loop_characteristics"] = draw(LOOPS)
    return kind(**{**fields, **fixed})


LOOPS = st.one_of(
    made(
        m.StandardLoopCharacteristics,
        id=IDS,
        loop_condition=EXPRESSIONS,
        loop_maximum=st.none() | st.integers(-1, 2),
    ),
    made(
        m.MultiInstanceLoopCharacteristics,
        id=IDS,
        loop_cardinality=EXPRESSIONS,
        completion_condition=EXPRESSIONS,
        loop_data_input_ref=st.none() | IDS,
    ),
)
NODE_KINDS = [kind for kind in descendants(m.FlowNode) if not issubclass(kind, m.SubProcess)]
FLOWS = made(
    m.SequenceFlow, id=IDS, source_ref=IDS, target_ref=IDS, condition_expression=EXPRESSIONS
)
NODES = st.sampled_from(NODE_KINDS).flatmap(built)
LEAVES = st.lists(st.one_of(NODES, FLOWS, made(m.DataObject, id=IDS)), max_size=8)
ELEMENTS = st.recursive(
    LEAVES,
    lambda inner: st.tuples(
        LEAVES, st.sampled_from(descendants(m.SubProcess)), inner, st.booleans()
    ).map(
        lambda part: [
            *part[0],
            part[1](id="z", flow_elements=tuple(part[2]), triggered_by_event=part[3]),
        ]
    ),
    max_leaves=3,
)
ROOTS = st.lists(
    st.one_of(
        made(m.Error, id=IDS, error_code=TEXTS),
        made(m.Message, id=IDS, name=TEXTS),
        made(m.Signal, id=IDS),
        st.sampled_from(EVENT_KINDS).flatmap(built),
    ),
    max_size=2,
)
PROCESSES = made(
    m.Process,
    id=IDS,
    is_executable=st.sampled_from([True, True, None, False]),
    flow_elements=ELEMENTS.map(tuple),
    extension_attributes=ATTRIBUTES,
)
FILES = st.builds(
    lambda processes, roots: m.Definitions(id="D", root_elements=(*processes, *roots)),
    st.lists(PROCESSES, min_size=1, max_size=2),
    ROOTS,
)
OPTIONS = st.builds(
    Options,
    process=st.sampled_from(["", "", "P", "gone"]),
    stub=st.booleans(),
    choices=st.dictionaries(IDS, IDS, max_size=1),
    allow_scripts=st.booleans(),
)


def is_linked(program: Program) -> None:
    """Everything is found by its index."""
    for i, node in enumerate(program.nodes):
        assert i in program.containers[node.container].nodes
        assert all(program.flows[flow].source == i for flow in node.outgoing)
        assert all(program.flows[flow].target == i for flow in node.incoming)
        assert all(program.nodes[event].host == i for event in node.boundary)
        assert node.default in (NONE, *node.outgoing)
    for flow in program.flows:
        ends = program.nodes[flow.source], program.nodes[flow.target]
        assert {end.container for end in ends} == {flow.container}


@given(st.lists(FILES, min_size=1, max_size=2), OPTIONS)
def test_a_program_or_findings(files: list[m.Definitions], options: Options) -> None:
    program, findings = analyse(files, options)
    errors = [found for found in findings if found.severity is Severity.ERROR]
    assert (program is None) is bool(errors)
    assert all(found.remedy for found in errors)
    assert all(found.message.isprintable() for found in findings)
    again, told = analyse(files, options)
    assert told == findings
    if program is None or again is None:
        return
    assert again.hash == program.hash
    is_linked(program)


SIMPLE_KINDS = [
    m.StartEvent,
    m.EndEvent,
    m.Task,
    m.UserTask,
    m.ParallelGateway,
    m.ExclusiveGateway,
    m.InclusiveGateway,
]


@st.composite
def connected(draw: Any) -> tuple[m.FlowElement, ...]:
    """Nodes that need nothing else, and flows that may join them."""
    kinds = draw(st.lists(st.sampled_from(SIMPLE_KINDS), min_size=1, max_size=8))
    nodes = [kind(id=f"n{i}") for i, kind in enumerate(kinds)]
    sources = [node.id for node in nodes if not isinstance(node, m.EndEvent)]
    targets = [node.id for node in nodes if not isinstance(node, m.StartEvent)]
    choices = [(source, target) for source in sources for target in targets]
    ways = draw(st.lists(st.sampled_from(choices), max_size=12)) if choices else []
    flows = [
        m.SequenceFlow(id=f"f{i}", source_ref=source, target_ref=target)
        for i, (source, target) in enumerate(ways)
    ]
    return (*nodes, *flows)


@given(connected())
def test_what_is_let_pass_begins_and_never_stands_still_in_silence(
    elements: tuple[m.FlowElement, ...],
) -> None:
    process = m.Process(id="P", is_executable=True, flow_elements=elements)
    program, findings = analyse([m.Definitions(id="D", root_elements=(process,))], Options())
    if program is None:
        assert findings
        return
    is_linked(program)
    machine = Machine(program)
    state = machine.create("i")
    try:
        batch = machine.send(state, c.StartInstance(0, {}), 0, limit=100)
    except CommandRejected:
        assert any(found.code == "BX129" for found in findings)
        return
    root = state.scopes[""]
    assert batch.more or state.outcome or root.active or root.incidents
