"""Choose where arcs turn in the gap between two columns: on tracks, few crossings, no overlap.

A hop is the vertical piece of an arc in a gap. Hops that share an end share their track as one
wire. Gap g lies to the left of column g; the last one lies to the right of the last column.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import msgspec

from bpmn_xml.layout.layered.layers import Layers
from bpmn_xml.layout.layered.ports import Docking
from bpmn_xml.layout.layered.problem import RankProblem

_CLEARANCE: Final = 8
_OVERLAP: Final = 1000
_MANY: Final = 150


Net = tuple[str, int, int]


class Hop(msgspec.Struct, frozen=True):
    """One change of height of an arc, in a gap: from the height it comes at to where it goes on.

    `left` and `right` are the heights at which lines leave the hop to either side, `nets` the
    ports that it can share a track with others for.
    """

    arc: int
    gap: int
    start: int
    end: int
    left: tuple[int, ...]
    right: tuple[int, ...]
    nets: tuple[Net, ...]


class _Wire(msgspec.Struct):
    """Hops that share a vertical line, and what they span together."""

    hops: list[Hop]
    left: set[int]
    right: set[int]

    @property
    def low(self) -> int:
        return min(*self.left, *self.right)

    @property
    def high(self) -> int:
        return max(*self.left, *self.right)


class Tracks(msgspec.Struct, frozen=True):
    """The hops of every arc, the track of each from the left of its gap, and how many there are."""

    hops: list[list[Hop]]
    track_of: dict[tuple[int, int, int], int]
    counts: list[int]

    def track(self, hop: Hop) -> int:
        """Look up the track of a hop that changes its height."""
        return self.track_of[hop.arc, hop.gap, hop.start]


def assign_tracks(
    problem: RankProblem, layers: Layers, heights: Sequence[int], dockings: Sequence[Docking]
) -> Tracks:
    """Find all hops, join them to wires and give each wire a track."""
    hops = [
        list(_hops(problem, layers, heights, index, docking))
        for index, docking in enumerate(dockings)
    ]
    by_gap: list[list[Hop]] = [[] for _ in range(layers.rank_count + 1)]
    for hop in (hop for arc in hops for hop in arc if hop.start != hop.end):
        by_gap[hop.gap].append(hop)
    track_of: dict[tuple[int, int, int], int] = {}
    counts = []
    for gap in by_gap:
        wires = _sorted_wires(_wires(gap))
        tracks = _tracks(wires)
        counts.append(max(tracks, default=-1) + 1)
        for wire, track in zip(wires, tracks, strict=True):
            track_of.update({(hop.arc, hop.gap, hop.start): track for hop in wire.hops})
    return Tracks(hops, track_of, counts)


def _hops(
    problem: RankProblem, layers: Layers, heights: Sequence[int], index: int, docking: Docking
) -> Iterator[Hop]:
    """Follow an arc from source to target and list its hops, flat ones too."""
    arc, back, shift = problem.arcs[index], layers.back[index], docking.shift
    stations = list(layers.bends[index])
    nets: dict[int, tuple[Net, ...]] = {}
    if docking.leaves == "right":
        stations.insert(0, arc.source)
        nets[0] = (("out of", arc.source, shift),)
    if docking.enters == "left":
        stations.append(arc.target)
        last = len(stations) - 2
        nets[last] = (*nets.get(last, ()), ("into", arc.target, shift))
    for turn, (one, other) in enumerate(pairwise(stations)):
        start, end = heights[one] + shift, heights[other] + shift
        near, far = layers.slots[one].rank, layers.slots[other].rank
        own = nets.get(turn, (("along", index, turn),))
        if not back:
            yield Hop(index, far, start, end, (start,), (end,), own)
        elif turn == 0 and docking.leaves == "right":
            yield Hop(index, near + 1, start, end, (start, end), (), own)
        elif near == far:
            yield Hop(index, near, start, end, (), (start, end), own)
        else:
            yield Hop(index, near, start, end, (end,), (start,), own)


def _wires(gap: Sequence[Hop]) -> list[_Wire]:
    """Join the hops of a gap by the port at which most meet."""
    meeting = Counter(net for hop in gap for net in hop.nets)
    wires: dict[Net, _Wire] = {}
    for hop in gap:
        net = max(hop.nets, key=meeting.__getitem__)
        wire = wires.setdefault(net, _Wire([], set(), set()))
        wire.hops.append(hop)
        wire.left.update(hop.left)
        wire.right.update(hop.right)
    return list(wires.values())


def _sorted_wires(wires: list[_Wire]) -> list[_Wire]:
    """Order wires from left to right: each is put, short ones first, where it costs least."""
    in_turn = sorted(wires, key=lambda wire: (wire.high - wire.low, wire.low))
    if len(wires) > _MANY:
        return sorted(wires, key=_slope)
    result: list[_Wire] = []
    for wire in in_turn:
        cost = lowest = sum(_cost(wire, other) for other in result)
        best = 0
        for place, other in enumerate(result):
            cost += _cost(other, wire) - _cost(wire, other)
            if cost < lowest:
                lowest, best = cost, place + 1
        result.insert(best, wire)
    return result


def _slope(wire: _Wire) -> int:
    """Sort key where there are many wires: what goes down begins left with the lowest."""
    start, end = wire.hops[0].start, wire.hops[0].end
    return -start if end > start else start


def _cost(left: _Wire, right: _Wire) -> int:
    """Count what crosses if one wire stands left of another; lines upon lines count most."""
    crossings = sum(left.low < height < left.high for height in right.left)
    crossings += sum(right.low < height < right.high for height in left.right)
    return crossings + _OVERLAP * len(left.right & right.left)


def _tracks(wires: Sequence[_Wire]) -> list[int]:
    """Give each wire the first track right of all before it that it would touch."""
    placed: list[tuple[int, int, int]] = []
    for wire in wires:
        low, high = wire.low - _CLEARANCE, wire.high + _CLEARANCE
        touched = [track for track, top, bottom in placed if top < high and low < bottom]
        placed.append((max(touched, default=-1) + 1, wire.low, wire.high))
    return [track for track, _, _ in placed]
