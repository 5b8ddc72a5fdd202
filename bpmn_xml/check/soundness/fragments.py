"""Search a part of a skeleton alone: one that is entered from one node, and left by one way.

If one token goes in, one comes out, and nothing else is left or goes wrong, then the part is as
good as a way. So what stands side by side in a kernel is not multiplied.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from bpmn_xml.check.soundness.kernel import Kernel, build
from bpmn_xml.check.soundness.reduction import ways_in, ways_out
from bpmn_xml.check.soundness.skeleton import CUT, END, NEVER, START, Role, Strand, names
from bpmn_xml.check.soundness.space import Situation, Space, explore
from bpmn_xml.check.soundness.verdict import leading_to_none
from bpmn_xml.reach import reachable

if TYPE_CHECKING:
    import networkx as nx

    Graph = nx.MultiDiGraph[str]

EXIT: Final = "/exit"

BEYOND: Final = frozenset({START, END, CUT, NEVER})
"""What is in no part."""

MOST_WAYS: Final = 300
"""In how many ways of a kernel parts are looked for."""

MOST_NODES: Final = 50
"""How many nodes a part may have: a larger one is hardly searched in so few moves."""

MOST_MOVES_IN_ALL: Final = 5_000
"""How many moves are tried in parts one after the other."""

MOST_MOVES_INSIDE: Final = 2_000
"""How many moves are tried inside of a part."""

Way = tuple[str, str, int]


class Fragment(NamedTuple):
    """A part: the nodes in it, the ways by which it is entered from one node, and left."""

    nodes: frozenset[str]
    entries: tuple[Way, ...]
    exit: Way


def replace(graph: Graph, most: int = MOST_MOVES_INSIDE) -> bool:
    """Put ways in place of the smallest parts that are sound; tell whether there are any."""
    replaced, left = 0, MOST_MOVES_IN_ALL
    for fragment in sorted(_fragments(graph), key=lambda one: len(one.nodes)):
        if left <= 0 or (replaced and len(fragment.nodes) > replaced):
            break
        if _is_whole(graph, fragment):
            kernel = _alone(graph, fragment)
            space = explore(kernel, min(most, MOST_MOVES_INSIDE, left))
            left -= space.moves
            if _is_sound(kernel, space):
                _shorten(graph, fragment)
                replaced = len(fragment.nodes)
    return replaced > 0


def _is_whole(graph: Graph, fragment: Fragment) -> bool:
    """Whether nothing of a part is gone with another one that was replaced."""
    ways = (*fragment.entries, fragment.exit)
    return graph.nodes >= fragment.nodes and all(graph.has_edge(*way) for way in ways)


def _fragments(graph: Graph) -> Iterator[Fragment]:
    """All parts of several nodes but the whole: what is between a node and a way behind it."""
    import networkx as nx

    ways = [way for way in graph.edges(keys=True) if way[0] not in BEYOND]
    if len(ways) > MOST_WAYS:
        return
    dominators = nx.immediate_dominators(graph, START)
    for leaving in ways:
        before = leaving[0]
        while before != START:
            before = dominators[before]
            nodes = frozenset(_leading_to(graph, leaving, before))
            if len(nodes) > MOST_NODES:
                break
            entries = tuple(w for w in graph.in_edges(nodes, keys=True) if w[0] not in nodes)
            fragment = Fragment(nodes, entries, leaving)
            if 1 < len(nodes) < len(graph) - 2 and _fits(graph, fragment, before):
                yield fragment


def _leading_to(graph: Graph, way: Way, but: str) -> set[str]:
    """The nodes from which a way can be reached without passing through a given one."""
    return reachable([way[0]], lambda node: [n for n in graph.predecessors(node) if n != but])


def _fits(graph: Graph, fragment: Fragment, before: str) -> bool:
    """Whether nothing else leads in or out, but that tokens may end inside, if only once."""
    import networkx as nx

    nodes, entries, leaving = fragment
    if nodes & BEYOND or leaving[1] in nodes or any(way[0] != before for way in entries):
        return False
    if len(entries) > 1 and graph.nodes[before]["role"] is not Role.ALL:
        return False
    outward = [w for w in graph.out_edges(nodes, keys=True) if w[1] not in nodes and w != leaving]
    quiet = all(way.quiet for node in nodes for _, way in ways_in(graph, node))
    if any(way[1] != END for way in outward) or not quiet:
        return False
    return not outward or not nx.has_path(graph, leaving[1], before)


def _alone(graph: Graph, fragment: Fragment) -> Kernel:
    """The part as a skeleton of its own, with a start before it and an end behind it."""
    part: Graph = graph.subgraph(fragment.nodes | {END}).copy()
    part.add_node(START, role=Role.ALL)
    part.add_node(EXIT, role=Role.END)
    for _, first, _ in fragment.entries:
        part.add_edge(START, first, way=Strand())
    leaving = fragment.exit
    if part.has_edge(*leaving):
        part.remove_edge(*leaving)
    part.add_edge(leaving[0], EXIT, way=Strand())
    part.remove_nodes_from([node for node in part if node == END and not part.in_degree(node)])
    return build(part)


def _is_sound(kernel: Kernel, space: Space) -> bool:
    """Whether every run takes one token out, when no other is left but such as end."""
    if not space.complete or len(space.taken) < len(kernel.program.flows):
        return False
    if any(point.fault or point.stuck or point.most >= kernel.crowd for point in space.points):
        return False
    names = [node.id for node in kernel.program.nodes]
    out = next(i for i, name in enumerate(names) if name.startswith(f"{EXIT}/"))
    ending = {i for i, name in enumerate(names) if name.startswith((f"{END}/", f"{EXIT}/"))}
    leaving = [i for i, point in enumerate(space.points) if (False, out) in point.tokens]
    ended = [i for i, point in enumerate(space.points) if point.outcome]
    after = [[i for i, _ in point.after] for point in space.points]
    return (
        not leading_to_none(after, ended)
        and not any(_others(space.points[i], ending) for i in leaving)
        and not _around(space, after, leaving) & set(ended)
    )


def _others(point: Situation, ending: set[int]) -> bool:
    """Whether there are other tokens than those that end or leave the part."""
    return any(parked or index not in ending for parked, index in point.tokens)


def _around(space: Space, after: list[list[int]], places: list[int]) -> set[int]:
    """The points that are reached without being at some of them."""
    but = set(places)
    first = [start.point for start in space.starts if start.point not in but]
    return reachable(first, lambda point: [i for i in after[point] if i not in but])


def _shorten(graph: Graph, fragment: Fragment) -> None:
    """Replace a part by a single way."""
    first, *others = [graph.edges[entry]["way"] for entry in fragment.entries]
    last: Strand = graph.edges[fragment.exit]["way"]
    inside = [way for node in fragment.nodes for _, way in ways_out(graph, node)]
    covered = {name for node in fragment.nodes for name in names(node)}
    covered |= {name for way in (*others, *inside) for name in (*way.path, *way.covers)}
    way = first.then(((), last))
    before, after = fragment.entries[0][0], fragment.exit[1]
    graph.remove_nodes_from(fragment.nodes)
    graph.add_edge(before, after, way=msgspec.structs.replace(way, covers=way.covers | covered))
