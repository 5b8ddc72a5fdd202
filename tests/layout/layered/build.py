"""Make problems with few words: cells by letters, arcs as pairs of letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from bpmn_xml.layout.layered.blocks import build_blocks
from bpmn_xml.layout.layered.layers import Layers, build_layers
from bpmn_xml.layout.layered.order import order_columns
from bpmn_xml.layout.layered.problem import Arc, Cell, RankProblem
from bpmn_xml.layout.layered.ranks import rank_cells
from bpmn_xml.layout.layered.rows import place_rows
from bpmn_xml.layout.layered.spine import read_along

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bpmn_xml.layout.layered.tighten import Rows


def box(**fields) -> Cell:
    return Cell(
        **{"width": 100, "height": 80, "left": 50, "right": 50, "up": 40, "down": 40} | fields
    )


def circle(**fields) -> Cell:
    return box(width=36, height=36, left=30, right=30, contour="circle", **fields)


def diamond(**fields) -> Cell:
    return box(width=50, height=50, left=30, right=30, contour="diamond", **fields)


KINDS = {"g": diamond, "e": circle}


def problem(arcs: str, *, lanes: str = "", taps: str = "", **fields) -> RankProblem:
    """Arcs like "ab bc": cells are the letters in order; g... and e... are gateways and events.

    `lanes` gives a digit per cell, `taps` lists the arcs that begin at boundary events.
    """
    pairs = arcs.split()
    letters = sorted({letter for pair in pairs for letter in pair})
    index = {letter: number for number, letter in enumerate(letters)}
    cells = [
        KINDS.get(letter.lower(), box)(lane=int(lanes[number]) if lanes else 0)
        for number, letter in enumerate(letters)
    ]
    made = tuple(
        Arc(source=index[a], target=index[b], tap=25 if a + b in taps.split() else None)
        for a, b in pairs
    )
    heights = (80,) * (int(max(lanes)) + 1) if lanes else (0,)
    return RankProblem(**{"cells": tuple(cells), "arcs": made, "lane_heights": heights} | fields)


def walled(of: RankProblem) -> RankProblem:
    """The same, with something above and below every cell: only the sides are free."""
    cells = (msgspec.structs.replace(c, top_free=False, bottom_free=False) for c in of.cells)
    return msgspec.structs.replace(of, cells=tuple(cells))


def layered(of: RankProblem) -> tuple[Layers, list[list[int]]]:
    """Its layers and the order of their columns."""
    layers = build_layers(of, rank_cells(of))
    return layers, order_columns(layers, read_along(of, layers).order)


def placed_rows(of: RankProblem, layers: Layers, columns: Sequence[Sequence[int]]) -> Rows:
    """Its rows, the main path straight before all else."""
    blocks = build_blocks(layers, columns, read_along(of, layers).spine)
    return place_rows(layers, columns, blocks, of)
