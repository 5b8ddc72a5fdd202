"""Find the main path of a process, and the order in which a reader meets everything else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import compress, pairwise

import msgspec

from bpmn_xml.layout.layered.layers import Layers
from bpmn_xml.layout.layered.problem import RankProblem


class Reading(msgspec.Struct, frozen=True):
    """All slots in reading order, and those of them that the main path passes."""

    order: tuple[int, ...]
    spine: frozenset[int]


def read_along(problem: RankProblem, layers: Layers) -> Reading:
    """Read depth first from the roots.

    The main path is the longest way from a root to an end that leaves no boundary event and takes
    no way back; of ways equally long it is the first in the order of the problem, but the middle
    one where all of several branches are. Of other branches the first is read after it, to stand
    below, the second before it, and so on; equal ones are read in the order of the problem.
    """
    right = _links_to_the_right(problem, layers)
    lengths = _lengths(layers, right)
    back = _links_back(problem, layers)
    for slot, targets in enumerate(right):
        targets.sort(key=lambda other: ((slot, other) in back, -lengths[other]))
    fans = [_is_fan(slot, targets, lengths, back) for slot, targets in enumerate(right)]
    for targets in compress(right, fans):
        targets.insert(0, targets.pop((len(targets) - 1) // 2))
    roots = sorted(problem.roots, key=lambda cell: -lengths[cell])
    leftmost = sorted(range(len(layers.slots)), key=lambda slot: layers.slots[slot].rank)
    spine = frozenset(_longest_way(right, [*roots, *leftmost]))
    for targets, is_fan in zip(right, fans, strict=True):
        above, below = targets[2::2][::-1], targets[1::2]
        if is_fan:
            half = (len(targets) + 1) // 2
            above, below = targets[1:half], targets[half:]
        targets[:] = [*above, *targets[:1], *below]
    return Reading(tuple(_depth_first(right, [*roots, *leftmost])), spine)


def _is_fan(
    slot: int, targets: Sequence[int], lengths: Sequence[int], back: Collection[tuple[int, int]]
) -> bool:
    """Tell whether three or more branches, none of them a way back, are equally long."""
    alike = len({((slot, other) in back, lengths[other]) for other in targets}) == 1
    return len(targets) > 2 and alike and (slot, targets[0]) not in back


def _links_to_the_right(problem: RankProblem, layers: Layers) -> list[list[int]]:
    """List where each slot leads to, without what begins at boundary events."""
    right: list[list[int]] = [[] for _ in layers.slots]
    for index, arc in enumerate(problem.arcs):
        if arc.tap is None and not layers.back[index]:
            chain = layers.chain(arc, index)
            for one, other in pairwise(chain):
                right[one].append(other)
    return right


def _links_back(problem: RankProblem, layers: Layers) -> set[tuple[int, int]]:
    """List the links of turned arcs."""
    return {
        link
        for index, arc in enumerate(problem.arcs)
        if arc.turned
        for link in pairwise(layers.chain(arc, index))
    }


def _lengths(layers: Layers, right: Sequence[Sequence[int]]) -> list[int]:
    """Count the cells on the longest way from each slot."""
    lengths = [0] * len(right)
    by_rank = sorted(range(len(right)), key=lambda slot: -layers.slots[slot].rank)
    for slot in by_rank:
        own = int(layers.slots[slot].cell >= 0)
        lengths[slot] = own + max((lengths[other] for other in right[slot]), default=0)
    return lengths


def _depth_first(right: Sequence[Sequence[int]], roots: Iterable[int]) -> list[int]:
    """List all slots, each as soon as it is reached."""
    seen: set[int] = set()
    order = []
    for root in roots:
        stack = [root]
        while stack:
            slot = stack.pop()
            if slot not in seen:
                seen.add(slot)
                order.append(slot)
                stack.extend(reversed(right[slot]))
    return order


def _longest_way(right: Sequence[Sequence[int]], order: Sequence[int]) -> Iterable[int]:
    """Follow the first, that is the longest, way from the first slot on."""
    slot = order[0] if order else -1
    while slot >= 0:
        yield slot
        slot = right[slot][0] if right[slot] else -1
