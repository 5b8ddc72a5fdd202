"""Notes on variables that a run asked for in FEEL, and nothing had written: they were null.

A text that itself says what happens then (`is defined(x)`, `x = null`) is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from bpmn_xml.check.dataflow import names_of, own_names, texts_of
from bpmn_xml.compiler.program import NONE, Condition, Flow, Node, Program
from bpmn_xml.compiler.program.scoping import Computed
from bpmn_xml.errors import ExpressionError
from bpmn_xml.expressions import compile as compile_text
from bpmn_xml.expressions.missing import expects_absence
from bpmn_xml.wording import quoted

if TYPE_CHECKING:
    from bpmn_xml.cli.running.report import FinalState
    from bpmn_xml.show.watch import RunWatch

FEEL: Final = "feel"
MOST: Final = 5
"""At most this many notes are told."""


def notes(watch: RunWatch, runs: Iterable[FinalState]) -> list[str]:
    """A line for each variable that was asked for and is nowhere, at most some.

    Args:
        watch: what was reached.
        runs: how they ended, with their variables.
    """
    program, ended = watch.program, list(runs)
    if any(node.work is not None and node.work.many for node in program.nodes):
        return []  # what is written in an item is gone with it
    reached = {found.id for found in watch.summary().nodes}
    visited = [
        node for node, name in zip(program.nodes, watch.labels, strict=True) if name in reached
    ]
    known = {name for run in ended for name in run.variables}
    known.update(name for node in program.nodes for name in own_names(node))
    processes = {run.process for run in ended}
    told: dict[str, str] = {}
    for node in visited:
        if _process_of(program, node) in processes:
            for name, line in _asked(program, node):
                told.setdefault(name, line)
    return [line for name, line in told.items() if name not in known][:MOST]


def _process_of(program: Program, node: Node) -> str:
    """The process that a node is in, however deep."""
    container = program.containers[node.container]
    while container.node != NONE:
        container = program.containers[program.nodes[container.node].container]
    return container.id


def _asked(program: Program, node: Node) -> Iterator[tuple[str, str]]:
    """The names that a node and the flows out of it ask for, with what is told of each."""
    owners: list[Node | Flow] = [node, *(program.flows[index] for index in node.outgoing)]
    texts = [(owner, part.text) for owner in owners for part in texts_of(owner) if _is_feel(part)]
    for owner, text in texts:
        for name in () if _expects(text) else sorted(names_of(text, FEEL)):
            yield (
                name,
                f"nothing has written '{name}': {quoted(text)} of {owner.id} took it for null",
            )


def _is_feel(part: Condition | Computed) -> bool:
    return part.language == FEEL


def _expects(text: str) -> bool:
    """Whether a text says itself what happens where a variable is missing."""
    try:
        return expects_absence(compile_text(text, FEEL).tree)
    except ExpressionError:
        return True
