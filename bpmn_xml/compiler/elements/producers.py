"""Producers: whose results open items, where that cannot be, and which joins would wait for ever.

Items of different producers never join, and what a join reads from around its items can come
there only once. Worked out on the program, so that it holds for every way a task becomes a
producer: by the diagram, or because a generator function is bound to it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

import msgspec

from bpmn_xml.codes import finding
from bpmn_xml.compiler import codes
from bpmn_xml.compiler.fingerprint import program_hash
from bpmn_xml.compiler.program import Join, Kind, Node, Program, Work
from bpmn_xml.compiler.program.levels import levels
from bpmn_xml.errors import CheckError, Finding
from bpmn_xml.reach import reachable
from bpmn_xml.wording import listed

Producers = int
"""A set of producers: bit `i` stands for the one whose node has index `i`."""

Ways = Mapping[int, Sequence[int]]
"""Per node some others."""


def mark_producers(program: Program, producers: Collection[int]) -> Program:
    """The same program with more tasks that emit many results.

    Raises:
        CheckError: joins would wait for ever, or many results come where one is taken.
    """
    nodes = list(program.nodes)
    for index in producers:
        many = msgspec.structs.replace(nodes[index].work or Work(), many=True)
        nodes[index] = msgspec.structs.replace(nodes[index], work=many)
    marked = msgspec.structs.replace(program, nodes=tuple(nodes))
    findings = [*_surrounded(marked), *_never_joined(marked)]
    if findings:
        raise CheckError(findings)
    return msgspec.structs.replace(marked, hash=program_hash(marked))


def check(program: Program) -> Iterable[Finding]:
    """What the producers of a program could never do as it is drawn."""
    yield from _surrounded(program)
    yield from _never_joined(program)


def _surrounded(program: Program) -> Iterable[Finding]:
    """Elements that take one result where Python gives many; one that only may is let pass."""
    for node in program.nodes:
        if is_producer(node):
            yield from [_takes_one(node, place) for place in places_of_one(node)]


def _takes_one(node: Node, place: str) -> Finding:
    what = f"its Python gives many results, which cannot be run {place}"
    remedy = "let it return one, or put the task into a sub-process that has that"
    return _finding(codes.ONE_RESULT, node, what, remedy)


def places_of_one(node: Node) -> list[str]:
    """Where a node is that it can give one result only; empty if it may give many."""
    return [place for holds, place in ONE_RESULT if holds(node)]


ONE_RESULT: Final[Sequence[tuple[Callable[[Node], bool], str]]] = (
    (lambda node: node.frame is not None, "in a task with a mapping or listeners"),
    (lambda node: node.loop is not None, "in a task that is done several times"),
    (lambda node: node.kind is Kind.LISTENER, "in a listener or for a value"),
)
"""What takes one result only, and where that is."""


def _never_joined(program: Program) -> Iterable[Finding]:
    """Joins that could never get what they wait for."""
    if not any(is_producer(node) for node in program.nodes):
        return
    above = producers_above(program)
    loops = in_loops(program)
    for join in program.nodes:
        brings = {flow: along(program, above, flow) for flow in join.incoming}
        if join.join is Join.ALL:
            yield from _different(program, join, above, brings)
        if join.join is not Join.EACH:
            yield from _repeated(program, join, brings, loops)


def is_producer(node: Node) -> bool:
    """Whether each result of a node opens an item."""
    return node.work is not None and node.work.many


def producers_inside(program: Program, container: int) -> list[str]:
    """What people call the producers in the sub-processes of a container, however deep."""
    found = []
    for node in filter(is_producer, program.nodes):
        _, *around = levels(program, node)
        if any(one.container == container for one in around):
            found.append(node.name or node.id)
    return found


def producers_above(program: Program) -> list[Producers]:
    """Per node the producers whose items can come to it.

    An item of a producer leaves by its flows; by its boundary events leaves the token that came.
    """
    above = [0] * len(program.nodes)
    order, changed = in_order(program), True
    while changed:
        changed = False
        for index in order:
            node = program.nodes[index]
            came = above[node.host] if node.host >= 0 else 0
            for flow in node.incoming:
                came |= along(program, above, flow)
            changed = changed or came != above[index]
            above[index] = came
    return above


def along(program: Program, above: Sequence[Producers], flow: int) -> Producers:
    """The producers whose items can come along a flow."""
    source = program.nodes[program.flows[flow].source]
    return above[source.index] | is_producer(source) << source.index


def in_order(program: Program) -> list[int]:
    """All nodes, each after those before it as far as loops allow."""
    done: list[int] = []
    seen = [False] * len(program.nodes)
    for first in program.nodes:
        waiting = [(first.index, False)]
        while waiting:
            index, left = waiting.pop()
            if left:
                done.append(index)
            elif not seen[index]:
                seen[index] = True
                waiting.append((index, True))
                waiting += [(after, False) for after in followers(program, index)]
    return done[::-1]


def followers(program: Program, index: int) -> list[int]:
    """Where a token can go from a node, by its flows and its boundary events."""
    node = program.nodes[index]
    return [*[program.flows[flow].target for flow in node.outgoing], *node.boundary]


def in_loops(program: Program) -> set[int]:
    """All nodes that may lie in a loop without producers: what is left without its loose ends."""
    left = {node.index for node in program.nodes if not is_producer(node)}
    ahead = {index: [n for n in followers(program, index) if n in left] for index in left}
    back: dict[int, list[int]] = {index: [] for index in left}
    for index, after in ahead.items():
        for target in after:
            back[target].append(index)
    return _trim(_trim(left, ahead, back), back, ahead)


def _trim(left: set[int], ahead: Ways, back: Ways) -> set[int]:
    """Take away, again and again, the nodes from which nothing leads ahead."""
    count = {index: sum(after in left for after in ahead[index]) for index in left}
    loose = [index for index in left if not count[index]]
    for index in loose:
        for before in back[index]:
            if before in count:
                count[before] -= 1
                loose += [] if count[before] else [before]
    return left.difference(loose)


def _different(
    program: Program, join: Node, above: Sequence[Producers], brings: Mapping[int, Producers]
) -> Iterable[Finding]:
    """Two flows that only ever bring items of producers of which neither is below the other."""
    kinds: dict[Producers, int] = {}
    for flow, producers in brings.items():
        kinds.setdefault(producers, flow)
    for first, second in combinations(kinds, 2):
        ours, theirs = first & ~second, second & ~first
        nested = any(above[a] & theirs for a in members(ours)) or any(
            above[b] & ours for b in members(theirs)
        )
        if ours and theirs and not nested:
            one, other = program.flows[kinds[first]].id, program.flows[kinds[second]].id
            what = (
                f"{one} brings results of {_names(program, ours)}, {other} those of "
                f"{_names(program, theirs)}; they never belong together"
            )
            remedy = "gather each in a sub-process around its producer"
            yield _finding(codes.NEVER_TOGETHER, join, what, remedy)
            return


def _repeated(
    program: Program, join: Node, brings: Mapping[int, Producers], loops: Collection[int]
) -> Iterable[Finding]:
    """A flow from around the items that lies in a loop, so that it can bring a second arrival."""
    everyone = 0
    for producers in brings.values():
        everyone |= producers
    for flow, producers in brings.items():
        source, outside = program.flows[flow].source, everyone & ~producers
        if outside and source in loops and _returns(program, source, loops):
            what = (
                f"{program.flows[flow].id} lies in a loop outside the results of "
                f"{_names(program, outside)}, so what they read there can come twice"
            )
            yield _finding(codes.READ_TWICE, join, what, "put the loop into a sub-process")


def _returns(program: Program, start: int, inside: Collection[int]) -> bool:
    """Whether a token can come back to where it was."""
    first = followers(program, start)
    return start in reachable(first, lambda one: followers(program, one) if one in inside else ())


def members(producers: Producers) -> Iterator[int]:
    """The indices of a set of producers, ascending.

    >>> list(members(0b10110))
    [1, 2, 4]
    """
    while producers:
        lowest = producers & -producers
        yield lowest.bit_length() - 1
        producers ^= lowest


def _names(program: Program, producers: Producers) -> str:
    return listed([program.nodes[index].id for index in members(producers)])


def _finding(code: str, node: Node, message: str, remedy: str) -> Finding:
    return finding(code, message, remedy, place=node.place, id=node.id, name=node.name)
