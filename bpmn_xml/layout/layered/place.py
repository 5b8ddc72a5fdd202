"""Place a problem: from cells and arcs to centres and routes.

What has very many ranks is cut into bands that stand below each other, like lines of a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bpmn_xml.layout.layered.columns import place_columns
from bpmn_xml.layout.layered.fold import choose_cuts, join_bands, split_into_bands
from bpmn_xml.layout.layered.layers import build_layers
from bpmn_xml.layout.layered.loose import draw_straight, longest_arcs, without
from bpmn_xml.layout.layered.order import MOST_WORK, order_columns, usual_starts
from bpmn_xml.layout.layered.ports import choose_ports
from bpmn_xml.layout.layered.ranks import rank_cells
from bpmn_xml.layout.layered.routes import Placement, Plan, trace_routes
from bpmn_xml.layout.layered.rows import place_rows
from bpmn_xml.layout.layered.spine import read_along
from bpmn_xml.layout.layered.tracks import assign_tracks

if TYPE_CHECKING:
    from bpmn_xml.layout.layered.problem import RankProblem
    from bpmn_xml.layout.layered.ranks import Ranking

_LEAST_WORK: Final = 20_000
"""So much work every connected part is worth, however small its share of the drawing is."""


def place(problem: RankProblem, share: float = 1.0) -> Placement:
    """Place cells in columns and route the arcs between them.

    Args:
        problem: what is placed.
        share: of the work that may be done for the drawing that the problem is a part of.
    """
    ranking = rank_cells(problem)
    loose = longest_arcs(problem, ranking, share)
    if not loose:
        return _place_in_bands(problem, ranking, share)
    return draw_straight(problem, _place_in_bands(*without(problem, ranking, loose), share), loose)


def _place_in_bands(problem: RankProblem, ranking: Ranking, share: float) -> Placement:
    """Place cells whose columns are known in one band, or in several if there are many columns."""
    starts, work = usual_starts(len(problem.arcs)), max(_LEAST_WORK, round(MOST_WORK * share))
    cuts = choose_cuts(problem, ranking)
    if not cuts:
        return _place_ranked(problem, ranking, starts, work)
    bands = split_into_bands(problem, ranking, cuts)
    work //= len(bands)
    placements = [_place_ranked(band.problem, band.ranking, starts, work) for band in bands]
    return join_bands(problem, bands, placements)


def _place_ranked(problem: RankProblem, ranking: Ranking, starts: int, work: int) -> Placement:
    """Place cells whose columns are known."""
    layers = build_layers(problem, ranking)
    reading = read_along(problem, layers)
    columns = order_columns(layers, reading.order, starts, work)
    rows = place_rows(layers, columns, reading.spine, problem)
    dockings = choose_ports(problem, layers, columns, rows.heights)
    tracks = assign_tracks(problem, layers, rows.heights, dockings)
    widths = place_columns(problem, layers, dockings, tracks)
    plan = Plan(problem, layers, rows.heights, dockings, tracks, widths)
    centres = [plan.centre(cell) for cell in range(len(problem.cells))]
    return Placement(centres, trace_routes(plan), rows.borders, widths.width)
