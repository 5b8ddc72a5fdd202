"""Place a problem: from cells and arcs to centres and routes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bpmn_xml.layout.layered.columns import place_columns
from bpmn_xml.layout.layered.layers import build_layers
from bpmn_xml.layout.layered.order import order_columns
from bpmn_xml.layout.layered.ports import choose_ports
from bpmn_xml.layout.layered.ranks import rank_cells
from bpmn_xml.layout.layered.routes import Plan, trace_routes
from bpmn_xml.layout.layered.rows import place_rows
from bpmn_xml.layout.layered.spine import read_along
from bpmn_xml.layout.layered.tracks import assign_tracks

if TYPE_CHECKING:
    from bpmn_xml.layout.geometry import Spot
    from bpmn_xml.layout.layered.problem import Problem


class Placement(msgspec.Struct, frozen=True):
    """The centre of every cell, the route of every arc, lane borders from the top, the width."""

    centres: list[Spot]
    routes: list[list[Spot]]
    borders: list[int]
    width: int


def place(problem: Problem) -> Placement:
    """Place cells in columns and route the arcs between them."""
    layers = build_layers(problem, rank_cells(problem))
    reading = read_along(problem, layers)
    columns = order_columns(layers, reading.order)
    rows = place_rows(layers, columns, reading.spine, problem)
    dockings = choose_ports(problem, layers, columns, rows.heights)
    tracks = assign_tracks(problem, layers, rows.heights, dockings)
    widths = place_columns(problem, layers, dockings, tracks)
    plan = Plan(problem, layers, rows.heights, dockings, tracks, widths)
    centres = [plan.centre(cell) for cell in range(len(problem.cells))]
    return Placement(centres, trace_routes(plan), rows.borders, widths.width)
