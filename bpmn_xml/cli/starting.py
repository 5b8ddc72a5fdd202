"""Which processes begin: those that are not called by others and have a start without trigger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bpmn_xml.compiler.program import Kind, Program
from bpmn_xml.errors import UsageError
from bpmn_xml.runtime import Engine, Run


def begin(engine: Engine, start: str, variables: Mapping[str, Any]) -> list[Run]:
    """Begin what is to be begun.

    Raises:
        UsageError: nothing can begin by itself, or the start event is not there.
    """
    if start:
        return [engine.start(_process_of(engine.program, start), variables, start=start)]
    begun = [engine.start(name, variables) for name in beginners(engine.program)]
    if not begun:
        names = _waiting_starts(engine.program)
        remedy = f"name a start event: {' or '.join(f'--start {name}' for name in names)}"
        raise UsageError("nothing begins by itself", remedy=remedy)
    return begun


def beginners(program: Program) -> list[str]:
    """The processes that begin by themselves."""
    called = {node.body for node in program.nodes if node.kind is Kind.CALL_ACTIVITY}
    return [
        name
        for name, index in program.processes.items()
        if program.containers[index].starts and index not in called
    ]


def _waiting_starts(program: Program) -> list[str]:
    nodes = program.nodes
    containers = [program.containers[index] for index in program.processes.values()]
    return [nodes[start].id for container in containers for start in container.triggered]


def _process_of(program: Program, start: str) -> str:
    for name, index in program.processes.items():
        container = program.containers[index]
        if any(program.nodes[node].id == start for node in container.nodes):
            return name
    raise UsageError(f"there is no start event {start!r}")
