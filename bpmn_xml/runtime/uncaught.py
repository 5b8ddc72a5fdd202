"""The BPMN error that nothing caught, as a caller sees it."""

from __future__ import annotations

from typing import Any

import msgspec

from bpmn_xml.compiler.program import Program
from bpmn_xml.core.state import State
from bpmn_xml.core.values import copied


class UncaughtBpmnError(msgspec.Struct, frozen=True):
    """A BPMN error that nothing caught.

    Attributes:
        code, message, variables: what was thrown, as by `BpmnError(code, message, variables)`.
        node, name: the element that threw it, its id and what it is called in the drawing.
    """

    code: str
    message: str
    variables: dict[str, Any]
    node: str
    name: str

    def __str__(self) -> str:
        told = f": {self.message}" if self.message else ""
        return f"error {self.code} at {self.node}{told}"


def uncaught(program: Program, state: State) -> UncaughtBpmnError | None:
    """The last error of an instance that nothing caught; None if there was none."""
    thrown = state.error
    if thrown is None:
        return None
    node, values = program.nodes[thrown.node], copied(thrown.values or {})
    return UncaughtBpmnError(thrown.code, thrown.message, values, node.shown, node.name)
