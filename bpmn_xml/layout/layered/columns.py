"""Find how far right everything stands: columns as wide as their cells, gaps as their tracks need.

A gap is as wide as names on its arcs need, too: they are written beside the tracks, not on them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from bpmn_xml.layout.layered.layers import Layers
from bpmn_xml.layout.layered.ports import Docking
from bpmn_xml.layout.layered.problem import RankProblem
from bpmn_xml.layout.layered.tracks import Tracks

_GAP_MARGIN: Final = 25
_OUTER_MARGIN: Final = 15
_TRACK: Final = 12
_LABEL_AIR: Final = 14
_NARROWEST: Final = 5


class Columns(msgspec.Struct, frozen=True):
    """The middle of every column, the first track of every gap, and the whole width."""

    middles: list[int]
    first_tracks: list[int]
    width: int

    def track_x(self, gap: int, track: int) -> int:
        """Find where a track is."""
        return self.first_tracks[gap] + track * _TRACK


def place_columns(
    problem: RankProblem, layers: Layers, dockings: Sequence[Docking], tracks: Tracks
) -> Columns:
    """Place columns and gaps from left to right, beginning at 0."""
    reach = _reaches(problem, layers)
    before = [0] * (len(reach) + 1)
    after = [0] * (len(reach) + 1)
    for gap, is_left, need in _label_needs(problem, layers, dockings, tracks, reach):
        side = before if is_left else after
        side[gap] = max(side[gap], need)
    middles: list[int] = []
    first_tracks: list[int] = []
    x = 0
    for gap, count in enumerate(tracks.counts):
        is_outer = gap in {0, len(reach)}
        margin = _OUTER_MARGIN if is_outer else _GAP_MARGIN
        if is_outer and not count:
            margin = 0
        first_tracks.append(x + max(margin, before[gap]))
        x = first_tracks[gap] + _TRACK * max(0, count - 1) + max(margin, after[gap])
        if gap < len(reach):
            middles.append(x + reach[gap][0])
            x += sum(reach[gap])
    return Columns(middles, first_tracks, x)


def _reaches(problem: RankProblem, layers: Layers) -> list[tuple[int, int]]:
    """Measure how far each column reaches to the left and right of its middle."""
    reaches = [(_NARROWEST, _NARROWEST)] * layers.rank_count
    for cell, slot in zip(problem.cells, layers.slots, strict=False):
        left, right = reaches[slot.rank]
        offset = layers.offsets.get(slot.cell, 0)
        reaches[slot.rank] = max(left, cell.left - offset), max(right, cell.right + offset)
    return reaches


def _label_needs(
    problem: RankProblem,
    layers: Layers,
    dockings: Sequence[Docking],
    tracks: Tracks,
    reaches: Sequence[tuple[int, int]],
) -> Iterator[tuple[int, bool, int]]:
    """List the room that names need: the gap, whether left of its tracks, and how much."""
    shared = _shared(tracks)
    for index, arc in enumerate(problem.arcs):
        if not arc.label_width or layers.back[index]:
            continue
        need = arc.label_width + _LABEL_AIR
        rank = layers.slots[arc.source].rank
        first = tracks.hops[index][0] if tracks.hops[index] else None
        if dockings[index].leaves != "right":
            yield rank + 1, True, need - reaches[rank][1] + max(0, arc.tap or 0)
        elif first is None or first.start == first.end or first.nets[0] not in shared:
            yield rank + 1, True, need - reaches[rank][1] + problem.cells[arc.source].width // 2
        elif not layers.bends[index]:
            inner = problem.cells[arc.target].width // 2
            yield rank + 1, False, need - reaches[rank + 1][0] + inner


def _shared(tracks: Tracks) -> set[tuple[str, int, int]]:
    """Collect the ports that several arcs leave at."""
    seen: set[tuple[str, int, int]] = set()
    shared: set[tuple[str, int, int]] = set()
    for hop in (hops[0] for hops in tracks.hops if hops):
        (shared if hop.nets[0] in seen else seen).add(hop.nets[0])
    return shared
