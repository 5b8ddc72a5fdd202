"""In what a node of a program is: sub-processes, and the process around them."""

from __future__ import annotations

from collections.abc import Iterator

from bpmn_xml.compiler.program import NONE, Container, Node, Program


def levels(program: Program, node: Node) -> Iterator[Node]:
    """A node and the activities that it is in, in its process; the innermost first."""
    yield node
    while (index := program.containers[node.container].node) != NONE:
        node = program.nodes[index]
        yield node


def process_of(program: Program, node: Node) -> Container:
    """The process that a node is in, however deep."""
    *_, outermost = levels(program, node)
    return program.containers[outermost.container]
