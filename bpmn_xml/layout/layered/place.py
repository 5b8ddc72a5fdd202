"""Place a problem: from cells and arcs to centres and routes.

What has very many ranks is cut into bands that stand below each other, like lines of a text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bpmn_xml.layout.layered.columns import place_columns
from bpmn_xml.layout.layered.fold import choose_cuts, join_bands, split_into_bands
from bpmn_xml.layout.layered.layers import build_layers
from bpmn_xml.layout.layered.order import order_columns, usual_starts
from bpmn_xml.layout.layered.ports import choose_ports
from bpmn_xml.layout.layered.ranks import rank_cells
from bpmn_xml.layout.layered.routes import Placement, Plan, trace_routes
from bpmn_xml.layout.layered.rows import place_rows
from bpmn_xml.layout.layered.spine import read_along
from bpmn_xml.layout.layered.tracks import assign_tracks

if TYPE_CHECKING:
    from bpmn_xml.layout.layered.problem import RankProblem
    from bpmn_xml.layout.layered.ranks import Ranking


def place(problem: RankProblem) -> Placement:
    """Place cells in columns and route the arcs between them."""
    ranking = rank_cells(problem)
    starts = usual_starts(len(problem.arcs))
    cuts = choose_cuts(problem, ranking)
    if not cuts:
        return _place_ranked(problem, ranking, starts)
    bands = split_into_bands(problem, ranking, cuts)
    placements = [_place_ranked(band.problem, band.ranking, starts) for band in bands]
    return join_bands(problem, bands, placements)


def _place_ranked(problem: RankProblem, ranking: Ranking, starts: int) -> Placement:
    """Place cells whose columns are known."""
    layers = build_layers(problem, ranking)
    reading = read_along(problem, layers)
    columns = order_columns(layers, reading.order, starts)
    rows = place_rows(layers, columns, reading.spine, problem)
    dockings = choose_ports(problem, layers, columns, rows.heights)
    tracks = assign_tracks(problem, layers, rows.heights, dockings)
    widths = place_columns(problem, layers, dockings, tracks)
    plan = Plan(problem, layers, rows.heights, dockings, tracks, widths)
    centres = [plan.centre(cell) for cell in range(len(problem.cells))]
    return Placement(centres, trace_routes(plan), rows.borders, widths.width)
