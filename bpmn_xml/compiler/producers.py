"""Producers: whose results open items, and which joins could never get what they wait for.

Items of different producers never join, and what a join reads from around its items can come
there only once. Worked out on the program, so that it holds for every way a task becomes a
producer: by the diagram, or because a generator function is bound to it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec

from bpmn_xml.compiler.program import Join, Node, Program, Work
from bpmn_xml.errors import CheckError, Finding


def mark_producers(program: Program, producers: Collection[int]) -> Program:
    """The same program with more tasks that emit many results.

    Raises:
        CheckError: joins would wait for ever.
    """
    nodes = list(program.nodes)
    for index in producers:
        work = nodes[index].work or Work()
        many = msgspec.structs.replace(work, many=True)
        nodes[index] = msgspec.structs.replace(nodes[index], work=many)
    marked = msgspec.structs.replace(program, nodes=tuple(nodes))
    findings = list(check(marked))
    if findings:
        raise CheckError(findings)
    return marked


def check(program: Program) -> Iterable[Finding]:
    """Joins that could never get what they wait for."""
    producing = [node for node in program.nodes if node.work and node.work.many]
    if not producing:
        return
    below = {node.index: _reach(program, node.index, avoid=()) for node in producing}
    for join in program.nodes:
        if join.join is Join.ALL:
            yield from _different(program, join, below)
        if join.join is not Join.EACH:
            yield from _repeated(program, join, below)


def _above(program: Program, flow: int, below: dict[int, set[int]]) -> set[int]:
    """The producers whose items can come along a flow."""
    source = program.flows[flow].source
    return {p for p, reached in below.items() if source == p or source in reached}


def _different(program: Program, join: Node, below: dict[int, set[int]]) -> Iterable[Finding]:
    """Two flows that only ever bring items of producers of which neither is below the other."""
    above = [(flow, _above(program, flow, below)) for flow in join.incoming]
    for i, (flow, first) in enumerate(above):
        for other, second in above[:i]:
            ours, theirs = first - second, second - first
            nested = any(a in below[b] or b in below[a] for a in ours for b in theirs)
            if ours and theirs and not nested:
                yield _finding(
                    "BX150",
                    join,
                    f"{program.flows[other].id} brings results of "
                    f"{_names(program, theirs)}, {program.flows[flow].id} those of "
                    f"{_names(program, ours)}; they never belong together",
                    "gather each in a sub-process around its producer",
                )
                return


def _repeated(program: Program, join: Node, below: dict[int, set[int]]) -> Iterable[Finding]:
    """A flow from around the items that lies in a cycle, so that it can bring a second arrival."""
    above = {flow: _above(program, flow, below) for flow in join.incoming}
    everyone = set().union(*above.values())
    for flow, producers in above.items():
        source = program.flows[flow].source
        outside = everyone - producers
        if outside and source in _reach(program, source, avoid=(*below, join.index)):
            yield _finding(
                "BX151",
                join,
                f"{program.flows[flow].id} lies in a loop outside the results of "
                f"{_names(program, outside)}, so what they read there can come twice",
                "put the loop into a sub-process",
            )


def _reach(program: Program, start: int, *, avoid: Collection[int]) -> set[int]:
    """The nodes that tokens leaving `start` can reach without passing some others."""
    reached: set[int] = set()
    stack = [start]
    while stack:
        node = program.nodes[stack.pop()]
        after = [program.flows[flow].target for flow in node.outgoing]
        if node.index != start:
            after += node.boundary
        for target in after:
            if target not in reached and target not in avoid:
                reached.add(target)
                stack.append(target)
    return reached


def _names(program: Program, nodes: Iterable[int]) -> str:
    return ", ".join(program.nodes[index].id for index in sorted(nodes))


def _finding(code: str, node: Node, message: str, remedy: str) -> Finding:
    return Finding(code=code, id=node.id, name=node.name, message=message, remedy=remedy)
