"""Which data of the standard moves something, and which is only drawn."""

from __future__ import annotations

import pytest

from bpmn_xml import model as m
from tests.compiler.drawing import around, told

REFERENCE = m.DataObjectReference(id="r", data_object_ref="o")
OBJECT = m.DataObject(id="o")
PLACEHOLDER = m.Property(id="p", name="__targetRef_placeholder")
LINE_IN = m.DataInputAssociation(id="in", source_refs=("r",), target_ref="p")
LINE_OUT = m.DataOutputAssociation(id="out", target_ref="r")
ASSIGNMENT = m.Assignment(id="x", from_=m.Expression(body="1"), to=m.Expression(body="a"))
YET = "cannot be run yet; read and return variables in Python, or leave it out with --stub"

NODES: list[tuple[m.FlowNode, list[str]]] = [
    (m.Task(id="t"), []),
    (m.Task(id="t", properties=(PLACEHOLDER,), data_input_associations=(LINE_IN,)), []),
    (m.Task(id="t", data_output_associations=(LINE_OUT,)), []),
    (m.Task(id="t", io_specification=m.InputOutputSpecification(id="io")), []),
    (
        m.Task(
            id="t",
            io_specification=m.InputOutputSpecification(
                id="io", data_outputs=(m.DataOutput(id="do"),)
            ),
        ),
        [f"error BX104 t: an input/output specification {YET}"],
    ),
    (
        m.Task(id="t", properties=(PLACEHOLDER, m.Property(id="q", name="total"))),
        [
            (
                "error BX104 t: a property of one element cannot be run yet; "
                "use a variable of the process, or leave it out with --stub"
            )
        ],
    ),
    (
        m.Task(id="t", data_input_associations=(LINE_IN,)),
        [f"error BX104 t: a data input association {YET}"],
    ),
    (
        m.Task(
            id="t",
            data_input_associations=(m.DataInputAssociation(id="in", assignments=(ASSIGNMENT,)),),
        ),
        [f"error BX104 t: a data input association {YET}"],
    ),
    (
        m.Task(
            id="t",
            data_output_associations=(
                m.DataOutputAssociation(id="out", source_refs=("do",), target_ref="r"),
            ),
        ),
        [f"error BX104 t: a data output association {YET}"],
    ),
    (
        m.IntermediateThrowEvent(
            id="t", data_input_associations=(m.DataInputAssociation(id="i", source_refs=("r",)),)
        ),
        [f"error BX104 t: a data input association {YET}"],
    ),
]
FAULTS = [(around(node, OBJECT, REFERENCE), lines) for node, lines in NODES]
FAULTS.append(
    (
        around(m.SubProcess(id="z", flow_elements=(OBJECT, REFERENCE, m.Task(id="t")))),
        ["note BX107 o: it is only drawn: what is written inside belongs to the process"],
    )
)


@pytest.mark.parametrize(("definitions", "lines"), FAULTS)
def test_what_moves_data_is_said(definitions: m.Definitions, lines: list[str]) -> None:
    assert told(definitions) == lines


@pytest.mark.parametrize(("definitions", "lines"), FAULTS)
def test_a_stub_run_leaves_it_out(definitions: m.Definitions, lines: list[str]) -> None:
    assert told(definitions, stub=True) == [
        line.replace("error", "note").partition(" cannot")[0] + " is left out of this stub run"
        if "BX104" in line
        else line
        for line in lines
    ]
