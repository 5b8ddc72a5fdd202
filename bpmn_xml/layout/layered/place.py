"""Place a problem: from cells and arcs to centres and routes.

What has very many ranks is cut into bands that stand below each other, like lines of a text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, partial
from itertools import chain
from typing import Final, NamedTuple

import msgspec

from bpmn_xml.layout.layered.blocks import build_blocks
from bpmn_xml.layout.layered.columns import place_columns
from bpmn_xml.layout.layered.fold import choose_cuts, join_bands, split_into_bands
from bpmn_xml.layout.layered.layers import Layers, build_layers
from bpmn_xml.layout.layered.lifts import lifted
from bpmn_xml.layout.layered.loose import draw_straight, longest_arcs, without
from bpmn_xml.layout.layered.order import MOST_WORK, STARTS, order_columns
from bpmn_xml.layout.layered.ports import Docking, Turning, choose_ports
from bpmn_xml.layout.layered.problem import RankProblem
from bpmn_xml.layout.layered.ranks import Ranking, rank_cells
from bpmn_xml.layout.layered.returns import is_readable, with_returns
from bpmn_xml.layout.layered.routes import Placement, Plan, trace_routes
from bpmn_xml.layout.layered.rows import place_rows
from bpmn_xml.layout.layered.spine import read_along
from bpmn_xml.layout.layered.starts import spread_starts
from bpmn_xml.layout.layered.tighten import Rows
from bpmn_xml.layout.layered.tracks import assign_tracks
from bpmn_xml.layout.layered.uprights import with_uprights
from bpmn_xml.layout.stacking import tangle


class Manner(NamedTuple):
    """How decisions are made that have no best answer before all is drawn.

    `backwards` begins with the order of reading turned round; `main_path_first` makes the main
    path straight before long arcs.
    """

    backwards: bool = False
    main_path_first: bool = True
    turning: Turning = Turning.BRANCHES


USUAL: Final = Manner()
MANNERS: Final = (
    USUAL,
    Manner(backwards=True, main_path_first=False, turning=Turning.ALL),
    Manner(main_path_first=False, turning=Turning.MEETINGS),
    Manner(backwards=True, turning=Turning.MEETINGS),
)
"""Those that are worth to be tried."""

_LEAST_WORK: Final = 20_000
"""So much work every connected part is worth, however small its share of the drawing is."""

_HASTY_STARTS: Final = 1
"""So often it is begun with where a drawing is only tried."""


def place(
    problem: RankProblem, share: float = 1.0, manners: Sequence[Manner] = (USUAL,)
) -> Placement:
    """Place cells in columns and route the arcs between them.

    Args:
        problem: what is placed.
        share: of the work that may be done for the drawing that the problem is a part of.
        manners: those that are tried; the least tangled drawing wins, of several the first. With
            one alone there is no time to try anything else, either.
    """
    ranking = rank_cells(problem)
    plain = _place(problem, ranking, share, manners)
    if len(manners) == 1 or not any(_tangle(plain)):
        return plain
    ways = [(problem, plain)]
    if turned := with_returns(problem, ranking):
        ways.append((turned, _place(turned, rank_cells(turned), share, manners)))
    found = [placement for _, placement in ways]
    for way, placement in ways:
        in_haste = partial(_place, share=0, manners=[manners[placement.manner]])
        upright = with_uprights(way, in_haste, _tangle)
        if upright:
            found.append(_place(upright, rank_cells(upright), share, manners))
    return min(found, key=lambda placement: (_tangle(placement), placement.width))


def _place(
    problem: RankProblem, ranking: Ranking, share: float, manners: Sequence[Manner]
) -> Placement:
    """Place cells in columns and route the arcs between them, as they are."""
    loose = longest_arcs(problem, ranking, share)
    if not loose:
        return _place_in_bands(problem, ranking, share, manners)
    rest = _place_in_bands(*without(problem, ranking, loose), share, manners)
    return draw_straight(problem, rest, loose)


def _place_in_bands(
    problem: RankProblem, ranking: Ranking, share: float, manners: Sequence[Manner]
) -> Placement:
    """Place cells whose columns are known in one band, or in several if there are many columns."""
    starts = STARTS if share else _HASTY_STARTS
    work = max(_LEAST_WORK, round(MOST_WORK * share))
    cuts = choose_cuts(problem, ranking)
    if not cuts:
        return _place_ranked(problem, ranking, starts, work, manners)
    bands = split_into_bands(problem, ranking, cuts)
    work //= len(bands)
    placements = [
        _place_ranked(band.problem, band.ranking, starts, work, manners) for band in bands
    ]
    return join_bands(problem, bands, placements)


def _place_ranked(
    problem: RankProblem, ranking: Ranking, starts: int, work: int, manners: Sequence[Manner]
) -> Placement:
    """Place cells whose columns are known, in the manner that tangles the least."""
    layers = build_layers(problem, ranking)
    reading = read_along(problem, layers)
    orders = {False: reading.order, True: reading.order[::-1]}
    spines = {False: frozenset[int](), True: reading.spine}
    ordered = cache(lambda backwards: order_columns(layers, orders[backwards], starts, work))
    drawings = _Drawings(problem, layers)

    def drawn(number: int, columns: Sequence[Sequence[int]] = ()) -> Placement:
        backwards, main_path_first, turning = manners[number]
        spine = spines[main_path_first]
        found = drawings.place(columns or ordered(backwards), spine, turning)
        return msgspec.structs.replace(found, manner=number)

    best = _least_tangled(drawn(number) for number in range(len(manners)))
    if len(manners) == 1:
        return best
    ways = lifted(layers, ordered(manners[best.manner].backwards), best)
    return _least_tangled(chain([best], (drawn(best.manner, way) for way in ways)))


def _least_tangled(placements: Iterable[Placement]) -> Placement:
    """Take the least tangled, of several the first. No more are drawn than one without a tangle."""
    drawn: list[Placement] = []
    for placement in placements:
        drawn.append(placement)
        if not any(_tangle(placement)):
            break
    return min(drawn, key=_tangle)


def _tangle(placement: Placement) -> tuple[bool, int, int]:
    """Tell how much there is to say against a drawing."""
    return not placement.readable, *tangle(placement.routes)


class _Drawings(msgspec.Struct):
    """Drawings of one problem; what comes out alike is drawn once."""

    problem: RankProblem
    layers: Layers
    rows: dict[object, Rows] = {}
    placements: dict[object, Placement] = {}

    def place(
        self, columns: Sequence[Sequence[int]], spine: frozenset[int], turning: Turning
    ) -> Placement:
        """Place cells whose columns and the order in these are known."""
        problem, layers = self.problem, self.layers
        blocks = build_blocks(layers, columns, spine)
        key: object = (*blocks, *chain.from_iterable(columns))
        if key not in self.rows:
            self.rows[key] = place_rows(layers, columns, blocks, problem)
        rows = self.rows[key]
        dockings = choose_ports(problem, layers, columns, rows.heights, turning)
        key = (*rows.heights, *rows.borders, *dockings)
        if key not in self.placements:
            self.placements[key] = _traced(problem, layers, rows, dockings)
        return self.placements[key]


def _traced(
    problem: RankProblem, layers: Layers, rows: Rows, dockings: Sequence[Docking]
) -> Placement:
    """Draw what stands at known heights from docks that are known."""
    tracks = assign_tracks(problem, layers, rows.heights, dockings)
    widths = place_columns(problem, layers, dockings, tracks)
    plan = Plan(problem, layers, rows.heights, dockings, tracks, widths)
    centres = [plan.centre(cell) for cell in range(len(problem.cells))]
    routes = trace_routes(plan)
    spread_starts(plan, routes)
    readable = is_readable(problem, dockings)
    return Placement(centres, routes, rows.borders, widths.width, readable=readable)
