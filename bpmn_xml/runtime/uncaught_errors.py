"""The BPMN error that nothing caught, as a caller sees it."""

from __future__ import annotations

from typing import Any

import msgspec

from bpmn_xml.compiler.program import Program, Trigger
from bpmn_xml.core.state import State
from bpmn_xml.core.values import copied
from bpmn_xml.wording import nearest


class UncaughtBpmnError(msgspec.Struct, frozen=True):
    """A BPMN error that nothing caught.

    Attributes:
        code, message, variables: what was thrown, as by `BpmnError(code, message, variables)`.
        node, name: the element that threw it, its id and what it is called in the drawing.
        remedy: what catches a code that is nearly the same; empty if nothing does.
    """

    code: str
    message: str
    variables: dict[str, Any]
    node: str
    name: str
    remedy: str = ""

    def __str__(self) -> str:
        told = f": {self.message}" if self.message else ""
        return f"error {self.code} at {self.node}{told}{self.remedy and f'; {self.remedy}'}"


def uncaught(program: Program, state: State) -> UncaughtBpmnError | None:
    """The last error of an instance that nothing caught; None if there was none."""
    thrown = state.error
    if thrown is None:
        return None
    node, values = program.nodes[thrown.node], copied(thrown.values or {})
    return UncaughtBpmnError(
        code=thrown.code,
        message=thrown.message,
        variables=values,
        node=node.shown,
        name=node.name,
        remedy=nearly_caught(program, thrown.code),
    )


def nearly_caught(program: Program, code: str) -> str:
    """Ask whether a code was meant that is nearly this one and that something catches."""
    attached = {index for node in program.nodes for index in node.boundary}
    catchers = attached.union(*(container.handlers for container in program.containers))
    caught = {
        event.code: program.nodes[index].shown
        for index in sorted(catchers)
        for event in program.nodes[index].events
        if event.trigger is Trigger.ERROR and event.code != code
    }
    near = next(iter(nearest(code, caught)), "")
    return f"{caught[near]!r} catches {near!r}, did you mean that?" if near else ""
