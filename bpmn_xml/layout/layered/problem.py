"""What is to be placed: cells, the arcs between them, and the lanes they stand in.

Lengths are whole pixels, y grows downwards. A cell is known by its index, so is an arc.
"""

from __future__ import annotations

from typing import Literal

import msgspec

Contour = Literal["box", "circle", "diamond"]


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A shape and the space it needs to the left, right, up and down of its centre.

    The space holds what belongs to the shape: its name, its boundary events, its annotations.
    Arcs dock at the left and right side, and at the top and bottom where these are free.
    A cell without arcs may ask for a column behind all others: the first, second … of these.
    What more is led to from above the drawing than from below has a negative `pull`.
    """

    width: int
    height: int
    left: int
    right: int
    up: int
    down: int
    lane: int = 0
    behind: int = 0
    contour: Contour = "box"
    top_free: bool = True
    bottom_free: bool = True
    pull: int = 0


class Arc(msgspec.Struct, frozen=True, kw_only=True):
    """A directed connection. With a `tap` it leaves a boundary event instead of its source.

    `tap` is the distance of the event's centre from the source's centre, to the right; the event
    stands on the lower border. The label is the size of the name written beside the arc. An arc
    that is `turned` is placed from its target to its source; one that is `marked` wears something
    at its beginning; one that is `upright` leads straight up or down, within one column.
    """

    source: int
    target: int
    tap: int | None = None
    label_width: int = 0
    label_height: int = 0
    turned: bool = False
    marked: bool = False
    upright: bool = False


class RankProblem(msgspec.Struct, frozen=True, kw_only=True):
    """Cells and arcs to be placed together. Cells in `roots` are where reading begins.

    A lane is at least as high as its entry in `lane_heights`.
    """

    cells: tuple[Cell, ...]
    arcs: tuple[Arc, ...]
    roots: tuple[int, ...] = ()
    lane_heights: tuple[int, ...] = (0,)
