"""Lay out a whole drawing: scopes from the innermost outwards, then pools below each other."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from bpmn_xml.layout.alignment import Seat, columns_of, moves, stretched
from bpmn_xml.layout.block import Block, empty_block
from bpmn_xml.layout.geometry import Area, Spot, around
from bpmn_xml.layout.lanes import HEADER, name_height
from bpmn_xml.layout.measures import (
    LINE,
    MOST_LINES,
    NAME_SIZE,
    heights_of_bands,
    room_for_markers,
)
from bpmn_xml.layout.outline import Outline
from bpmn_xml.layout.scopes import SIDE_MARGIN, Sketch, lay_out_scope
from bpmn_xml.layout.shelves import Shelves, fill_shelves
from bpmn_xml.layout.stacking import Way, orders
from bpmn_xml.layout.text import wrap
from bpmn_xml.layout.wiring import host_of
from bpmn_xml.model import Group, Participant

_BLACK_BOX: Final = 60
_POOL_GAP: Final = 50
_PER_MESSAGE: Final = 10
_MOST_MESSAGES: Final = 12
_GROUP_MARGIN: Final = 14
_WIDER: Final = 1.1
"""How much wider a drawing may become so that message flows run straight."""


class ScopeBlocks(NamedTuple):
    """What stands in every scope, the outer ones first, and how high the headers of the inner are.

    `processes` are those that stand in pools.
    """

    blocks: dict[str, Block]
    headers: dict[str, int]
    processes: dict[str, str]


def lay_out_scopes(sketch: Sketch) -> ScopeBlocks:
    """Lay out what stands in every scope."""
    blocks, headers = _lay_out_scopes(sketch)
    return ScopeBlocks(blocks, headers, _processes_of_pools(sketch, blocks))


def aligned(sketch: Sketch, scopes: ScopeBlocks) -> ScopeBlocks:
    """Stretch processes so that message flows run straight, where it costs little width."""
    blocks, pooled = scopes.blocks, {*scopes.processes.values()}
    columns = {
        owner: columns_of(block)
        for owner, block in blocks.items()
        if block.areas and owner not in sketch.outline.scope_of
    }

    def seat(element: str) -> Seat | None:
        owner, (x, _) = _seat(element, sketch, scopes)
        if owner not in columns:
            return None
        column = bisect_right(columns[owner], (x, x)) - 1
        return Seat(owner, column, x + HEADER * (owner in pooled))

    messages = (edge for edge in sketch.outline.edges if edge.kind == "message")
    wishes = [(seat(edge.source), seat(edge.target)) for edge in messages]
    widest = max((parts[-1].end for parts in columns.values()), default=0)
    found = moves(columns, wishes, round(widest * _WIDER))
    if not any(shifts[-1] for shifts in found.values()):
        return scopes
    moved = {owner: stretched(blocks[owner], columns[owner], found[owner]) for owner in columns}
    return scopes._replace(blocks={**blocks, **moved})


def place_shapes(sketch: Sketch, scopes: ScopeBlocks, order: Sequence[str]) -> Block:
    """Place all shapes of a drawing, and route what does not wait for the others.

    Args:
        sketch: what is drawn.
        scopes: what stands in every scope.
        order: of the pools, from the top; one of `orders_of_pools`.
    """
    drawing = empty_block()
    corners = _place_pools(sketch, scopes, drawing, order)
    for owner, block in scopes.blocks.items():
        headers = scopes.headers
        if owner in headers:
            node = drawing.areas[owner]
            corner = node.x + (node.width - block.width) // 2, node.y + headers[owner]
        else:
            corner = corners.get(owner, (0, 0))
        drawing.take(block, *corner)
    _surround_members(sketch, drawing)
    return drawing


def _lay_out_scopes(sketch: Sketch) -> tuple[dict[str, Block], dict[str, int]]:
    """Lay out all scopes, the outer first in the result, and measure the headers of the inner."""
    sizes: dict[str, tuple[int, int]] = {}
    headers: dict[str, int] = {}
    blocks: dict[str, Block] = {}
    for owner in reversed(sketch.outline.scopes):
        block = lay_out_scope(sketch, owner, sizes)
        blocks[owner] = block
        if block.areas and owner in sketch.outline.scope_of:
            element = sketch.outline.elements[owner]
            width = max(140, block.width + block.width % 2)
            bands = heights_of_bands(element)
            name = wrap(sketch.text(element), width - 20, NAME_SIZE, MOST_LINES)
            headers[owner] = bands[0] + LINE * len(name) + 8
            height = headers[owner] + block.height + bands[1] + room_for_markers(element)
            sizes[owner] = width, height + height % 2
    return dict(reversed(blocks.items())), headers


def _place_pools(
    sketch: Sketch, scopes: ScopeBlocks, drawing: Block, order: Sequence[str]
) -> dict[str, tuple[int, int]]:
    """Put pools below each other; find where the blocks of processes and the plane belong."""
    outline, blocks, processes = sketch.outline, scopes.blocks, scopes.processes
    if not outline.participants and not outline.conversations:
        return {owner: (0, 0) for owner in blocks if owner not in outline.scope_of}
    corners: dict[str, tuple[int, int]] = {}
    y = 0
    gap = _POOL_GAP + _PER_MESSAGE * min(_MOST_MESSAGES, _messages(sketch))
    talks = _shelves_of_conversations(sketch).width + 2 * SIDE_MARGIN
    width = HEADER + max([300, talks, *(blocks[owner].width for owner in processes.values())])
    pools = {pool.id: pool for pool in outline.participants}
    middle = next((key for key in order[1:] if key in pools), "")
    for key in order:
        if key == middle:
            y += _place_conversations(sketch, drawing, y, gap)
        if key not in pools:
            corners[key] = 0, y
            y += blocks[key].height + (0 if key == outline.plane else gap)
            continue
        height = _pool_height(sketch, pools[key], blocks.get(processes.get(key, "")))
        drawing.areas[key] = Area(0, y, width, height)
        if key in processes:
            block = blocks[processes[key]]
            corners[processes[key]] = HEADER, y + (height - block.height) // 2
            _stretch_lanes(block, width - HEADER, height)
        y += height + gap
    if not middle:
        _place_conversations(sketch, drawing, y, gap)
    return corners


def orders_of_pools(sketch: Sketch, scopes: ScopeBlocks) -> list[list[str]]:
    """List the orders, from the top, in which pools and processes without one may stand."""
    outline, blocks, processes = sketch.outline, scopes.blocks, scopes.processes
    inside = {*outline.scope_of, *processes.values()}
    loose = [owner for owner, block in blocks.items() if block.areas and owner not in inside]
    first = [outline.plane] if outline.plane in loose else []
    heights = {owner: blocks[owner].height for owner in loose if owner not in first}
    for pool in outline.participants:
        heights[pool.id] = _pool_height(sketch, pool, blocks.get(processes.get(pool.id, "")))
    units = {process: pool for pool, process in processes.items()}
    ways = []
    for edge in outline.edges:
        if edge.kind == "message":
            seats = [_seat(end, sketch, scopes) for end in (edge.source, edge.target)]
            (one, (_, here)), (other, (_, there)) = seats
            if {units.get(one, one), units.get(other, other)} <= heights.keys():
                ways.append(Way(units.get(one, one), here, units.get(other, other), there))
    return [[*first, *order] for order in orders(heights, ways)]


def pulls_of_messages(sketch: Sketch, scopes: ScopeBlocks, order: Sequence[str]) -> dict[str, int]:
    """Sum up for nodes how many messages come from, or go, below their pool, less those above."""
    outline = sketch.outline
    units = {process: pool for pool, process in scopes.processes.items()}
    rank = {unit: number for number, unit in enumerate(order)}
    pulls: Counter[str] = Counter()
    for edge in outline.edges:
        ends = edge.source, edge.target
        owners = [_seat(end, sketch, scopes)[0] for end in ends] if edge.kind == "message" else []
        places = [rank[unit] for owner in owners if (unit := units.get(owner, owner)) in rank]
        if len(places) == 2:
            way = (places[1] > places[0]) - (places[1] < places[0])
            pulls.update(dict.fromkeys(_nodes_around(outline, edge.source), way))
            pulls.update(dict.fromkeys(_nodes_around(outline, edge.target), -way))
    return dict(pulls)


def _nodes_around(outline: Outline, element: str) -> Iterator[str]:
    """List the node that an element is or stands on, and those that this is inside of."""
    while element in outline.scope_of:
        node = host_of(outline, element)
        yield node
        element = outline.scope_of[node]


def _seat(element: str, sketch: Sketch, scopes: ScopeBlocks) -> tuple[str, Spot]:
    """Find the process that an element stands in, and its middle there; a pool is its own."""
    above, blocks = sketch.outline.scope_of, scopes.blocks
    owner = above.get(element, "")
    if owner not in blocks:
        return element, (0, 0)
    x, y = blocks[owner].areas[element].middle
    while owner in above:  # in a sub-process: where that is
        node = blocks[above[owner]].areas[owner]
        x += node.x + (node.width - blocks[owner].width) // 2
        y += node.y + scopes.headers[owner]
        owner = above[owner]
    return owner, (x, y)


def _processes_of_pools(sketch: Sketch, blocks: dict[str, Block]) -> dict[str, str]:
    """Map participants to the processes drawn in their pools; each is drawn once."""
    result: dict[str, str] = {}
    for pool in sketch.outline.participants:
        process = pool.process_ref
        if process in blocks and blocks[process].height and process not in result.values():
            result[pool.id] = process
    return result


def _pool_height(sketch: Sketch, pool: Participant, block: Block | None) -> int:
    """Measure the pool: high enough for its content and its name."""
    if block is None:
        return _BLACK_BOX
    return max(block.height, name_height(sketch.text(pool)))


def _stretch_lanes(block: Block, width: int, height: int) -> None:
    """Let lanes reach to the right border of their pool, the last to its lower border."""
    missing = height - block.height
    for key, lane in block.lanes.items():
        top = lane.y - missing // 2 if lane.y == 0 else lane.y
        bottom = lane.bottom + (missing - missing // 2 if lane.bottom == block.height else 0)
        block.lanes[key] = Area(lane.x, top, width - lane.x, bottom - top)


def _messages(sketch: Sketch) -> int:
    """Count the edges that need room between pools."""
    return sum(edge.kind == "message" for edge in sketch.outline.edges)


def _place_conversations(sketch: Sketch, drawing: Block, y: int, gap: int) -> int:
    """Put conversations in a row; return how much room they take."""
    nodes = sketch.outline.conversations
    if not nodes:
        return 0
    shelves = _shelves_of_conversations(sketch)
    for node, (x, dy) in zip(nodes, shelves.corners, strict=True):
        width, height = sketch.member(node).size
        drawing.areas[node.id] = Area(SIDE_MARGIN + x + 50, y + dy, width, height)
    return shelves.height + gap


def _shelves_of_conversations(sketch: Sketch) -> Shelves:
    """Put conversations side by side, each with room for its name."""
    return fill_shelves([(140, 60)] * len(sketch.outline.conversations), 600)


def _surround_members(sketch: Sketch, drawing: Block) -> None:
    """Draw each group around the elements of its category, if there are any."""
    members: dict[str, list[Area]] = {}
    for key, element in sketch.outline.elements.items():
        for value in getattr(element, "category_value_refs", ()):
            if key in drawing.areas:
                members.setdefault(value, []).append(drawing.areas[key])
    for key, element in sketch.outline.elements.items():
        if isinstance(element, Group) and key in drawing.areas:
            inside = members.get(element.category_value_ref or "")
            if inside:
                drawing.areas[key] = around(inside).grown(_GROUP_MARGIN)
