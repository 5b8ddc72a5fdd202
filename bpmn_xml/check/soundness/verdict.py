"""What a space says about its container: each kind of problem, once per place, with a way to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import Final

import msgspec

from bpmn_xml.check.soundness.kernel import Kernel, told
from bpmn_xml.check.soundness.space import (
    MOST_MOVES,
    Place,
    Situation,
    Space,
    explore,
    way_to,
)
from bpmn_xml.compiler.program import Join, Program
from bpmn_xml.reach import reachable

MOST_MOVES_OF_CROWDS: Final = 3_000
"""How many moves are tried to see whether a crowd grows for ever."""


LOOKING: Final = (Join.REACHING, Join.ACTIVATING)


class Trouble(Enum):
    """The ways in which a process is not sound."""

    DEADLOCK = "deadlock"
    UNSAFE = "lack of synchronisation"
    UNBOUNDED = "unbounded"
    LIVELOCK = "livelock"
    NO_END = "no way to end"
    DEAD = "dead"
    UNKNOWN = "unknown"


class Flaw(msgspec.Struct, frozen=True):
    """One problem.

    Attributes:
        where: id of the element at which it shows, or of the process.
        container: id of the process or sub-process in which it is.
        always: it happens whatever the data is; else some data avoids it.
        lacking: flows on which a join waits in vain.
        path: ids of flows and nodes along a run that comes to it, in order.
        moves: how many were tried, of what is not known.
        unsent: what is waited for, or begins, is a message, and those flows are message flows.
    """

    trouble: Trouble
    where: str
    container: str = ""
    always: bool = False
    lacking: tuple[str, ...] = ()
    path: tuple[str, ...] = ()
    moves: int = 0
    unsent: bool = False


def judge(container: str, kernel: Kernel, most: int = MOST_MOVES) -> Iterator[Flaw]:
    """Every problem of a container, the worst first."""
    space = explore(kernel, most)
    faulty = any(point.fault for point in space.points)
    known = space.complete and not faulty
    always = known and not _can_end_well(space, kernel.crowd)
    found = [*_deadlocks(kernel, space), *_crowds(kernel, space)]
    for problem in found:
        yield msgspec.structs.replace(problem, always=always)
    if known:
        yield from _endless(container, kernel, space)
        yield from _dead(kernel, space)
    elif not found:
        yield Flaw(Trouble.UNKNOWN, container, moves=space.moves)


def _can_end_well(space: Space, crowd: int) -> bool:
    """Whether at least one run ends without a flaw."""
    points = space.points
    well = {i for i, point in enumerate(points) if point.most < crowd and not point.stuck}
    first = [start.point for start in space.starts if start.point in well]
    met = reachable(first, lambda point: [i for i, _ in points[point].after if i in well])
    return any(points[point].outcome for point in met)


def _deadlocks(kernel: Kernel, space: Space) -> Iterator[Flaw]:
    """Joins that wait for ever, each with the first way to it (13.4.1, 13.4.3).

    One that only ever waits behind another that does is left out: it has no cause of its own.
    """
    first: dict[int, int] = {}
    for index, point in enumerate(space.points):
        for gateway in foremost(kernel.program, point.stuck):
            first.setdefault(gateway, index)
    for gateway, index in first.items():
        where = kernel.program.nodes[gateway].id
        yield Flaw(Trouble.DEADLOCK, where, path=_path(kernel, space, index))


def foremost(program: Program, stuck: Sequence[int]) -> list[int]:
    """Of joins that wait, return those that do not stand behind others of them alone."""
    if len(stuck) < 2:
        return [*stuck]
    behind = {one: _behind(program, one) for one in stuck}
    return [
        one
        for one in stuck
        if not any(one in behind[other] and other not in behind[one] for other in stuck)
    ]


def _behind(program: Program, gateway: int) -> set[int]:
    """The nodes that can be reached from one."""

    def after(node: int) -> list[int]:
        return [program.flows[flow].target for flow in program.nodes[node].outgoing]

    return reachable(after(gateway), after)


def _crowds(kernel: Kernel, space: Space) -> Iterator[Flaw]:
    """The places at which several tokens can be at once, or more and more of them."""
    crowded = [(i, point) for i, point in enumerate(space.points) if point.most >= kernel.crowd]
    growing = _growing(kernel) if crowded else set()
    told_of: set[str] = set()
    for index, point in crowded:
        for place, count in point.tokens.items():
            where = _where(kernel, place)
            if count >= kernel.crowd and where not in told_of:
                told_of.add(where)
                trouble = Trouble.UNBOUNDED if where in growing else Trouble.UNSAFE
                yield Flaw(trouble, where, path=_path(kernel, space, index))


def _where(kernel: Kernel, place: Place) -> str:
    """The element of the diagram that a place is, or stands before or behind."""
    parked, index = place
    program = kernel.program
    node = program.nodes[program.flows[index].target if parked else index]
    name = node.id.partition("/")[0]
    if name or not node.incoming:
        return name
    flow = program.flows[node.incoming[0]]
    while not kernel.ways[flow.index].path and program.nodes[flow.source].incoming:
        flow = program.flows[program.nodes[flow.source].incoming[0]]
    return next(reversed(kernel.ways[flow.index].path), program.nodes[flow.source].id)


def _growing(kernel: Kernel) -> set[str]:
    """Where tokens can become ever more: a run comes to all that there was before, and more.

    A join that looks at what can come may act otherwise when there are more, so nothing follows.
    """
    if any(node.join in LOOKING for node in kernel.program.nodes):
        return set()
    growing: set[str] = set()
    points = explore(kernel, MOST_MOVES_OF_CROWDS, crowd=kernel.crowd + 2).points
    for point in points:
        origin = point.step.origin if point.most >= kernel.crowd else -1
        while origin >= 0:
            less = points[origin]
            if _within(less, point):
                growing.update(_where(kernel, p) for p in _more(less, point))
            origin = less.step.origin
    return growing


def _within(less: Situation, more: Situation) -> bool:
    return all(more.tokens.get(place, 0) >= count for place, count in less.tokens.items())


def _more(less: Situation, more: Situation) -> list[Place]:
    return [p for p, count in more.tokens.items() if count > less.tokens.get(p, 0)]


def _endless(container: str, kernel: Kernel, space: Space) -> Iterator[Flaw]:
    """Points from which nothing ends: the process turns in itself."""
    final = [
        i for i, p in enumerate(space.points) if p.outcome or p.stuck or p.most >= kernel.crowd
    ]
    lost = leading_to_none([[i for i, _ in point.after] for point in space.points], final)
    if not lost:
        return
    path = _path(kernel, space, lost[0])
    if final:
        yield Flaw(Trouble.LIVELOCK, last_node(kernel, space, lost[0]), path=path)
    else:
        yield Flaw(Trouble.NO_END, container, always=True, path=path)


def leading_to_none(after: Sequence[Sequence[int]], wanted: Iterable[int]) -> list[int]:
    """The points from which none of some points can be reached, given where each leads to."""
    before: dict[int, list[int]] = {}
    for index, points in enumerate(after):
        for point in points:
            before.setdefault(point, []).append(index)
    reaching = reachable(wanted, lambda index: before.get(index, ()))
    return [index for index in range(len(after)) if index not in reaching]


def last_node(kernel: Kernel, space: Space, index: int) -> str:
    """A node at which a token is at a point."""
    return next((_where(kernel, place) for place in space.points[index].tokens), "")


def _dead(kernel: Kernel, space: Space) -> Iterator[Flaw]:
    """Flows that no run takes, the first of each part, but for those behind other problems."""
    if any(point.most >= kernel.crowd for point in space.points):
        return
    program = kernel.program
    stuck = {gateway for point in space.points for gateway in point.stuck}
    alive = {program.flows[flow].target for flow in space.taken}
    alive.update(program.containers[0].starts)
    for flow in program.flows:
        if flow.index not in space.taken and flow.source in alive - stuck:
            first = next(iter(told(kernel, flow.index)), "")
            if first:
                yield Flaw(Trouble.DEAD, first)


def _path(kernel: Kernel, space: Space, index: int) -> tuple[str, ...]:
    return spelled(kernel, way_to(space, index))


def spelled(kernel: Kernel, flows: Iterable[int]) -> tuple[str, ...]:
    """The ids that flows of a kernel stand for, in order."""
    return tuple(name for flow in flows for name in told(kernel, flow))
