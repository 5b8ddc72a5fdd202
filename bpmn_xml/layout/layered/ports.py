"""Choose the sides at which arcs leave and enter cells.

The rule is right to left side. Arcs that branch, that meet (at a diamond or circle) or lead back
prefer the top or bottom where the way is free: that saves two corners; if wanted others do, too.
On one such side arcs all leave or all enter.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise
from typing import Final, Literal

import msgspec

from bpmn_xml.layout.layered.layers import Layers, Slot
from bpmn_xml.layout.layered.problem import Cell, RankProblem

Side = Literal["left", "right", "top", "bottom", "tap"]
_CLEARANCE: Final = 10
_SHIFT: Final = 10
_UPRIGHT: Final[tuple[tuple[Side, Side], ...]] = (("top", "bottom"), ("bottom", "top"))


class Turning(StrEnum):
    """Which arcs prefer the top or bottom, beside those that lead back."""

    BRANCHES = "that branch, or that meet at a diamond or circle"
    MEETINGS = "that branch or meet"
    ALL = "all"


class Docking(msgspec.Struct, frozen=True):
    """Where an arc leaves and enters; `shift` moves both ends down from the middle of the side.

    An upright arc is not `free` if something stands in its way, or if a side is taken.
    """

    leaves: Side
    enters: Side
    shift: int = 0
    free: bool = True


class _Claims(msgspec.Struct):
    """What is known while sides are given away.

    `ways` are those straight up and down in each column, from where to where and of which side.
    """

    problem: RankProblem
    layers: Layers
    columns: Sequence[Sequence[int]]
    heights: Sequence[int]
    turning: Turning
    uses: dict[tuple[int, Side], bool]
    degrees: dict[tuple[int, bool], int]
    ways: dict[int, list[tuple[int, int, tuple[int, Side]]]] = {}


def choose_ports(
    problem: RankProblem,
    layers: Layers,
    columns: Sequence[Sequence[int]],
    heights: Sequence[int],
    turning: Turning = Turning.BRANCHES,
) -> list[Docking]:
    """Choose the docking of every arc; short ways choose first."""
    claims = _Claims(problem, layers, columns, heights, turning, {}, _degrees(problem))
    shifts = _shifts(problem, layers)
    dockings = [
        Docking("tap" if arc.tap is not None else "right", "left", shifts[index])
        for index, arc in enumerate(problem.arcs)
    ]
    upright = [index for index, arc in enumerate(problem.arcs) if arc.upright]
    for index in upright:
        dockings[index] = _stand(claims, index)
    others = [index for index, arc in enumerate(problem.arcs) if not arc.upright]
    for index in sorted(others, key=lambda index: _rise(claims, index)):
        if not shifts[index]:
            dockings[index] = _dock(claims, index, dockings[index])
    for index in _swapping(claims, dockings):
        dockings[index] = Docking("right", "left", _SHIFT)
    return dockings


def _degrees(problem: RankProblem) -> dict[tuple[int, bool], int]:
    """Count the arcs that leave (True) and enter (False) each cell."""
    degrees: dict[tuple[int, bool], int] = {}
    for arc in problem.arcs:
        for end in ((arc.source, True), (arc.target, False)):
            degrees[end] = degrees.get(end, 0) + 1
    return degrees


def _shifts(problem: RankProblem, layers: Layers) -> list[int]:
    """Shift arcs that would lie upon another one: those without bends between the same cells."""
    direct: dict[tuple[int, int], list[int]] = {}
    for index, arc in enumerate(problem.arcs):
        if not layers.bends[index]:
            direct.setdefault((arc.source, arc.target), []).append(index)
    shifts = [0] * len(problem.arcs)
    for ends, arcs in direct.items():
        room = min(_shift_room(problem.cells[end]) for end in ends)
        step = min(_SHIFT, room * 2 // len(arcs))
        for nth, index in enumerate(arcs):
            shifts[index] = (nth + 1) // 2 * step * (1 if nth % 2 else -1)
    return shifts


def _swapping(claims: _Claims, dockings: Sequence[Docking]) -> Iterator[int]:
    """List arcs without bends that change places with another one: unshifted they would overlap.

    Wherever the two turned in their gap, one would run back on the height of the other.
    """
    turns: set[tuple[int, int, int]] = set()
    for index, arc in enumerate(claims.problem.arcs):
        if not claims.layers.back[index]:
            chain = claims.layers.chain(arc, index)
            for one, other in pairwise(chain):
                rank = claims.layers.slots[one].rank
                turns.add((rank, claims.heights[one], claims.heights[other]))
    for index, arc in enumerate(claims.problem.arcs):
        start, end = claims.heights[arc.source], claims.heights[arc.target]
        rank = claims.layers.slots[arc.source].rank
        is_plain = dockings[index] == Docking("right", "left") and not claims.layers.bends[index]
        if is_plain and start < end and (rank, end, start) in turns:
            yield index


def _shift_room(cell: Cell) -> int:
    """Measure how far from the middle of a side arcs can dock."""
    return cell.height // 2 - _CLEARANCE if cell.contour == "box" else cell.height // 3


def _next_slots(claims: _Claims, index: int) -> tuple[int, int]:
    """Find the slot after an arc's source and the one before its target."""
    arc, bends = claims.problem.arcs[index], claims.layers.bends[index]
    return (bends[0], bends[-1]) if bends else (arc.target, arc.source)


def _rise(claims: _Claims, index: int) -> int:
    """Measure how far an arc goes up or down at its two ends."""
    arc = claims.problem.arcs[index]
    after, before = _next_slots(claims, index)
    heights = claims.heights
    return abs(heights[after] - heights[arc.source]) + abs(heights[before] - heights[arc.target])


def _dock(claims: _Claims, index: int, docking: Docking) -> Docking:
    """Use the top or bottom of the source and target where that is better and allowed."""
    arc = claims.problem.arcs[index]
    back = claims.layers.back[index] or arc.turned
    after, before = _next_slots(claims, index)
    if arc.tap is None and _wants(claims, arc.source, leaves=True, back=back):
        side = _claim(claims, arc.source, after, leaves=True)
        docking = Docking(side or docking.leaves, docking.enters)
    adjacent_turn = docking.leaves in {"top", "bottom"} and not claims.layers.bends[index]
    if not adjacent_turn and _wants(claims, arc.target, leaves=False, back=back):
        side = _claim(claims, arc.target, before, leaves=False)
        docking = Docking(docking.leaves, side or docking.enters)
    return docking


def _stand(claims: _Claims, index: int) -> Docking:
    """Lead an upright arc from bottom to top, or from top to bottom."""
    arc, slots, heights = claims.problem.arcs[index], claims.layers.slots, claims.heights
    low, high = sorted((heights[arc.source], heights[arc.target]))
    is_down = heights[arc.target] == high
    leaves, enters = _UPRIGHT[is_down]
    source, target = claims.problem.cells[arc.source], claims.problem.cells[arc.target]
    free = target.top_free if is_down else target.bottom_free
    free = free and slots[arc.source].rank == slots[arc.target].rank
    ends: list[tuple[int, Side]] = [(arc.target, enters)]
    if arc.tap is None:
        free = free and (source.bottom_free if is_down else source.top_free)
        ends.append((arc.source, leaves))
    else:
        free = free and is_down and claims.layers.stacks[arc.source][-1] == arc.target
        leaves = "tap"
    free = free and claims.uses.keys().isdisjoint(ends)
    claims.uses.update((end, end[0] == arc.source) for end in ends)
    claims.ways.setdefault(slots[arc.source].rank, []).append((low, high, ends[0]))
    between = (
        slots[other]
        for other in claims.columns[slots[arc.source].rank]
        if low < heights[other] < high and other not in claims.layers.stacks.get(arc.source, ())
    )
    return Docking(leaves, enters, free=free and not any(slot.cell >= 0 for slot in between))


def _wants(claims: _Claims, cell: int, *, leaves: bool, back: bool) -> bool:
    """Tell whether an arc prefers the top or bottom here."""
    if back or claims.turning is Turning.ALL:
        return True
    at_box = claims.problem.cells[cell].contour == "box" and not leaves
    meets_at_box = claims.turning is Turning.MEETINGS
    return claims.degrees[cell, leaves] > 1 and (meets_at_box or not at_box)


def _claim(claims: _Claims, cell: int, near: int, *, leaves: bool) -> Side | None:
    """Take the top or bottom of a cell, whichever faces a slot, if the way there is free."""
    side: Side = "top" if claims.heights[near] < claims.heights[cell] else "bottom"
    if claims.uses.get((cell, side), leaves) != leaves or not _is_free(claims, cell, side, near):
        return None
    low, high = sorted((claims.heights[near], claims.heights[cell]))
    ways = claims.ways.setdefault(claims.layers.slots[cell].rank, [])
    if any(low < end and start < high and one != (cell, side) for start, end, one in ways):
        return None
    ways.append((low, high, (cell, side)))
    claims.uses[cell, side] = leaves
    return side


def _is_free(claims: _Claims, cell: int, side: Side, near: int) -> bool:
    """Tell whether one can go straight up or down from a cell to the height of a slot."""
    own: Cell = claims.problem.cells[cell]
    here, there = claims.heights[cell], claims.heights[near]
    reach = own.up if side == "top" else own.down
    if not (own.top_free if side == "top" else own.bottom_free) or abs(there - here) < reach:
        return False
    way = min(here, there) - _CLEARANCE, max(here, there) + _CLEARANCE
    slots = claims.layers.slots
    return not any(
        _hinders(slots[other], claims.heights[other], there, way)
        for other in claims.columns[slots[cell].rank]
        if other not in {cell, near}
    )


def _hinders(slot: Slot, middle: int, height: int, way: tuple[int, int]) -> bool:
    """Tell whether a slot is in the way: a cell anywhere on it, a bend only at its end."""
    if slot.cell < 0:
        return abs(middle - height) < _CLEARANCE
    return middle - slot.up < way[1] and middle + slot.down > way[0]
