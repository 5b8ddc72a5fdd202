"""Reduce a skeleton to what can go wrong in it: blocks that fit together vanish.

Each rule replaces a piece of the graph by a smaller one that stops, meets and ends in the same
ways. What is left after all of them is the kernel; of a well-structured process it is one way
from the start to the end, which is sound. A way that is not quiet keeps its place among the others:
other pools see it. Effort: each step removes a node or an edge.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from bpmn_xml.check.soundness.skeleton import CUT, END, START, Role, Strand, names
from bpmn_xml.reach import reachable

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

Touched = list[str]
"""The nodes around which something has changed; empty if a rule does not fit."""

MEETING: Final[dict[tuple[Role, Role], bool]] = {
    (Role.CHOICE, Role.CHOICE): False,
    (Role.CHOICE, Role.SOME): False,
    (Role.CHOICE, Role.END): False,
    (Role.CHOICE, Role.CUT): False,
    (Role.ALL, Role.ALL): True,
    (Role.ALL, Role.SOME): True,
    (Role.SOME, Role.SOME): False,
}
"""Two ways from one node to another are one, if the source gives what the target takes.

The value says whether both were taken.
"""

KEPT: Final = (Role.COUNT, Role.COMPLEX)
"""Nodes that are more than a way, even if one way leads in and one out."""

FUSING: Final = (Role.CHOICE, Role.ALL)
"""Two nodes of these roles in a row do what one does."""


def reduce(graph: Graph) -> None:
    """Apply the rules until none fits; what is touched waits its turn, so that hubs wait long."""
    waiting, queued = deque(reversed([*graph])), set(graph)
    while waiting:
        node = waiting.popleft()
        queued.discard(node)
        touched = _step(graph, node) if node in graph else []
        if not touched and not waiting:
            touched = _plain_ends(graph)
        waiting += [one for one in dict.fromkeys(touched) if one not in queued]
        queued.update(touched)


def is_sound(graph: Graph) -> bool:
    """Whether nothing is left but one way from the start to an end."""
    return set(graph) <= {START, END, CUT} and graph.out_degree(START) == 1


def _step(graph: Graph, node: str) -> Touched:
    for rule in RULES:
        touched = rule(graph, node)
        if touched:
            return touched
    return []


def _role(graph: Graph, node: str) -> Role:
    role: Role = graph.nodes[node]["role"]
    return role


class Passing(NamedTuple):
    """A node that is part of the way: where the one way in comes from, the one out and its end."""

    node: str
    before: str
    way: Strand
    after: str


def _pass(graph: Graph, node: str) -> Touched:
    """Nodes in a row with one way in and one way out each are part of the way."""
    here = _passing(graph, node)
    if here is None:
        return []
    row = deque([here])
    while row[0].before != node and (earlier := _passing(graph, row[0].before)):
        row.appendleft(earlier)
    before = row[0].before
    if before == node:  # a ring: one node of it stays
        row.pop()
    while row[-1].after != before and (later := _passing(graph, row[-1].after)):
        row.append(later)
    after, way = row[-1].after, ways_in(graph, row[0].node)[0][1]
    graph.remove_nodes_from([one.node for one in row])
    graph.add_edge(before, after, way=way.then(*[(names(one.node), one.way) for one in row]))
    return [before, after]


def _passing(graph: Graph, node: str) -> Passing | None:
    """A node with one way in and one out, on which nothing is awaited, that does no more."""
    entering = [*islice(graph.predecessors(node), 2)]  # a hub has many
    leaving = [*islice(graph.successors(node), 2)]
    if len(entering) != 1 or len(leaving) != 1:
        return None
    before, after = entering[0], leaving[0]
    ways = [*graph.get_edge_data(node, after).values()]
    if after == node or len(ways) != 1 or _role(graph, node) in KEPT:
        return None
    way: Strand = ways[0]["way"]
    single = len(graph.get_edge_data(before, node)) == 1
    return Passing(node, before, way, after) if single and not way.awaits else None


def ways_in(graph: Graph, node: str) -> list[tuple[str, Strand]]:
    """The ways into a node, each with the node that it comes from."""
    return [(before, data["way"]) for before, _, data in graph.in_edges(node, data=True)]


def ways_out(graph: Graph, node: str) -> list[tuple[str, Strand]]:
    """The ways out of a node, each with the node that it leads to."""
    return [(after, data["way"]) for _, after, data in graph.out_edges(node, data=True)]


def _fuse_forward(graph: Graph, node: str) -> Touched:
    """A merge before a node of its role is part of it."""
    if graph.out_degree(node) != 1 or node == START or _role(graph, node) not in FUSING:
        return []
    after, way = ways_out(graph, node)[0]
    if after == node or _role(graph, after) is not _role(graph, node) or not way.quiet:
        return []
    for before, earlier in ways_in(graph, node):
        graph.add_edge(before, after, way=earlier.then((names(node), way)))
    graph.remove_node(node)
    return [after, *graph.predecessors(after)]


def _fuse_backward(graph: Graph, node: str) -> Touched:
    """A split behind a node of its role is part of it."""
    if graph.in_degree(node) != 1 or _role(graph, node) not in FUSING:
        return []
    before, way = ways_in(graph, node)[0]
    if before == node or _role(graph, before) is not _role(graph, node) or not way.quiet:
        return []
    if any(later.awaits or later.needs for _, later in ways_out(graph, node)):
        return []
    for after, later in ways_out(graph, node):
        graph.add_edge(before, after, way=way.then((names(node), later)))
    graph.remove_node(node)
    return [before, *graph.successors(before)]


def _meet(graph: Graph, node: str) -> Touched:
    """Ways side by side are one, where the target takes together what the source gives."""
    touched: Touched = []
    for after in list(graph.successors(node)):
        both = MEETING.get((_role(graph, node), _role(graph, after)))
        if both is None or after == node or graph.number_of_edges(node, after) < 2:
            continue
        alike = {key: data for key, data in graph[node][after].items() if data["way"].quiet}
        if len(alike) < 2:
            continue
        first, *others = alike.items()
        way: Strand = first[1]["way"]
        for key, _ in others:
            graph.remove_edge(node, after, key)
        way = way.over(*[data["way"] for _, data in others], both=both)
        graph[node][after][first[0]]["way"] = way
        touched += [node, after]
    return touched


def _idle(graph: Graph, node: str) -> Touched:
    """A choice that leads back to itself, and has another way out, may be left at last."""
    loops = graph.number_of_edges(node, node)
    if not loops or _role(graph, node) is not Role.CHOICE or graph.out_degree(node) == loops:
        return []
    ways = [data["way"] for data in graph[node][node].values()]
    if not all(way.quiet for way in ways):
        return []
    turned = frozenset(name for way in ways for name in (*way.path, *way.covers))
    _remove(graph, node, node)
    for _, _, data in graph.out_edges(node, data=True):
        way: Strand = data["way"]
        data["way"] = msgspec.structs.replace(way, covers=way.covers | turned)
    return [node, *graph.successors(node)]


def _consume(graph: Graph, node: str) -> Touched:
    """A token that is only consumed need not be given, unless it is given again and again."""
    if _role(graph, node) is not Role.ALL or END not in graph[node]:
        return []
    others = [after for after in graph.successors(node) if after != END]
    if not others or _turns(graph, node):
        return []
    ended = [data["way"] for data in graph[node][END].values()]
    if not all(way.quiet for way in ended):
        return []
    _remove(graph, node, END)
    data = graph[node][others[0]][next(iter(graph[node][others[0]]))]
    data["way"] = data["way"].over(*ended, both=False)
    return [node, *others]


def _remove(graph: Graph, source: str, target: str) -> None:
    """Take all ways from one node to another away."""
    for key in tuple(graph[source][target]):
        graph.remove_edge(source, target, key)


def _turns(graph: Graph, node: str) -> bool:
    """Whether a node can be reached from itself."""
    return node in reachable(graph.succ[node], graph.succ.__getitem__)


def _plain_ends(graph: Graph) -> Touched:
    """Where there is one token at a time, to cut the scope off is to end it."""
    several = [n for n in graph if _role(graph, n) in (Role.ALL, Role.SOME)]
    counting = any(_role(graph, node) in KEPT for node in graph)
    if counting or any(graph.out_degree(n) > 1 for n in several) or not graph.has_node(CUT):
        return []
    touched = list(graph.predecessors(CUT))
    for before, way in ways_in(graph, CUT):
        if END not in graph:
            graph.add_node(END, role=Role.END)
        graph.add_edge(before, END, way=way)
    graph.remove_node(CUT)
    return touched


Rule = Callable[["Graph", str], Touched]

RULES: Final[tuple[Rule, ...]] = (_meet, _pass, _fuse_forward, _fuse_backward, _idle, _consume)
