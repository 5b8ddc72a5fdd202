"""Models in a few words, and what the compiler says about them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from bpmn_xml import model as m
from bpmn_xml.compiler import Options, analyse
from bpmn_xml.compiler.program import Program
from bpmn_xml.formats import read

NAMESPACES = {
    "bx": "urn:bpmn-xml:1.0",
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "activiti": "http://activiti.org/bpmn",
    "flowable": "http://flowable.org/bpmn",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
    "modeler": "http://camunda.org/schema/modeler/1.0",
    "operatonmodeler": "http://operaton.org/schema/modeler/1.0",
    "other": "urn:other",
}


def said(**words: str) -> dict[str, Any]:
    """Foreign attributes: `said(bx_threads="2")` is `bx:threads="2"`."""
    found = []
    for word, value in words.items():
        prefix, _, name = word.partition("_")
        namespace = NAMESPACES[prefix]
        found.append(m.ForeignAttribute(name=name, value=value, namespace=namespace, prefix=prefix))
    return {"extension_attributes": tuple(found)}


def word(
    tag: str, /, *children: m.ForeignElement, text: str = "", **attributes: str
) -> m.ForeignElement:
    """A foreign element: `word("zeebe:properties", …)`."""
    prefix, _, local = tag.partition(":")
    return m.ForeignElement(
        name=local,
        namespace=NAMESPACES[prefix],
        prefix=prefix,
        children=children,
        text=text,
        attributes=tuple(m.ForeignAttribute(name=n, value=v) for n, v in attributes.items()),
    )


def extended(*words: m.ForeignElement) -> dict[str, Any]:
    """Extension elements."""
    return {"extension_elements": words}


def flow(ends: str, condition: str | None = None, **fields: Any) -> m.SequenceFlow:
    """A sequence flow from its ends, `flow("a b", "n > 1")`; its id is `a-b` unless said."""
    source, target = ends.split()
    if condition is not None:
        language = fields.pop("language", None)
        fields["condition_expression"] = m.FormalExpression(body=condition, language=language)
    return m.SequenceFlow(
        **{"id": f"{source}-{target}", "source_ref": source, "target_ref": target, **fields}
    )


def flows(text: str) -> tuple[m.SequenceFlow, ...]:
    """Sequence flows without conditions, `flows("a b, b c")`."""
    return tuple(flow(ends) for ends in text.split(","))


def file(*elements: m.FlowElement, roots: Any = (), **fields: Any) -> m.Definitions:
    """A file with one executable process `P`; `fields` are the process's."""
    process = m.Process(**{"id": "P", "is_executable": True, "flow_elements": elements, **fields})
    return m.Definitions(id="D", root_elements=(process, *roots))


def around(node: m.FlowNode, *more: m.FlowElement, roots: Any = (), **fields: Any) -> m.Definitions:
    """A file in which `node` stands between a start and an end event."""
    ends = m.StartEvent(id="s"), m.EndEvent(id="e")
    ways = flow(f"s {node.id}"), flow(f"{node.id} e")
    return file(*ends, node, *ways, *more, roots=roots, **fields)


def told(*files: m.Definitions, **options: Any) -> list[str]:
    """What the compiler says, a line per finding, without the places."""
    _, findings = analyse(files, Options(**options))
    return [str(finding).removeprefix("<memory>: ") for finding in findings]


def tells(cases: Sequence[tuple[Any, ...]]) -> Callable[..., None]:
    """A test that exactly these lines are told: of `(file, lines)` or `(file, options, lines)`."""

    @pytest.mark.parametrize("case", cases)
    def check(case: tuple[Any, ...]) -> None:
        definitions, *options, lines = case
        assert told(definitions, **(options[0] if options else {})) == lines

    return check


def compiled(*files: m.Definitions, **options: Any) -> Program:
    """The program, which must come without any finding."""
    program, findings = analyse(files, Options(**options))
    assert findings == []
    assert program is not None
    return program


def read_text(body: str, attributes: str = "", name: str = "a.bpmn") -> m.Definitions:
    """A file read from the inside of its `definitions`."""
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
    start = f'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" {declared}'
    text = f'{start} targetNamespace="urn:t" {attributes}>\n{body}\n</definitions>'
    return read(text.encode(), name=name)
