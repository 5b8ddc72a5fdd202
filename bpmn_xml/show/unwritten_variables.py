"""Notes on variables that a run asked for in FEEL, and nothing had written: they were null.

A text that itself says what happens then (`is defined(x)`, `x = null`) is not told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, Final, Protocol

from bpmn_xml.check.variables.reads_and_writes import expects, own_names, reading
from bpmn_xml.compiler.program import Flow, Node, Program
from bpmn_xml.compiler.program.levels import levels, process_of
from bpmn_xml.wording import quoted

FEEL: Final = "feel"
MOST: Final = 5
"""At most this many notes are told."""


class HasVariables(Protocol):
    """A run as it stands: its process and variables."""

    @property
    def process(self) -> str:
        """The id of the process."""

    @property
    def variables(self) -> dict[str, Any]:
        """The variables of the process."""


def notes(
    program: Program, reached: Iterable[Node], runs: Iterable[HasVariables]
) -> dict[str, str]:
    """A line for each variable that was asked for and is nowhere, at most some.

    Args:
        program: what is run.
        reached: where tokens came.
        runs: how they ended.
    """
    ended = list(runs)
    if any(node.work is not None and node.work.many for node in program.nodes):
        return {}  # what is written in an item is gone with it
    known = {name for run in ended for name in run.variables}
    processes = {run.process for run in ended}
    told: dict[str, str] = {}
    for node in reached:
        if process_of(program, node).id in processes:
            for name, line in _asked(program, node):
                told.setdefault(name, line)
    return dict(islice(((name, told[name]) for name in told if name not in known), MOST))


def _asked(program: Program, node: Node) -> Iterator[tuple[str, str]]:
    """The names that a node and the flows out of it ask for, with what is told of each."""
    owners: list[Node | Flow] = [node, *(program.flows[index] for index in node.outgoing)]
    _, *around = levels(program, node)
    local = {name for one in around for name in own_names(one)}
    for owner in owners:
        for text, names in reading(owner):
            told = text.language == FEEL and not expects(text.text, FEEL)
            for name in sorted(names - local) if told else ():
                asked = f"{quoted(text.text)} of {owner.id}"
                yield name, f"nothing has written '{name}': {asked} took it for null"
