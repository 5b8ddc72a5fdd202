"""What would begin an instance, of processes that wait for that: no token stands there yet."""

from __future__ import annotations

from bpmn_xml.compiler.program import WAITING, Program
from bpmn_xml.trace.standstill import Cause, Standstill
from bpmn_xml.trace.why import awaited


def unbegun(program: Program, container: int) -> tuple[Standstill, ...]:
    """What would begin an instance of a process: where its tokens would come from."""
    nodes = [program.nodes[index] for index in program.containers[container].triggered]
    return tuple(
        [
            Standstill(
                instance="",
                node=node.id,
                name=node.name,
                cause=Cause.EVENT,
                awaits=(awaited(node.id, event),),
            )
            for node in nodes
            for event in node.events
            if event.trigger in WAITING
        ]
    )
