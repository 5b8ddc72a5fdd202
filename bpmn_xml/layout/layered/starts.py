"""Let arcs that leave a box together and part at once begin apart, where something marks one.

What stands at their beginnings, a diamond or a slash, tells then whose it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bpmn_xml.layout.geometry import Spot
from bpmn_xml.layout.layered.routes import Plan
from bpmn_xml.layout.layered.tracks import Hop

APART: Final = 16
_CLEARANCE: Final = 8

Gaps = dict[int, list[tuple["Hop", int]]]


def spread_starts(plan: Plan, routes: list[list[Spot]]) -> None:
    """Move the beginnings of the one arc of a box that turns up, and of the one that turns down."""
    gaps = _hops_by_gap(plan)
    for cell, arcs in _leaving_together(plan).items():
        y = plan.heights[cell]
        for step in (-APART, APART):
            turning = [arc for arc in arcs if _turns(plan, arc, cell, step)]
            if len(turning) == 1 and _is_free(plan, gaps, routes[turning[0]], cell, step):
                (x, _), (track, _) = routes[turning[0]][:2]
                routes[turning[0]][:2] = [(x, y + step), (track, y + step)]


def _leaving_together(plan: Plan) -> Mapping[int, Sequence[int]]:
    """List the arcs that leave boxes to the right, of boxes with several of which one is marked."""
    leaving: dict[int, list[int]] = {}
    for index, (arc, docking) in enumerate(zip(plan.problem.arcs, plan.dockings, strict=True)):
        cell = plan.problem.cells[arc.source]
        is_plain = not arc.turned and docking.leaves == "right" and not docking.shift
        if is_plain and cell.contour == "box" and cell.height > 4 * APART:
            leaving.setdefault(arc.source, []).append(index)
    return {
        cell: arcs
        for cell, arcs in leaving.items()
        if len(arcs) > 1 and any(plan.problem.arcs[arc].marked for arc in arcs)
    }


def _turns(plan: Plan, arc: int, cell: int, step: int) -> bool:
    """Tell whether an arc turns to this side at once, and goes on for a while."""
    gap, y = plan.layers.slots[cell].rank + 1, plan.heights[cell]
    hops = (hop for hop in plan.tracks.hops[arc] if hop.gap == gap and hop.start == y)
    return any((hop.end - y) * step > 2 * step * step for hop in hops)


def _hops_by_gap(plan: Plan) -> Gaps:
    gaps: Gaps = {}
    for hops in plan.tracks.hops:
        for hop in hops:
            x = (
                plan.columns.track_x(hop.gap, plan.tracks.track(hop))
                if hop.start != hop.end
                else -1
            )
            gaps.setdefault(hop.gap, []).append((hop, x))
    return gaps


def _is_free(plan: Plan, gaps: Gaps, route: Sequence[Spot], cell: int, step: int) -> bool:
    """Tell whether nothing else runs, ends or crosses at the other height before the turn."""
    (x, y), (track, _) = route[:2]
    level = y + step
    others = gaps.get(plan.layers.slots[cell].rank + 1, ())
    return not any(
        any(abs(end - level) < _CLEARANCE for end in (hop.start, hop.end))
        or (x < at < track and min(hop.start, hop.end) < level < max(hop.start, hop.end))
        for hop, at in others
    )
