"""Measure a drawing from its diagram interchange alone: what overlaps, crosses, is missing."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import NamedTuple

from bpmn_xml import model
from bpmn_xml.model import Definitions

NOT_SOLID = (model.Participant, model.Lane, model.Group)
ROUND, DIAMOND = model.Event, model.Gateway


class Score(NamedTuple):
    """All but the last three must be 0; these are held low by a ratchet."""

    missing: list[str]
    overlaps: list[tuple[str, str]]
    through: list[tuple[str, str]]
    slanted: list[str]
    undocked: list[str]
    outside: list[str]
    shared: list[tuple[str, str]]
    names: list[str]
    crossings: int
    bends: int

    def faults(self) -> dict[str, list]:
        return {name: value for name, value in self._asdict().items() if value and name in HARD}


HARD = ("missing", "overlaps", "through", "slanted", "undocked", "outside")


class Box(NamedTuple):
    x: float
    y: float
    w: float
    h: float

    def meets(self, other: Box, slack: float = 0.5) -> bool:
        return (
            self.x + slack < other.x + other.w
            and other.x + slack < self.x + self.w
            and self.y + slack < other.y + other.h
            and other.y + slack < self.y + self.h
        )

    def inside(self, other: Box) -> bool:
        return (
            other.x <= self.x
            and other.y <= self.y
            and self.x + self.w <= other.x + other.w
            and self.y + self.h <= other.y + other.h
        )


class World:
    """The elements of a model: parents, hosts, and the ends of edges."""

    def __init__(self, definitions: Definitions) -> None:
        self.elements: dict[str, model.BaseElement] = {}
        self.parent: dict[str, str] = {}
        self.edges: dict[str, tuple[str, str]] = {}
        self.lane_parent: dict[str, str] = {}
        todo = [(root, "") for root in reversed(definitions.root_elements)]
        while todo:
            element, parent = todo.pop()
            self.enter(element, parent)
            inside = [
                *getattr(element, "flow_elements", ()),
                *getattr(element, "artifacts", ()),
                *getattr(element, "participants", ()),
                *getattr(element, "message_flows", ()),
            ]
            for lane_set in getattr(element, "lane_sets", ()):
                inside += lane_set.lanes
            if isinstance(element, model.Lane) and element.child_lane_set:
                inside += element.child_lane_set.lanes
            todo.extend((one, element.id) for one in reversed(inside))

    def enter(self, element: model.BaseElement, parent: str) -> None:
        if element.id in self.elements:
            return
        self.elements[element.id] = element
        self.parent[element.id] = parent
        if isinstance(element, model.SequenceFlow | model.MessageFlow | model.Association):
            self.edges[element.id] = element.source_ref, element.target_ref
        for entering in getattr(element, "data_input_associations", ()):
            if entering.source_refs:
                self.edges[entering.id] = entering.source_refs[0], element.id
                self.parent[entering.id] = parent
        for leaving in getattr(element, "data_output_associations", ()):
            if leaving.target_ref:
                self.edges[leaving.id] = element.id, leaving.target_ref
                self.parent[leaving.id] = parent

    def around(self, element: str) -> set[str]:
        """The containers around an element."""
        found = set()
        while element := self.parent.get(element, ""):
            found.add(element)
        return found

    def is_of_other(self, edge: str, plane: str) -> bool:
        """Whether an edge belongs to a collaboration that has a drawing of its own."""
        parent = self.parent[edge]
        return isinstance(self.elements[parent], model.Collaboration) and parent != plane

    def host(self, element: str) -> str:
        return getattr(self.elements.get(element), "attached_to_ref", "")

    def drawn(self) -> set[str]:
        """The shapes that a drawing must show."""
        kinds = (
            model.FlowNode,
            model.DataObjectReference,
            model.DataStoreReference,
            model.TextAnnotation,
            model.Group,
            model.Participant,
            model.Lane,
        )
        return {key for key, element in self.elements.items() if isinstance(element, kinds)}


def score(definitions: Definitions) -> Score:
    world = World(definitions)
    shapes: dict[str, Box] = {}
    names: dict[str, Box] = {}
    routes: dict[str, list[tuple[float, float]]] = {}
    totals = Score(*([] for _ in range(8)), 0, 0)
    seen: set[str] = set()
    missing: list[str] = []
    for diagram in definitions.diagrams:
        shapes, names, routes = {}, {}, {}
        for element in diagram.plane.elements:
            key = element.bpmn_element
            assert key not in seen, f"{key} is drawn twice"
            seen.add(key)
            if isinstance(element, model.BPMNShape):
                shapes[key] = box(element.bounds)
            else:
                routes[key] = [(point.x, point.y) for point in element.waypoints]
            if element.label is not None:
                names[key] = box(element.label.bounds)
        missing += [
            key
            for key, ends in world.edges.items()
            if key not in routes
            and all(end in shapes for end in ends)
            and not world.is_of_other(key, diagram.plane.bpmn_element)
        ]
        one = score_plane(world, shapes, names, routes)
        totals = Score(*(mine + new for mine, new in zip(totals, one, strict=True)))
    return totals._replace(missing=[*missing, *sorted(world.drawn() - seen)])


def box(bounds: model.Bounds) -> Box:
    values = Box(bounds.x, bounds.y, bounds.width, bounds.height)
    assert all(value == int(value) for value in values), "whole pixels only"
    assert values.w > 0
    assert values.h > 0
    return values


def score_plane(world, shapes, names, routes) -> Score:
    solid = {k: b for k, b in shapes.items() if not isinstance(world.elements[k], NOT_SOLID)}
    around = {key: world.around(key) for key in {*shapes, *routes}}
    return Score(
        missing=[],
        overlaps=overlaps(world, solid, around),
        through=through(world, shapes, solid, routes, around),
        slanted=[
            key
            for key, route in routes.items()
            if len(route) < 2 or any(a[0] != b[0] and a[1] != b[1] for a, b in pairwise(route))
        ],
        undocked=undocked(world, shapes, routes),
        outside=outside(world, shapes, around),
        shared=shared(world, routes),
        names=covered_names(world, solid, names, routes, around),
        crossings=crossings(routes),
        bends=sum(len(route) - 2 for route in routes.values()),
    )


def overlaps(world, solid, around):
    found = []
    ordered = sorted(solid.items(), key=lambda item: item[1].x)
    active: list[tuple[str, Box]] = []
    for key, one in ordered:
        active = [(other, b) for other, b in active if b.x + b.w > one.x + 0.5]
        for other, b in active:
            related = other in around[key] or key in around[other]
            hosted = world.host(key) == other or world.host(other) == key
            # a boundary event stands half outside its host, inside what is around the host
            if not related and not hosted and one.meets(b):
                found.append((key, other))
        active.append((key, one))
    return found


def through(world, shapes, solid, routes, around):
    found = set()
    groups = {k: b for k, b in shapes.items() if isinstance(world.elements[k], model.Group)}
    ordered = sorted(solid.items(), key=lambda item: item[1].x)
    for key, route in routes.items():
        ends = world.edges[key]
        reached = {*ends, *(one for end in ends for one in world.edges.get(end, ()))}
        open_to = around.get(key, set()).union(*(around.get(end, set()) for end in reached))
        low, high = min(x for x, _ in route), max(x for x, _ in route)
        for other, b in ordered:
            if b.x > high:
                break
            if b.x + b.w < low or other in open_to or holds_end(world, other, ends):
                continue
            if any(end in groups and groups[end].inside(b) for end in ends):
                continue
            margin = 1
            if other in ends:
                margin = 14 if isinstance(world.elements[other], ROUND | DIAMOND) else 3
            if any(meets(a, c, b, margin) for a, c in pairwise(route)):
                found.add((key, other))
    return sorted(found)


def holds_end(world, other, ends):
    """An association may end at another edge, so it may touch the shapes that one joins."""
    return any(other in world.edges.get(end, ()) for end in ends)


def meets(a, c, b, margin):
    x1, x2 = sorted((a[0], c[0]))
    y1, y2 = sorted((a[1], c[1]))
    return (
        x1 < b.x + b.w - margin
        and b.x + margin < x2
        and y1 <= b.y + b.h - margin
        and b.y + margin <= y2
    ) or (
        y1 < b.y + b.h - margin
        and b.y + margin < y2
        and x1 <= b.x + b.w - margin
        and b.x + margin <= x2
    )


def undocked(world, shapes, routes):
    found = []
    for key, route in routes.items():
        for end, spot in zip(world.edges[key], (route[0], route[-1]), strict=True):
            if end in shapes and not docked(world.elements[end], shapes[end], spot):
                found.append(key)
            if end in routes and not any(on_piece(spot, a, c) for a, c in pairwise(routes[end])):
                found.append(key)
    return found


def docked(element, b, spot):
    x, y = spot[0] - b.x - b.w / 2, spot[1] - b.y - b.h / 2
    if isinstance(element, ROUND):
        return abs((x * x + y * y) ** 0.5 - b.w / 2) <= 1.5
    if isinstance(element, DIAMOND):
        return abs(abs(x) / (b.w / 2) + abs(y) / (b.h / 2) - 1) <= 0.05
    on_side = abs(abs(x) - b.w / 2) <= 0.5 and abs(y) <= b.h / 2
    return on_side or (abs(abs(y) - b.h / 2) <= 0.5 and abs(x) <= b.w / 2)


def on_piece(spot, a, c):
    xs, ys = sorted((a[0], c[0])), sorted((a[1], c[1]))
    return xs[0] <= spot[0] <= xs[1] and ys[0] <= spot[1] <= ys[1]


def outside(world, shapes, around):
    """Shapes that are not inside the sub-process, pool or lane that they belong to."""
    pools = {
        element.process_ref: key
        for key, element in world.elements.items()
        if isinstance(element, model.Participant) and key in shapes
    }
    found = []
    for key, b in shapes.items():
        element = world.elements[key]
        if isinstance(element, model.Participant | model.Group):
            continue
        for container in around[key]:
            holder = shapes.get(container) or shapes.get(pools.get(container, ""))
            if holder and not b.inside(holder):
                found.append(key)
    for key, element in world.elements.items():
        for node in getattr(element, "flow_node_refs", ()):
            first = [
                lane
                for lane, other in world.elements.items()
                if isinstance(other, model.Lane) and node in other.flow_node_refs
            ]
            mine = first == [key] and world.parent.get(node) in world.around(key)
            if mine and not world.host(node) and node in shapes and key in shapes:
                found += [node] * (not shapes[node].inside(shapes[key]))
    return found


def shared(world, routes):
    """Pairs of edges that lie upon each other although they share no end."""
    found = set()
    pieces = [(key, a, c) for key, route in routes.items() for a, c in pairwise(route)]
    for level in (0, 1):
        lines: dict[float, list] = {}
        for key, a, c in pieces:
            if a[level] == c[level] and a != c:
                low, high = sorted((a[1 - level], c[1 - level]))
                lines.setdefault(a[level], []).append((low, high, key))
        for line in lines.values():
            line.sort()
            for (_, high, one), (low, _, other) in combinations(line, 2):
                ends = set(world.edges[one]) & set(world.edges[other])
                if low < high and one != other and not ends:
                    found.add(tuple(sorted((one, other))))
    return sorted(found)


def crossings(routes):
    level, upright = [], []
    for key, route in routes.items():
        for a, c in pairwise(route):
            (level if a[1] == c[1] else upright).append((key, a, c))
    upright.sort(key=lambda piece: piece[1][0])
    count = 0
    for key, a, c in level:
        x1, x2 = sorted((a[0], c[0]))
        for other, p, q in upright:
            if p[0] >= x2:
                break
            y1, y2 = sorted((p[1], q[1]))
            count += key != other and x1 < p[0] and y1 < a[1] < y2
    return count


def by_hand(definitions: Definitions) -> tuple[int, int]:
    """The crossings and bends of a drawing that may have slanted lines and needless points."""
    crossings, bends = 0, 0
    for diagram in definitions.diagrams:
        routes = [
            straightened([(point.x, point.y) for point in element.waypoints])
            for element in diagram.plane.elements
            if isinstance(element, model.BPMNEdge)
        ]
        bends += sum(len(route) - 2 for route in routes)
        crossings += sum(
            cross(*piece, *other_piece)
            for one, other in combinations(routes, 2)
            for piece in pairwise(one)
            for other_piece in pairwise(other)
        )
    return crossings, bends


def straightened(route):
    kept = []
    for point in route:
        if kept and abs(kept[-1][0] - point[0]) + abs(kept[-1][1] - point[1]) < 0.01:
            continue
        while len(kept) > 1 and abs(turn(kept[-2], kept[-1], point)) < 1e-6:
            kept.pop()
        kept.append(point)
    return kept


def turn(a, b, c):
    """Positive if a way from a to b turns right towards c, 0 if it goes on."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def cross(a, b, c, d):
    """Whether two straight pieces cross; touching is no crossing."""
    return turn(a, b, c) * turn(a, b, d) < -1e-9 and turn(c, d, a) * turn(c, d, b) < -1e-9


def covered_names(world, solid, names, routes, around):
    """Names that stand on a shape, on a line, or on another name."""
    found = []
    for key, name in names.items():
        ends = set(world.edges.get(key, ()))
        open_to = around.get(key, set()).union(*(around.get(end, set()) for end in ends))
        if any(
            other not in open_to and other != key and name.meets(b) for other, b in solid.items()
        ):
            found.append(f"{key} on a shape")
        if any(meets(a, c, name, 1) for route in routes.values() for a, c in pairwise(route)):
            found.append(f"{key} on a line")
        if any(other != key and name.meets(b) for other, b in names.items()):
            found.append(f"{key} on a name")
    return found
