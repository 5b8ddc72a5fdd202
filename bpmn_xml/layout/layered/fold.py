"""Fold a very long drawing into bands below each other, like lines of a text.

It is cut where few arcs pass.

An arc between two bands leaves its own to the right, runs down the right margin, back through
the channel below the band, along the left margin, and enters the other band from the left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from math import isqrt
from typing import Final

import msgspec

from bpmn_xml.layout.geometry import Spot, simplified
from bpmn_xml.layout.layered.layers import BEND_SPACE
from bpmn_xml.layout.layered.problem import Arc, Cell, RankProblem
from bpmn_xml.layout.layered.ranks import Ranking
from bpmn_xml.layout.layered.routes import Placement

MOST_RANKS: Final = 150
_LEAST_RANKS: Final = 30
_COLUMN: Final = 150
_ROW: Final = 110
_CHANNEL: Final = 60
_MARGIN: Final = 20
_TRACK: Final = 12
_END: Final = Cell(width=0, height=0, left=0, right=0, up=BEND_SPACE, down=BEND_SPACE)


def choose_cuts(problem: RankProblem, ranking: Ranking) -> list[int]:
    """List the ranks that begin a new band; none if there are few ranks, or lanes."""
    count = max(ranking.ranks, default=0) + 1
    if count <= MOST_RANKS or len(problem.lane_heights) > 1:
        return []
    passing = _passing(problem, ranking, count)
    usual = _usual_length(len(problem.cells), count)
    cuts: list[int] = []
    start = 0
    while count - start > usual * 4 // 3:
        candidates = range(start + usual * 3 // 4, start + usual * 5 // 4)
        start = min(candidates, key=lambda rank: (passing[rank], abs(rank - start - usual)))
        cuts.append(start)
    return cuts


def _usual_length(cells: int, ranks: int) -> int:
    """Find how many ranks make a band so that all bands fill a page of 16 to 10."""
    height = _ROW * cells // ranks + _CHANNEL
    return max(_LEAST_RANKS, isqrt(16 * ranks * height // (10 * _COLUMN)))


def _passing(problem: RankProblem, ranking: Ranking, count: int) -> list[int]:
    """Count for each rank the arcs that come to it or beyond from the ranks before."""
    changes = [0] * (count + 1)
    for arc in problem.arcs:
        low, high = sorted((ranking.ranks[arc.source], ranking.ranks[arc.target]))
        changes[low + 1] += 1
        changes[high + 1] -= 1
    return list(accumulate(changes))


class Band(msgspec.Struct):
    """A part of a problem, as a problem of its own, and where its cells and arcs come from.

    After the band's own cells come the ends of arcs that enter it, then those of arcs that leave
    it; likewise after its own arcs.
    """

    problem: RankProblem
    ranking: Ranking
    cells: list[int]
    inner: list[int]
    entering: list[int]
    leaving: list[int]


def split_into_bands(problem: RankProblem, ranking: Ranking, cuts: Sequence[int]) -> list[Band]:
    """Cut a ranked problem before the given ranks."""
    band_of = [bisect_right(cuts, rank) for rank in ranking.ranks]
    parts: list[tuple[list[int], ...]] = [([], [], [], []) for _ in range(len(cuts) + 1)]
    for cell, band in enumerate(band_of):
        parts[band][0].append(cell)
    for index, arc in enumerate(problem.arcs):
        source, target = band_of[arc.source], band_of[arc.target]
        if source == target:
            parts[source][1].append(index)
        else:
            parts[target][2].append(index)
            parts[source][3].append(index)
    firsts = [0, *cuts]
    return [_band(problem, ranking, first, part) for first, part in zip(firsts, parts, strict=True)]


def _band(problem: RankProblem, ranking: Ranking, first: int, parts: tuple[list[int], ...]) -> Band:
    """Make one band; its own cells keep their order, ranks begin at 1."""
    own, inner, entering, leaving = parts
    index = {cell: number for number, cell in enumerate(own)}
    ends = iter(range(len(own), len(own) + len(entering) + len(leaving)))
    replace = msgspec.structs.replace
    arcs = [
        replace(arc, source=index[arc.source], target=index[arc.target])
        for arc in (problem.arcs[number] for number in inner)
    ]
    arcs += [Arc(source=next(ends), target=index[problem.arcs[a].target]) for a in entering]
    arcs += [
        replace(problem.arcs[a], source=index[problem.arcs[a].source], target=next(ends))
        for a in leaving
    ]
    ranks = [ranking.ranks[cell] - first + 1 for cell in own]
    behind = max(ranks) + 1
    roots = [*range(len(own), len(own) + len(entering))]
    roots += [index[cell] for cell in problem.roots if cell in index]
    cells = (*(problem.cells[cell] for cell in own), *[_END] * (len(entering) + len(leaving)))
    return Band(
        RankProblem(cells=cells, arcs=tuple(arcs), roots=tuple(roots)),
        Ranking(
            (*ranks, *[0] * len(entering), *[behind] * len(leaving)),
            (*(ranking.back[a] for a in inner), *[False] * (len(entering) + len(leaving))),
        ),
        own,
        inner,
        entering,
        leaving,
    )


class _Passage(msgspec.Struct):
    """The heights at which an arc leaves, goes back and enters, and where it does so.

    `right` is its x in the right margin of its band, `track` counts from the left border outwards.
    """

    leaves: int
    channel: int
    enters: int
    right: int
    track: int = 0


def join_bands(
    problem: RankProblem, bands: Sequence[Band], placements: Sequence[Placement]
) -> Placement:
    """Put placed bands below each other and lead arcs from band to band."""
    tops = [0]
    for band, placement in zip(bands, placements, strict=True):
        tops.append(tops[-1] + placement.borders[-1] + _TRACK * len(band.leaving))
    passages = _passages(bands, placements, tops)
    left = _margin(passages)
    centres, routes = [(0, 0)] * len(problem.cells), [[(0, 0)]] * len(problem.arcs)
    result = Placement(centres, routes, [0, tops[-1]], 0, len(bands))
    entering: dict[int, list[Spot]] = {}
    for band, placement, top in zip(bands, placements, tops, strict=False):
        for cell, (x, y) in zip(band.cells, placement.centres, strict=False):
            result.centres[cell] = x + left, y + top
        routes = [[(x + left, y + top) for x, y in route] for route in placement.routes]
        entering.update(zip(band.entering, routes[len(band.inner) :], strict=False))
        rest = routes[: len(band.inner)] + routes[len(band.inner) + len(band.entering) :]
        for index, route in zip((*band.inner, *band.leaving), rest, strict=True):
            result.routes[index] = route
        result.width = max(result.width, left + placement.width + _right_margin(band))
    for index, passage in passages.items():
        right, track = left + passage.right, left - _MARGIN - _TRACK * passage.track
        result.routes[index] = simplified(
            [
                *result.routes[index],
                (right, passage.leaves),
                (right, passage.channel),
                (track, passage.channel),
                (track, passage.enters),
                *entering[index],
            ]
        )
    return result


def _right_margin(band: Band) -> int:
    """Measure the room that leaving arcs need behind a band."""
    return _MARGIN + _TRACK * len(band.leaving) if band.leaving else 0


def _passages(
    bands: Sequence[Band], placements: Sequence[Placement], tops: Sequence[int]
) -> dict[int, _Passage]:
    """Find all passages; of the arcs that leave a band the lowest runs innermost."""
    enters = {
        arc: top + placement.centres[len(band.cells) + number][1]
        for band, placement, top in zip(bands, placements, tops, strict=False)
        for number, arc in enumerate(band.entering)
    }
    result: dict[int, _Passage] = {}
    for band, placement, top in zip(bands, placements, tops, strict=False):
        first = len(band.cells) + len(band.entering)
        heights = {arc: placement.centres[first + n][1] for n, arc in enumerate(band.leaving)}
        for inset, arc in enumerate(sorted(heights, key=lambda arc: -heights[arc])):
            result[arc] = _Passage(
                leaves=top + heights[arc],
                channel=top + placement.borders[-1] + _TRACK * inset,
                enters=enters[arc],
                right=placement.width + _MARGIN + _TRACK * inset,
            )
    return result


def _margin(passages: Mapping[int, _Passage]) -> int:
    """Give every passage a track in the left margin, short ones first; measure the margin."""
    taken: list[list[tuple[int, int]]] = []
    for passage in sorted(passages.values(), key=lambda one: abs(one.channel - one.enters)):
        low, high = sorted((passage.channel, passage.enters))
        free = [all(high < a - 6 or b + 6 < low for a, b in track) for track in taken]
        passage.track = free.index(True) if True in free else len(taken)
        if passage.track == len(taken):
            taken.append([])
        taken[passage.track].append((low, high))
    return _MARGIN * 2 + _TRACK * len(taken)
