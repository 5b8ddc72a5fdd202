"""What cannot be run is refused by name; each row is a diagram and all that is said about it."""

from __future__ import annotations

from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler.elements.nodes import KINDS
from bpmn_xml.model.walk import descendants
from tests.compiler.drawing import around, tells, told

YET = "cannot be run yet"
QUANTITY = "a completionQuantity less than 1 or more than 1,000"

FAULTS: list[tuple[m.Definitions, dict[str, Any], list[str]]] = [
    (
        around(m.Task(id="t", start_quantity=0)),
        {},
        [f"error BX103 t: a startQuantity less than 1 {YET}; set it to 1"],
    ),
    (
        around(m.UserTask(id="t", completion_quantity=0)),
        {"stub": True},
        [f"error BX103 t: {QUANTITY} {YET}; set it to 1"],
    ),
    (
        around(m.Task(id="t", completion_quantity=1_000_000_000)),
        {},
        [f"error BX103 t: {QUANTITY} {YET}; set it to 1"],
    ),
    (
        around(m.SubProcess(id="t", flow_elements=(m.Task(id="inside", start_quantity=0),))),
        {},
        [
            f"error BX103 inside: a startQuantity less than 1 {YET}; set it to 1",
        ],
    ),
    (
        around(m.ChoreographyTask(id="t", initiating_participant_ref="A")),
        {},
        [f"error BX101 t: a choreography task {YET}; draw a task instead"],
    ),
]


test_what_cannot_be_run_is_said = tells(FAULTS)


NEEDED = {"attached_to_ref": "t", "initiating_participant_ref": "A"}


@pytest.mark.parametrize("kind", descendants(m.FlowNode), ids=lambda kind: kind.__name__)
def test_every_kind_of_node_is_run_or_refused(kind: type[m.FlowNode]) -> None:
    fields = {name: value for name, value in NEEDED.items() if name in kind.__struct_fields__}
    lines = told(around(kind(id="n", **fields)))
    refused = any(line.startswith("error BX101 n: ") for line in lines)
    assert refused is (kind not in KINDS)


@pytest.mark.parametrize(
    ("extension", "lines"),
    [
        (m.Extension(definition="urn:audit"), []),
        (
            m.Extension(definition="urn:audit", must_understand=True),
            [
                (
                    "error BX106: extension 'urn:audit' must be understood, and is not known; "
                    "remove it, or set mustUnderstand to false"
                )
            ],
        ),
        (
            m.Extension(must_understand=True),
            [
                (
                    "error BX106: it must be understood, and is not known; "
                    "remove it, or set mustUnderstand to false"
                )
            ],
        ),
    ],
)
def test_an_extension_that_must_be_understood(extension: m.Extension, lines: list[str]) -> None:
    process = m.Process(id="P", is_executable=True, flow_elements=(m.Task(id="t"),))
    model = m.Definitions(id="D", root_elements=(process,), extensions=(extension,))
    assert told(model) == lines
