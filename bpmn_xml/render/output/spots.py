"""Where badges stand: tables of spots to choose from, and what a badge would cover there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from typing import Final, NamedTuple

from bpmn_xml.render.composing.icons.parts import Icon, extent
from bpmn_xml.render.composing.scene import Caption, Figure, Line, Scene
from bpmn_xml.render.composing.terrain import Obstacle, Terrain, pieces
from bpmn_xml.render.geometry import Box, Point, around, between, common, distance

HIGH, SMALL = 16.0, 60.0
"""Height of a badge, and the width below which a shape is small, in px."""


class Anchor(NamedTuple):
    """A place at a shape: this point of a badge stands at that point of the shape, a bit off.

    Points are shares of width and height: (0, 0) is the upper left corner, (1, 1) the lower right.
    """

    at: Point
    of: Point
    off: Point

    def beside(self, box: Box, width: float) -> Box:
        """Place a badge of a width."""
        x = box.x + self.at[0] * box.width + self.off[0] - self.of[0] * width
        y = box.y + self.at[1] * box.height + self.off[1] - self.of[1] * HIGH
        return Box(x, y, width, HIGH)


STATE_SPOTS: Final = (
    Anchor((1, 0), (1, 0.5), (10, 0)),
    Anchor((1, 0), (1, 1), (10, 3)),
    Anchor((1, 0), (0.5, 0.5), (0, 0)),
    Anchor((0, 0), (0, 1), (-6, 4)),
    Anchor((0.5, 0), (0.5, 1), (10, 4)),
)
"""Where the state of an activity may stand: at its upper corners, or right across its top.

The first is the best. The last is for long ones, between the states of what is beside it.
"""

STATE_SPOTS_SMALL: Final = (
    Anchor((1, 0), (0, 0.5), (-12, 0)),
    Anchor((0, 0), (1, 0.5), (12, 0)),
    Anchor((0.5, 0), (0.5, 1), (0, -4)),
    Anchor((1, 1), (0, 0.5), (-12, 0)),
    Anchor((0, 1), (1, 0.5), (12, 0)),
    Anchor((1, 0.5), (0, 0.5), (3, 0)),
    Anchor((0, 0.5), (1, 0.5), (-3, 0)),
)
"""Where the state of an event or gateway may stand: at its corners, above it, or beside it."""

DETAIL_SPOTS: Final = (
    Anchor((0, 1), (0, 0.5), (6, 2)),
    Anchor((1, 1), (1, 0.5), (-6, 2)),
    Anchor((0, 1), (0, 0), (6, -1.5)),
    Anchor((1, 1), (1, 0), (-6, -1.5)),
    Anchor((0, 1), (0.5, 0.5), (6, 2)),
    Anchor((1, 1), (0.5, 0.5), (-6, 2)),
)
"""Where times may stand at an activity: on its foot or right below it."""

DETAIL_SPOTS_SMALL: Final = (
    Anchor((0.5, 0), (0.5, 1), (0, -9)),
    Anchor((1, 0), (0, 1), (-12, -9)),
    Anchor((0, 0), (1, 1), (12, -9)),
    Anchor((1, 1), (0, 0.5), (-12, 0)),
    Anchor((0, 1), (1, 0.5), (12, 0)),
    Anchor((1, 0.5), (0, 0.5), (3, 0)),
    Anchor((0, 0.5), (1, 0.5), (-3, 0)),
)
"""Where times may stand at an event or gateway: above it, at its lower corners, or beside it."""

BELOW: Final = Anchor((0.5, 1), (0.5, 0), (0, 2))
"""Where they may stand there, too: below it and its name."""

_SHAPE, _LINE, _ICON, _TEXT, _TIP, _BADGE = 1.0, 1.0, 3.0, 3.0, 4.0, 5.0
"""What a square px of a shape, line, icon, text, arrow head or badge is worth: it can be seen."""

_LATER: Final = 8.0
"""What it costs to stand at the next spot of a table."""

_TIP_REACH: Final = 6.0
_STROKE, _AIR = 1.5, 2.5
"""How far a line of an icon reaches to its sides, and what a text keeps around it, in px."""

_SEEN: Final = 24.0
"""How much of a piece of a flow must be seen beside its badge, in px."""

_SHARES: Final = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
_PIECES: Final = 3
"""On so many pieces of a flow its badge may stand, the longest first."""

_SEEN_THROUGH: Final = frozenset({"group", "participant", "lane"})


class Offer(NamedTuple):
    """Where a badge stands, and what that costs."""

    box: Box
    cost: float


class Clearing:
    """What a picture has left for badges: knows what each would cover."""

    def __init__(self, scene: Scene) -> None:
        self._ground = Terrain(scene.frame)
        for figure in scene.figures:
            self._enter(_of_figure(figure))
        for line in scene.lines:
            self._enter(_of_line(line))

    def _enter(self, obstacles: Iterable[Obstacle]) -> None:
        for obstacle in obstacles:
            self._ground.add(obstacle)

    def take(self, place: Box) -> None:
        """Put a badge on the picture."""
        self._ground.add(Obstacle(place, _BADGE))

    def leave(self, place: Box) -> None:
        """Take a badge away again."""
        self._ground.remove(Obstacle(place, _BADGE))

    def best(self, places: Iterable[Box], owner: str) -> Offer:
        """Find the place that covers least, the first of equal ones.

        A badge may lie on the shape or on the line of its owner.
        """
        best, least = Box(0, 0, 0, 0), inf
        for number, box in enumerate(places):
            cost = number * _LATER
            if cost >= least:
                break
            for found in self._ground.met(box):
                if found.owner != owner:
                    cost += found.weight * common(found.box, box)
            if cost < least:
                best, least = box, cost
        return Offer(best, least)


def corners(scene: Scene) -> dict[str, tuple[float, float, float]]:
    """Choose where a script writes the states of nodes, which it alone will know.

    Returns:
        by the id of the element x and y of a point on the upper side of the badge, and the share
        of the badge's width that is left of it.
    """
    clearing = Clearing(scene)
    found = {}
    for figure in scene.figures:
        if figure.runs:
            places = [*state_places(figure, _USUAL)]
            best = clearing.best(places, figure.element).box
            share = _state_spots(figure)[places.index(best)].of[0]
            found[figure.element] = (best.x + share * best.width, best.y, share)
            clearing.take(best)
    return found


_USUAL: Final = 40.0
"""How wide the badge of a state is in most pictures, in px."""


def state_places(figure: Figure, width: float) -> Iterator[Box]:
    """List where the state of a shape may stand."""
    return (spot.beside(figure.box, width) for spot in _state_spots(figure))


def _state_spots(figure: Figure) -> Sequence[Anchor]:
    return STATE_SPOTS_SMALL if figure.box.width < SMALL else STATE_SPOTS


def detail_places(figure: Figure, width: float) -> Iterator[Box]:
    """List where times and remarks may stand at a shape."""
    small = figure.box.width < SMALL
    spots = DETAIL_SPOTS_SMALL if small else DETAIL_SPOTS
    yield from (spot.beside(figure.box, width) for spot in spots)
    if small:
        yield BELOW.beside(around([figure.box, *(text.box for text in figure.texts)]), width)


def line_places(line: Line, width: float) -> Iterator[Box]:
    """List where a badge may stand on a flow: on its long pieces, the longest first.

    It stands beside a piece of which it would leave nothing to be seen.
    """
    ends = [*pairwise(line.points)]
    for a, b in sorted(ends, key=lambda piece: -round(distance(*piece), 2))[:_PIECES]:
        away: tuple[Point, ...] = ((0, 0),)
        across, along = abs(a[0] - b[0]), abs(a[1] - b[1])
        if across < width + _SEEN and along < HIGH + _SEEN:
            side = width / 2 + 5
            away = ((0, -HIGH), (0, HIGH)) if across > along else ((side, 0), (-side, 0))
        for x, y in (between(a, b, share) for share in _SHARES):
            for dx, dy in away:
                yield Box(x + dx - width / 2, y + dy - HIGH / 2, width, HIGH)


def _of_figure(figure: Figure) -> Iterator[Obstacle]:
    """List what of a figure badges should not cover: of a container only what is written in it."""
    if not figure.container and figure.kind not in _SEEN_THROUGH:
        yield Obstacle(figure.box, _SHAPE, figure.element)
        if figure.box.width >= SMALL:
            yield from _of_icon(figure.parts)
    yield from _of_texts(figure.texts)


def _of_line(line: Line) -> Iterator[Obstacle]:
    yield from (Obstacle(piece, _LINE, line.element) for piece in pieces(line.points))
    x, y = line.points[-1]
    yield Obstacle(Box(x, y, 0, 0).grown(_TIP_REACH), _TIP)
    yield from _of_icon(line.parts)
    yield from _of_texts(line.texts)


def _of_texts(texts: Sequence[Caption]) -> Iterator[Obstacle]:
    return (Obstacle(text.box.grown(_AIR), _TEXT) for text in texts)


def _of_icon(icon: Icon) -> Iterator[Obstacle]:
    """List the parts of an icon, of which a straight line has no area of its own."""
    return (Obstacle(extent(part).grown(_STROKE), _ICON) for part in icon)
