"""Lanes: which nodes stand in which, and the areas they get one below the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from bpmn_xml.layout.geometry import Area
from bpmn_xml.layout.measures import LINE, NAME_SIZE
from bpmn_xml.layout.text import text_width
from bpmn_xml.model import Lane

HEADER: Final = 30
_LEAST_HEIGHT: Final = 80
_MOST_FOR_NAME: Final = 240


class Leaf(msgspec.Struct, frozen=True):
    """A lane without lanes inside, and the lanes around it from the outermost to itself."""

    lane: Lane
    path: tuple[Lane, ...]


def leaves(lanes: Sequence[Lane]) -> list[Leaf]:
    """List the innermost lanes from top to bottom."""
    result = []
    todo: list[tuple[Lane, tuple[Lane, ...]]] = [(lane, ()) for lane in reversed(lanes)]
    while todo:
        lane, outer = todo.pop()
        path = (*outer, lane)
        inner = lane.child_lane_set.lanes if lane.child_lane_set else ()
        if not inner:
            result.append(Leaf(lane, path))
        todo.extend((one, path) for one in reversed(inner))
    return result


def lane_numbers(
    found: Sequence[Leaf], nodes: Sequence[str], arcs: Iterable[tuple[str, str]]
) -> dict[str, int]:
    """Number the lane of every node: the first that names it, else that of a neighbour, else 0.

    A lane that has lanes inside gives its own nodes to the first of these.
    """
    known: dict[str, int] = {}
    for is_outer in (False, True):
        for number, leaf in enumerate(found):
            for lane in leaf.path[:-1] if is_outer else leaf.path[-1:]:
                known = dict.fromkeys(lane.flow_node_refs, number) | known
    near: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in arcs:
        near[source].append(target)
        near[target].append(source)
    todo = [node for node in nodes if node in known]
    for node in todo:
        for other in near[node]:
            if other not in known:
                known[other] = known[node]
                todo.append(other)
    return {node: known.get(node, 0) for node in nodes}


def name_height(name: str) -> int:
    """Measure how high a lane or pool must be for its name, written upwards."""
    return max(_LEAST_HEIGHT, min(_MOST_FOR_NAME, int(text_width(name, NAME_SIZE)) + LINE))


def lane_areas(found: Sequence[Leaf], borders: Sequence[int], width: int) -> dict[str, Area]:
    """Give every lane its area; an inner one is as much narrower as the outer one's header."""
    areas: dict[str, Area] = {}
    for leaf, top, bottom in zip(found, borders, borders[1:], strict=False):
        for depth, lane in enumerate(leaf.path):
            first = areas.get(lane.id, Area(depth * HEADER, top, 0, 0))
            height = bottom - first.y
            areas[lane.id] = Area(first.x, first.y, width - first.x, height)
    return areas


def depth(found: Sequence[Leaf]) -> int:
    """Count how many lanes stand in each other at most."""
    return max((len(leaf.path) for leaf in found), default=0)
