"""Find the cheapest way between docks: short, with few corners, around shapes.

Ways run on the lines that pass shapes at a little distance, and on those of the docks. The search
is A*; it gives up after a number of steps.

All is known by numbers. A node, where a row and a column meet, has the number column * rows + row.
A piece has twice that of the node at which it begins, and one more if it leads along the row to
the next column. A state of a search has twice that of its node, and one more if the way came along
the row.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from typing import Final

import msgspec

from bpmn_xml.layout.geometry import Area, Spot, around, simplified
from bpmn_xml.layout.routing.docks import Dock
from bpmn_xml.layout.routing.field import Field, Rail

# A way costs its length in px, and what is bad about it as much as so long a detour. The order is
# what counts: rather a corner than a crossing, and rather both than to lie upon another line.
_CORNER: Final = 60
_CROSSING: Final = 120  # a line that it crosses
_NAME: Final = 150  # a name that it runs through
_ALONG: Final = 400  # a line that it lies upon: nobody could tell the two from each other

_NEAR: Final = 6  # px: lines side by side that are closer look like one
GUIDES: Final = (10, 20, 30, 40, 50, 60)  # px from a shape to the lines on which ways may pass it

_LARGE: Final = 30_000  # crossings of the grid from which on the search has no time to be exact
_MOST_HASTE: Final = 5.0  # by how much it then overrates what is left at most: quick, not cheapest

_SHUT: Final = -1  # the price of a piece that nobody can pass
_NEVER: Final = 1 << 60


class Grid(msgspec.Struct):
    """The lines that ways run on, and what is known of the prices of their pieces.

    Shut pieces have the price -1. `indoors` are the rows inside pools, where it is dearer.
    """

    xs: list[int]
    ys: list[int]
    prices: dict[int, int]
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
        ys.update(area.y - distance for distance in GUIDES)
        ys.update(area.bottom + distance for distance in GUIDES)
    columns = sorted(x for x in xs if window.x <= x <= window.right)
    rows = sorted(y for y in ys if window.y <= y <= window.bottom)
    spans = (range(bisect_left(rows, p.y), bisect_right(rows, p.bottom)) for p in pools)
    grid = Grid(columns, rows, {}, {row for span in spans for row in span})
    _shut_edges(grid)
    for area in obstacles:
        _shut(grid, area.grown(density.clearance))
    return grid


def _shut_edges(grid: Grid) -> None:
    """Shut the pieces that lead out of the grid, or around it from one end to the other."""
    width, height = len(grid.xs), len(grid.ys)
    for column in (-1, width - 1):
        first = column * height
        grid.prices.update(dict.fromkeys(range(2 * first + 1, 2 * (first + height), 2), _SHUT))
    for column in range(-1, width):
        grid.prices[2 * (column * height + height - 1)] = _SHUT


def _shut(grid: Grid, area: Area) -> None:
    """Shut the pieces that lead into or through an area."""
    height = len(grid.ys)
    columns = range(bisect_right(grid.xs, area.x), bisect_left(grid.xs, area.right))
    rows = range(bisect_right(grid.ys, area.y), bisect_left(grid.ys, area.bottom))
    for column in (columns.start - 1, *columns):
        nodes = column * height
        along = range(2 * (nodes + rows.start) + 1, 2 * (nodes + rows.stop), 2)
        grid.prices.update(dict.fromkeys(along, _SHUT))
    for column in columns:
        nodes = column * height
        down = range(2 * (nodes + rows.start - 1), 2 * (nodes + rows.stop), 2)
        grid.prices.update(dict.fromkeys(down, _SHUT))


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

    `goals` are those that are reached at a node, `far_x` and `far_y` tell how far columns and rows
    are from the area of all goals. `best` are the costs of states; what is done with has none that
    is better. `rails` are the lines of the grid that were looked at.
    """

    ground: Ground
    goals: dict[int, list[tuple[int, Dock]]]
    far_x: list[int]
    far_y: list[int]
    queue: list[tuple[int, int, int, int]]
    best: dict[int, int]
    came: dict[int, int | Dock]
    rails: dict[tuple[int, bool], Rail]


class Effort(msgspec.Struct):
    """How many steps searches may still take, all together and each."""

    left: int
    each: int


def find_way(
    ground: Ground, starts: Sequence[Dock], goals: Sequence[Dock], effort: Effort
) -> list[Spot] | None:
    """Find the cheapest way from a start to a goal; `None` if there is none, or none in time."""
    search = _begin(ground, goals)
    for dock in starts:
        state = _state(ground.grid, dock)
        if dock.price < search.best.get(state, _NEVER):
            _reach(search, state, dock.price, dock)
    for _ in range(min(effort.left, effort.each)):
        if not search.queue:
            return None
        effort.left -= 1
        _, cost, state, goal = heappop(search.queue)
        if goal >= 0:
            return _way(search, state, goals[goal])
        if search.best[state] != _SHUT:
            search.best[state] = _SHUT
            _expand(search, state, cost)
    return None


def _begin(ground: Ground, goals: Sequence[Dock]) -> _Search:
    """Prepare a search; on a large grid it is in more haste, the larger the more."""
    grid = ground.grid
    haste = max(ground.haste, min(_MOST_HASTE, len(grid.xs) * len(grid.ys) / _LARGE))
    whole = around(Area(*dock.stub, 0, 0) for dock in goals)
    ends: dict[int, list[tuple[int, Dock]]] = {}
    for number, dock in enumerate(goals):
        ends.setdefault(_state(grid, dock) >> 1, []).append((number, dock))
    far_x = [max(whole.x - x, x - whole.right, 0) for x in grid.xs]
    far_y = [max(whole.y - y, y - whole.bottom, 0) for y in grid.ys]
    ground = msgspec.structs.replace(ground, haste=haste)
    return _Search(ground, ends, far_x, far_y, [], {}, {}, {})


def _state(grid: Grid, dock: Dock) -> int:
    """Stand at the outer end of a dock's stub."""
    x, y = dock.stub
    node = bisect_left(grid.xs, x) * len(grid.ys) + bisect_left(grid.ys, y)
    return 2 * node + dock.is_level


def _spot(grid: Grid, node: int) -> Spot:
    column, row = divmod(node, len(grid.ys))
    return grid.xs[column], grid.ys[row]


def _reach(search: _Search, state: int, cost: int, came: int | Dock) -> None:
    """Take note of the cheapest way to a state so far."""
    search.best[state] = cost
    search.came[state] = came
    column, row = divmod(state >> 1, len(search.far_y))
    far_x, far_y = search.far_x[column], search.far_y[row]
    must_turn = far_y > 0 if state & 1 else far_x > 0
    rest = int((far_x + far_y + _CORNER * must_turn) * search.ground.haste)
    heappush(search.queue, (cost + rest, cost, state, -1))


def _expand(search: _Search, state: int, cost: int) -> None:
    """Go on from a state to its neighbours, and into the goals that it touches."""
    node, along = divmod(state, 2)
    for number, goal in search.goals.get(node, ()):
        total = cost + goal.price + _CORNER * (along != goal.is_level)
        heappush(search.queue, (total, total, state, number))
    prices, best, height = search.ground.grid.prices, search.best, len(search.far_y)
    piece = 2 * node
    for passed, reached in (
        (piece + 1, piece + 1 + 2 * height),
        (piece + 1 - 2 * height, piece + 1 - 2 * height),
        (piece, piece + 2),
        (piece - 2, piece - 2),
    ):
        price = prices.get(passed) or _price(search, passed)
        if price != _SHUT:
            total = cost + price + (_CORNER if (reached ^ state) & 1 else 0)
            if total < best.get(reached, _NEVER):
                _reach(search, reached, total, state)


def _price(search: _Search, piece: int) -> int:
    """Price a piece of the grid: its length, and what it meets."""
    grid = search.ground.grid
    node, along = divmod(piece, 2)
    column, row = divmod(node, len(grid.ys))
    number, line, place = (row, grid.xs, column) if along else (column, grid.ys, row)
    start, end = line[place], line[place + 1]
    rail = search.rails.get((number, bool(along)))
    if rail is None:
        rail = search.rails[number, bool(along)] = _rail(search, number, is_level=bool(along))
    length = (end - start) * (1 + (along and row in grid.indoors))
    across, beside, names = rail.between(start, end)
    price = length + _CROSSING * across + _ALONG * beside + _NAME * names
    grid.prices[piece] = price
    return price


def _rail(search: _Search, number: int, *, is_level: bool) -> Rail:
    """Look at what a whole row or column of the grid meets."""
    grid = search.ground.grid
    at, ends = (grid.ys[number], grid.xs) if is_level else (grid.xs[number], grid.ys)
    line = (at, ends[0], ends[-1])
    return search.ground.field.rail(
        line, is_level=is_level, near=_NEAR, ignored=search.ground.own_names
    )


def _way(search: _Search, state: int, goal: Dock) -> list[Spot]:
    """Walk back from a goal to the dock that the way began at."""
    way = [goal.border, goal.stub]
    came: int | Dock = state
    while isinstance(came, int):
        way.append(_spot(search.ground.grid, came >> 1))
        came = search.came[came]
    way.append(came.border)
    return simplified(reversed(way))
