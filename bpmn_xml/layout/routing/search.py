"""Find the cheapest way between docks: short, with few corners, around shapes.

Ways run on the lines that pass shapes at a little distance, and on those of the docks. The search
is A*; it gives up after a number of steps.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Final

import msgspec

from bpmn_xml.layout.geometry import Area, around, simplified
from bpmn_xml.layout.routing.field import line_area

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bpmn_xml.layout.geometry import Spot
    from bpmn_xml.layout.routing.docks import Dock
    from bpmn_xml.layout.routing.field import Field

# A way costs its length in px, and what is bad about it as much as so long a detour. The order is
# what counts: rather a corner than a crossing, and rather both than to lie upon another line.
_CORNER: Final = 60
_CROSSING: Final = 120  # a line that it crosses
_NAME: Final = 150  # a name that it runs through
_ALONG: Final = 400  # a line that it lies upon: nobody could tell the two from each other

_NEAR: Final = 6  # px: lines side by side that are closer look like one
_GUIDES: Final = (10, 20, 30, 40, 50, 60)  # px from a shape to the lines on which ways may pass it

_LARGE: Final = 30_000  # crossings of the grid from which on the search has no time to be exact
_MOST_HASTE: Final = 5.0  # by how much it then overrates what is left at most: quick, not cheapest

State = tuple[int, int, bool]
"""A column and a row of the grid, and whether the way came along a row."""


class Grid(msgspec.Struct):
    """The lines that ways run on, and which of their pieces shapes block.

    `blocked` holds (column, row, along): the piece that leads from there to the next column
    (along a row) or to the next row. `indoors` are the rows inside pools, where it is dearer.
    """

    xs: list[int]
    ys: list[int]
    blocked: set[tuple[int, int, bool]]
    indoors: set[int]


class Density(msgspec.Struct, frozen=True):
    """How close to shapes ways may come, and at which distances lines run beside shapes."""

    clearance: int
    distances: tuple[int, ...]


def build_grid(
    window: Area,
    obstacles: Sequence[Area],
    pools: Sequence[Area],
    docks: Iterable[Dock],
    density: Density,
) -> Grid:
    """Lay lines beside all obstacles and pools and through all docks, inside a window."""
    xs = {dock.stub[0] for dock in docks}
    ys = {dock.stub[1] for dock in docks}
    for area in obstacles:
        for distance in density.distances:
            xs |= {area.x - distance, area.right + distance}
            ys |= {area.y - distance, area.bottom + distance}
    for area in pools:
        ys.update(area.y - distance for distance in _GUIDES)
        ys.update(area.bottom + distance for distance in _GUIDES)
    columns = sorted(x for x in xs if window.x <= x <= window.right)
    rows = sorted(y for y in ys if window.y <= y <= window.bottom)
    inside = {row for row, y in enumerate(rows) if any(p.y <= y <= p.bottom for p in pools)}
    grid = Grid(columns, rows, set(), inside)
    for area in obstacles:
        _block(grid, area.grown(density.clearance))
    return grid


def _block(grid: Grid, area: Area) -> None:
    """Close the pieces that lead into or through an area."""
    columns = range(bisect_right(grid.xs, area.x), bisect_left(grid.xs, area.right))
    rows = range(bisect_right(grid.ys, area.y), bisect_left(grid.ys, area.bottom))
    for row in rows:
        grid.blocked.update((column, row, True) for column in (columns.start - 1, *columns))
    for column in columns:
        grid.blocked.update((column, row, False) for row in (rows.start - 1, *rows))


class Ground(msgspec.Struct, frozen=True):
    """What a search moves on: the field, the grid, and the names that will give way.

    With more `haste` than 1 the search is quicker but may miss the cheapest way; on a large grid
    it is always in haste.
    """

    field: Field
    grid: Grid
    own_names: frozenset[str]
    haste: float


class _Search(msgspec.Struct):
    """The state of one search: the queue holds (estimate, cost, state, goal reached or -1).

    `goal` is the area of all goals: the estimate is the way to it.
    """

    ground: Ground
    grid: Grid
    goals: Sequence[Dock]
    goal: Area
    queue: list[tuple[int, int, State, int]]
    best: dict[State, int]
    came: dict[State, State | Dock]
    tolls: dict[State, int]
    closed: set[State]


class Effort(msgspec.Struct):
    """How many steps searches may still take, all together and each."""

    left: int
    each: int


def find_way(
    ground: Ground, starts: Sequence[Dock], goals: Sequence[Dock], effort: Effort
) -> list[Spot] | None:
    """Find the cheapest way from a start to a goal; `None` if there is none, or none in time."""
    whole = around(Area(*dock.stub, 0, 0) for dock in goals)
    ground = _in_haste(ground)
    search = _Search(ground, ground.grid, goals, whole, [], {}, {}, {}, set())
    for dock in starts:
        _reach(search, _state(search.grid, dock), dock.price, dock)
    for _ in range(min(effort.left, effort.each)):
        if not search.queue:
            return None
        effort.left -= 1
        _, cost, state, goal = heappop(search.queue)
        if goal >= 0:
            return _way(search, state, goals[goal])
        if state not in search.closed:
            search.closed.add(state)
            _expand(search, state, cost)
    return None


def _in_haste(ground: Ground) -> Ground:
    """Search a large grid in more haste, the larger the more."""
    size = len(ground.grid.xs) * len(ground.grid.ys)
    haste = max(ground.haste, min(_MOST_HASTE, size / _LARGE))
    return msgspec.structs.replace(ground, haste=haste)


def _state(grid: Grid, dock: Dock) -> State:
    """Stand at the outer end of a dock's stub."""
    x, y = dock.stub
    return bisect_left(grid.xs, x), bisect_left(grid.ys, y), dock.is_level


def _spot(grid: Grid, state: State) -> Spot:
    return grid.xs[state[0]], grid.ys[state[1]]


def _reach(search: _Search, state: State, cost: int, came: State | Dock) -> None:
    """Take note of a way to a state if it is the cheapest so far."""
    if cost < search.best.get(state, cost + 1):
        search.best[state] = cost
        search.came[state] = came
        x, y = _spot(search.grid, state)
        far_x = max(search.goal.x - x, x - search.goal.right, 0)
        far_y = max(search.goal.y - y, y - search.goal.bottom, 0)
        rest = int((far_x + far_y + _CORNER * (far_x > 0 and far_y > 0)) * search.ground.haste)
        heappush(search.queue, (cost + rest, cost, state, -1))


def _expand(search: _Search, state: State, cost: int) -> None:
    """Go on from a state to its neighbours, and into the goals that it touches."""
    here = _spot(search.grid, state)
    for number, goal in enumerate(search.goals):
        if goal.stub == here:
            turns = state[2] != goal.is_level
            total = cost + goal.price + _CORNER * turns
            heappush(search.queue, (total, total, state, number))
    column, row, along = state
    for piece, reached in (
        ((column, row, True), (column + 1, row, True)),
        ((column - 1, row, True), (column - 1, row, True)),
        ((column, row, False), (column, row + 1, False)),
        ((column, row - 1, False), (column, row - 1, False)),
    ):
        inside = 0 <= reached[0] < len(search.grid.xs) and 0 <= reached[1] < len(search.grid.ys)
        if inside and piece not in search.grid.blocked and reached not in search.closed:
            total = cost + _price(search, piece) + _CORNER * (reached[2] != along)
            _reach(search, reached, total, state)


def _price(search: _Search, piece: State) -> int:
    """Price a piece of the grid: its length and its toll."""
    known = search.tolls.get(piece)
    if known is None:
        start = _spot(search.grid, piece)
        end = _spot(search.grid, (piece[0] + piece[2], piece[1] + (not piece[2]), True))
        is_dear = piece[2] and piece[1] in search.grid.indoors
        length = (end[0] - start[0]) * (1 + is_dear) + end[1] - start[1]
        known = length + _toll(search.ground, start, end)
        search.tolls[piece] = known
    return known


def _toll(ground: Ground, start: Spot, end: Spot) -> int:
    """Price what a piece meets: lines across, lines that it lies upon, names."""
    field = ground.field
    names = field.names.meeting(line_area(start, end))
    return (
        _CROSSING * field.lines_across(start, end)
        + _ALONG * field.lines_along(start, end, _NEAR)
        + _NAME * len(names.keys() - ground.own_names)
    )


def _way(search: _Search, state: State, goal: Dock) -> list[Spot]:
    """Walk back from a goal to the dock that the way began at."""
    way = [goal.border, goal.stub]
    came: State | Dock = state
    while isinstance(came, tuple):
        way.append(_spot(search.grid, came))
        came = search.came[came]
    way.append(came.border)
    return simplified(reversed(way))
