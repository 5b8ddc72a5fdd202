"""Names beside their elements leave where they would touch something: narrower, or a bit aside.

A name stays where the file wants it as long as nothing else is there. One that is wanted right
below its element, as most editors have it by themselves, may change to above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import inf
from typing import Final, TypeVar

import msgspec

from bpmn_xml.render.composing.icons.parts import Draw, Icon
from bpmn_xml.render.composing.lettering import EXTERNAL, aside, below
from bpmn_xml.render.composing.scene import Caption, Figure, Line
from bpmn_xml.render.composing.terrain import Obstacle, Terrain, pieces
from bpmn_xml.render.geometry import Box, Point, around, box_of

_Drawn = TypeVar("_Drawn", "Figure", "Line")

ON_SHAPE, ON_NAME, ON_LINE = 400.0, 300.0, 100.0
"""What it costs to stand on a shape, on another name, on a line; a px of way costs 1."""

PER_LINE, ABOVE = 6.0, 60.0
"""What it costs to become higher by a line of text, and to stand above the element."""

FAR, HIGH = 75.0, 26.0
"""So far a name moves at most: in all, and up or down, in px."""

_WIDTHS: Final = (EXTERNAL, 72.0, 56.0)
_MOST_LINES: Final = 5
_GAP, _TIP = 2.0, 7.0
_ASIDE, _BELOW = 3.0, 20.0  # so far a name that is right below its element is from there, in px
_SPARE: Final = 0.07  # of a name's width: some machines' letters are wider than ours
_LARGE: Final = 1000.0
_ANYWHERE: Final = Box(-1e9, -1e9, 2e9, 2e9)
_SEEN_THROUGH: Final = frozenset({"group", "participant", "lane"})
_SWEEPS, _HOPELESS = 2, 24


_NOBODY: Final = " "


class MovableName(msgspec.Struct):
    """A name that may move: whose it is, what that lies in, where it is wanted, and where it is.

    One that is wanted right below a `shape` may go above it. The line of the `astride` may lie
    under it: its owner's, where the file wants it there.
    """

    owner: str
    home: Box
    wanted: Caption
    now: Caption
    shape: Box | None = None
    astride: str = _NOBODY


def settled(figures: Sequence[Figure], lines: Sequence[Line]) -> tuple[list[Figure], list[Line]]:
    """Move the names that stand beside figures and lines to where they meet the least."""
    drawn: tuple[Figure | Line, ...] = (*figures, *lines)
    ground = _ground(figures, lines)
    homes = {figure.element: figure.box for figure in figures}
    shapes = {one.id: one.box for one in figures if one.kind != "boundary-event"}
    names = {
        one.id: MovableName(
            owner=one.id,
            home=homes.get(one.parent, _ANYWHERE),
            wanted=text,
            now=text,
            shape=_right_above(text, shapes.get(one.id)),
        )
        for one in drawn
        for text in one.texts
        if text.name
    }
    for name in names.values():
        met = ground.met(_core(name.wanted.box))
        name.astride = name.owner if any(one.owner == name.owner for one in met) else _NOBODY
    for name in names.values():
        ground.add(_taken(name.now, name.owner))
    for _ in range(_SWEEPS):
        for name in names.values():
            _settle(name, ground)
    return (
        [_with_name(figure, names) for figure in figures],
        [_with_name(line, names) for line in lines],
    )


def _right_above(text: Caption, shape: Box | None) -> Box | None:
    """Give back the shape that a text stands right below."""
    if shape is None or abs(text.at[0] - shape.centre[0]) > _ASIDE:
        return None
    return shape if -_ASIDE <= text.box.y - shape.bottom <= _BELOW else None


def _ground(figures: Sequence[Figure], lines: Sequence[Line]) -> Terrain:
    boxes = [figure.box for figure in figures] + [box_of(line.points) for line in lines]
    ground = Terrain(around(boxes))
    for obstacle in chain(*map(_of_figure, figures), *map(_of_line, lines)):
        ground.add(obstacle)
    return ground


def _with_name(one: _Drawn, names: Mapping[str, MovableName]) -> _Drawn:
    name = names.get(one.id)
    return msgspec.structs.replace(one, texts=(name.now,)) if name else one


def _of_figure(figure: Figure) -> Iterator[Obstacle]:
    """List what of a figure is in the way: all of it, or its borders and what is written in it."""
    box = figure.box
    solid = not figure.container and figure.kind not in _SEEN_THROUGH
    if solid and max(box.width, box.height) < _LARGE:
        yield Obstacle(box, ON_SHAPE)
        return
    corners = ((box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom))
    yield from _along((*corners, corners[0]), "")
    yield from _strokes(figure.parts, "")
    for text in figure.texts:
        if not text.name:
            yield Obstacle(_reach(text), ON_NAME)


def _of_line(line: Line) -> Iterator[Obstacle]:
    """List what of a line is in the way: its straight pieces, its ends, and what lies on it."""
    yield from _along(line.points, line.id)
    for x, y in (line.points[0], line.points[-1]):
        yield Obstacle(Box(x, y, 0, 0).grown(_TIP), ON_LINE)
    yield from _strokes(line.parts, line.id)


def _strokes(parts: Icon, owner: str) -> Iterator[Obstacle]:
    """List the lines of an icon: the band of a pool, the slash of a default flow."""
    for part in parts:
        if part.draw is Draw.LINE:
            yield from _along(part.points, owner)


def _along(points: Sequence[Point], owner: str) -> Iterator[Obstacle]:
    return (Obstacle(box, ON_LINE, owner) for box in pieces(points))


def _taken(text: Caption, owner: str) -> Obstacle:
    """Tell what a name takes from others."""
    return Obstacle(_reach(text), ON_NAME, owner)


def _reach(text: Caption) -> Box:
    """Tell how far letters and the rim around them reach, also where letters are wider."""
    box = text.box
    spare = box.width * _SPARE
    return Box(box.x - spare, box.y - 1, box.width + 2 * spare, box.height)


def _core(box: Box) -> Box:
    """Find the middle of a name: a line that passes there was meant to."""
    across, along = box.width / 4, box.height / 4
    return Box(box.x + across, box.y + along, box.width - 2 * across, box.height - 2 * along)


def _settle(name: MovableName, ground: Terrain) -> None:
    """Move a name that meets something; in a crowd it stays."""
    ground.remove(_taken(name.now, name.owner))
    if 0 < len(_met(name.now, name.astride, ground)) <= _HOPELESS:
        name.now = _best(name, ground)
    ground.add(_taken(name.now, name.owner))


def _best(name: MovableName, ground: Terrain) -> Caption:
    """Find where a name meets the least, near where it is wanted or above its element."""
    best, least = _best_near(name, ground)
    if name.shape and least > ABOVE:
        wanted, shape = name.wanted, name.shape
        higher = aside(wanted, 0, shape.y + shape.bottom - wanted.box.y - wanted.box.bottom)
        other, cost = _best_near(msgspec.structs.replace(name, wanted=higher), ground)
        best = other if cost + ABOVE < least else best
    return best


def _best_near(name: MovableName, ground: Terrain) -> tuple[Caption, float]:
    """Find where a name meets the least near where it is wanted, and what that costs."""
    best, least, before = name.wanted, _cost(_met(name.wanted, name.astride, ground)), inf
    while least < before:
        start, before = best, least
        for text in _others(start, name.astride, ground):
            way = _way(name, text)
            cost = way + _cost(_met(text, name.astride, ground)) if way < least else way
            if cost < least:
                best, least = text, cost
    return best, least


def _met(text: Caption, astride: str, ground: Terrain) -> list[Obstacle]:
    """Find what a name meets beside the line that may lie under it."""
    return [found for found in ground.met(_reach(text)) if found.owner != astride]


def _cost(met: Iterable[Obstacle]) -> float:
    return sum(found.weight for found in met)


def _way(name: MovableName, text: Caption) -> float:
    """Tell what it costs to set a name elsewhere or otherwise than wanted."""
    wanted, home = name.wanted, name.home
    across, along = abs(text.at[0] - wanted.at[0]), abs(text.box.y - wanted.box.y)
    leaves = home.holds(wanted.at) and not home.holds(text.at)
    if leaves or across + along > FAR or along > HIGH:
        return inf
    return across + along + PER_LINE * max(0, len(text.lines) - len(wanted.lines))


def _others(start: Caption, astride: str, ground: Terrain) -> Iterator[Caption]:
    """Go through other ways to set a name: narrower, and each clear of something it meets."""
    for text in (start, *_narrower(start)):
        if text is not start:
            yield text
        reach = _reach(text)
        for found in _met(text, astride, ground):
            for dx, dy in _ways_out(reach, found.box):
                yield aside(text, dx, dy)


def _narrower(text: Caption) -> Iterator[Caption]:
    """Wrap a name into narrower rooms, as long as no word is cut and it stays low."""
    width = text.box.width
    for room in _WIDTHS:
        if room < width:
            other = below(text.name, text.at[0], text.box.y, room, growing=False)
            whole = " ".join(other.lines).split() == text.name.split()
            if whole and other.box.width < width and len(other.lines) <= _MOST_LINES:
                width = other.box.width
                yield other


def _ways_out(box: Box, other: Box) -> Iterator[tuple[float, float]]:
    """List the shortest ways on which a box leaves another one, with a gap between them."""
    yield other.x - _GAP - box.right, 0.0
    yield other.right + _GAP - box.x, 0.0
    yield 0.0, other.y - _GAP - box.bottom
    yield 0.0, other.bottom + _GAP - box.y
