"""What has been placed: areas, names and routes by element id, in one system of coordinates."""

from __future__ import annotations

import msgspec

from bpmn_xml.layout.geometry import Area, Spot


class Block(msgspec.Struct):
    """Shapes, names outside them, lanes, and routes of edges, in an area that begins at (0, 0).

    `bands` counts the parts that its longest process was folded into.
    """

    width: int
    height: int
    areas: dict[str, Area]
    labels: dict[str, Area]
    lanes: dict[str, Area]
    routes: dict[str, list[Spot]]
    bands: int = 1

    def take(self, other: Block, dx: int, dy: int) -> None:
        """Add all of another block, shifted."""
        for mine, theirs in (
            (self.areas, other.areas),
            (self.labels, other.labels),
            (self.lanes, other.lanes),
        ):
            mine.update((key, area.moved(dx, dy)) for key, area in theirs.items())
        for key, route in other.routes.items():
            self.routes[key] = [(x + dx, y + dy) for x, y in route]
        self.bands = max(self.bands, other.bands)


def empty_block() -> Block:
    """Begin a block without anything."""
    return Block(0, 0, {}, {}, {}, {})
