"""Put data and annotations in a row above or below their node and tether them to it.

A tether is the line of an association. It goes straight up or down where all satellites stand
over the node. Else some have two corners, those of outer satellites nearer to the node, so that
tethers never cross. Everything is measured from the node's centre.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from bpmn_xml.layout.geometry import Area, Spot, half_width_at, simplified
from bpmn_xml.layout.layered.problem import Contour

Size = tuple[int, int]

# Distances, in px.
_NODE_GAP: Final = 30  # from a node to the row, if its tethers need no more
_LEVEL: Final = 8  # from the level part of a tether to that of the next
_BETWEEN: Final = 14  # from one satellite to the next
_BESIDE: Final = 10  # from one tether of a satellite to its next
_LABEL_GAP: Final = 2  # from data to its name
_CORNER: Final = 8  # from a port to the corner of its node, which is round
_NEAR: Final = 3  # a tether with a smaller step in it goes straight

SATELLITE_LABEL: Final = 66
"""How wide names of data are at most: two pieces fit side by side below a task."""


class Satellite(msgspec.Struct, frozen=True):
    """Data or an annotation: its size, its name's, its tethers and whether they begin at it."""

    id: str
    size: Size
    label: Size
    tethers: tuple[tuple[str, bool], ...]


class Body(msgspec.Struct, frozen=True):
    """The shape of the node that satellites belong to."""

    width: int
    height: int
    contour: Contour


class Row(msgspec.Struct):
    """Where the satellites of one side are, with their names and tethers."""

    areas: dict[str, Area]
    labels: dict[str, Area]
    routes: dict[str, list[Spot]]


class _Tether(msgspec.Struct):
    """A line from `port` on the node to `end` below its satellite; `level` counts from the node."""

    edge: str
    outwards: bool
    end: int
    port: int
    level: int = 0


def place_row(satellites: Sequence[Satellite], body: Body, *, above: bool) -> Row:
    """Place satellites in a row, centred on the node, and route their tethers."""
    row = Row({}, {}, {})
    tethers: list[_Tether] = []
    widths = [max(satellite.size[0], satellite.label[0]) for satellite in satellites]
    x = -(sum(widths) + _BETWEEN * (len(widths) - 1)) // 2
    centres = []
    for satellite, width in zip(satellites, widths, strict=True):
        centres.append(x + width // 2)
        x += width + _BETWEEN
        tethers += _ends(satellite, centres[-1])
    _choose_ports(tethers, body)
    levels = max((tether.level for tether in tethers), default=0)
    start = body.height // 2 + max(_NODE_GAP, _LEVEL * (levels + 2))
    for satellite, centre in zip(satellites, centres, strict=True):
        width, height = satellite.size
        row.areas[satellite.id] = _area(centre, start, width, height, above=above)
        if satellite.label[1]:
            outer = start + height + _LABEL_GAP
            row.labels[satellite.id] = _area(centre, outer, *satellite.label, above=above)
    for tether in tethers:
        row.routes[tether.edge] = _route(tether, body, start, above=above)
    return row


def _ends(satellite: Satellite, centre: int) -> Iterator[_Tether]:
    """Begin the tethers of a satellite, side by side."""
    count = len(satellite.tethers)
    step = min(_BESIDE, (satellite.size[0] - _BESIDE) / count) if count else 0
    for place, (edge, from_satellite) in enumerate(satellite.tethers):
        x = centre + round(step * (place - (count - 1) / 2))
        yield _Tether(edge, not from_satellite, x, x)


def _choose_ports(tethers: Sequence[_Tether], body: Body) -> None:
    """Spread the ports over the node unless all tethers can go straight; then count levels."""
    limit = body.width // 2 - _CORNER if body.contour == "box" else body.width // 4
    if all(abs(tether.end) <= limit for tether in tethers):
        return
    step = 2 * limit / (len(tethers) + 1)
    for place, tether in enumerate(tethers, 1):
        port = round(step * place) - limit
        tether.port = tether.end if abs(port - tether.end) <= _NEAR else port
    left = [tether for tether in tethers if tether.end < tether.port]
    right = [tether for tether in reversed(tethers) if tether.end > tether.port]
    for side in (left, right):
        for level, tether in enumerate(side):
            tether.level = level + 1


def _area(centre: int, start: int, width: int, height: int, *, above: bool) -> Area:
    """Make the area that begins at a distance above or below the node's centre."""
    return Area(centre - width // 2, -start - height if above else start, width, height)


def _route(tether: _Tether, body: Body, start: int, *, above: bool) -> list[Spot]:
    """Write down the points of a tether in its direction."""
    border = half_width_at(body.contour, body.height, body.width, tether.port)
    level = body.height // 2 + _LEVEL * tether.level
    port, end = tether.port, tether.end
    points = [(port, border), (port, level), (end, level), (end, start)]
    route = simplified((x, -y if above else y) for x, y in points)
    return route if tether.outwards else route[::-1]
