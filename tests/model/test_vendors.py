"""Namespaces of vendors stand in one place."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import bpmn_xml
from bpmn_xml.model import CallActivity, ForeignAttribute, ForeignElement, vendors

NAMESPACES = {
    value for name, value in vars(vendors).items() if name.isupper() and isinstance(value, str)
}
SOURCES = sorted(Path(bpmn_xml.__file__).parent.rglob("*.py"))


def test_nobody_else_writes_them() -> None:
    texts = {path: path.read_text("utf-8") for path in SOURCES}
    naming = {
        path.name
        for path, text in texts.items()
        if any(namespace in text for namespace in NAMESPACES)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and node.value in NAMESPACES
    }
    assert naming == {"vendors.py"}


def word(**attributes: str) -> ForeignElement:
    """What Camunda 8 says of a call."""
    given = tuple(ForeignAttribute(name=name, value=value) for name, value in attributes.items())
    return ForeignElement(namespace=vendors.ZEEBE, name="calledElement", attributes=given)


CALLS = {
    "the standard's": ("Ship", (), "Ship"),
    "of another namespace": ("{urn:other}Ship", (), "Ship"),
    "an expression": ("${kind}", (), "${kind}"),
    "of Camunda 8": ("Ship", (word(processId="Pay"),), "Pay"),
    "computed by Camunda 8": ("", (word(processIdExpression="kind"),), "= kind"),
    "only how, by Camunda 8": ("Ship", (word(bindingType="latest"),), "Ship"),
    "nothing": (None, (), ""),
}


@pytest.mark.parametrize(("element", "words", "called"), CALLS.values(), ids=CALLS)
def test_what_a_call_activity_calls(
    element: str | None, words: tuple[ForeignElement, ...], called: str
) -> None:
    call = CallActivity(id="c", called_element=element, extension_elements=words)
    assert vendors.called_by(call) == called
