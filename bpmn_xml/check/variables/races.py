"""Branches of one split that write the same variable: which of them counts is left to chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from heapq import heappop, heappush
from typing import Final

from bpmn_xml import model as m
from bpmn_xml.check.variables.reads_and_writes import Elements, Names, writes
from bpmn_xml.compiler.program import Kind, Node, Program
from bpmn_xml.errors import Finding
from bpmn_xml.model.about import finding_about

RACE: Final = "BX702"

SPLITS: Final = frozenset({Kind.PARALLEL_GATEWAY, Kind.INCLUSIVE_GATEWAY})

Steps = Mapping[int, Sequence[int]]
"""The nodes that each node of a level leads to."""


def races(program: Program, elements: Elements) -> Iterator[Finding]:
    """Find what is written in two branches of a split: told of what is in the later branch.

    Args:
        program: what is run.
        elements: those of its file, by their id; nothing is told about others.
    """
    writing = {node.index: names for node in program.nodes if (names := writes(node))}
    if len(writing) < 2:
        return
    steps = {
        node.index: [*(program.flows[flow].target for flow in node.outgoing), *node.boundary]
        for node in program.nodes
    }
    order = _order(steps)
    for node in program.nodes:
        if node.kind in SPLITS and not program.containers[node.container].flow_payload:
            branches = [program.flows[flow].target for flow in node.outgoing]
            places = _branches(branches, steps, order)
            written = {one: writing[one] for one in sorted(places) if one in writing}
            for first, second, name in _side_by_side(places, written):
                yield from _race(program.nodes[first], program.nodes[second], name, elements)


def _order(steps: Steps) -> dict[int, int]:
    """Number nodes so that each comes before those that it leads to, but for ways back."""
    import networkx as nx

    graph: nx.DiGraph[int] = nx.DiGraph(steps)
    return {node: -number for number, node in enumerate(nx.dfs_postorder_nodes(graph))}


def _branches(first: Sequence[int], steps: Steps, order: Mapping[int, int]) -> dict[int, int]:
    """Return the nodes of some branches: for each a bit per branch from which it can be reached.

    What is behind a node of all branches is of all of them, too, and is not looked at.
    """
    every = (1 << len(first)) - 1
    found: dict[int, int] = {}
    waiting: list[tuple[int, int]] = []

    def reach(node: int, mask: int) -> None:
        if found.get(node, 0) | mask != found.get(node, 0):
            found[node] = found.get(node, 0) | mask
            heappush(waiting, (order[node], node))

    for number, node in enumerate(first):
        reach(node, 1 << number)
    while waiting:
        _, node = heappop(waiting)
        if found[node] != every:
            for following in steps[node]:
                reach(following, found[node])
    return {node: mask for node, mask in found.items() if mask != every}


def _side_by_side(
    places: Mapping[int, int], written: Mapping[int, Names]
) -> Iterator[tuple[int, int, str]]:
    """Find for each node and each variable one node in an earlier branch that writes it, too."""
    by_name: dict[str, dict[int, int]] = {}
    for node, names in written.items():
        for name in names:
            by_name.setdefault(name, {}).setdefault(places[node], node)
    for second, names in written.items():
        for name in sorted(names):
            here = places[second]
            others = (one for mask, one in by_name[name].items() if _is_earlier(mask, here))
            first = next(others, None)
            if first is not None:
                yield first, second, name


def _is_earlier(one: int, other: int) -> bool:
    """Whether each of two nodes is in a branch without the other; the first in an earlier one."""
    mine, its = one & ~other, other & ~one
    return bool(mine and its) and mine & -mine < its & -its


def _race(first: Node, second: Node, name: str, elements: Elements) -> Iterator[Finding]:
    element: m.Element | None = elements.get(second.id)
    if element is not None:
        message = f"'{first.id}', which runs side by side with it, writes '{name}', too"
        yield finding_about(element, RACE, message)
