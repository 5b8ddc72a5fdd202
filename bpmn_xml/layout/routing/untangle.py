"""Route edges that cross others again: alone, and two by two in the other order.

What is routed first does not know what comes later. So of two edges that cross, both are taken
away and the other one is routed first; the less tangled drawing is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from bpmn_xml.layout.edges import Edge
from bpmn_xml.layout.geometry import Spot
from bpmn_xml.layout.routing.pathfinder import Pathfinder

_PASSES: Final = 3
_MOST: Final = 60


def untangle(router: Pathfinder, edges: Sequence[Edge]) -> None:
    """Route edges again as long as fewer cross; those that other edges end at stay."""
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    loose = {edge.id: edge for edge in edges if edge.id not in ends}
    for _ in range(_PASSES):
        tries = [*_tries(router.drawing.routes, loose)][:_MOST]
        kept = [group for group in tries if router.effort.left and _improved(router, group)]
        if not kept:
            break


def _tries(routes: Mapping[str, Sequence[Spot]], loose: Mapping[str, Edge]) -> Iterator[list[Edge]]:
    """List what to route again, in which order."""
    crossing = [*_crossing(routes)]
    for edge in loose.values():
        if any(edge.id in pair for pair in crossing):
            yield [edge]
    for one, other in crossing:
        if one in loose and other in loose:
            yield [loose[one], loose[other]]
            yield [loose[other], loose[one]]


def _crossing(routes: Mapping[str, Sequence[Spot]]) -> Iterator[tuple[str, str]]:
    """Find the pairs of edges that cross."""
    pieces = [
        (key, min(piece), max(piece)) for key, route in routes.items() for piece in pairwise(route)
    ]
    level = [piece for piece in pieces if piece[1][1] == piece[2][1]]
    upright = [piece for piece in pieces if piece[1][0] == piece[2][0]]
    for one, (left, y), (right, _) in level:
        for other, (x, top), (_, bottom) in upright:
            if left < x < right and top < y < bottom and one != other:
                yield one, other


def _improved(router: Pathfinder, group: Sequence[Edge]) -> bool:
    """Route a group of edges again in its order; keep that if it is less tangled."""
    old = [router.remove(edge) for edge in group]
    before = _put(router, group, old)
    _remove(router, group)
    found = [router.add(edge) for edge in group]
    new = [router.remove(edge) for edge in group]
    if _put(router, group, new) < before and all(found):
        return True
    _remove(router, group)
    _put(router, group, old)
    return False


def _remove(router: Pathfinder, group: Sequence[Edge]) -> None:
    """Take the routes of a group of edges away."""
    for edge in group:
        router.remove(edge)


def _put(
    router: Pathfinder, group: Sequence[Edge], routes: Sequence[list[Spot]]
) -> tuple[int, int]:
    """Give edges their routes; tell how often these cross others, and how often they bend."""
    crossings = 0
    for edge, route in zip(group, routes, strict=True):
        crossings += router.field.crossings(route)
        router.put(edge, route)
    return crossings, sum(len(route) - 2 for route in routes)
