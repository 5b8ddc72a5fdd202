"""Lay out what stands directly in one container: its connected parts, then all that is left.

With lanes everything is placed at once, what nothing connects at the right end of its lane.
Without lanes each connected part is placed by itself, one below the other, the rest below.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from math import isqrt
from typing import Final

import msgspec

from bpmn_xml.layout.block import Block, empty_block
from bpmn_xml.layout.edges import Edge
from bpmn_xml.layout.ensemble import Ensemble, Member, assemble
from bpmn_xml.layout.geometry import Spot
from bpmn_xml.layout.lanes import HEADER, depth, lane_areas, lane_numbers, leaves, name_height
from bpmn_xml.layout.layered.place import USUAL, Manner, place
from bpmn_xml.layout.layered.problem import Arc, Cell, RankProblem
from bpmn_xml.layout.layered.routes import Placement
from bpmn_xml.layout.measures import caption, is_named_outside, label_size, shape_size
from bpmn_xml.layout.outline import DrawnScope, Outline
from bpmn_xml.layout.routing.search import Effort
from bpmn_xml.layout.satellites import SATELLITE_LABEL, Satellite
from bpmn_xml.layout.shelves import Shelves, fill_shelves
from bpmn_xml.layout.wiring import FlowWiring, host_of
from bpmn_xml.model import BaseElement, StartEvent, TextAnnotation

Size = tuple[int, int]

SIDE_MARGIN: Final = 30
SHELF_MARGIN: Final = 20

_STEPS: Final = 1_000_000
"""How many a search for ways may take in all that are drawn of a sketch: it ends in seconds."""


def _effort() -> Effort:
    return Effort(_STEPS, _STEPS)


class Sketch(msgspec.Struct, frozen=True):
    """All that is known of a drawing before it is laid out, and in which manners that is tried.

    Things that several nodes share stand below the first one, or above it. `pulls` tell of nodes
    whether more messages come from below (above 0) or from above. `place` may remember what it
    has placed. In all its drawings together no more `effort` is spent on searches.
    """

    outline: Outline
    wiring: FlowWiring
    categories: Mapping[str, str]
    manners: tuple[Manner, ...] = (USUAL,)
    shared_above: bool = False
    pulls: Mapping[str, int] = {}
    place: Callable[[RankProblem, float, tuple[Manner, ...]], Placement] = place
    effort: Effort = msgspec.field(default_factory=_effort)

    def text(self, element: BaseElement) -> str:
        """Find what is written in or beside an element."""
        return caption(element, self.categories)

    def member(self, element: BaseElement, size: Size | None = None) -> Member:
        """Measure an element; without a size it gets that of its kind."""
        text = self.text(element)
        label = text if is_named_outside(element) else ""
        return Member(element, size or shape_size(element, text), label)

    def satellite(self, thing: str) -> Satellite:
        """Measure a thing that is put at a node."""
        member = self.member(self.outline.elements[thing])
        tethers = [(edge.id, edge.source == thing) for edge in self.wiring.tethers.get(thing, ())]
        label = label_size(member.label, SATELLITE_LABEL)
        return Satellite(thing, member.size, label, tuple(tethers))


class _Part(msgspec.Struct, frozen=True):
    """Nodes that are placed together, and their arcs."""

    nodes: tuple[str, ...]
    arcs: tuple[Edge, ...]


def lay_out_scope(sketch: Sketch, owner: str, sizes: Mapping[str, Size]) -> Block:
    """Place the nodes and things of a scope; `sizes` are those of nodes with content."""
    scope = sketch.outline.scopes[owner]
    ensembles = {
        node.id: _ensemble(sketch, scope, node, sizes.get(node.id)) for node in scope.nodes
    }
    for thing in sketch.wiring.loose.get(owner, ()):
        ensembles[thing] = assemble(sketch.member(sketch.outline.elements[thing]), (), ())
    block = empty_block()
    lay_out = _with_lanes if scope.lanes else _without_lanes
    lay_out(sketch, scope, ensembles, block)
    return block


def _ensemble(sketch: Sketch, scope: DrawnScope, node: BaseElement, size: Size | None) -> Ensemble:
    """Put around a node what belongs to it."""
    boundary = [sketch.member(event) for event in scope.boundary.get(node.id, ())]
    things = sketch.wiring.clinging.get(node.id, ())
    elements, shared = sketch.outline.elements, sketch.wiring.shared if sketch.shared_above else ()
    satellites = [
        (sketch.satellite(thing), isinstance(elements[thing], TextAnnotation) or thing in shared)
        for thing in things
    ]
    return assemble(sketch.member(node, size), boundary, satellites)


def _without_lanes(
    sketch: Sketch, scope: DrawnScope, ensembles: Mapping[str, Ensemble], block: Block
) -> None:
    """Place connected parts below each other, and what is left on shelves below them."""
    y = 0
    parts = _connected_parts(sketch, scope)
    for part in parts:
        cells = {key: ensembles[key].cell() for key in part.nodes}
        problem = _problem(sketch, part, ensembles, cells)
        placement = sketch.place(problem, _share(sketch, part), sketch.manners)
        _take(block, part, ensembles, placement, (SIDE_MARGIN, y))
        block.width = max(block.width, placement.width)
        y += placement.borders[-1]
    placed = {node for part in parts for node in part.nodes}
    rest = [key for key in ensembles if key not in placed]
    if rest:
        y += SHELF_MARGIN
        shelves = fill_shelves([_box(ensembles[key]) for key in rest], block.width)
        _put_on_shelves(block, rest, ensembles, shelves, (SIDE_MARGIN, y))
        block.width = max(block.width, shelves.width)
        y += shelves.height + SHELF_MARGIN
    block.width += 2 * SIDE_MARGIN
    block.height = y


def _with_lanes(
    sketch: Sketch, scope: DrawnScope, ensembles: Mapping[str, Ensemble], block: Block
) -> None:
    """Place everything at once."""
    found = leaves(scope.lanes)
    arcs = sketch.wiring.arcs[scope.owner]
    ends = [(host_of(sketch.outline, arc.source), arc.target) for arc in arcs]
    lanes = lane_numbers(found, list(ensembles), ends)
    behind = _columns_behind(lanes, {node for pair in ends for node in pair})
    cells = {
        key: ensemble.cell(lanes[key], behind.get(key, 0)) for key, ensemble in ensembles.items()
    }
    part = _Part(tuple(ensembles), tuple(arcs))
    problem = msgspec.structs.replace(
        _problem(sketch, part, ensembles, cells),
        lane_heights=tuple(name_height(leaf.lane.name or "") for leaf in found),
    )
    placement = sketch.place(problem, _share(sketch, part), sketch.manners)
    x = depth(found) * HEADER + SIDE_MARGIN
    _take(block, part, ensembles, placement, (x, 0))
    block.width = x + placement.width + SIDE_MARGIN
    block.height = placement.borders[-1]
    block.lanes = lane_areas(found, placement.borders, block.width)


def _share(sketch: Sketch, part: _Part) -> float:
    """Measure how much of the edges of the whole drawing are in a part."""
    return len(part.arcs) / max(1, len(sketch.outline.edges))


def _columns_behind(lanes: Mapping[str, int], connected: AbstractSet[str]) -> dict[str, int]:
    """Give what has no arcs a column behind all others: a square of them in each lane."""
    rests: dict[int, list[str]] = {}
    for key, lane in lanes.items():
        if key not in connected:
            rests.setdefault(lane, []).append(key)
    columns = isqrt(2 * max(map(len, rests.values()), default=0)) + 1
    return {key: place % columns + 1 for rest in rests.values() for place, key in enumerate(rest)}


def _connected_parts(sketch: Sketch, scope: DrawnScope) -> list[_Part]:
    """Part the nodes that arcs connect; a node without arcs is in no part."""
    arcs = sketch.wiring.arcs[scope.owner]
    part_of: dict[str, list[str]] = {}
    for arc in arcs:
        ends = host_of(sketch.outline, arc.source), arc.target
        groups = [part_of.setdefault(end, [end]) for end in ends]
        small, large = sorted(groups, key=len)
        if small is not large:
            large.extend(small)
            part_of.update(dict.fromkeys(small, large))
    place_of = {node.id: place for place, node in enumerate(scope.nodes)}
    groups = list({id(group): group for group in part_of.values()}.values())
    arcs_of: dict[int, list[Edge]] = {id(group): [] for group in groups}
    for arc in arcs:
        arcs_of[id(part_of[arc.target])].append(arc)
    for group in groups:
        group.sort(key=place_of.__getitem__)
    groups.sort(key=lambda group: place_of[group[0]])
    return [_Part(tuple(group), tuple(arcs_of[id(group)])) for group in groups]


def _problem(
    sketch: Sketch, part: _Part, ensembles: Mapping[str, Ensemble], cells: Mapping[str, Cell]
) -> RankProblem:
    """State a part as cells and arcs."""
    index = {node: number for number, node in enumerate(part.nodes)}
    arcs = []
    for edge in part.arcs:
        host = host_of(sketch.outline, edge.source)
        width, height = label_size(edge.name)
        arc = Arc(
            source=index[host],
            target=index[edge.target],
            tap=ensembles[host].taps.get(edge.source),
            label_width=width,
            label_height=height,
            marked=edge.conditional,
        )
        arcs.append(arc)
    elements = sketch.outline.elements
    roots = [index[node] for node in part.nodes if isinstance(elements[node], StartEvent)]
    in_order = tuple(
        msgspec.structs.replace(cells[node], pull=sketch.pulls.get(node, 0)) for node in part.nodes
    )
    return RankProblem(cells=in_order, arcs=tuple(arcs), roots=tuple(roots))


def _take(
    block: Block,
    part: _Part,
    ensembles: Mapping[str, Ensemble],
    placement: Placement,
    corner: Spot,
) -> None:
    """Enter a placed part into a block."""
    dx, dy = corner
    block.bands = max(block.bands, placement.bands)
    for node, (x, y) in zip(part.nodes, placement.centres, strict=True):
        _enter(block, ensembles[node], (x + dx, y + dy))
    for edge, route in zip(part.arcs, placement.routes, strict=True):
        block.routes[edge.id] = [(x + dx, y + dy) for x, y in route]


def _put_on_shelves(
    block: Block,
    keys: Sequence[str],
    ensembles: Mapping[str, Ensemble],
    shelves: Shelves,
    corner: Spot,
) -> None:
    """Enter what stands on shelves into a block."""
    for key, (x, y) in zip(keys, shelves.corners, strict=True):
        cell = ensembles[key].cell()
        _enter(block, ensembles[key], (corner[0] + x + cell.left, corner[1] + y + cell.up))


def _enter(block: Block, ensemble: Ensemble, centre: Spot) -> None:
    """Enter an ensemble into a block."""
    block.take(Block(0, 0, ensemble.areas, ensemble.labels, {}, ensemble.routes), *centre)


def _box(ensemble: Ensemble) -> Size:
    """Measure the whole of an ensemble."""
    cell = ensemble.cell()
    return cell.left + cell.right, cell.up + cell.down
