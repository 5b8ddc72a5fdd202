"""Draw in several ways and keep the least tangled drawing.

Which way is best shows only when all is drawn, so first everything is drawn in haste, and what
came out well once more with care.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import Final, NamedTuple

import msgspec

from bpmn_xml.layout.block import Block
from bpmn_xml.layout.drawing import (
    ScopeBlocks,
    aligned,
    lay_out_scopes,
    orders_of_pools,
    place_shapes,
    pulls_of_messages,
)
from bpmn_xml.layout.labels import settle_names_of_shapes, write_names_of_edges
from bpmn_xml.layout.layered.place import MANNERS, place
from bpmn_xml.layout.routing.field import new_field
from bpmn_xml.layout.routing.free import PLAIN, Course, obstacles, route_free_edges
from bpmn_xml.layout.scopes import Sketch
from bpmn_xml.layout.sliding import slide_shared
from bpmn_xml.layout.stacking import tangle

_TRIED: Final = 200
"""With more edges only one way is drawn: there is no time to try."""

_IN_HASTE: Final = Course(haste=2.0)
_FINALISTS: Final = 2


class Result(NamedTuple):
    """A drawing, and the edges for which there was no free way."""

    block: Block
    forced: list[str]

    def tangle(self) -> tuple[int, int, int]:
        """Tell how many edges had no free way, how often edges cross and how often they bend."""
        return len(self.forced), *tangle(self.block.routes.values())


class _Attempt(NamedTuple):
    """What a drawing is made of: shapes in their scopes, and the order of pools from the top."""

    sketch: Sketch
    scopes: ScopeBlocks
    order: Sequence[str]

    def draw(self, course: Course = PLAIN) -> Result:
        return _draw(self, course)

    def tangle(self) -> tuple[int, int, int]:
        """Count as `Result` does what is known already: free edges can only add to it."""
        known = [tangle(block.routes.values()) for block in self.scopes.blocks.values()]
        return 0, sum(crossings for crossings, _ in known), sum(bends for _, bends in known)


def draw_best(sketch: Sketch) -> Result:
    """Draw in the least tangled way of those that there is time for."""
    if len(sketch.outline.edges) > _TRIED:
        scopes = aligned(sketch, lay_out_scopes(sketch))
        return _Attempt(sketch, scopes, orders_of_pools(sketch, scopes)[0]).draw()
    sketch = msgspec.structs.replace(sketch, place=cache(place))
    attempts = _attempts(sketch)
    first = next(attempts)
    orders = orders_of_pools(sketch, first.scopes)
    in_haste = _in_haste([], (first._replace(order=order) for order in orders))
    order = in_haste[0][0].order
    pulls = pulls_of_messages(sketch, first.scopes, order)
    pulled = _attempts(msgspec.structs.replace(sketch, pulls=pulls), usual=False) if pulls else ()
    others = (attempt._replace(order=order) for attempt in (*attempts, *pulled))
    in_haste = _in_haste(in_haste, others)
    least = in_haste[0][1].tangle()
    finalists = [attempt for attempt, _ in in_haste[:_FINALISTS] if attempt.tangle() < least]
    drawn = [(attempt, attempt.draw()) for attempt in finalists]
    attempt, best = min([*drawn, in_haste[0]], key=_tangle_of)
    if len(sketch.wiring.free) < 2 or not best.tangle()[1]:
        return best
    other = attempt.draw(Course(from_right=True))
    from_right = other.tangle() < best.tangle()
    again = attempt.draw(Course(from_right=from_right, again=True))
    return min(best, other, again, key=Result.tangle)


def _in_haste(
    found: list[tuple[_Attempt, Result]], attempts: Iterable[_Attempt]
) -> list[tuple[_Attempt, Result]]:
    """Draw what may still come out better than the best found, which is the first of the result."""
    for attempt in attempts:
        if not found or attempt.tangle() < found[0][1].tangle():
            insort(found, (attempt, attempt.draw(_IN_HASTE)), key=_tangle_of)
    return found


def _tangle_of(found: tuple[_Attempt, Result]) -> tuple[int, int, int]:
    return found[1].tangle()


def _attempts(sketch: Sketch, *, usual: bool = True) -> Iterator[_Attempt]:
    """Lay out scopes in ways that differ, the usual one first; pools are not in order yet.

    What is best within a pool may be worse for the edges between pools, so the `usual` manner is
    tried by itself, too, and so are pools that are not stretched.
    """
    seen: list[ScopeBlocks] = []
    ways = (sketch.manners, MANNERS) if sketch.wiring.free and usual else (MANNERS,)
    for manners, above in product(ways, (False, True) if sketch.wiring.shared else (False,)):
        one = msgspec.structs.replace(sketch, manners=manners, shared_above=above)
        plain = lay_out_scopes(one)
        for scopes in (aligned(one, plain), plain):
            if scopes not in seen:
                seen.append(scopes)
                yield _Attempt(one, scopes, ())


def _draw(attempt: _Attempt, course: Course) -> Result:
    """Place shapes, names and free edges. Names at the ends of free edges come after these."""
    sketch = attempt.sketch
    outline, free = sketch.outline, sketch.wiring.free
    drawing = place_shapes(sketch, attempt.scopes, attempt.order)
    field = new_field(obstacles(outline, drawing), drawing.labels, drawing.routes.values())
    for area in (*drawing.lanes.values(), *(drawing.areas[one.id] for one in outline.participants)):
        field.add_route([(area.x, area.y), (area.right, area.y)])
        field.add_route([(area.x, area.bottom), (area.right, area.bottom)])
    ends = {end for edge in free for end in (edge.source, edge.target)}
    early = [key for key in drawing.labels if key not in ends]
    late = [key for key in drawing.labels if key in ends]
    slide_shared(sketch, drawing, field)
    settle_names_of_shapes(outline, drawing, field, early)
    inner = {edge.id for edge in outline.edges} - {edge.id for edge in free}
    write_names_of_edges(drawing, field, (edge for edge in outline.edges if edge.id in inner))
    forced = route_free_edges(sketch, drawing, field, course)
    settle_names_of_shapes(outline, drawing, field, late)
    write_names_of_edges(drawing, field, free)
    return Result(drawing, forced)
